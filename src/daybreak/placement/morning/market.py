"""One market: a morning's columns and every place that fits, shared by all the steps that make a plan of it."""

from typing import NamedTuple

import numpy as np

from daybreak.placement.morning.ages import Ages, ages_of
from daybreak.placement.morning.arrays import Bools, Floats, Households, Numbers, Offsets, Sites
from daybreak.placement.morning.candidates import Edges, find_candidates
from daybreak.placement.morning.kinds import Kinds, kinds_of
from daybreak.placement.morning.prices import site_limits
from daybreak.placement.morning.tally import owners


class Market(NamedTuple):
    """Columns, every edge, the kinds of spots, the household of each unit, and the limits of sites (S, T)."""

    sites: Sites
    households: Households
    ages: Ages
    edges: Edges
    kinds: Kinds
    owner: Numbers
    limits: Floats
    threads: int


def market_of(sites: Sites, households: Households, *, threads: int = 1) -> Market:
    """Find every place that fits, for everybody."""
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages, threads=threads)
    kinds = kinds_of(edges, sites)
    return Market(sites, households, ages, edges, kinds, owners(households), site_limits(sites), threads)


def with_edges(edges: Edges, keep: Bools) -> Edges:
    """The edges that are kept."""
    at = np.flatnonzero(keep)
    return _edges_at(edges, at, np.searchsorted(at, edges.first).astype(np.int64))


def some_households(households: Households, picked: Numbers) -> Households:
    """These households alone, with their children."""
    children = runs(households.first, picked)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(households.first)[picked])])
    by_household = (getattr(households, name)[picked] for name in ("home", "work", "most_detour", "together", "worth"))
    by_child = (getattr(households, name)[children] for name in ("months", "needs", "since", "until"))
    return Households._make((*by_household, households.turn[picked], first, *by_child))


def some_sites(sites: Sites, picked: Numbers) -> Sites:
    """These sites alone, with their rooms."""
    rooms = runs(sites.room_first, picked)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(sites.room_first)[picked])])
    by_site = (getattr(sites, name)[picked] for name in ("place", "in_home", "opens", "closes", "takes", "radius_km"))
    by_room = (getattr(sites, name)[rooms] for name in ("room_from", "room_until", "room_spots"))
    return Sites._make((*by_site, sites.spots[picked], first, *by_room))


def part_of(market: Market, picked: Numbers) -> Market:
    """The same market with some of its households only."""
    households = some_households(market.households, picked)
    at = runs(market.edges.first, picked)
    first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(market.edges.first)[picked])])
    children = runs(market.households.first, picked)
    return market._replace(
        households=households,
        edges=_edges_at(market.edges, at, first),
        ages=market.ages._replace(of_child=market.ages.of_child[children]),
        owner=owners(households),
    )


def runs(first: Offsets, picked: Numbers) -> Numbers:
    """The numbers of everything in these runs, one after the other.

    >>> runs(np.array([0, 2, 2, 5]), np.array([2, 0])).tolist()
    [2, 3, 4, 0, 1]
    """
    counts = np.diff(first)[picked]
    begun = np.repeat(first[:-1][picked] - np.cumsum(counts) + counts, counts)
    numbers: Numbers = begun + np.arange(int(counts.sum()))
    return numbers


def _edges_at(edges: Edges, at: Numbers, first: Offsets) -> Edges:
    touched = edges.touched[at] if len(edges.touched) > 1 else edges.touched
    return Edges(first, edges.site[at], edges.minutes[at], edges.flags[at], touched)
