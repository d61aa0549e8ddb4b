"""The words of staff on duty: who is in which room when, and what that leaves open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from daybreak.kernel.decisions import Reason
from daybreak.placement.law import Law
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Part


@dataclass(frozen=True)
class OnStaff:
    """Somebody on the staff, by the name the director gave."""

    staffer_id: UUID
    name: str
    part: Part
    checked_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class Hours:
    """When one of the staff is in a room; an end at or before the start is on the next day.

    `gone_from` is set when they are not there after all from then on.
    """

    staffer_id: UUID
    starts: time
    ends: time
    gone_from: time | None = None


@dataclass(frozen=True)
class RoomStaff:
    """A room's day as its director says it: who is there when, and the ages of the children of its own.

    A session that `own_months` leaves out has no children of the site's own.
    """

    room_id: UUID
    hours: tuple[Hours, ...]
    own_months: Mapping[Session, tuple[int, ...]] = field(default_factory=dict)


class Basis(StrEnum):
    """What a room's spots rest on."""

    STAFF = "staff"  # the license, the ratio with the staff on duty, and the provider's word
    NO_STAFF_SAID = "no-staff-said"  # the license and the provider's word: nobody said who is on duty
    NO_LAW_KNOWN = "no-law-known"  # the same: the rulebook does not answer for this place, day or mix of ages


@dataclass(frozen=True)
class StillOpen:
    """How many more children of these ages (months, half-open) a room may take, and every reason why not more."""

    from_months: int
    until_months: int
    spots: int
    because: tuple[Reason, ...]


@dataclass(frozen=True)
class RoomNow:
    """A room in one session: what is offered, who is there, and what is still open by age, the youngest first."""

    room_id: UUID
    name: str
    session: Session
    offered: int | None
    taken: int
    own: int
    licensed: int
    open: tuple[StillOpen, ...]
    basis: Basis = Basis.NO_STAFF_SAID
    law: Law | None = None
    """The law behind it, with its citation and confidence; None unless the basis is the staff."""
    is_predominant: bool = False
    """Whether the law goes by the age most children have: then it may allow more than is told here."""


@dataclass(frozen=True)
class Opening:
    """One more educator from `starts` to `ends`, minutes after midnight, would open `more` spots at these ages."""

    room_id: UUID
    name: str
    session: Session
    from_months: int
    until_months: int
    starts: int
    ends: int
    more: int


@dataclass(frozen=True)
class TooMany:
    """A room and session with more children than the staff on duty may have: for `over` of them there is no place.

    Without a room it is the whole site, by its license. `booking_ids` are the bookings with a child there, the last
    taken first. `most` is what may be there, `children` how many would be, the site's own included.
    """

    room_id: UUID | None
    day: date
    session: Session
    children: int
    most: int
    over: int
    booking_ids: tuple[UUID, ...]
    cite: str = ""

    @property
    def reason(self) -> Reason:
        """Why a family cannot be taken, with the rule."""
        return Reason("more-than-the-room-may-have", {"most": self.most, "children": self.children}, self.cite)


@dataclass(frozen=True)
class Restaffed:
    """What writing the limits anew changed: sites, rooms in a session, and those that now have a child too many."""

    sites: int
    rooms: int
    too_many: int


@dataclass(frozen=True)
class StaffSaid:
    """What came of it: refused for reasons, or written down with every room that now has too many children."""

    reasons: tuple[Reason, ...] = ()
    too_many: tuple[TooMany, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    @property
    def booking_ids(self) -> tuple[UUID, ...]:
        """Every booking touched, each once, in the order of rooms and sessions and the last taken first."""
        return tuple(dict.fromkeys(booking for one in self.too_many for booking in one.booking_ids))
