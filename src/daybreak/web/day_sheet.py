"""Whom does a home expect on a day, and what does it still have to answer?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from daybreak.care.actions.attend import EARLY
from daybreak.care.states import CAME, BookingState
from daybreak.care.terms import BookingView
from daybreak.people.telling.terms import Fetcher, HouseholdTold
from daybreak.people.terms import ChildProfile
from daybreak.placement.terms import Point
from daybreak.web.access import NOTES_BEFORE, shows_names, shows_notes

NO_HOMES: Mapping[UUID, Point] = {}
NOTHING_TOLD: Mapping[UUID, HouseholdTold] = {}
EXPECTED = (BookingState.CONFIRMED, BookingState.MISSED, *CAME)


@dataclass(frozen=True)
class Guest:
    """One child of a booking as the home may see it now: name and notes are empty while they are not its to know."""

    child_id: UUID
    name: str
    months: int
    room: str
    notes: str
    came: bool = False
    fetched: bool = False
    stayed_away: bool = False
    """Whether a sibling came and this child did not, or not yet."""


@dataclass(frozen=True)
class Visitors:
    """The children of one booking, with local times and what the home can do about it."""

    booking: BookingView
    arrives: datetime
    leaves: datetime
    answer_by: datetime | None
    children: tuple[Guest, ...]
    kind: str
    state: str
    may_mark: bool
    may_miss: bool
    may_withdraw: bool
    may_fetch: bool
    may_come_later: bool
    """Whether a sibling came and somebody is still missed."""
    came: datetime | None
    fetched: datetime | None
    home: Point | None
    """Where a caregiver goes, while that is theirs to know."""
    notes_from: datetime | None
    """When care notes can be read, while that is still ahead."""
    address: str = ""
    """The street, and how to get in: for the caregiver who is about to come, and no longer than care notes."""
    emergency: str = ""
    fetchers: tuple[Fetcher, ...] = ()
    """Who may fetch the children besides the parent; told like care notes, and no longer than they."""


@dataclass(frozen=True)
class DaySheet:
    """A day of a site: what waits for an answer, who is expected, and what came to nothing."""

    to_answer: tuple[Visitors, ...]
    expected: tuple[Visitors, ...]
    gone: tuple[Visitors, ...]

    @property
    def children(self) -> int:
        """How many children are expected or came."""
        there = [one for one in self.expected if one.booking.state is not BookingState.MISSED]
        return sum(not child.stayed_away for one in there for child in one.children)


def named_on(bookings: Iterable[BookingView]) -> list[UUID]:
    """The children whose names the home may see."""
    return [child.child_id for booking in bookings if shows_names(booking) for child in booking.children]


def sheet(
    bookings: Iterable[BookingView],
    profiles: Mapping[UUID, ChildProfile],
    *,
    zone: ZoneInfo,
    at: datetime,
    homes: Mapping[UUID, Point] = NO_HOMES,
    told: Mapping[UUID, HouseholdTold] = NOTHING_TOLD,
) -> DaySheet:
    """Sort a day's bookings, by arrival, into what the page shows.

    `homes`, for a caregiver only, and `told` are by household; of both, only what may be read now is shown.
    """
    all_of_them = [_with_notes(_visitors(booking, profiles, zone=zone, at=at), homes, told, at) for booking in bookings]
    to_answer = tuple(one for one in all_of_them if one.booking.state is BookingState.HELD)
    expected = tuple(one for one in all_of_them if one.booking.state in EXPECTED)
    rest = tuple(one for one in all_of_them if one not in to_answer and one not in expected)
    return DaySheet(to_answer, expected, rest)


def telling(bookings: Iterable[BookingView], *, at: datetime) -> set[UUID]:
    """The households of which a home may read more than names now."""
    return {booking.household_id for booking in bookings if shows_notes(booking, at=at)}


def _with_notes(
    visitors: Visitors, homes: Mapping[UUID, Point], told: Mapping[UUID, HouseholdTold], at: datetime
) -> Visitors:
    if not shows_notes(visitors.booking, at=at):
        return visitors
    household = visitors.booking.household_id
    said = told.get(household)
    return replace(
        visitors,
        home=homes.get(household),
        address=said.address if said and household in homes else "",
        emergency=said.emergency if said else "",
        fetchers=said.fetchers if said else (),
    )


def _visitors(booking: BookingView, profiles: Mapping[UUID, ChildProfile], *, zone: ZoneInfo, at: datetime) -> Visitors:
    arrives = booking.arrives_at.astimezone(zone)
    notes_at = booking.arrives_at - NOTES_BEFORE
    kind, state = _state(booking)
    is_confirmed = booking.state is BookingState.CONFIRMED
    return Visitors(
        booking=booking,
        arrives=arrives,
        leaves=booking.leaves_at.astimezone(zone),
        answer_by=booking.held_until.astimezone(zone) if booking.held_until else None,
        children=tuple(_guests(booking, profiles, at)),
        kind=kind,
        state=state,
        may_mark=is_confirmed and at >= booking.arrives_at - EARLY,
        may_miss=is_confirmed and at >= booking.arrives_at,
        may_withdraw=is_confirmed and at < booking.leaves_at,
        may_fetch=booking.state is BookingState.ATTENDED,
        may_come_later=booking.state is BookingState.ATTENDED
        and any(child.came_at is None for child in booking.children)
        and at < booking.leaves_at,
        came=booking.came_at.astimezone(zone) if booking.came_at else None,
        fetched=booking.fetched_at.astimezone(zone) if booking.fetched_at else None,
        home=None,
        notes_from=notes_at.astimezone(zone) if is_confirmed and at < notes_at else None,
    )


def _guests(booking: BookingView, profiles: Mapping[UUID, ChildProfile], at: datetime) -> Iterable[Guest]:
    for child in booking.children:
        profile = profiles.get(child.child_id) if shows_names(booking) else None
        is_away = child.fetched_at is not None
        notes = profile.to_know if profile and shows_notes(booking, at=at) and not is_away else ""
        yield Guest(
            child_id=child.child_id,
            name=profile.name if profile else "",
            months=child.months,
            room=child.room_name,
            notes=notes,
            came=child.came_at is not None,
            fetched=is_away,
            stayed_away=booking.state in CAME and child.came_at is None,
        )


def _state(booking: BookingView) -> tuple[str, str]:
    return {
        BookingState.HELD: ("wait", gettext("Waits for your answer")),
        BookingState.CONFIRMED: ("good", gettext("Expected")),
        BookingState.ATTENDED: ("good", gettext("Came")),
        BookingState.FETCHED: ("off", gettext("Fetched")),
        BookingState.MISSED: ("stop", gettext("Did not come")),
        BookingState.DECLINED: ("off", gettext("You said no")),
        BookingState.LAPSED: ("off", gettext("Not answered in time")),
        BookingState.CANCELED: ("off", gettext("Canceled by the family")),
        BookingState.WITHDRAWN: ("off", gettext("Canceled by you")),
    }[booking.state]
