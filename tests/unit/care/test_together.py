"""All who wait, read as one morning: no plan for it can break a license, and nothing is counted on the wrong day."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care.together import BEFORE_DAWN, DAYTIME, OVERNIGHT, View, candidate_of, morning_of, view_of
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.outcome import plan_of
from daybreak.placement.ratios import fits
from daybreak.placement.request import best_places
from daybreak.placement.sessions import Session, SessionKey
from daybreak.placement.terms import EVERY_AGE, AgeLimit, Child, Household, Kind, Point, Room, Site
from daybreak.placement.verify import broken_rules

HOME, THERE = Point(42.85, -78.81), Point(42.86, -78.81)
DAY = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
TWO_UNDER_TWO = AgeLimit(24, most_of_them=2)
FOUR_WITH_AN_INFANT = AgeLimit(18, most_of_them=1, room_most=4)


def family(*months: int, name: str = "rosa", starts: int = 480, ends: int = 960) -> Household:
    children = tuple(Child(f"{name} {number}", age) for number, age in enumerate(months))
    return Household(name, HOME, HOME, starts, ends, 30.0, children)


def left(spots: int, sessions: Sequence[Session] = DAY, day: int = 0) -> dict[SessionKey, int]:
    return {(day, session): spots for session in sessions}


def home(spots: int, *limits: AgeLimit, present: Sequence[int] = (), closed: frozenset[int] = frozenset()) -> Site:
    """A family home whose one room has so many spots left beside the children present."""
    ages = {key: tuple(present) for key in left(0)}
    room = Room("mixed", "home", 0, 156, 8, limits, left(spots), ages)
    return Site("home", Kind.FAMILY_HOME, THERE, 300, 1200, 8, (room,), session_spots=left(spots), closed=closed)


def caregiver(spots: dict[SessionKey, int], ages: tuple[int, int] = (0, EVERY_AGE)) -> Site:
    return Site(
        "sam", Kind.IN_HOME, THERE, 360, 1080, 3, travel_radius_km=20.0, session_spots=spots, ages=ages
    )  # fmt: skip


@pytest.mark.parametrize(
    ("starts", "ends", "view"),
    [
        (8 * 60, 16 * 60, DAYTIME),
        (15 * 60, 23 * 60 + 30, DAYTIME),
        (5 * 60 + 10, 13 * 60, BEFORE_DAWN),
        (19 * 60, 7 * 60, OVERNIGHT),
        (5 * 60 + 10, 23 * 60, None),
    ],
)
def test_each_family_is_read_in_the_view_that_tells_its_sessions_apart(
    starts: int, ends: int, view: View | None
) -> None:
    assert view_of(family(14, starts=starts, ends=ends)) is view


def test_a_night_shift_takes_the_spots_of_the_next_morning_and_not_of_the_day_itself() -> None:
    spots = left(0) | {(0, Session.EVENING): 2, (0, Session.NIGHT): 2, (1, Session.EARLY): 1, (1, Session.MORNING): 2}
    room = Room("all", "site", 0, 156, 8, session_spots=spots)
    site = Site("site", Kind.CENTER, THERE, 0, 0, 8, (room,), session_spots=spots)
    night = family(14, starts=19 * 60, ends=6 * 60)
    read = morning_of([night], [site], OVERNIGHT)
    assert read.morning.sites[0].session_spots == {
        (0, Session.EARLY): 1,
        (0, Session.MORNING): 2,
        (0, Session.AFTERNOON): 0,
        (0, Session.EVENING): 2,
        (0, Session.NIGHT): 2,
    }
    market = compile_market(read.morning)
    plan = plan_of(market, first_come(market))
    assert broken_rules(read.morning, plan) == ()
    candidate = candidate_of(night, site, plan.placements, read.rooms)
    # The same as a look by itself would have found, on real days and in the real room.
    assert candidate == best_places(night, [site]).candidates[0]


def test_a_home_of_six_with_two_under_two_is_split_into_two_and_four() -> None:
    asking = [family(14, 8, 40, name="a"), family(10, 50, name="b"), family(30, 60, 90, name="c")]
    read = morning_of(asking, [home(6, TWO_UNDER_TWO)], DAYTIME)
    parts = {(room.from_months, room.until_months): room.session_spots for room in read.morning.sites[0].rooms}
    assert {ages: spots[0, Session.MORNING] for ages, spots in parts.items() if spots} == {(0, 24): 2, (24, 156): 4}
    assert set(read.rooms.values()) == {"mixed"}


def test_spots_for_infants_nobody_asks_for_are_everybodys() -> None:
    read = morning_of([family(40, 50, 60, name="a"), family(30, 90, name="b")], [home(4, TWO_UNDER_TWO)], DAYTIME)
    (room,) = read.morning.sites[0].rooms
    assert (room.from_months, (room.session_spots or {})[0, Session.MORNING]) == (24, 4)


def test_an_infant_that_would_leave_a_room_half_empty_gives_way() -> None:
    many = [family(10, 40, 50, 60, name="a"), family(30, 70, 90, 100, name="b")]
    (room,) = morning_of(many, [home(8, FOUR_WITH_AN_INFANT)], DAYTIME).morning.sites[0].rooms
    assert (room.from_months, (room.session_spots or {})[0, Session.MORNING]) == (18, 7)


LIMITS = st.lists(
    st.builds(
        AgeLimit,
        under_months=st.sampled_from([18, 24, 72, EVERY_AGE]),
        most_of_them=st.none() | st.integers(0, 6),
        room_most=st.none() | st.integers(0, 8),
    ),
    max_size=3,
    unique_by=lambda limit: limit.under_months,
)
AGES = st.lists(st.integers(0, 155), max_size=4)


@given(data=st.data(), limits=LIMITS, present=AGES, spots=st.integers(0, 8), asking=st.lists(AGES, max_size=5))
def test_whoever_comes_into_split_rooms_the_license_of_the_real_one_holds(
    data: st.DataObject, limits: list[AgeLimit], present: list[int], spots: int, asking: list[list[int]]
) -> None:
    while not fits(8, limits, present, ()):
        present = present[1:]
    families = [family(*ages, name=str(number)) for number, ages in enumerate(asking) if ages]
    read = morning_of(families, [home(spots, *limits, present=present)], DAYTIME)
    came: list[int] = []
    for room in read.morning.sites[0].rooms if read.morning.sites else ():
        most = (room.session_spots or {})[0, Session.MORNING]
        months = st.integers(room.from_months, room.until_months - 1)
        came += data.draw(st.lists(months, max_size=most))
    assert len(came) <= spots
    if came:
        assert fits(len(present) + spots, limits, present, came)


def test_a_site_closed_on_a_day_of_the_view_takes_no_part() -> None:
    closed_tomorrow = home(4, closed=frozenset({1}))
    assert morning_of([family(40)], [closed_tomorrow], DAYTIME).morning.sites != ()
    assert morning_of([family(40)], [closed_tomorrow], OVERNIGHT).morning.sites == ()
    assert morning_of([family(40)], [home(4, closed=frozenset({0}))], DAYTIME).morning.sites == ()


def test_a_caregiver_takes_part_when_free_all_day_and_of_all_ages_in_reach() -> None:
    free, busy = left(2), left(2) | {(0, Session.AFTERNOON): 0}
    (site,) = morning_of([family(14)], [caregiver(free)], DAYTIME).morning.sites
    assert (site.spots, site.session_spots) == (2, None)
    assert morning_of([family(14)], [caregiver(busy)], DAYTIME).morning.sites == ()
    assert morning_of([family(14)], [caregiver(free, ages=(24, 156))], DAYTIME).morning.sites == ()
    assert morning_of([family(30)], [caregiver(free, ages=(24, 156))], DAYTIME).morning.sites != ()
