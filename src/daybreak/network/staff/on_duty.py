"""What may each room hold with the staff its director said? Everything about one room and session, without a database.

Nothing is claimed where nothing is known: a room whose staff nobody said, and a room for which the rulebook has no law,
keep the license and the provider's word, and the answer says which of the two it is.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.kernel.spans import DAY, minute_of
from daybreak.network.staff.terms import Hours, OnStaff, RoomStaff
from daybreak.placement import staffing
from daybreak.placement.law import Law
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Cap, OnDuty, Part
from daybreak.placement.terms import EVERY_AGE, AgeLimit

MOST_OWN = 60
"""More children than any room has at once: a number above it is a slip of the finger."""


@dataclass(frozen=True)
class RoomFacts:
    """A room as the license has it."""

    room_id: UUID
    name: str
    from_months: int
    until_months: int
    licensed_spots: int
    limits: tuple[AgeLimit, ...] = ()

    @property
    def ages(self) -> tuple[int, int]:
        """The ages it takes, in months, half-open."""
        return self.from_months, self.until_months


def counts_as(staffer: OnStaff, day: date, *, check_years: int) -> Part:
    """How far somebody counts on a day: not at all once their background check is too old, or after they left.

    >>> ana = OnStaff(UUID(int=1), "Ana", Part.EDUCATOR, checked_on=date(2021, 3, 2))
    >>> [str(counts_as(ana, date(2026, 3, day), check_years=5)) for day in (1, 2)]
    ['educator', 'helper']
    """
    if staffer.left_on is not None and staffer.left_on <= day:
        return Part.HELPER
    if staffer.checked_on is None:
        return staffer.part
    done = staffer.checked_on
    last_day = date(done.year + check_years, done.month, min(done.day, 28) if done.month == 2 else done.day)
    return staffer.part if day < last_day else Part.HELPER


def on_duty(
    rooms: Iterable[tuple[date, RoomStaff]], staffers: Mapping[UUID, OnStaff], day: date, *, check_years: int
) -> tuple[OnDuty, ...]:
    """Everybody on duty in minutes of `day`; `rooms` holds what was said for that day and the days beside it."""
    found = []
    for said_for, room in rooms:
        shift = (said_for - day).days * DAY
        for hours in room.hours:
            starts, ends = _there(hours)
            part = counts_as(staffers[hours.staffer_id], said_for, check_years=check_years)
            if ends > starts:
                found.append(OnDuty(str(room.room_id), part, starts + shift, ends + shift))
    return tuple(found)


def _there(hours: Hours) -> tuple[int, int]:
    """From when until when, in minutes of the day it was said for; empty when they are gone from the start."""
    starts, ends = minute_of(hours.starts), minute_of(hours.ends)
    ends = ends if ends > starts else ends + DAY
    if hours.gone_from is None:
        return starts, ends
    gone = minute_of(hours.gone_from)
    # A shift across midnight can be left after midnight; otherwise a time before the start means all of it.
    gone = gone + DAY if gone < starts and gone + DAY < ends else gone
    return starts, min(ends, max(starts, gone))


def caps_in(
    room: RoomFacts, session: Session, *, opens: time, closes: time, staff: Sequence[OnDuty], law: Law
) -> tuple[Cap, ...]:
    """What the room may hold in a session by the age of its youngest, at the weakest minute of it."""
    during = staffing.pieces(
        session,
        opens=minute_of(opens),
        closes=minute_of(closes),
        room_id=str(room.room_id),
        staff=staff,
        law=law,
    )
    return staffing.caps(law, *room.ages, during)


def limits_in(room: RoomFacts, own_months: Sequence[int], caps: Sequence[Cap], cite: str) -> tuple[AgeLimit, ...]:
    """The license's limits of the room, and those of its staff; `caps` is empty where no law is known.

    >>> room = RoomFacts(UUID(int=1), "toddlers", 18, 36, licensed_spots=12)
    >>> limits_in(room, [20, 20], [], "")
    (AgeLimit(under_months=216, most_of_them=None, room_most=12, cite=''),)
    """
    licensed = (AgeLimit(EVERY_AGE, room_most=room.licensed_spots),) if own_months else ()
    return (*room.limits, *licensed, *staffing.limits_of(caps, cite))


def readable(
    rooms: Sequence[RoomStaff], *, known_rooms: Container[UUID], staffers: Mapping[UUID, OnStaff], day: date
) -> Decision:
    """Refuse what cannot be written down: no room or an unknown one, somebody unknown, ages that no child has.

    >>> readable([], known_rooms=(), staffers={}, day=date(2026, 3, 2)).reasons[0].code
    'no-room-said'
    """
    reasons = [] if rooms else [Reason("no-room-said", {"day": day.isoformat()})]
    for room in rooms:
        if room.room_id not in known_rooms:
            reasons.append(Reason("unknown-room", {"room_id": str(room.room_id)}))
        for hours in room.hours:
            staffer = staffers.get(hours.staffer_id)
            if staffer is None or (staffer.left_on is not None and staffer.left_on <= day):
                reasons.append(Reason("unknown-staff", {"staffer_id": str(hours.staffer_id)}))
        for session, ages in room.own_months.items():
            if len(ages) > MOST_OWN or any(not 0 <= months < EVERY_AGE for months in ages):
                facts: dict[str, Fact] = {"room_id": str(room.room_id), "session": str(session), "children": len(ages)}
                reasons.append(Reason("own-children-not-plausible", facts))
    return No(tuple(reasons)) if reasons else Yes()


def nobody_twice(rooms: Iterable[tuple[date, RoomStaff]]) -> Decision:
    """Refuse somebody on duty twice at once: counting them twice would let children in whom nobody watches."""
    spans: dict[UUID, list[tuple[int, int]]] = {}
    twice = set()
    for said_for, room in rooms:
        for hours in room.hours:
            starts, ends = (minute + said_for.toordinal() * DAY for minute in _there(hours))
            others = spans.setdefault(hours.staffer_id, [])
            if any(starts < stops and begins < ends for begins, stops in others):
                twice.add(str(hours.staffer_id))
            others.append((starts, ends))
    reasons = tuple(Reason("staff-twice-at-once", {"staffer_id": staffer_id}) for staffer_id in sorted(twice))
    return No(reasons) if reasons else Yes()
