"""The words of a person's own calendar."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How sure an entry is, as a calendar shows it."""

    SURE = "CONFIRMED"
    OPEN = "TENTATIVE"
    GONE = "CANCELLED"  # spelled as RFC 5545 spells it


@dataclass(frozen=True)
class Entry:
    """One entry of a calendar. It keeps its `uid` when it changes, so that a calendar moves it and adds no second."""

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    title: str
    changed_at: datetime
    changes: int
    """How often it changed; a calendar keeps the entry with the higher count."""
    standing: Standing = Standing.SURE
    is_busy: bool = True
    """Whether the time counts as taken when others look for a free hour."""
    line: str = ""
    page: str = ""


class FeedKind(StrEnum):
    """What a feed tells."""

    FAMILY = "family"  # neutral blocks of a household's requests
    PROVIDER = "provider"  # who arrives when at a provider's sites; counts, never names


@dataclass(frozen=True)
class FeedOwner:
    """Whose feed an address is."""

    person_id: UUID
    kind: FeedKind
