"""Add sites, say their hours, offer spots, take them and give them back.

`take_spots` is the only function that makes a spot scarcer. Whoever changes counters locks them first, site sessions
before room sessions and each by id, so that two writers never wait for each other. Taking at several sites in one
transaction is safe in the order of their ids.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.kernel.errors import LostRace
from daybreak.network import offering, taking
from daybreak.network.capacity import caregivers_room
from daybreak.network.contracts.queries import stored_on
from daybreak.network.license_lists.actions.write import Progress, silent, write_list
from daybreak.network.license_lists.queries import license_list
from daybreak.network.license_lists.terms import Imported
from daybreak.network.licenses import IN_FORCE
from daybreak.network.limits import stored
from daybreak.network.models import License, Provider, Room, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.queries import license_on, standing_of
from daybreak.network.staff.actions import restaff
from daybreak.network.staff.queries import days_said, is_said
from daybreak.network.taking import Ask
from daybreak.network.terms import NewSite, SpotWanted
from daybreak.network.weekdays import NAMES, days_of
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind


class _Refused(Exception):
    def __init__(self, *reasons: Reason) -> None:
        super().__init__()
        self.decision = No(reasons)


def take_spots(
    *,
    booking_id: UUID,
    household_id: UUID,
    site_id: UUID,
    wanted: Sequence[SpotWanted],
    at: datetime,
    employer_id: UUID | None = None,
) -> Decision:
    """Take every spot a booking needs at one site, or none and say why. Raises RuntimeError outside a transaction.

    `employer_id` says whose family it is, for spots that contracts keep. After a refusal nothing is written and, on
    PostgreSQL, nothing stays locked: the caller may try the next site.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Spots are taken in the transaction of the booking they belong to.")
    readable = taking.readable(wanted)
    if not readable:
        return readable
    asks = _asks(wanted)
    who = _Who(booking_id, household_id, employer_id)
    if connection.vendor == "postgresql":
        return _take_in_the_database(who, site_id, asks, at)
    return _take(who, site_id, asks, at)


@dataclass(frozen=True)
class _Who:
    """For whom spots are taken."""

    booking_id: UUID
    household_id: UUID
    employer_id: UUID | None


def _asks(wanted: Sequence[SpotWanted]) -> list[Ask]:
    """Spell the wish out, one line per child and session, in the order in which rows are written everywhere."""
    asks = [Ask(one.child_id, one.months, one.room_id, when) for one in wanted for when in one.sessions]
    return sorted(asks, key=lambda ask: (ask.child_id, ask.when))


def _take_in_the_database(who: _Who, site_id: UUID, asks: Sequence[Ask], at: datetime) -> Decision:
    """One round trip: network_take_spots, in this package's migrations, keeps the rule of taking.py."""
    rows = (
        [uuid4() for _ in asks],
        [ask.child_id for ask in asks],
        [ask.months for ask in asks],
        [ask.room_id for ask in asks],
        [ask.when[0] for ask in asks],
        [str(ask.when[1]) for ask in asks],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT network_take_spots(%s, %s, %s::uuid, %s, %s, %s::text[],"
            " %s::uuid[], %s::uuid[], %s::int[], %s::uuid[], %s::date[], %s::text[])",
            [who.booking_id, who.household_id, who.employer_id, site_id, at, list(IN_FORCE), *rows],
        )
        (answer,) = cursor.fetchone()
    if answer is None:
        return Yes()
    return No(taking.ordered(taking.told(code, facts, *cite) for code, facts, *cite in json.loads(answer)))


def _take(who: _Who, site_id: UUID, asks: Sequence[Ask], at: datetime) -> Decision:
    """The same in Django's words, for SQLite, where the transaction already is the only writer."""
    standing = standing_of(site_id, asks, at=at)
    decision = taking.decide(asks, standing, household_id=who.household_id, employer_id=who.employer_id)
    if isinstance(decision, No):
        return decision
    rooms = {key: room.room_session_id for key, room in standing.rooms.items() if room.room_session_id}
    in_rooms = Counter(rooms[ask.room_id, ask.when] for ask in asks)
    sites = {when: site.site_session_id for when, site in standing.site.items() if site.site_session_id}
    at_site = Counter(sites[ask.when] for ask in asks)
    served = who.household_id if standing.serves_one_household else None
    free = Q(household_id=None) | Q(household_id=who.household_id)
    _count_up(RoomSession.objects.all(), F("spots"), in_rooms)
    _count_up(SiteSession.objects.filter(free), F("spots") - F("own_children"), at_site, household_id=served)
    TakenSpot.objects.bulk_create(
        TakenSpot(
            id=uuid4(),
            booking_id=who.booking_id,
            household_id=who.household_id,
            employer_id=who.employer_id,
            child_id=ask.child_id,
            months=ask.months,
            room_session_id=rooms[ask.room_id, ask.when],
            day=ask.when[0],
            session=ask.when[1],
            at=at,
        )
        for ask in asks
    )
    return Yes()


def _count_up(counters: QuerySet[Any], most: Combinable, wanted: Counter[UUID], **also: object) -> None:
    """Raise each counter while it has the spots; the row count has the last word, whatever was read before."""
    for spots in set(wanted.values()):
        keys = [pk for pk, count in wanted.items() if count == spots]
        free = counters.filter(pk__in=keys, taken__lte=most - spots)
        if free.update(taken=F("taken") + spots, **also) != len(keys):
            raise LostRace("Spots were taken by somebody else between reading and writing. Nothing was booked.")


def release_spots(*, booking_id: UUID, at: datetime) -> int:  # noqa: ARG001 — every action says when
    """Give back every spot of a booking; returns how many, 0 when there is nothing left to give back.

    Raises RuntimeError outside a transaction: a booking never ends without its spots, nor the other way round.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Spots are given back in the transaction that ends their booking.")
    room_ids = set(TakenSpot.objects.filter(booking_id=booking_id).values_list("room_session_id", flat=True))
    rooms = _locked_rooms(room_ids)
    # Read again under the lock: another hand may have given them back while this one waited.
    taken = Counter(TakenSpot.objects.filter(booking_id=booking_id).values_list("room_session_id", flat=True))
    TakenSpot.objects.filter(booking_id=booking_id).delete()
    per_site: Counter[UUID] = Counter()
    for room in rooms:
        RoomSession.objects.filter(pk=room.pk).update(taken=F("taken") - taken[room.pk])
        per_site[room.site_session_id] += taken[room.pk]
    for site_session_id, spots in per_site.items():
        SiteSession.objects.filter(pk=site_session_id).update(taken=F("taken") - spots)
    SiteSession.objects.filter(pk__in=per_site, taken=0).update(household_id=None)
    return taken.total()


def _locked_rooms(room_session_ids: Iterable[UUID]) -> list[RoomSession]:
    """Lock these room sessions and the site sessions above them, in one order; returns the rooms as they now are."""
    wanted = list(room_session_ids)
    sites = SiteSession.objects.filter(room_sessions__in=wanted).values_list("pk", flat=True)
    list(SiteSession.objects.select_for_update().filter(pk__in=list(sites)).order_by("pk"))
    return list(RoomSession.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))


def offer_spots(
    *,
    site_id: UUID,
    day: date,
    offers: Mapping[tuple[UUID, Session], int],
    at: datetime,
    actor: UUID | None,
    simulated: bool = False,
    from_week: bool = False,
) -> Decision:
    """Say how many spots rooms have on a day; offering fewer takes spots back, offering again replaces the number.

    `from_week` marks what a caregiver's week offers, so that another week may replace it.

    Refuses what the license does not allow, what children already have, and a site whose hours nobody has said.
    """
    try:
        with transaction.atomic():
            _offer(site_id, day, offers, at, _Said(simulated, from_week))
            facts: dict[str, Fact] = {"day": day.isoformat(), "spots": sum(offers.values()), "simulated": simulated}
            record(actor=actor, verb="offer", thing="site", thing_id=site_id, because="spots", at=at, facts=facts)
    except _Refused as refused:
        return refused.decision
    return Yes()


@dataclass(frozen=True)
class _Said:
    """Whose word an offer is: the demo's, a week's, or else somebody's for this very day."""

    simulated: bool
    from_week: bool


def _offer(site_id: UUID, day: date, offers: Mapping[tuple[UUID, Session], int], at: datetime, said: _Said) -> None:
    site = Site.objects.select_for_update(no_key=True).filter(pk=site_id).first()
    if site is None:
        raise _Refused(Reason("unknown-site", {"site_id": str(site_id)}))
    license_now = license_on(site_id, day)
    rooms = {room.pk: room for room in Room.objects.filter(site_id=site_id)}
    decision = offering.decide(
        offers,
        licensed={pk: room.licensed_spots for pk, room in rooms.items()},
        license_holds=license_now is not None,
        hours_known=site.opens is not None,
        closed=_closed(site, day),
        days_ahead=(day - at.astimezone(ZoneInfo(site.zone)).date()).days,
        day=day,
    )
    if isinstance(decision, No):
        raise _Refused(*decision.reasons)
    capacity = license_now.capacity if license_now else 0
    counters = _site_sessions(site_id, day, {session for _, session in offers}, capacity)
    kept = stored_on(site_id, day, site.zone)
    refusals = [
        _offer_room(rooms[room_id], counters[session], spots, kept.get(room_id, kept[None]), said)
        for (room_id, session), spots in sorted(offers.items())
    ]
    if reasons := [reason for reason in refusals if reason]:
        raise _Refused(*reasons)
    if is_said(site_id, (day - timedelta(days=1), day)):
        restaff(site_id, day)


def _closed(site: Site, day: date) -> frozenset[Session]:
    if site.opens is None or site.closes is None:
        return frozenset()
    return offering.closed_sessions(site.opens, site.closes, site.weekdays, day)


def _offer_room(room: Room, counter: SiteSession, spots: int, kept: list[dict[str, Any]], said: _Said) -> Reason | None:
    """Write one room's offer for one session, under the lock of its site's counter; or say why it cannot be."""
    day, session = counter.day, Session(counter.session)
    offer = {"spots": spots, "limits": room.limits, "kept": kept, "simulated": said.simulated}
    row, is_new = RoomSession.objects.get_or_create(
        room=room,
        day=day,
        session=session,
        defaults={"id": uuid4(), "site_session": counter, "from_week": said.from_week, **offer},
    )
    if is_new:
        return None
    if said.simulated and not row.simulated:
        return Reason("offered-by-the-provider", {"day": day.isoformat(), "session": str(session)})
    # Saying for a day just what its week says changes nothing, so that the week goes on to speak for it.
    offer["from_week"] = said.from_week or (row.from_week and row.spots == spots)
    if RoomSession.objects.filter(pk=row.pk, taken__lte=spots).update(**offer):
        return None
    return offering.fewer_than_taken(room.pk, day, session, offered=spots, taken=row.taken)


def _site_sessions(site_id: UUID, day: date, sessions: Iterable[Session], capacity: int) -> dict[Session, SiteSession]:
    """The locked counters of the whole site for these sessions, made where there are none yet."""
    SiteSession.objects.bulk_create(
        (
            SiteSession(id=uuid4(), site_id=site_id, day=day, session=session, spots=capacity)
            for session in sorted(sessions)
        ),
        ignore_conflicts=True,
    )
    rows = SiteSession.objects.select_for_update().filter(site_id=site_id, day=day, session__in=sessions).order_by("pk")
    return {Session(row.session): row for row in rows}


@transaction.atomic
def add_provider(*, provider_id: UUID, name: str, at: datetime, actor: UUID | None = None) -> UUID:
    """Write a provider. Who may sign in for it is a role of accounts."""
    Provider.objects.create(id=provider_id, name=name)
    record(actor=actor, verb="add", thing="provider", thing_id=provider_id, because="joined", at=at)
    return provider_id


@transaction.atomic
def add_site(new: NewSite, *, at: datetime, actor: UUID | None = None) -> UUID:
    """Write a site with its license and rooms. Raises IntegrityError when the external ref is known already.

    An in-home caregiver gets the one room that counts its spots when none is given.
    """
    columns = asdict(new)
    place, license_, site_id = new.point, new.license, new.site_id
    rooms = new.rooms or ((caregivers_room(uuid4(), license_.capacity),) if new.kind is Kind.IN_HOME else ())
    for name in ("site_id", "point", "rooms", "license"):
        del columns[name]
    columns["languages"] = list(new.languages)
    Site.objects.create(id=site_id, latitude=place.latitude, longitude=place.longitude, **columns)
    License.objects.create(id=uuid4(), site_id=site_id, **asdict(license_))
    Room.objects.bulk_create(
        Room(
            id=room.room_id,
            site_id=site_id,
            name=room.name,
            from_months=room.from_months,
            until_months=room.until_months,
            licensed_spots=room.licensed_spots,
            limits=stored(room.limits),
        )
        for room in rooms
    )
    record(actor=actor, verb="add", thing="site", thing_id=site_id, because="joined", at=at)
    return site_id


@transaction.atomic
def set_hours(
    *,
    site_id: UUID,
    opens: time,
    closes: time,
    at: datetime,
    actor: UUID | None,
    weekdays: int | None = None,
    simulated: bool = False,
) -> Decision:
    """Say when a site is open, and on which days if those are named; equal times mean it never closes.

    Simulated hours never replace given ones, and a license list's never those said here.
    """
    sites = Site.objects.filter(pk=site_id)
    if simulated:
        sites = sites.filter(Q(opens=None) | Q(hours_simulated=True))
    said = {"opens": opens, "closes": closes, "hours_simulated": simulated, "hours_listed": False}
    if not sites.update(**said, **({} if weekdays is None else {"weekdays": weekdays})):
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    facts: dict[str, Fact] = {
        "opens": opens.isoformat("minutes"),
        "closes": closes.isoformat("minutes"),
        "simulated": simulated,
        **({} if weekdays is None else {"days": " ".join(NAMES[day] for day in days_of(weekdays))}),
    }
    record(actor=actor, verb="set-hours", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    # Staff on duty is looked at from opening to closing, so other hours may leave another weakest minute.
    for day in days_said(site_id, at.date() - timedelta(days=1)):
        restaff(site_id, day)
    return Yes()


@transaction.atomic
def set_instant(*, site_id: UUID, instant: bool, at: datetime, actor: UUID | None) -> Decision:
    """Say whether spots offered here are given without asking first, or each booking waits for an answer."""
    if not Site.objects.filter(pk=site_id).update(instant=instant):
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    facts: dict[str, Fact] = {"instant": instant}
    record(actor=actor, verb="set-instant", thing="site", thing_id=site_id, because="own-choice", at=at, facts=facts)
    return Yes()


def import_list(
    file: Path,
    format_: str,
    *,
    at: datetime,
    progress: Progress = silent,
    accept_gone: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Bring the sites of a license list up to date, or with `dry_run` only say what that would do.

    `format_` is one of license_lists.queries.FORMATS. Raises BadInput, with nothing written, for any other file.
    """
    found = license_list(file, format_, at=at)
    return write_list(found, at=at, progress=progress, accept_gone=accept_gone, dry_run=dry_run)
