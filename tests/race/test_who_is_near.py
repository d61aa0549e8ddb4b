"""Which sites a household is shown, from the tables: the other half of taking the last spot is finding it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daybreak.network.models import License
from daybreak.network.nearby.queries import licensed_near, open_near
from daybreak.network.queries import has_sites, site_card, sites_of
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")

HOME, WORK = Point(40.65, -73.95), Point(40.75, -73.95)
ON_THE_WAY, FAR = Point(40.70, -73.95), Point(40.90, -73.95)
TODDLERS = [("toddlers", 18, 36, 8, ())]


@pytest.fixture
def near(town):
    def look(minutes=20, day=None, home=HOME):
        return open_near(home=home, work=WORK, max_detour_minutes=minutes, day=day or town.today)

    return look


def test_only_sites_on_the_way_that_offer_spots_today_are_near(town, near):
    offering = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    silent = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    far = town.place(rooms=TODDLERS, capacity=8, point=FAR)
    assert town.offer(offering, {"toddlers": 3})
    assert town.offer(far, {"toddlers": 3})
    found = near()
    assert [site.site_id for site in found.sites] == [str(offering.site_id)]
    assert set(found.cards) == {str(offering.site_id)}
    assert found.in_reach_without_offer == 1
    assert str(silent.site_id) not in found.cards
    assert [site.site_id for site in near(minutes=100).sites] == sorted([str(offering.site_id), str(far.site_id)])


def test_a_site_whose_license_has_ended_is_neither_near_nor_counted(town, near):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    assert town.offer(place, {"toddlers": 3})
    License.objects.update(until_day=town.today)
    assert (near().sites, near().in_reach_without_offer) == ((), 0)


def test_what_is_left_and_who_is_there_are_told_by_session_and_day(town, near):
    two_under_two = (AgeLimit(24, most_of_them=2),)
    place = town.place(Kind.FAMILY_HOME, [("mixed", 1, 156, 6, two_under_two)], capacity=6, point=ON_THE_WAY)
    yesterday = town.today - timedelta(days=1)
    assert town.offer(place, {"mixed": 5})
    assert town.offer(place, {"mixed": 2}, day=town.tomorrow, sessions=[Session.EARLY])
    assert town.offer(place, {"mixed": 1}, day=yesterday, sessions=[Session.NIGHT])
    assert town.take(place, town.want(place["mixed"], 14), town.want(place["mixed"], 50, sessions=[Session.MORNING]))

    (site,) = near().sites
    (room,) = site.rooms
    assert room.session_spots == {
        (-1, Session.NIGHT): 1,
        (0, Session.EARLY): 4,
        (0, Session.MORNING): 3,
        (1, Session.EARLY): 2,
    }
    assert {key: sorted(ages) for key, ages in room.present.items()} == {
        (0, Session.EARLY): [14],
        (0, Session.MORNING): [14, 50],
    }
    assert site.session_spots == {
        (-1, Session.NIGHT): 6,
        (0, Session.EARLY): 5,
        (0, Session.MORNING): 4,
        (1, Session.EARLY): 6,
    }
    assert (room.spots, room.limits, site.spots, site.opens) == (6, two_under_two, 6, 300)


def test_an_offer_for_tomorrow_only_is_not_an_offer_today(town, near):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    assert town.offer(place, {"toddlers": 3}, day=town.tomorrow)
    assert (near().sites, near().in_reach_without_offer) == ((), 1)
    assert len(near(day=town.tomorrow).sites) == 1


def test_an_offer_taken_back_to_nothing_is_no_offer(town, near):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    assert town.offer(place, {"toddlers": 3})
    assert town.offer(place, {"toddlers": 0})
    assert (near().sites, near().in_reach_without_offer) == ((), 1)


def test_a_site_that_is_full_is_still_near_so_that_the_family_learns_why_not(town, near):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    assert town.offer(place, {"toddlers": 1}, sessions=[Session.MORNING])
    assert town.take(place, town.want(place["toddlers"], 20, sessions=[Session.MORNING]))
    (site,) = near().sites
    assert site.rooms[0].session_spots == {(0, Session.MORNING): 0}


def test_a_caregiver_is_near_when_the_home_is_within_their_travel(town, near):
    place = town.place(Kind.IN_HOME, capacity=3, point=Point(40.65, -74.05))
    assert town.offer(place, {"the family's home": 3})
    (site,) = near(minutes=5).sites
    assert (site.kind, site.rooms, site.travel_radius_km) == (Kind.IN_HOME, (), 12.0)
    assert site.session_spots == {(0, Session.EARLY): 3, (0, Session.MORNING): 3}
    assert [room.name for room in near().cards[site.site_id].rooms] == ["the family's home"]
    assert near(home=Point(40.65, -73.90)).sites == ()


def test_a_caregiver_who_serves_a_household_has_nothing_left_for_another(town, near):
    place = town.place(Kind.IN_HOME, capacity=3, point=HOME)
    assert town.offer(place, {"the family's home": 3})
    assert town.take(place, town.want(place["the family's home"], 14, sessions=[Session.EARLY]))
    (site,) = near().sites
    assert site.session_spots == {(0, Session.EARLY): 0, (0, Session.MORNING): 3}


def test_a_simulated_offer_is_marked_and_the_providers_own_is_not(town, near):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    assert town.offer(place, {"toddlers": 3}, simulated=True)
    assert [card.simulated for card in near().cards.values()] == [True]
    assert town.offer(place, {"toddlers": 2})
    assert [card.simulated for card in near().cards.values()] == [False]


def test_a_card_shows_the_license_and_the_rooms_youngest_first(town):
    rooms = [("preschoolers", 36, 60, 10, ()), ("toddlers", 18, 36, 8, ()), ("closed", 0, 18, 0, ())]
    place = town.place(rooms=rooms, capacity=12)
    card = site_card(place.site_id)
    assert [room.name for room in card.rooms] == ["toddlers", "preschoolers"]
    assert (card.license_number, card.license_status, card.capacity) == ("100010", "License", 12)
    assert sites_of(card.provider_id) == (card,)
    assert site_card(uuid4()) is None


def test_licensed_sites_are_listed_with_their_rooms_whether_they_offer_or_not(town):
    place = town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY)
    town.place(rooms=TODDLERS, capacity=8, point=FAR)
    found = licensed_near(home=HOME, work=WORK, max_detour_minutes=20, day=town.today)
    assert found == [(place.site_id, [(place["toddlers"], 8)])]


def test_looking_around_takes_the_same_few_queries_for_one_site_and_for_twenty(town, near):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert near().sites
        return len(asked)

    def open_one():
        assert town.offer(town.place(rooms=TODDLERS, capacity=8, point=ON_THE_WAY), {"toddlers": 3})

    open_one()
    alone = queries()
    for _ in range(19):
        open_one()
    assert queries() == alone == 8


def test_a_database_without_sites_is_known_to_be_unused(town):
    assert not has_sites()
    town.place(rooms=TODDLERS, capacity=8)
    assert has_sites()
