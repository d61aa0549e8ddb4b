"""How are the prices of a whole morning learned in seconds, from nothing or from another morning's?

A pass over all edges of a large city takes too long to make hundreds of them. While prices are still far off, a part of
the households stands for all; later every household looks at a short list: its best choices at the prices so far, and
some of all others, so that a spot nobody lists does not become free. Lists are drawn anew several times.
"""

from collections.abc import Sequence

import numpy as np

from daybreak.placement.morning.arrays import Numbers
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.choices import Choices, choices_of
from daybreak.placement.morning.market import Market, part_of, with_edges
from daybreak.placement.morning.prices import COLD, WARM, Course, Descent, Prices, begin, descend, prices_at

SAMPLE_EDGES = 2_500_000
"""So many edges are looked at in a pass while prices are still far off."""
LISTED, AT_RANDOM = 36, 24
"""Edges of a household's short list: the best at the prices so far, and others at even steps."""
PASSES, PASSES_OF_A_CITY = 180, 300
"""Passes in all; in a city too large to look at whole while prices are far off they have a longer way to go."""
FAR, DRAWN_ANEW = 0.28, (0.42, 0.56, 0.78)
"""Parts of the passes until prices are no longer far off, and after which lists are drawn anew."""
WARM_PASSES = (40, 100)


def learn(market: Market, start: Prices | None = None) -> Prices:
    """Learn prices; from `start`, those of a morning much like this one, in fewer passes."""
    if start is not None:
        return _on_lists(market, begin(market.sites, start), WARM_PASSES, WARM)
    few, share, passes = market, 1.0, PASSES
    if market.edges.count > 2 * SAMPLE_EDGES:
        step = market.edges.count / SAMPLE_EDGES
        few = part_of(market, np.unique((np.arange(int(market.households.count / step)) * step).astype(np.int64)))
        share, passes = few.households.children / market.households.children, PASSES_OF_A_CITY
    descent = descend(
        few.sites,
        few.households,
        few.ages,
        few.edges,
        few.kinds,
        begin(market.sites),
        until=int(FAR * passes),
        passes=passes,
        course=COLD,
        share=share,
        threads=market.threads,
    )
    return _on_lists(market, descent, [*(int(part * passes) for part in DRAWN_ANEW), passes], COLD)


def choices_at(market: Market, prices: Prices, most: int) -> Choices:
    """The best choices of every unit of a market."""
    columns = (market.sites, market.households, market.ages, market.edges, market.kinds)
    return choices_of(*columns, prices, most=most, threads=market.threads)


def _on_lists(market: Market, descent: Descent, legs: Sequence[int], course: Course) -> Prices:
    for until in legs:
        keep = np.zeros(market.edges.count, dtype=np.bool_)
        keep[choices_at(market, prices_at(market.sites, descent), LISTED).edge] = True
        keep[_at_even_steps(market.edges, AT_RANDOM, seed=until)] = True
        descent = descend(
            market.sites,
            market.households,
            market.ages,
            with_edges(market.edges, keep),
            market.kinds,
            descent,
            until=until,
            passes=legs[-1],
            course=course,
            threads=market.threads,
        )
    return prices_at(market.sites, descent)


def _at_even_steps(edges: Edges, most: int, *, seed: int) -> Numbers:
    """Some edges of each household, at even steps from a first one that `seed` moves about (a low-discrepancy draw)."""
    degree = np.diff(edges.first)
    stride = np.maximum(1.0, degree / most)
    offset = (np.arange(len(degree)) * 0.6180339887 + seed * 0.7548776662) % 1.0 * stride
    at = (offset[:, None] + np.arange(most) * stride[:, None]).astype(np.int64)
    numbers: Numbers = (edges.first[:-1, None] + at)[at < degree[:, None]]
    return numbers
