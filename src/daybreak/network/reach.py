"""Which part of the map can hold a site on the way? A box for the database, drawn so that no site in reach is left out.

Going to work by way of a site may add `max_detour_minutes`, so a site's distances from home and from work add up to at
most the direct way plus that detour: an ellipse. On a globe, as on a plane, every point of such an ellipse lies within
half that sum of the middle between home and work; the box holds this circle. What is in reach is asked afterwards.

Not modeled: boxes across the 180th meridian or a pole.
"""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin

from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Point
from daybreak.placement.travel import EARTH_RADIUS_KM, MINUTES_PER_KILOMETER, kilometers

SLACK = 1.000001
"""Keeps a site that the exact test admits by its tolerance inside the box."""


@dataclass(frozen=True)
class Box:
    """Degrees, ends included."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        """Say whether a point is inside."""
        return self.south <= point.latitude <= self.north and self.west <= point.longitude <= self.east


def both(one: Box | None, other: Box) -> Box:
    """Return the smallest box that holds both; of one alone, that one.

    >>> both(Box(40.0, 41.0, -75.0, -74.0), Box(42.0, 43.0, -74.5, -73.0))
    Box(south=40.0, north=43.0, west=-75.0, east=-73.0)
    """
    if one is None:
        return other
    return Box(
        min(one.south, other.south), max(one.north, other.north), min(one.west, other.west), max(one.east, other.east)
    )


def middle(a: Point, b: Point) -> Point:
    """Return the point halfway along the shortest way between two points.

    >>> round(middle(Point(0.0, 10.0), Point(0.0, 20.0)).longitude, 9)
    15.0
    """
    x, y, z = (sum(parts) for parts in zip(_vector(a), _vector(b), strict=True))
    return Point(degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x)))


def around(center: Point, radius_km: float) -> Box:
    """Return the smallest box that holds every point within `radius_km` of the center.

    >>> box = around(Point(40.0, -74.0), 111.195)
    >>> round(box.north, 3), round(box.west, 3)
    (41.0, -75.305)
    """
    angle = radius_km * SLACK / EARTH_RADIUS_KM + TOLERANCE / EARTH_RADIUS_KM
    height = degrees(angle)
    latitude = radians(center.latitude)
    touches_pole = abs(latitude) + angle >= pi / 2
    width = 180.0 if touches_pole else degrees(asin(min(1.0, sin(angle) / cos(latitude))))
    return Box(center.latitude - height, center.latitude + height, center.longitude - width, center.longitude + width)


def on_the_way(home: Point, work: Point, *, max_detour_minutes: float) -> Box:
    """Return a box that holds every site which adds at most `max_detour_minutes` to the way from home to work."""
    detour_km = (max_detour_minutes + TOLERANCE) / MINUTES_PER_KILOMETER
    return around(middle(home, work), (kilometers(home, work) + detour_km) / 2)


def _vector(point: Point) -> tuple[float, float, float]:
    latitude, longitude = radians(point.latitude), radians(point.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)
