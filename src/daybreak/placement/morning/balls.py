"""Which sites may lie in reach of a household? Neighboring sites in balls, so that whole balls are passed over.

The verifier's own way of looking, apart from that of candidates.py: points are unit vectors and a straight line through
the globe is never longer than the way around it, so a ball too far by straight lines holds no site in reach. Poles and
the date line need no care.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Bools, Floats, Sites
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.travel import EARTH_RADIUS_KM

Numbers = npt.NDArray[np.int64]

MOST_IN_A_BALL = 24


class Balls(NamedTuple):
    """Sites in B balls: those of ball b are site[first[b]] up to site[first[b + 1]], all caregivers or none.

    `center` (B, 3) and `size` (B) are in earth radii; `widest` is the greatest travel radius, in kilometers.
    """

    first: Numbers
    site: Numbers
    center: Floats
    size: Floats
    in_home: Bools
    widest: Floats


def balls_of(sites: Sites) -> Balls:
    """Gather the sites of a morning into balls of neighbors."""
    groups = [
        group
        for kind in (False, True)
        for group in _halved(sites.place, np.flatnonzero(sites.in_home == kind).astype(np.int64))
    ]
    center = np.array([sites.place[group].mean(axis=0) for group in groups], dtype=np.float64).reshape(-1, 3)
    apart = [
        np.sqrt(((sites.place[group] - at) ** 2).sum(axis=1)).max() for group, at in zip(groups, center, strict=True)
    ]
    return Balls(
        first=np.cumsum([0, *(len(group) for group in groups)], dtype=np.int64),
        site=np.concatenate([np.zeros(0, dtype=np.int64), *groups]),
        center=center,
        size=np.array(apart, dtype=np.float64),
        in_home=np.array([sites.in_home[group[0]] for group in groups], dtype=np.bool_),
        widest=np.array([sites.radius_km[group].max() for group in groups], dtype=np.float64),
    )


def _halved(place: Floats, sites: Numbers) -> Iterator[Numbers]:
    """Halve along the longest side until few are left."""
    if len(sites) <= MOST_IN_A_BALL:
        if len(sites):
            yield sites
        return
    axis = int(np.ptp(place[sites], axis=0).argmax())
    middle = len(sites) // 2
    order = np.argpartition(place[sites, axis], middle)
    yield from _halved(place, sites[order[:middle]])
    yield from _halved(place, sites[order[middle:]])


@numba.njit(cache=True, nogil=True)
def straight(a: Floats, b: Floats) -> float:
    """Return the straight line between two points, through the globe, in earth radii."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return float(np.sqrt(x * x + y * y + z * z))


@numba.njit(cache=True, nogil=True)
def kilometers(a: Floats, b: Floats) -> float:
    """Return the great-circle kilometers between two unit vectors."""
    return float(2 * EARTH_RADIUS_KM * np.arcsin(min(0.5 * straight(a, b), 1.0)))


@numba.njit(cache=True, nogil=True)
def may_reach(balls: Balls, b: int, home: Floats, work: Floats, longest_km: float) -> bool:
    """Say whether a ball may hold a site in reach; `longest_km` is the longest way to work that the family accepts."""
    spare = balls.size[b] + TOLERANCE
    from_home = straight(home, balls.center[b]) - spare
    if balls.in_home[b]:
        return bool(from_home * EARTH_RADIUS_KM <= balls.widest[b])
    return bool((from_home + straight(work, balls.center[b]) - spare) * EARTH_RADIUS_KM <= longest_km)
