"""What is a spot worth to whoever still asks? Prices for instant answers, from a forecast and then from the morning.

1. Leave only what nobody has been told: the spots of the ledger that are free.
2. Take who waits and who is still expected, the forecast corrected by how many have asked so far.
3. Descend to prices as for a whole morning, but stop while choices are still soft.

Prices that are exact for one drawn day hang on families who will not come; softer ones are of use to those who do.
A family that was told is never moved: its spots are not there.
"""

from collections.abc import Sequence

import numpy as np

from daybreak.placement.morning.arrays import Households, Sites
from daybreak.placement.morning.desk import Ledger
from daybreak.placement.morning.market import market_of
from daybreak.placement.morning.prices import Course, Prices, begin, descend, prices_at

AHEAD = Course(warmest=150.0, coolest=10.0, first_step=400.0, last_step=1.5)
"""From no prices, the evening before."""
LIVE = Course(warmest=20.0, coolest=10.0, first_step=20.0, last_step=4.0)
"""From the prices of half a minute ago."""
AHEAD_PASSES, LIVE_PASSES = 150, 25

SPARE = 1.04
"""Children planned for per child forecast: to expect too few costs more than to expect too many."""

SETTLED = 0.25
"""The part of a morning after which only who has asked says how many will come, and the forecast no longer does."""


def prices_ahead(sites: Sites, expected: Households, *, days: float = 1.0, threads: int = 1) -> Prices:
    """Return prices for a morning on which nobody has asked yet, from the households of one or more days drawn.

    `days` is for how many days they stand; below 1 when more are to come than were drawn.
    """
    return _learn(sites, expected, None, AHEAD, AHEAD_PASSES, days / SPARE, threads)


def prices_now(
    sites: Sites, ledger: Ledger, expected: Households, prices: Prices, *, days: float = 1.0, threads: int = 1
) -> Prices:
    """Return prices for the spots that are left, from the last ones and from who waits and is still expected."""
    return _learn(spots_left(sites, ledger), expected, prices, LIVE, LIVE_PASSES, days, threads)


def spots_left(sites: Sites, ledger: Ledger) -> Sites:
    """Return the sites with the spots that nobody has taken; a caregiver who serves a household has none."""
    serves = sites.in_home[:, None] & (ledger.site_taken > 0)
    left = np.where(sites.in_home[:, None], sites.spots, sites.spots - ledger.site_taken)
    return sites._replace(
        spots=np.where(serves, 0, left).astype(np.int32), room_spots=sites.room_spots - ledger.room_taken
    )


def still_to_come(forecast: float, seen: int, elapsed: float) -> float:
    """Return how many more are expected when `seen` have asked and a share `elapsed` of a usual morning's have, by now.

    >>> still_to_come(1000, 0, 0.0)
    1000.0
    >>> still_to_come(1000, 700, 0.5)
    700.0
    """
    if elapsed <= 0:
        return float(forecast)
    trust = min(1.0, elapsed / SETTLED)
    return ((1 - trust) * forecast + trust * seen / elapsed) * (1 - elapsed)


def joined(parts: Sequence[Households]) -> Households:
    """Return the households of several days one after the other."""
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Households._fields}
    sizes = np.concatenate([np.diff(part.first) for part in parts])
    return Households(**{**columns, "first": np.cumsum(np.concatenate([[0], sizes]), dtype=np.int64)})


def _learn(
    sites: Sites, expected: Households, start: Prices | None, course: Course, passes: int, days: float, threads: int
) -> Prices:
    market = market_of(sites, expected, threads=threads)
    descent = begin(sites, start)
    if market.edges.count:
        descent = descend(
            sites,
            expected,
            market.ages,
            market.edges,
            market.kinds,
            descent,
            until=passes,
            passes=passes,
            course=course,
            share=days,
            threads=threads,
        )
    return prices_at(sites, descent)
