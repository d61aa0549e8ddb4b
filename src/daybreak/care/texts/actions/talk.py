"""Take a text message or a key press: do the one thing it asks for, and answer. Delivered twice, it is done once.

What ends a booking or asks for care runs in transactions of its own, because a request looks for a place in it; it may
be done again without harm. Everything else stands in one transaction with the message's own name and the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.accounts.actions import set_texts_stopped
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account
from daybreak.care.models import Talk
from daybreak.care.texts import conversation, keypad
from daybreak.care.texts.actions.families import Family
from daybreak.care.texts.actions.providers import Provider
from daybreak.care.texts.keeping import as_kept
from daybreak.care.texts.queries import family_standing_of, last_question, standing_of
from daybreak.care.texts.terms import ALONE, Act, Deed, Heard, Say, Turn
from daybreak.due.actions import FirstTime, claim_key
from daybreak.kernel.decisions import Yes
from daybreak.network.queries import sites_of
from daybreak.notices.actions import post
from daybreak.notices.terms import Channel

Speaker = Provider | Family


@dataclass(frozen=True)
class _Came:
    """One text or key press, by the gateway's own name for it."""

    account: Account
    body: str
    name: str
    at: datetime


def take_text(*, person_id: UUID, body: str, message_id: str, at: datetime) -> None:
    """Answer one text of a person we know, by text. Whoever is no parent and speaks for no site is told where to go."""
    account = account_of(person_id)
    if account is None:
        return
    came = _Came(account, body, f"text {message_id}", at)
    speaker = _speaker(account, body, at)
    if speaker is None:
        _once(came, lambda: Turn(say=Say("text-for-others", {"link": "/"})), _answer_by_text(came, message_id))
        return
    heard = conversation.heard_by(body, speaker.side)
    _converse(came, heard, speaker, _answer_by_text(came, message_id))


def take_keys(*, person_id: UUID, keys: str, call_id: str, at: datetime) -> Turn | None:
    """Do what was pressed in a call and return what to say and ask; None for whoever has nothing to do here.

    The same press delivered twice is done once and answered with how things stand.
    """
    account = account_of(person_id)
    speaker = _speaker(account, "", at) if account else None
    if account is None or speaker is None:
        return None
    came = _Came(account, keys, f"call {call_id}", at)
    turns: list[Turn] = []
    asked = last_question(person_id, at=at)
    if isinstance(speaker, Provider) and keypad.lets_be(keys, asked):
        # By text a provider's NO is a word of its own; by key it only leaves the question.
        _once(came, Turn, turns.append)
    else:
        _converse(came, keypad.press(keys, asked, speaker.side), speaker, turns.append)
    return turns[0] if turns else Turn()


def begin_call(*, person_id: UUID, at: datetime) -> bool:
    """Forget what was asked before: a call begins at its menu. False for whoever has nothing to do here."""
    account = account_of(person_id)
    if account is None or _speaker(account, "", at) is None:
        return False
    with transaction.atomic():
        Talk.objects.filter(person_id=person_id).update(asked=None)
    return True


def _speaker(account: Account, body: str, at: datetime) -> Speaker | None:
    """As whom somebody texts: for their sites, or for their family; by what the text says where it may be both."""
    cards = [card for provider in account.providers for card in sites_of(provider)]
    households = account.households
    asked = last_question(account.person_id, at=at)
    if cards and not (households and conversation.speaks_as_family(body, asked)):
        return Provider(account.person_id, cards, standing_of(cards, at=at), at)
    standing = family_standing_of(account, households[0], at=at) if households else None
    return Family(account, standing, at) if standing else None


def _converse(came: _Came, heard: Heard, speaker: Speaker, answer: Callable[[Turn], None]) -> None:
    turn = conversation.step(heard, last_question(came.account.person_id, at=came.at), speaker.side)
    deed = turn.deed
    if deed is None:
        _once(came, lambda: turn, answer)
    elif deed.act in ALONE:
        ended = speaker.do_alone(deed, came.name)
        _once(came, lambda: ended, answer)
    else:
        _once(came, lambda: _do(deed, speaker, came), answer)


def _do(deed: Deed, speaker: Speaker, came: _Came) -> Turn:
    """Do a deed inside the caller's transaction."""
    if deed.act in (Act.STOP, Act.START):
        set_texts_stopped(person_id=came.account.person_id, stopped=deed.act is Act.STOP, at=came.at)
        return speaker.after(deed, Yes())
    return speaker.do(deed)


def _once(came: _Came, turn_of: Callable[[], Turn], answer: Callable[[Turn], None]) -> None:
    """Do what is left to do and answer, unless this very message was answered before."""
    person_id = came.account.person_id
    with transaction.atomic():
        claim = claim_key(scope=person_id, key=came.name[:100], body={"text": came.body}, at=came.at)
        if not isinstance(claim, FirstTime):
            return
        turn = turn_of()
        asked = as_kept(turn.asks) if turn.asks else None
        Talk.objects.update_or_create(person_id=person_id, defaults={"asked": asked, "at": came.at})
        answer(turn)


def _answer_by_text(came: _Came, message_id: str) -> Callable[[Turn], None]:
    def answer(turn: Turn) -> None:
        if turn.say is None or turn.is_told:
            # A notice of the deed itself is on its way to the same phone.
            return
        post(
            code=turn.say.code,
            to=came.account.person_id,
            facts=turn.say.facts,
            about=came.account.person_id,
            at=came.at,
            key=message_id,
            only=Channel.SMS,
        )

    return answer
