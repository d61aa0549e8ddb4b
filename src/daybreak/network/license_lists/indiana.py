"""What does Indiana's list of child care say? Each row becomes a site or is set aside with a reason.

The list is the Family and Social Services Administration's own, one row per facility, with real opening hours, days,
and ages as text. Capacity is what the state allows, never a vacancy: rooms are made, spots are not.

The numbers in `ages` are children that a facility planned for or has; a room holds as many, and the site never more
than its capacity. A facility that needs no license (IC 12-17.2-2-8) is set aside: Daybreak promises a licensed or
registered place. A child care ministry is registered and not licensed (IC 12-17.2-6), and its page says so.

Not modeled: the ratios by which an Indiana room may hold fewer; hours that differ from day to day; ages that begin with
school; a facility's own closing days.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from daybreak.network.license_lists import age_words, clock_words
from daybreak.network.license_lists.age_words import AgeNames, NamedAges
from daybreak.network.license_lists.cells import band_of, place, whole, zip_of
from daybreak.network.license_lists.reading import COMMON
from daybreak.network.license_lists.terms import Aside, Hours, ListedRoom, ListedSite, Reader, Row
from daybreak.network.licenses import is_in_force
from daybreak.network.taking import OLDEST_MONTHS
from daybreak.placement.terms import Kind, Point

PREFIX = "in:"
ZONE = "America/Indiana/Indianapolis"
CENTRAL_ZONE = "America/Chicago"

COLUMNS = (
    *("facility_number", "facility_name", "facility_type", "address", "city", "zip", "county", "capacity"),
    *("provider_status", "license_status", "hours_of_operation", "days_of_operation", "ages"),
)

KINDS = {
    "Center Licensed": Kind.CENTER,
    "Ministry": Kind.CENTER,
    "Home Licensed": Kind.FAMILY_HOME,
}
EXEMPT = "Exempt"
"""The status of what needs no license: part-day and school programs, small homes, camps."""
OPEN = "Open"
"""The one provider status under which nothing is pending against a facility."""

AGES_RULE = "us/in/licensing/age_groups"
ZONE_RULE = "us/in/time_zone/central_counties"

SENTENCES = {
    **COMMON,
    "license-exempt": "The state lists the facility and does not license it; Daybreak places children under a license "
    "or registration only.",
    "unknown-facility-type": "The facility type is none of those this list is known to have.",
    "no-name": "The row has no facility name.",
    "no-capacity": "The row gives no capacity, so no number of children is sure.",
    "number-not-readable": "A capacity is not a number that can be meant.",
    "hours-not-stated": "The row gives no opening hours.",
    "hours-not-readable": "The opening hours are not two times.",
    "days-not-stated": "The row does not say on which days the site opens.",
    "days-not-readable": "The days of operation are not days of the week.",
    "ages-not-stated": "The row does not say which ages the site takes, so no child can be placed there.",
    "ages-not-readable": "The ages are not groups with a number of children each.",
    "no-coordinates-and-unknown-zip": "The ZIP code is not one we know the place of, and the list has no coordinates.",
}


@dataclass(frozen=True)
class Indiana(Reader):
    """Reads the state's list with what it needs to know of the day it is read.

    `centroids` is the middle of each ZIP code, `ages` what the state calls an infant and a toddler, `central` the
    counties on Central time, in small letters.
    """

    centroids: Mapping[str, Point]
    ages: AgeNames
    central: Collection[str]
    prefix: str = PREFIX
    zone: str = ZONE
    caution: str = ""

    columns: ClassVar[tuple[str, ...]] = COLUMNS
    number_column: ClassVar[str] = "facility_number"
    longest: ClassVar[Mapping[str, int]] = {
        **{"facility_number": 40, "facility_name": 120, "address": 120, "city": 80, "zip": 10},
        **{"license_status": 40, "provider_status": 60, "ages": 2000},
    }
    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    def trouble(self, row: Row) -> tuple[str, str] | None:
        """Whether both statuses are ones under which a child may be placed; an exempt facility has no license."""
        if row["license_status"] == EXEMPT:
            return "license-exempt", EXEMPT
        if not is_in_force(row["license_status"], "in"):
            return "license-not-in-force", row["license_status"]
        return None if row["provider_status"] == OPEN else ("license-not-in-force", row["provider_status"])

    def site(self, line: int, row: Row) -> ListedSite:
        """One facility as a site with its hours, and a room for each age group it names."""
        if row["facility_type"] not in KINDS:
            raise Aside("unknown-facility-type", type=row["facility_type"][:40])
        if not row["facility_name"]:
            raise Aside("no-name")
        capacity = _capacity(row)
        opens, closes = clock_words.hours(row["hours_of_operation"])
        weekdays = clock_words.weekdays(row["days_of_operation"])
        rooms, by_age = rooms_of(age_words.groups_of(row["ages"], self.ages), self.ages, most=capacity)
        zip_code = zip_of(row, "zip")
        point, located = place(row, zip_code, self.centroids)
        return ListedSite(
            ref=PREFIX + row["facility_number"],
            line=line,
            name=_name(row),
            kind=KINDS[row["facility_type"]],
            point=point,
            located=located,
            zone=CENTRAL_ZONE if county_of(row["county"]) in self.central else ZONE,
            city=row["city"],
            zip_code=zip_code,
            number=row["facility_number"],
            program=row["facility_type"],
            status=row["license_status"],
            capacity=capacity,
            rooms=rooms,
            by_age=by_age,
            address=row["address"],
            hours=Hours(opens, closes, weekdays),
        )


def county_of(text: str) -> str:
    """A county's name as the rule spells it.

    >>> county_of("LA PORTE"), county_of("La Porte"), county_of("LaPorte")
    ('laporte', 'laporte', 'laporte')
    """
    return "".join(letter for letter in text.lower() if letter.isalpha())


def rooms_of(
    groups: Sequence[NamedAges], ages: AgeNames, *, most: int
) -> tuple[tuple[ListedRoom, ...], dict[str, int]]:
    """A room for each group that has children, and its spots by the groups of every report.

    Raises Aside when no group has any.
    """
    rooms: list[ListedRoom] = []
    by_age: dict[str, int] = {}
    for group in groups:
        spots = min(group.children, most)
        if spots:
            rooms.append(ListedRoom(group.words[:60], group.from_months, group.until_months, spots))
            age = age_of(group, ages)
            by_age[age] = by_age.get(age, 0) + spots
    if not rooms:
        raise Aside("no-capacity")
    return tuple(rooms), by_age


def age_of(group: NamedAges, ages: AgeNames) -> str:
    """The group of every report that holds all ages of this one; mixed when none does.

    >>> names = AgeNames(infant=(1, 12), toddler=(12, 24), school_age_from=60, ends=156)
    >>> age_of(NamedAges("Two's to Three's", 24, 48, 9), names)
    'preschool'
    >>> age_of(NamedAges("Infant to Twelves", 1, 156, 12), names)
    'mixed'
    """
    bands = {
        "infant": (0, ages.infant[1]),
        "toddler": ages.toddler,
        "preschool": (ages.toddler[1], ages.school_age_from),
        "school_age": (ages.school_age_from, OLDEST_MONTHS),
    }
    return band_of(bands, group.from_months, group.until_months)


def _capacity(row: Row) -> int:
    capacity = whole(row, "capacity") if row["capacity"] else 0
    if not capacity:
        raise Aside("no-capacity")
    return capacity


def _name(row: Row) -> str:
    """Some copies of the list withhold the names of homes; a page still needs something to call one."""
    if row["facility_name"].startswith("(") and KINDS[row["facility_type"]] is Kind.FAMILY_HOME:
        return f"Family child care home {row['facility_number']}"
    return row["facility_name"]
