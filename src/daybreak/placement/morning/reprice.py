"""What is a spot worth to whoever still asks? Prices for instant answers: from a forecast, and again and again from the morning.

1. Leave only what nobody has been told: the spots of the ledger that are free.
2. Take who waits and who is still expected, the forecast corrected by how many have asked so far.
3. Descend to prices as for a whole morning, but stop while choices are still soft.

Prices that are exact for one drawn day hang on families who will not come; softer ones are of use to those who do.
A family that was told is never moved: its spots are not there.
"""

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.ages import ages_of
from daybreak.placement.morning.arrays import Households, Sites
from daybreak.placement.morning.candidates import find_candidates
from daybreak.placement.morning.desk import Ledger
from daybreak.placement.morning.prices import Course, Prices, begin, descend, kinds_of, prices_at

AHEAD = Course(warmest=150.0, coolest=10.0, first_step=400.0, last_step=1.5)
"""From no prices, the evening before."""
LIVE = Course(warmest=20.0, coolest=10.0, first_step=20.0, last_step=4.0)
"""From the prices of half a minute ago."""
AHEAD_PASSES, LIVE_PASSES = 150, 25

SETTLED = 0.25
"""The part of a morning after which the count of who has asked says all, and the forecast nothing, about how many come."""


def prices_ahead(sites: Sites, expected: Households, *, days: float = 1.0, threads: int = 1) -> Prices:
    """Return prices for a morning on which nobody has asked yet, from the households of one or more days drawn.

    `days` is for how many days they stand; below 1 when more are to come than were drawn.
    """
    return _learn(sites, expected, None, AHEAD, AHEAD_PASSES, days, threads)


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


def picked(households: Households, at: npt.NDArray[np.int64]) -> Households:
    """Return some households, in the order given; one may be taken more than once."""
    first = households.first
    size = (first[1:] - first[:-1])[at]
    begins = np.cumsum(np.concatenate([[0], size]), dtype=np.int64)
    children = np.repeat(first[:-1][at] - begins[:-1], size) + np.arange(begins[-1])
    of_household = ("home", "work", "most_detour", "together", "worth", "turn")
    of_child = ("months", "needs", "since", "until")
    return households._replace(
        first=begins,
        **{name: getattr(households, name)[at] for name in of_household},
        **{name: getattr(households, name)[children] for name in of_child},
    )


def joined(parts: list[Households]) -> Households:
    """Return the households of several days one after the other."""
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in Households._fields}
    sizes = np.concatenate([np.diff(part.first) for part in parts])
    return Households(**{**columns, "first": np.cumsum(np.concatenate([[0], sizes]), dtype=np.int64)})


def _learn(
    sites: Sites, expected: Households, start: Prices | None, course: Course, passes: int, days: float, threads: int
) -> Prices:
    ages = ages_of(sites, expected)
    edges = find_candidates(sites, expected, ages, threads=threads)
    kinds = kinds_of(edges, sites)
    descent = begin(sites, start)
    if edges.count:
        descent = descend(
            sites,
            expected,
            ages,
            edges,
            kinds,
            descent,
            until=passes,
            passes=passes,
            course=course,
            share=days,
            threads=threads,
        )
    return prices_at(sites, descent)
