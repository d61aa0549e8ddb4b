"""A district closes: sixty families of two ways to work, and the last spots of a handful of homes and centers.

Everybody lives in one street. Half of the families work in the north, and half allow so short a detour that only the
sites in the south are theirs; those in the north fit the others too, who are nearer to the south.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.accounts.actions import add_person
from daybreak.care.actions.ask import Asked, ask_for_care
from daybreak.care.terms import Ask
from daybreak.network.actions import add_provider, add_site, offer_spots
from daybreak.network.terms import NewLicense, NewRoom, NewSite
from daybreak.people.actions import add_child, add_employee, add_employer, add_household, add_work_site
from daybreak.people.terms import PayClass
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point

ZONE = "America/New_York"
HOME = Point(42.850, -78.810)
SOUTH, NORTH = Point(42.870, -78.810), Point(42.950, -78.810)
TWO_UNDER_TWO = (AgeLimit(under_months=24, most_of_them=2),)
SESSIONS = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
AGES = ((14,), (30, 50), (40,), (8,), (60, 90), (26,))
"""Months of the children of one family after the other."""


@dataclass(frozen=True)
class Family:
    """One household and who asks for it."""

    person_id: UUID
    household_id: UUID
    child_ids: tuple[UUID, ...]

    def ask(self, day: date, *, at: datetime, decide_by_at: datetime, key: str = "") -> UUID:
        """Ask for the day; returns the request."""
        wish = Ask(self.household_id, self.child_ids, day, time(8), time(16), decide_by_at)
        answer = ask_for_care(ask=wish, key=key or str(uuid4()), actor=self.person_id, at=at)
        assert isinstance(answer, Asked), answer
        return answer.request_id


@dataclass(frozen=True)
class SurgeTown:
    """The families in the order in which they ask, and the sites."""

    families: tuple[Family, ...]
    site_ids: tuple[UUID, ...]
    provider_ids: tuple[UUID, ...]
    employer_ids: tuple[UUID, UUID]
    """Harbor Health, and the one of every fifth family."""
    rooms: tuple[tuple[UUID, ...], ...]
    """By site, youngest first."""


@transaction.atomic
def open_town(day: date, at: datetime, *, families: int = 60, spots: int = 15) -> SurgeTown:
    """Write everybody and everything, and let every site offer its spots for the day."""
    employers = (uuid4(), uuid4())
    works = {(employer_id, point): uuid4() for employer_id in employers for point in (SOUTH, NORTH)}
    for employer_id, name in zip(employers, ("Harbor Health", "Lakeshore Logistics"), strict=True):
        add_employer(employer_id=employer_id, name=name, at=at)
    for (employer_id, point), work_id in works.items():
        add_work_site(work_site_id=work_id, employer_id=employer_id, name="work", point=point, zone=ZONE, at=at)
    sites = [
        *(_center(number, Point(42.865 + number / 1000, -78.811), spots, at) for number in range(2)),
        _home(2, Point(42.868, -78.812), at),
        *(_center(number, Point(42.925 + number / 1000, -78.816), spots, at) for number in range(3, 5)),
        _home(5, Point(42.930, -78.817), at),
    ]
    for site_id, _, rooms in sites:
        offers = {(room, session): count for room, count in rooms.items() for session in SESSIONS}
        assert offer_spots(site_id=site_id, day=day, offers=offers, at=at, actor=None)
    return SurgeTown(
        tuple(_family(number, employers[number % 5 == 4], works, day, at) for number in range(families)),
        tuple(site_id for site_id, _, _ in sites),
        tuple(provider_id for _, provider_id, _ in sites),
        employers,
        tuple(tuple(rooms) for _, _, rooms in sites),
    )


def _center(number: int, point: Point, spots: int, at: datetime) -> tuple[UUID, UUID, dict[UUID, int]]:
    """A center that confirms at once, with a room for infants and one for all others."""
    infants, others = uuid4(), uuid4()
    rooms = (NewRoom(infants, "infants", 0, 24, spots), NewRoom(others, "others", 24, 156, spots))
    ids = _site(number, Kind.CENTER, point, rooms, 2 * spots, at, is_instant=True)
    return *ids, {infants: spots // 3, others: spots - spots // 3}


def _home(number: int, point: Point, at: datetime) -> tuple[UUID, UUID, dict[UUID, int]]:
    """A home with one mixed room, at most two under two, which wants to be asked."""
    room = uuid4()
    rooms = (NewRoom(room, "mixed ages", 0, 156, 5, TWO_UNDER_TWO),)
    return *_site(number, Kind.FAMILY_HOME, point, rooms, 5, at, is_instant=False), {room: 5}


def _site(
    number: int, kind: Kind, point: Point, rooms: Sequence[NewRoom], capacity: int, at: datetime, *, is_instant: bool
) -> tuple[UUID, UUID]:
    site_id, provider_id = uuid4(), uuid4()
    add_provider(provider_id=provider_id, name=f"Provider {number}", at=at)
    add_site(
        NewSite(
            site_id=site_id,
            provider_id=provider_id,
            external_ref=f"surge:{site_id}",
            name=f"Place {number}",
            kind=kind,
            point=point,
            zone=ZONE,
            rooms=tuple(rooms),
            license=NewLicense(str(number), "DCC", "License", capacity, "made up"),
            opens=time(5),
            closes=time(20),
            instant=is_instant,
        ),
        at=at,
    )
    return site_id, provider_id


def _family(number: int, employer_id: UUID, works: dict[tuple[UUID, Point], UUID], day: date, at: datetime) -> Family:
    """Families for whom anything on the way north would do ask before those who need the south."""
    person_id, household_id = uuid4(), uuid4()
    goes_north = number % 4 < 2
    add_person(person_id=person_id, name=f"Parent {number}", email=f"parent{number}@surge.example", at=at)
    add_household(
        household_id=household_id,
        home=HOME,
        usual_starts=time(8),
        usual_ends=time(16),
        max_detour_minutes=30 if goes_north else 6,
        at=at,
    )
    add_employee(
        employee_id=uuid4(),
        employer_id=employer_id,
        person_id=person_id,
        household_id=household_id,
        work_site_id=works[employer_id, NORTH if goes_north else SOUTH],
        pay_class=PayClass.HOURLY if number % 3 else PayClass.SALARIED,
        at=at,
    )
    children = []
    for months in AGES[number % len(AGES)]:
        child_id = uuid4()
        born = day - timedelta(days=round(months * 30.5))
        add_child(child_id=child_id, household_id=household_id, name="child", birth_date=born, at=at)
        children.append(child_id)
    return Family(person_id, household_id, tuple(children))
