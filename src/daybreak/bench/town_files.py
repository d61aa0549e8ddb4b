"""A made-up town as the files of a morning, so that anybody's program can place it, or check a plan for it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from daybreak.bench.town import CAREGIVER, CENTER, FAMILY_HOME, Floats, Town
from daybreak.kernel.spans import DAY, clock_of
from daybreak.placement.morning.arrays import MILDLY_ILL, SPECIAL_NEEDS
from daybreak.placement.morning_files import CHILDREN, HOUSEHOLDS, ROOMS, SITES
from daybreak.placement.terms import Kind

KINDS = {CENTER: Kind.CENTER, FAMILY_HOME: Kind.FAMILY_HOME, CAREGIVER: Kind.IN_HOME}
FIRST_ASKS, LAST_ASKS = 4 * 60 + 30, 7 * 60
"""Minutes after midnight between which the families ask."""


def town_files(town: Town) -> Mapping[str, str]:
    """Return the texts of a town's files by name.

    Names are numbered so that their order is that of the columns, and households in the order in which they ask.
    """
    return {
        "sites.csv": _sheet(SITES, _sites(town)),
        "rooms.csv": _sheet(ROOMS, _rooms(town)),
        "households.csv": _sheet(HOUSEHOLDS, _households(town)),
        "children.csv": _sheet(CHILDREN, _children(town)),
    }


def _sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def degrees(vectors: Floats) -> list[tuple[float, float]]:
    """Latitude and longitude of points given as unit vectors."""
    north, east = np.arctan2(vectors[:, 2], np.hypot(vectors[:, 0], vectors[:, 1])), np.arctan2(*vectors.T[1::-1])
    return list(zip(np.degrees(north).tolist(), np.degrees(east).tolist(), strict=True))


def _sites(town: Town) -> Iterable[Sequence[object]]:
    sites, places = town.sites, degrees(town.sites.place)
    for at in range(sites.count):
        takes, at_home = int(sites.takes[at]), bool(sites.in_home[at])
        yield (
            *(
                f"s{at:06d}",
                KINDS[int(town.kind[at])].value,
                *places[at],
                _clock(sites.opens[at]),
                _clock(sites.closes[at]),
            ),
            *(int(takes & MILDLY_ILL > 0), int(takes & SPECIAL_NEEDS > 0)),
            *(float(sites.radius_km[at]) if at_home else "", int(sites.spots[at, 0])),
        )


def _rooms(town: Town) -> Iterable[Sequence[object]]:
    sites = town.sites
    for at in range(sites.count):
        for room in range(int(sites.room_first[at]), int(sites.room_first[at + 1])):
            ages = int(sites.room_from[room]), int(sites.room_until[room])
            yield f"r{room:06d}", f"s{at:06d}", *ages, int(sites.room_spots[room, 0])


def _households(town: Town) -> Iterable[Sequence[object]]:
    families, homes, works = town.households, degrees(town.households.home), degrees(town.households.work)
    for at in range(families.count):
        child, turn = int(families.first[at]), int(families.turn[at])
        yield (
            *(_name(town, at), *homes[at], *works[at], _clock(families.since[child]), _clock(families.until[child])),
            *(float(families.most_detour[at]), int(families.together[at]), int(town.priority[at])),
            "hourly" if town.hourly[at] else "salaried",
            _clock(FIRST_ASKS + turn * (LAST_ASKS - FIRST_ASKS) // families.count),
        )


def _children(town: Town) -> Iterable[Sequence[object]]:
    families = town.households
    for at in range(families.count):
        for child in range(int(families.first[at]), int(families.first[at + 1])):
            needs = int(families.needs[child])
            flags = int(needs & MILDLY_ILL > 0), int(needs & SPECIAL_NEEDS > 0)
            yield f"c{child:06d}", _name(town, at), int(families.months[child]), *flags


def _name(town: Town, household: int) -> str:
    return f"h{int(town.households.turn[household]):06d}"


def _clock(minute: int) -> str:
    return f"{clock_of(int(minute) % DAY):%H:%M}"
