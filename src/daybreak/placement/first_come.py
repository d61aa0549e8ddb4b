"""What would happen if everybody took the best place left, one household after the other? The baseline of a morning.

1. Households come by asked_at, then household_id, both as text.
2. Each takes, whole, the site that fits, has room and costs least; equal cost falls to the smaller site_id.
3. If no site takes it whole and its children may go apart, each child in file order takes the one that costs least.
4. A child takes the narrowest room of its age that has a spot (see rooms.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from daybreak.placement.market import Market, asked_at
from daybreak.placement.ranking import minutes_taken
from daybreak.placement.rooms import Tally, rooms_taken
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Chosen, Kind


@dataclass
class _Line:
    """What the households before have left: the tally, and which site has refused a lone child of which age.

    A spot taken never comes back here, so a refusal holds for the rest of the morning; that keeps the search short.
    """

    tally: Tally = field(default_factory=Tally)
    closed: dict[int, npt.NDArray[np.bool_]] = field(default_factory=dict)
    chosen: dict[str, tuple[str, str]] = field(default_factory=dict)


def first_come(market: Market) -> Chosen:
    """Place the households of a morning in the order in which they asked."""
    households = market.morning.households
    line = _Line()
    for at in sorted(range(len(households)), key=lambda at: (households[at].asked_at, households[at].household_id)):
        everybody = range(len(households[at].children))
        if _take_cheapest(market, at, everybody, line) or households[at].keep_together:
            continue
        for child in everybody:
            _take_cheapest(market, at, [child], line)
    return line.chosen


def _take_cheapest(market: Market, at: int, children: Sequence[int], line: _Line) -> bool:
    """Take the cheapest site that takes these children, and say whether there was one."""
    household, edges = market.morning.households[at], market.edges(at)
    costs = _costs(market, at, children, line)
    while costs.size and np.isfinite(least := costs.min()):
        row = int(np.argmax(costs <= least + TOLERANCE))
        edge = edges.start + row
        site = market.table.sites[market.site[edge]]
        asked = asked_at(market, household, children, edge)
        rooms = rooms_taken(asked, site, line.tally, family=len(household.children))
        if rooms is not None:
            line.tally.add(site, rooms, asked, household.household_id)
            line.chosen.update(
                (one.child.child_id, (site.site_id, room)) for one, room in zip(asked, rooms, strict=True)
            )
            return True
        costs[row] = np.inf
        _remember_refusals(market, at, children, edge, line)
    return False


def _costs(market: Market, at: int, children: Sequence[int], line: _Line) -> npt.NDArray[np.float64]:
    household, edges = market.morning.households[at], market.edges(at)
    sites = market.site[edges]
    bits = sum(1 << k for k in children)
    possible = (market.fits[edges] & bits) == bits
    for k in children:
        closed = line.closed.get(household.children[k].months)
        if closed is not None:
            possible &= ~closed[sites]
    by_center = minutes_taken(Kind.CENTER, 1.0, children=len(children), apart=False)
    by_caregiver = minutes_taken(Kind.IN_HOME, 1.0, children=len(children), apart=False)
    factor = np.where(market.table.in_home[sites], by_caregiver, by_center)
    return np.where(possible, market.minutes[edges] * factor, np.inf)


def _remember_refusals(market: Market, at: int, children: Sequence[int], edge: int, line: _Line) -> None:
    if market.morning.by_session:
        return  # a site full in the morning may still take an afternoon
    household, row = market.morning.households[at], int(market.site[edge])
    for k in children:
        lone = asked_at(market, household, [k], edge)
        if rooms_taken(lone, market.table.sites[row], line.tally, family=1) is None:
            closed = line.closed.setdefault(lone[0].child.months, np.zeros(len(market.table.sites), dtype=np.bool_))
            closed[row] = True
