"""The words of the directory: what is on file about a site, for whoever may look it up."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from daybreak.network.terms import Located
from daybreak.placement.terms import Kind, Point


@dataclass(frozen=True)
class LicenseLine:
    """One license a site has or had. `from_day` is empty when no list says since when it holds."""

    number: str
    program: str
    status: str
    is_in_force: bool
    capacity: int
    from_day: date | None
    until_day: date | None


@dataclass(frozen=True)
class SiteRecord:
    """What is on file about a site, newest license first."""

    licenses: tuple[LicenseLine, ...]
    listed_on: date | None
    """When its state's list was last read and named it; None for a site that no list has named."""
    staff: int
    """People on its staff, as its director named them."""
    staff_checked: int
    """Those of them whose background check has a date on file."""
    oldest_check: date | None


@dataclass(frozen=True)
class SiteLine:
    """A place as a search finds it."""

    site_id: UUID
    ref: str
    name: str
    city: str
    zip_code: str


@dataclass(frozen=True)
class Entry:
    """A site as its state lists it, for a directory that others read."""

    site_id: UUID
    provider_id: UUID
    provider_name: str
    name: str
    kind: Kind
    point: Point
    located: Located
    zone: str
    address: str
    city: str
    state: str
    zip_code: str
    opens: time | None
    closes: time | None
    weekdays: int
    license: LicenseLine | None
    """The one without an end."""
    ages: tuple[tuple[int, int], ...]
    """Of each room, in months, half-open."""
    listed_on: date | None
