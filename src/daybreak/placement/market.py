"""Which sites fit which children, for a whole morning, as arrays that a plan-maker can search quickly.

An edge is one household and one site that fits at least one of its children (distance, hours, age, needs); spots are
not looked at. Edges of a household lie together, in order of site_id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.placement.candidates import Table, asked_at_site, by_name, filters, reach_of, sift, table_of
from daybreak.placement.rooms import Asked, rooms_taken
from daybreak.placement.terms import Household, Morning, Unplaced

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """One morning, compiled.

    `first` has shape (households + 1): the edges of household h are first[h] up to first[h + 1]. `site` is a row of the
    table, `minutes` the detour or the caregiver's way, `way` the minutes to cover before and after work, and `fits` has
    bit k set when the household's child k fits there on its own. `emptied` names, per household and child, the first
    filter that left no site.
    """

    morning: Morning
    table: Table
    first: Ints
    site: Ints
    minutes: Floats
    way: Floats
    fits: npt.NDArray[np.uint8]
    emptied: tuple[tuple[Unplaced | None, ...], ...]

    def edges(self, household: int) -> slice:
        """The edges of one household."""
        return slice(int(self.first[household]), int(self.first[household + 1]))


def compile_market(morning: Morning) -> Market:
    """Ask of every household which sites fit which of its children."""
    table = table_of(morning.sites)
    counts, sites, minutes, ways, fits, emptied = [0], [], [], [], [], []
    for household in morning.households:
        reach = reach_of(table, household)
        bits = np.zeros(len(table.sites), dtype=np.uint8)
        names = []
        for k, child in enumerate(household.children):
            left, name = sift(filters(table, reach, household, child))
            bits |= left.astype(np.uint8) << np.uint8(k)
            names.append(name)
        rows = np.flatnonzero(bits)
        counts.append(len(rows))
        sites.append(rows)
        minutes.append(reach.minutes[rows])
        ways.append(reach.way[rows])
        fits.append(bits[rows])
        emptied.append(tuple(names))
    return Market(
        morning=morning,
        table=table,
        first=np.cumsum(counts, dtype=np.int64),
        site=np.concatenate([np.zeros(0, dtype=np.int64), *sites]),
        minutes=np.concatenate([np.zeros(0), *minutes]),
        way=np.concatenate([np.zeros(0), *ways]),
        fits=np.concatenate([np.zeros(0, dtype=np.uint8), *fits]),
        emptied=tuple(emptied),
    )


def everyone(household: Household) -> int:
    """The bits of all children of a household.

    >>> everyone(Household("h", None, None, 0, 0, 30, children=(None, None, None)))
    7
    """
    return (1 << len(household.children)) - 1


def asked_at(market: Market, household: Household, children: Sequence[int], edge: int) -> list[Asked]:
    """Return the children at the site of an edge, with the sessions they touch when sessions count apart."""
    chosen = [household.children[k] for k in children]
    if not market.morning.by_session:
        return [Asked(child) for child in chosen]
    return [by_name(asked_at_site(household, child, float(market.way[edge]))) for child in chosen]


def some_site_takes(market: Market, household: int, children: Sequence[int]) -> bool:
    """Say whether some site takes these children of the household when everything is empty."""
    asking = market.morning.households[household]
    return any(
        rooms_taken(
            asked_at(market, asking, children, edge),
            market.table.sites[market.site[edge]],
            family=len(asking.children),
        )
        is not None
        for edge in _edges_fitting(market, household, children)
    )


def coverable(market: Market) -> tuple[tuple[bool, ...], ...]:
    """Say per household and child whether anything could be done for it if nobody else had asked.

    With keep_together, some site takes the whole household; without, some site takes the household or that child.
    """
    return tuple(_coverable_in(market, at, household) for at, household in enumerate(market.morning.households))


def reason_alone(market: Market, household: int, child: int) -> Unplaced:
    """Return why a child has no place, as far as that does not depend on who else has one: `full` is what remains."""
    asking = market.morning.households[household]
    emptied = market.emptied[household][child]
    if emptied is not None:
        return emptied
    if asking.keep_together and not some_site_takes(market, household, range(len(asking.children))):
        return Unplaced.SIBLINGS
    return Unplaced.FULL


def _coverable_in(market: Market, at: int, household: Household) -> tuple[bool, ...]:
    whole = some_site_takes(market, at, range(len(household.children)))
    if whole or household.keep_together:
        return (whole,) * len(household.children)
    return tuple(some_site_takes(market, at, [k]) for k in range(len(household.children)))


def _edges_fitting(market: Market, household: int, children: Sequence[int]) -> Iterator[int]:
    edges = market.edges(household)
    bits = sum(1 << k for k in children)
    return (edges.start + int(at) for at in np.flatnonzero((market.fits[edges] & bits) == bits))
