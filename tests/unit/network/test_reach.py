"""The box around home and work."""

import pytest

from daybreak.network.reach import Box, around, middle, on_the_way
from daybreak.placement.terms import Point

HOME, WORK = Point(40.65, -73.95), Point(40.75, -73.95)


def test_the_box_reaches_as_far_beyond_home_as_the_detour_allows():
    box = on_the_way(HOME, WORK, max_detour_minutes=30)
    # 30 minutes are 10.37 km; with 11.12 km of way the circle around the middle has a radius of 10.75 km.
    assert (round(box.south, 3), round(box.north, 3)) == (40.603, 40.797)
    assert (round(box.west, 3), round(box.east, 3)) == (-74.077, -73.823)


def test_without_a_detour_the_box_still_holds_both_ends():
    box = on_the_way(HOME, WORK, max_detour_minutes=0)
    assert box.holds(HOME)
    assert box.holds(WORK)


def test_a_box_that_touches_a_pole_holds_every_longitude():
    box = around(Point(89.99, 10.0), 5.0)
    assert box.holds(Point(89.995, -170.0))


@pytest.mark.parametrize(("point", "inside"), [(Point(1, 1), True), (Point(0, 0), True), (Point(2.1, 1), False)])
def test_ends_of_a_box_belong_to_it(point, inside):
    assert Box(south=0, north=2, west=0, east=2).holds(point) is inside


def test_the_middle_lies_on_the_shortest_way():
    point = middle(Point(40.0, -70.0), Point(40.0, -80.0))
    assert (round(point.latitude, 2), round(point.longitude, 2)) == (40.11, -75.0)
