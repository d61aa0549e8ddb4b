"""A parent looks up one place: when it is open, for which ages, what is on file about it, and how to get there."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from daybreak.network.caregivers.queries import checks_of
from daybreak.network.directory.queries import site_record
from daybreak.network.nearby.queries import PLACES, places_near
from daybreak.network.terms import Located, PlaceNear, SiteCard
from daybreak.network.ways.queries import legs_by_way_of
from daybreak.placement.terms import Kind
from daybreak.web import near_map
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, about_site, for_anybody
from daybreak.web.open_days import days_in_words
from daybreak.web.parents import household_at
from daybreak.web.site_words import check_lines, spoken_languages
from daybreak.web.templatetags import said
from daybreak.web.way_map import way_map

LISTED, MAPPED = 40, 9
KINDS: Mapping[str, tuple[Kind, ...]] = {"center": (Kind.CENTER,), "home": (Kind.FAMILY_HOME,)}


@dataclass(frozen=True)
class Ages:
    """One room in words."""

    name: str
    ages: str
    spots: int


@dataclass(frozen=True)
class PlaceLine:
    """One place of the list."""

    number: int
    """On the map; 0 for those beyond it."""
    near: PlaceNear
    hours: str
    ages: str


@for_anybody(Purpose.SEE_PLACES)
@never_cache
@require_safe
def places_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Licensed places on a family's way: what there is, before anybody needs it."""
    household = household_at(visit)
    kind, offering = request.GET.get("kind", ""), request.GET.get("offering") == "1"
    found = places_near(
        home=household.home,
        work=household.work,
        max_detour_minutes=household.max_detour_minutes,
        day=visit.at.astimezone(ZoneInfo(household.zone)).date(),
        kinds=KINDS.get(kind, PLACES),
        offering=offering,
        most=LISTED,
    )
    lines = [
        PlaceLine(number if number <= MAPPED else 0, near, hours_in_words(near.card), _all_ages(near.card))
        for number, near in enumerate(found.places, start=1)
    ]
    words = {"work": household.work_name}
    drawn = near_map.draw(
        household.home,
        household.work,
        [near.card.point for near in found.places[:MAPPED]],
        title=gettext("Places around your way to work"),
        said=gettext("The numbers are those of the list; the house is your home, the case is %(work)s.") % words,
    )
    kinds = {"": gettext("All"), "center": gettext("Centers"), "home": gettext("Homes")}
    context = {
        **{"lines": lines, "in_all": found.in_all, "map": drawn, "household": household, "offering": offering},
        "kinds": [{"value": value, "name": name, "on": value == kind} for value, name in kinds.items()],
        "is_more": found.in_all > len(lines),
    }
    return render(request, "web/places.html", context)


def _all_ages(card: SiteCard) -> str:
    """From the youngest age of any room to the oldest."""
    if not card.rooms:
        return ""
    return ages_in_words(min(room.from_months for room in card.rooms), max(room.until_months for room in card.rooms))


@about_site(Purpose.SEE_PLACE)
@never_cache
@require_safe
def place_page(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """One place, for a parent. A caregiver who comes to the home is no place to look up."""
    if card.kind is Kind.IN_HOME:
        raise Http404
    household = household_at(visit)
    legs = legs_by_way_of(card.point, home=household.home, work=household.work, at=visit.at)
    today = visit.at.astimezone(ZoneInfo(card.zone)).date()
    record = site_record(card.site_id, day=today)
    current = next((line for line in record.licenses if line.until_day is None), None)
    context = {
        "card": card,
        "hours": hours_in_words(card),
        "days": days_in_words(card.weekdays),
        "ages": [
            Ages(room.name, ages_in_words(room.from_months, room.until_months), room.licensed_spots)
            for room in card.rooms
        ],
        "record": record,
        "checks": check_lines(checks_of(card.site_id), day=today),
        "languages": spoken_languages(card.languages),
        "current": current,
        "former": [line for line in record.licenses if line.until_day is not None],
        "map": way_map(card, household, legs),
        "is_rough": card.located is Located.ZIP_CENTROID,
        "geo": f"geo:{card.point.latitude:.5f},{card.point.longitude:.5f}",
    }
    return render(request, "web/place.html", context)


def hours_in_words(card: SiteCard) -> str:
    """When it is open, or nothing while nobody has said."""
    if card.opens is None or card.closes is None:
        return ""
    if card.opens == card.closes:
        return gettext("around the clock")
    words = {"opens": said.clock_within(card.opens), "closes": said.clock_within(card.closes)}
    return gettext("%(opens)s to %(closes)s") % words


def ages_in_words(from_months: int, until_months: int) -> str:
    """The ages of a room, half-open."""
    words = {"from": _age(from_months), "until": _age(until_months)}
    return (gettext("%(from)s up to %(until)s") if from_months else gettext("up to %(until)s")) % words


def _age(months: int) -> str:
    """To the month where whole years would mislead: a room from two and a half is not one from two."""
    if months % 12 == 0:
        return said.age(months)
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
