"""How far does the best known method get in the minutes given, so that what is left to win is known?

Two ways, each with that time: HiGHS on the whole integer program from nothing, where it is small enough to be written
down; and our own plan, in which HiGHS settles again and again what prices leave undecided, until nothing is gained.
"""

from collections.abc import Iterator
from time import perf_counter

from daybreak.bench.arms import Means, Round
from daybreak.bench.town import Town
from daybreak.placement.morning.bound import value_bound
from daybreak.placement.morning.exact import place_exactly, settle
from daybreak.placement.morning.improving import improve, plan_nearly_best
from daybreak.placement.morning.learning import choices_at, learn
from daybreak.placement.morning.market import Market, market_of
from daybreak.placement.morning.solve import LISTED
from daybreak.placement.morning.standing import plan_value
from daybreak.placement.morning.tally import Tally, nobody_placed

WHOLE_UP_TO = 20_000
"""Children up to which the whole program is tried; beyond, writing it down alone takes many gigabytes."""


def best_known(town: Town, _: Town, means: Means) -> Iterator[Round]:
    """Report both ways: children placed, value, what no plan exceeds, and seconds."""
    while True:
        market = market_of(town.sites, town.households, threads=means.threads)
        found: Round = {"minutes": means.seconds / 60, "settled": _settled(market, means.seconds)}
        if town.households.children <= WHOLE_UP_TO:
            found["whole_program"] = _whole_program(market, means.seconds)
        yield found


def _whole_program(market: Market, seconds: float) -> Round:
    began = perf_counter()
    nobody = nobody_placed(market.sites, market.households)
    tally, bound, proven = place_exactly(market, nobody, seconds=seconds)
    return _said(market, tally, bound, began) | {"proven": proven}


def _settled(market: Market, seconds: float) -> Round:
    began = perf_counter()
    prices = learn(market, None)
    columns = (market.sites, market.households, market.ages, market.edges, market.kinds)
    bound, gains = value_bound(*columns, prices, threads=market.threads)
    choices = choices_at(market, prices, LISTED)
    tally = plan_nearly_best(market, choices, prices, gains, bound)
    before, rounds = -1.0, 0
    while (left := seconds - (perf_counter() - began)) > 1:
        value = _value(market, tally)[0]
        if value <= before:
            break
        before, rounds = value, rounds + 1
        tally = settle(market, choices, gains, tally, seconds=left)
        improve(market, choices, prices, gains, bound, tally)
    return _said(market, tally, bound, began) | {"rounds": rounds}


def _value(market: Market, tally: Tally) -> tuple[float, int]:
    value, placed = plan_value(market.households, market.edges, tally, market.owner)
    return float(value), int(placed)


def _said(market: Market, tally: Tally, bound: float, began: float) -> Round:
    took = perf_counter() - began
    value, placed = _value(market, tally)
    bound = max(bound, value)
    return {
        "placed": placed,
        "value": value,
        "value_bound": bound,
        "gap": (bound - value) / bound if bound else 0.0,
        "seconds": round(took, 1),
    }
