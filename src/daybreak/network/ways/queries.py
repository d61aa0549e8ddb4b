"""Which sites lie on the way, by the minutes a travel-time service measured, or by the formula where none has?

What was measured is kept for a while under a keyed fingerprint of both ends, so that nobody who reads the table learns
where a family lives. A way is either measured in all its parts or estimated in all of them: the two are never mixed.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from daybreak.network.models import MeasuredWay
from daybreak.network.nearby.queries import open_near
from daybreak.network.terms import Nearby
from daybreak.network.ways.routing import service_in
from daybreak.network.ways.terms import FORMULA, Legs, OnTheWay, Pair
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Kind, Point, Site
from daybreak.placement.travel import Way, minutes
from daybreak.vault.queries import fingerprint

KEPT = timedelta(days=30)
"""How long a measured way counts: roads change, and so do the homes of families."""
WIDER = 2.0
"""A road can be quicker than the formula says, so sites up to this many times the allowed detour are measured."""
COLUMN = "network.way"
BATCH = 500


def service() -> str:
    """The kind of travel-time service that the settings name, such as osrm, or nothing where they name none."""
    return service_in(settings.TRAVEL)


def open_on_the_way(
    *, home: Point, work: Point, max_detour_minutes: float, day: date, employer_id: UUID | None, at: datetime
) -> OnTheWay:
    """Every site on the way that offers spots on the day; near by what was measured, else by the formula."""
    near = open_near(
        home=home, work=work, max_detour_minutes=max_detour_minutes, day=day, employer_id=employer_id, at=at
    )
    if not service():
        return OnTheWay(near, {})
    wide = around_the_way(
        home=home, work=work, max_detour_minutes=max_detour_minutes, day=day, employer_id=employer_id, at=at
    )
    known = minutes_known(pairs_of(home, work, wide.sites), at=at)
    ways = {site.site_id: way for site in wide.sites if (way := _way(home, work, site, known))}
    by_formula = {site.site_id for site in near.sites}
    fits = {
        site.site_id
        for site in wide.sites
        if site.kind is Kind.IN_HOME
        or (
            ways[site.site_id].spent <= max_detour_minutes + TOLERANCE
            if site.site_id in ways
            else site.site_id in by_formula
        )
    }
    nearby = replace(
        near,
        sites=tuple(site for site in wide.sites if site.site_id in fits),
        cards={site_id: card for site_id, card in wide.cards.items() if site_id in fits},
        kept={**wide.kept, **near.kept},
    )
    return OnTheWay(nearby, {site_id: way for site_id, way in ways.items() if site_id in fits})


def around_the_way(
    *, home: Point, work: Point, max_detour_minutes: float, day: date, employer_id: UUID | None, at: datetime
) -> Nearby:
    """The sites that may turn out to be on the way once their ways are measured."""
    wide = max_detour_minutes * WIDER
    return open_near(home=home, work=work, max_detour_minutes=wide, day=day, employer_id=employer_id, at=at)


def pairs_of(home: Point, work: Point, sites: Iterable[Site]) -> set[Pair]:
    """Every way that must be known to say what these sites add to the way to work."""
    pairs = {(home, work)}
    for site in sites:
        pairs |= {(site.place, home)} if site.kind is Kind.IN_HOME else {(home, site.place), (site.place, work)}
    return pairs


def minutes_known(pairs: Collection[Pair], *, at: datetime) -> dict[Pair, float | None]:
    """What was measured of these ways and still counts; None where the service knows no way."""
    by_name = {name_of(pair): pair for pair in pairs}
    names, found = sorted(by_name), dict[Pair, float | None]()
    for start in range(0, len(names), BATCH):
        rows = MeasuredWay.objects.filter(way__in=names[start : start + BATCH], measured_at__gt=at - KEPT)
        found |= {by_name[name]: minutes for name, minutes in rows.values_list("way", "minutes")}
    return found


def name_of(pair: Pair) -> str:
    """The fingerprint of a way, of about a meter's precision, under the service that measured it."""
    ends = "|".join(f"{point.latitude:.5f},{point.longitude:.5f}" for point in pair)
    return fingerprint(f"{settings.TRAVEL}|{ends}", column=COLUMN) or ""


def legs_by_way_of(site: Point, *, home: Point, work: Point, at: datetime) -> Legs:
    """The minutes of each leg by way of one site, measured if all of them are, else by the formula."""
    pairs = ((home, site), (site, work), (home, work))
    known = minutes_known(pairs, at=at) if service() else {}
    to_site, to_work, direct = (known.get(pair) for pair in pairs)
    if to_site is None or to_work is None or direct is None:
        return Legs(minutes(home, site), minutes(site, work), minutes(home, work), by=FORMULA)
    return Legs(to_site, to_work, direct, by=service())


def way_by(site: Site, *, home: Point, work: Point, at: datetime) -> Way | None:
    """The measured way by one site, or None where it is not known or nothing is measured."""
    return _way(home, work, site, minutes_known(pairs_of(home, work, [site]), at=at)) if service() else None


def _way(home: Point, work: Point, site: Site, known: dict[Pair, float | None]) -> Way | None:
    direct = known.get((home, work))
    if site.kind is Kind.IN_HOME:
        comes = known.get((site.place, home))
        return Way(spent=comes, around_work=direct) if comes is not None and direct is not None else None
    there, on = known.get((home, site.place)), known.get((site.place, work))
    if there is None or on is None or direct is None:
        return None
    return Way(spent=max(there + on - direct, 0.0), around_work=on)
