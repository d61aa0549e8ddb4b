"""How far is each full room from a free spot? What it costs, at the prices, to have somebody leave it.

One search from all free spots at once, backward along the moves that units could make (Dijkstra, on the minutes a unit
loses by moving), gives every chain its direction: without it a search for one family wanders through half the town.
"""

import heapq

import numba
import numpy as np

from daybreak.placement.morning.arrays import Floats, Households, Ints, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.tally import Tally


@numba.njit(cache=True, nogil=True)
def _is_free(taken: Ints, spots: Ints) -> bool:
    for t in range(len(taken)):
        if taken[t] >= spots[t]:
            return False
    return True


@numba.njit(cache=True, nogil=True)
def find_reach(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    turned: tuple[Numbers, Numbers, Numbers],
    room_away: Floats,
    site_away: Floats,
    reach: Floats,
) -> None:
    """Write the minutes it takes to free a spot of each room (R) and site (S), and what each unit can gain by moving.

    `reach` is the greatest priced value of a choice less what its spots take to be freed; at least 0, for going
    without.
    """
    count = len(households.together)
    site_first, unit_of, at_of = turned
    child_first, months = households.first, households.months
    room_first, room_from, room_until = sites.room_first, sites.room_from, sites.room_until
    in_home, site_of = sites.in_home, edges.site
    first, edge, priced = choices.first, choices.edge, choices.priced
    units = len(owner)
    room_away[:] = np.inf
    site_away[:] = np.inf
    reach[:] = 0.0
    now = np.zeros(units)
    for unit in range(units):
        if tally.edge[unit] >= 0 and first[unit] < first[unit + 1]:
            now[unit] = priced[first[unit + 1] - 1]
            for at in range(first[unit], first[unit + 1]):
                if edge[at] == tally.edge[unit]:
                    now[unit] = priced[at]
                    break
    rooms_free = np.zeros(len(room_from), np.bool_)
    heap = [(0.0, np.int64(-1))]
    heap.pop()
    for j in range(len(in_home)):
        free = tally.site_taken[j, 0] == 0 if in_home[j] else _is_free(tally.site_taken[j], sites.spots[j])
        any_room = in_home[j] and free
        if free:
            site_away[j] = 0.0
        for room in range(room_first[j], room_first[j + 1]):
            if _is_free(tally.room_taken[room], sites.room_spots[room]):
                room_away[room] = 0.0
                rooms_free[room] = True
                any_room |= free
        if any_room:
            heapq.heappush(heap, (0.0, np.int64(j)))
    done = np.full(len(in_home), np.inf)
    while len(heap):
        cost, nearest = heapq.heappop(heap)
        j = int(nearest)
        if cost >= done[j] and done[j] < np.inf and cost > 0:
            continue
        done[j] = min(done[j], cost)
        for place in range(site_first[j], site_first[j + 1]):
            unit, at = unit_of[place], at_of[place]
            if tally.edge[unit] == edge[at]:
                continue
            h = owner[unit]
            begin, end = (child_first[h], child_first[h + 1]) if unit < count else (unit - count, unit - count + 1)
            away = 0.0
            if in_home[j]:
                away = site_away[j]
            else:
                for child in range(begin, end):
                    least = np.inf
                    for room in range(room_first[j], room_first[j + 1]):
                        if room_from[room] <= months[child] < room_until[room]:
                            least = min(least, max(room_away[room], site_away[j] if rooms_free[room] else 0.0))
                    away += least
            gain = priced[at] - away
            if gain <= reach[unit]:
                continue
            reach[unit] = gain
            e = tally.edge[unit]
            if e < 0:
                continue
            loss = max(0.0, now[unit] - gain)
            here, better = site_of[e], False
            if loss < site_away[here]:
                site_away[here], better = loss, True
            if not in_home[here]:
                for child in range(begin, end):
                    if loss < room_away[tally.room[child]]:
                        room_away[tally.room[child]], better = loss, True
            if better:
                heapq.heappush(heap, (loss, np.int64(here)))
