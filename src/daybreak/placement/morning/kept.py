"""A few families are others: how is a plan mended without making it anew?

A plan that was made is kept with its short lists, its prices and its bound. Families that are gone leave their spots;
new ones are looked up, take the best choice with room, and where there is none a chain is looked for. Everybody else
stays, unless a chain moves them: whoever has been told must not be among the kept.

1. Take the gone out; their gains leave the bound.
2. Find what fits the new ones, and their best choices at the prices that stand; their gains enter the bound.
3. Round the new ones, then chains for those left out.
"""

from typing import NamedTuple

import numpy as np

from daybreak.placement.morning import chains, fills
from daybreak.placement.morning.arrays import Floats, Households, Ints, Numbers, Sites
from daybreak.placement.morning.bound import value_bound
from daybreak.placement.morning.candidates import Edges, find_candidates
from daybreak.placement.morning.choices import Choices, choices_of
from daybreak.placement.morning.improving import plan_nearly_best
from daybreak.placement.morning.learning import choices_at, learn
from daybreak.placement.morning.market import Market, market_of, runs, some_households
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.reach import find_reach
from daybreak.placement.morning.rounding import round_plan
from daybreak.placement.morning.standing import plan_value
from daybreak.placement.morning.tally import Tally, take_out

LISTED = 40
MOST_OPENED, NEAR = 50, 20.0


class Kept(NamedTuple):
    """A plan in the making: its market, short lists, prices, what each household gains at most (H), and the bound.

    `reach` (units) says what each unit could gain by moving when the plan was made: the direction of later chains.
    """

    market: Market
    choices: Choices
    prices: Prices
    gains: Floats
    tally: Tally
    bound: float
    reach: Floats

    @property
    def value(self) -> float:
        """What the plan is worth."""
        return float(plan_value(self.market.households, self.market.edges, self.tally, self.market.owner)[0])


def keep(sites: Sites, households: Households, *, threads: int = 1) -> Kept:
    """Place one market by prices and mending, and keep all that later changes need."""
    market = market_of(sites, households, threads=threads)
    prices = learn(market)
    bound, gains = value_bound(
        market.sites, market.households, market.ages, market.edges, market.kinds, prices, threads=threads
    )
    choices = choices_at(market, prices, LISTED)
    tally = plan_nearly_best(market, choices, prices, gains, bound)
    return Kept(market, choices, prices, gains, tally, bound, _reach(market, choices, tally))


def change(kept: Kept, households: Households, rows: Numbers) -> Kept:
    """Return the plan with other households at `rows`; each has as many children as the one that was there."""
    market, choices = kept.market, kept.choices
    tally = kept.tally.copy()
    count = market.households.count
    for unit in np.concatenate([rows, count + runs(market.households.first, rows)]).tolist():
        if tally.edge[unit] >= 0:
            tally.written[0] = 0
            take_out(market.sites, market.households, market.edges, tally, market.owner, unit)
    ages = market.ages._replace(of_child=_classes(market, households))
    market = market._replace(households=households, ages=ages)
    new = some_households(households, rows)
    few = ages._replace(of_child=ages.of_child[runs(households.first, rows)])
    edges = find_candidates(market.sites, new, few)
    columns = (market.sites, new, few, edges, market.kinds)
    lists = choices_of(*columns, kept.prices, most=LISTED)
    _, gains_new = value_bound(*columns, kept.prices)
    gains = kept.gains.copy()
    bound = kept.bound - float(gains[rows].sum()) + float(gains_new.sum())
    gains[rows] = gains_new
    market = market._replace(edges=_appended(market.edges, edges))
    choices = _with_new(choices, lists, rows, households, begun=len(market.edges.site) - edges.count)
    line = rows[np.argsort(households.turn[rows])]
    where = (market.sites, households, market.edges, choices, tally, market.owner)
    for within in (20.0, 1e9):
        round_plan(*where, line, within)
    reach = kept.reach.copy()
    units = np.concatenate([line, count + runs(households.first, line)])
    reach[units] = _hopes(choices, units)
    _mend(where, line, reach)
    return Kept(market, choices, kept.prices, gains, tally, bound, reach)


def _mend(where: tuple[Sites, Households, Edges, Choices, Tally, Numbers], line: Numbers, reach: Floats) -> None:
    """Chains for those of the new who found no room."""
    sites, households, edges, choices, tally, owner = where
    out = line[tally.edge[line] < 0]
    alone = out[(np.diff(households.first)[out] > 1) & ~households.together[out]]
    units = np.concatenate([out, households.count + runs(households.first, alone)])
    hopeful = np.diff(choices.first)[units] > 0
    units = units[hopeful]
    if len(units):
        work = chains.workspace(len(owner), sites.count, 4000)
        # A new measure of the whole town would take longer than these few searches.
        work[6][:] = reach
        chains.weigh_moves(households, edges, tally, owner, work)
        turned = fills.by_site(sites.count, edges, choices)
        chains.place_the_rest(*where, turned, units, MOST_OPENED, NEAR, work, len(units))


def _reach(market: Market, choices: Choices, tally: Tally) -> Floats:
    """What each unit of a plan could gain by moving."""
    sites = market.sites
    reach, turned = np.zeros(len(market.owner)), fills.by_site(sites.count, market.edges, choices)
    away = (np.empty(len(sites.room_from)), np.empty(sites.count))
    find_reach(sites, market.households, market.edges, choices, tally, market.owner, turned, *away, reach)
    return reach


def _hopes(choices: Choices, units: Numbers) -> Floats:
    """What units without a place gain at most at the prices; at least 0, for going without."""
    first = choices.first[units]
    best = np.append(choices.priced, np.zeros(1, np.float32))[first].astype(np.float64)
    hopes: Floats = np.where(choices.first[units + 1] > first, np.maximum(best, 0.0), 0.0)
    return hopes


def _classes(market: Market, households: Households) -> Ints:
    """The age class of each child among those of the market: the last one whose age is not above the child's."""
    sites = market.sites
    limits = np.unique(np.concatenate([sites.room_from, sites.room_until]))
    known = np.searchsorted(limits, market.ages.months, side="right")
    order = np.argsort(known)
    found = np.searchsorted(known[order], np.searchsorted(limits, households.months, side="right"))
    classes: Ints = order[np.minimum(found, len(order) - 1)].astype(np.int32)
    return classes


def _appended(edges: Edges, more: Edges) -> Edges:
    """Edges with others behind them; those that nobody lists any more stay where they are."""
    return Edges(
        edges.first,
        np.concatenate([edges.site, more.site]),
        np.concatenate([edges.minutes, more.minutes]),
        np.concatenate([edges.flags, more.flags]),
        np.concatenate([edges.touched, more.touched]) if len(edges.touched) > 1 else edges.touched,
    )


def _with_new(choices: Choices, lists: Choices, rows: Numbers, households: Households, *, begun: int) -> Choices:
    """The lists of all units, those of the new households in the place of the old."""
    units = np.concatenate([rows, households.count + runs(households.first, rows)])
    counts = np.diff(choices.first)
    kept = np.ones(len(counts), np.bool_)
    kept[units] = False
    counts[units] = np.diff(lists.first)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    edge, priced = np.empty(first[-1], np.int64), np.empty(first[-1], np.float32)
    old, new = np.flatnonzero(kept), units
    to = runs(first, old)
    since = runs(choices.first, old)
    edge[to], priced[to] = choices.edge[since], choices.priced[since]
    to = runs(first, new)
    edge[to], priced[to] = lists.edge + begun, lists.priced
    return Choices(first, edge, priced)
