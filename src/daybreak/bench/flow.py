"""The baseline of the placement benchmark: plain min-cost flow by OR-Tools, with siblings ignored.

child -> room -> site -> sink, one unit per child; a caregiver is one unit; a child may also go straight to the sink, at
its worth. This is what a good engineer reaches for first: exact and quick, but it may tear families apart and gives a
caregiver one child of one family, so what it finds is neither a bound nor a plan.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.kernel.errors import BadInput
from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Floats, Households, Offsets, Sites
from daybreak.placement.morning.candidates import WHOLE, Edges

NAME = "plain OR-Tools min-cost flow, siblings ignored"
MODULE = "ortools.graph.python.min_cost_flow"
ALL_ARCS_UP_TO = 10_000
"""Children up to which every arc is given; beyond, ARCS of each household, or building them takes many gigabytes."""
ARCS, CHEAPEST = 64, 16
TENTHS = 10
"""Flows count in whole numbers: tenths of minutes."""

Rows = npt.NDArray[np.int64]


class Arcs(NamedTuple):
    """One arc for each child (row) and node it may go to (a room, or after all rooms a site): cost in minutes."""

    child: Rows
    node: Rows
    minutes: Floats


def require_ortools() -> None:
    """Raise BadInput when OR-Tools is not installed."""
    if find_spec("ortools") is None:
        raise BadInput(
            "The baseline needs OR-Tools, which is not installed. Nothing was measured.",
            do="Install it beside Daybreak with `.venv/bin/python -m pip install ortools`, and run this again.",
        )


def fewer(edges: Edges, seed: int) -> Edges:
    """Keep ARCS edges of each household: the CHEAPEST, and the others at random."""
    dice = np.random.default_rng([seed, 64]).random(edges.count, dtype=np.float32)
    kept = _keep(edges.first, edges.minutes, dice)
    first = np.searchsorted(kept, edges.first).astype(np.int64)
    return Edges(first, edges.site[kept], edges.minutes[kept], edges.flags[kept], edges.touched)


@numba.njit(cache=True, nogil=True)
def _keep(first: Offsets, minutes: npt.NDArray[np.float32], dice: npt.NDArray[np.float32]) -> Rows:
    """The edges to keep, in order."""
    kept = np.empty(ARCS * (len(first) - 1), np.int64)
    n = 0
    for h in range(len(first) - 1):
        begin, end = first[h], first[h + 1]
        if end - begin <= ARCS:
            for e in range(begin, end):
                kept[n], n = e, n + 1
            continue
        order = dice[begin:end].copy()
        # The cheapest come before every other, whatever the dice say.
        for at in np.argsort(minutes[begin:end])[:CHEAPEST]:
            order[at] -= 2
        last = np.partition(order, ARCS - 1)[ARCS - 1]
        found = 0
        for at in range(end - begin):
            if order[at] <= last and found < ARCS:
                kept[n], n, found = begin + at, n + 1, found + 1
    return kept[:n]


def arcs_of(sites: Sites, households: Households, ages: Ages, edges: Edges) -> Arcs:
    """List where each child could go: the narrowest room of its age at a site, or a caregiver."""
    owner = np.repeat(np.arange(households.count), np.diff(edges.first))
    size = np.diff(households.first)[owner]
    # An edge of a household that stays together says only whether it fits whole: then each child fits.
    whole = edges.flags & WHOLE > 0
    children, nodes, minutes = [], [], []
    for k in range(4):
        of = np.flatnonzero((edges.flags >> np.uint8(k) & 1 > 0) | (whole & (k < size)))
        child, site = households.first[owner[of]] + k, edges.site[of]
        room = ages.narrowest[ages.of_child[child], site].astype(np.int64)
        children.append(child)
        nodes.append(np.where(sites.in_home[site], len(sites.room_from) + site, room))
        minutes.append(edges.minutes[of])
    return Arcs(np.concatenate(children), np.concatenate(nodes), np.concatenate(minutes).astype(np.float64))


def solve(sites: Sites, households: Households, arcs: Arcs) -> Mapping[str, float]:
    """Build the network and solve it; returns seconds (arcs, solve), children placed, and the value."""
    flow = import_module(MODULE).SimpleMinCostFlow()
    began = perf_counter()
    children, rooms, count = households.children, len(sites.room_from), sites.count
    sink = children + rooms + count
    worth = np.repeat(households.worth, np.diff(households.first))
    of_room = np.repeat(np.arange(count), np.diff(sites.room_first))
    add = flow.add_arcs_with_capacity_and_unit_cost
    one = np.ones(len(arcs.child), np.int64)
    tenths = np.rint(arcs.minutes * TENTHS).astype(np.int64)
    placing = add(arcs.child, children + arcs.node, one, tenths)
    nothing = np.zeros(rooms, np.int64)
    add(children + np.arange(rooms), children + rooms + of_room, sites.room_spots[:, 0].astype(np.int64), nothing)
    limits = np.where(sites.in_home, 1, sites.spots[:, 0]).astype(np.int64)
    add(children + rooms + np.arange(count), np.full(count, sink), limits, np.zeros(count, np.int64))
    left_out = np.rint(worth * TENTHS).astype(np.int64)
    add(np.arange(children), np.full(children, sink), np.ones(children, np.int64), left_out)
    flow.set_nodes_supplies(np.arange(children), np.ones(children, np.int64))
    flow.set_node_supply(sink, -children)
    built = perf_counter()
    status = flow.solve()
    solved = perf_counter()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"The flow was not solved: {status}.")
    used = flow.flows(placing) > 0
    value = float((worth[arcs.child[used]] - arcs.minutes[used]).sum())
    return {"arcs": built - began, "solve": solved - built, "placed": int(used.sum()), "value": value}
