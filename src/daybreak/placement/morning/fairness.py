"""Can groups of families be placed at rates within a chosen distance of each other, and what does that cost?

Many plans are worth nearly the same, and which of them is found is an accident of ties. So fairness mostly costs
nothing: a part of the households of the group that is worse off is given a tenth of a minute, too little to cost a
place, enough to win ties; how large a part is found by bisection. Only where ties are not enough the advantage grows.

1. Place as usual; the rates are of coverable children, so that nobody is blamed for places that do not exist.
2. Give a part of the group with the lowest rate an advantage; place again from the same prices; bisect the part.
3. Of the plans within the distance keep the one that is worth most; if there is none, the nearest, and say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from daybreak.placement.morning.arrays import Bools, Households, Numbers, Sites
from daybreak.placement.morning.solve import Effort, Solved, place

ADVANTAGES = (0.1, 1.0, 10.0, 60.0, 300.0)
"""Minutes per child, from one that only wins ties to one that outweighs any way."""
HALVINGS = 6


@dataclass(frozen=True)
class Fair:
    """A plan with the rate of each group, and beside it the plan that looked at value alone.

    `spread` is the distance between the highest and the lowest rate, in points of a hundred; `within` says whether it
    is what was asked for. `cost` is how many children fewer are placed than without fairness.
    """

    solved: Solved
    rates: tuple[float, ...]
    spread: float
    within: bool
    cost: int
    plain_rates: tuple[float, ...]


def place_fairly(
    sites: Sites, households: Households, group: Numbers, coverable: Bools, *, points: float, threads: int = 1
) -> Fair:
    """Place a morning so that the rates of its groups are within `points` of each other where that can be.

    `group` (H) numbers the group of each household, `coverable` (C) says for whom anything can be done.
    """
    plain = place(sites, households, threads=threads)
    best = _Tried(plain, *_rates(households, group, coverable, plain))
    first = best
    for advantage in ADVANTAGES:
        if best.spread <= points:
            break
        low, high = 0.0, 1.0
        for turn in range(HALVINGS):
            part = 1.0 if turn == 0 else (low + high) / 2
            favored = _favored(group, int(np.argmin(first.rates)), part)
            given = households._replace(worth=households.worth + advantage * favored)
            made = place(sites, given, start=plain.prices, effort=Effort.QUICK, threads=threads)
            tried = _Tried(made, *_rates(households, group, coverable, made))
            best = _better(best, tried, points)
            # Past the middle when another group is now the one that is worse off.
            over = int(np.argmin(tried.rates)) != int(np.argmin(first.rates))
            if turn == 0 and not over and tried.spread > points:
                break
            low, high = (low, part) if over else (part, high)
            if tried.spread <= points:
                break
    placed = int((best.solved.site >= 0).sum())
    return Fair(
        solved=best.solved,
        rates=tuple(best.rates),
        spread=best.spread,
        within=best.spread <= points,
        cost=int((plain.site >= 0).sum()) - placed,
        plain_rates=tuple(first.rates),
    )


@dataclass(frozen=True)
class _Tried:
    solved: Solved
    rates: Sequence[float]
    spread: float


def _better(one: _Tried, other: _Tried, points: float) -> _Tried:
    """Within the distance, whoever places more; else whoever is nearer to it."""
    if one.spread <= points and other.spread <= points:
        return other if (other.solved.site >= 0).sum() > (one.solved.site >= 0).sum() else one
    return other if other.spread < one.spread else one


def _rates(households: Households, group: Numbers, coverable: Bools, solved: Solved) -> tuple[list[float], float]:
    of_child = np.repeat(group, np.diff(households.first))
    could = np.bincount(of_child[coverable], minlength=int(group.max(initial=0)) + 1)
    did = np.bincount(of_child[solved.site >= 0], minlength=len(could))
    rates = [float(a / b) if b else 1.0 for a, b in zip(did, could, strict=True)]
    known = [rate for rate, count in zip(rates, could, strict=True) if count]
    return rates, 100 * (max(known) - min(known)) if known else 0.0


def _favored(group: Numbers, worst: int, part: float) -> Bools:
    """A part of one group's households, spread evenly over the file; larger parts hold the smaller ones."""
    spread = (np.arange(len(group)) * 0.6180339887) % 1.0
    favored: Bools = (group == worst) & (spread < part)
    return favored
