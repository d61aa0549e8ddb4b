"""A whole morning, placed: from columns to a plan, its prices, and a value that no plan exceeds.

1. Find every place that fits (candidates.py).
2. Learn prices: on a part of the households when there are many, then on each household's short list (prices.py).
3. Prove a bound at these prices, over all places that fit.
4. Round: households take what is nearly best for them (rounding.py), in several orders; the best is kept.
5. Improve: chains from families without a place, from free spots, and from spots that others would pay more for.
6. Small markets exactly; what is left undecided in larger ones by a small integer program (exact.py).
7. Nobody stays without a place that is free.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning import chains, fills, rounding
from daybreak.placement.morning.ages import Ages, ages_of
from daybreak.placement.morning.arrays import Floats, Households, Sites
from daybreak.placement.morning.candidates import Edges, find_candidates
from daybreak.placement.morning.choices import Choices, choices_of
from daybreak.placement.morning.prices import (
    COLD,
    WARM,
    Course,
    Kinds,
    Prices,
    begin,
    descend,
    kinds_of,
    price_table,
    prices_at,
    site_limits,
    value_bound,
)
from daybreak.placement.morning.standing import plan_value, regrets, unpaid
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.morning.tally import Tally, nobody_placed, owners

Rows = npt.NDArray[np.int64]
LISTED = 40
"""Choices of a unit that rounding and chains look at."""
RANDOM = 24
SAMPLE_EDGES = 2_500_000
"""So many edges are looked at per pass while prices are still far off; a part of the households stands for all."""


class Market(NamedTuple):
    """What the steps share: the columns, every edge, the kinds of spots, the owner of each unit, the limits of sites."""

    sites: Sites
    households: Households
    ages: Ages
    edges: Edges
    kinds: Kinds
    owner: Rows
    limits: Floats
    threads: int


@dataclass(frozen=True)
class Solved:
    """A plan: the site (C,) and room (C,) of each child, or -1; a caregiver has no room.

    `value` and `bound` are minutes; `prices` prove the bound and start the next morning much like this one.
    """

    site: npt.NDArray[np.int32]
    room: Rows
    prices: Prices
    value: float
    bound: float


def market_of(sites: Sites, households: Households, *, threads: int = 1) -> Market:
    """Compile a morning: every place that fits, for everybody."""
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages, threads=threads)
    return Market(
        sites, households, ages, edges, kinds_of(edges, sites), owners(households), site_limits(sites), threads
    )


def place(sites: Sites, households: Households, *, start: Prices | None = None, threads: int = 1, seed: int = 0, log=None) -> Solved:
    """Place a morning."""
    import time
    t0 = time.process_time()
    def say(what):
        nonlocal t0
        if log is not None: log(what, time.process_time() - t0)
        t0 = time.process_time()
    market = market_of(sites, households, threads=threads)
    say('candidates')
    prices = learn(market, start, seed)
    say('prices')
    bound, gains = bound_of(market, prices)
    say('bound')
    choices = _choices(market, prices, LISTED)
    say('choices')
    tally = round_best(market, choices, log)
    say('round'); v0=plan_value(households, market.edges, tally, market.owner); log and log('bound %.0f round %.0f placed %d gap %.3f'%(bound,v0[0],v0[1],100*(1-v0[0]/bound)),0)
    improve(market, choices, prices, gains, tally, log=log)
    say('improve')
    value, _ = plan_value(households, market.edges, tally, market.owner)
    site, room = _where(market, tally)
    return Solved(site, room, prices, value, max(bound, value))


def learn(market: Market, start: Prices | None, seed: int) -> Prices:
    """Learn prices, from given ones in few passes or from none."""
    if start is not None:
        return _descend(market, begin(market.sites, start), ((40, LISTED), (100, 32)), WARM)
    descent = begin(market.sites)
    if market.edges.count > 2 * SAMPLE_EDGES:
        share = SAMPLE_EDGES / market.edges.count
        picked = np.random.default_rng(seed).random(market.households.count) < share
        few = _part(market, np.flatnonzero(picked))
        descent = descend(few.sites, few.households, few.ages, few.edges, few.kinds, descent,
                          until=110, passes=350, course=COLD, share=float(few.households.children / market.households.children), threads=market.threads)
        return _descend(market, descent, ((150, LISTED), (200, 32), (260, 32), (350, 32)), COLD)
    descent = descend(market.sites, market.households, market.ages, market.edges, market.kinds, descent,
                      until=80, passes=350, course=COLD, threads=market.threads)
    return _descend(market, descent, ((130, LISTED), (190, 32), (250, 32), (350, 32)), COLD)


def _descend(market: Market, descent, legs, course: Course) -> Prices:
    for until, listed in legs:
        choices = _choices(market, prices_at(market.sites, descent), listed)
        keep = np.zeros(market.edges.count, dtype=np.bool_)
        keep[choices.edge] = True
        keep[_some(market.edges, RANDOM, until)] = True
        short = _kept(market.edges, keep)
        descent = descend(market.sites, market.households, market.ages, short, market.kinds, descent,
                          until=until, passes=legs[-1][0], course=course, threads=market.threads)
    return prices_at(market.sites, descent)


def _some(edges: Edges, most: int, seed: int) -> Rows:
    """Every so many edges of each household, about `most` of them."""
    degree = np.diff(edges.first)
    stride = np.maximum(1.0, degree / most)
    offset = np.random.default_rng(seed).random(len(degree)) * stride
    steps = np.arange(most)
    at = (offset[:, None] + steps * stride[:, None]).astype(np.int64)
    return (edges.first[:-1, None] + at)[at < degree[:, None]]


def _choices(market: Market, prices: Prices, most: int) -> Choices:
    return choices_of(market.sites, market.households, market.ages, market.edges, market.kinds, prices, most=most, threads=market.threads)


def bound_of(market: Market, prices: Prices):
    return value_bound(market.sites, market.households, market.ages, market.edges, market.kinds, prices, threads=market.threads)


def _kept(edges: Edges, keep) -> Edges:
    at = np.flatnonzero(keep)
    first = np.searchsorted(at, edges.first)
    return Edges(first.astype(np.int64), edges.site[at], edges.minutes[at], edges.flags[at], edges.touched[at] if len(edges.touched) > 1 else edges.touched)


def _part(market: Market, picked: Rows) -> Market:
    """The same market with some of its households."""
    whole, edges = market.households, market.edges
    children = _runs(whole.first, picked)
    at = _runs(edges.first, picked)
    households = Households(
        *(getattr(whole, name)[picked] for name in ("home", "work", "most_detour", "together", "worth", "turn")),
        np.concatenate([[0], np.cumsum(np.diff(whole.first)[picked])]).astype(np.int64),
        *(getattr(whole, name)[children] for name in ("months", "needs", "since", "until")),
    )
    part = Edges(
        np.concatenate([[0], np.cumsum(np.diff(edges.first)[picked])]).astype(np.int64),
        edges.site[at], edges.minutes[at], edges.flags[at], edges.touched[at] if len(edges.touched) > 1 else edges.touched,
    )
    return market._replace(households=households, edges=part, ages=market.ages._replace(of_child=market.ages.of_child[children]), owner=owners(households))


def _runs(first, picked):
    counts = np.diff(first)[picked]
    begun = np.repeat(first[:-1][picked] - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    return begun + np.arange(counts.sum())


def round_best(market: Market, choices: Choices, log=None) -> Tally:
    """Round in several orders and keep the plan that is worth most."""
    households = market.households
    size = np.diff(households.first)
    count = households.count
    first, degree = choices.first[:count], np.diff(choices.first[: count + 1])
    padded = np.append(choices.priced, np.zeros(2, np.float32))
    best = np.where(degree > 0, padded[first], -1e9)
    second = np.where(degree > 1, padded[first + 1], 0.0)
    regret = best - np.maximum(second, 0)
    orders = (
        np.lexsort((households.turn, -regret, -size, -households.worth)),
        np.lexsort((households.turn, -size, -households.worth)),
        np.lexsort((households.turn, -regret, -size)),
    )
    ways = [(line, slack) for line in orders for slack in (20.0, 60.0)]

    def look(since: int, until: int) -> list[tuple[float, Tally]]:
        found = []
        for line, slack in ways[since:until]:
            tally = nobody_placed(market.sites, households)
            for within in (slack, 1e9):
                rounding.round_plan(market.sites, households, market.edges, choices, tally, market.owner, line, np.float32(within))
            found.append((plan_value(households, market.edges, tally, market.owner)[0], tally))
        return found

    rounded = [one for part in in_parts(look, len(ways), market.threads) for one in part]
    return max(rounded, key=lambda one: one[0])[1]


def improve(market: Market, choices: Choices, prices: Prices, gains: Floats, tally: Tally, rounds: int = 2, log=None) -> None:
    """Chains until they gain little."""
    sites, households, edges, owner = market.sites, market.households, market.edges, market.owner
    count = households.count
    size = np.diff(households.first)
    table, _ = price_table(sites, market.ages, market.kinds.combos, prices.room, prices.site)
    turned = fills.by_site(sites.count, edges, choices)
    work = chains.workspace(len(owner), 4000)
    import time
    for near in (5.0, 1.0)[:rounds]:
        a = time.process_time()
        before, _ = plan_value(households, edges, tally, owner)
        regret = regrets(households, market.ages.of_child, edges, market.kinds, table, tally, owner, gains)
        left_out = np.flatnonzero(regret > 10)
        left_out = left_out[tally.edge[left_out] < 0]
        left_out = left_out[np.lexsort((-regret[left_out], -size[left_out]))]
        lone = left_out[(size[left_out] > 1) & ~households.together[left_out]]
        units = np.concatenate([left_out, count + _runs(households.first, lone)])
        g1 = chains.place_the_rest(sites, households, edges, choices, tally, owner, turned, units, 60, near, work)
        b = time.process_time()
        free = unpaid(sites, market.limits, prices, tally)
        roots = np.flatnonzero(free > 5)
        g2 = fills.fill_spots(sites, households, edges, choices, tally, owner, turned, roots[np.argsort(-free[roots])], 20, near, work)
        c = time.process_time()
        regret = regrets(households, market.ages.of_child, edges, market.kinds, table, tally, owner, gains)
        placed = np.flatnonzero((regret > 20) & (tally.edge[:count] >= 0))
        g3 = fills.give_way(sites, households, edges, choices, tally, owner, turned, placed[np.argsort(-regret[placed])], 12, near, work)
        d = time.process_time()
        after, _ = plan_value(households, edges, tally, owner)
        if log: log(f'  units {len(units)} {g1} {b-a:.3f} | roots {len(roots)} {g2} {c-b:.3f} | placed {len(placed)} {g3} {d-c:.3f} | value {after:.0f}', d-a)
        if after - before < 2e-5 * after:
            break


def _where(market: Market, tally: Tally):
    count = market.households.count
    of_child = np.where(tally.edge[market.owner[count:]] >= 0, tally.edge[market.owner[count:]], tally.edge[count:])
    site = np.where(of_child >= 0, market.edges.site[of_child], -1).astype(np.int32)
    room = np.where((site >= 0) & ~market.sites.in_home[site], tally.room, -1)
    return site, room
