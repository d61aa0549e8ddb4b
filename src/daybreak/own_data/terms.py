"""The words of taking a copy of one's data and of having it erased."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class WhenErased(StrEnum):
    """What happens to a table's rows about a person who is erased."""

    GONE = "gone"  # the rows are deleted
    EMPTIED = "emptied"  # the rows stay, and nothing private is left in them
    KEPT = "kept"  # the rows stay as they are, for the reason given


@dataclass(frozen=True)
class Holding:
    """One table that holds something about people: where a copy shows it, and what erasing does with it."""

    in_copy: str
    """The part of a copy that shows it; empty where a copy leaves it out, for the reason given."""
    when_erased: WhenErased
    because: str = ""
    """Why something is kept or left out."""


@dataclass(frozen=True)
class GoingOn:
    """A care request that stands in the way: the children are at a place just now."""

    request_id: UUID
    day: date


@dataclass(frozen=True)
class Standing:
    """What must be known before a person is erased."""

    going_on: tuple[GoingOn, ...]
    """Requests of theirs whose children have come and have not been fetched."""
    alone_for: int
    """Sites with bookings ahead for which nobody else speaks."""
    last_of: tuple[UUID, ...]
    """Households in which no other adult is left."""
    open_requests: tuple[UUID, ...]
