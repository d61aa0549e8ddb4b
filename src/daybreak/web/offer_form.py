"""How many spots does a home offer, room by room and session by session, as its form says it?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext

from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import minute_of
from daybreak.network.terms import RoomCard, RoomDay, SiteCard
from daybreak.placement.hours import span_of
from daybreak.placement.sessions import Session, touched

Offers = Mapping[tuple[UUID, Session], int]


@dataclass(frozen=True)
class Number:
    """One number of the form: what is typed, what is taken, what the license allows, and what is wrong with it."""

    room_id: UUID
    session: Session
    value: str
    taken: int
    most: int
    simulated: bool = False
    wrong: str = ""

    @property
    def name(self) -> str:
        """The name of its field."""
        return f"spots-{self.room_id}-{self.session}"

    @property
    def count(self) -> int | None:
        """The whole number typed, or None for anything else."""
        text = self.value.strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


@dataclass(frozen=True)
class RoomForm:
    """One room with its numbers, in the order of the day."""

    room: RoomCard
    numbers: tuple[Number, ...]

    @property
    def anchor(self) -> str:
        """Where on the page a press of one of its buttons comes back to."""
        return f"room-{self.room.room_id}"


def sessions_open(card: SiteCard) -> tuple[Session, ...]:
    """The sessions a site's hours share time with; none while nobody has said its hours."""
    if card.opens is None or card.closes is None:
        return ()
    open_in = {session for _, session in touched(*span_of(minute_of(card.opens), minute_of(card.closes)))}
    return tuple(session for session in Session if session in open_in)


def as_it_stands(card: SiteCard, rooms: Iterable[RoomDay]) -> tuple[RoomForm, ...]:
    """The form filled with what is offered now. A session with an offer is shown even when the hours have changed."""
    forms = []
    for room_day in rooms:
        room, counts = room_day.room, room_day.sessions
        numbers = [
            Number(
                room_id=room.room_id,
                session=session,
                value=str(counts[session].spots if session in counts else 0),
                taken=counts[session].taken if session in counts else 0,
                most=room.licensed_spots,
                simulated=session in counts and counts[session].simulated,
            )
            for session in Session
            if session in sessions_open(card) or session in counts
        ]
        forms.append(RoomForm(room, tuple(numbers)))
    return tuple(forms)


def as_said(rooms: Iterable[RoomForm], said: QueryDict) -> tuple[RoomForm, ...]:
    """The form with what was typed; a button for one fewer or one more has changed its number by one."""
    changed = {said.get("less") or "": -1, said.get("more") or "": 1}

    def read(number: Number) -> Number:
        typed = replace(number, value=(said.get(number.name) or "")[:12])
        if typed.count is None:
            return replace(typed, wrong=gettext("Write a whole number, 0 or more."))
        count = min(max(typed.count + changed.get(number.name, 0), 0), 99_999)
        return replace(typed, value=str(count))

    return tuple(replace(room, numbers=tuple(read(number) for number in room.numbers)) for room in rooms)


def offers_of(rooms: Iterable[RoomForm]) -> Offers | None:
    """What the form offers, or None while a field does not hold a number."""
    numbers = [number for room in rooms for number in room.numbers]
    offers = {(number.room_id, number.session): number.count for number in numbers}
    whole = {place: count for place, count in offers.items() if count is not None}
    return whole if len(whole) == len(offers) else None


def with_reasons(
    rooms: Iterable[RoomForm], reasons: Iterable[Reason], sentences: Iterable[str]
) -> tuple[tuple[RoomForm, ...], list[str]]:
    """Put each refusal at the number it is about; what is about no number is returned apart."""
    at_number: dict[tuple[str, str], str] = {}
    apart = []
    for reason, said in zip(reasons, sentences, strict=True):
        if "room_id" in reason.facts and "session" in reason.facts:
            at_number[str(reason.facts["room_id"]), str(reason.facts["session"])] = said
        else:
            apart.append(said)
    marked = tuple(
        replace(
            room,
            numbers=tuple(
                replace(number, wrong=at_number.get((str(number.room_id), str(number.session)), ""))
                for number in room.numbers
            ),
        )
        for room in rooms
    )
    return marked, apart
