"""A license list in Daybreak's own columns, for any state whose list has no reader of its own.

| column | holds |
|---|---|
| `state` | two letters, the same in every row: a list is one state's, so that what is gone from it is known |
| `license_number` | by which the site is recognized at the next import |
| `name`, `city`, `zip_code` | the site's |
| `kind` | `center` or `family_home` |
| `status` | `License` or `Registration` while in force; any other word stops offers |
| `capacity` | children the license allows at one time |
| `ages` | `from-until:spots` for each room, months, half-open, joined by `;`, such as `0-18:8; 18-36:20` |
| `program`, `address` | may be left out or empty |
| `latitude`, `longitude` | both or neither; without them the middle of the ZIP code stands for the place |
| `opens`, `closes` | both or neither; `07:00` or `7:00 AM`; the same time twice is always open |
| `days` | `Mo Tu We Th Fr`; empty is every day |
| `zone` | the site's time zone, such as `America/Chicago`; empty takes the state's, where it has only one |

A row is set aside for what it says; a file that is not this table, or of two states, is refused as a whole.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import do
from daybreak.network.license_lists import clock_words
from daybreak.network.license_lists.cells import band_of, place, whole, zip_of
from daybreak.network.license_lists.reading import COMMON
from daybreak.network.license_lists.terms import Aside, Hours, ListedRoom, ListedSite, Reader, Row
from daybreak.network.licenses import is_in_force
from daybreak.network.taking import OLDEST_MONTHS
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.terms import Kind, Point

COLUMNS = ("state", "license_number", "name", "kind", "status", "city", "zip_code", "capacity", "ages")
OPTIONAL = ("program", "address", "latitude", "longitude", "opens", "closes", "days", "zone")
KINDS = {"center": Kind.CENTER, "family_home": Kind.FAMILY_HOME}

EASTERN, CENTRAL, MOUNTAIN, PACIFIC = (
    *("America/New_York", "America/Chicago"),
    *("America/Denver", "America/Los_Angeles"),
)
ZONES = {
    **dict.fromkeys(("CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ", "NY", "OH", "PA", "RI"), EASTERN),
    **dict.fromkeys(("SC", "VA", "VT", "WV"), EASTERN),
    **dict.fromkeys(("AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"), CENTRAL),
    **dict.fromkeys(("CO", "MT", "NM", "UT", "WY"), MOUNTAIN),
    **dict.fromkeys(("CA", "WA"), PACIFIC),
    **{"AZ": "America/Phoenix", "HI": "Pacific/Honolulu", "PR": "America/Puerto_Rico"},
    # Two zones: each row of such a state names its own.
    **dict.fromkeys(("AK", "FL", "ID", "IN", "KS", "KY", "MI", "ND", "NE", "NV", "OR", "SD", "TN", "TX"), ""),
}
"""Each state with its time zone, or nothing where it has two. Arizona's Navajo Nation is not modeled."""

SENTENCES = {
    **COMMON,
    "unknown-kind": "The kind is neither center nor family_home.",
    "no-name": "The row has no name.",
    "no-capacity": "The license allows no children.",
    "number-not-readable": "A capacity or coordinate is not a number that can be meant.",
    "coordinates-nowhere": "The coordinates are no place on earth.",
    "no-coordinates-and-unknown-zip": "The row has no coordinates and its ZIP code is not one we know the place of.",
    "hours-not-readable": "The opening hours are not two times.",
    "hours-not-stated": "One of the two opening hours is missing.",
    "days-not-readable": "The days are not days of the week.",
    "ages-not-stated": "The row does not say which ages the site takes, so no child can be placed there.",
    "ages-not-readable": "The ages are not rooms like 0-18:8; 18-36:20.",
    "no-zone": "The state has two time zones and the row does not say which.",
    "unknown-zone": "The time zone is none of those we know.",
}

_ROOM = re.compile(r"(\d{1,3})\s*-\s*(\d{1,3})\s*:\s*(\d{1,5})", re.ASCII)
BANDS = {"infant": (0, 18), "toddler": (18, 36), "preschool": (36, 60), "school_age": (60, OLDEST_MONTHS)}
"""By which rooms are counted in the report, in months; states differ, and a report needs one count for all of them."""


@dataclass(frozen=True)
class Generic(Reader):
    """Reads a list of one state; `zones` are the time zones that are known."""

    prefix: str
    zone: str
    """The state's, or where it has two the one in which it is first a new day."""
    default_zone: str
    centroids: Mapping[str, Point]
    zones: Collection[str]

    columns: ClassVar[tuple[str, ...]] = COLUMNS
    optional: ClassVar[tuple[str, ...]] = OPTIONAL
    number_column: ClassVar[str] = "license_number"
    longest: ClassVar[Mapping[str, int]] = {
        **{"license_number": 40, "name": 120, "city": 80, "zip_code": 10, "status": 40, "program": 40, "address": 120},
        **{"ages": 2000, "zone": 40},
    }
    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    def trouble(self, row: Row) -> tuple[str, str] | None:
        """Whether the status is one of the two words for a license in force."""
        status = row["status"]
        return None if is_in_force(status, "generic") else ("license-not-in-force", status)

    def site(self, line: int, row: Row) -> ListedSite:
        """One row as a site with its rooms."""
        if row["kind"] not in KINDS:
            raise Aside("unknown-kind", kind=row["kind"][:40])
        if not row["name"]:
            raise Aside("no-name")
        capacity = whole(row, "capacity")
        if not capacity:
            raise Aside("no-capacity")
        rooms = _rooms(row["ages"], most=capacity)
        zip_code = zip_of(row, "zip_code")
        point, located = place(row, zip_code, self.centroids)
        if not (-90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
            raise Aside("coordinates-nowhere", latitude=point.latitude, longitude=point.longitude)
        return ListedSite(
            ref=self.prefix + row["license_number"],
            line=line,
            name=row["name"],
            kind=KINDS[row["kind"]],
            point=point,
            located=located,
            zone=self._zone(row["zone"]),
            city=row["city"],
            zip_code=zip_code,
            number=row["license_number"],
            program=row["program"] or row["kind"],
            status=row["status"],
            capacity=capacity,
            rooms=rooms,
            by_age=_by_age(rooms),
            address=row["address"],
            hours=_hours(row),
        )

    def _zone(self, text: str) -> str:
        if text and text not in self.zones:
            raise Aside("unknown-zone", zone=text)
        if not text and not self.default_zone:
            raise Aside("no-zone")
        return text or self.default_zone


def one_state(rows: Iterable[tuple[int, Row]], *, source: str) -> str:
    """The state that every row names, two capital letters. Raises BadInput where a row names another, or none."""
    state = ""
    for line, row in rows:
        here = row["state"].upper()
        if here not in ZONES:
            problem = f"{row['state'][:20]!r} is not the two letters of a state."
            raise BadInput(problem, source=source, line=line, do=do("Write a state like NY in every row"))
        if state and here != state:
            problem = f"The rows before are of {state}, and this one is of {here}."
            raise BadInput(problem, source=source, line=line, do=do("Make one file for each state"))
        state = here
    if not state:
        raise BadInput("The list has a header and no rows.", source=source, do=do("Fetch the file again"))
    return state


def _hours(row: Row) -> Hours | None:
    if not row["opens"] and not row["closes"]:
        return None
    if not row["opens"] or not row["closes"]:
        raise Aside("hours-not-stated")
    opens, closes = clock_words.hours(f"{row['opens']} - {row['closes']}")
    return Hours(opens, closes, clock_words.weekdays(row["days"]) if row["days"] else EVERY_DAY)


@lru_cache(maxsize=1024)
def _rooms(text: str, *, most: int) -> tuple[ListedRoom, ...]:
    """The rooms that a cell of ages names.

    >>> [(room.from_months, room.until_months, room.licensed_spots) for room in _rooms("0-18:8; 18-36:20", most=12)]
    [(0, 18, 8), (18, 36, 12)]
    """
    if not text:
        raise Aside("ages-not-stated")
    rooms: dict[tuple[int, int], int] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        found = _ROOM.fullmatch(part)
        since, until, spots = map(int, found.groups()) if found else (0, 0, 0)
        if not since < until <= OLDEST_MONTHS:
            raise Aside("ages-not-readable", text=part[:60])
        rooms[since, until] = rooms.get((since, until), 0) + spots
    held = [(ages, min(spots, most)) for ages, spots in sorted(rooms.items()) if spots]
    if not held:
        raise Aside("no-capacity")
    return tuple(ListedRoom(f"{since} to {until} months", since, until, spots) for (since, until), spots in held)


def _by_age(rooms: Iterable[ListedRoom]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for room in rooms:
        age = band_of(BANDS, room.from_months, room.until_months)
        counts[age] = counts.get(age, 0) + room.licensed_spots
    return counts
