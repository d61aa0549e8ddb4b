"""The arms that ours is measured against: plain min-cost flow, and first come, first served."""

from collections.abc import Iterator

from daybreak.bench import flow
from daybreak.bench.arms import Means, Round, Watch
from daybreak.bench.town import Town
from daybreak.bench.worth import worth_of
from daybreak.placement.morning.ages import Ages, ages_of
from daybreak.placement.morning.arrays import Households, Sites
from daybreak.placement.morning.candidates import Edges, find_candidates
from daybreak.placement.morning.first_come import first_come


def line(town: Town, _: Town, means: Means) -> Iterator[Round]:
    """First come, first served."""
    sites, households = town.sites, town.households
    while True:
        watch = Watch()
        ages, edges = _find(sites, households, means, watch)
        places = first_come(sites, households, ages, edges)
        watch.done("solve")
        worth = worth_of(sites, households, places.site)
        yield {
            "placed": worth.placed,
            "value": worth.value,
            "minutes_mean": worth.taken / worth.placed if worth.placed else 0.0,
            "seconds": watch.seconds,
        }


def baseline(town: Town, _: Town, means: Means) -> Iterator[Round]:
    """Plain min-cost flow, on all arcs of a town of up to ALL_ARCS_UP_TO children."""
    sites, households = town.sites, town.households
    while True:
        watch = Watch()
        ages, edges = _find(sites, households, means, watch)
        if households.children > flow.ALL_ARCS_UP_TO:
            edges = flow.fewer(edges, seed=1)
            watch.done("shortlist")
        arcs = flow.arcs_of(sites, households, ages, edges)
        watch.done("arcs")
        found = flow.solve(sites, households, arcs)
        watch.done("solve")
        arcs_made = watch.seconds["arcs"]
        watch.seconds |= {"arcs": arcs_made + found["arcs"], "solve": found["solve"]}
        yield {"placed": found["placed"], "value": found["value"], "arcs": len(arcs.child), "seconds": watch.seconds}


def _find(sites: Sites, households: Households, means: Means, watch: Watch) -> tuple[Ages, Edges]:
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages, threads=means.threads)
    watch.done("candidates")
    return ages, edges
