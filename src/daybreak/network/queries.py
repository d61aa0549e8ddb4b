"""Which sites are near and offer spots, what stands in their rooms, and do the counters tell the truth?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from daybreak.kernel.spans import minute_of
from daybreak.network import licenses, reach
from daybreak.network.models import MOST_TRAVEL_KM, License, Room, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.reach import Box
from daybreak.network.taking import Ask, OpenRoom, OpenSite, Standing, When
from daybreak.network.terms import Drift, Located, Nearby, RoomCard, RoomDay, SiteCard, SpotCount, Taken
from daybreak.placement import terms as placement
from daybreak.placement import travel
from daybreak.placement.sessions import TOLERANCE, Session, SessionKey
from daybreak.placement.terms import AgeLimit, Kind, Point

DAYS_AROUND = (-1, 0, 1)
"""Care on a day may touch the night before and the morning after."""


def limits_of(stored: Iterable[Mapping[str, Any]]) -> tuple[AgeLimit, ...]:
    """Age limits as their column holds them."""
    return tuple(AgeLimit(**limit) for limit in stored)


def holding(day: date, path: str = "") -> Q:
    """The condition that a license is in force on a day; `path` leads from the queried table to the license."""
    begun = Q(**{f"{path}from_day": None}) | Q(**{f"{path}from_day__lte": day})
    not_ended = Q(**{f"{path}until_day": None}) | Q(**{f"{path}until_day__gt": day})
    return Q(**{f"{path}status__in": licenses.IN_FORCE}) & begun & not_ended


def license_on(site_id: UUID, day: date) -> License | None:
    """The license under which a site may take children on a day, or None."""
    return License.objects.filter(holding(day), site_id=site_id).order_by("-from_day", "pk").first()


def standing_of(site_id: UUID, asks: Sequence[Ask]) -> Standing:
    """What taking.py needs to know of a site; the caller holds whatever lock makes it stay true."""
    days, room_ids = {ask.when[0] for ask in asks}, {ask.room_id for ask in asks}
    rows = License.objects.filter(site_id=site_id).values_list("status", "from_day", "until_day")
    licensed = frozenset(day for day in days if any(licenses.holds_on(*row, day) for row in rows))
    ages = Room.objects.filter(site_id=site_id, pk__in=room_ids).values_list("pk", "from_months", "until_months")
    rooms = {
        (row.room_id, _when(row)): OpenRoom(
            row.spots, row.taken, limits_of(row.limits), tuple(spot.months for spot in row.taken_spots.all())
        )
        for row in RoomSession.objects.filter(room_id__in=room_ids, day__in=days).prefetch_related("taken_spots")
    }
    sites = SiteSession.objects.filter(site_id=site_id, day__in=days)
    taken = TakenSpot.objects.filter(child_id__in={ask.child_id for ask in asks}, day__in=days)
    return Standing(
        licensed_days=licensed,
        ages={pk: (from_months, until_months) for pk, from_months, until_months in ages},
        rooms=rooms,
        site={_when(row): OpenSite(row.spots, row.taken, row.household_id) for row in sites},
        already_placed=frozenset((row.child_id, _when(row)) for row in taken),
    )


def _when(row: RoomSession | SiteSession | TakenSpot) -> When:
    return row.day, Session(row.session)


def open_near(*, home: Point, work: Point, max_detour_minutes: float, day: date) -> Nearby:
    """Every site on the way that offers spots on the day under a license in force, as placement reads it.

    Caregivers are near when the home lies within the distance they travel. Spots left and ages present are given for
    the day before, the day and the day after, under (-1 | 0 | 1, session). A site of unknown hours offers nothing.
    """
    reachable = _in_reach(home, work, max_detour_minutes, day)
    offering = _offering(reachable, day)
    offers = _offers_of(offering, day)
    rows = [
        row for row in _sites().filter(pk__in=offering, opens__isnull=False).order_by("pk") if row.pk in offers.open
    ]
    return Nearby(
        sites=tuple(_placed(row, offers, day) for row in rows),
        cards={str(row.pk): _card(row, day, simulated=row.pk in offers.simulated) for row in rows},
        in_reach_without_offer=len(reachable) - len(rows),
    )


def _in_reach(home: Point, work: Point, max_detour_minutes: float, day: date) -> set[UUID]:
    """Licensed sites that the household reaches, offering or not: a box in the database, then the exact test."""
    columns = ("pk", "latitude", "longitude", "travel_radius_km")
    licensed = Site.objects.filter(holding(day, "licenses__"))
    at_home = licensed.filter(kind=Kind.IN_HOME)
    caregivers = _within(at_home, reach.around(home, MOST_TRAVEL_KM)).values_list(*columns)
    on_the_way = _within(
        licensed.exclude(kind=Kind.IN_HOME), reach.on_the_way(home, work, max_detour_minutes=max_detour_minutes)
    )
    sites = on_the_way.values_list(*columns)
    near = travel.kilometers_to(home, travel.places_of([Point(row[1], row[2]) for row in caregivers]))
    added = travel.detours(home, work, travel.places_of([Point(row[1], row[2]) for row in sites]))
    return {row[0] for row, km in zip(caregivers, near.tolist(), strict=True) if km <= row[3] + TOLERANCE} | {
        row[0] for row, minutes in zip(sites, added.tolist(), strict=True) if minutes <= max_detour_minutes + TOLERANCE
    }


def _within(sites: QuerySet[Site], box: Box) -> QuerySet[Site]:
    return sites.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))


def _offering(reachable: set[UUID], day: date) -> set[UUID]:
    """Those of the sites that count spots on the day; whether any room offers some is seen with its rows."""
    counted = SiteSession.objects.filter(day=day).values_list("site_id", flat=True).distinct()
    return reachable.intersection(counted)


@dataclass(frozen=True)
class _Offers:
    """What rooms and sites have left, by id, under (days after the day, session)."""

    rooms: Mapping[UUID, Mapping[SessionKey, int]]
    present: Mapping[UUID, Mapping[SessionKey, tuple[int, ...]]]
    sites: Mapping[UUID, Mapping[SessionKey, int]]
    open: frozenset[UUID]
    """Sites with a room that offers a spot on the day itself, taken or not."""
    simulated: frozenset[UUID]


def _offers_of(site_ids: set[UUID], day: date) -> _Offers:
    days = (day + timedelta(days=DAYS_AROUND[0]), day + timedelta(days=DAYS_AROUND[-1]))
    rooms: dict[UUID, dict[SessionKey, int]] = {}
    mixed: dict[UUID, tuple[UUID, SessionKey]] = {}
    opened, simulated = set(), set()
    columns = ("pk", "room_id", "day", "session", "spots", "taken", "limits", "simulated", "site_session__site_id")
    offered = RoomSession.objects.filter(site_session__site__in=site_ids, day__range=days, spots__gt=0)
    for pk, room_id, on, session, spots, taken, limits, made_up, site_id in offered.values_list(*columns):
        key = ((on - day).days, Session(session))
        rooms.setdefault(room_id, {})[key] = spots - taken
        if taken and limits:
            mixed[pk] = (room_id, key)
        if on == day:
            opened.add(site_id)
        if made_up:
            simulated.add(site_id)
    sites: dict[UUID, dict[SessionKey, int]] = {}
    counted = SiteSession.objects.filter(site__in=site_ids, day__range=days)
    for site_id, on, session, spots, taken, served in counted.values_list(
        "site_id", "day", "session", "spots", "taken", "household_id"
    ):
        left = 0 if served else spots - taken
        sites.setdefault(site_id, {})[(on - day).days, Session(session)] = left
    return _Offers(rooms, _ages_in(mixed), sites, frozenset(opened), frozenset(simulated))


def _ages_in(mixed: Mapping[UUID, tuple[UUID, SessionKey]]) -> Mapping[UUID, Mapping[SessionKey, tuple[int, ...]]]:
    """The ages of the children in rooms where age decides what is left."""
    present: dict[UUID, dict[SessionKey, tuple[int, ...]]] = {}
    spots = TakenSpot.objects.filter(room_session__in=mixed).order_by("pk")
    for pk, months in spots.values_list("room_session_id", "months"):
        room_id, key = mixed[pk]
        ages = present.setdefault(room_id, {})
        ages[key] = (*ages.get(key, ()), months)
    return present


def _placed(row: Site, offers: _Offers, day: date) -> placement.Site:
    """A site as placement reads it; an in-home caregiver's one room is nobody's business there."""
    kind = Kind(row.kind)
    if row.opens is None or row.closes is None:
        raise ValueError("A site without hours cannot be placed.")
    session_spots = offers.sites.get(row.pk, {})
    if kind is Kind.IN_HOME:
        session_spots = _least(session_spots, [offers.rooms.get(room.pk, {}) for room in row.rooms.all()])
    return placement.Site(
        site_id=str(row.pk),
        kind=kind,
        place=Point(row.latitude, row.longitude),
        opens=minute_of(row.opens),
        closes=minute_of(row.closes),
        spots=_capacity(row, day),
        rooms=() if kind is Kind.IN_HOME else tuple(_placed_room(room, offers) for room in row.rooms.all()),
        takes_mildly_ill=row.takes_mildly_ill,
        takes_special_needs=row.takes_special_needs,
        travel_radius_km=row.travel_radius_km,
        session_spots=session_spots,
    )


def _least(site: Mapping[SessionKey, int], rooms: Sequence[Mapping[SessionKey, int]]) -> dict[SessionKey, int]:
    return {key: min([left, *(room.get(key, 0) for room in rooms)]) for key, left in site.items()}


def _placed_room(room: Room, offers: _Offers) -> placement.Room:
    return placement.Room(
        room_id=str(room.pk),
        site_id=str(room.site_id),
        from_months=room.from_months,
        until_months=room.until_months,
        spots=room.licensed_spots,
        limits=limits_of(room.limits),
        session_spots=offers.rooms.get(room.pk, {}),
        present=offers.present.get(room.pk, {}),
    )


def has_sites_from(prefix: str) -> bool:
    """Say whether a license list was ever imported; `prefix` is what its refs begin with, such as ny."""
    return Site.objects.filter(external_ref__startswith=f"{prefix}:").exists()


def licensed_near(
    *, home: Point, work: Point, max_detour_minutes: float, day: date
) -> list[tuple[UUID, list[tuple[UUID, int]]]]:
    """Every licensed site a household reaches, offering or not, with its rooms and their licensed spots, by ref."""
    rows = _sites().filter(pk__in=_in_reach(home, work, max_detour_minutes, day)).order_by("external_ref")
    return [(row.pk, [(room.pk, room.licensed_spots) for room in row.rooms.all()]) for row in rows]


def site_card(site_id: UUID, *, day: date | None = None) -> SiteCard | None:
    """What a page shows of one site, or None; with a day, under the license of that day."""
    row = _sites().filter(pk=site_id).first()
    return _card(row, day, simulated=row.hours_simulated) if row else None


def sites_of(provider_id: UUID) -> tuple[SiteCard, ...]:
    """Every site of a provider, by name."""
    rows = _sites().filter(provider=provider_id).order_by("name", "pk")
    return tuple(_card(row, None, simulated=row.hours_simulated) for row in rows)


def _sites() -> QuerySet[Site]:
    rooms = Room.objects.filter(licensed_spots__gt=0).order_by("from_months", "name", "pk")
    return Site.objects.prefetch_related(
        Prefetch("rooms", rooms), Prefetch("licenses", License.objects.order_by("from_day", "pk"))
    )


def _licensed(row: Site, day: date | None) -> License | None:
    """The license of a day, or without one the license without an end, or the last there was."""
    every = list(row.licenses.all())
    if day is not None:
        return next((one for one in every if licenses.holds_on(one.status, one.from_day, one.until_day, day)), None)
    return next((one for one in every if one.until_day is None), every[-1] if every else None)


def _capacity(row: Site, day: date) -> int:
    license_now = _licensed(row, day)
    return license_now.capacity if license_now else 0


def _card(row: Site, day: date | None, *, simulated: bool) -> SiteCard:
    license_now = _licensed(row, day)
    return SiteCard(
        site_id=row.pk,
        provider_id=row.provider_id,
        name=row.name,
        kind=Kind(row.kind),
        point=Point(row.latitude, row.longitude),
        located=Located(row.located),
        zone=row.zone,
        city=row.city,
        zip_code=row.zip_code,
        opens=row.opens,
        closes=row.closes,
        instant=row.instant,
        license_number=license_now.number if license_now else "",
        license_status=license_now.status if license_now else "",
        capacity=license_now.capacity if license_now else 0,
        rooms=tuple(_room_card(room) for room in row.rooms.all()),
        simulated=simulated or row.hours_simulated,
    )


def _room_card(room: Room) -> RoomCard:
    return RoomCard(room.pk, room.name, room.from_months, room.until_months, room.licensed_spots)


def rooms_on(site_id: UUID, day: date) -> tuple[RoomDay, ...]:
    """What each room of a site offers on a day, youngest room first; sessions without an offer are left out."""
    offered: dict[UUID, dict[Session, SpotCount]] = {}
    for row in RoomSession.objects.filter(site_session__site=site_id, day=day):
        counts = offered.setdefault(row.room_id, {})
        counts[Session(row.session)] = SpotCount(row.spots, row.taken, row.simulated)
    rooms = Room.objects.filter(site_id=site_id).order_by("from_months", "name", "pk")
    return tuple(
        RoomDay(_room_card(room), day, {session: offered[room.pk][session] for session in Session if session in found})
        for room in rooms
        if (found := offered.setdefault(room.pk, {})) or room.licensed_spots
    )


def taken_on(site_id: UUID, day: date) -> tuple[Taken, ...]:
    """Every child's spot at a site on a day, by room, session and child."""
    rows = TakenSpot.objects.filter(room_session__site_session__site=site_id, day=day)
    spots = [
        Taken(
            booking_id=row.booking_id,
            household_id=row.household_id,
            child_id=row.child_id,
            months=row.months,
            room_id=row.room_session.room_id,
            day=row.day,
            session=Session(row.session),
        )
        for row in rows.select_related("room_session")
    ]
    order = list(Session)
    return tuple(sorted(spots, key=lambda spot: (spot.room_id, order.index(spot.session), spot.child_id)))


def drift() -> list[Drift]:
    """Every counter that differs from the rows it counts: the nightly audit, empty unless there is a bug."""
    rooms = RoomSession.objects.annotate(rows=Count("taken_spots")).exclude(taken=F("rows"))
    sites = SiteSession.objects.annotate(rows=Count("room_sessions__taken_spots")).exclude(taken=F("rows"))
    return [
        Drift(counter, pk, taken, rows)
        for counter, found in (("room", rooms), ("site", sites))
        for pk, taken, rows in found.order_by("pk").values_list("pk", "taken", "rows")
    ]
