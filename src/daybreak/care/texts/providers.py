"""A provider texts: what is done, what is said, and what is asked back? No table, no clock.

One rule: what is clear is done at once, what could mean several things is asked, and what ends a family's confirmed
place is asked once more. A number answers the last question, whose choices are kept by id, so that a list that has
changed meanwhile cannot make it mean somebody else.
"""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from daybreak.care.states import BookingState
from daybreak.care.texts.answers import answered, listed
from daybreak.care.texts.hearing import plain
from daybreak.care.texts.terms import (
    Act,
    Deed,
    Educator,
    Family,
    Heard,
    Question,
    RoomOpen,
    Say,
    Standing,
    Turn,
    Word,
)
from daybreak.kernel.decisions import Fact, Reason


def say(code: str, standing: Standing, **facts: Fact) -> Say:
    """An answer with what every answer carries."""
    return Say(code, {"site": standing.site, "day": standing.day.isoformat(), "link": standing.link, **facts})


def step(heard: Heard, asked: Question | None, standing: Standing) -> Turn:
    """Decide what comes of one text.

    >>> from datetime import date
    >>> step(Heard(Word.YES), None, Standing("Little Oaks", date(2026, 3, 2), "/sites")).say.code
    'text-nothing-to-answer'
    """
    held = _in(standing, BookingState.HELD)
    if asked is not None and asked.act is Act.WITHDRAW and heard.word is Word.YES and held:
        # A family asked in the meantime: this YES may be for it, and must not cancel another's place.
        return _asked_about(held, Act.ACCEPT, "text-which-accept", standing)
    if asked is not None and (chosen := answered(heard, asked)):
        return Turn(deed=chosen)
    rule = _BY_WORD.get(heard.word) if heard.word else None
    return rule(heard, standing) if rule else Turn(say=say("text-unclear", standing), asks=asked)


def _today(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001 — every word is heard alike
    expected = [family for family in standing.families if family.state is not BookingState.FETCHED]
    if not expected:
        return Turn(say=say("text-today-nobody", standing))
    return Turn(say=say("text-today", standing, lines=family_lines(expected)))


def _yes(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001
    held = _in(standing, BookingState.HELD)
    if not held:
        return Turn(say=say("text-nothing-to-answer", standing))
    return _one_of(held, Act.ACCEPT, "text-which-accept", standing)


def _no(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001
    held = _in(standing, BookingState.HELD)
    if held:
        return _one_of(held, Act.DECLINE, "text-which-decline", standing)
    confirmed = _in(standing, BookingState.CONFIRMED)
    if not confirmed:
        return Turn(say=say("text-nothing-to-answer", standing))
    # A confirmed place is taken from a family only after one more yes.
    asks = Question(Act.WITHDRAW, tuple(family.booking_id for family in confirmed))
    code = "text-sure-to-cancel" if len(confirmed) == 1 else "text-which-cancel"
    return Turn(say=say(code, standing, lines=family_lines(confirmed)), asks=asks)


def _in_(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001
    coming = _in(standing, BookingState.CONFIRMED)
    if not coming:
        return Turn(say=say("text-nobody-to-come", standing))
    return _one_of(coming, Act.ATTEND, "text-which-in", standing)


def _out(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001
    there = _in(standing, BookingState.ATTENDED)
    if not there:
        return Turn(say=say("text-nobody-there", standing))
    return _one_of(there, Act.FETCH, "text-which-out", standing)


def _ill(heard: Heard, standing: Standing) -> Turn:
    if not standing.educators:
        return Turn(say=say("text-no-staff-said", standing))
    named = [one for one in standing.educators if heard.rest and plain(one.name).startswith(heard.rest)]
    if len({one.staffer_id for one in named}) == 1:
        return Turn(deed=Deed(Act.GONE, named[0].staffer_id))
    if len({one.staffer_id for one in standing.educators}) == 1:
        return Turn(deed=Deed(Act.GONE, standing.educators[0].staffer_id))
    asks = Question(Act.GONE, tuple(one.staffer_id for one in standing.educators))
    return Turn(say=say("text-which-ill", standing, lines=_staff_lines(standing.educators)), asks=asks)


def _spots(heard: Heard, standing: Standing) -> Turn:
    if not standing.rooms:
        return Turn(say=say("text-no-rooms", standing))
    if heard.number is None:
        return Turn(say=say("text-spots", standing, lines=_room_lines(standing.rooms)))
    named = [room for room in standing.rooms if heard.rest and plain(room.name).startswith(heard.rest)]
    rooms = named or list(standing.rooms)
    if len(rooms) == 1:
        return Turn(deed=Deed(Act.OFFER, rooms[0].room_id, heard.number))
    asks = Question(Act.OFFER, tuple(room.room_id for room in rooms), heard.number)
    return Turn(say=say("text-which-room", standing, lines=_room_lines(rooms)), asks=asks)


def _earned(heard: Heard, standing: Standing) -> Turn:  # noqa: ARG001
    return Turn(say=say("text-earned", standing, amount=standing.earned_cents))


_BY_WORD: dict[Word, Callable[[Heard, Standing], Turn]] = {
    Word.TODAY: _today,
    Word.YES: _yes,
    Word.NO: _no,
    Word.IN: _in_,
    Word.OUT: _out,
    Word.ILL: _ill,
    Word.SPOTS: _spots,
    Word.EARNED: _earned,
}


def _one_of(families: Sequence[Family], act: Act, code: str, standing: Standing) -> Turn:
    """Do it where one family is meant; ask where it could be several, because their order may have changed."""
    if len(families) == 1:
        return Turn(deed=Deed(act, families[0].booking_id))
    return _asked_about(families, act, code, standing)


def _asked_about(families: Sequence[Family], act: Act, code: str, standing: Standing) -> Turn:
    asks = Question(act, tuple(family.booking_id for family in families))
    return Turn(say=say(code, standing, lines=family_lines(families)), asks=asks)


def _in(standing: Standing, state: BookingState) -> list[Family]:
    return [family for family in standing.families if family.state is state]


def family_lines(families: Iterable[Family]) -> str:
    """Numbered bookings as a notice's fact holds them."""
    return listed(("family", {"comes": one.comes, "leaves": one.leaves, "children": one.children}) for one in families)


def _staff_lines(educators: Iterable[Educator]) -> str:
    return listed(("educator", {"room": one.room, "starts": one.starts, "ends": one.ends}) for one in educators)


def _room_lines(rooms: Iterable[RoomOpen]) -> str:
    return listed(("room", {"room": one.name, "open": one.open}) for one in rooms)


def after_gone(standing: Standing, over: int, booking_ids: Sequence[UUID], because: Reason) -> Turn:
    """A room has children too many now: ask whom the director cannot take, the last taken first.

    Whichever is chosen is told `because`, with its rule.
    """
    by_id = {family.booking_id: family for family in standing.families}
    touched = [by_id[booking_id] for booking_id in booking_ids if booking_id in by_id]
    asks = Question(Act.WITHDRAW, tuple(family.booking_id for family in touched), because=because)
    return Turn(say=say("text-too-many", standing, over=over, lines=family_lines(touched)), asks=asks)


DONE = {
    Act.ACCEPT: "text-accepted",
    Act.DECLINE: "text-ended",
    Act.WITHDRAW: "text-ended",
    Act.ATTEND: "text-came",
    Act.FETCH: "text-fetched",
    Act.OFFER: "text-offered",
    Act.GONE: "text-gone",
}


def done(deed: Deed, now: Standing, before: Standing) -> Say:
    """What is said of a deed that is done: of its booking as it was, of the rooms as they are."""
    family = next((one for one in before.families if one.booking_id == deed.about), None)
    facts: dict[str, Fact] = {}
    if family is not None:
        facts = {"children": family.children, "comes": family.comes}
    if deed.act in (Act.OFFER, Act.GONE):
        facts["lines"] = _room_lines(now.rooms)
    return say(DONE[deed.act], now, **facts)
