"""Which room does each child take, and does the site take them all?"""

from daybreak.placement.rooms import Asked, Tally, rooms_taken
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Child, Kind, Point, Room, Site

HERE = Point(42.3, -71.1)
DAY = ((0, Session.MORNING), (0, Session.AFTERNOON))


def center(*rooms: Room, spots: int = 20, **more: object) -> Site:
    return Site("S", Kind.CENTER, HERE, 0, 0, spots, rooms, **more)  # type: ignore[arg-type]


def asked(*ages: int, sessions: tuple[tuple[int, Session], ...] = ()) -> list[Asked]:
    return [Asked(Child(f"c{at}", months), sessions) for at, months in enumerate(ages)]


def test_the_narrowest_room_of_the_age_is_taken_first() -> None:
    site = center(Room("wide", "S", 0, 60, 5), Room("narrow", "S", 12, 24, 5))
    assert rooms_taken(asked(14), site, family=1) == ("narrow",)


def test_equally_narrow_rooms_fall_to_the_smaller_room_id() -> None:
    site = center(Room("b", "S", 0, 24, 5), Room("a", "S", 6, 30, 5))
    assert rooms_taken(asked(14), site, family=1) == ("a",)


def test_children_choose_in_file_order_and_a_narrow_room_may_run_out() -> None:
    site = center(Room("wide", "S", 0, 60, 1), Room("narrow", "S", 12, 24, 1))
    assert rooms_taken(asked(14, 15), site, family=2) == ("narrow", "wide")
    assert rooms_taken(asked(14, 15, 16), site, family=3) is None


def test_an_earlier_child_may_take_the_only_room_of_a_later_one() -> None:
    site = center(Room("narrow", "S", 12, 24, 1), Room("wide", "S", 0, 18, 1))
    assert rooms_taken(asked(14, 20), site, family=2) is None
    assert rooms_taken(asked(20, 14), site, family=2) == ("narrow", "wide")


def test_ages_are_half_open() -> None:
    site = center(Room("r", "S", 12, 24, 5))
    assert [rooms_taken(asked(months), site, family=1) for months in (11, 12, 23, 24)] == [None, ("r",), ("r",), None]


def test_the_site_as_a_whole_may_be_full_before_its_rooms() -> None:
    site = center(Room("r", "S", 0, 60, 5), spots=1)
    assert rooms_taken(asked(14, 15), site, family=2) is None


def test_children_counted_before_leave_fewer_spots() -> None:
    site, tally = center(Room("r", "S", 0, 60, 2)), Tally()
    tally.add(site, ["r"], asked(14), "rosa")
    assert rooms_taken(asked(30), site, tally, family=1) == ("r",)
    assert rooms_taken(asked(30, 31), site, tally, family=2) is None


def test_a_caregiver_takes_all_children_of_a_household_or_exactly_one() -> None:
    caregiver = Site("C", Kind.IN_HOME, HERE, 0, 0, 4)
    assert [rooms_taken(asked(*[30] * count), caregiver, family=3) for count in (1, 2, 3)] == [
        ("",),
        None,
        ("", "", ""),
    ]


def test_a_caregiver_takes_at_most_two_under_18_months_and_its_spots() -> None:
    caregiver = Site("C", Kind.IN_HOME, HERE, 0, 0, 3)
    assert rooms_taken(asked(17, 17, 18), caregiver, family=3) == ("", "", "")
    assert rooms_taken(asked(17, 17, 17), caregiver, family=3) is None
    assert rooms_taken(asked(30, 31, 32, 33), caregiver, family=4) is None


def test_a_caregiver_serves_one_household_only() -> None:
    caregiver, tally = Site("C", Kind.IN_HOME, HERE, 0, 0, 4), Tally()
    tally.add(caregiver, [""], asked(30), "rosa")
    assert rooms_taken(asked(30), caregiver, tally, family=1) is None


def test_every_session_the_care_touches_needs_a_spot() -> None:
    room = Room("r", "S", 0, 60, 3, session_spots={(0, Session.MORNING): 2, (0, Session.AFTERNOON): 1})
    assert rooms_taken(asked(14, sessions=DAY), center(room), family=1) == ("r",)
    assert rooms_taken(asked(14, 15, sessions=DAY), center(room), family=2) is None
    assert rooms_taken(asked(14, 15, sessions=DAY[:1]), center(room), family=2) == ("r", "r")
    assert rooms_taken(asked(14, sessions=((0, Session.NIGHT),)), center(room), family=1) is None


def test_a_session_of_another_day_is_another_spot() -> None:
    room = Room("r", "S", 0, 60, 3, session_spots={(1, Session.EARLY): 1})
    assert rooms_taken(asked(14, sessions=((0, Session.EARLY),)), center(room), family=1) is None
    assert rooms_taken(asked(14, sessions=((1, Session.EARLY),)), center(room), family=1) == ("r",)


def test_the_children_present_and_the_siblings_decide_together_under_age_limits() -> None:
    room = Room(
        "r",
        "S",
        0,
        156,
        6,
        limits=(AgeLimit(under_months=24, most_of_them=2),),
        session_spots=dict.fromkeys(DAY, 4),
        present={DAY[0]: (14, 40)},
    )
    assert rooms_taken(asked(15, 50, sessions=DAY), center(room), family=2) == ("r", "r")
    assert rooms_taken(asked(15, 16, sessions=DAY), center(room), family=2) is None
    assert rooms_taken(asked(15, 16, sessions=DAY[1:]), center(room), family=2) == ("r", "r")
