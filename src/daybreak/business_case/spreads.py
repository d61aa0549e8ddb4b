"""How is a figure spread over all draws, and in which bars does it stand?"""

from dataclasses import dataclass

import numpy as np

from daybreak.business_case.terms import Numbers, Spread, Value

BARS = 4096


def spread_of(values: Value) -> Spread:
    """Return the 5, 50 and 95 percent points and the mean; a plain number is all of them.

    >>> spread_of(np.arange(101.0))
    Spread(p05=5.0, p50=50.0, p95=95.0, mean=50.0)
    """
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if found.size == 1:
        one = float(found[0])
        return Spread(one, one, one, one)
    low, middle, high = points(found, (0.05, 0.5, 0.95))
    return Spread(low, middle, high, float(found.mean()))


def points(values: Numbers, shares: tuple[float, ...]) -> list[float]:
    """Return what np.quantile does, in half the time: count draws in even bars and sort only the bars that are needed.

    >>> points(np.arange(101.0), (0.05, 0.995))
    [5.0, 99.5]
    """
    low, high = float(values.min()), float(values.max())
    if not low < high:
        return [low for _ in shares]
    bar = np.multiply(values - low, (BARS - 1) / (high - low)).astype(np.intp)
    upto = np.cumsum(np.bincount(bar, minlength=BARS))
    sorted_bars: dict[int, Numbers] = {}

    def ranked(rank: int) -> float:
        at = int(np.searchsorted(upto, rank, side="right"))
        if at not in sorted_bars:
            sorted_bars[at] = np.sort(values[bar == at])
        return float(sorted_bars[at][rank - (int(upto[at - 1]) if at else 0)])

    found = []
    for share in shares:
        place = share * (values.size - 1)
        below = int(place)
        one, other = ranked(below), ranked(min(below + 1, values.size - 1))
        found.append(one + (place - below) * (other - one))
    return found


@dataclass(frozen=True)
class Histogram:
    """How many draws fall between two neighboring edges; `below` and `above` count those outside."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    below: int
    above: int


def histogram(values: Numbers, *, bars: int = 40) -> Histogram:
    """Count the middle 98 percent of the draws in even bars, one edge of which is 0 when 0 is inside.

    >>> found = histogram(np.linspace(-1, 3, 1001))
    >>> sum(found.counts) + found.below + found.above, 0.0 in found.edges
    (1001, True)
    """
    low, high = points(values, (0.01, 0.99))
    if low == high:
        low, high = low - 0.5, high + 0.5
    width = (high - low) / bars
    if low < 0 < high:
        low = -width * np.ceil(-low / width)
        bars = int(np.ceil((high - low) / width))
    edges = low + width * np.arange(bars + 1)
    edges[np.abs(edges) < width * 1e-9] = 0.0
    # The bars are even, so a draw's bar is a division; the first and the last place hold what lies outside.
    bar = np.clip((values - edges[0]) / width + 1, 0, bars + 1).astype(np.intp)
    counts = np.bincount(bar, minlength=bars + 2).tolist()
    return Histogram(tuple(edges.tolist()), tuple(counts[1:-1]), counts[0], counts[-1])
