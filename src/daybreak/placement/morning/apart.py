"""Which parts of a morning have nothing to do with each other? Cities that no family's reach joins are placed apart.

The map is cut into cells. A family joins every cell in which a site might fit it, generously measured; whatever is then
not joined cannot share a family or a spot.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Floats, Households, Numbers, Sites
from daybreak.placement.morning.candidates import apart_km
from daybreak.placement.travel import EARTH_RADIUS_KM, MINUTES_PER_KILOMETER

CELL_KM = 25.0
MARGIN_KM = 1.0


def markets_apart(sites: Sites, households: Households) -> list[tuple[Numbers, Numbers]]:
    """Return the sites and the households of each market; a household that reaches no site is in the first."""
    if not sites.count or not households.count:
        return [(np.arange(sites.count), np.arange(households.count))]
    cells = _cells(sites.place)
    known, cell = np.unique(cells, axis=0, return_inverse=True)
    widest = float(sites.radius_km[sites.in_home].max(initial=0.0)) if sites.in_home.any() else -1.0
    group = np.arange(len(known))
    of_household = _join(
        households.home, households.work, households.most_detour, widest, known[:, 0].copy(), known[:, 1].copy(), group
    )
    root = np.array([_root(group, at) for at in range(len(group))])
    names, of_cell = np.unique(root, return_inverse=True)
    at_household = np.where(of_household >= 0, of_cell[of_household], 0)
    of_site = of_cell[cell]
    return [(np.flatnonzero(of_site == market), np.flatnonzero(at_household == market)) for market in range(len(names))]


def _cells(place: Floats) -> Numbers:
    size = CELL_KM / EARTH_RADIUS_KM
    north, east = np.arcsin(np.clip(place[:, 2], -1, 1)), np.arctan2(place[:, 1], place[:, 0])
    return np.stack([np.floor(north / size), np.floor(east / size)], axis=1).astype(np.int64)


@numba.njit(cache=True, nogil=True)
def _root(group: Numbers, at: int) -> int:
    while group[at] != at:
        group[at] = group[group[at]]
        at = group[at]
    return at


@numba.njit(cache=True, nogil=True)
def _join(
    home: Floats, work: Floats, most_detour: Floats, widest: float, rows: Numbers, columns: Numbers, group: Numbers
) -> Numbers:
    """Join the cells each household may reach; return one of them per household, or -1."""
    size = CELL_KM / EARTH_RADIUS_KM
    found = np.full(len(home), -1, np.int64)
    for h in range(len(home)):
        middle = home[h] + work[h]
        length = np.sqrt((middle * middle).sum())
        commute = apart_km(home[h], work[h])
        reach = max((commute + most_detour[h] / MINUTES_PER_KILOMETER) / 2, widest + commute / 2) + MARGIN_KM
        angle = reach / EARTH_RADIUS_KM
        north = np.arcsin(max(-1.0, min(1.0, middle[2] / length))) if length > 1e-9 else 0.0
        east = np.arctan2(middle[1], middle[0])
        low, high = np.floor((north - angle) / size), np.floor((north + angle) / size)
        width = 4.0
        if length > 1e-9 and abs(north) + angle < 0.5 * np.pi:
            width = np.arcsin(min(1.0, np.sin(min(angle, 0.5 * np.pi)) / np.cos(north)))
        around = abs(east) + width > np.pi
        left, right = np.floor((east - width) / size), np.floor((east + width) / size)
        first = np.searchsorted(rows, low)
        for at in range(first, len(rows)):
            if rows[at] > high:
                break
            if around or (left <= columns[at] <= right):
                if found[h] < 0:
                    found[h] = at
                else:
                    a, b = _root(group, found[h]), _root(group, at)
                    group[max(a, b)] = min(a, b)
    return found
