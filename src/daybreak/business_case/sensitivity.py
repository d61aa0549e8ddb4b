"""What decides the answer? Swings, break-even values, shares of the variance, and what knowing more would be worth.

- A swing moves one input from its 5 to its 95 percent point, all others at their medians.
- A break-even value is where the net value is 0, all others at their medians; all inputs are bisected together.
- Shares of the variance (Sobol) need inputs that do not go together, so correlations are left out there: the
  first-order share is what an input explains alone (Saltelli 2010), the total share what is lost when it is known
  (Jansen 1999).
- The value of knowing an input is what a decision made after learning it gains over one made now (EVPPI): draws are cut
  into bins of equal probability along the input, and in each bin the better of yes and no is taken. For several inputs
  learned together a surface of their squares, products and cubes is fitted to the net value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from daybreak.business_case.accounts import Figures, flows, net_value
from daybreak.business_case.drawing import drawn, figures_at, limits_of, quantities_of, uncertain
from daybreak.business_case.shapes import NORMAL, Z95
from daybreak.business_case.terms import Inputs, Kind, Law, Numbers

HALVINGS = 48
BINS = 64
SOBOL_DRAWS = 4096


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
    inputs: Inputs, law: Law, kinds: Mapping[str, Kind], worth: "Worth", rng: np.random.Generator
) -> tuple[Sensitivity, ...]:
    """Work out each uncertain input's part, the widest swing first."""
    keys = uncertain(inputs)
    if not keys:
        return ()
    low, high = swings(inputs, law, kinds, keys)
    even = break_even(inputs, law, kinds, keys)
    first, total = variance_shares(inputs, law, kinds, keys, rng)
    found = (
        Sensitivity(key, float(low[at]), float(high[at]), even[at], float(first[at]), float(total[at]), worth.of(key))
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
    a, b = (next(drawn(inputs, kinds, stream, SOBOL_DRAWS, correlations=()))[2] for stream in rng.spawn(2))
    at_a, at_b = (_net(inputs, law, x) for x in (a, b))
    exchanged = np.array([_net(inputs, law, {**a, key: b[key]}) for key in keys])
    variance = np.concatenate((at_a, at_b)).var()
    if variance == 0:
        return np.zeros(len(keys)), np.zeros(len(keys))
    first = (at_b * (exchanged - at_a)).mean(axis=1) / variance
    total = ((at_a - exchanged) ** 2).mean(axis=1) / (2 * variance)
    return np.clip(first, 0, 1), np.clip(total, 0, None)


class Worth:
    """What knowing one input would be worth: sums of the net value in bins of equal probability along each input."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._counts = {key: np.zeros(BINS) for key in keys}
        self._sums = {key: np.zeros(BINS) for key in keys}

    def add(self, z: Mapping[str, Numbers], net: Numbers) -> None:
        """Take in a block of draws."""
        for key, counts in self._counts.items():
            bins = CELLS[np.clip((z[key] + 4) * 1024 + 0.5, 0, 8192).astype(np.intp)]
            counts += np.bincount(bins, minlength=BINS)
            self._sums[key] += np.bincount(bins, weights=net, minlength=BINS)

    def of(self, key: str) -> float:
        """What knowing this input gains over deciding now."""
        sums, draws = self._sums[key], self._counts[key].sum()
        return float(max(0.0, (np.maximum(sums, 0).sum() - max(sums.sum(), 0.0)) / draws))


CELLS = np.searchsorted([NORMAL.inv_cdf(at / BINS) for at in range(1, BINS)], np.linspace(-4, 4, 8193))
"""The bin of a normal number by a fine table: quicker than a search, and wrong only within a cell."""


def knowing(kinds: Mapping[str, Kind], z: Mapping[str, Numbers], net: Numbers) -> Knowing:
    """What it is worth to know everything, and what a pilot, quotes and records tell; `z` may be of the first draws."""
    now = max(float(net.mean()), 0.0)
    some = net[: min(column.size for column in z.values())] if z else net

    def by(way: str) -> float:
        return worth_together([z[key] for key in z if key in kinds and kinds[key].learned_by == way], some)

    everything = float(np.maximum(net, 0).mean()) - now
    return Knowing(everything, *(min(everything, by(way)) for way in ("pilot", "quote", "records")))


def worth_together(columns: Sequence[Numbers], net: Numbers) -> float:
    """What knowing several inputs together is worth, by a surface of their normal numbers: squares, products, cubes."""
    if not columns:
        return 0.0
    pairs = [one * other for one, other in combinations_with_replacement(columns, 2)]
    cubes = [column * column * column for column in columns]
    surface = np.array([np.ones_like(net), *columns, *pairs, *cubes])
    # Not by the linear algebra library, whose sums depend on how many processors it finds.
    squares, weights = np.einsum("ik,jk->ij", surface, surface), np.einsum("ik,k->i", surface, net)
    fitted = np.einsum("i,ik->k", np.linalg.solve(squares, weights), surface)
    return float(max(0.0, np.maximum(fitted, 0).mean() - max(net.mean(), 0.0)))
