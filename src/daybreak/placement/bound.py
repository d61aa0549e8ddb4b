"""How good could any plan for this morning be? A bound that holds whoever makes the plan.

Put any price of at least 0 on each spot and let every household, alone, take what is best for it at these prices, as if
spots never ran out. No plan is worth more than what the households gain that way plus what all spots are priced at:
in a real plan nobody gains more than its best, and no more spots are paid for than there are. So the bound needs no
trust in how prices were found; better prices only make it tighter.

1. List what each household may take, over all places that fit: whole at one site, or its children one by one.
2. Move prices toward what too many want and away from what nobody wants, with choices softened at first.
3. Add up the exact best choices and the priced spots, every few passes; the least sum is the bound.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.placement.market import Market
from daybreak.placement.offers import Offers, offers_of
from daybreak.placement.ranking import WORTH

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

WORK = 100_000_000
"""Pairs of child and site to look at in all passes together: several seconds of work for a large morning."""

MOST_PASSES, FEWEST_PASSES, LOOK_EVERY = 300, 60, 10
FIRST_STEP, LAST_STEP = 400.0, 10.0
FIRST_SOFTNESS, LAST_SOFTNESS = 200.0, 3.0
"""Minutes by which a price moves per pass, and by which a choice may be worse and still draw demand."""


@dataclass(frozen=True)
class Bound:
    """No plan for the morning is worth more than `value`, proven by `prices` (minutes per spot, by resource)."""

    value: float
    prices: Floats


def value_bound(
    market: Market, worth: Sequence[float] = WORTH, *, prices: Floats | None = None, passes: int | None = None
) -> Bound:
    """Return the least bound found in a number of passes (by default as many as take a few seconds).

    `worth` is minutes by priority; `prices`, when given, are where the search starts, one per resource and none
    negative. Raises ValueError for other prices.
    """
    offers = offers_of(market, worth)
    capacity, pairs = offers.resources.capacity, len(offers.pair_site)
    if passes is None:
        passes = int(np.clip(WORK // max(1, pairs), FEWEST_PASSES, MOST_PASSES))
    at = np.zeros(len(capacity)) if prices is None else prices.copy()
    if at.shape != capacity.shape or not (at >= 0).all():
        raise ValueError("A bound needs one price per resource, and no price below 0.")
    best = Bound(_exact(offers, at), at.copy())
    drift, spread = np.zeros_like(at), np.zeros_like(at)
    size = np.sqrt(np.maximum(capacity, 1.0))
    for turn in range(1, passes + 1):
        done = (turn - 1) / max(1, passes - 1)
        softness = FIRST_SOFTNESS * (LAST_SOFTNESS / FIRST_SOFTNESS) ** done
        slope = (capacity - _demand(offers, at, softness)) / size
        # Adam's two running means: a steady pull moves a price faster than a pull that changes sides.
        drift = 0.9 * drift + 0.1 * slope
        spread = 0.98 * spread + 0.02 * slope * slope
        step = FIRST_STEP * (LAST_STEP / FIRST_STEP) ** done / (1 - 0.9**turn)
        at = np.maximum(0.0, at - step * drift / (np.sqrt(spread / (1 - 0.98**turn)) + 0.01))
        if turn % LOOK_EVERY == 0 or turn == passes:
            value = _exact(offers, at)
            if value < best.value:
                best = Bound(value, at.copy())
    return best


def _exact(offers: Offers, prices: Floats) -> float:
    """The bound at these prices, with every household's exact best choice."""
    pair_price, _ = offers.cheapest_rooms(prices)
    single = _best(offers.single_values(pair_price, prices), offers.single_first)
    values = offers.choice_values(offers.whole_values(pair_price, prices), single)
    gained = _best(values, offers.choice_first).sum()
    return float(gained + offers.resources.capacity @ prices)


def _demand(offers: Offers, prices: Floats, softness: float) -> Floats:
    """How many of each resource the households want at these prices, when near-equal choices share the demand."""
    pair_price, room = offers.cheapest_rooms(prices)
    single, single_share = _soften(offers.single_values(pair_price, prices), offers.single_first, softness)
    values = offers.choice_values(offers.whole_values(pair_price, prices), single)
    _, share = _soften(values, offers.choice_first, softness)
    return offers.wanted(share, single_share, room)


def _best(values: Floats, first: Ints) -> Floats:
    """The greatest value of each run."""
    return np.maximum.reduceat(values, first) if len(first) else np.zeros(0)


def _soften(values: Floats, first: Ints, softness: float) -> tuple[Floats, Floats]:
    """Return the soft maximum of each run of values, and the share of each value in it."""
    if not len(first):
        return np.zeros(0), np.zeros(0)
    owner = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(values))))
    top = np.maximum.reduceat(values, first)
    weight = np.exp((values - top[owner]) / softness)
    total = np.add.reduceat(weight, first)
    return top + softness * np.log(total), weight / total[owner]
