"""Say who works at a site, who is on duty in which room, and who is gone after all.

Each of these writes what the rooms may hold into the very rows that `take_spots` reads, in the same transaction, and
tells which rooms now have a child too many and whose bookings that touches. It never ends a booking: the director
does, one by one, and the family's request goes on elsewhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, Fact, No, Reason, all_of
from daybreak.network.limits import stored
from daybreak.network.models import Duty, RoomSession, Site, SiteSession, StaffedRoom, Staffer, TakenSpot
from daybreak.network.staff import on_duty, queries
from daybreak.network.staff.terms import Restaffed, RoomStaff, StaffSaid, TooMany
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Part
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding


@transaction.atomic
def add_staff(
    *, site_id: UUID, name: str, part: Part, at: datetime, actor: UUID | None, checked_on: date | None = None
) -> UUID:
    """Write somebody who works at a site, their name sealed. `checked_on` is the day of their background check."""
    staffer_id = uuid4()
    Staffer.objects.create(
        id=staffer_id,
        site_id=site_id,
        name_sealed=seal(name, binding("staffer", "name", staffer_id)),
        part=part.value,
        checked_on=checked_on,
    )
    facts: dict[str, Fact] = {"site_id": str(site_id), "part": part.value}
    record(actor=actor, verb="add", thing="staff", thing_id=staffer_id, because="joined", at=at, facts=facts)
    return staffer_id


@transaction.atomic
def end_staff(*, staffer_id: UUID, left_on: date, at: datetime, actor: UUID | None) -> StaffSaid:
    """Say that somebody no longer works at their site from a day on; their duties from then on count no more."""
    site_id = Staffer.objects.filter(pk=staffer_id).values_list("site_id", flat=True).first()
    if site_id is None:
        return StaffSaid((Reason("unknown-staff", {"staffer_id": str(staffer_id)}),))
    _lock(site_id)
    Staffer.objects.filter(pk=staffer_id).update(left_on=left_on)
    facts: dict[str, Fact] = {"left_on": left_on.isoformat()}
    record(actor=actor, verb="end", thing="staff", thing_id=staffer_id, because="left", at=at, facts=facts)
    days = _and_the_night_after(queries.days_said(site_id, left_on))
    return StaffSaid(too_many=tuple(one for day in days for one in restaff(site_id, day)))


@transaction.atomic
def say_staff(*, site_id: UUID, day: date, rooms: Sequence[RoomStaff], at: datetime, actor: UUID | None) -> StaffSaid:
    """Write who is on duty in these rooms on a day, instead of whatever was said for them before.

    Rooms that are not named stay as they are; a room about which nothing was ever said keeps its provider's word.
    """
    if not _lock(site_id):
        return StaffSaid((Reason("unknown-site", {"site_id": str(site_id)}),))
    decision = _may_say(site_id, day, rooms)
    if isinstance(decision, No):
        return StaffSaid(decision.reasons)
    StaffedRoom.objects.filter(room__in=[room.room_id for room in rooms], day=day).delete()
    said = {room.room_id: uuid4() for room in rooms}
    StaffedRoom.objects.bulk_create(
        StaffedRoom(
            id=said[room.room_id],
            room_id=room.room_id,
            day=day,
            own_months={session.value: list(ages) for session, ages in room.own_months.items() if ages},
            said_at=at,
        )
        for room in rooms
    )
    Duty.objects.bulk_create(
        Duty(id=uuid4(), staffed_room_id=said[room.room_id], **asdict(hours)) for room in rooms for hours in room.hours
    )
    facts: dict[str, Fact] = {
        "day": day.isoformat(),
        "rooms": len(rooms),
        "duties": sum(len(room.hours) for room in rooms),
        "own_children": max((len(ages) for room in rooms for ages in room.own_months.values()), default=0),
    }
    record(actor=actor, verb="say-staff", thing="site", thing_id=site_id, because="staff-on-duty", at=at, facts=facts)
    return StaffSaid(too_many=restaff_around(site_id, day))


def _may_say(site_id: UUID, day: date, rooms: Sequence[RoomStaff]) -> Decision:
    staffers = {staffer.staffer_id: staffer for staffer in queries.staff_of(site_id, named=False)}
    known = {room.room_id for room in queries.rooms_of(site_id)}
    around = queries.staff_said(site_id, [day + timedelta(days=by) for by in (-1, 0, 1)])
    named = {(day, room.room_id) for room in rooms}
    kept = [(on, room) for on, room in around if (on, room.room_id) not in named]
    return all_of(
        (
            on_duty.readable(rooms, known_rooms=known, staffers=staffers, day=day),
            on_duty.nobody_twice([*kept, *((day, room) for room in rooms)]),
        )
    )


@transaction.atomic
def say_gone(
    *, site_id: UUID, day: date, staffer_id: UUID, at: datetime, actor: UUID | None, gone_from: time | None = None
) -> StaffSaid:
    """Say that somebody who was to be on duty is not, ill or called away: for the whole day, or from a time on.

    What their rooms may take is lower at once; the answer names every booking it touches.
    """
    return _said_again(site_id, day, staffer_id, at, actor, "say-gone", gone_from or time(0), is_gone=True)


@transaction.atomic
def say_back(*, site_id: UUID, day: date, staffer_id: UUID, at: datetime, actor: UUID | None) -> StaffSaid:
    """Say that somebody who was gone is on duty after all, as first said."""
    return _said_again(site_id, day, staffer_id, at, actor, "say-back", None, is_gone=False)


def _said_again(
    site_id: UUID,
    day: date,
    staffer_id: UUID,
    at: datetime,
    actor: UUID | None,
    verb: str,
    gone_from: time | None,
    *,
    is_gone: bool,
) -> StaffSaid:
    _lock(site_id)
    duties = Duty.objects.filter(staffer=staffer_id, staffer__site=site_id, staffed_room__day=day)
    changed = 0
    for duty in duties.order_by("pk"):
        # Gone for the whole day is gone from the moment each stretch begins.
        since = duty.starts if gone_from == time(0) else gone_from
        changed += Duty.objects.filter(pk=duty.pk).update(gone_from=since if is_gone else None)
    if not changed:
        return StaffSaid((Reason("not-on-duty", {"staffer_id": str(staffer_id), "day": day.isoformat()}),))
    facts: dict[str, Fact] = {"day": day.isoformat(), "from": gone_from.isoformat("minutes") if gone_from else None}
    record(actor=actor, verb=verb, thing="staff", thing_id=staffer_id, because="staff-on-duty", at=at, facts=facts)
    return StaffSaid(too_many=restaff_around(site_id, day))


def restaff_around(site_id: UUID, day: date) -> tuple[TooMany, ...]:
    """Write the limits of a day and of the next, into which a night shift runs."""
    return tuple(one for on in _and_the_night_after([day]) for one in restaff(site_id, on))


def _and_the_night_after(days: Iterable[date]) -> list[date]:
    """These days and, for each, the next: its night runs into that."""
    return sorted({day + timedelta(days=by) for day in days for by in (0, 1)})


def restaff(site_id: UUID, day: date) -> tuple[TooMany, ...]:
    """Write what each room may hold on a day into the rows that taking a spot reads; tell where there are too many.

    The caller is in a transaction. Where no staff was said, rooms are left with the limits of their license.
    """
    return _rewrite(site_id, day)[1]


def restaff_from(*, day: date, at: datetime) -> Restaffed:
    """Write anew what every staffed room may hold from a day on, by the rules this process has; for a new version.

    Each site in its own transaction, so that families are not kept waiting for all of them.
    """
    sites, rooms, too_many_in = 0, 0, 0
    for site_id in queries.sites_said(day):
        with transaction.atomic():
            _lock(site_id)
            said = queries.days_said(site_id, day)
            written = [_rewrite(site_id, one) for one in _and_the_night_after(said)]
            changed = sum(count for count, _ in written)
            if not changed:
                continue
            touched = sum(len(found) for _, found in written)
            facts: dict[str, Fact] = {"rooms": changed, "too_many": touched}
            record(actor=None, verb="restaff", thing="site", thing_id=site_id, because="new-rules", at=at, facts=facts)
        sites, rooms, too_many_in = sites + 1, rooms + changed, too_many_in + touched
    return Restaffed(sites, rooms, too_many_in)


def _rewrite(site_id: UUID, day: date) -> tuple[int, tuple[TooMany, ...]]:
    """How many rooms and sessions changed, and where there are too many children."""
    counters = list(SiteSession.objects.select_for_update().filter(site=site_id, day=day).order_by("pk"))
    rows = list(RoomSession.objects.select_for_update().filter(site_session__in=counters).order_by("pk"))
    if not rows:
        return 0, ()
    changed, now = 0, queries.site_day(site_id, day)
    for counter in counters:
        own = now.own_children(Session(counter.session))
        if counter.own_children != own:
            SiteSession.objects.filter(pk=counter.pk).update(own_children=own)
    found = [_too_many_at_site(counter, now) for counter in counters]
    for row in rows:
        session = Session(row.session)
        limits, own_months = now.limits(row.room_id, session), now.own_months(row.room_id, session)
        wanted = {"limits": stored(limits), "own_months": list(own_months)}
        if (row.limits, row.own_months) != tuple(wanted.values()):
            changed += RoomSession.objects.filter(pk=row.pk).update(**wanted)
        found.append(queries.too_many_in_room(row, limits, own_months))
    return changed, tuple(one for one in found if one)


def _too_many_at_site(counter: SiteSession, now: queries.SiteDay) -> TooMany | None:
    """Its own children and those who have a spot are together more than the license allows the site."""
    session = Session(counter.session)
    own = now.own_children(session)
    over = min(counter.taken + own - counter.spots, counter.taken)
    if over <= 0:
        return None
    taken = TakenSpot.objects.filter(room_session__site_session=counter).order_by("-at", "-pk")
    return TooMany(
        room_id=None,
        day=counter.day,
        session=session,
        children=counter.taken + own,
        most=counter.taken + own - over,
        over=over,
        booking_ids=tuple(dict.fromkeys(taken.values_list("booking_id", flat=True))),
    )


def _lock(site_id: UUID) -> bool:
    """Make whoever changes a site's staff or offers take turns; False when there is no such site."""
    return Site.objects.select_for_update(no_key=True).filter(pk=site_id).first() is not None
