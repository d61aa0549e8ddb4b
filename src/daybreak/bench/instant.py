"""How many children get a place when each family is answered at once, beside a plan that knew the whole morning?

Every policy answers the same families in the same order on the same sites; only prices differ, and whether a family may
be left to the waiting line. A forecast is the households of other days drawn for the same town, and may expect too few
or too many. Hindsight is the whole-morning engine on the true day. Speed is measured request by request, place and
commit, in one process; and a long run of asks and releases in random order is followed by a second count.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, thread_time
from typing import Any

import numpy as np
import numpy.typing as npt

from daybreak.bench.machine import machine
from daybreak.bench.recount import Recount
from daybreak.bench.town import Town, draw_town
from daybreak.placement.morning.admit import admit, admit_line
from daybreak.placement.morning.arrays import Households
from daybreak.placement.morning.desk import (
    Decision,
    Desk,
    Ledger,
    Requests,
    desk_of,
    nothing_taken,
    release,
    requests_of,
)
from daybreak.placement.morning.market import some_households
from daybreak.placement.morning.prices import Prices, no_prices
from daybreak.placement.morning.reprice import joined, prices_ahead, prices_now, still_to_come
from daybreak.placement.morning.solve import place

WRONG = (0.5, 0.7, 0.85, 1.0, 1.15, 1.3, 1.5, 2.0)
"""Children expected per child who comes."""
DRAWN_DAYS = (1, 2, 3)
"""Other days of the same town that make up its forecast; day 0 is the true one."""
UPDATES = 60
"""How often a morning is priced again: as if every two minutes of two hours."""
NEAREST, AHEAD, LIVE = "nearest first", "forecast prices, may refuse", "live prices, may refuse"
RECOUNT_EVERY = 5_000
ROUNDS = 3

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Day:
    """A true morning, laid out: the desk, the requests, and the line in which they come."""

    town: Town
    desk: Desk
    requests: Requests
    line: Rows
    forecast: Households

    @property
    def size(self) -> Rows:
        """Children of each household."""
        return np.diff(self.town.households.first)


@dataclass(frozen=True)
class Outcome:
    """What a policy came to: children placed as their family came, and in all; value; households that had to wait."""

    at_once: int
    placed: int
    value: float
    waited: int


def run(
    *, children: int, tightness: float, seed: int, requests: int, say: Callable[[str], None] = lambda _: None
) -> dict[str, object]:
    """Measure policies, speed and correctness, and report as formats.md says; `say` is told what comes next."""
    say("Drawing a town and placing its whole morning in hindsight")
    day = day_of(children, tightness, seed)
    hindsight = place(day.town.sites, day.town.households)
    best = int((hindsight.site >= 0).sum())
    say("Learning prices from other days")
    forecasts = {wrong: _ahead(day, wrong) for wrong in WRONG}
    say("Answering by each policy")
    policies = {
        NEAREST: answer(day, no_prices(day.town.sites)),
        "forecast prices": answer(day, forecasts[1.0]),
        AHEAD: answer(day, forecasts[1.0], refuse=True),
        "live prices": answer_live(day, forecasts[1.0], 1.0, refuse=False),
        LIVE: answer_live(day, forecasts[1.0], 1.0, refuse=True),
        "hindsight prices": answer(day, hindsight.prices),
    }
    say("Answering with forecasts that are wrong")
    wrong = {str(factor): _with(day, prices, factor) for factor, prices in forecasts.items() if factor != 1.0}
    say("Measuring speed")
    pace = speed(day, forecasts[1.0])
    say("Asking and releasing in random order")
    nearest, ours, live = policies[NEAREST], policies[AHEAD], policies[LIVE]
    return {
        "what": "families answered one at a time, beside a plan that knew the whole morning",
        "n": children,
        "tightness": tightness,
        "seed": seed,
        "ours": {**_figures(ours, nearest, best), **pace, "live": _figures(live, nearest, best)},
        "baseline": {"name": "nearest first, the same requests in the same order", **_figures(nearest, nearest, best)},
        "ratio": {
            "placed": round(ours.placed / nearest.placed, 4),
            "placed_live": round(live.placed / nearest.placed, 4),
        },
        "hindsight": {"placed": best, "value": round(hindsight.value), "value_bound": round(hindsight.bound)},
        "policies": {name: _figures(found, nearest, best) for name, found in policies.items()},
        "forecast_times": {
            factor: {name: _figures(found, nearest, best) for name, found in row.items()}
            for factor, row in wrong.items()
        },
        "fuzz": fuzz(requests, seed),
        "machine": machine(),
    }


def table(found: dict[str, Any]) -> str:
    """The report as a page of text."""
    lines = [
        f"{found['n']:,} children, {found['tightness']} per spot, seed {found['seed']}; hindsight places "
        f"{found['hindsight']['placed']:,}.",
        "",
        f"{'':42}{'to hindsight':>14}{'at once':>10}{'waited':>10}{'to nearest':>12}",
    ]
    rows = dict(found["policies"])
    for factor, row in found["forecast_times"].items():
        rows |= {f"{name}, forecast x {factor}": figures for name, figures in row.items()}
    lines += [
        f"{name:42}{row['to_hindsight']:>14.4f}{row['placed_at_once']:>10,}{row['waited']:>10,}{row['to_nearest']:>12.4f}"
        for name, row in rows.items()
    ]
    ours, fuzzed = found["ours"], found["fuzz"]
    lines += [
        "",
        f"{ours['requests_per_second']:,} requests a second of one core; p50 {ours['p50_us']} us, "
        f"p99 {ours['p99_us']} us, longest {ours['max_us']} us.",
        f"{fuzzed['events']:,} asks and releases on {fuzzed['towns']} towns, every state counted twice: "
        f"{fuzzed['broken']} broken.",
    ]
    return "\n".join(lines)


def _with(day: Day, prices: Prices, factor: float) -> dict[str, Outcome]:
    return {
        "forecast prices": answer(day, prices),
        AHEAD: answer(day, prices, refuse=True),
        LIVE: answer_live(day, prices, factor, refuse=True),
    }


def _figures(found: Outcome, nearest: Outcome, best: int) -> dict[str, float]:
    return {
        "placed": found.placed,
        "placed_at_once": found.at_once,
        "to_hindsight": round(found.placed / best, 4),
        "to_nearest": round(found.placed / nearest.placed, 4),
        "value": round(found.value),
        "waited": found.waited,
    }


def day_of(children: int, tightness: float, seed: int) -> Day:
    town = draw_town(children, tightness, seed)
    desk = desk_of(town.sites)
    return Day(
        town=town,
        desk=desk,
        requests=requests_of(desk, town.households),
        line=np.argsort(town.households.turn).astype(np.int64),
        forecast=joined([draw_town(children, tightness, seed, day=day).households for day in DRAWN_DAYS]),
    )


def _ahead(day: Day, wrong: float) -> Prices:
    """Prices from a forecast that expects `wrong` children for each who comes."""
    return prices_ahead(day.town.sites, day.forecast, days=len(DRAWN_DAYS) / wrong)


def answer(day: Day, prices: Prices, *, refuse: bool = False) -> Outcome:
    """Answer everybody at fixed prices; whoever was refused gets what is left at the end."""
    ledger = nothing_taken(day.desk)
    at_once, value, waiting = _answer(day, ledger, day.line, prices, refuse=refuse)
    more, worth, _ = _answer(day, ledger, _neediest_first(day, waiting), no_prices(day.town.sites), refuse=False)
    return Outcome(at_once, at_once + more, value + worth, len(waiting))


def answer_live(day: Day, prices: Prices, wrong: float, *, refuse: bool) -> Outcome:
    """Answer everybody at prices that are refreshed from the spots left, who waits and who is still expected."""
    ledger, dice = nothing_taken(day.desk), np.random.default_rng(0)
    at_once, later, waited, seen, value, waiting = 0, 0, 0, 0, 0.0, day.line[:0]
    forecast = day.forecast.children / len(DRAWN_DAYS) * wrong
    for number, part in enumerate(np.array_split(day.line, UPDATES)):
        if number:
            more = still_to_come(forecast, seen, number / UPDATES)
            expected = joined([some_households(day.town.households, waiting), _some(day.forecast, more, dice)])
            prices = prices_now(day.town.sites, ledger, expected, prices)
        late, worth_late, left = _answer(day, ledger, waiting, prices, refuse=refuse)
        now, worth, refused = _answer(day, ledger, part, prices, refuse=refuse)
        at_once, later, value = at_once + now, later + late, value + worth + worth_late
        waited, waiting = waited + len(refused), np.concatenate([left, refused])
        seen += int(day.size[part].sum())
    late, worth, _ = _answer(day, ledger, _neediest_first(day, waiting), no_prices(day.town.sites), refuse=False)
    return Outcome(at_once, at_once + later + late, value + worth, waited)


def _answer(day: Day, ledger: Ledger, line: Rows, prices: Prices, *, refuse: bool) -> tuple[int, float, Rows]:
    """Children placed, their value, and the households of the line that were refused."""
    if len(line) == 0:
        return 0, 0.0, line
    answers = admit_line(day.desk, ledger, day.requests, line, prices, refuse=refuse)
    placed = (answers.taken[:, :, 0] >= 0).sum(axis=1)
    value = float((placed * day.town.households.worth[line] - answers.minutes).sum())
    return int(placed.sum()), value, line[answers.refused & (placed == 0)]


def _neediest_first(day: Day, line: Rows) -> Rows:
    households = day.town.households
    return line[np.lexsort((households.turn[line], -day.size[line], -households.worth[line]))]


def _some(households: Households, children: float, dice: np.random.Generator) -> Households:
    """Households drawn without repeating, as long as there are any, until they have about so many children."""
    times = int(children // max(1, households.children)) + 1
    order = np.concatenate([dice.permutation(households.count) for _ in range(times)])
    upto = int(np.searchsorted(np.cumsum(np.diff(households.first)[order]), children))
    return some_households(households, order[:upto])


def speed(day: Day, prices: Prices) -> dict[str, float]:
    """Requests a second, one call each, and microseconds per request; medians of the rounds, the slowest of all.

    `requests_per_second` is for a core that does nothing else: by the processor's time. By the clock it is also given.
    """
    line = day.line.tolist()
    rates, clock_rates, times = [], [], []
    for number in range(ROUNDS + 1):
        ledger = nothing_taken(day.desk)
        begun, used = perf_counter(), thread_time()
        for h in line:
            admit(day.desk, ledger, day.requests, h, prices)
        used, begun = thread_time() - used, perf_counter() - begun
        each = _one_by_one(day, prices, line)
        if number:  # the first round compiles
            rates.append(len(line) / used)
            clock_rates.append(len(line) / begun)
            times.append(each)
    return {
        "requests_per_second": round(median(rates)),
        "requests_per_second_by_the_clock": round(median(clock_rates)),
        "p50_us": round(median(float(np.percentile(each, 50)) for each in times), 1),
        "p99_us": round(median(float(np.percentile(each, 99)) for each in times), 1),
        "max_us": round(max(float(each.max()) for each in times), 1),
    }


def _one_by_one(day: Day, prices: Prices, line: Sequence[int]) -> npt.NDArray[np.float64]:
    """Microseconds by the clock of each answer."""
    ledger, each = nothing_taken(day.desk), np.empty(len(line))
    for at, h in enumerate(line):
        begun = perf_counter()
        admit(day.desk, ledger, day.requests, h, prices)
        each[at] = perf_counter() - begun
    return each * 1e6


def fuzz(events: int, seed: int) -> dict[str, object]:
    """Ask, release and refuse in random order on small and large towns, each event followed by a second count.

    Raises AssertionError at the first state that the second count does not confirm.
    """
    dice = np.random.default_rng(seed)
    counts: dict[str, int] = {"asks": 0, "placed": 0, "refused": 0, "releases": 0, "towns": 0}
    left = events
    while left > 0:
        children = int(dice.choice([40, 400, 4000]))
        town = draw_town(children, float(dice.choice([0.6, 1.0, 2.0])), int(dice.integers(1 << 30)))
        some = min(left, 30 * children)
        for name, count in _fuzz_town(town, some, dice).items():
            counts[name] += count
        counts["towns"] += 1
        left -= some
    return {"events": events, **counts, "broken": 0}


def _fuzz_town(town: Town, events: int, dice: np.random.Generator) -> Mapping[str, int]:
    sites, households = town.sites, town.households
    desk = desk_of(sites)
    requests, ledger, book = requests_of(desk, households), nothing_taken(desk), Recount(sites, households)
    given: dict[int, Decision] = {}
    asks = placed = refused = releases = 0
    prices, eager = no_prices(sites), 0.7
    for number in range(events):
        if number % 997 == 0:
            prices, eager = _any_prices(town, dice), float(dice.choice([0.3, 0.7, 0.95]))
        h = int(dice.integers(households.count))
        if h in given and dice.random() > eager:
            child = int(dice.integers(len(given[h].taken))) if dice.random() < 0.2 else None
            kept = release(desk, ledger, given.pop(h), child)
            book.remove(h, kept.taken)
            if kept.placed:
                given[h] = kept
            releases += 1
        elif h not in given:
            decision = admit(desk, ledger, requests, h, prices, refuse=bool(dice.random() < 0.5))
            broken = book.add(h, decision.taken)
            assert not broken, broken
            asks, placed, refused = asks + 1, placed + decision.placed, refused + decision.refused
            if decision.placed:
                given[h] = decision
        if number % RECOUNT_EVERY == 0:
            assert book.agrees(ledger), "the ledger and the second count differ"
    assert book.agrees(ledger), "the ledger and the second count differ"
    return {"asks": asks, "placed": placed, "refused": refused, "releases": releases}


def _any_prices(town: Town, dice: np.random.Generator) -> Prices:
    scale = float(dice.choice([0.0, 50.0, 900.0]))
    sites = town.sites
    return Prices(dice.random(sites.room_spots.shape) * scale, dice.random(sites.spots.shape) * scale)
