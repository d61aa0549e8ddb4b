"""How far is it, and how long does the way take?"""

from hypothesis import given
from hypothesis import strategies as st

from daybreak.placement.terms import Point
from daybreak.placement.travel import detour, detours, kilometers, kilometers_to, minutes, minutes_to, places_of

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
HOME, WORK = Point(42.30, -71.10), Point(42.32, -71.10)


def test_a_hundredth_of_a_degree_north_is_1112_meters() -> None:
    assert round(kilometers(Point(42.30, -71.10), Point(42.31, -71.10)), 6) == 1.111951


def test_a_kilometer_takes_1_35_streets_at_28_kilometers_per_hour() -> None:
    assert round(minutes(Point(42.30, -71.10), Point(42.31, -71.10)), 6) == round(1.111951 * 1.35 / 28 * 60, 6)


def test_boston_to_brooklyn_is_as_far_as_the_map_says() -> None:
    assert round(kilometers(Point(42.3601, -71.0589), Point(40.6782, -73.9442))) == 304


def test_a_place_on_the_way_is_no_detour() -> None:
    assert detour(HOME, Point(42.31, -71.10), WORK) < 0.000001


def test_a_place_beyond_work_costs_the_way_there_and_back() -> None:
    assert round(detour(HOME, Point(42.33, -71.10), WORK), 4) == round(2 * minutes(WORK, Point(42.33, -71.10)), 4)


@given(POINTS, st.lists(POINTS, min_size=1, max_size=40))
def test_one_place_and_many_places_at_once_give_the_very_same_floats(here: Point, others: list[Point]) -> None:
    places = places_of(others)
    assert kilometers_to(here, places).tolist() == [kilometers(here, other) for other in others]
    assert minutes_to(here, places).tolist() == [minutes(here, other) for other in others]
    assert detours(here, others[0], places).tolist() == [detour(here, other, others[0]) for other in others]


@given(POINTS, POINTS, POINTS)
def test_a_detour_is_never_negative(home: Point, site: Point, work: Point) -> None:
    assert detour(home, site, work) >= 0.0
