"""How far is it, and how long does the way take?

Straight-line distance on the globe, made longer by a factor for streets and driven at one speed: good enough to rank
places of one town, and the same for everybody who checks a plan. For one family's request, what a travel-time service
measured may stand in its place (Way).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.placement.terms import Point

Floats = npt.NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
STREETS = 1.35
KILOMETERS_PER_HOUR = 28.0
MINUTES_PER_KILOMETER = STREETS / KILOMETERS_PER_HOUR * 60


@dataclass(frozen=True)
class Places:
    """Many points as columns, in radians, so that a distance to all of them is one pass."""

    latitude: Floats
    longitude: Floats
    cosine: Floats


@dataclass(frozen=True)
class Way:
    """What somebody measured of one household and one site, in minutes, instead of the formula.

    `spent` is the detour, or the way of an in-home caregiver; `around_work` what the site must cover before and after.
    """

    spent: float
    around_work: float


def places_of(points: Sequence[Point]) -> Places:
    """Turn points into columns, in the same order."""
    degrees = np.array([(point.latitude, point.longitude) for point in points], dtype=np.float64).reshape(-1, 2)
    radians = np.ascontiguousarray(np.radians(degrees).T)
    return Places(radians[0], radians[1], np.cos(radians[0]))


def kilometers_to(point: Point, places: Places) -> Floats:
    """Return the great-circle kilometers from one point to each place (haversine, mean earth radius)."""
    here = places_of([point])
    north = np.sin((places.latitude - here.latitude) / 2)
    east = np.sin((places.longitude - here.longitude) / 2)
    half_chord = np.sqrt(north * north + here.cosine * places.cosine * (east * east))
    kilometers: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return kilometers


def minutes_to(point: Point, places: Places) -> Floats:
    """Return the minutes of the way from one point to each place."""
    return kilometers_to(point, places) * MINUTES_PER_KILOMETER


def kilometers(a: Point, b: Point) -> float:
    """Return the great-circle kilometers between two points: the very float that `kilometers_to` gives.

    >>> round(kilometers(Point(42.35, -71.06), Point(42.45, -71.06)), 3)
    11.12
    """
    return float(kilometers_to(a, places_of([b]))[0])


def minutes(a: Point, b: Point) -> float:
    """Return the minutes of the way between two points.

    >>> round(minutes(Point(42.35, -71.06), Point(42.45, -71.06)), 1)
    32.2
    """
    return float(minutes_to(a, places_of([b]))[0])


def detours(home: Point, work: Point, places: Places) -> Floats:
    """Return the minutes that going to work by way of each place adds; never negative."""
    around = minutes_to(home, places) + minutes_to(work, places) - minutes(home, work)
    return np.maximum(around, 0.0)


def detour(home: Point, site: Point, work: Point) -> float:
    """Return the minutes that going to work by way of the site adds.

    >>> detour(Point(42.35, -71.06), Point(42.40, -71.06), Point(42.45, -71.06)) < 0.000001
    True
    """
    return float(detours(home, work, places_of([site]))[0])
