"""Which sites are near and offer spots, what stands in their rooms, and do the counters tell the truth?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from daybreak.kernel.spans import minute_of
from daybreak.network import licenses, reach
from daybreak.network.caregivers.queries import hours_on
from daybreak.network.contracts.queries import keeping_at, withhold
from daybreak.network.limits import limits_of
from daybreak.network.models import MOST_TRAVEL_KM, License, Room, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.reach import Box
from daybreak.network.taking import Ask, OpenRoom, OpenSite, Standing, When
from daybreak.network.terms import Drift, Located, Nearby, RoomCard, RoomDay, SiteCard, SpotCount, Taken
from daybreak.network.weekdays import closed_around
from daybreak.placement import terms as placement
from daybreak.placement import travel
from daybreak.placement.sessions import TOLERANCE, Session, SessionKey
from daybreak.placement.terms import AgeLimit, Kind, Point

DAYS_AROUND = (-1, 0, 1)
"""Care on a day may touch the night before and the morning after."""


def holding(day: date, path: str = "") -> Q:
    """The condition that a license is in force on a day; `path` leads from the queried table to the license."""
    begun = Q(**{f"{path}from_day": None}) | Q(**{f"{path}from_day__lte": day})
    not_ended = Q(**{f"{path}until_day": None}) | Q(**{f"{path}until_day__gt": day})
    return Q(**{f"{path}status__in": licenses.IN_FORCE}) & begun & not_ended


def license_on(site_id: UUID, day: date) -> License | None:
    """The license under which a site may take children on a day, or None."""
    return License.objects.filter(holding(day), site_id=site_id).order_by("-from_day", "pk").first()


def standing_of(site_id: UUID, asks: Sequence[Ask], *, at: datetime | None = None) -> Standing:
    """What taking.py needs to know of a site; the caller holds whatever lock makes it stay true."""
    days, room_ids = {ask.when[0] for ask in asks}, {ask.room_id for ask in asks}
    terms = list(License.objects.filter(site_id=site_id).values_list("status", "from_day", "until_day", "site__kind"))
    ages = Room.objects.filter(site_id=site_id, pk__in=room_ids).values_list("pk", "from_months", "until_months")
    sites = SiteSession.objects.filter(site_id=site_id, day__in=days)
    placed = TakenSpot.objects.filter(child_id__in={ask.child_id for ask in asks}, day__in=days)
    return Standing(
        licensed_days=frozenset(
            day for day in days if any(licenses.holds_on(*license_[:3], day) for license_ in terms)
        ),
        ages={pk: (from_months, until_months) for pk, from_months, until_months in ages},
        rooms=_open_rooms(room_ids, days),
        site={_when(row): OpenSite(row.spots - row.own_children, row.taken, row.household_id, row.pk) for row in sites},
        already_placed=frozenset((row.child_id, _when(row)) for row in placed),
        serves_one_household=any(license_[3] == Kind.IN_HOME for license_ in terms),
        keeping=keeping_at([site_id], days),
        at=at,
    )


def _open_rooms(room_ids: set[UUID], days: set[date]) -> dict[tuple[UUID, When], OpenRoom]:
    rows = list(RoomSession.objects.filter(room_id__in=room_ids, day__in=days))
    mixed = {row.pk: list[int](row.own_months) for row in rows if row.limits and (row.taken or row.own_months)}
    if mixed:
        for pk, months in TakenSpot.objects.filter(room_session__in=mixed).values_list("room_session_id", "months"):
            mixed[pk].append(months)
    return {
        (row.room_id, _when(row)): OpenRoom(
            row.spots, row.taken, limits_of(row.limits), tuple(mixed.get(row.pk, ())), row.pk
        )
        for row in rows
    }


def _when(row: RoomSession | SiteSession | TakenSpot) -> When:
    return row.day, Session(row.session)


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
    found = _wholes(ids, day)
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
    counted = Exists(SiteSession.objects.filter(site=OuterRef("pk"), day=day))
    licensed = Site.objects.filter(holding(day, "licenses__"))
    columns = ("pk", "latitude", "longitude", "travel_radius_km", counted)
    on_the_way = reach.on_the_way(home, work, max_detour_minutes=max_detour_minutes)
    sites = _within(licensed.exclude(kind=Kind.IN_HOME), on_the_way).values_list(*columns)
    added = travel.detours(home, work, travel.places_of([Point(row[1], row[2]) for row in sites])).tolist()
    caregivers = _within(licensed.filter(kind=Kind.IN_HOME), reach.around(home, MOST_TRAVEL_KM)).values_list(*columns)
    away = travel.kilometers_to(home, travel.places_of([Point(row[1], row[2]) for row in caregivers])).tolist()
    return {
        **{
            row[0]: row[4]
            for row, minutes in zip(sites, added, strict=True)
            if minutes <= max_detour_minutes + TOLERANCE
        },
        **{row[0]: row[4] for row, km in zip(caregivers, away, strict=True) if km <= row[3] + TOLERANCE},
    }


def _within(sites: QuerySet[Site], box: Box) -> QuerySet[Site]:
    return sites.filter(latitude__range=(box.south, box.north), longitude__range=(box.west, box.east))


@dataclass(frozen=True)
class _Whole:
    """A site with everything that stands beside its card."""

    card: SiteCard
    takes_mildly_ill: bool
    takes_special_needs: bool
    limits: Mapping[UUID, tuple[AgeLimit, ...]]
    """By room."""


def _wholes(site_ids: Collection[UUID], day: date | None) -> dict[UUID, _Whole]:
    """Sites by id; in three queries of plain columns, because a city has thousands of them."""
    licensed = _licensed(site_ids, day)
    rooms: dict[UUID, list[RoomCard]] = {}
    limits: dict[UUID, dict[UUID, tuple[AgeLimit, ...]]] = {}
    columns = ("site_id", "limits", "pk", "name", "from_months", "until_months", "licensed_spots")
    in_order = Room.objects.filter(site__in=site_ids, licensed_spots__gt=0).order_by("from_months", "name", "pk")
    for site_id, stored, *room in in_order.values_list(*columns):
        rooms.setdefault(site_id, []).append(RoomCard(*room))
        limits.setdefault(site_id, {})[room[0]] = limits_of(stored)
    return {
        row.pk: _Whole(
            card=_card(row, licensed.get(row.pk), tuple(rooms.get(row.pk, ()))),
            takes_mildly_ill=row.takes_mildly_ill,
            takes_special_needs=row.takes_special_needs,
            limits=limits.get(row.pk, {}),
        )
        for row in Site.objects.filter(pk__in=site_ids)
    }


def _licensed(site_ids: Collection[UUID], day: date | None) -> dict[UUID, Sequence[Any]]:
    """What a card says of each site's license: that of the day, or without a day the latest there is."""
    licenses_then = License.objects.filter(site__in=site_ids)
    if day is not None:
        licenses_then = licenses_then.filter(holding(day))
    # The one without an end comes last and stays.
    ended_first = licenses_then.order_by(F("until_day").asc(nulls_last=True))
    columns = ("site_id", "number", "status", "capacity", "program")
    return {
        site_id: (number, status, n, only) for site_id, number, status, n, only in ended_first.values_list(*columns)
    }


def _card(row: Site, licensed: Sequence[Any] | None, rooms: tuple[RoomCard, ...]) -> SiteCard:
    number, status, capacity, program = licensed or ("", "", 0, "")
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
        weekdays=row.weekdays,
        hours_listed=row.hours_listed,
        address=row.address,
        license_number=number,
        license_status=status,
        capacity=capacity,
        rooms=rooms,
        simulated=row.hours_simulated,
        languages=tuple(row.languages),
        travel_radius_km=row.travel_radius_km,
        drop_in=licenses.is_drop_in(program),
    )


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


def _left(found: Mapping[UUID, _Whole], day: date) -> _Left:
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


def _placed(whole: _Whole, left: _Left, day: date, on_the_day: tuple[time, time] | None) -> placement.Site:
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


def _placed_room(room: RoomCard, whole: _Whole, left: _Left) -> placement.Room:
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


def has_sites() -> bool:
    """Say whether anybody uses this database: it has sites. False for one whose tables were never made."""
    return Site._meta.db_table in connection.introspection.table_names() and Site.objects.exists()


def licensed_near(
    *, home: Point, work: Point, max_detour_minutes: float, day: date
) -> list[tuple[UUID, list[tuple[UUID, int]]]]:
    """Every licensed site a household reaches, offering or not, with its rooms and their licensed spots, by ref."""
    found = _wholes(_in_reach(home, work, max_detour_minutes, day), day)
    by_ref = Site.objects.filter(pk__in=found).order_by("external_ref").values_list("pk", flat=True)
    return [(pk, [(room.room_id, room.licensed_spots) for room in found[pk].card.rooms]) for pk in by_ref]


def site_card(site_id: UUID, *, day: date | None = None) -> SiteCard | None:
    """What a page shows of one site, or None; with a day, under the license of that day."""
    whole = _wholes([site_id], day).get(site_id)
    return whole.card if whole else None


def sites_of(provider_id: UUID) -> tuple[SiteCard, ...]:
    """Every site of a provider, by name."""
    found = _wholes(Site.objects.filter(provider=provider_id).values_list("pk", flat=True), None)
    return tuple(sorted((whole.card for whole in found.values()), key=lambda card: (card.name, card.site_id)))


def rooms_on(site_id: UUID, day: date) -> tuple[RoomDay, ...]:
    """What each room of a site offers on a day, youngest room first; sessions without an offer are left out."""
    offered: dict[UUID, dict[Session, SpotCount]] = {}
    for row in RoomSession.objects.filter(site_session__site=site_id, day=day):
        counts = offered.setdefault(row.room_id, {})
        counts[Session(row.session)] = SpotCount(row.spots, row.taken, row.simulated)
    rooms = Room.objects.filter(site_id=site_id).order_by("from_months", "name", "pk")
    return tuple(
        RoomDay(
            RoomCard(room.pk, room.name, room.from_months, room.until_months, room.licensed_spots),
            day,
            {session: offered[room.pk][session] for session in Session if session in found},
        )
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
