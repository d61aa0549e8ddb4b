"""Who could move a little so that somebody else fits? Chains of moves that make a plan worth more.

A chain starts with a unit without a place, puts it where another unit is, finds that one another place, and so on,
until one fits without moving anybody, or is left out because it is worth less than what the chain gains. Prices say
how good a place each unit can hope for, so the search goes to the promising ends first (A*) and stops as soon as none
can gain.

1. Take the most promising open unit of the search.
2. For each of its choices, best first: does it fit as things stand? Then the chain may end here.
3. Otherwise each unit there that makes room by leaving is opened in turn.
4. Carry out the best chain from its end; a family of several children may move more than one unit at its start.
"""

import heapq

import numba
import numpy as np

from daybreak.placement.morning.arrays import Floats, Households, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.reach import find_reach
from daybreak.placement.morning.tally import Tally, count_unit, fits_now, put, take_back, take_out
from daybreak.placement.ranking import APART_MINUTES

EPSILON = 1e-6
Workspace = tuple[Numbers, Numbers, Numbers, Numbers, Floats, Numbers, Floats, Numbers, Floats, Floats]
"""Stamps per unit; of each node its unit, parent, edge and minutes; the stamp now; what each unit can reach; depths;
what moving each placed unit takes at least; and the least of that at each site, by which most sites are passed over."""
ASPIRED = 60.0
"""Minutes by which a chain may fall short of what prices promise before the search is made again without haste."""
STRAIGHT, GOOD_ENOUGH = 5.0, 30.0
"""Minutes of promise a hasty search gives up per move, and in all."""
DEEPER = 20.0
"""Minutes by which a longer chain goes first: among promises that are nearly alike, the one that is nearly there."""
REFRESH = 150
"""Chains carried out before distances are measured anew."""


@numba.njit(cache=True, nogil=True, inline="always")
def unit_value(households: Households, edges: Edges, owner: Numbers, unit: int, e: int) -> float:
    """What placing a unit on an edge is worth."""
    h = owner[unit]
    if unit < len(households.together):
        size = households.first[h + 1] - households.first[h]
        return float(size * households.worth[h] - edges.minutes[e] * (1 if edges.flags[e] & 64 else size))
    return float(households.worth[h] - edges.minutes[e] - APART_MINUTES)


@numba.njit(cache=True, nogil=True)
def find_chain(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    root: int,
    floor: float,
    most: int,
    near: float,
    work: Workspace,
) -> float:
    """Find and carry out the best chain from a unit without a place that gains more than `floor`; return its gain.

    `floor` may be negative: then placing the unit may cost something. Returns -inf when nothing was done. `work` holds
    stamps per unit, and columns of nodes; `most` is how many nodes are opened, and `near` how much better a chain must
    promise to be before the search goes on with one in hand.
    """
    reach = work[6]
    if reach[root] - ASPIRED > floor:
        gain = _search(
            sites, households, edges, choices, tally, owner, root, reach[root] - ASPIRED, STRAIGHT, most, near, work
        )
        if gain > -np.inf:
            return gain
    return _search(sites, households, edges, choices, tally, owner, root, floor, np.inf, most, near, work)


@numba.njit(cache=True, nogil=True)
def _search(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    root: int,
    floor: float,
    within: float,
    most: int,
    near: float,
    work: Workspace,
) -> float:
    """Find and carry out a chain, opening only units that promise at most `within` minutes less than the one before."""
    stamp, node_unit, node_parent, node_edge, node_lost, marks, reach, depth, takes, least = work
    marks[0] += 1
    now = marks[0]
    rooms = np.empty(4, np.int64)
    best, best_node, best_edge = -floor, -1, -1
    stamp[root] = now
    node_unit[0], node_parent[0], node_edge[0], node_lost[0], depth[0] = root, -1, -1, 0.0, 0
    opened, count = 0, 1
    heap = [(-reach[root], 0)]
    while len(heap) and opened < most:
        _, node = heapq.heappop(heap)
        unit, lost = node_unit[node], node_lost[node]
        promise = lost - reach[unit]
        if promise >= best - (near if best_node >= 0 else EPSILON):
            continue
        if best_node >= 0 and best <= GOOD_ENOUGH - reach[root]:
            break
        opened += 1
        # Left out for good: the chain ends with this unit unplaced.
        if node > 0 and lost < best - EPSILON:
            best, best_node, best_edge = lost, node, -1
        for at in range(choices.first[unit], choices.first[unit + 1]):
            if lost - choices.priced[at] >= best - EPSILON:
                break
            e = choices.edge[at]
            if e == tally.edge[unit]:
                continue
            after = lost - unit_value(households, edges, owner, unit, e)
            if after < best - EPSILON and fits_now(sites, households, edges, tally, owner, unit, e, rooms):
                best, best_node, best_edge = after, node, e
                continue
            if count + 1 >= len(node_unit):
                continue
            j = edges.site[e]
            other = tally.head[j] if after + least[j] < min(best - EPSILON, promise + within) else -1
            while other >= 0:
                following = tally.after[other]
                hopeful = after + takes[other] < min(best - EPSILON, promise + within)
                if hopeful and stamp[other] != now and owner[other] != owner[unit] and count < len(node_unit):
                    cost = after + unit_value(households, edges, owner, other, tally.edge[other])
                    promised = cost - reach[other]
                    if promised < min(best - EPSILON, promise + within):
                        count_unit(sites, households, edges, tally, owner, other, tally.edge[other], -1)
                        fits = fits_now(sites, households, edges, tally, owner, unit, e, rooms)
                        count_unit(sites, households, edges, tally, owner, other, tally.edge[other], 1)
                        if fits:
                            stamp[other] = now
                            node_unit[count], node_parent[count] = other, node
                            node_edge[count], node_lost[count] = e, cost
                            depth[count] = depth[node] + 1
                            heapq.heappush(heap, (promised - DEEPER * depth[count], count))
                            count += 1
                other = following
    if best_node < 0:
        return -np.inf
    if carry_out(sites, households, edges, tally, owner, best_node, best_edge, work):
        return -best
    return -np.inf


@numba.njit(cache=True, nogil=True)
def carry_out(
    sites: Sites,
    households: Households,
    edges: Edges,
    tally: Tally,
    owner: Numbers,
    node: int,
    target: int,
    work: Workspace,
) -> bool:
    """Move the units of a chain from its end to its start; when one no longer fits, put all back and say so."""
    node_unit, node_parent, node_edge, reach = work[1], work[2], work[3], work[6]
    takes, least = work[8], work[9]
    rooms, began, at = np.empty(4, np.int64), tally.written[0], node
    while at >= 0:
        unit = node_unit[at]
        if tally.edge[unit] >= 0:
            take_out(sites, households, edges, tally, owner, unit)
        if target >= 0:
            if not fits_now(sites, households, edges, tally, owner, unit, target, rooms):
                take_back(sites, households, edges, tally, owner, began)
                return False
            put(sites, households, edges, tally, owner, unit, target, rooms)
            takes[unit] = unit_value(households, edges, owner, unit, target) - reach[unit]
            least[edges.site[target]] = min(least[edges.site[target]], takes[unit])
        target, at = node_edge[at], node_parent[at]
    return True


@numba.njit(cache=True, nogil=True)
def make_room(
    sites: Sites,
    households: Households,
    edges: Edges,
    tally: Tally,
    owner: Numbers,
    unit: int,
    e: int,
    moved: Numbers,
    reach: Floats,
) -> int:
    """Take out whom it costs least so that a unit fits on an edge; write them into `moved` and return how many, -1 if
    none.

    The journal must be taken back by whoever does not go on.
    """
    rooms = np.empty(4, np.int64)
    j, h, n = edges.site[e], owner[unit], 0
    while not fits_now(sites, households, edges, tally, owner, unit, e, rooms):
        if n == len(moved):
            return -1
        cheapest, least = -1, np.inf
        other = tally.head[j]
        while other >= 0:
            if owner[other] != h and _is_in_the_way(sites, households, tally, owner, unit, other, j):
                loss = unit_value(households, edges, owner, other, tally.edge[other]) - reach[other]
                if loss < least:
                    cheapest, least = other, loss
            other = tally.after[other]
        if cheapest < 0:
            return -1
        take_out(sites, households, edges, tally, owner, cheapest)
        moved[n] = cheapest
        n += 1
    return n


@numba.njit(cache=True, nogil=True)
def _is_in_the_way(
    sites: Sites, households: Households, tally: Tally, owner: Numbers, unit: int, other: int, j: int
) -> bool:
    """Say whether a unit at a site holds a spot that another lacks: of the site when it is full, else of a full
    room.
    """
    if sites.in_home[j]:
        return True
    count = len(households.together)
    for t in range(sites.spots.shape[1]):
        if tally.site_taken[j, t] >= sites.spots[j, t]:
            return True
    first, last = households.first[owner[unit]], households.first[owner[unit] + 1]
    begin, end = (first, last) if unit < count else (unit - count, unit - count + 1)
    other_first, other_last = households.first[owner[other]], households.first[owner[other] + 1]
    other_begin, other_end = (other_first, other_last) if other < count else (other - count, other - count + 1)
    for theirs in range(other_begin, other_end):
        room = tally.room[theirs]
        for ours in range(begin, end):
            if sites.room_from[room] <= households.months[ours] < sites.room_until[room]:
                return True
    return False


@numba.njit(cache=True, nogil=True)
def insert_family(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    root: int,
    tries: int,
    most: int,
    near: float,
    work: Workspace,
) -> float:
    """Place a unit without a place by moving several others at once, each by a chain of its own; return the gain or
    0.
    """
    moved, rooms = np.empty(4, np.int64), np.empty(4, np.int64)
    began, tried = tally.written[0], 0
    for at in range(choices.first[root], choices.first[root + 1]):
        if choices.priced[at] <= EPSILON or tried == tries:
            return 0.0
        e = choices.edge[at]
        n = make_room(sites, households, edges, tally, owner, root, e, moved, work[6])
        gain = unit_value(households, edges, owner, root, e)
        promised = gain
        for one in range(n):
            gain -= unit_value(households, edges, owner, moved[one], _left(tally, moved[one]))
            promised += work[6][moved[one]]
        if n >= 0:
            promised += gain - unit_value(households, edges, owner, root, e)
        if n < 0 or promised <= EPSILON:
            take_back(sites, households, edges, tally, owner, began)
            continue
        tried += 1
        fits_now(sites, households, edges, tally, owner, root, e, rooms)
        put(sites, households, edges, tally, owner, root, e, rooms)
        for one in range(n):
            found = find_chain(sites, households, edges, choices, tally, owner, moved[one], 0.0, most, near, work)
            if found > 0:
                gain += found
        if gain > EPSILON:
            return gain
        take_back(sites, households, edges, tally, owner, began)
    return 0.0


@numba.njit(cache=True, nogil=True)
def _left(tally: Tally, unit: int) -> int:
    """The edge a unit was taken from last."""
    for line in range(tally.written[0] - 1, -1, -1):
        if tally.journal[line, 0] == unit and tally.journal[line, 1] >= 0:
            return int(tally.journal[line, 1])
    return -1


@numba.njit(cache=True, nogil=True)
def place_the_rest(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    turned: tuple[Numbers, Numbers, Numbers],
    units: Numbers,
    most: int,
    near: float,
    work: Workspace,
    fresh: int,
) -> tuple[float, int]:
    """Try a chain for each unit without a place, in the order given; return what they gained together and how often.

    What units can reach is measured anew after `fresh` chains, and then after every REFRESH.
    """
    gained, chains = 0.0, 0
    count = len(households.together)
    room_away, site_away = np.empty(len(sites.room_from)), np.empty(len(sites.in_home))
    for unit in units:
        h = owner[unit]
        if tally.edge[unit] >= 0:
            continue
        if unit >= count:
            if tally.edge[h] >= 0:
                continue
        else:
            apart = False
            for child in range(households.first[h], households.first[h + 1]):
                apart |= tally.edge[count + child] >= 0
            if apart:
                continue
        tally.written[0] = 0
        if fresh == 0:
            find_reach(sites, households, edges, choices, tally, owner, turned, room_away, site_away, work[6])
            weigh_moves(households, edges, tally, owner, work)
            fresh = REFRESH
        gain = find_chain(sites, households, edges, choices, tally, owner, unit, 0.0, most, near, work)
        fresh -= gain > 0
        if gain <= 0 and unit < count:
            gain = insert_family(sites, households, edges, choices, tally, owner, unit, 3, most, near, work)
        if gain > 0:
            gained += gain
            chains += 1
    return gained, chains


def workspace(units: int, sites: int, nodes: int) -> Workspace:
    """Columns for the searches, made once."""
    return (
        np.zeros(units, np.int64),
        np.empty(nodes, np.int64),
        np.empty(nodes, np.int64),
        np.empty(nodes, np.int64),
        np.empty(nodes, np.float64),
        np.zeros(1, np.int64),
        np.zeros(units, np.float64),
        np.empty(nodes, np.int64),
        np.zeros(units, np.float64),
        np.zeros(sites, np.float64),
    )


@numba.njit(cache=True, nogil=True)
def weigh_moves(households: Households, edges: Edges, tally: Tally, owner: Numbers, work: Workspace) -> None:
    """Write what moving each placed unit takes at least: what it is worth where it is, less what it can reach."""
    reach, takes, least = work[6], work[8], work[9]
    least[:] = np.inf
    for unit in range(len(owner)):
        if tally.edge[unit] >= 0:
            takes[unit] = unit_value(households, edges, owner, unit, tally.edge[unit]) - reach[unit]
            j = edges.site[tally.edge[unit]]
            least[j] = min(least[j], takes[unit])
