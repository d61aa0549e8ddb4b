"""Where can this one family go, best first, and why not elsewhere?"""

from dataclasses import replace

import pytest

from daybreak.kernel.decisions import Reason
from daybreak.placement.request import best_places, best_places_for_child
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Child, ChildPlace, Household, Kind, Point, Room, Site

HOME, WORK = Point(42.30, -71.10), Point(42.32, -71.10)
ADA, BEN = Child("Ada", 14), Child("Ben", 50)
ROSA = Household("rosa", HOME, WORK, 7 * 60, 15 * 60, 30.0, (ADA, BEN), keep_together=True, priority=0)
SESSIONS = ((0, Session.EARLY), (0, Session.MORNING), (0, Session.AFTERNOON))
LEFT = dict.fromkeys(SESSIONS, 2)

LITTLE_OAKS = Site(
    "little-oaks",
    Kind.CENTER,
    Point(42.33, -71.10),
    6 * 60 + 30,
    18 * 60,
    40,
    (Room("infants", "little-oaks", 0, 18, 4), Room("preschool", "little-oaks", 33, 60, 10)),
)
OKAFOR = Site(
    "okafor",
    Kind.FAMILY_HOME,
    Point(42.31, -71.10),
    6 * 60,
    18 * 60,
    6,
    (Room("all", "okafor", 0, 156, 6, (AgeLimit(18, 2),), LEFT, {SESSIONS[0]: (30, 12)}),),
    session_spots=LEFT,
)
CAREGIVER = Site("caregiver", Kind.IN_HOME, Point(42.30, -71.11), 0, 0, 3, travel_radius_km=5.0)


def refused(household: Household, site: Site) -> list[Reason]:
    ranked = best_places(household, [site])
    assert ranked.candidates == ()
    assert {site_id for site_id, _ in ranked.refused} == {site.site_id}
    return [reason for _, reason in ranked.refused]


def test_the_home_on_the_way_comes_first_with_a_room_and_the_sessions_for_each_child() -> None:
    ranked = best_places(ROSA, [LITTLE_OAKS, CAREGIVER, OKAFOR])
    assert [candidate.site_id for candidate in ranked.candidates] == ["okafor", "caregiver", "little-oaks"]
    assert ranked.candidates[0].places == (ChildPlace("Ada", "all", SESSIONS), ChildPlace("Ben", "all", SESSIONS))
    assert ranked.refused == ()


def test_a_center_costs_the_detour_for_each_child_and_a_caregiver_her_way_once() -> None:
    values = {one.site_id: (round(one.minutes, 3), round(one.value, 3)) for one in _all()}
    assert values == {
        "okafor": (0.0, 2800.0),
        "caregiver": (2.379, 2797.621),
        "little-oaks": (6.433, 2787.133),
    }


def _all() -> tuple:
    return best_places(ROSA, [LITTLE_OAKS, CAREGIVER, OKAFOR]).candidates


def test_equal_cost_falls_to_the_smaller_site_id() -> None:
    twins = [replace(LITTLE_OAKS, site_id=name) for name in ("b", "c", "a")]
    # On the way to work every place costs nothing, wherever it lies.
    on_the_way = [replace(LITTLE_OAKS, site_id=f"w{at}", place=Point(42.30 + at / 1000, -71.10)) for at in (7, 3, 9)]
    ranked = best_places(ROSA, [*twins, *on_the_way])
    assert [one.site_id for one in ranked.candidates] == ["w3", "w7", "w9", "a", "b", "c"]


def test_prices_steer_but_do_not_change_the_value() -> None:
    ranked = best_places(ROSA, [LITTLE_OAKS, OKAFOR, CAREGIVER], prices={"all": 5.0, "caregiver": 50.0})
    assert [one.site_id for one in ranked.candidates] == ["okafor", "little-oaks", "caregiver"]
    assert ranked.candidates[0].value == 2800.0
    dear = best_places(ROSA, [LITTLE_OAKS, OKAFOR], prices={"all": 7.0})
    assert [one.site_id for one in dear.candidates] == ["little-oaks", "okafor"]


def test_a_site_too_far_says_how_far_and_how_far_was_allowed() -> None:
    assert refused(ROSA, replace(LITTLE_OAKS, place=Point(42.40, -71.10))) == [
        Reason("nothing-in-reach", {"minutes": 51.5, "most": 30.0})
    ]
    assert refused(ROSA, replace(CAREGIVER, travel_radius_km=0.5)) == [
        Reason("nothing-in-reach", {"kilometers": 0.82, "most": 0.5})
    ]


def test_a_site_that_opens_too_late_says_what_it_would_have_to_cover() -> None:
    reasons = refused(replace(ROSA, children=(ADA,)), replace(LITTLE_OAKS, opens=7 * 60))
    assert reasons == [
        Reason(
            "hours",
            {
                "child": "Ada",
                "opens": "07:00",
                "closes": "18:00",
                "needed_from": "06:56",
                "needed_until": "15:04",
            },
        )
    ]


def test_every_reason_of_a_site_is_told_and_not_only_the_first() -> None:
    ill = replace(ROSA, children=(replace(ADA, mildly_ill=True), replace(BEN, special_needs=True, months=20)))
    assert refused(ill, LITTLE_OAKS) == [
        Reason("needs", {"child": "Ada", "needs": "mildly-ill"}),
        Reason("age", {"child": "Ben", "months": 20}),
        Reason("needs", {"child": "Ben", "needs": "special-needs"}),
    ]


def test_siblings_the_site_never_holds_together_are_told_apart_from_a_full_site() -> None:
    one_spot = replace(OKAFOR, spots=1, session_spots=None)
    assert refused(ROSA, one_spot) == [Reason("siblings-do-not-fit-together", {"children": 2, "spots": 1})]
    taken = replace(OKAFOR, session_spots={**LEFT, SESSIONS[1]: 1})
    assert refused(ROSA, taken) == [Reason("full", {"children": 2, "spots": 6})]


def test_an_infant_too_many_makes_the_home_full_for_that_morning() -> None:
    room = replace(OKAFOR.rooms[0], present={SESSIONS[0]: (10, 12)})
    assert refused(ROSA, replace(OKAFOR, rooms=(room,))) == [Reason("full", {"children": 2, "spots": 6})]


def test_an_only_child_at_a_site_without_spots_is_told_full() -> None:
    assert refused(replace(ROSA, children=(ADA,)), replace(OKAFOR, spots=0, session_spots=None)) == [
        Reason("full", {"children": 1, "spots": 0})
    ]


def test_one_child_of_two_can_be_asked_about_alone_and_pays_for_going_apart() -> None:
    full_for_two = replace(OKAFOR, session_spots=dict.fromkeys(SESSIONS, 1))
    assert best_places(ROSA, [full_for_two]).candidates == ()
    (alone,) = best_places_for_child(ROSA, "Ben", [full_for_two]).candidates
    assert alone.places == (ChildPlace("Ben", "all", SESSIONS),)
    assert round(alone.value, 6) == 1390.0


def test_a_child_of_another_household_is_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="'Mia' is no child of household 'rosa'"):
        best_places_for_child(ROSA, "Mia", [OKAFOR])


def test_a_night_shift_asks_for_the_sessions_of_two_days() -> None:
    night = replace(ROSA, starts=22 * 60, ends=6 * 60, children=(BEN,))
    keys = ((0, Session.EVENING), (0, Session.NIGHT), (1, Session.EARLY))
    open_all_night = replace(OKAFOR, opens=18 * 60, closes=8 * 60, session_spots=None)
    room = replace(OKAFOR.rooms[0], session_spots=dict.fromkeys(keys, 1), present={})
    (found,) = best_places(night, [replace(open_all_night, rooms=(room,))]).candidates
    assert found.places == (ChildPlace("Ben", "all", keys),)


def test_no_sites_are_no_candidates_and_no_reasons() -> None:
    assert best_places(ROSA, []).candidates == ()
    assert best_places(ROSA, []).refused == ()
