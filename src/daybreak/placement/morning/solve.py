"""A whole morning, placed: from columns to a plan, its prices, and a value that no plan exceeds.

1. Markets that no family joins are placed apart, side by side (apart.py).
2. Find every place that fits (candidates.py).
3. Learn prices (learning.py) and prove a bound at them, over all places that fit (prices.py).
4. Round, and mend what falls short (improving.py).
5. A small market exactly; in a larger one settle what prices leave undecided (exact.py).
6. Nobody stays without a place that is free (finishing.py).
"""

from dataclasses import dataclass
from enum import StrEnum

import joblib
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.apart import markets_apart
from daybreak.placement.morning.arrays import Floats, Households, Numbers, Sites
from daybreak.placement.morning.bound import value_bound
from daybreak.placement.morning.exact import place_exactly, settle
from daybreak.placement.morning.finishing import give_what_is_free
from daybreak.placement.morning.first_come import Places, first_come
from daybreak.placement.morning.improving import improve, plan_nearly_best
from daybreak.placement.morning.learning import choices_at, learn
from daybreak.placement.morning.market import Market, market_of, runs, some_households, some_sites
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.standing import plan_value
from daybreak.placement.morning.tally import Tally

LISTED = 40
"""Choices of a unit that rounding and mending look at."""
EXACT_CHILDREN = 2_000
"""Markets up to this size are solved exactly."""
SETTLED_CHILDREN, UNSETTLED_GAP = 20_000, 0.0015
"""Markets up to this size that are farther from their bound have what is undecided settled by an integer program."""
EXACT_SECONDS, SETTLE_SECONDS, INSISTED_SECONDS = 60.0, 20.0, 600.0


class Effort(StrEnum):
    """How far to go: without integer programs but for small markets, as far as seconds allow, or for minutes."""

    QUICK = "quick"
    USUAL = "usual"
    EXACT = "exact"


@dataclass(frozen=True)
class Solved:
    """A plan: the site and the room (C) of each child, or -1; a caregiver has no room.

    `value` and `bound` are minutes; `prices` prove the bound, and start the next morning much like this one. `proven`
    says that no plan is worth more.
    """

    site: npt.NDArray[np.int32]
    room: Numbers
    prices: Prices
    value: float
    bound: float
    proven: bool


def place(
    sites: Sites,
    households: Households,
    *,
    start: Prices | None = None,
    effort: Effort = Effort.USUAL,
    threads: int = 1,
    at_once: int | None = None,
) -> Solved:
    """Place a morning; `start` are prices of a morning much like it, with the same sites and rooms.

    `at_once` markets are placed side by side, as many as threads if nothing is said; joblib's `parallel_config` may
    send them to other machines. The same columns give the same plan, except where an integer program runs out of time.
    """
    markets = markets_apart(sites, households)
    if len(markets) == 1:
        return place_market(market_of(sites, households, threads=threads), start=start, effort=effort)
    beside = min(at_once or threads, len(markets))
    solved = joblib.Parallel(n_jobs=beside, prefer="threads")(
        joblib.delayed(_place_apart)(sites, households, some, families, start, effort) for some, families in markets
    )
    return _joined(sites, households, markets, solved)


def bound_of(sites: Sites, households: Households, *, threads: int = 1) -> float:
    """Return a value that no plan of a morning exceeds, without making one; small markets are solved for it."""
    total = 0.0
    for some, families in markets_apart(sites, households):
        market = market_of(some_sites(sites, some), some_households(households, families), threads=threads)
        if market.households.children <= EXACT_CHILDREN:
            total += place_market(market).bound
            continue
        columns = (market.sites, market.households, market.ages, market.edges, market.kinds)
        total += value_bound(*columns, learn(market), threads=threads)[0]
    return total


def place_first_come(sites: Sites, households: Households, *, threads: int = 1) -> Places:
    """Place a morning first come, first served, market by market."""
    site, room = np.full(households.children, -1, np.int32), np.full(households.children, -1, np.int32)
    for some, families in markets_apart(sites, households):
        market = market_of(some_sites(sites, some), some_households(households, families), threads=threads)
        part = first_come(market.sites, market.households, market.ages, market.edges)
        children, rooms = runs(households.first, families), runs(sites.room_first, some)
        site[children] = np.where(part.site >= 0, np.append(some, -1)[part.site], -1)
        room[children] = np.where(part.room >= 0, np.append(rooms, -1)[part.room], -1)
    return Places(site, room)


def place_market(market: Market, *, start: Prices | None = None, effort: Effort = Effort.USUAL) -> Solved:
    """Place one market."""
    prices = learn(market, start)
    columns = (market.sites, market.households, market.ages, market.edges, market.kinds)
    bound, gains = value_bound(*columns, prices, threads=market.threads)
    choices = choices_at(market, prices, LISTED)
    tally = plan_nearly_best(market, choices, prices, gains, bound)
    proven = False
    if market.households.children <= EXACT_CHILDREN or effort is Effort.EXACT:
        seconds = INSISTED_SECONDS if effort is Effort.EXACT else EXACT_SECONDS
        tally, found, proven = place_exactly(market, tally, seconds=seconds)
        bound = min(bound, found)
    elif effort is Effort.USUAL and _is_unsettled(market, tally, bound):
        tally = settle(market, choices, gains, tally, seconds=SETTLE_SECONDS)
        improve(market, choices, prices, gains, bound, tally, nears=(1.0,))
    line = np.argsort(market.households.turn)
    give_what_is_free(market.sites, market.households, market.edges, tally, market.owner, line)
    value = _value(market, tally)
    site, room = where_of(market, tally)
    return Solved(site, room, prices, value, max(bound, value), proven)


def _is_unsettled(market: Market, tally: Tally, bound: float) -> bool:
    small = market.households.children <= SETTLED_CHILDREN
    return small and _value(market, tally) < bound * (1 - UNSETTLED_GAP)


def _value(market: Market, tally: Tally) -> float:
    return float(plan_value(market.households, market.edges, tally, market.owner)[0])


def where_of(market: Market, tally: Tally) -> tuple[npt.NDArray[np.int32], Numbers]:
    """The site and the room (C) of each child in a plan in the making, or -1."""
    count = market.households.count
    whole = tally.edge[market.owner[count:]]
    edge = np.where(whole >= 0, whole, tally.edge[count:])
    site = np.full(len(edge), -1, dtype=np.int32)
    site[edge >= 0] = market.edges.site[edge[edge >= 0]]
    room = np.full(len(edge), -1, dtype=np.int64)
    with_room = (site >= 0) & ~np.append(market.sites.in_home, True)[site]
    room[with_room] = tally.room[with_room]
    return site, room


def _place_apart(
    sites: Sites, households: Households, some: Numbers, families: Numbers, start: Prices | None, effort: Effort
) -> Solved:
    if start is not None:
        start = Prices(start.room[runs(sites.room_first, some)], start.site[some])
    market = market_of(some_sites(sites, some), some_households(households, families))
    return place_market(market, start=start, effort=effort)


def _joined(
    sites: Sites, households: Households, markets: list[tuple[Numbers, Numbers]], solved: list[Solved]
) -> Solved:
    site = np.full(households.children, -1, dtype=np.int32)
    room = np.full(households.children, -1, dtype=np.int64)
    prices = Prices(np.zeros(sites.room_spots.shape), np.zeros(sites.spots.shape))
    for (some, families), part in zip(markets, solved, strict=True):
        children, rooms = runs(households.first, families), runs(sites.room_first, some)
        site[children] = np.where(part.site >= 0, np.append(some, -1)[part.site], -1)
        room[children] = np.where(part.room >= 0, np.append(rooms, -1)[part.room], -1)
        prices.room[rooms], prices.site[some] = part.prices.room, part.prices.site
    values: Floats = np.array([(part.value, part.bound) for part in solved]).reshape(-1, 2).sum(axis=0)
    return Solved(site, room, prices, float(values[0]), float(values[1]), all(part.proven for part in solved))
