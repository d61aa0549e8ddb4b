"""What is a plan for a town worth, and how many of its children could have had a place? Added up from sites alone.

Shares no step with the plan-makers, so that a benchmark does not believe what it measures. That a plan keeps every rule
is the question of placement/morning/verify.py.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Bools, Floats, Households, Sites
from daybreak.placement.morning.candidates import WHOLE, Edges
from daybreak.placement.ranking import APART_MINUTES
from daybreak.placement.travel import EARTH_RADIUS_KM, MINUTES_PER_KILOMETER

Rows = npt.NDArray[np.integer]


class Worth(NamedTuple):
    """Children placed, the value, and all that was taken from it, in minutes."""

    placed: int
    value: float
    taken: float


def worth_of(sites: Sites, households: Households, site: Rows) -> Worth:
    """Add up a plan: the site of each child, or -1."""
    child = np.flatnonzero(site >= 0)
    household = np.repeat(np.arange(households.count), np.diff(households.first))[child]
    at = site[child].astype(np.int64)
    trips, trip, children = np.unique(household * sites.count + at, return_inverse=True, return_counts=True)
    owner, where = trips // sites.count, trips % sites.count
    size = np.diff(households.first)[owner]
    apart = (size > 1) & (children < size)
    way = _minutes(sites, households, owner, where) * np.where(sites.in_home[where], 1, children)
    taken = float((way + APART_MINUTES * children * apart).sum())
    return Worth(len(trip), float(households.worth[household].sum()) - taken, taken)


def _minutes(sites: Sites, households: Households, household: Rows, site: Rows) -> Floats:
    """The detour by a site, or the way of a caregiver."""
    home, work, place = households.home[household], households.work[household], sites.place[site]
    detour = np.maximum(_kilometers(home, place) + _kilometers(place, work) - _kilometers(home, work), 0.0)
    return np.where(sites.in_home[site], _kilometers(home, place), detour) * MINUTES_PER_KILOMETER


def _kilometers(a: Floats, b: Floats) -> Floats:
    chord = np.sqrt(((a - b) ** 2).sum(axis=1))
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0)))


def coverable(households: Households, edges: Edges) -> Bools:
    """Say of each child whether anything could be done for it if nobody else had asked."""
    flags = np.zeros(households.count, np.uint8)
    has = np.diff(edges.first) > 0
    flags[has] = np.bitwise_or.reduceat(edges.flags, edges.first[:-1][has]) if has.any() else 0
    owner = np.repeat(np.arange(households.count), np.diff(households.first))
    nth = (np.arange(households.children) - households.first[owner]).astype(np.uint8)
    alone = (flags[owner] >> nth & 1 > 0) & ~households.together[owner]
    return (flags[owner] & WHOLE > 0) | alone
