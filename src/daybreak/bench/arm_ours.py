"""Our own arms: a morning placed at once, from nothing and from earlier prices, and fairly between pay classes."""

from collections.abc import Iterator

import numpy as np

from daybreak.bench.arms import Means, Round, Watch
from daybreak.bench.town import Town
from daybreak.bench.worth import Rows, coverable, worth_of
from daybreak.placement.morning.ages import ages_of
from daybreak.placement.morning.arrays import Bools, Households, Sites
from daybreak.placement.morning.candidates import find_candidates
from daybreak.placement.morning.fairness import place_fairly
from daybreak.placement.morning.kept import Kept, change, keep
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.solve import place
from daybreak.placement.morning.verify import broken_rules

CHANGED = 0.01
"""Share of the households that are others in a morning much like the one before."""
FAIR_POINTS = 1.0


def ours(town: Town, other_day: Town, means: Means) -> Iterator[Round]:
    """Place the town from nothing, then the same town with some households changed, from the prices of the first."""
    sites, households = town.sites, town.households
    changed, _ = some_changed(households, other_day.households, CHANGED)
    could = int(coverable(households, find_candidates(sites, households, ages_of(sites, households))).sum())
    while True:
        cold, prices = _placed(sites, households, None, means)
        watch = Watch()
        warm, _ = _placed(sites, changed, prices, means)
        watch.done("warm")
        yield cold | {"coverable": could, "warm_seconds": watch.seconds["warm"], "warm_gap": warm["gap"]}


def mended(town: Town, other_day: Town, means: Means) -> Iterator[Round]:
    """Keep a plan and mend it for the households that are others; not read by the verifier until it is used."""
    kept = keep(town.sites, town.households, threads=means.threads)
    others, new = some_changed(town.households, other_day.households, CHANGED)
    while True:
        watch = Watch()
        other = change(kept, others, np.flatnonzero(new))
        watch.done("change")
        yield {"gap": _gap(other), "gap_before": _gap(kept), "seconds": watch.seconds}


def _gap(kept: Kept) -> float:
    return max((kept.bound - kept.value) / kept.bound, 0.0)


def _placed(sites: Sites, households: Households, start: Prices | None, means: Means) -> tuple[Round, Prices]:
    watch = Watch()
    solved = place(sites, households, start=start, threads=means.threads)
    watch.done("solve")
    broken = broken_rules(sites, households, solved.site, solved.room, threads=means.threads)
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


def fair(town: Town, _: Town, means: Means) -> Iterator[Round]:
    """Hourly and salaried families at rates within FAIR_POINTS of each other, beside the plan of value alone."""
    sites, households, group = town.sites, town.households, town.hourly.astype(np.int64)
    while True:
        watch = Watch()
        could = coverable(
            households, find_candidates(sites, households, ages_of(sites, households), threads=means.threads)
        )
        found = place_fairly(sites, households, group, could, points=FAIR_POINTS, threads=means.threads)
        watch.done("solve")
        broken = broken_rules(sites, households, found.solved.site, found.solved.room, threads=means.threads)
        watch.done("verify")
        if broken:
            raise RuntimeError(f"The fair plan breaks {len(broken)} rules, first {broken[0]}.")
        placed = worth_of(sites, households, found.solved.site).placed
        yield {
            "placed": placed,
            "points_apart": found.spread,
            "points_apart_without": 100 * abs(found.plain_rates[0] - found.plain_rates[1]),
            "children_fewer": found.cost,
            "share_fewer": found.cost / (placed + found.cost),
            "seconds": watch.seconds,
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
