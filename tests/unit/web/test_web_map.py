import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.placement.terms import Point
from daybreak.web.map import LINE, WIDTH, Box, Map, Stop, draw, in_two, width_of

HOME, OKAFOR, WORK = Point(42.848, -78.813), Point(42.874, -78.840), Point(42.8986, -78.8672)


def drawn(
    home: Point = HOME, site: Point = OKAFOR, work: Point = WORK, names: tuple[str, str, str] | None = None
) -> Map:
    home_name, site_name, work_name = names or ("Home", "Ms. Okafor", "Harbor Health")
    stops = (Stop("home", home, home_name), Stop("site", site, site_name), Stop("work", work, work_name))
    return draw(stops, ("11 min", "10 min"), title="The way", said="From home to Ms. Okafor: 11 minutes.")


def test_the_map_has_a_pin_for_each_stop_and_a_way_between_them() -> None:
    picture = drawn()
    assert [pin.kind for pin in picture.pins] == ["home", "site", "work"]
    assert len(picture.ways) == 2
    assert [pill.text for pill in picture.pills] == ["11 min", "10 min"]
    assert [label.text for label in picture.labels] == ["Home", "Ms. Okafor", "Harbor Health"]


def test_north_is_up_and_east_is_right() -> None:
    home, _, work = drawn(home=Point(42.8, -78.8), work=Point(42.9, -78.7)).pins
    assert float(work.y) < float(home.y)
    assert float(work.x) > float(home.x)


def test_stops_at_one_place_are_moved_apart() -> None:
    pins = drawn(home=HOME, site=HOME, work=HOME).pins
    spots = [(float(pin.x), float(pin.y)) for pin in pins]
    for i, (x, y) in enumerate(spots):
        for other_x, other_y in spots[i + 1 :]:
            assert abs(complex(x - other_x, y - other_y)) > 34


def test_a_map_needs_the_words_of_each_leg() -> None:
    with pytest.raises(ValueError, match="two stops or more"):
        draw((Stop("home", HOME, "Home"), Stop("work", WORK, "Work")), (), title="", said="")


def test_a_name_without_a_space_stays_on_one_line() -> None:
    assert in_two("Kinderbetreuungseinrichtung") == ("Kinderbetreuungseinrichtung",)


BY_WORK = (Point(40.66, -73.95), Point(40.6365, -73.959), Point(40.631, -73.955))
BY_HOME = (Point(42.86, -78.83), Point(42.866, -78.826), Point(42.81, -78.90))
LONG = ("Home", "Family child care home 776098", "Harbor Health, Brooklyn clinic")


@pytest.mark.parametrize("points_of_way", [(HOME, OKAFOR, WORK), BY_WORK, BY_HOME])
def test_a_name_stands_nearest_its_own_pin_and_off_the_lines(points_of_way: tuple[Point, Point, Point]) -> None:
    picture = drawn(*points_of_way, names=LONG)
    pins = [(float(pin.x), float(pin.y)) for pin in picture.pins]
    lines = iter(picture.labels)
    for own, name in zip(pins, LONG, strict=True):
        rows = [next(lines) for _ in in_two(name)]
        middle, top = float(rows[0].x), float(rows[0].y) - 14.5
        wide = max(width_of(row.text) for row in rows) / 2
        box = Box(middle - wide, top, middle + wide, top + LINE * len(rows))
        assert min(pins, key=box.away_from) == own
        for way in picture.ways:
            start, bend, end = curve_of(way)
            assert all(box.away_from(on_curve(start, bend, end, at / 20)) > 0 for at in range(21))


def curve_of(path: str) -> list[tuple[float, float]]:
    """The start, the control point and the end of a drawn way."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def on_curve(
    start: tuple[float, float], bend: tuple[float, float], end: tuple[float, float], at: float
) -> tuple[float, float]:
    x, y = (a * (1 - at) ** 2 + 2 * b * at * (1 - at) + c * at * at for a, b, c in zip(start, bend, end, strict=True))
    return x, y


points = st.builds(Point, st.floats(40.5, 45.0), st.floats(-79.7, -72.0))


@settings(max_examples=150)
@given(points, points, points)
def test_labels_and_minutes_never_cover_each_other(home: Point, site: Point, work: Point) -> None:
    picture = drawn(home, site, work)
    boxes = [
        (
            float(label.x) - width_of(label.text) / 2,
            float(label.y) - 14.5,
            float(label.x) + width_of(label.text) / 2,
            float(label.y) - 14.5 + LINE,
        )
        for label in picture.labels
    ]
    boxes += [
        (float(pill.x), float(pill.y), float(pill.x) + float(pill.width), float(pill.y) + 24) for pill in picture.pills
    ]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert left > -30
        assert right < WIDTH + 30
        for other in boxes[i + 1 :]:
            wide = min(right, other[2]) - max(left, other[0])
            tall = min(bottom, other[3]) - max(top, other[1])
            assert min(wide, tall) < 4


@given(points, points, points)
def test_every_pin_lies_inside_the_frame(home: Point, site: Point, work: Point) -> None:
    picture = drawn(home, site, work)
    for pin in picture.pins:
        assert 17 <= float(pin.x) <= picture.width - 17
        assert 17 <= float(pin.y) <= picture.height - 17
