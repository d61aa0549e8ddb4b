"""Which sites offer spots where these families live and work? For a whole morning what `open_near` is for one."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from daybreak.network import reach
from daybreak.network.models import MOST_TRAVEL_KM, Site, SiteSession
from daybreak.network.nearby.queries import open_at
from daybreak.network.queries import holding
from daybreak.network.reach import Box
from daybreak.network.terms import Nearby
from daybreak.placement.terms import Kind, Point

Way = tuple[Point, Point, float]
"""From home, to work, and the most minutes of detour."""


def open_near_any(ways: Iterable[Way], *, day: date, employer_ids: Collection[UUID | None], at: datetime) -> Nearby:
    """Every site that offers spots on the day and may be near one of these families; which it is near is not asked.

    What contracts keep from a family of any of these employers is not there.
    """
    on_the_way: Box | None = None
    around: Box | None = None
    for home, work, detour in ways:
        on_the_way = reach.both(on_the_way, reach.on_the_way(home, work, max_detour_minutes=detour))
        around = reach.both(around, reach.around(home, MOST_TRAVEL_KM))
    if on_the_way is None or around is None:
        return open_at([], day, employer_ids, at)
    offering = Site.objects.filter(
        holding(day, "licenses__"), Exists(SiteSession.objects.filter(site=OuterRef("pk"), day=day))
    )
    in_home = Q(kind=Kind.IN_HOME)
    found = offering.filter((_in(on_the_way) & ~in_home) | (_in(around) & in_home))
    return open_at(list(found.values_list("pk", flat=True).distinct()), day, employer_ids, at)


def _in(box: Box) -> Q:
    return Q(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))
