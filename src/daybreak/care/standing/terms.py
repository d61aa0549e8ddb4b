"""The words of standing requests: a school district, a day it does not keep its hours, a wish made beforehand."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID


class ClosureKind(StrEnum):
    """How a school day differs from others."""

    CLOSED = "closed"
    LATE = "late"  # opens at an hour
    EARLY = "early"  # ends at an hour


@dataclass(frozen=True)
class District:
    """A school district, and the time zone of its clocks."""

    district_id: UUID
    name: str
    zone: str


@dataclass(frozen=True)
class Closed:
    """A day on which a district is closed, opens late or ends early; the hour only for the last two."""

    district_id: UUID
    day: date
    kind: ClosureKind = ClosureKind.CLOSED
    hour: time | None = None


@dataclass(frozen=True)
class Announced:
    """A closure as a page lists it: whose word it is, and how far its families' requests are."""

    closure_id: UUID
    district: str
    closed: Closed
    asks_at: datetime | None
    """When its standing requests are asked; empty once they were, or when nobody has one."""


@dataclass(frozen=True)
class Standing:
    """A wish for every day on which a district closes: whom, for which shift, by when, and from when to be woken."""

    household_id: UUID
    district_id: UUID
    child_ids: tuple[UUID, ...]
    starts: time
    ends: time
    decide_by: time
    told_from: time
    from_day: date
    until_day: date


@dataclass(frozen=True)
class StandingView:
    """A standing request as its family sees it."""

    standing_id: UUID
    standing: Standing
    district: str
    is_ended: bool
    asked: tuple[tuple[date, UUID], ...]
    """The days it was asked for, and the care request that came of each; newest first."""
