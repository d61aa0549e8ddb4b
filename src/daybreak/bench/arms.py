"""One arm of the placement benchmark, in a process of its own, so that its peak memory is its own.

OR-Tools and HiGHS cannot be loaded together either. The process compiles everything on a small town, draws its own, says
that it is ready, and then does a round for each line it reads: a line of JSON each. Times are from arrays in memory.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter

import numpy as np

from daybreak.bench import flow
from daybreak.bench.machine import peak_mb
from daybreak.bench.town import Town, draw_town
from daybreak.bench.worth import Rows, coverable, worth_of
from daybreak.placement.morning.ages import Ages, ages_of
from daybreak.placement.morning.arrays import Bools, Households, Sites
from daybreak.placement.morning.candidates import Edges, find_candidates
from daybreak.placement.morning.first_come import first_come
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.solve import place
from daybreak.placement.morning.verify import broken_rules

Round = dict[str, object]
CHANGED = 0.01
"""Share of the households that are others in a morning much like the one before."""
SMALL = 400
"""Children of the town on which everything is compiled."""


class Watch:
    """Seconds per step, one after the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def done(self, step: str) -> None:
        """End a step."""
        now = perf_counter()
        self.seconds[step], self._since = now - self._since, now


def ours(town: Town, other_day: Town, threads: int) -> Iterator[Round]:
    """Place the town from nothing, then the same town with some households changed, from the prices of the first."""
    sites, households = town.sites, town.households
    changed, _ = some_changed(households, other_day.households, CHANGED)
    could = int(coverable(households, find_candidates(sites, households, ages_of(sites, households))).sum())
    while True:
        cold, prices = _placed(sites, households, None, threads)
        warm, _ = _placed(sites, changed, prices, threads)
        yield cold | {"coverable": could, "warm_seconds": warm["seconds"], "warm_gap": warm["gap"]}


def _placed(sites: Sites, households: Households, start: Prices | None, threads: int) -> tuple[Round, Prices]:
    watch = Watch()
    solved = place(sites, households, start=start, threads=threads)
    watch.done("solve")
    broken = broken_rules(sites, households, solved.site, solved.room, threads=threads)
    watch.done("verify")
    if broken:
        raise RuntimeError(f"The plan breaks {len(broken)} rules, first {broken[0]}.")
    worth = worth_of(sites, households, solved.site)
    bound = max(solved.bound, worth.value)
    figures: Round = {
        "placed": worth.placed,
        "value": worth.value,
        "value_bound": bound,
        "gap": (bound - worth.value) / bound if bound else 0.0,
        "minutes_mean": worth.taken / worth.placed if worth.placed else 0.0,
        "seconds": watch.seconds,
    }
    return figures, solved.prices


def line(town: Town, _: Town, threads: int) -> Iterator[Round]:
    """First come, first served."""
    sites, households = town.sites, town.households
    while True:
        watch = Watch()
        ages, edges = _candidates(sites, households, threads, watch)
        places = first_come(sites, households, ages, edges)
        watch.done("solve")
        worth = worth_of(sites, households, places.site)
        yield {
            "placed": worth.placed,
            "value": worth.value,
            "minutes_mean": worth.taken / worth.placed if worth.placed else 0.0,
            "seconds": watch.seconds,
        }


def baseline(town: Town, _: Town, threads: int) -> Iterator[Round]:
    """Plain min-cost flow, on all arcs of a town of up to ALL_ARCS_UP_TO children."""
    sites, households = town.sites, town.households
    while True:
        watch = Watch()
        ages, edges = _candidates(sites, households, threads, watch)
        if households.children > flow.ALL_ARCS_UP_TO:
            edges = flow.fewer(households, edges, seed=1)
            watch.done("shortlist")
        arcs = flow.arcs_of(sites, households, ages, edges)
        watch.done("arcs")
        found = flow.solve(sites, households, arcs)
        watch.done("solve")
        arcs_made = watch.seconds["arcs"]
        watch.seconds |= {"arcs": arcs_made + found["arcs"], "solve": found["solve"]}
        yield {"placed": found["placed"], "value": found["value"], "arcs": len(arcs.child), "seconds": watch.seconds}


def _candidates(sites: Sites, households: Households, threads: int, watch: Watch) -> tuple[Ages, Edges]:
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages, threads=threads)
    watch.done("candidates")
    return ages, edges


ARMS: Mapping[str, Callable[[Town, Town, int], Iterator[Round]]] = {
    "ours": ours,
    "baseline": baseline,
    "first_come": line,
}


def some_changed(households: Households, others: Households, share: float, seed: int = 1) -> tuple[Households, Bools]:
    """Put a share of another day's households in the place of today's, each for one with as many children.

    Returns the households and which of them are new; columns of children keep their places.
    """
    rng = np.random.default_rng(seed)
    size, others_size = np.diff(households.first), np.diff(others.first)
    gone = np.zeros(households.count, np.bool_)
    mine: list[Rows] = []
    theirs: list[Rows] = []
    for children in range(1, 5):
        rows, new = np.flatnonzero(size == children), np.flatnonzero(others_size == children)
        count = min(round(share * len(rows)), len(new))
        mine.append(rng.choice(rows, count, replace=False))
        theirs.append(rng.choice(new, count, replace=False))
    out, into = np.concatenate(mine), np.concatenate(theirs)
    gone[out] = True
    columns = {name: getattr(households, name).copy() for name in Households._fields}
    for name in ("home", "work", "most_detour", "together", "worth"):
        columns[name][out] = getattr(others, name)[into]
    lengths = size[out]
    to, since = (np.repeat(first, lengths) for first in (households.first[out], others.first[into]))
    nth = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    for name in ("months", "needs", "since", "until"):
        columns[name][to + nth] = getattr(others, name)[since + nth]
    return Households(**columns), gone


def main(name: str, children: int, tightness: float, seed: int, metros: int, threads: int) -> None:
    """Answer each line on standard input with a round; the last word of a round is the peak memory so far."""
    small = draw_town(SMALL, 1.0, 1)
    next(ARMS[name](small, draw_town(SMALL, 1.0, 1, day=1), threads))
    today, other_day = (draw_town(children, tightness, seed, metros=metros, day=day) for day in (0, 1))
    rounds = ARMS[name](today, other_day, threads)
    _say({"ready": name})
    for _ in sys.stdin:
        _say(next(rounds) | {"peak_mb": round(peak_mb(), 1)})


def _say(words: Round) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    what, *numbers = sys.argv[1:]
    main(what, int(numbers[0]), float(numbers[1]), *map(int, numbers[2:]))
