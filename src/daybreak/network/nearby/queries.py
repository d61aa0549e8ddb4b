"""Which sites are near a family and offer spots, as placement reads them: what is left, for which ages, and when?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from daybreak.kernel.spans import minute_of
from daybreak.network import reach
from daybreak.network.caregivers.queries import hours_on
from daybreak.network.contracts.queries import withhold
from daybreak.network.limits import limits_of
from daybreak.network.models import MOST_TRAVEL_KM, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.queries import Whole, holding, wholes
from daybreak.network.reach import Box
from daybreak.network.terms import Nearby, PlaceNear, PlacesNear, RoomCard, SiteCard
from daybreak.network.weekdays import closed_around
from daybreak.placement import terms as placement
from daybreak.placement import travel
from daybreak.placement.sessions import TOLERANCE, Session, SessionKey
from daybreak.placement.terms import AgeLimit, Kind, Point

PLACES = (Kind.CENTER, Kind.FAMILY_HOME)
"""Where families come to; a caregiver comes to them."""
DAYS_AROUND = (-1, 0, 1)
"""Care on a day may touch the night before and the morning after."""


def open_near(
    *,
    home: Point,
    work: Point,
    max_detour_minutes: float,
    day: date,
    employer_id: UUID | None = None,
    at: datetime | None = None,
) -> Nearby:
    """Every site on the way that offers spots on the day under a license in force, as placement reads it.

    Caregivers are near when the home lies within the distance they travel. Spots left and ages are given for the days
    around, under (-1 | 0 | 1, session). With a moment, what contracts keep from this employer's families is not there.
    """
    reachable = _in_reach(home, work, max_detour_minutes, day)
    found = open_at([pk for pk, counts in reachable.items() if counts], day, [employer_id], at)
    return replace(found, in_reach_without_offer=len(reachable) - len(found.sites))


def open_at(ids: Collection[UUID], day: date, employer_ids: Collection[UUID | None], at: datetime | None) -> Nearby:
    """Those of these sites that offer spots on the day, without what contracts keep from any of these employers."""
    found = wholes(ids, day)
    left = _left(found, day)
    own_hours = hours_on([pk for pk, whole in found.items() if whole.card.kind is Kind.IN_HOME], day)
    sites = {room.room_id: pk for pk, whole in found.items() for room in whole.card.rooms}
    kept = withhold(left.rooms, sites, day, employer_ids, at) if at else {}
    offered = {sites[room_id] for room_id in left.offered if room_id in sites}
    offering = {pk: found[pk] for pk in sorted(offered) if found[pk].card.opens is not None}
    return Nearby(
        sites=tuple(_placed(whole, left, day, own_hours.get(site_id)) for site_id, whole in offering.items()),
        cards={str(site_id): _marked(whole.card, left) for site_id, whole in offering.items()},
        in_reach_without_offer=0,
        kept={str(site_id): reason for site_id, reason in kept.items()},
    )


def _in_reach(home: Point, work: Point, max_detour_minutes: float, day: date) -> dict[UUID, bool]:
    """Licensed sites that the household reaches, and whether each counts spots on the day.

    A box in the database first, then the exact test of the way.
    """
    caregivers = Site.objects.filter(holding(day, "licenses__"), kind=Kind.IN_HOME)
    around = _within(caregivers, reach.around(home, MOST_TRAVEL_KM))
    comes = around.values_list("pk", "latitude", "longitude", "travel_radius_km", _counted(day))
    away = travel.kilometers_to(home, travel.places_of([Point(row[1], row[2]) for row in comes])).tolist()
    return {
        **{pk: counts for pk, counts, _ in _on_the_way(home, work, max_detour_minutes, day)},
        **{row[0]: row[4] for row, km in zip(comes, away, strict=True) if km <= row[3] + TOLERANCE},
    }


def _on_the_way(
    home: Point, work: Point, max_detour_minutes: float, day: date, kinds: Collection[Kind] = PLACES
) -> list[tuple[UUID, bool, float]]:
    """Licensed centers and homes on the way, whether each counts spots on the day, and the minutes it adds."""
    licensed = Site.objects.filter(holding(day, "licenses__"), kind__in=kinds)
    found = _within(licensed, reach.on_the_way(home, work, max_detour_minutes=max_detour_minutes))
    sites = found.values_list("pk", "latitude", "longitude", _counted(day))
    added = travel.detours(home, work, travel.places_of([Point(row[1], row[2]) for row in sites])).tolist()
    return [
        (row[0], row[3], minutes)
        for row, minutes in zip(sites, added, strict=True)
        if minutes <= max_detour_minutes + TOLERANCE
    ]


def _counted(day: date) -> Exists:
    """Whether a site counts spots on a day."""
    return Exists(SiteSession.objects.filter(site=OuterRef("pk"), day=day))


def places_near(
    *,
    home: Point,
    work: Point,
    max_detour_minutes: float,
    day: date,
    most: int,
    kinds: Collection[Kind] = PLACES,
    offering: bool = False,
) -> PlacesNear:
    """Licensed places on the way, the shortest detour first, offering or not: what there is, not what fits."""
    found = _on_the_way(home, work, max_detour_minutes, day, kinds)
    counting = [pk for pk, counts, _ in found if counts]
    offers = RoomSession.objects.filter(day=day, spots__gt=0, site_session__site__in=counting)
    offered = set(offers.values_list("site_session__site", flat=True).distinct())
    listed = sorted((minutes, pk) for pk, _, minutes in found if not offering or pk in offered)
    cards = wholes([pk for _, pk in listed[:most]], day)
    return PlacesNear(
        places=tuple(PlaceNear(cards[pk].card, minutes, pk in offered) for minutes, pk in listed[:most]),
        in_all=len(listed),
    )


def _within(sites: QuerySet[Site], box: Box) -> QuerySet[Site]:
    return sites.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))


@dataclass(frozen=True)
class _Left:
    """What rooms and sites have left, by id, under (days after the day, session)."""

    rooms: dict[UUID, dict[SessionKey, int]]
    present: Mapping[UUID, Mapping[SessionKey, tuple[int, ...]]]
    limits: Mapping[UUID, Mapping[SessionKey, tuple[AgeLimit, ...]]]
    """Of rooms whose own are not all that hold, because staff on duty set others."""
    sites: Mapping[UUID, Mapping[SessionKey, int]]
    offered: frozenset[UUID]
    """Rooms that offer a spot on the day itself, taken or not."""
    simulated: frozenset[UUID]
    """Rooms whose offer the demo made up."""


def _left(found: Mapping[UUID, Whole], day: date) -> _Left:
    keys = {
        (day + timedelta(days=offset), str(session)): (offset, session) for offset in DAYS_AROUND for session in Session
    }
    days = {when[0] for when in keys}
    rooms: dict[UUID, dict[SessionKey, int]] = {}
    limits: dict[UUID, dict[SessionKey, tuple[AgeLimit, ...]]] = {}
    read: dict[str, tuple[AgeLimit, ...]] = {}
    present: dict[UUID, dict[SessionKey, tuple[int, ...]]] = {}
    offered, simulated = set(), set()
    offers = RoomSession.objects.filter(site_session__site__in=found, day__in=days, spots__gt=0)
    for room_id, on, session, left, made_up, stored, own in offers.values_list(
        "room_id", "day", "session", F("spots") - F("taken"), "simulated", "limits", "own_months"
    ):
        key = keys[on, session]
        rooms.setdefault(room_id, {})[key] = left
        if stored:
            # A city's homes share a handful of limits: each is read once.
            limits.setdefault(room_id, {})[key] = _read_once(read, stored)
        if own:
            present.setdefault(room_id, {})[key] = tuple(own)
        if on == day:
            offered.add(room_id)
        if made_up:
            simulated.add(room_id)
    sites: dict[UUID, dict[SessionKey, int]] = {}
    counters = SiteSession.objects.filter(site__in=found, day__in=days)
    for site_id, on, session, left, served in counters.values_list(
        "site_id", "day", "session", F("spots") - F("own_children") - F("taken"), "household_id"
    ):
        # A caregiver who serves a household has nothing left for another.
        sites.setdefault(site_id, {})[keys[on, session]] = 0 if served else left
    taken = TakenSpot.objects.filter(room_session__site_session__site__in=found, day__in=days)
    for room_id, on, session, months in taken.values_list("room_session__room_id", "day", "session", "months"):
        ages = present.setdefault(room_id, {})
        ages[keys[on, session]] = (*ages.get(keys[on, session], ()), months)
    return _Left(rooms, present, limits, sites, frozenset(offered), frozenset(simulated))


def _read_once(read: dict[str, tuple[AgeLimit, ...]], stored: Sequence[Mapping[str, Any]]) -> tuple[AgeLimit, ...]:
    spelled = str(stored)
    if spelled not in read:
        read[spelled] = limits_of(stored)
    return read[spelled]


def _marked(card: SiteCard, left: _Left) -> SiteCard:
    made_up = any(room.room_id in left.simulated for room in card.rooms)
    return replace(card, simulated=True) if made_up and not card.simulated else card


def _placed(whole: Whole, left: _Left, day: date, on_the_day: tuple[time, time] | None) -> placement.Site:
    """A site as placement reads it, where an in-home caregiver has no rooms and may have hours of the day's own."""
    card = whole.card
    opens, closes = on_the_day or (card.opens, card.closes)
    if opens is None or closes is None:
        raise ValueError("A site without hours cannot be placed.")
    session_spots = left.sites.get(card.site_id, {})
    at_home = card.kind is Kind.IN_HOME
    if at_home:
        offered = [left.rooms.get(room.room_id, {}) for room in card.rooms]
        session_spots = {key: min(n, *(room.get(key, 0) for room in offered)) for key, n in session_spots.items()}
    return placement.Site(
        site_id=str(card.site_id),
        kind=card.kind,
        place=card.point,
        opens=minute_of(opens),
        closes=minute_of(closes),
        closed=closed_around(card.weekdays, day),
        spots=card.capacity,
        rooms=() if at_home else tuple(_placed_room(room, whole, left) for room in card.rooms),
        takes_mildly_ill=whole.takes_mildly_ill,
        takes_special_needs=whole.takes_special_needs,
        travel_radius_km=card.travel_radius_km,
        session_spots=session_spots,
        ages=(card.rooms[0].from_months, card.rooms[0].until_months) if at_home else (0, placement.EVERY_AGE),
    )


def _placed_room(room: RoomCard, whole: Whole, left: _Left) -> placement.Room:
    return placement.Room(
        room_id=str(room.room_id),
        site_id=str(whole.card.site_id),
        from_months=room.from_months,
        until_months=room.until_months,
        spots=room.licensed_spots,
        limits=whole.limits[room.room_id],
        session_spots=left.rooms.get(room.room_id, {}),
        present=left.present.get(room.room_id, {}),
        session_limits=left.limits.get(room.room_id, {}),
    )


def licensed_near(
    *, home: Point, work: Point, max_detour_minutes: float, day: date
) -> list[tuple[UUID, list[tuple[UUID, int]]]]:
    """Every licensed site a household reaches, offering or not, with its rooms and their licensed spots, by ref."""
    found = wholes(_in_reach(home, work, max_detour_minutes, day), day)
    by_ref = Site.objects.filter(pk__in=found).order_by("external_ref").values_list("pk", flat=True)
    return [(pk, [(room.room_id, room.licensed_spots) for room in found[pk].card.rooms]) for pk in by_ref]
