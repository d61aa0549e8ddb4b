"""What would each family choose at these prices, best first? The short lists on which rounding and chains work.

A unit is what moves as one: a whole household (unit h), or one child of a household whose children may go apart (unit
H + child). A unit's choices are its edges by priced value, greatest first. Lists are drawn from all edges at the prices
at hand, so a list is short because the rest is worth less, and never because it is farther.
"""

from typing import NamedTuple

import numba
import numpy as np

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Households, Ints, Numbers, Offsets, Singles, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.kinds import Kinds
from daybreak.placement.morning.prices import Prices, price_table
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.ranking import APART_MINUTES

_Listed = tuple[Numbers, Numbers, Singles, Numbers, Numbers, Singles]


class Choices(NamedTuple):
    """Choices of unit u are first[u] up to first[u + 1]: the edge, and its value at the prices, greatest first."""

    first: Offsets
    edge: Numbers
    priced: Singles


def choices_of(
    sites: Sites,
    households: Households,
    ages: Ages,
    edges: Edges,
    kinds: Kinds,
    prices: Prices,
    *,
    most: int,
    threads: int = 1,
) -> Choices:
    """List the `most` best choices of every unit at these prices."""
    table, _ = price_table(sites, ages, kinds.combos, prices.room, prices.site)

    def look(since: int, until: int) -> _Listed:
        return _best(households, ages.of_child, edges, kinds, table, most, since, until)

    parts = in_parts(look, households.count, threads)
    counts = np.concatenate([part[0] for part in parts] + [part[3] for part in parts])
    return Choices(
        first=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]),
        edge=np.concatenate([part[1] for part in parts] + [part[4] for part in parts]),
        priced=np.concatenate([part[2] for part in parts] + [part[5] for part in parts]),
    )


@numba.njit(cache=True, nogil=True)
def _keep(value: float, edge: int, most: int, n: int, values: Singles, picked: Numbers) -> int:
    """Put a value into a list of the greatest, in order; return how many there are."""
    if n == most and value <= values[n - 1]:
        return n
    at = n if n < most else most - 1
    while at > 0 and values[at - 1] < value:
        values[at], picked[at] = values[at - 1], picked[at - 1]
        at -= 1
    values[at], picked[at] = value, edge
    return min(n + 1, most)


@numba.njit(cache=True, nogil=True)
def _best(
    households: Households, of_child: Ints, edges: Edges, kinds: Kinds, table: Singles, most: int, begin: int, end: int
) -> _Listed:
    """The best choices of some households whole, and of their children alone: counts, edges and values of each."""
    first, site, minutes, flags, touched = edges.first, edges.site, edges.minutes, edges.flags, edges.touched
    child_first, worth, together = households.first, households.worth, households.together
    of_touched, combos = kinds.of_touched, len(kinds.combos)
    many = combos > 1
    whole, alone = 0, 0
    for h in range(begin, end):
        degree, size = min(most, first[h + 1] - first[h]), child_first[h + 1] - child_first[h]
        whole += degree
        alone += size * degree if size > 1 and not together[h] else 0
    counts, lone_counts = np.zeros(end - begin, np.int64), np.zeros(child_first[end] - child_first[begin], np.int64)
    out_edge, out_value = np.empty(whole, np.int64), np.empty(whole, np.float32)
    lone_edge, lone_value = np.empty(alone, np.int64), np.empty(alone, np.float32)
    values, picked = np.empty((5, most + 1), np.float32), np.empty((5, most + 1), np.int64)
    kind, n = np.empty(4, np.int64), np.empty(5, np.int64)
    whole, alone = 0, 0
    for h in range(begin, end):
        child, size = child_first[h], child_first[h + 1] - child_first[h]
        parts = size > 1 and not together[h]
        for k in range(size):
            kind[k] = of_child[child + k] * combos
        n[:] = 0
        for e in range(first[h], first[h + 1]):
            j = site[e]
            if flags[e] & 32:
                if flags[e] & 64:
                    value = size * worth[h] - minutes[e] - table[kind[0], j]
                else:
                    value = size * (worth[h] - minutes[e])
                    for k in range(size):
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                if n[4] < most or value > values[4, most - 1]:
                    n[4] = _keep(value, e, most, n[4], values[4], picked[4])
            if parts:
                for k in range(size):
                    if flags[e] >> k & 1:
                        value = worth[h] - minutes[e] - APART_MINUTES
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                        if n[k] < most or value > values[k, most - 1]:
                            n[k] = _keep(value, e, most, n[k], values[k], picked[k])
        counts[h - begin] = n[4]
        out_edge[whole : whole + n[4]], out_value[whole : whole + n[4]] = picked[4, : n[4]], values[4, : n[4]]
        whole += n[4]
        for k in range(size if parts else 0):
            lone_counts[child + k - child_first[begin]] = n[k]
            lone_edge[alone : alone + n[k]], lone_value[alone : alone + n[k]] = picked[k, : n[k]], values[k, : n[k]]
            alone += n[k]
    return counts, out_edge[:whole], out_value[:whole], lone_counts, lone_edge[:alone], lone_value[:alone]
