"""What is a site, what stands in its rooms, and do the counters tell the truth?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q

from daybreak.network import licenses
from daybreak.network.contracts.queries import keeping_at
from daybreak.network.limits import limits_of
from daybreak.network.models import License, Room, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.taking import Ask, OpenRoom, OpenSite, Standing, When
from daybreak.network.terms import Drift, Located, RoomCard, RoomDay, SiteCard, SpotCount, Taken
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point


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


@dataclass(frozen=True)
class Whole:
    """A site with everything that stands beside its card."""

    card: SiteCard
    takes_mildly_ill: bool
    takes_special_needs: bool
    limits: Mapping[UUID, tuple[AgeLimit, ...]]
    """By room."""


def wholes(site_ids: Collection[UUID], day: date | None) -> dict[UUID, Whole]:
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
        row.pk: Whole(
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


def has_sites() -> bool:
    """Say whether anybody uses this database: it has sites. False for one whose tables were never made."""
    return Site._meta.db_table in connection.introspection.table_names() and Site.objects.exists()


def site_card(site_id: UUID, *, day: date | None = None) -> SiteCard | None:
    """What a page shows of one site, or None; with a day, under the license of that day."""
    whole = wholes([site_id], day).get(site_id)
    return whole.card if whole else None


def sites_of(provider_id: UUID) -> tuple[SiteCard, ...]:
    """Every site of a provider, by name."""
    found = wholes(Site.objects.filter(provider=provider_id).values_list("pk", flat=True), None)
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
