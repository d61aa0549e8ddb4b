"""Which sites fit which households? All of them, for a whole morning at once, and never a shortened list.

1. Sort the sites into rows of latitude, and within a row by longitude.
2. For each household, look at the sites inside the box around the ellipse of its detour (a caregiver: around its home).
3. Keep a site that passes distance, hours, age and needs, and that would take somebody of the household when empty.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Bits, Floats, Households, Ints, Numbers, Offsets, Singles, Sites
from daybreak.placement.morning.rooms import find_rooms
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.sessions import CLOCK, TOLERANCE
from daybreak.placement.travel import EARTH_RADIUS_KM, MINUTES_PER_KILOMETER

WHOLE, BY_NARROWEST = np.uint8(16), np.uint8(32)
"""Flags of an edge beside one bit per child: the empty site takes the whole household; it does so even when each child
takes the narrowest room that has a spot."""

DAY = 1440
ROW_KM = 2.0
NEAR_KM = 250.0
FAR_KM = 15_000.0
"""A commute so long that the middle of the way says nothing: every site is looked at."""

_BEGINS = np.array([span[0] for span in CLOCK.values()], dtype=np.float64)
_ENDS = np.array([span[1] for span in CLOCK.values()], dtype=np.float64)


class Edges(NamedTuple):
    """One edge for each household and site that fits at least one of its children; E in all.

    Edges of household h are first[h] up to first[h + 1]. `minutes` is the detour, or the caregiver's way, once. Bit k
    of `flags` is set when child k alone fits; see WHOLE and BY_NARROWEST for the others. `touched` holds, per child,
    the sessions its care touches there, as bits; its first axis is 1 when sessions are not counted apart.
    """

    first: Offsets
    site: Ints
    minutes: Singles
    flags: Bits
    touched: Bits

    @property
    def count(self) -> int:  # type: ignore[override]  # a tuple counts its elements; nobody asks columns that
        """How many edges there are."""
        return len(self.site)


class Grid(NamedTuple):
    """What it takes to find the sites near a point: where rows of latitude begin, and longitudes within a row."""

    bottom: float
    height: float
    first: Offsets
    east: Floats


class Rows(NamedTuple):
    """The sites of one kind by rows of latitude, and by longitude within a row."""

    bottom: float
    height: float
    first: Offsets
    site: Ints
    east: Floats
    x: Floats
    y: Floats
    z: Floats
    opens: Floats
    closes: Floats
    radius_km: Floats


def find_candidates(sites: Sites, households: Households, ages: Ages, *, threads: int = 1) -> Edges:
    """Return every edge of a morning; `threads` is how many parts of the households are looked at side by side."""
    at_site, at_home = rows_of(sites, np.flatnonzero(~sites.in_home)), rows_of(sites, np.flatnonzero(sites.in_home))
    widest = float(sites.radius_km[sites.in_home].max(initial=0.0))
    parts = in_parts(
        lambda since, until: _find(sites, households, ages, at_site, at_home, widest, since, until),
        households.count,
        threads,
    )
    counts = np.concatenate([part[0] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    first = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    touched = np.ones((1, 4), dtype=np.uint8) if sites.sessions == 1 else np.concatenate([part[4] for part in parts])
    return Edges(
        first=first,
        site=np.concatenate([part[1] for part in parts]),
        minutes=np.concatenate([part[2] for part in parts]),
        flags=np.concatenate([part[3] for part in parts]),
        touched=touched,
    )


def rows_of(sites: Sites, chosen: npt.NDArray[np.intp]) -> Rows:
    place = sites.place[chosen]
    north, east = np.arcsin(np.clip(place[:, 2], -1, 1)), np.arctan2(place[:, 1], place[:, 0])
    always = sites.opens[chosen] == sites.closes[chosen]
    closes = np.where(sites.closes > sites.opens, sites.closes, sites.closes + DAY)[chosen]
    height = ROW_KM / EARTH_RADIUS_KM
    bottom = float(north.min()) if len(chosen) else 0.0
    row = ((north - bottom) / height).astype(np.int64)
    order = np.lexsort((east, row))
    count = int(row.max(initial=-1)) + 1
    return Rows(
        bottom=bottom,
        height=height,
        first=np.searchsorted(row[order], np.arange(count + 1)).astype(np.int64),
        site=chosen[order].astype(np.int32),
        east=east[order],
        x=np.ascontiguousarray(place[order, 0]),
        y=np.ascontiguousarray(place[order, 1]),
        z=np.ascontiguousarray(place[order, 2]),
        opens=np.where(always, -np.inf, sites.opens[chosen] - TOLERANCE)[order],
        closes=np.where(always, np.inf, closes + TOLERANCE)[order],
        radius_km=sites.radius_km[chosen][order] + TOLERANCE,
    )


@numba.njit(cache=True, nogil=True, inline="always")
def _arcsine_factor(square: float) -> float:
    """arcsin(x) / x from the square of a small x: four terms give every digit a float has below NEAR_KM."""
    return 1 + square * (1 / 6 + square * (3 / 40 + square * (15 / 336)))


@numba.njit(cache=True, nogil=True, inline="always")
def kilometers_of(square: float) -> float:
    """Great-circle kilometers from the square of half the chord."""
    if square < 0.0004:
        return float(2 * EARTH_RADIUS_KM * np.sqrt(square) * _arcsine_factor(square))
    return float(2 * EARTH_RADIUS_KM * np.arcsin(min(np.sqrt(square), 1.0)))


@numba.njit(cache=True, nogil=True, inline="always")
def apart_km(a: Floats, b: Floats) -> float:
    """Return the great-circle kilometers between two unit vectors."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return kilometers_of(0.25 * (x * x + y * y + z * z))


@numba.njit(cache=True, nogil=True, inline="always")
def is_within(opens: float, closes: float, since: float, until: float) -> bool:
    """hours.covers without branches: the opening holds the span, moved by no day or by one day either way."""
    return (
        ((since >= opens) & (until <= closes))
        | ((since - DAY >= opens) & (until - DAY <= closes))
        | ((since + DAY >= opens) & (until + DAY <= closes))
    )


@numba.njit(cache=True, nogil=True)
def sessions_touched(since: float, until: float) -> int:
    """sessions.touched_by_name, compiled: a bit per session, whichever day it is."""
    bits = 0
    for session in range(len(_BEGINS)):
        for day in range(-2, 4):
            if min(until, _ENDS[session] + day * DAY) - max(since, _BEGINS[session] + day * DAY) > TOLERANCE:
                bits |= 1 << session
    return bits


@numba.njit(cache=True, nogil=True)
def runs_in_box(rows: Rows | Grid, middle: Floats, radius_km: float, spans: Numbers) -> int:
    """Write into `spans` the runs of sites that may lie within a radius of a point; return how many runs."""
    angle = radius_km / EARTH_RADIUS_KM * (1 + 1e-9) + 1e-9
    north, east = np.arcsin(min(1.0, max(-1.0, middle[2]))), np.arctan2(middle[1], middle[0])
    rows_in_all = len(rows.first) - 1
    low = max(0, int(np.floor((north - angle - rows.bottom) / rows.height)))
    high = min(rows_in_all - 1, int(np.floor((north + angle - rows.bottom) / rows.height)))
    reaches_a_pole = abs(north) + angle >= 0.5 * np.pi
    width = np.pi if reaches_a_pole else np.arcsin(min(1.0, np.sin(angle) / np.cos(north))) + 1e-9
    around = width >= np.pi or abs(east) + width > np.pi
    runs = 0
    for row in range(low, high + 1):
        since, until = rows.first[row], rows.first[row + 1]
        if not around:
            first = since + np.searchsorted(rows.east[since:until], east - width)
            until = since + np.searchsorted(rows.east[since:until], east + width, side="right")
            since = first
        if since < until:
            spans[runs, 0], spans[runs, 1] = since, until
            runs += 1
    return runs


@numba.njit(cache=True, nogil=True)
def _distances(
    xs: Floats, ys: Floats, zs: Floats, since: int, until: int, point: Floats, near: bool, out: Floats
) -> None:
    """Kilometers from a point to each site of a run; without branches when all are near, for wide registers."""
    x, y, z = point[0], point[1], point[2]
    if near:
        for at in range(since, until):
            dx, dy, dz = xs[at] - x, ys[at] - y, zs[at] - z
            square = 0.25 * (dx * dx + dy * dy + dz * dz)
            out[at] = (2 * EARTH_RADIUS_KM) * np.sqrt(square) * _arcsine_factor(square)
    else:
        for at in range(since, until):
            dx, dy, dz = xs[at] - x, ys[at] - y, zs[at] - z
            out[at] = kilometers_of(0.25 * (dx * dx + dy * dy + dz * dz))


@numba.njit(cache=True, nogil=True)
def _find(
    sites: Sites,
    households: Households,
    ages: Ages,
    at_site: Rows,
    at_home: Rows,
    widest: float,
    begin: int,
    end: int,
) -> tuple[Numbers, Ints, Singles, Bits, Bits]:
    """The edges of some households: how many for each, and the columns of Edges.

    Columns are taken out of their tuples before the loops: a column taken out inside one is counted in and out.
    """
    many = sites.spots.shape[1] > 1
    counts = np.zeros(end - begin, dtype=np.int64)
    room = 1 << 12
    out_site, out_minutes = np.empty(room, np.int32), np.empty(room, np.float32)
    out_flags, out_touched = np.empty(room, np.uint8), np.ones((room if many else 1, 4), np.uint8)
    # One household's edges are gathered in columns that never grow, and only then moved to those that do.
    now_site, now_minutes = np.empty(len(sites.in_home), np.int32), np.empty(len(sites.in_home), np.float32)
    now_flags = np.empty(len(sites.in_home), np.uint8)
    now_touched = np.ones((len(sites.in_home) if many else 1, 4), np.uint8)
    empty = (np.zeros_like(sites.room_spots), np.zeros_like(sites.spots), np.empty(4, np.int64))
    spans = np.empty((max(len(at_site.first), len(at_home.first)), 2), np.int64)
    from_home = np.empty(max(len(at_site.site), len(at_home.site)), np.float64)
    from_work = np.empty_like(from_home)
    kept, spent, way = (
        np.empty(len(from_home) + 1, np.int64),
        np.empty(len(from_home) + 1),
        np.empty(len(from_home) + 1),
    )
    takes, spots, of_child = sites.takes, sites.spots, ages.of_child
    narrowest, age_spots, mine = ages.narrowest, ages.spots, np.empty(4, np.int32)
    child_first, needs, months = households.first, households.needs, households.months
    starts, ends = households.since, households.until
    written = 0
    for h in range(begin, end):
        home, work = households.home[h], households.work[h]
        commute, most = apart_km(home, work), households.most_detour[h] + TOLERANCE
        first, size, together = child_first[h], child_first[h + 1] - child_first[h], households.together[h]
        everyone, infants, same_hours = (1 << size) - 1, 0, True
        for child in range(first, first + size):
            infants += months[child] < INFANT_MONTHS
            same_hours &= starts[child] == starts[first] and ends[child] == ends[first]
        # Children with hours of their own are asked one by one; here every site passes.
        earliest, latest = (float(starts[first]), float(ends[first])) if same_hours else (np.inf, -np.inf)
        n = 0
        for group in range(2):
            rows = at_site if group == 0 else at_home
            if len(rows.site) == 0:
                continue
            middle, reach = home, widest + TOLERANCE
            if group == 0:
                # Whoever drives so much more is never farther from the middle of the way than half of all of it.
                middle = home + work
                middle = middle / max(1e-12, np.sqrt((middle * middle).sum()))
                reach = (commute + most / MINUTES_PER_KILOMETER) / 2 if commute < FAR_KM else 2 * FAR_KM
            site_of, row_opens, row_closes, row_radius = rows.site, rows.opens, rows.closes, rows.radius_km
            near = commute + 2 * reach < NEAR_KM
            commute_minutes = commute * MINUTES_PER_KILOMETER
            for run in range(runs_in_box(rows, middle, reach, spans)):
                since, until = spans[run, 0], spans[run, 1]
                _distances(rows.x, rows.y, rows.z, since, until, home, near, from_home)
                found = 0
                if group == 0:
                    _distances(rows.x, rows.y, rows.z, since, until, work, near, from_work)
                    for at in range(since, until):
                        before = from_work[at] * MINUTES_PER_KILOMETER
                        extra = from_home[at] * MINUTES_PER_KILOMETER + before - commute_minutes
                        kept[found], spent[found], way[found] = at, extra, before
                        ok = is_within(row_opens[at], row_closes[at], earliest - before, latest + before)
                        found += (extra <= most) & ok
                else:
                    for at in range(since, until):
                        kept[found], spent[found], way[found] = (
                            at,
                            from_home[at] * MINUTES_PER_KILOMETER,
                            commute_minutes,
                        )
                        ok = is_within(
                            row_opens[at], row_closes[at], earliest - commute_minutes, latest + commute_minutes
                        )
                        found += (from_home[at] <= row_radius[at]) & ok
                for one in range(found):
                    at = kept[one]
                    j = site_of[at]
                    alone, roomy = 0, True
                    for child in range(first, first + size):
                        ok = takes[j] & needs[child] == needs[child]
                        if not same_hours:
                            ok &= is_within(
                                row_opens[at], row_closes[at], starts[child] - way[one], ends[child] + way[one]
                            )
                        if group == 0 and not many:
                            mine[child - first] = narrowest[of_child[child], j]
                            used = 0
                            for sibling in range(child - first + 1):
                                used += mine[sibling] == mine[child - first]
                            held = age_spots[of_child[child], j]
                            roomy &= used <= held
                            ok &= (held > 0) & (spots[j, 0] > 0)
                        alone |= ok << (child - first)
                    if alone == 0 or (together and alone != everyone):
                        continue
                    if many:
                        for child in range(first, first + size):
                            now_touched[n, child - first] = sessions_touched(
                                starts[child] - way[one], ends[child] + way[one]
                            )
                    whole = 0
                    if group == 1:
                        if spots[j, 0] < 1:
                            continue
                        if alone == everyone and spots[j, 0] >= size and infants <= INFANTS_PER_CAREGIVER:
                            whole = 16 | 32
                    elif alone == everyone and roomy and not many and spots[j, 0] >= size:
                        whole = 16 | 32
                    else:
                        alone, whole = _shared_rooms(
                            sites, households, h, j, alone, now_touched[n if many else 0], empty
                        )
                    flags = whole if together and size > 1 else whole | alone
                    flags |= 64 if group == 1 and flags else 0
                    if flags:
                        now_site[n], now_minutes[n], now_flags[n] = j, max(spent[one], 0.0), flags
                        n += 1
        counts[h - begin] = n
        if written + n > len(out_site):
            more = len(out_site) + n
            out_site = np.concatenate((out_site, np.empty(more, np.int32)))
            out_minutes = np.concatenate((out_minutes, np.empty(more, np.float32)))
            out_flags = np.concatenate((out_flags, np.empty(more, np.uint8)))
            if many:
                out_touched = np.concatenate((out_touched, np.empty((more, 4), np.uint8)))
        out_site[written : written + n], out_minutes[written : written + n] = now_site[:n], now_minutes[:n]
        out_flags[written : written + n] = now_flags[:n]
        if many:
            out_touched[written : written + n] = now_touched[:n]
        written += n
    return counts, out_site[:written], out_minutes[:written], out_flags[:written], out_touched[: written if many else 1]


@numba.njit(cache=True, nogil=True)
def _shared_rooms(
    sites: Sites, households: Households, h: int, j: int, alone: int, touched: Bits, empty: tuple[Ints, Ints, Numbers]
) -> tuple[int, int]:
    """Ask the rooms themselves: who fits alone, and the flags of the whole household."""
    size = households.first[h + 1] - households.first[h]
    everyone = (1 << size) - 1
    for k in range(size):
        if alone >> k & 1 and not find_rooms(sites, households, h, 1 << k, j, touched, empty[0], empty[1], empty[2]):
            alone &= ~(1 << k)
    if alone != everyone:
        return alone, 0
    found = find_rooms(sites, households, h, everyone, j, touched, empty[0], empty[1], empty[2])
    return alone, 0 if found == 0 else 16 if found == 2 else 16 | 32
