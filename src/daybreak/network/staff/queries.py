"""Who is on duty in which room, what does the law of the place say, and what may each room hold?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from uuid import UUID

from daybreak.kernel.decisions import Yes
from daybreak.kernel.spans import minute_of
from daybreak.network import jurisdictions, licenses
from daybreak.network.limits import limits_of
from daybreak.network.models import (
    Duty,
    License,
    Room,
    RoomSession,
    Site,
    SiteSession,
    StaffedRoom,
    Staffer,
    TakenSpot,
)
from daybreak.network.staff import on_duty, openings
from daybreak.network.staff.on_duty import RoomFacts
from daybreak.network.staff.openings import Counts
from daybreak.network.staff.terms import Basis, Hours, OnStaff, Opening, RoomNow, RoomStaff, TooMany
from daybreak.placement.law import Law, Mixed, law_from
from daybreak.placement.ratios import fits, too_many
from daybreak.placement.sessions import CLOCK, Session
from daybreak.placement.staffing import Cap, OnDuty, Part, bands_in, is_answered, window, with_one_more
from daybreak.placement.terms import AgeLimit, Kind
from daybreak.rulebook.queries import packaged
from daybreak.rulebook.ruling import everything, value_on
from daybreak.rulebook.terms import Gap
from daybreak.vault.queries import binding, reveal

CHECK_RULE = "us/federal/child_care/background_check_interval"


@dataclass(frozen=True)
class SiteDay:
    """Everything that decides what the rooms of a site may hold on one day."""

    day: date
    opens: time | None
    closes: time | None
    law: Law | None
    rooms: Mapping[UUID, RoomFacts]
    said: Mapping[UUID, RoomStaff]
    """By room; a room that is not here keeps its provider's word."""
    staff: tuple[OnDuty, ...]
    """In minutes of the day, with those who began the day before."""

    def answers(self, room_id: UUID) -> bool:
        """Whether staff was said for the room and the law answers for its ages."""
        room = self.rooms[room_id]
        return (
            room_id in self.said
            and self.law is not None
            and self.opens is not None
            and is_answered(self.law, *room.ages)
        )

    def basis(self, room_id: UUID) -> Basis:
        """What the spots of a room rest on."""
        if room_id not in self.said:
            return Basis.NO_STAFF_SAID
        return Basis.STAFF if self.answers(room_id) else Basis.NO_LAW_KNOWN

    def is_staffed(self, room_id: UUID, session: Session) -> bool:
        """Whether anybody was said to be in the room at any minute of a session."""
        starts, ends = CLOCK[session]
        return any(one.room_id == str(room_id) and one.starts < ends and starts < one.ends for one in self.staff)

    def is_predominant(self, room: RoomFacts) -> bool:
        """Whether the room mixes ages and the law goes by the age most of them have."""
        law = self.law
        return law is not None and law.mixed is Mixed.PREDOMINANT and len(bands_in(law, *room.ages)) > 1

    def caps(self, room_id: UUID, session: Session) -> tuple[Cap, ...]:
        """What the room may hold by its youngest child's age; empty where nothing may be claimed."""
        if not self.answers(room_id) or self.law is None or self.opens is None or self.closes is None:
            return ()
        room = self.rooms[room_id]
        return on_duty.caps_in(room, session, opens=self.opens, closes=self.closes, staff=self.staff, law=self.law)

    def own_months(self, room_id: UUID, session: Session) -> tuple[int, ...]:
        """Ages of the site's own children in a room, as far as its director said."""
        said = self.said.get(room_id)
        return said.own_months.get(session, ()) if said else ()

    def own_children(self, session: Session) -> int:
        """How many children of its own the whole site has, as far as its director said."""
        return sum(len(self.own_months(room_id, session)) for room_id in self.said)

    def limits(self, room_id: UUID, session: Session) -> tuple[AgeLimit, ...]:
        """Every limit that holds in the room: the license's own and those of the staff on duty."""
        cite = self.law.cite if self.law else ""
        own = self.own_months(room_id, session)
        return on_duty.limits_in(self.rooms[room_id], own, self.caps(room_id, session), cite)


def sites_under(path: str) -> list[tuple[UUID, str, str]]:
    """Every site that a rule of the rulebook touches: its id, name and city, in order of city and name.

    The license without an end says of which kind the site is; one that has only ended licenses is touched by nothing.
    """
    held = License.objects.filter(until_day=None).order_by("site__city", "site__name", "site_id")
    columns = ("site_id", "site__name", "site__city", "site__kind", "site__zip_code", "program")
    return [
        (site_id, name, city)
        for site_id, name, city, kind, zip_code, program in held.values_list(*columns)
        if jurisdictions.touches(path, kind=Kind(kind), zip_code=zip_code, program=program)
    ]


def law_on(day: date, *, kind: Kind, zip_code: str, program: str) -> Law | None:
    """The ratio law for a site on a day, or None where the rulebook has none: then nothing is claimed."""
    paths = jurisdictions.ratio_rules(kind, zip_code, program)
    book = packaged()
    if paths is None or any(path not in book.rules for path in paths):
        return None
    rules = [book.rules[path] for path in paths]
    if any(isinstance(value_on(rule, day), Gap) for rule in rules):
        return None
    ratios, beside = (everything(rule, day) for rule in rules)
    return law_from(ratios, beside)


def check_years(day: date) -> int:
    """For how many years a background check is good."""
    return packaged().value(CHECK_RULE, day).whole()


def site_day(site_id: UUID, day: date) -> SiteDay:
    """A site's rooms, its law and its staff on a day. Raises Site.DoesNotExist for an unknown site."""
    site = Site.objects.get(pk=site_id)
    said = staff_said(site_id, (day - timedelta(days=1), day))
    staffers = {staffer.staffer_id: staffer for staffer in staff_of(site_id, named=False)}
    return SiteDay(
        day=day,
        opens=site.opens,
        closes=site.closes,
        law=law_on(day, kind=Kind(site.kind), zip_code=site.zip_code, program=_license(site_id, day)[0]),
        rooms={room.room_id: room for room in rooms_of(site_id)},
        said={room.room_id: room for on, room in said if on == day},
        staff=on_duty.on_duty(said, staffers, day, check_years=check_years(day)) if said else (),
    )


def rooms_of(site_id: UUID) -> tuple[RoomFacts, ...]:
    """The rooms of a site as the license has them, youngest first."""
    return tuple(
        RoomFacts(row.pk, row.name, row.from_months, row.until_months, row.licensed_spots, limits_of(row.limits))
        for row in Room.objects.filter(site_id=site_id).order_by("from_months", "name", "pk")
    )


def _license(site_id: UUID, day: date) -> tuple[str, int]:
    """Program and capacity of the license of a day; nothing and 0 without one."""
    columns = ("program", "capacity", "status", "from_day", "until_day")
    for program, capacity, status, since, until in License.objects.filter(site_id=site_id).values_list(*columns):
        if licenses.holds_on(status, since, until, day):
            return program, capacity
    return "", 0


def is_said(site_id: UUID, days: Iterable[date]) -> bool:
    """Whether the director said the staff of any room on any of these days."""
    return StaffedRoom.objects.filter(room__site=site_id, day__in=list(days)).exists()


def sites_said(since: date) -> list[UUID]:
    """The sites for which staff was said for any day from `since` on, in order of their ids."""
    return sorted(set(StaffedRoom.objects.filter(day__gte=since).values_list("room__site_id", flat=True)))


def days_said(site_id: UUID, since: date) -> list[date]:
    """The days from `since` on for which staff was said, in order."""
    found = StaffedRoom.objects.filter(room__site=site_id, day__gte=since)
    return sorted(set(found.values_list("day", flat=True)))


def staff_said(site_id: UUID, days: Sequence[date]) -> list[tuple[date, RoomStaff]]:
    """What was said for each room on these days, with who is gone after all."""
    rows = StaffedRoom.objects.filter(room__site=site_id, day__in=days).order_by("day", "room_id")
    hours: dict[UUID, list[Hours]] = {row.pk: [] for row in rows}
    for duty in Duty.objects.filter(staffed_room__in=hours).order_by("starts", "staffer_id"):
        hours[duty.staffed_room_id].append(Hours(duty.staffer_id, duty.starts, duty.ends, duty.gone_from))
    return [
        (
            row.day,
            RoomStaff(
                row.room_id,
                tuple(hours[row.pk]),
                {Session(session): tuple(ages) for session, ages in row.own_months.items()},
            ),
        )
        for row in rows
    ]


def staff_on(site_id: UUID, day: date) -> tuple[RoomStaff, ...]:
    """The staff of each room whose director said it for a day; a room that is missing has nothing said."""
    return tuple(room for _, room in staff_said(site_id, (day,)))


def usual_staff(site_id: UUID, day: date) -> tuple[RoomStaff, ...]:
    """What was said for the latest same day of the week before: what a page may offer as a start, never a fact."""
    earlier = StaffedRoom.objects.filter(room__site=site_id, day__lt=day).order_by("-day")
    same = next((on for on in earlier.values_list("day", flat=True) if on.weekday() == day.weekday()), None)
    return staff_on(site_id, same) if same else ()


def staff_of(site_id: UUID, *, named: bool = True) -> tuple[OnStaff, ...]:
    """Everybody who works or worked at a site, by name; without `named`, names stay sealed and empty."""
    found = [
        OnStaff(
            row.pk,
            reveal(row.name_sealed, binding("staffer", "name", row.pk)) if named else "",
            Part(row.part),
            row.checked_on,
            row.left_on,
        )
        for row in Staffer.objects.filter(site=site_id).order_by("pk")
    ]
    return tuple(sorted(found, key=lambda staffer: (staffer.name, staffer.staffer_id)))


def rooms_now(site_id: UUID, day: date) -> tuple[RoomNow, ...]:
    """Each room in each session it offers or is staffed in: what it may still take by age, and why not more."""
    now = site_day(site_id, day)
    return tuple(
        replace(
            openings.room_now(counts),
            basis=now.basis(counts.room.room_id),
            law=now.law if counts.caps else None,
            is_predominant=bool(counts.caps) and now.is_predominant(counts.room),
        )
        for counts in _counts(site_id, now)
    )


def one_more_educator(site_id: UUID, day: date) -> tuple[Opening, ...]:
    """Where one more educator, for a whole session, would open spots that law and license allow; the most first."""
    now = site_day(site_id, day)
    found: list[Opening] = []
    for counts in _counts(site_id, now):
        if not counts.caps or now.opens is None or now.closes is None:
            continue
        hours = window(counts.session, minute_of(now.opens), minute_of(now.closes))
        starts, ends = hours[0][0], hours[-1][1]
        staff = with_one_more(now.staff, str(counts.room.room_id), starts, ends)
        caps = replace(now, staff=staff).caps(counts.room.room_id, counts.session)
        found += openings.would_open(counts, caps, starts=starts, ends=ends)
    return tuple(sorted(found, key=lambda opening: -opening.more))


def _counts(site_id: UUID, now: SiteDay) -> list[Counts]:
    offers = {
        (row.room_id, Session(row.session)): row for row in RoomSession.objects.filter(room__site=site_id, day=now.day)
    }
    sites = {Session(row.session): row for row in SiteSession.objects.filter(site=site_id, day=now.day)}
    taken: dict[tuple[UUID, Session], list[int]] = {}
    spots = TakenSpot.objects.filter(room_session__in=[row.pk for row in offers.values()])
    for room_id, session, months in spots.values_list("room_session__room_id", "session", "months"):
        taken.setdefault((room_id, Session(session)), []).append(months)
    _, capacity = _license(site_id, now.day)
    return [
        Counts(
            room=room,
            session=session,
            offered=offers[room.room_id, session].spots if (room.room_id, session) in offers else None,
            taken_months=tuple(taken.get((room.room_id, session), ())),
            own_months=now.own_months(room.room_id, session),
            site_left=capacity - now.own_children(session) - (sites[session].taken if session in sites else 0),
            site_licensed=capacity,
            caps=now.caps(room.room_id, session),
            cite=now.law.cite if now.law else "",
        )
        for room in now.rooms.values()
        for session in Session
        if (room.room_id, session) in offers or now.is_staffed(room.room_id, session)
    ]


def too_many_in_room(row: RoomSession, limits: Sequence[AgeLimit], own_months: Sequence[int]) -> TooMany | None:
    """Say whether a room has more children in a session than these limits allow, and whose bookings that touches."""
    taken = list(TakenSpot.objects.filter(room_session=row).order_by("at", "pk").values_list("months", "booking_id"))
    together = [*own_months, *(months for months, _ in taken)]
    decision = fits(len(together), limits, together, ())
    if not taken or isinstance(decision, Yes):
        return None
    over = min(too_many(limits, together), len(taken))
    return TooMany(
        room_id=row.room_id,
        day=row.day,
        session=Session(row.session),
        children=len(together),
        most=len(together) - over,
        over=over,
        booking_ids=tuple(dict.fromkeys(booking for _, booking in reversed(taken))),
        cite=next((reason.cite for reason in decision.reasons if reason.cite), ""),
    )
