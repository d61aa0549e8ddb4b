"""How is a figure spread over all draws, and in which bars does it stand?"""

from dataclasses import dataclass

import numpy as np

from daybreak.business_case.terms import Numbers, Spread, Value


def spread_of(values: Value) -> Spread:
    """Return the 5, 50 and 95 percent points and the mean; a plain number is all of them.

    >>> spread_of(np.arange(101.0))
    Spread(p05=5.0, p50=50.0, p95=95.0, mean=50.0)
    """
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if found.size == 1:
        one = float(found[0])
        return Spread(one, one, one, one)
    places = [share * (found.size - 1) for share in (0.05, 0.5, 0.95)]
    # One partition around the six neighbors is a third of the price of sorting.
    around = sorted({round_to for place in places for round_to in (int(place), min(int(place) + 1, found.size - 1))})
    parted = np.partition(found, around)
    low, middle, high = (_between(parted, place) for place in places)
    return Spread(low, middle, high, float(found.mean()))


def _between(parted: Numbers, place: float) -> float:
    below = int(place)
    above = min(below + 1, parted.size - 1)
    return float(parted[below] + (place - below) * (parted[above] - parted[below]))


@dataclass(frozen=True)
class Histogram:
    """How many draws fall between two neighboring edges; `below` and `above` count those outside."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    below: int
    above: int


def histogram(values: Numbers, *, bars: int = 40) -> Histogram:
    """Count the middle 98 percent of the draws in even bars, one edge of which is 0 when 0 is inside.

    >>> sum(histogram(np.linspace(-1, 3, 1001)).counts), 0.0 in histogram(np.linspace(-1, 3, 1001)).edges
    (981, True)
    """
    low, high = (float(end) for end in np.quantile(values, (0.01, 0.99)))
    if low == high:
        low, high = low - 0.5, high + 0.5
    width = (high - low) / bars
    if low < 0 < high:
        low = -width * np.ceil(-low / width)
        bars = int(np.ceil((high - low) / width))
    edges = low + width * np.arange(bars + 1)
    edges[np.abs(edges) < width * 1e-9] = 0.0
    counts, _ = np.histogram(values, bins=edges)
    below, above = int((values < edges[0]).sum()), int((values > edges[-1]).sum())
    return Histogram(tuple(edges.tolist()), tuple(counts.tolist()), below, above)
