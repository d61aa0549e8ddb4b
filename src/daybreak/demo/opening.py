"""Open the demo's day: write the cast once, then let each place offer what it offers today.

What places offer here is simulated and marked so on every page: a license list says what is allowed, never what is
free.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib.resources import files
from uuid import UUID

import numpy as np
from django.db import transaction

from daybreak.accounts.actions import add_person, give_role
from daybreak.accounts.queries import user_of
from daybreak.accounts.terms import RoleKind
from daybreak.demo import cast, posts
from daybreak.demo.cast import made_id
from daybreak.kernel.spans import minute_of
from daybreak.network.actions import add_provider, add_site, offer_spots, set_hours, set_instant
from daybreak.network.caregivers.actions import set_languages, set_reach, set_week, write_check
from daybreak.network.caregivers.terms import Checked
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.terms import NewContract
from daybreak.network.licenses import AGREEMENT
from daybreak.network.queries import rooms_on
from daybreak.network.staff.actions import add_staff, say_staff
from daybreak.network.staff.queries import staff_of, staff_on
from daybreak.network.staff.terms import Hours, RoomStaff
from daybreak.network.terms import NewLicense, NewRoom, NewSite
from daybreak.people.actions import add_employee, add_employer, add_household, add_work_site
from daybreak.people.telling.actions import write_child
from daybreak.people.telling.terms import ChildSaid
from daybreak.placement.sessions import CLOCK, Session
from daybreak.placement.staffing import Part
from daybreak.placement.terms import AgeLimit, Kind
from daybreak.plan.actions.load import load_plan
from daybreak.rulebook.queries import packaged

SEED = 20260302
OFFERING = 0.12
"""Share of the real list's sites near the Brooklyn family that offer something in the simulation: few, as at dawn."""
INSTANT = 0.8
FAMILY_HOME_RULE = "us/ny/licensing/family_home_capacity"


def is_open() -> bool:
    """Say whether the cast has been written before."""
    return user_of(made_id("rosa")) is not None


@transaction.atomic
def open_day(day: date, at: datetime) -> None:
    """Write what is not there yet, and the day's offers. Opening the same day again changes nothing."""
    if not is_open():
        _write_places(day, at)
        _write_employers(at)
        _load_plans(day, at)
        for place in cast.PLACES:
            if place.contract:
                _write_contract(place, place.contract, day, at)
        for parent in cast.PARENTS:
            _write_parent(parent, day, at)
        _write_providers(at)
        _write_posts(at)
    for place in cast.PLACES:
        # What a home has changed since by its own page stays as it is.
        if not any(room.sessions for room in rooms_on(made_id(place.key), day)):
            _offer(place, day, at)
            _say_staff(place, day, at)


def _write_employers(at: datetime) -> None:
    for name in cast.EMPLOYERS:
        add_employer(employer_id=made_id(name), name=name, at=at)
    for name, (employer, point, zone) in cast.WORK_SITES.items():
        add_work_site(
            work_site_id=made_id(name), employer_id=made_id(employer), name=name, point=point, zone=zone, at=at
        )


def _load_plans(day: date, at: datetime) -> None:
    """The plans of the demo's employers, written for 2026 and loaded for the year of the demo's day."""
    for file in sorted((files("daybreak") / "demo" / "plans").iterdir(), key=lambda file: file.name):
        text = file.read_text(encoding="utf-8")
        for year in (2027, 2026, 2025):
            text = text.replace(str(year), f"<{year - 2026}>")
        for offset in (1, 0, -1):
            text = text.replace(f"<{offset}>", str(day.year + offset))
        load_plan(text, source=file.name, at=at)


def _write_parent(parent: cast.Parent, day: date, at: datetime) -> None:
    person, household = made_id(parent.key), made_id(f"household of {parent.key}")
    add_person(
        person_id=person, name=parent.name, email=parent.email, phone=parent.phone, language=parent.language, at=at
    )
    add_household(household_id=household, home=parent.home, usual_starts=parent.starts, usual_ends=parent.ends, at=at)
    add_employee(
        employee_id=made_id(f"employee {parent.key}"),
        employer_id=made_id(parent.employer),
        person_id=person,
        household_id=household,
        work_site_id=made_id(parent.work),
        pay_class=parent.pay_class,
        at=at,
    )
    for child in parent.children:
        said = ChildSaid(child.name, child.born(day), child.allergies, child.care_notes, special_needs=False)
        write_child(child_id=made_id(f"child {child.name}"), household_id=household, said=said, at=at, actor=None)


def _write_providers(at: datetime) -> None:
    for one in cast.PROVIDERS:
        person = made_id(f"provider person {one.key}")
        add_person(person_id=person, name=one.name, email=one.email, phone=one.phone, language=one.language, at=at)
        for place in one.places:
            kind = RoleKind.CAREGIVER if _of(place).kind is Kind.IN_HOME else RoleKind.PROVIDER
            give_role(person_id=person, kind=kind, scope=made_id(f"provider of {place}"), at=at)


def _write_posts(at: datetime) -> None:
    for one in posts.POSTS:
        person = made_id(one.key)
        add_person(person_id=person, name=one.name, email=one.email, phone=one.phone, at=at)
        give_role(person_id=person, kind=one.role, scope=made_id(one.of), at=at)


def _of(key: str) -> cast.Place:
    return next(place for place in cast.PLACES if place.key == key)


def _write_places(day: date, at: datetime) -> None:
    for place in cast.PLACES:
        provider = made_id(f"provider of {place.key}")
        add_provider(provider_id=provider, name=place.name, at=at)
        rooms = tuple(
            NewRoom(
                room_id=made_id(f"room {name} of {place.key}"),
                name=name,
                from_months=from_months,
                until_months=until_months,
                licensed_spots=licensed,
                limits=_limits(place, from_months, licensed, day),
            )
            for name, from_months, until_months, licensed, _ in place.rooms
        )
        add_site(
            NewSite(
                site_id=made_id(place.key),
                provider_id=provider,
                external_ref=f"demo:{place.key}",
                name=place.name,
                kind=place.kind,
                point=place.point,
                zone=cast.ZONE,
                rooms=rooms,
                license=_license(place, sum(room.licensed_spots for room in rooms)),
                city="Buffalo",
                zip_code=place.zip_code,
                opens=place.opens,
                closes=place.closes,
                takes_mildly_ill=place.takes_mildly_ill,
                travel_radius_km=place.travel_radius_km,
                instant=place.instant,
            ),
            at=at,
        )
        if place.caregiver:
            _write_caregiver(place, place.caregiver, day, at)


def _license(place: cast.Place, capacity: int) -> NewLicense:
    """A made-up license; a caregiver who comes to the home has none and works under an agreement."""
    made_up = "made up for the demo"
    if place.caregiver:
        return NewLicense("", "in-home", AGREEMENT, place.caregiver.children, made_up)
    return NewLicense(f"DEMO-{made_id(place.key).int % 10**6:06d}", "demo", "License", capacity, made_up)


def _write_caregiver(place: cast.Place, caregiver: cast.Caregiver, day: date, at: datetime) -> None:
    site_id, radius = made_id(place.key), place.travel_radius_km
    youngest, oldest = caregiver.ages
    set_reach(site_id=site_id, from_months=youngest, until_months=oldest, radius_km=radius, at=at, actor=None)
    set_languages(site_id=site_id, languages=caregiver.languages, at=at, actor=None)
    for kind, days_ago, said_by, source in caregiver.checks:
        check = Checked(kind, day - timedelta(days=days_ago), None, said_by, source)
        write_check(site_id=site_id, check=check, at=at, actor=None)


def _limits(place: cast.Place, from_months: int, licensed: int, day: date) -> tuple[AgeLimit, ...]:
    """A home's mixed room takes two children under two for each caregiver; one caregiver is on duty."""
    if place.kind is not Kind.FAMILY_HOME or from_months >= 24:
        return ()
    kind = "family_day_care_home" if licensed <= 6 else "group_family_day_care_home"
    ruling = packaged().value(FAMILY_HOME_RULE, day, license=kind)
    return (AgeLimit(under_months=24, most_of_them=ruling.whole("under_two_per_caregiver")),)


def _write_contract(place: cast.Place, agreed: cast.Agreed, day: date, at: datetime) -> None:
    contract = NewContract(
        contract_id=made_id(f"contract of {place.key}"),
        site_id=made_id(place.key),
        employer_id=made_id(agreed.employer),
        number=agreed.number,
        from_day=day,
        until_day=None,
        spots={made_id(f"room {room} of {place.key}"): spots for room, spots in agreed.spots},
        share=0,
        released_clock=agreed.released,
        rate_cents=agreed.rate_cents,
        pays_within_days=agreed.pays_within_days,
    )
    add_contract(contract, at=at)


def _say_staff(place: cast.Place, day: date, at: datetime) -> None:
    """The staff of the day, each person written once; nothing where a director has said it already."""
    site_id = made_id(place.key)
    if not place.staffed or staff_on(site_id, day):
        return
    known = {one.name: one.staffer_id for one in staff_of(site_id)}
    rooms = []
    for staffed in place.staffed:
        on_duty = [
            known.get(name) or add_staff(site_id=site_id, name=name, part=Part.EDUCATOR, at=at, actor=None)
            for name in staffed.educators
        ]
        hours = tuple(Hours(staffer_id, place.opens, place.closes) for staffer_id in on_duty)
        own = dict.fromkeys((Session.MORNING, Session.AFTERNOON), staffed.own_months)
        rooms.append(RoomStaff(made_id(f"room {staffed.room} of {place.key}"), hours, own))
    say_staff(site_id=site_id, day=day, rooms=rooms, at=at, actor=None)


def _offer(place: cast.Place, day: date, at: datetime) -> None:
    if place.caregiver:
        week = dict.fromkeys(place.caregiver.weekdays, (place.opens, place.closes))
        set_week(site_id=made_id(place.key), week=week, at=at, actor=None, simulated=True)
        return
    offers = {
        (made_id(f"room {name} of {place.key}"), session): offered
        for name, _, _, _, offered in place.rooms
        for session in sessions_open(minute_of(place.opens), minute_of(place.closes))
        if offered
    }
    offer_spots(site_id=made_id(place.key), day=day, offers=offers, at=at, actor=None, simulated=True)


def sessions_open(opens: int, closes: int) -> Iterator[Session]:
    """The sessions in which a site that opens and closes at these minutes of the day has children at all."""
    until = closes if closes > opens else closes + 24 * 60
    for session, (begins, ends) in CLOCK.items():
        if begins < until and opens < ends:
            yield session


def offer_on_real_list(day: date, at: datetime, sites: list[tuple[UUID, list[tuple[UUID, int]]]]) -> int:
    """Let some of these sites offer one or two spots a room in the day's sessions; returns how many do.

    `sites` holds each site with its rooms and their licensed spots, in a fixed order. Hours are made up too: the list
    has none. Most of them confirm at once and the rest want to be asked, as homes do.
    """
    dice = np.random.default_rng(SEED)
    offering = 0
    for site_id, rooms in sites:
        if dice.random() > OFFERING:
            continue
        opens, closes = cast.REAL_LIST_HOURS[int(dice.integers(len(cast.REAL_LIST_HOURS)))]
        set_hours(site_id=site_id, opens=opens, closes=closes, at=at, actor=None, simulated=True)
        set_instant(site_id=site_id, instant=bool(dice.random() < INSTANT), at=at, actor=None)
        sessions = list(sessions_open(minute_of(opens), minute_of(closes)))
        offers = {
            (room_id, session): min(licensed, 1 + int(dice.integers(2)))
            for room_id, licensed in rooms
            if licensed
            for session in sessions
        }
        offering += bool(offer_spots(site_id=site_id, day=day, offers=offers, at=at, actor=None, simulated=True))
    return offering
