"""The words of a license list: what was read, what becomes a site, what was set aside and why, and what differs."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import ClassVar
from uuid import UUID

from daybreak.kernel.decisions import Fact
from daybreak.network.terms import Located
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.terms import AgeLimit, Kind, Point

Row = Mapping[str, str]
"""A row's cells by column, trimmed."""

AGES = ("infant", "toddler", "preschool", "school_age", "mixed")
"""The groups by which licensed capacity is counted in every report."""


@dataclass(frozen=True)
class ListedRoom:
    """A room that a licensed capacity makes; ages in months, half-open."""

    name: str
    from_months: int
    until_months: int
    licensed_spots: int
    limits: tuple[AgeLimit, ...] = ()


@dataclass(frozen=True)
class Hours:
    """When a list says a site is open: equal times mean always; days as weekdays.py counts them."""

    opens: time
    closes: time
    weekdays: int = EVERY_DAY


@dataclass(frozen=True)
class ListedSite:
    """One row that becomes a site, or keeps one up to date. `ref` is the same at every import."""

    ref: str
    line: int
    name: str
    kind: Kind
    point: Point
    located: Located
    zone: str
    city: str
    zip_code: str
    number: str
    program: str
    status: str
    capacity: int
    rooms: tuple[ListedRoom, ...]
    by_age: Mapping[str, int]
    """Licensed capacity by the groups of AGES."""
    address: str = ""
    hours: Hours | None = None
    """None where the list does not say."""
    is_beyond_the_rule: bool = False
    """Licensed for more than the state's rule allows; the license's own number is kept."""


@dataclass(frozen=True)
class SetAside:
    """One row that does not become a site: the code of the first reason, and the facts behind it."""

    line: int
    ref: str
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


class Aside(Exception):
    """Raised inside a reader where a row cannot become a site; it never leaves the reading of that row."""

    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


class Reader(ABC):
    """How one format is read: which columns it has, what a row says, and how each reason is worded."""

    columns: ClassVar[tuple[str, ...]]
    optional: ClassVar[tuple[str, ...]] = ()
    number_column: ClassVar[str]
    """What a license is recognized by at the next import."""
    longest: ClassVar[Mapping[str, int]]
    """Letters that any real cell of a column has at most."""
    sentences: ClassVar[Mapping[str, str]]
    """Each reason for setting a row aside, once, as people read it."""
    prefix: str
    """What every `ref` of this list begins with."""
    zone: str
    """Where it is what day, when the list is read."""
    caution: str = ""
    """What to say of a rule behind this reading that nobody could confirm."""

    @abstractmethod
    def trouble(self, row: Row) -> tuple[str, str] | None:
        """The code and the list's own word for a license under which no child may be placed, or None."""

    @abstractmethod
    def site(self, line: int, row: Row) -> ListedSite:
        """What a row becomes. Raises Aside with the first reason why it becomes nothing."""


ENDS = frozenset({"license-not-in-force", "license-exempt"})
"""Reasons for setting a row aside that also end the license of a site known from an earlier list."""


@dataclass(frozen=True)
class Listing:
    """A list read to the end: every row became a site or was set aside."""

    source: str
    imported: int
    reasons: Mapping[str, int]
    """How many rows were set aside for each reason, the commonest first."""
    spots_by_age: Mapping[str, int]
    """Licensed capacity of what becomes sites."""
    set_aside: tuple[SetAside, ...] = ()
    """The first rows that were set aside."""
    by_zip_code: int = 0
    """Sites without coordinates that stand in the middle of their ZIP code."""
    with_hours: int = 0
    beyond_the_rule: int = 0
    caution: str = ""

    @property
    def read(self) -> int:
        """How many rows the list has."""
        return self.imported + sum(self.reasons.values())


@dataclass(frozen=True)
class Difference:
    """One site that this list changes: how (joins, changes, lapses or gone), and which of its facts differ."""

    how: str
    ref: str
    name: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """What an import did, or a dry run would do, to the sites that were known before and to those that were not."""

    listing: Listing
    added: int = 0
    changed: int = 0
    ended: int = 0
    """Known sites whose row says that the license is no longer in force."""
    gone: int = 0
    """Sites known from an earlier list that this one does not name; their licenses end too."""
    known: int = 0
    """Sites known from earlier lists of this state."""
    differences: tuple[Difference, ...] = ()
    """The first of each kind."""
    without_license: tuple[UUID, ...] = ()
    """The sites that lapsed or are gone: what they offered and nobody took is withdrawn."""
    looks_cut_off: bool = False
    """So many sites in use are gone that a part of the file may be missing."""
