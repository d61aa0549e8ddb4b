"""From prices to a plan that is nearly the best: rounded in several orders, then mended where it falls short.

1. Round in several orders, large families and high priorities first; go on with the plans that are worth most.
2. Chains from every family that has no place although it would gain by one.
3. Fill free spots that others would pay for.
4. Whoever holds a spot that others would pay much more for gives way, if that gains.
"""

import numpy as np

from daybreak.placement.morning import chains, fills
from daybreak.placement.morning.arrays import Floats, Numbers, Singles
from daybreak.placement.morning.choices import Choices
from daybreak.placement.morning.market import Market, runs
from daybreak.placement.morning.prices import Prices, price_table
from daybreak.placement.morning.rounding import round_plan
from daybreak.placement.morning.standing import plan_value, regrets, unpaid
from daybreak.placement.morning.tally import Tally, nobody_placed
from daybreak.placement.morning.threads import in_parts

NEAR_ENOUGH = (20.0, 60.0)
"""Minutes by which a choice may be worse than a household's best in the first pass of rounding."""
WORTH_A_CHAIN, WORTH_FILLING, WORTH_GIVING_WAY = 10.0, 5.0, 20.0
"""Minutes that must be at stake before a search begins."""
MOST_OPENED, MOST_FILLING, MOST_GIVING_WAY = 60, 20, 12
ENOUGH = 2e-5
"""A round of mending that gains a smaller part of the value is the last."""
NEAR_THE_BOUND = 0.0007
"""A plan that lacks a smaller part of the bound is good enough: what is still missing is mostly what no plan has."""
MENDED, MOST_MENDED, FAR_FROM_THE_BOUND = 2, 4, 0.001
"""Plans that are mended side by side, and in all while none comes near: which of them ends best is chance."""


def plan_nearly_best(market: Market, choices: Choices, prices: Prices, gains: Floats, bound: float) -> Tally:
    """Round in several orders, mend the most valuable plans side by side, and return the one that is then worth most.

    `gains` (H) and `bound` are those at `prices`.
    """
    ways = [(line, within) for line in _orders(market, choices) for within in NEAR_ENOUGH]

    def look(since: int, until: int) -> list[tuple[float, Tally]]:
        return [_rounded(market, choices, line, within) for line, within in ways[since:until]]

    def mend(since: int, until: int) -> list[tuple[float, Tally]]:
        return [(improve(market, choices, prices, gains, bound, tally), tally) for tally in best[since:until]]

    rounded = _worth_most([one for part in in_parts(look, len(ways), market.threads) for one in part])
    mended: list[tuple[float, Tally]] = []
    for first in range(0, MOST_MENDED, MENDED):
        best = [tally for _, tally in rounded[first : first + MENDED]]
        mended += [one for part in in_parts(mend, len(best), market.threads) for one in part]
        if _worth_most(mended)[0][0] > bound * (1 - FAR_FROM_THE_BOUND):
            break
    return _worth_most(mended)[0][1]


def _worth_most(plans: list[tuple[float, Tally]]) -> list[tuple[float, Tally]]:
    return sorted(plans, key=lambda one: -one[0])


def improve(
    market: Market,
    choices: Choices,
    prices: Prices,
    gains: Floats,
    bound: float,
    tally: Tally,
    *,
    nears: tuple[float, ...] = (5.0, 1.0),
) -> float:
    """Mend a plan until it is near its bound, in at most as many rounds as `nears` has numbers; return its value.

    A number of `nears` says how near to the best chain is good enough, in minutes.
    """
    sites, households, edges, owner = market.sites, market.households, market.edges, market.owner
    columns = (sites, households, edges, choices, tally, owner, fills.by_site(sites.count, edges, choices))
    table, _ = price_table(sites, market.ages, market.kinds.combos, prices.room, prices.site)
    work = chains.workspace(len(owner), sites.count, 4000)
    enough = bound * (1 - NEAR_THE_BOUND)

    def give_places(near: float) -> None:
        units = _left_out(market, tally, _regrets(market, table, tally, gains))
        chains.place_the_rest(*columns, units, MOST_OPENED, near, work, 0)

    def fill(near: float) -> None:
        free = unpaid(sites, market.limits, prices, tally)
        roots = np.flatnonzero(free > WORTH_FILLING)
        fills.fill_spots(*columns, roots[np.argsort(-free[roots])], MOST_FILLING, near, work)

    def make_way(near: float) -> None:
        regret = _regrets(market, table, tally, gains)
        placed = np.flatnonzero((regret > WORTH_GIVING_WAY) & (tally.edge[: households.count] >= 0))
        fills.give_way(*columns, placed[np.argsort(-regret[placed])], MOST_GIVING_WAY, near, work)

    value, _ = plan_value(households, edges, tally, owner)
    for near in nears:
        before = value
        for mend in (give_places, fill, make_way):
            if value < enough:
                mend(near)
                value, _ = plan_value(households, edges, tally, owner)
        if value - before < ENOUGH * value:
            break
    return float(value)


def _orders(market: Market, choices: Choices) -> tuple[Numbers, ...]:
    households = market.households
    size, count = np.diff(households.first), households.count
    first, degree = choices.first[:count], np.diff(choices.first[: count + 1])
    priced = np.append(choices.priced, np.zeros(2, np.float32))
    best, second = np.where(degree > 0, priced[first], -1e9), np.where(degree > 1, priced[first + 1], 0.0)
    regret = best - np.maximum(second, 0.0)
    return (
        np.lexsort((households.turn, -regret, -size, -households.worth)),
        np.lexsort((households.turn, -size, -households.worth)),
        np.lexsort((households.turn, -regret, -size)),
    )


def _rounded(market: Market, choices: Choices, line: Numbers, within: float) -> tuple[float, Tally]:
    tally = nobody_placed(market.sites, market.households)
    for slack in (within, 1e9):
        columns = (market.sites, market.households, market.edges, choices, tally, market.owner)
        round_plan(*columns, line, slack)
    return plan_value(market.households, market.edges, tally, market.owner)[0], tally


def _regrets(market: Market, table: Singles, tally: Tally, gains: Floats) -> Floats:
    columns = (market.households, market.ages.of_child, market.edges, market.kinds)
    found: Floats = regrets(*columns, table, tally, market.owner, gains)
    return found


def _left_out(market: Market, tally: Tally, regret: Floats) -> Numbers:
    """Units without a place that would gain by one, large families first; children alone come after households."""
    households = market.households
    size, count = np.diff(households.first), households.count
    out = np.flatnonzero((regret > WORTH_A_CHAIN) & (tally.edge[:count] < 0))
    out = out[np.lexsort((-regret[out], -size[out]))]
    parting = out[(size[out] > 1) & ~households.together[out]]
    return np.concatenate([out, count + runs(households.first, parting)])
