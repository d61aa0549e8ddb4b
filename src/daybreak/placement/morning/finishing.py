"""Nobody stays without a place that is free: the last look at every child, over every place that fits.

Prices may leave out a family that is worth less than what its spots could still bring; when the morning is decided and
the spots are free, it has them. In the order of first come, first served.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Households, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.tally import Tally, fits_now, put, take_out


@numba.njit(cache=True, nogil=True)
def give_what_is_free(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, line: Numbers
) -> None:
    """Place each household of `line` that has no place, whole or in parts, on the free edge of fewest minutes."""
    count = len(households.together)
    for h in line:
        if tally.edge[h] >= 0:
            continue
        first, last = households.first[h], households.first[h + 1]
        placed = 0
        for child in range(first, last):
            placed += tally.edge[count + child] >= 0
        if placed == last - first and last - first > 1:
            continue
        if placed == 0 and _take_free(sites, households, edges, tally, owner, h, 32):
            continue
        if households.together[h] or last - first == 1:
            continue
        for child in range(first, last):
            if tally.edge[count + child] < 0:
                _take_free(sites, households, edges, tally, owner, count + child, 1 << (child - first))
        _complete_at_caregiver(sites, households, edges, tally, owner, h)


@numba.njit(cache=True, nogil=True)
def _take_free(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, unit: int, flag: int
) -> bool:
    """Put a unit on the free edge with this flag that takes the fewest minutes; say whether there was one."""
    rooms, best, least = np.empty(4, np.int64), -1, np.inf
    h = owner[unit]
    for e in range(edges.first[h], edges.first[h + 1]):
        if edges.flags[e] & flag and edges.minutes[e] < least:
            if fits_now(sites, households, edges, tally, owner, unit, e, rooms):
                best, least = e, edges.minutes[e]
    if best < 0:
        return False
    tally.written[0] = 0
    fits_now(sites, households, edges, tally, owner, unit, best, rooms)
    put(sites, households, edges, tally, owner, unit, best, rooms)
    return True


@numba.njit(cache=True, nogil=True)
def _complete_at_caregiver(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, h: int
) -> None:
    """A caregiver who serves one child of two takes the other as well, if it takes both."""
    count, first = len(households.together), households.first[h]
    if households.first[h + 1] - first != 2:
        return
    for k in range(2):
        here, other = tally.edge[count + first + k], tally.edge[count + first + 1 - k]
        if here >= 0 and other < 0 and edges.flags[here] & 64 and edges.flags[here] & 32:
            tally.written[0] = 0
            take_out(sites, households, edges, tally, owner, count + first + k)
            put(sites, households, edges, tally, owner, h, here, np.empty(4, np.int64))
            return
