"""What does New York State's list of regulated child care say? Each row becomes a site or is set aside with a reason.

The list is the Office of Children and Family Services' own, one row per license or registration. Capacity is what the
state allows, never a vacancy: rooms are made, spots are not. Hours are not in the list.

A row is set aside for what it says; a file that is not this table is refused as a whole (see table.py).

Not modeled: New York City's own center licenses (city health code, article 47), which are not in this list; ages that a
single license narrows; the mix of ages from which a small center (18 NYCRR 418-2) needs a second caregiver.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from daybreak.network.license_lists.cells import place, whole, zip_of
from daybreak.network.license_lists.reading import COMMON
from daybreak.network.license_lists.terms import Aside, ListedRoom, ListedSite, Reader, Row
from daybreak.network.licenses import is_in_force
from daybreak.network.reach import Box
from daybreak.network.terms import Located
from daybreak.placement.terms import AgeLimit, Kind, Point

PREFIX = "ny:"
ZONE = "America/New_York"
STATE = Box(south=40.4, north=45.1, west=-79.9, east=-71.7)
"""A little more than the state, Long Island and the islands off it included."""

COUNTS = {
    "infant": "infant_capacity",
    "toddler": "toddler_capacity",
    "preschool": "preschool_capacity",
    "school_age": "school_age_capacity",
    "mixed": "children_capacity",
}
"""Ages as reports name them, and the list's columns."""

COLUMNS = (
    *("facility_id", "program_type", "facility_status", "facility_name", "city", "zip_code"),
    *COUNTS.values(),
    *("total_capacity", "latitude", "longitude"),
)

KINDS = {
    "DCC": Kind.CENTER,
    "SDCC": Kind.CENTER,
    "SACC": Kind.CENTER,
    "FDC": Kind.FAMILY_HOME,
    "GFDC": Kind.FAMILY_HOME,
}
"""Day care center, small day care center, school-age program, family day care home, group family day care home."""

RULE = "us/ny/licensing/family_home_capacity"
LICENSES = {
    "FDC": "family_day_care_home",
    "GFDC": "group_family_day_care_home",
    "SDCC": "family_day_care_home",
}
"""The license by which the rule is asked. A small center's mixed room is held to a family home's limit for children
under two, which is the stricter reading."""

AGES_RULE = "us/ny/licensing/age_groups"
"""The ages of each room; its groups have the names of COUNTS."""

ROOM_NAMES = {
    "infant": "infants",
    "toddler": "toddlers",
    "preschool": "preschoolers",
    "school_age": "school age",
    "mixed": "mixed ages",
}

SENTENCES = {
    **COMMON,
    "unknown-program": "The program type is none of those this list is known to have.",
    "number-not-readable": "A capacity or coordinate is not a number that can be meant.",
    "no-capacity": "The license allows no children.",
    "capacities-do-not-add-up": "The capacities by age do not add up to the total, so no room's size is sure.",
    "coordinates-outside-the-state": "The coordinates lie outside New York State, so the site's place is not known.",
    "no-coordinates-and-unknown-zip": "The row has no coordinates and its ZIP code is not one we know the place of.",
    "no-name": "The row has no facility name.",
}


@dataclass(frozen=True)
class HomeRule:
    """What the rulebook says of one kind of home license on the day of the import."""

    most_children: int
    additional_school_age: int
    under_two_per_caregiver: int


@dataclass(frozen=True)
class AgeBand:
    """What the rulebook says of one age group on the day of the import; months, half-open."""

    from_months: int
    until_months: int


@dataclass(frozen=True)
class NewYorkState(Reader):
    """Reads the state's list with what it needs to know of the day it is read.

    `centroids` is the middle of each ZIP code, `rules` the home rule by license as LICENSES names it, `bands` the ages
    of each group as COUNTS names it.
    """

    centroids: Mapping[str, Point]
    rules: Mapping[str, HomeRule]
    bands: Mapping[str, AgeBand]
    prefix: str = PREFIX
    zone: str = ZONE

    columns: ClassVar[tuple[str, ...]] = COLUMNS
    number_column: ClassVar[str] = "facility_id"
    longest: ClassVar[Mapping[str, int]] = {
        **{"facility_id": 40, "facility_name": 120, "city": 80},
        **{"zip_code": 10, "facility_status": 60},
    }
    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    def trouble(self, row: Row) -> tuple[str, str] | None:
        """Whether the row's status is one under which the state lets a program care for children."""
        status = row["facility_status"]
        return None if is_in_force(status, "ny") else ("license-not-in-force", status)

    def site(self, line: int, row: Row) -> ListedSite:
        """One program as a site with a room for each age group it is licensed for."""
        program, zip_code = row["program_type"], zip_of(row, "zip_code")
        if program not in KINDS:
            raise Aside("unknown-program", program=program[:40])
        if not row["facility_name"]:
            raise Aside("no-name")
        counts, total = _capacities(row)
        point, located = place(row, zip_code, self.centroids)
        if located is Located.GIVEN and not STATE.holds(point):
            raise Aside("coordinates-outside-the-state", latitude=point.latitude, longitude=point.longitude)
        return ListedSite(
            ref=PREFIX + row["facility_id"],
            line=line,
            name=_name(row),
            kind=KINDS[program],
            point=point,
            located=located,
            zone=ZONE,
            city=row["city"],
            zip_code=zip_code,
            number=row["facility_id"],
            program=program,
            status=row["facility_status"],
            capacity=total,
            rooms=tuple(_rooms(program, counts, self.rules, self.bands)),
            by_age=counts,
            is_beyond_the_rule=_beyond(program, counts, self.rules),
        )


def _capacities(row: Row) -> tuple[dict[str, int], int]:
    counts = {age: whole(row, column) for age, column in COUNTS.items()}
    total = whole(row, "total_capacity")
    if total == 0 and not any(counts.values()):
        raise Aside("no-capacity")
    if sum(counts.values()) != total:
        raise Aside("capacities-do-not-add-up", sum=sum(counts.values()), total=total)
    return counts, total


def _name(row: Row) -> str:
    """Some copies of the list withhold the names of homes; a page still needs something to call one."""
    if row["facility_name"].startswith("(") and KINDS[row["program_type"]] is Kind.FAMILY_HOME:
        return f"Family child care home {row['facility_id']}"
    return row["facility_name"]


def _rooms(
    program: str, counts: Mapping[str, int], rules: Mapping[str, HomeRule], bands: Mapping[str, AgeBand]
) -> Iterator[ListedRoom]:
    for age, spots in counts.items():
        if spots:
            limits = tuple(_limits(program, rules)) if age == "mixed" else ()
            band = bands[age]
            yield ListedRoom(ROOM_NAMES[age], band.from_months, band.until_months, spots, limits)


def _limits(program: str, rules: Mapping[str, HomeRule]) -> Iterable[AgeLimit]:
    """One caregiver is assumed on duty: the list does not say how many are, and one is what every home has."""
    if rule := rules.get(LICENSES.get(program, "")):
        yield AgeLimit(under_months=24, most_of_them=rule.under_two_per_caregiver)


def _beyond(program: str, counts: Mapping[str, int], rules: Mapping[str, HomeRule]) -> bool:
    """Say whether a home is licensed for more than the rule allows. The state granted that number, so it is kept."""
    rule = rules.get(LICENSES.get(program, ""))
    if rule is None or KINDS[program] is not Kind.FAMILY_HOME:
        return False
    return counts["mixed"] > rule.most_children or counts["school_age"] > rule.additional_school_age
