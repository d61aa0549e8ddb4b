"""How does a plan in the making stand against the prices? What it is worth, and where it falls short of them.

The gap between a plan and the bound at the same prices has two parts and no others: what households gain less than they
could (regret), and what free spots would have cost. The searches start where these are.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Floats, Households, Ints, Numbers, Singles, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.chains import unit_value
from daybreak.placement.morning.kinds import Kinds
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.tally import Tally


@numba.njit(cache=True, nogil=True)
def plan_value(households: Households, edges: Edges, tally: Tally, owner: Numbers) -> tuple[float, int]:
    """What the plan is worth, and how many children it places."""
    count = len(households.together)
    value, placed = 0.0, 0
    for unit in range(len(tally.edge)):
        if tally.edge[unit] >= 0:
            value += unit_value(households, edges, owner, unit, tally.edge[unit])
            placed += households.first[unit + 1] - households.first[unit] if unit < count else 1
    return value, placed


@numba.njit(cache=True, nogil=True)
def regrets(
    households: Households,
    of_child: Ints,
    edges: Edges,
    kinds: Kinds,
    table: Singles,
    tally: Tally,
    owner: Numbers,
    gains: Floats,
) -> Floats:
    """What each household gains less at these prices than at its best: (H,)."""
    count, combos = len(households.together), len(kinds.combos)
    many = combos > 1
    regret = gains.copy()
    for unit in range(len(tally.edge)):
        e = tally.edge[unit]
        if e < 0:
            continue
        h = owner[unit]
        first = households.first[h]
        begin, end = (first, households.first[h + 1]) if unit < count else (unit - count, unit - count + 1)
        regret[h] -= unit_value(households, edges, owner, unit, e)
        for child in range(begin, end):
            number = kinds.of_touched[edges.touched[e, child - first]] if many else 0
            regret[h] += table[of_child[child] * combos + number, edges.site[e]]
            if edges.flags[e] & 64:
                break
    return regret


def unpaid(sites: Sites, limits: Floats, prices: Prices, tally: Tally) -> Floats:
    """What the free spots of each site would cost: (S,)."""
    rooms = ((sites.room_spots - tally.room_taken) * prices.room).sum(axis=1)
    owner = np.repeat(np.arange(sites.count), np.diff(sites.room_first))
    of_rooms = np.bincount(owner, weights=rooms, minlength=sites.count)
    free = np.where(np.isfinite(limits), limits - tally.site_taken, 0.0)
    total: Floats = of_rooms + (free * prices.site).sum(axis=1)
    return total
