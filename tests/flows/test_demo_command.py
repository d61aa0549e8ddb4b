"""Opening the demo's day: the cast comes once, its offers come each day, and opening again changes nothing."""

from datetime import timedelta

import pytest
from django.db import models

from cast import DAWN, MONDAY, OKAFOR, Opened, clock
from daybreak.accounts.models import Person, Role
from daybreak.care.models import Booking, CareRequest
from daybreak.demo.cast import EMPLOYERS, PARENTS, PLACES, PROVIDERS
from daybreak.demo.opening import open_day
from daybreak.demo.people import people
from daybreak.demo.posts import POSTS
from daybreak.kernel.decisions import Yes
from daybreak.network.actions import offer_spots
from daybreak.network.models import License, Provider, Room, RoomSession, Site, SiteSession, TakenSpot
from daybreak.network.queries import drift, rooms_on
from daybreak.people.models import Child, Employee, Employer, Household, WorkSite
from daybreak.people.queries import children_of, household_of

pytestmark = pytest.mark.django_db

TABLES: tuple[type[models.Model], ...] = (
    *(Person, Role, Employer, WorkSite, Household, Employee, Child),
    *(Provider, Site, License, Room, SiteSession, RoomSession, TakenSpot, CareRequest, Booking),
)


def everything() -> dict[str, list[tuple[object, ...]]]:
    return {table.__name__: sorted(table.objects.values_list(), key=str) for table in TABLES}  # type: ignore[attr-defined]


def test_opening_the_same_day_again_changes_nothing(opened: Opened) -> None:
    opened.asked()
    before = everything()
    open_day(MONDAY, clock(7, 40))
    assert everything() == before
    assert drift() == []


def test_the_next_day_has_offers_of_its_own_and_the_same_people(opened: Opened) -> None:
    tuesday = MONDAY + timedelta(days=1)
    people_before = Person.objects.count()
    open_day(tuesday, clock(5, 40, day=tuesday))
    assert Person.objects.count() == people_before == len(PARENTS) + len(PROVIDERS) + len(POSTS)
    assert RoomSession.objects.filter(day=tuesday).count() == RoomSession.objects.filter(day=MONDAY).count() > 0


def test_what_a_home_has_offered_itself_is_not_overwritten(opened: Opened) -> None:
    room, session = next((room.room.room_id, session) for room in rooms_on(OKAFOR, MONDAY) for session in room.sessions)
    own = offer_spots(site_id=OKAFOR, day=MONDAY, offers={(room, session): 1}, at=DAWN, actor=None)
    assert own == Yes()
    open_day(MONDAY, clock(6))
    row = RoomSession.objects.get(room=room, day=MONDAY, session=session)
    assert (row.spots, row.simulated) == (1, False)


def test_every_offer_of_the_demo_is_marked_as_simulated(opened: Opened) -> None:
    assert set(RoomSession.objects.values_list("simulated", flat=True)) == {True}


def test_everybody_on_the_first_page_is_there(opened: Opened) -> None:
    assert set(Person.objects.values_list("pk", flat=True)) == {person.person_id for person in people()}
    assert (Employer.objects.count(), Site.objects.count()) == (len(EMPLOYERS), len(PLACES))


def test_the_children_are_as_old_as_the_story_says(opened: Opened) -> None:
    told = {child.name: child.months for parent in PARENTS for child in parent.children}
    households = Household.objects.values_list("pk", flat=True)
    found = {child.name: child.months_on(MONDAY) for home in households for child in children_of(home)}
    assert found == told
    assert all(household_of(home) is not None for home in households)
