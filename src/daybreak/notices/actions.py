"""Post a notice beside what it tells of; send what is posted, try again, and give up aloud."""

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Max

from daybreak.accounts.actions import sign_in_token
from daybreak.accounts.codes.actions import code_of
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account
from daybreak.audit.actions import record
from daybreak.due.actions import lease, next_try, put_off
from daybreak.kernel.decisions import Fact
from daybreak.kernel.refs import spoken
from daybreak.notices.catalogue import NOTICES
from daybreak.notices.contact import after_quiet, chosen
from daybreak.notices.models import ContactWish, Notice
from daybreak.notices.queries import contact_of, needed, worded
from daybreak.notices.terms import Channel, Contact, Never, Outcome, Sent, TryAgain
from daybreak.notices.transports import Mail, Sms, Transport

LEASE = timedelta(seconds=30)
"""Longer than a gateway may take to answer. A message of a worker that died is sent this much later."""

DOORS: Mapping[Channel, Callable[[], Transport]] = {Channel.MAIL: Mail, Channel.SMS: Sms}

log = logging.getLogger(__name__)


def post(
    *,
    code: str,
    to: UUID,
    facts: Mapping[str, Fact],
    about: UUID,
    at: datetime,
    key: str | None = None,
    only: Channel | None = None,
    not_before: datetime | None = None,
) -> int:
    """Put a notice into the outbox, one row for each way the person can be reached; returns how many ways there are.

    The same code about the same thing is told to a person once, however often it is posted; give `key` what makes it
    new when it may rightly happen again. `only` answers by the way the person came, the last word to somebody who has
    just stopped texts included. `not_before` lets somebody sleep: of several things about the same, only the last is
    told then, because what was true in between would only confuse. Facts are spelled as terms.Kind says and never hold
    a child's name. Raises RuntimeError outside a transaction, KeyError for an unknown code or missing fact, ValueError
    for a misspelled fact.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A notice belongs in the transaction of what it tells.")
    worded(code, facts, "en")
    account, wish = account_of(to), contact_of(to)
    channels = _channels(account, only) if account else []
    if only is None and not NOTICES[code].everywhere:
        channels = chosen(channels, wish)
    if not account or not channels:
        log.warning("notice %s about %s: %s cannot be reached", code, spoken("T", about), spoken("P", to))
        return 0
    wanted_at = at
    if not_before is not None and not_before > at:
        # Nobody was told of these yet.
        waiting = Notice.objects.filter(person_id=to, about=about, sent_at=None, attempts=0)
        waiting.filter(due_at__gt=at).delete()
        wanted_at = not_before
    due_at = _in_turn(to, about, at, wanted_at)
    waits = NOTICES[code].can_wait
    Notice.objects.bulk_create(
        [
            Notice(
                id=uuid4(),
                person_id=to,
                channel=channel.value,
                code=code,
                about=about,
                facts=dict(facts),
                language=account.language,
                key=f"{code}:{about}:{to}:{channel.value}:{key or ''}",
                created_at=at,
                due_at=max(due_at, after_quiet(at, wish)) if channel is Channel.SMS and waits else due_at,
            )
            for channel in channels
        ],
        # Two taps post the same notice: the second row meets the unique key and is left out without an error, which on
        # PostgreSQL would end the caller's transaction.
        ignore_conflicts=True,
    )
    return len(channels)


@transaction.atomic
def set_contact(*, person_id: UUID, wish: Contact, at: datetime) -> None:
    """Keep how a person wants to be told."""
    kept = {
        "by_mail": wish.by_mail,
        "by_text": wish.by_text,
        "quiet_from": wish.quiet_from,
        "quiet_until": wish.quiet_until,
        "zone": wish.zone,
    }
    ContactWish.objects.update_or_create(pk=person_id, defaults=kept)
    record(actor=person_id, verb="set-contact", thing="person", thing_id=person_id, because="own-choice", at=at)


def forget_told(*, person_id: UUID) -> None:
    """Empty what a person was told, and send nothing that waits; that and when something was told stays countable."""
    ContactWish.objects.filter(pk=person_id).delete()
    Notice.objects.filter(person=person_id).update(facts={}, due_at=None, leased_until=None, lease_holder="")


def _in_turn(to: UUID, about: UUID, at: datetime, wanted_at: datetime) -> datetime:
    """When to send what is told now: after what was told of the same thing at the same moment.

    A family whose place was lost and replaced at once reads of the loss first.
    """
    same_moment = Notice.objects.filter(person_id=to, about=about, created_at=at)
    last: datetime | None = same_moment.aggregate(last=Max("due_at"))["last"]
    return last + timedelta(milliseconds=1) if last and last >= wanted_at else wanted_at


def send_due(
    *,
    at: datetime,
    holder: str,
    limit: int = 20,
    doors: Mapping[Channel, Callable[[], Transport]] = DOORS,
) -> int:
    """Send up to `limit` notices that are due and return how many the other side took.

    A notice is leased, sent outside any transaction, then marked. A worker that dies between sending and marking makes
    the next one send again under the same name, because a message told twice is better than one not told.
    """
    started = time.monotonic()
    open_doors: dict[Channel, Transport] = {}
    shut: set[Channel] = set()
    sent = 0
    try:
        for _ in range(limit):
            # Gateways take seconds, and what is told is measured against decide-by: count them in.
            now = at + timedelta(seconds=time.monotonic() - started)
            waiting = Notice.objects.filter(channel__in=[channel.value for channel in doors if channel not in shut])
            leased = lease(waiting, at=now, holder=holder, lease_for=LEASE, limit=1)
            if not leased:
                break
            channel = Channel(leased[0].channel)
            if channel not in open_doors:
                # Only now: a worker with nothing to carry looks every second.
                open_doors[channel] = doors[channel]()
            outcome = _carried(leased[0], open_doors[channel])
            if isinstance(outcome, TryAgain) and outcome.door_shut:
                shut.add(channel)
            _write_down(leased[0], outcome, at=at + timedelta(seconds=time.monotonic() - started))
            sent += isinstance(outcome, Sent)
    finally:
        for door in open_doors.values():
            door.close()
    return sent


def _channels(account: Account, only: Channel | None) -> list[Channel]:
    texts_to = "" if account.texts_stopped and only is not Channel.SMS else account.phone
    reached = {Channel.MAIL: account.email, Channel.SMS: texts_to}
    return [channel for channel, address in reached.items() if address and only in (None, channel)]


def _carried(notice: Notice, door: Transport) -> Outcome:
    try:
        return _sent(notice, door)
    except Exception:
        # One that cannot be made, such as for an address sealed with a lost key, must not hold up those behind it.
        log.exception("notice %s %s by %s broke", spoken("N", notice.id), notice.code, notice.channel)
        return TryAgain("broke")


def _sent(notice: Notice, door: Transport) -> Outcome:
    account = account_of(notice.person_id)
    address = (account.email if notice.channel == Channel.MAIL else account.phone) if account else ""
    if not address:
        return Never("no-address")
    words = worded(notice.code, _ready(notice), notice.language)
    return door.send(notice=str(notice.id), to=address, words=words, language=notice.language)


def _ready(notice: Notice) -> dict[str, Fact]:
    """The facts with what only exists at the moment of sending: a sign-in token or code is never stored."""
    facts = dict(notice.facts)
    wanted = needed(NOTICES[notice.code].text)
    if "sign_in" in wanted:
        facts["sign_in"] = f"{facts['sign_in']}{sign_in_token(notice.person_id)}"
    if "sign_in_code" in wanted:
        facts["sign_in_code"] = code_of(UUID(str(facts["sign_in_code"])))
    return facts


@transaction.atomic
def _write_down(notice: Notice, outcome: Outcome, *, at: datetime) -> None:
    name = spoken("N", notice.id)
    if isinstance(outcome, Sent):
        # Taken is taken, whoever holds the lease by now: nobody needs to send it again.
        Notice.objects.filter(pk=notice.pk, sent_at=None).update(
            sent_at=at,
            given_up_at=None,
            due_at=None,
            leased_until=None,
            lease_holder="",
            provider_message_id=outcome.message_id[:120],
        )
        return
    again_at = next_try(at, notice.attempts)
    if isinstance(outcome, TryAgain) and again_at < notice.created_at + NOTICES[notice.code].patience:
        put_off(notice, until=again_at)
        log.warning("notice %s %s by %s: %s, trying again", name, notice.code, notice.channel, outcome.why)
        return
    if put_off(notice, until=None):
        Notice.objects.filter(pk=notice.pk).update(given_up_at=at)
        facts: dict[str, Fact] = {"code": notice.code, "channel": notice.channel, "attempts": notice.attempts}
        record(actor=None, verb="give-up", thing="notice", thing_id=notice.id, because=outcome.why, at=at, facts=facts)
        log.error("notice %s %s by %s: %s, given up", name, notice.code, notice.channel, outcome.why)
