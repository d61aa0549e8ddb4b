"""A spot is left that somebody would pay for: who could move into it, and who then into theirs?

The search of chains.py from its other end. It starts at free spots that have a price, opens whoever would rather be
there, and goes on with the spots they leave, until somebody without a place takes the last ones.
"""

import heapq

import numba
import numpy as np

from daybreak.placement.morning.arrays import Households, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.chains import EPSILON, Workspace, find_chain, unit_value
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.tally import Tally, count_unit, fits_now, put, take_back, take_out

MOST_FILLS = 12


@numba.njit(cache=True, nogil=True)
def by_site(sites_count: int, edges: Edges, choices: Choices) -> tuple[Numbers, Numbers, Numbers]:
    """Turn choices around: for each site, the units that have it among their choices, and on which edge."""
    first = np.zeros(sites_count + 1, np.int64)
    for at in range(len(choices.edge)):
        first[edges.site[choices.edge[at]] + 1] += 1
    for j in range(sites_count):
        first[j + 1] += first[j]
    fill = first[:-1].copy()
    unit_of, at_of = np.empty(len(choices.edge), np.int64), np.empty(len(choices.edge), np.int64)
    for unit in range(len(choices.first) - 1):
        for at in range(choices.first[unit], choices.first[unit + 1]):
            j = edges.site[choices.edge[at]]
            unit_of[fill[j]], at_of[fill[j]] = unit, at
            fill[j] += 1
    return first, unit_of, at_of


@numba.njit(cache=True, nogil=True)
def priced_now(choices: Choices, tally: Tally, unit: int) -> float:
    """The priced value of a unit where it is; 0 without a place."""
    if tally.edge[unit] < 0:
        return 0.0
    for at in range(choices.first[unit], choices.first[unit + 1]):
        if choices.edge[at] == tally.edge[unit]:
            return float(choices.priced[at])
    last = choices.first[unit + 1] - 1
    return float(choices.priced[last]) if last >= choices.first[unit] else 0.0


@numba.njit(cache=True, nogil=True)
def movable(households: Households, tally: Tally, owner: Numbers, unit: int) -> bool:
    """Say whether a unit may be placed or moved as such: not a child whose household is whole, nor the other way
    round.
    """
    count = len(households.together)
    h = owner[unit]
    if unit >= count:
        return bool(tally.edge[h] < 0)
    for child in range(households.first[h], households.first[h + 1]):
        if tally.edge[count + child] >= 0:
            return False
    return True


@numba.njit(cache=True, nogil=True)
def fill_from(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    turned: tuple[Numbers, Numbers, Numbers],
    root: int,
    barred: int,
    most: int,
    near: float,
    work: Workspace,
) -> float:
    """Find and carry out the best way to fill free spots of a site; return what it gains, 0 when nothing was done."""
    stamp, node_unit, node_parent, node_edge, node_gain, marks = work[:6]
    site_first, unit_of, at_of = turned
    marks[0] += 1
    now = marks[0]
    if barred >= 0:
        stamp[barred] = now
    rooms = np.empty(4, np.int64)
    best, best_node, best_unit, best_edge = EPSILON, -1, -1, -1
    # Node 0 is the site itself; every other is a unit that moves along `node_edge`, and whose spots are to be filled.
    node_unit[0], node_parent[0], node_edge[0], node_gain[0] = -1, -1, -1, 0.0
    opened, count = 0, 1
    heap = [(-1e18, 0)]
    while len(heap) and opened < most:
        promise, node = heapq.heappop(heap)
        if -promise <= best + (near if best_node >= 0 else EPSILON):
            break
        opened += 1
        left, gain = node_unit[node], node_gain[node]
        j = root if node == 0 else edges.site[tally.edge[left]]
        if node > 0 and gain > best + EPSILON:
            best, best_node, best_unit, best_edge = gain, node, -1, -1
        if left >= 0:
            count_unit(sites, households, edges, tally, owner, left, tally.edge[left], -1)
        for place in range(site_first[j], site_first[j + 1]):
            unit, at = unit_of[place], at_of[place]
            e = choices.edge[at]
            if stamp[unit] == now or tally.edge[unit] == e or (left >= 0 and owner[unit] == owner[left]):
                continue
            value = unit_value(households, edges, owner, unit, e)
            promised = gain + value - priced_now(choices, tally, unit)
            if promised <= best + EPSILON or not movable(households, tally, owner, unit):
                continue
            if not fits_now(sites, households, edges, tally, owner, unit, e, rooms):
                continue
            if tally.edge[unit] < 0:
                if gain + value > best:
                    best, best_node, best_unit, best_edge = gain + value, node, unit, e
            elif count < len(node_unit):
                stamp[unit] = now
                node_unit[count], node_parent[count], node_edge[count] = unit, node, e
                node_gain[count] = gain + value - unit_value(households, edges, owner, unit, tally.edge[unit])
                heapq.heappush(heap, (-promised, count))
                count += 1
        if left >= 0:
            count_unit(sites, households, edges, tally, owner, left, tally.edge[left], 1)
    if best_node < 0 or not _carry_out(sites, households, edges, tally, owner, best_node, best_unit, best_edge, work):
        return 0.0
    return best


@numba.njit(cache=True, nogil=True)
def _carry_out(
    sites: Sites,
    households: Households,
    edges: Edges,
    tally: Tally,
    owner: Numbers,
    node: int,
    newcomer: int,
    newcomer_edge: int,
    work: Workspace,
) -> bool:
    """Move the units of a chain, the one at the free spot first, and the newcomer last; undo all when one does not
    fit.
    """
    node_unit, node_parent, node_edge = work[1], work[2], work[3]
    length = 1
    at = node
    while at > 0:
        length += 1
        at = node_parent[at]
    units, targets, rooms = np.empty(length, np.int64), np.empty(length, np.int64), np.empty(4, np.int64)
    at, began = node, tally.written[0]
    for step in range(length - 2, -1, -1):
        units[step], targets[step] = node_unit[at], node_edge[at]
        at = node_parent[at]
    units[length - 1], targets[length - 1] = newcomer, newcomer_edge
    if newcomer < 0:
        length -= 1
    for step in range(length):
        if tally.edge[units[step]] >= 0:
            take_out(sites, households, edges, tally, owner, units[step])
        if not fits_now(sites, households, edges, tally, owner, units[step], targets[step], rooms):
            take_back(sites, households, edges, tally, owner, began)
            return False
        put(sites, households, edges, tally, owner, units[step], targets[step], rooms)
    return True


@numba.njit(cache=True, nogil=True)
def fill_spots(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    turned: tuple[Numbers, Numbers, Numbers],
    roots: Numbers,
    most: int,
    near: float,
    work: Workspace,
) -> tuple[float, int]:
    """Fill the free spots of each site in `roots` as long as that gains; return the gain and how often."""
    gained, times = 0.0, 0
    for j in roots:
        for _ in range(50):
            tally.written[0] = 0
            gain = fill_from(sites, households, edges, choices, tally, owner, turned, j, -1, most, near, work)
            if gain <= 0:
                break
            gained += gain
            times += 1
    return gained, times


@numba.njit(cache=True, nogil=True)
def fill_what_was_left(
    sites: Sites,
    households: Households,
    edges: Edges,
    choices: Choices,
    tally: Tally,
    owner: Numbers,
    turned: tuple[Numbers, Numbers, Numbers],
    barred: int,
    most: int,
    near: float,
    work: Workspace,
) -> float:
    """Fill the spots of every site that somebody left since the journal began; return the gain.

    A family that moves leaves spots for several others, so each site is filled until nothing more is gained there; the
    unit `barred` has only just been taken out and is not put back.
    """
    gained, line, fills = 0.0, 0, 0
    while line < tally.written[0] and fills < MOST_FILLS:
        if tally.journal[line, 1] >= 0:
            j = edges.site[tally.journal[line, 1]]
            for _ in range(4):
                found = fill_from(sites, households, edges, choices, tally, owner, turned, j, barred, most, near, work)
                if found <= 0:
                    break
                gained += found
                fills += 1
        line += 1
    return gained


@numba.njit(cache=True, nogil=True)
def give_way(
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
) -> tuple[float, int]:
    """Take each unit from a spot that others would pay more for, fill it anew, and look for another place for the unit.

    Keeps what gains and takes back the rest; returns the gain and how often.
    """
    gained, times = 0.0, 0
    for unit in units:
        e = tally.edge[unit]
        if e < 0:
            continue
        tally.written[0] = 0
        gain = -unit_value(households, edges, owner, unit, e)
        take_out(sites, households, edges, tally, owner, unit)
        gain += fill_what_was_left(sites, households, edges, choices, tally, owner, turned, unit, most, near, work)
        if tally.edge[unit] < 0 and movable(households, tally, owner, unit):
            found = find_chain(sites, households, edges, choices, tally, owner, unit, 0.0, most, near, work)
            gain += max(found, 0.0)
        if gain > EPSILON:
            gained += gain
            times += 1
        else:
            take_back(sites, households, edges, tally, owner, 0)
    return gained, times
