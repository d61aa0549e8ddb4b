"""Take a text message: do the one thing it asks for, and answer. The same message delivered twice is done once.

What ends a booking runs in transactions of its own, because the family's request looks on afterwards; it may be done
again without harm. Everything else stands in one transaction with the message's own name and the answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.accounts.actions import set_texts_stopped
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account
from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_attended, mark_fetched
from daybreak.care.actions.move import as_stored
from daybreak.care.models import Talk
from daybreak.care.states import BookingState
from daybreak.care.texts import providers
from daybreak.care.texts.hearing import hear
from daybreak.care.texts.queries import last_question, standing_of
from daybreak.care.texts.terms import ENDS_A_BOOKING, Act, Deed, Question, Say, Standing, Turn
from daybreak.due.actions import FirstTime, claim_key
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.network.queries import sites_of
from daybreak.network.staff.actions import restaff_around, say_gone
from daybreak.network.staff.terms import TooMany
from daybreak.network.terms import SiteCard
from daybreak.network.today.actions import set_open
from daybreak.notices.actions import post
from daybreak.notices.facts import as_fact
from daybreak.notices.terms import Channel


@dataclass(frozen=True)
class _Talk:
    """Who texts, for which sites they speak, and how their day stands."""

    who: UUID
    cards: Sequence[SiteCard]
    standing: Standing
    at: datetime


@dataclass(frozen=True)
class _Done:
    """What came of a deed: the decision, and rooms with children too many where staff is gone."""

    decision: Decision
    too_many: Sequence[TooMany] = ()


def take_text(*, person_id: UUID, body: str, message_id: str, at: datetime) -> None:
    """Answer one text of a person we know. Whoever speaks for no site is told where to go."""
    account = account_of(person_id)
    if account is None:
        return
    cards = [card for provider in account.providers for card in sites_of(provider)]
    if not cards:
        _answer(account, body, message_id, at, lambda: Turn(say=Say("text-for-providers-only", {"link": "/"})))
        return
    talk = _Talk(person_id, cards, standing_of(cards, at=at), at)
    turn = providers.step(hear(body), last_question(person_id, at=at), talk.standing)
    deed = turn.deed
    if deed is None:
        _answer(account, body, message_id, at, lambda: turn)
    elif deed.act in ENDS_A_BOOKING:
        ended = _after(deed, _end_booking(deed, talk), talk)
        _answer(account, body, message_id, at, lambda: ended)
    else:
        _answer(account, body, message_id, at, lambda: _after(deed, _do(deed, talk), talk))


def _answer(account: Account, body: str, message_id: str, at: datetime, turn_of: Callable[[], Turn]) -> None:
    """Do what is left to do and answer, unless this very message was answered before."""
    with transaction.atomic():
        claim = claim_key(scope=account.person_id, key=f"text {message_id}"[:100], body={"text": body}, at=at)
        if not isinstance(claim, FirstTime):
            return
        turn = turn_of()
        asked = _stored(turn.asks) if turn.asks else None
        Talk.objects.update_or_create(person_id=account.person_id, defaults={"asked": asked, "at": at})
        if turn.say is not None:
            post(
                code=turn.say.code,
                to=account.person_id,
                facts=turn.say.facts,
                about=account.person_id,
                at=at,
                key=message_id,
                only=Channel.SMS,
            )


def _stored(asks: Question) -> dict[str, object]:
    return {
        "act": asks.act.value,
        "choices": [str(choice) for choice in asks.choices],
        "number": asks.number,
        "because": as_stored(asks.because) if asks.because else None,
    }


def _end_booking(deed: Deed, talk: _Talk) -> _Done:
    """Say no to a family, whether its place is kept for an answer or confirmed."""
    states = {family.booking_id: family.state for family in talk.standing.families}
    if deed.about is None or deed.about not in states:
        return _Done(No((Reason("too-late-for-that"),)))
    end = decline_booking if states[deed.about] is BookingState.HELD else withdraw_booking
    decision = end(booking_id=deed.about, actor=talk.who, at=talk.at, because=deed.because)
    if deed.because is None or isinstance(decision, No):
        return _Done(decision)
    with transaction.atomic():
        still = [one for card in talk.cards for one in restaff_around(card.site_id, talk.standing.day)]
    return _Done(decision, still)


def _do(deed: Deed, talk: _Talk) -> _Done:
    """Do anything else, inside the caller's transaction."""
    if deed.act in (Act.STOP, Act.START):
        set_texts_stopped(person_id=talk.who, stopped=deed.act is Act.STOP, at=talk.at)
        return _Done(Yes())
    if deed.about is None:
        return _Done(No((Reason("not-allowed"),)))
    if deed.act is Act.OFFER:
        site = next((room.site_id for room in talk.standing.rooms if room.room_id == deed.about), None)
        if site is None:
            return _Done(No((Reason("unknown-room"),)))
        spots = deed.number or 0
        return _Done(set_open(site_id=site, room_id=deed.about, open_spots=spots, at=talk.at, actor=talk.who))
    if deed.act is Act.GONE:
        return _gone(deed.about, talk)
    if deed.about not in {family.booking_id for family in talk.standing.families}:
        # Asked about a while ago, and gone from the day since.
        return _Done(No((Reason("too-late-for-that"),)))
    act = {Act.ACCEPT: confirm_booking, Act.ATTEND: mark_attended, Act.FETCH: mark_fetched}[deed.act]
    return _Done(act(booking_id=deed.about, actor=talk.who, at=talk.at))


def _gone(staffer_id: UUID, talk: _Talk) -> _Done:
    site = next((one.site_id for one in talk.standing.educators if one.staffer_id == staffer_id), None)
    if site is None:
        return _Done(No((Reason("not-on-duty", {"day": talk.standing.day.isoformat()}),)))
    said = say_gone(site_id=site, day=talk.standing.day, staffer_id=staffer_id, at=talk.at, actor=talk.who)
    return _Done(Yes() if said else No(said.reasons), said.too_many)


def _after(deed: Deed, done: _Done, talk: _Talk) -> Turn:
    """What to say and ask once a deed is done, with the day as it stands now."""
    if isinstance(done.decision, No):
        return Turn(say=providers.say("text-refused", talk.standing, why=as_fact(done.decision.reasons[0])))
    now = standing_of(talk.cards, at=talk.at)
    if not done.too_many:
        return Turn(say=providers.done(deed, now, talk.standing))
    worst = max(done.too_many, key=lambda one: one.over)
    booking_ids = dict.fromkeys(booking for one in done.too_many for booking in one.booking_ids)
    return providers.after_gone(now, worst.over, list(booking_ids), worst.reason)
