"""The words of a care request, from asking to attending."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from daybreak.care.states import CAME, BookingState, By, RequestState
from daybreak.kernel.decisions import Reason
from daybreak.kernel.refs import spoken
from daybreak.placement.sessions import Session


@dataclass(frozen=True)
class Ask:
    """What a parent says once. Clock times are the work site's; an end at or before its start is the next day."""

    household_id: UUID
    child_ids: tuple[UUID, ...]
    day: date
    starts: time
    ends: time
    decide_by_at: datetime
    mildly_ill: tuple[UUID, ...] = ()


class PriceSource(StrEnum):
    """Where the price of a spot comes from."""

    FORECAST = "forecast"  # from what was expected of the day
    LIVE = "live"  # from the families who really wait


@dataclass(frozen=True)
class SpotPrice:
    """What a spot is worth to those who ask for it: minutes per child in a room, per household at a caregiver."""

    holder_id: UUID
    """The room, or the site of a caregiver who comes to the home."""
    minutes: float
    source: PriceSource
    computed_at: datetime
    session: Session | None = None
    """None for the whole day."""
    at_caregiver: bool = False


@dataclass(frozen=True)
class Tried:
    """One line of what was tried: a site, what came of it, and why."""

    site_id: UUID | None
    site_name: str
    outcome: str
    """A booking state, `gone` when another family was first, or `refused`."""
    reason: Reason | None
    at: datetime


@dataclass(frozen=True)
class WhyNot:
    """How many places in reach do not fit for one reason, and the nearest miss among them."""

    reason: Reason
    sites: int


@dataclass(frozen=True)
class Moved:
    """One change of state: when, by which verb, from what to what, and in which role somebody did it."""

    at: datetime
    verb: str
    before: str
    after: str
    by: By
    booking_id: UUID | None
    """Empty when it is the request that moved."""


@dataclass(frozen=True)
class PlacedChild:
    """A child in a booking, with the room that will have it."""

    child_id: UUID
    room_id: UUID
    room_name: str
    months: int
    came_at: datetime | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True)
class BookingView:
    """A booking as both sides see it; children are ids here, names are added by whoever may see them."""

    booking_id: UUID
    request_id: UUID
    household_id: UUID
    site_id: UUID
    state: BookingState
    day: date
    arrives_at: datetime
    leaves_at: datetime
    minutes: float
    held_until: datetime | None
    children: tuple[PlacedChild, ...]
    came_at: datetime | None = None
    """When the home said that the children came, and when that they were fetched."""
    fetched_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return spoken("B", self.booking_id)


@dataclass(frozen=True)
class Touched:
    """A booking that a license no longer covers, as a report lists it: refs, the site and the day; no names."""

    booking_id: UUID
    request_id: UUID
    site_id: UUID
    site_name: str
    day: date
    children: int
    state: BookingState

    @property
    def line(self) -> str:
        """The booking in one line."""
        names = f"{spoken('R', self.request_id)}, {spoken('B', self.booking_id)}"
        return f"{names} ({self.state}): {self.site_name} on {self.day}, {self.children} children"


@dataclass(frozen=True)
class Given:
    """Care that was given: a booking whose children came, and whose families' employer stands behind it."""

    booking_id: UUID
    day: date
    children: int
    """Those who came."""
    employer_id: UUID


@dataclass(frozen=True)
class SiteDay:
    """How many children a site expects on a day, and how many bookings wait for its answer."""

    site_id: UUID
    day: date
    children: int
    to_answer: int


@dataclass(frozen=True)
class RequestView:
    """A care request as the family sees it: what is sure, what was tried, and until when Daybreak looks."""

    request_id: UUID
    household_id: UUID
    state: RequestState
    day: date
    starts: time
    ends: time
    child_ids: tuple[UUID, ...]
    asked_at: datetime
    decide_by_at: datetime
    answered_at: datetime | None
    bookings: tuple[BookingView, ...]
    """Newest first."""
    tried: tuple[Tried, ...]
    why_not: tuple[WhyNot, ...]
    considered: int
    """How many licensed places in reach offered spots and were looked at."""
    without_offer: int
    """How many licensed places in reach offered nothing that day."""
    joined_at: datetime | None = None
    """When it last joined the families who are placed together, because many asked at once."""
    in_round: bool = False
    """Whether the next round places it."""

    @property
    def name(self) -> str:
        """What people call it."""
        return spoken("R", self.request_id)

    @property
    def booking(self) -> BookingView | None:
        """The booking that counts now, if any."""
        live = (BookingState.HELD, BookingState.CONFIRMED, *CAME)
        return next((booking for booking in self.bookings if booking.state in live), None)
