"""First come, first served on columns: the baseline of a large morning, compiled.

The same choices as placement/first_come.py, child for child; that one reads a morning's terms, this one its arrays.

1. Households come in the order of `turn`.
2. One look over a household's edges finds the cheapest site that takes it whole as things stand; a second look settles
   ties, because edges keep minutes as 32-bit floats, which are too coarse for "equal within a millionth".
3. If no site takes it whole and its children may go apart, each child in file order takes the one that costs least.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Bools, Households, Ints, Offsets, Sites
from daybreak.placement.morning.candidates import WHOLE, Edges, apart_km
from daybreak.placement.morning.rooms import find_rooms
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.travel import MINUTES_PER_KILOMETER

NARROWEST = 1
"""What find_rooms answers when every child has the narrowest room that has a spot: the only sharing a line knows."""


class Places(NamedTuple):
    """Where each child (C) goes: the row of its site, or -1; the row of its room, or -1 at a caregiver's or without."""

    site: Ints
    room: Ints


class _Line(NamedTuple):
    """Where the children before went, and what they left.

    `open_` (A, S) says where a lone child of an age class finds a spot. A spot taken never comes back, so this table
    only closes. When sessions count apart a site stays open: one that is full in the morning may take an afternoon.
    """

    site: Ints
    room: Ints
    room_taken: Ints
    site_taken: Ints
    open_: Bools
    rooms: Offsets


def first_come(sites: Sites, households: Households, ages: Ages, edges: Edges) -> Places:
    """Place the households of a morning in the order in which they asked."""
    line = _Line(
        site=np.full(households.children, -1, np.int32),
        room=np.full(households.children, -1, np.int32),
        room_taken=np.zeros_like(sites.room_spots),
        site_taken=np.zeros_like(sites.spots),
        open_=np.ones((len(ages.months), sites.count), np.bool_),
        rooms=np.empty(4, np.int64),
    )
    _serve(sites, households, ages, edges, line, np.argsort(households.turn))
    return Places(line.site, line.room)


@numba.njit(cache=True, nogil=True)
def _serve(
    sites: Sites, households: Households, ages: Ages, edges: Edges, line: _Line, order: npt.NDArray[np.intp]
) -> None:
    for h in order:
        size = households.first[h + 1] - households.first[h]
        taken = _take_cheapest(sites, households, ages, edges, line, h, (1 << size) - 1)
        if taken or size == 1 or households.together[h]:
            continue
        for k in range(size):
            _take_cheapest(sites, households, ages, edges, line, h, 1 << k)


@numba.njit(cache=True, nogil=True)
def _asks(households: Households, h: int, wanted: int) -> tuple[int, int, int]:
    """The flag that an edge must carry for these children, how many they are, and the first of them."""
    first, size = households.first[h], households.first[h + 1] - households.first[h]
    heads, child = 0, first + size
    for k in range(size):
        if wanted >> k & 1:
            heads, child = heads + 1, min(child, first + k)
    return int(WHOLE) if heads == size else wanted, heads, child


@numba.njit(cache=True, nogil=True)
def _take_cheapest(
    sites: Sites, households: Households, ages: Ages, edges: Edges, line: _Line, h: int, wanted: int
) -> bool:
    """Take the cheapest site for the children whose bit is set, and say whether there was one."""
    flag, heads, child = _asks(households, h, wanted)
    least = np.inf
    # Columns are taken out of their tuples before the loop: one taken out inside is counted in and out.
    site_of, minutes, flags, in_home = edges.site, edges.minutes, edges.flags, sites.in_home
    is_open = line.open_[ages.of_child[child]]
    for e in range(edges.first[h], edges.first[h + 1]):
        if flags[e] & flag and is_open[site_of[e]]:
            cost = minutes[e] * (1 if in_home[site_of[e]] else heads)
            if cost < least and _takes(sites, households, ages, edges, line, h, wanted, e):
                least = cost
    if least == np.inf:
        return False
    _take(
        sites, households, ages, edges, line, h, wanted, _settle(sites, households, ages, edges, line, h, wanted, least)
    )
    return True


@numba.njit(cache=True, nogil=True)
def _settle(
    sites: Sites, households: Households, ages: Ages, edges: Edges, line: _Line, h: int, wanted: int, least: float
) -> int:
    """Of the edges that are cheapest as 32-bit floats, return the cheapest in truth, the smaller site among equals."""
    flag, heads, _ = _asks(households, h, wanted)
    near, cheapest, chosen = least + 2e-7 * least + 2 * TOLERANCE, np.inf, -1
    site_of, minutes, flags, in_home = edges.site, edges.minutes, edges.flags, sites.in_home
    for again in range(2):
        for e in range(edges.first[h], edges.first[h + 1]):
            j = site_of[e]
            times = 1 if in_home[j] else heads
            if not flags[e] & flag or minutes[e] * times > near:
                continue
            if not _takes(sites, households, ages, edges, line, h, wanted, e):
                continue
            cost = _minutes(sites, households, h, j) * times
            if again == 0:
                cheapest = min(cheapest, cost)
            elif cost <= cheapest + TOLERANCE and (chosen < 0 or j < site_of[chosen]):
                chosen = e
    return chosen


@numba.njit(cache=True, nogil=True)
def _minutes(sites: Sites, households: Households, h: int, j: int) -> float:
    """The detour by a site, or a caregiver's way, with every digit."""
    before = apart_km(households.home[h], sites.place[j])
    if sites.in_home[j]:
        return before * MINUTES_PER_KILOMETER
    around = before + apart_km(sites.place[j], households.work[h]) - apart_km(households.home[h], households.work[h])
    return max(around * MINUTES_PER_KILOMETER, 0.0)


@numba.njit(cache=True, nogil=True)
def _takes(
    sites: Sites, households: Households, ages: Ages, edges: Edges, line: _Line, h: int, wanted: int, e: int
) -> bool:
    """Say whether the site of an edge takes the children as things stand; `line.rooms` is the room of each."""
    j, first = edges.site[e], households.first[h]
    for k in range(households.first[h + 1] - first):
        if wanted >> k & 1 and not line.open_[ages.of_child[first + k], j]:
            return False
    if sites.in_home[j]:
        return True
    touched = edges.touched[e if len(edges.touched) > 1 else 0]
    found = find_rooms(sites, households, h, wanted, j, touched, line.room_taken, line.site_taken, line.rooms)
    return bool(found == NARROWEST)


@numba.njit(cache=True, nogil=True)
def _take(
    sites: Sites, households: Households, ages: Ages, edges: Edges, line: _Line, h: int, wanted: int, e: int
) -> None:
    """Write the children down at the site of an edge, and count them in."""
    j, first = edges.site[e], households.first[h]
    # The rooms are those found for the site that was asked last: ask this one again.
    _takes(sites, households, ages, edges, line, h, wanted, e)
    at, sessions = e if len(edges.touched) > 1 else 0, sites.spots.shape[1]
    for k in range(households.first[h + 1] - first):
        if not wanted >> k & 1:
            continue
        line.site[first + k] = j
        if sites.in_home[j]:
            continue
        line.room[first + k] = line.rooms[k]
        for t in range(sessions):
            if edges.touched[at, k] >> t & 1:
                line.room_taken[line.rooms[k], t] += 1
                line.site_taken[j, t] += 1
    if sites.in_home[j]:
        line.open_[:, j] = False
    elif sessions == 1:
        _close(sites, ages, line, j)


@numba.njit(cache=True, nogil=True)
def _close(sites: Sites, ages: Ages, line: _Line, j: int) -> None:
    """Note which age classes a site has no spot for any more."""
    full = line.site_taken[j, 0] >= sites.spots[j, 0]
    for a in range(len(ages.months)):
        found = False
        for room in range(sites.room_first[j], sites.room_first[j + 1]):
            holds = sites.room_from[room] <= ages.months[a] < sites.room_until[room]
            found |= holds and line.room_taken[room, 0] < sites.room_spots[room, 0]
        line.open_[a, j] = found and not full
