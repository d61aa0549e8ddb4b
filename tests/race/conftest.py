"""A town for races: Little Oaks, Ms. Okafor's home and a caregiver, with spots offered today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from daybreak.kernel.decisions import Decision
from daybreak.network.actions import add_provider, add_site, offer_spots, release_spots, take_spots
from daybreak.network.queries import site_card
from daybreak.network.terms import NewLicense, NewRoom, NewSite, SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point

ZONE = "America/New_York"
BEFORE_WORK = (Session.EARLY, Session.MORNING)
BROOKLYN = Point(40.70, -73.95)
TWO_UNDER_TWO = AgeLimit(under_months=24, most_of_them=2)

NamedRoom = tuple[str, int, int, int, tuple[AgeLimit, ...]]
"""Name, from_months, until_months, licensed spots, limits."""


@dataclass(frozen=True)
class Place:
    """A site with its rooms by name."""

    site_id: UUID
    rooms: dict[str, UUID]

    def __getitem__(self, room: str) -> UUID:
        return self.rooms[room]


@dataclass(frozen=True)
class Town:
    """Short ways to say what a test does with sites; every call is one transaction."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def today(self) -> date:
        return self.at.astimezone(ZoneInfo(ZONE)).date()

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    def place(
        self,
        kind: Kind = Kind.CENTER,
        rooms: Sequence[NamedRoom] = (),
        *,
        capacity: int,
        status: str = "License",
        hours: tuple[time, time] | None = (time(5), time(23)),
        point: Point = BROOKLYN,
        zip_code: str = "",
    ) -> Place:
        site_id, provider_id = uuid4(), uuid4()
        new_rooms = tuple(
            NewRoom(uuid4(), name, since, until, spots, limits) for name, since, until, spots, limits in rooms
        )
        with transaction.atomic():
            add_provider(provider_id=provider_id, name="Little Oaks", at=self.at)
            add_site(
                NewSite(
                    site_id=site_id,
                    provider_id=provider_id,
                    external_ref=f"test:{site_id}",
                    name="Little Oaks",
                    kind=kind,
                    point=point,
                    zone=ZONE,
                    zip_code=zip_code,
                    rooms=new_rooms,
                    license=NewLicense("100010", "DCC", status, capacity, "test"),
                    opens=hours[0] if hours else None,
                    closes=hours[1] if hours else None,
                    travel_radius_km=12.0 if kind is Kind.IN_HOME else 0.0,
                ),
                at=self.at,
            )
        card = site_card(site_id)
        assert card is not None
        return Place(site_id, {room.name: room.room_id for room in card.rooms})

    def offer(
        self,
        place: Place,
        spots: dict[str, int],
        *,
        day: date | None = None,
        sessions: Iterable[Session] = BEFORE_WORK,
        simulated: bool = False,
    ) -> Decision:
        offers = {(place[room], session): count for room, count in spots.items() for session in sessions}
        return offer_spots(
            site_id=place.site_id, day=day or self.today, offers=offers, at=self.at, actor=None, simulated=simulated
        )

    def want(
        self,
        room_id: UUID,
        months: int,
        *,
        child_id: UUID | None = None,
        sessions: Iterable[Session] = BEFORE_WORK,
        day: date | None = None,
    ) -> SpotWanted:
        return SpotWanted(child_id or uuid4(), months, room_id, tuple((day or self.today, one) for one in sessions))

    def take(
        self,
        place: Place,
        *wanted: SpotWanted,
        booking_id: UUID | None = None,
        household_id: UUID | None = None,
    ) -> Decision:
        with transaction.atomic():
            return take_spots(
                booking_id=booking_id or uuid4(),
                household_id=household_id or uuid4(),
                site_id=place.site_id,
                wanted=wanted,
                at=self.at,
            )

    def release(self, booking_id: UUID) -> int:
        with transaction.atomic():
            return release_spots(booking_id=booking_id, at=self.at)


@pytest.fixture
def town(transactional_db: None) -> Town:
    return Town()


@pytest.fixture
def little_oaks(town: Town) -> Place:
    """A center licensed for twelve that offers three toddler and ten preschool spots."""
    place = town.place(rooms=[("toddlers", 18, 36, 8, ()), ("preschoolers", 36, 60, 10, ())], capacity=12)
    assert town.offer(place, {"toddlers": 3, "preschoolers": 10})
    return place


@pytest.fixture
def ms_okafor(town: Town) -> Place:
    """A home: six spots in a mixed room with at most two children under two, two more for school-age children."""
    rooms: list[NamedRoom] = [("mixed", 1, 156, 6, (TWO_UNDER_TWO,)), ("school age", 60, 156, 2, ())]
    place = town.place(Kind.FAMILY_HOME, rooms, capacity=8)
    assert town.offer(place, {"mixed": 6, "school age": 2})
    return place


@pytest.fixture
def caregiver(town: Town) -> Place:
    """An in-home caregiver for at most three children of one household, at any hour."""
    place = town.place(Kind.IN_HOME, capacity=3, hours=(time(0), time(0)))
    assert town.offer(place, {"the family's home": 3})
    return place
