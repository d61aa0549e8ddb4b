"""The words of ways: from where to where, how long it takes, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybreak.network.terms import Nearby
from daybreak.placement.terms import Point
from daybreak.placement.travel import Way

Pair = tuple[Point, Point]
"""From one point to another, in this direction."""

FORMULA = ""
"""Stands where no service measured: minutes by the distance and one speed, the same for everybody."""


@dataclass(frozen=True)
class OnTheWay:
    """Sites that offer spots on the way, and what was measured of those that somebody measured."""

    nearby: Nearby
    ways: Mapping[str, Way]
    """By `site_id` as placement spells it."""


@dataclass(frozen=True)
class Legs:
    """Minutes by way of one site, and straight to work; `by` names the service, or is FORMULA."""

    to_site: float
    to_work: float
    direct: float
    by: str
