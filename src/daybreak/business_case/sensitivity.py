"""What decides the answer? Swings, break-even values, shares of the variance, and what knowing more would be worth.

- A swing moves one input from its 5 to its 95 percent point, all others at their medians.
- A break-even value is where the net value is 0, all others at their medians; all inputs are bisected together.
- Shares of the variance (Sobol) need inputs that do not go together, so correlations are left out there: the
  first-order share is what an input explains alone (Saltelli 2010), the total share what is lost when it is known
  (Jansen 1999).
- The value of knowing an input is what a decision made after learning it gains over one made now (EVPPI): draws are cut
  into bins of equal probability along the input, and in each bin the better of yes and no is taken. For several inputs
  learned together a cubic surface is fitted to the net value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from daybreak.business_case.accounts import Figures, flows, net_value
from daybreak.business_case.drawing import drawn, figures_at, limits_of, quantities_of, uncertain
from daybreak.business_case.shapes import NORMAL, Z95
from daybreak.business_case.terms import Inputs, Kind, Law, Numbers

HALVINGS = 60
BINS = 64
SOBOL_DRAWS = 4096
MOST_FITTED = 50_000
"""Draws a surface is fitted to; more would not change its coefficients by as much as the noise of the draws."""


@dataclass(frozen=True)
class Sensitivity:
    """One input's part in the answer; dollars a year."""

    key: str
    at_low: float
    at_high: float
    break_even: float | None
    first: float
    total: float
    worth_knowing: float

    @property
    def swing(self) -> float:
        """How far the net value moves while this input moves."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Knowing:
    """What it would be worth, a year, to know everything, or what a pilot, quotes and records can tell."""

    everything: float
    pilot: float
    quote: float
    records: float


def sensitivities(
    inputs: Inputs,
    law: Law,
    kinds: Mapping[str, Kind],
    z: Mapping[str, Numbers],
    net: Numbers,
    rng: np.random.Generator,
) -> tuple[Sensitivity, ...]:
    """Work out each uncertain input's part, the widest swing first."""
    keys = uncertain(inputs)
    if not keys:
        return ()
    low, high = swings(inputs, law, kinds, keys)
    even = break_even(inputs, law, kinds, keys)
    first, total = variance_shares(inputs, law, kinds, keys, rng)
    found = (
        Sensitivity(
            key, float(low[at]), float(high[at]), even[at], float(first[at]), float(total[at]), worth_of(z[key], net)
        )
        for at, key in enumerate(keys)
    )
    return tuple(sorted(found, key=lambda one: -one.swing))


def _net(inputs: Inputs, law: Law, x: Figures) -> Numbers:
    return np.asarray(net_value(flows(inputs, law, x), x), dtype=np.float64)


def swings(inputs: Inputs, law: Law, kinds: Mapping[str, Kind], keys: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Net value with one input at its low and at its high end, in the order of the keys."""
    apart = Z95 * np.eye(len(keys))
    z = {key: np.concatenate((-apart[at], apart[at])) for at, key in enumerate(keys)}
    net = _net(inputs, law, figures_at(inputs, kinds, z))
    return net[: len(keys)], net[len(keys) :]


def break_even(inputs: Inputs, law: Law, kinds: Mapping[str, Kind], keys: Sequence[str]) -> list[float | None]:
    """The value of each input at which the net value is 0; None where it is never 0 between the input's limits."""
    middle = figures_at(inputs, kinds, {})
    low, high = np.array([_search_between(inputs, kinds, key) for key in keys]).T
    at_low, at_high = (_with_each(inputs, law, middle, keys, ends) for ends in (low, high))
    rises = at_high > at_low
    for _ in range(HALVINGS):
        between = (low + high) / 2
        above = (_with_each(inputs, law, middle, keys, between) > 0) == rises
        low, high = np.where(above, low, between), np.where(above, between, high)
    crosses = np.sign(at_low) * np.sign(at_high) <= 0
    return [float(value) if found else None for value, found in zip((low + high) / 2, crosses, strict=True)]


def _search_between(inputs: Inputs, kinds: Mapping[str, Kind], key: str) -> tuple[float, float]:
    """The limits of an input, or ten times its high end where the limits are far away."""
    least, most = limits_of(key, kinds)
    return least, min(most, max(10 * quantities_of(inputs)[key].high, least + 1e-9))


def _with_each(inputs: Inputs, law: Law, middle: Figures, keys: Sequence[str], values: Numbers) -> Numbers:
    """Net value with the n-th input at the n-th value and all others in the middle, in the n-th place."""
    x = dict(middle)
    for at, key in enumerate(keys):
        column = np.full(len(keys), middle[key], dtype=np.float64)
        column[at] = values[at]
        x[key] = column
    return np.broadcast_to(_net(inputs, law, x), (len(keys),))


def variance_shares(
    inputs: Inputs, law: Law, kinds: Mapping[str, Kind], keys: Sequence[str], rng: np.random.Generator
) -> tuple[Numbers, Numbers]:
    """First-order and total shares of the variance of the net value, by exchanging one column at a time."""
    one, other = rng.spawn(2)
    a, _ = drawn(inputs, kinds, one, SOBOL_DRAWS, correlations=())
    b, _ = drawn(inputs, kinds, other, SOBOL_DRAWS, correlations=())
    blocks = len(keys) + 2
    z = {key: np.tile(a[key], blocks) for key in keys}
    for at, key in enumerate(keys):
        z[key][SOBOL_DRAWS * (at + 2) : SOBOL_DRAWS * (at + 3)] = b[key]
        z[key][SOBOL_DRAWS : 2 * SOBOL_DRAWS] = b[key]
    net = _net(inputs, law, figures_at(inputs, kinds, z)).reshape(blocks, SOBOL_DRAWS)
    at_a, at_b, exchanged = net[0], net[1], net[2:]
    variance = np.concatenate((at_a, at_b)).var()
    if variance == 0:
        return np.zeros(len(keys)), np.zeros(len(keys))
    first = (at_b * (exchanged - at_a)).mean(axis=1) / variance
    total = ((at_a - exchanged) ** 2).mean(axis=1) / (2 * variance)
    return np.clip(first, 0, 1), np.clip(total, 0, None)


def worth_of(z: Numbers, net: Numbers) -> float:
    """What knowing one input is worth; `z` are its normal numbers, whose bins of equal probability are known."""
    edges = np.array([NORMAL.inv_cdf(at / BINS) for at in range(1, BINS)])
    bins = _bins(z, edges)
    counts = np.bincount(bins, minlength=BINS)
    sums = np.bincount(bins, weights=net, minlength=BINS)
    return float(max(0.0, np.maximum(sums, 0).sum() / counts.sum() - max(net.mean(), 0.0)))


def _bins(z: Numbers, edges: Numbers) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The bin of each number: from a fine table, which is quicker than a search and wrong only within a cell."""
    cells = np.searchsorted(edges, np.linspace(-4, 4, 8193))
    return cells[np.clip((z + 4) * 1024 + 0.5, 0, 8192).astype(np.intp)]


def knowing(kinds: Mapping[str, Kind], z: Mapping[str, Numbers], net: Numbers) -> Knowing:
    """What it is worth to know everything, and what can be learned by a pilot, by quotes, from records."""
    now = max(float(net.mean()), 0.0)

    def by(way: str) -> float:
        return worth_together([z[key] for key in z if key in kinds and kinds[key].learned_by == way], net)

    everything = float(np.maximum(net, 0).mean()) - now
    return Knowing(everything, *(min(everything, by(way)) for way in ("pilot", "quote", "records")))


def worth_together(columns: Sequence[Numbers], net: Numbers) -> float:
    """What knowing several inputs together is worth, by a cubic surface of their normal numbers."""
    if not columns:
        return 0.0
    some = [column[:MOST_FITTED] for column in columns]
    y = net[:MOST_FITTED]
    terms = [np.ones_like(y)]
    for degree in (1, 2, 3):
        terms += [np.prod(chosen, axis=0) for chosen in combinations_with_replacement(some, degree)]
    surface = np.column_stack(terms)
    fitted = surface @ np.linalg.lstsq(surface.T @ surface, surface.T @ y, rcond=None)[0]
    return float(max(0.0, np.maximum(fitted, 0).mean() - max(y.mean(), 0.0)))
