"""Does the verifier name the rule that a plan breaks, with child and site?"""

from dataclasses import replace

import pytest

from daybreak.placement.sessions import Session
from daybreak.placement.terms import Broken, Child, Household, Kind, Morning, Placement, Plan, Point, Room, Site
from daybreak.placement.verify import broken_rules

HOME, WORK = Point(42.30, -71.10), Point(42.32, -71.10)
ON_THE_WAY = Point(42.31, -71.10)


def household(name: str, *children: Child, together: bool = True) -> Household:
    return Household(name, HOME, WORK, 7 * 60, 15 * 60, 30.0, children, keep_together=together, asked_at="05:40")


ROSA = household("rosa", Child("Ada", 14), Child("Ben", 50))
MEI = household("mei", Child("Lin", 14))
THEO = household("theo", Child("Mia", 50), Child("Leo", 16), Child("Zoe", 17), together=False)
OAKS = Site(
    "oaks",
    Kind.CENTER,
    ON_THE_WAY,
    6 * 60 + 30,
    18 * 60,
    3,
    (Room("infants", "oaks", 0, 18, 2), Room("preschool", "oaks", 33, 60, 1)),
)
NADIA = Site("nadia", Kind.IN_HOME, HOME, 0, 0, 3, travel_radius_km=5.0)
PAT = replace(NADIA, site_id="pat", spots=1)
FAR = replace(OAKS, site_id="far", place=Point(42.40, -71.10), rooms=(Room("f", "far", 0, 99, 9),))
LATE = replace(OAKS, site_id="late", opens=8 * 60, rooms=(Room("l", "late", 0, 99, 9),))
MORNING = Morning(
    (OAKS, NADIA, PAT, FAR, LATE),
    (ROSA, MEI, THEO),
    ("Ada", "Ben", "Lin", "Mia", "Leo", "Zoe"),
)
VALID = {
    "Ada": Placement("Ada", "oaks", "infants", 0.0),
    "Ben": Placement("Ben", "oaks", "preschool", 0.0),
    "Lin": Placement("Lin", "oaks", "infants", 0.0),
    "Mia": Placement("Mia", "nadia", "", 0.0),
    "Leo": Placement("Leo", "pat", "", 0.0),
    "Zoe": Placement("Zoe", reason="full"),
}


def broken(morning: Morning = MORNING, **changed: Placement) -> tuple[Broken, ...]:
    lines = VALID | {name: replace(line, child_id=name) for name, line in changed.items()}
    return broken_rules(morning, Plan(tuple(lines[child_id] for child_id in morning.child_ids)))


def at(site: Site, room: str = "", minutes: float = 0.0) -> Placement:
    return Placement("", site.site_id, room, minutes)


def test_a_valid_plan_breaks_nothing() -> None:
    assert broken() == ()


def test_an_overfull_room_is_named_with_its_spots() -> None:
    crowded = broken(Zoe=at(OAKS, "infants"))
    assert Broken("room-over-spots", "", "oaks", {"spots": 2, "children": 3, "room": "infants"}) in crowded


def test_an_overfull_site_is_named_even_when_its_rooms_are_not() -> None:
    roomy = replace(OAKS, rooms=(Room("infants", "oaks", 0, 18, 9), OAKS.rooms[1]))
    assert broken(replace(MORNING, sites=(roomy, NADIA, PAT, FAR, LATE)), Zoe=at(OAKS, "infants")) == (
        Broken("site-over-spots", "", "oaks", {"spots": 3, "children": 4}),
    )


def test_split_siblings_are_named() -> None:
    split = broken(Ben=Placement("", reason="full"))
    assert Broken("siblings-apart", "Ada", "oaks", {"placed": 1, "household": 2}) in split


def test_two_families_at_one_caregiver_are_named() -> None:
    assert broken(Lin=at(PAT), Zoe=at(OAKS, "infants")) == (
        Broken("site-over-spots", "", "pat", {"spots": 1, "children": 2}),
        Broken("caregiver-serves-two-households", "", "pat", {"households": 2}),
    )


def test_two_of_three_children_at_a_caregiver_are_named() -> None:
    assert broken(Leo=at(NADIA), Zoe=Placement("", reason="full"))[0] == Broken(
        "caregiver-takes-all-or-one", "Mia", "nadia", {"children": 2, "household": 3}
    )


def test_three_children_under_18_months_at_a_caregiver_are_named() -> None:
    trio = household("trio", Child("a", 1), Child("b", 2), Child("c", 17))
    morning = Morning((NADIA,), (trio,), ("a", "b", "c"))
    plan = Plan(tuple(Placement(name, "nadia", "", 0.0) for name in "abc"))
    assert broken_rules(morning, plan) == (Broken("caregiver-over-two-infants", "", "nadia", {"infants": 3}),)


def test_a_site_that_opens_too_late_is_named() -> None:
    assert broken(Zoe=at(LATE, "l")) == (Broken("hours", "Zoe", "late"),)


def test_a_room_for_other_ages_is_named() -> None:
    assert Broken("age", "Zoe", "oaks", {"room": "preschool", "months": 17}) in broken(Zoe=at(OAKS, "preschool"))


def test_a_site_too_far_is_named_with_the_distance() -> None:
    assert broken(Zoe=at(FAR, "f", 51.47)) == (
        Broken("too-far", "Zoe", "far", {"distance": 51.47, "most": 30.0, "unit": "minutes"}),
    )


def test_a_need_the_site_does_not_meet_is_named() -> None:
    ill = replace(MEI, children=(Child("Lin", 14, mildly_ill=True, special_needs=True),))
    morning = replace(MORNING, households=(ROSA, ill, THEO))
    assert broken(morning)[:2] == (
        Broken("needs", "Lin", "oaks", {"needs": "mildly-ill"}),
        Broken("needs", "Lin", "oaks", {"needs": "special-needs"}),
    )


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (Placement("", "elms", "", 0.0), "unknown-site"),
        (Placement("", "oaks", "attic", 0.0), "unknown-room"),
        (Placement("", "oaks", "", 0.0), "unknown-room"),
        (Placement("", "pat", "sofa", 0.0), "room-at-a-caregiver"),
        (Placement("", "oaks", "infants", 0.0, "full"), "site-and-reason"),
        (Placement("", "", "", None, ""), "unknown-reason"),
        (Placement("", "", "infants", None, "full"), "room-without-a-site"),
        (Placement("", "oaks", "infants", None), "wrong-minutes"),
        (Placement("", "oaks", "infants", 0.2), "wrong-minutes"),
        (Placement("", "oaks", "infants", float("nan")), "wrong-minutes"),
    ],
)
def test_a_line_that_makes_no_sense_is_named(line: Placement, rule: str) -> None:
    assert rule in {one.rule for one in broken(Lin=line)}


def test_minutes_may_be_off_by_a_rounded_decimal() -> None:
    assert broken(Lin=at(OAKS, "infants", 0.1)) == ()


def test_a_caregiver_drives_once_so_only_the_first_child_carries_the_minutes() -> None:
    away = replace(NADIA, place=Point(42.30, -71.11))
    morning = Morning((away,), (ROSA,), ("Ada", "Ben"))
    once = Plan((Placement("Ada", "nadia", "", 2.38), Placement("Ben", "nadia", "", 0.0)))
    twice = Plan((Placement("Ada", "nadia", "", 2.38), Placement("Ben", "nadia", "", 2.38)))
    assert broken_rules(morning, once) == ()
    assert broken_rules(morning, twice) == (Broken("wrong-minutes", "Ben", "nadia", {"stated": 2.38, "true": 0.0}),)


def test_a_wrong_reason_is_named_with_the_true_one() -> None:
    assert broken(Zoe=Placement("", reason="hours")) == (
        Broken("wrong-reason", "Zoe", "", {"stated": "hours", "true": "full"}),
    )


def test_full_is_wrong_while_a_site_would_take_the_child() -> None:
    assert broken(Lin=Placement("", reason="full")) == (
        Broken("not-full", "Lin", "oaks"),
        Broken("not-full", "Zoe", "oaks"),
    )


def test_full_is_wrong_while_a_caregiver_who_has_the_other_child_would_take_this_one_too() -> None:
    pair = household("pair", Child("a", 20), Child("b", 30), together=False)
    plan = Plan((Placement("a", "nadia", "", 0.0), Placement("b", reason="full")))
    assert broken_rules(Morning((NADIA,), (pair,), ("a", "b")), plan) == (Broken("not-full", "b", "nadia"),)


def test_missing_doubled_and_unknown_children_are_named() -> None:
    lines = [line for name, line in VALID.items() if name != "Zoe"]
    plan = Plan((*lines, VALID["Lin"], Placement("Nobody", reason="full")))
    assert broken_rules(MORNING, plan) == (
        Broken("child-twice", "Lin", "oaks"),
        Broken("unknown-child", "Nobody"),
        Broken("child-missing", "Zoe"),
    )


def test_a_caregivers_spots_are_children_whichever_sessions_they_touch() -> None:
    apart = (Child("Ada", 14, starts=540, ends=660), Child("Ben", 50, starts=780, ends=900))
    alone = replace(PAT, session_spots={(0, session): 1 for session in Session})
    morning = Morning((alone,), (household("rosa", *apart),), ("Ada", "Ben"), by_session=True)
    plan = Plan((Placement("Ada", "pat", "", 0.0), Placement("Ben", "pat", "", 0.0)))
    assert broken_rules(morning, plan) == (Broken("site-over-spots", "", "pat", {"spots": 1, "children": 2}),)
