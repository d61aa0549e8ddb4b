"""The words of a license list: what was read, what becomes a site, and what was set aside and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from daybreak.kernel.decisions import Fact
from daybreak.network.terms import Located
from daybreak.placement.terms import AgeLimit, Kind, Point


@dataclass(frozen=True)
class ListedRoom:
    """A room that a licensed capacity makes; ages in months, half-open."""

    name: str
    from_months: int
    until_months: int
    licensed_spots: int
    limits: tuple[AgeLimit, ...] = ()


@dataclass(frozen=True)
class ListedSite:
    """One row that becomes a site, or keeps one up to date. `ref` is the same at every import."""

    ref: str
    line: int
    name: str
    kind: Kind
    point: Point
    located: Located
    city: str
    zip_code: str
    number: str
    program: str
    status: str
    capacity: int
    rooms: tuple[ListedRoom, ...]


@dataclass(frozen=True)
class SetAside:
    """One row that does not become a site: the code of the first reason, and the facts behind it."""

    line: int
    ref: str
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing:
    """A list read to the end: every row is in one of the two."""

    source: str
    prefix: str
    """What every `ref` of this list begins with."""
    zone: str
    sites: tuple[ListedSite, ...]
    set_aside: tuple[SetAside, ...]
    spots_by_age: Mapping[str, int]
    """Licensed capacity of what becomes sites, by the list's own columns."""
    beyond_the_rule: tuple[str, ...] = ()
    """Sites licensed for more than the state's rule allows; the license's own number is kept."""

    @property
    def read(self) -> int:
        """How many rows the list has."""
        return len(self.sites) + len(self.set_aside)

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many rows were set aside for each reason, the commonest first."""
        return dict(Counter(row.code for row in self.set_aside).most_common())


@dataclass(frozen=True)
class Imported:
    """What an import did to the sites that were known before and to those that were not."""

    listing: Listing
    added: int = 0
    changed: int = 0
    ended: int = 0
    """Known sites whose license is no longer in force; what they offered and nobody took is withdrawn."""
    not_listed: int = 0
    """Sites known from this list that this file does not name; they stay as they are."""
