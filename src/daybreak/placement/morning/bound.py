"""How good could any plan be? A value that none exceeds, at any prices of at least 0, over every place that fits.

No household gains more in a plan than its best at these prices, and no more is paid for spots than all are priced at;
so the bests and the priced spots together bound the value. Better prices make it tighter, and none make it wrong.
"""

import numba
import numpy as np

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Floats, Households, Ints, Singles, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.kinds import Kinds
from daybreak.placement.morning.prices import Prices, price_table
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.ranking import APART_MINUTES


@numba.njit(cache=True, nogil=True)
def best_gains(
    households: Households,
    of_child: Ints,
    edges: Edges,
    kinds: Kinds,
    table: Singles,
    begin: int,
    end: int,
    gains: Floats,
) -> None:
    """Write into `gains` (H) what each household gains at most at these prices, over every edge given."""
    first, site, minutes, flags, touched = edges.first, edges.site, edges.minutes, edges.flags, edges.touched
    child_first, worth, together = households.first, households.worth, households.together
    of_touched, combos = kinds.of_touched, len(kinds.combos)
    many = combos > 1
    kind, lone = np.empty(4, np.int64), np.empty(4, np.float64)
    for h in range(begin, end):
        child, size = child_first[h], child_first[h + 1] - child_first[h]
        for k in range(size):
            kind[k] = of_child[child + k] * combos
            lone[k] = 0.0
        best = 0.0
        parts = size > 1 and not together[h]
        for e in range(first[h], first[h + 1]):
            j = site[e]
            if flags[e] & 16:
                if flags[e] & 64:
                    value = size * worth[h] - minutes[e] - table[kind[0], j]
                else:
                    value = size * (worth[h] - minutes[e])
                    for k in range(size):
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                best = max(best, value)
            if parts:
                for k in range(size):
                    if flags[e] >> k & 1:
                        value = worth[h] - minutes[e] - APART_MINUTES
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                        lone[k] = max(lone[k], value)
        apart = 0.0
        if parts:
            for k in range(size):
                apart += lone[k]
        gains[h] = max(best, apart)


def value_bound(
    sites: Sites, households: Households, ages: Ages, edges: Edges, kinds: Kinds, prices: Prices, *, threads: int = 1
) -> tuple[float, Floats]:
    """Return a value that no plan exceeds, for any prices of at least 0, and what each household gains at them.

    Whoever made a plan, no household gains more in it than its best at these prices, and no more spots are paid for
    than there are. Prices are looked up as 32-bit floats; what that may be off is added.
    """
    table, _ = price_table(sites, ages, kinds.combos, prices.room, prices.site)
    gains = np.zeros(households.count)
    in_parts(
        lambda since, until: best_gains(households, ages.of_child, edges, kinds, table, since, until, gains),
        households.count,
        threads,
    )
    heads = sites.spots.copy()
    heads[sites.in_home] = 0
    heads[sites.in_home, 0] = 1
    paid = float((sites.room_spots * prices.room).sum() + (heads * prices.site).sum())
    largest = max(float(prices.room.max(initial=0.0)), float(prices.site.max(initial=0.0)), 1000.0)
    rounding = (households.children if edges.count else 0) * 4 * largest * float(np.finfo(np.float32).eps)
    return float(gains.sum()) + paid + rounding, gains
