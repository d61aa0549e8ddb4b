"""Ask a travel-time service for the ways it has not measured yet, before anything is decided and outside any lock.

A family that waits must not wait for a service: what does not answer in seconds is left to the formula, and a service
in trouble is left alone for a while.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from daybreak.network.models import MeasuredWay
from daybreak.network.transports import NoAnswer, TravelTimes, travel_times
from daybreak.network.ways.queries import (
    KEPT,
    around_the_way,
    minutes_known,
    name_of,
    pairs_of,
    service,
)
from daybreak.network.ways.terms import Pair
from daybreak.placement.terms import Kind, Point, Site
from daybreak.placement.travel import detour

MOST_SITES = 200
"""Only the nearest are measured; the others keep the formula."""
LEFT_ALONE = timedelta(minutes=1)
"""How long a service that did not answer is not asked again by this process."""

log = logging.getLogger(__name__)

_quiet_until: dict[str, datetime] = {}
"""By the service's address; a worker and a web process each find out for themselves."""


def measure_ways(
    *, home: Point, work: Point, max_detour_minutes: float, day: date, employer_id: UUID | None, at: datetime
) -> int:
    """Measure what is not known of the ways by sites that offer spots on a day; returns how many ways were.

    Does nothing without a service, or while it is left alone. Never raises for a service in trouble.
    """
    if not service() or _quiet_until.get(settings.TRAVEL, at) > at:
        return 0
    wide = around_the_way(
        home=home, work=work, max_detour_minutes=max_detour_minutes, day=day, employer_id=employer_id, at=at
    )
    sites = _nearest(home, work, wide.sites)
    wanted = pairs_of(home, work, sites)
    missing = wanted - minutes_known(wanted, at=at).keys()
    if not missing:
        return 0
    with travel_times() as asked:
        try:
            measured = _asked(asked, missing)
        except NoAnswer as trouble:
            log.warning("travel times: %s does not answer (%s); the formula stands in", service(), trouble)
            _quiet_until[settings.TRAVEL] = at + LEFT_ALONE
            return 0
    _keep(measured, at)
    return len(measured)


def forget_ways(*, at: datetime) -> int:
    """Drop what no longer counts; returns how many ways."""
    dropped, _ = MeasuredWay.objects.filter(measured_at__lte=at - KEPT).delete()
    return dropped


def _nearest(home: Point, work: Point, sites: Iterable[Site]) -> list[Site]:
    def by_formula(site: Site) -> tuple[float, str]:
        return (0.0 if site.kind is Kind.IN_HOME else detour(home, site.place, work)), site.site_id

    return sorted(sites, key=by_formula)[:MOST_SITES]


def _asked(asked: TravelTimes, missing: Iterable[Pair]) -> dict[Pair, float | None]:
    """One question for each end that many ways share: from home to every site, from every site to work or home."""
    starts: dict[Point, list[Point]] = {}
    ends: dict[Point, list[Point]] = {}
    missing = sorted(
        missing, key=lambda pair: (pair[0].latitude, pair[0].longitude, pair[1].latitude, pair[1].longitude)
    )
    for start, end in missing:
        starts.setdefault(start, []).append(end)
        ends.setdefault(end, []).append(start)
    found: dict[Pair, float | None] = {}
    for start, targets in starts.items():
        if len(targets) > 1:
            (row,) = asked.minutes([start], targets)
            found |= {(start, target): minutes for target, minutes in zip(targets, row, strict=True)}
    for end, sources in ends.items():
        left = [source for source in sources if (source, end) not in found]
        if left:
            column = asked.minutes(left, [end])
            found |= {(source, end): minutes for source, (minutes,) in zip(left, column, strict=True)}
    return found


@transaction.atomic
def _keep(measured: dict[Pair, float | None], at: datetime) -> None:
    rows = [MeasuredWay(way=name_of(pair), minutes=minutes, measured_at=at) for pair, minutes in measured.items()]
    MeasuredWay.objects.bulk_create(
        sorted(rows, key=lambda row: row.way),
        update_conflicts=True,
        unique_fields=["way"],
        update_fields=["minutes", "measured_at"],
    )
