"""What does New York State's list of regulated child care say? Each row becomes a site or is set aside with a reason.

The list is the Office of Children and Family Services' own, one row per license or registration. Capacity is what the
state allows, never a vacancy: rooms are made, spots are not. Hours are not in the list.

A row is set aside for what it says; a file that is not this table is refused as a whole (see table.py).

Not modeled: New York City's own center licenses (city health code, article 47), which are not in this list; ages that a
single license narrows; the mix of ages from which a small center (18 NYCRR 418-2) needs a second caregiver.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from daybreak.kernel.decisions import Fact
from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists.table import NOTHING_DONE, rows_of
from daybreak.network.license_lists.terms import ListedRoom, ListedSite, Listing, SetAside
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
    "no-facility-id": "The row has no facility number, so it could not be recognized at the next import.",
    "facility-listed-twice": "The same facility number stands in an earlier row, which was used.",
    "license-not-in-force": "The license is not in force; children must not be placed there.",
    "unknown-program": "The program type is none of those this list is known to have.",
    "number-not-readable": "A capacity or coordinate is not a number that can be meant.",
    "no-capacity": "The license allows no children.",
    "capacities-do-not-add-up": "The capacities by age do not add up to the total, so no room's size is sure.",
    "coordinates-outside-the-state": "The coordinates lie outside New York State, so the site's place is not known.",
    "no-coordinates-and-unknown-zip": "The row has no coordinates and its ZIP code is not one we know the place of.",
    "text-too-long": "A name or number is longer than any real one.",
    "no-name": "The row has no facility name.",
}
"""Each reason for setting a row aside, once, as people read it."""

_WHOLE = re.compile(r"\d{1,5}", re.ASCII)
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
_LONGEST = {"facility_id": 40, "facility_name": 120, "city": 80, "zip_code": 10, "facility_status": 60}


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


class _Aside(Exception):
    def __init__(self, code: str, **facts: Fact) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read(
    text: str,
    *,
    source: str,
    centroids: Mapping[str, Point],
    rules: Mapping[str, HomeRule],
    bands: Mapping[str, AgeBand],
) -> Listing:
    """Sort every row of the list into sites and rows set aside.

    `centroids` is the middle of each ZIP code, `rules` the home rule by license as LICENSES names it, `bands` the ages
    of each group as COUNTS names it.
    Raises BadInput when the file is not this list.
    """
    sites: list[ListedSite] = []
    aside: list[SetAside] = []
    totals = dict.fromkeys(COUNTS, 0)
    beyond: list[str] = []
    rows = list(rows_of(text, COLUMNS, source=source))
    # A number that stands in two rows is out if either says so: an old row must not keep a suspended home open.
    out = {row["facility_id"] for _, row in rows if not is_in_force(row["facility_status"])}
    seen: set[str] = set()
    for line, row in rows:
        ref = PREFIX + row["facility_id"]
        try:
            site, counts = _site(line, row, seen, out, centroids, rules, bands)
        except _Aside as reason:
            aside.append(SetAside(line, ref, reason.code, reason.facts))
            continue
        finally:
            seen.add(row["facility_id"])
        sites.append(site)
        for age, count in counts.items():
            totals[age] += count
        beyond += [ref] if _beyond(site.program, counts, rules) else []
    if not sites and not aside:
        raise BadInput("The list has a header and no rows.", source=source, do=f"{NOTHING_DONE} Fetch the file again.")
    return Listing(source, PREFIX, ZONE, tuple(sites), tuple(aside), totals, tuple(beyond))


def _site(
    line: int,
    row: Mapping[str, str],
    seen: set[str],
    out: set[str],
    centroids: Mapping[str, Point],
    rules: Mapping[str, HomeRule],
    bands: Mapping[str, AgeBand],
) -> tuple[ListedSite, dict[str, int]]:
    _check_words(row, seen, out)
    program, zip_code = row["program_type"], row["zip_code"][:5]
    counts, total = _capacities(row)
    point, located = _place(row, zip_code, centroids)
    site = ListedSite(
        ref=PREFIX + row["facility_id"],
        line=line,
        name=_name(row),
        kind=KINDS[program],
        point=point,
        located=located,
        city=row["city"],
        zip_code=zip_code,
        number=row["facility_id"],
        program=program,
        status=row["facility_status"],
        capacity=total,
        rooms=tuple(_rooms(program, counts, rules, bands)),
    )
    return site, counts


def _check_words(row: Mapping[str, str], seen: set[str], out: set[str]) -> None:
    for column, longest in _LONGEST.items():
        if len(row[column]) > longest:
            raise _Aside("text-too-long", column=column, characters=len(row[column]))
    if not row["facility_id"]:
        raise _Aside("no-facility-id")
    if row["facility_id"] in out:
        raise _Aside("license-not-in-force", status=row["facility_status"])
    if row["facility_id"] in seen:
        raise _Aside("facility-listed-twice")
    if row["program_type"] not in KINDS:
        raise _Aside("unknown-program", program=row["program_type"][:40])
    if not row["facility_name"]:
        raise _Aside("no-name")


def _capacities(row: Mapping[str, str]) -> tuple[dict[str, int], int]:
    for column in (*COUNTS.values(), "total_capacity"):
        if not _WHOLE.fullmatch(row[column]):
            raise _Aside("number-not-readable", column=column, text=row[column][:40])
    counts = {age: int(row[column]) for age, column in COUNTS.items()}
    total = int(row["total_capacity"])
    if total == 0 and not any(counts.values()):
        raise _Aside("no-capacity")
    if sum(counts.values()) != total:
        raise _Aside("capacities-do-not-add-up", sum=sum(counts.values()), total=total)
    return counts, total


def _place(row: Mapping[str, str], zip_code: str, centroids: Mapping[str, Point]) -> tuple[Point, Located]:
    if not row["latitude"] and not row["longitude"]:
        if zip_code not in centroids:
            raise _Aside("no-coordinates-and-unknown-zip", zip_code=zip_code)
        return centroids[zip_code], Located.ZIP_CENTROID
    point = Point(_degrees(row, "latitude"), _degrees(row, "longitude"))
    if not STATE.holds(point):
        raise _Aside("coordinates-outside-the-state", latitude=point.latitude, longitude=point.longitude)
    return point, Located.GIVEN


def _degrees(row: Mapping[str, str], column: str) -> float:
    if not _DEGREES.fullmatch(row[column]):
        raise _Aside("number-not-readable", column=column, text=row[column][:40])
    return float(row[column])


def _name(row: Mapping[str, str]) -> str:
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
