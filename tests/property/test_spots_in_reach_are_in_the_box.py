"""The box that the database searches leaves out no site that the exact test of the way admits."""

from hypothesis import given
from hypothesis import strategies as st

from daybreak.network.reach import around, middle, on_the_way
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Point
from daybreak.placement.travel import detour, kilometers

POINTS = st.builds(Point, st.floats(-80, 80), st.floats(-150, 150))
NEAR = st.tuples(st.floats(-0.6, 0.6), st.floats(-0.6, 0.6))


def moved(point: Point, by: tuple[float, float]) -> Point:
    return Point(point.latitude + by[0], point.longitude + by[1])


@given(POINTS, NEAR, NEAR, st.floats(0, 180))
def test_every_site_within_the_detour_is_inside(home, to_work, to_site, minutes):
    work, site = moved(home, to_work), moved(home, to_site)
    if detour(home, site, work) <= minutes + TOLERANCE:
        assert on_the_way(home, work, max_detour_minutes=minutes).holds(site)


@given(POINTS, POINTS)
def test_every_point_of_the_direct_way_is_inside_however_long_it_is(home, work):
    if kilometers(home, work) < 5_000 and abs(home.longitude - work.longitude) < 90:
        box = on_the_way(home, work, max_detour_minutes=0)
        assert box.holds(home)
        assert box.holds(work)
        assert box.holds(middle(home, work))


@given(POINTS, NEAR, st.floats(0, 150))
def test_every_home_that_a_caregiver_travels_to_is_inside(home, to_caregiver, radius):
    caregiver = moved(home, to_caregiver)
    if kilometers(home, caregiver) <= radius + TOLERANCE:
        assert around(home, radius).holds(caregiver)
