"""Mornings in files, placed by hand first. The folders stand in tests/spec/mornings; expected.csv was written by hand.

Homes, sites and work lie on one street that runs north: a hundredth of a degree is 3.22 minutes, and a site between
home and work costs nothing.
"""

from pathlib import Path

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning_files import COLUMNS, read_morning, read_plan, write_plan
from daybreak.placement.outcome import plan_of
from daybreak.placement.terms import Morning
from daybreak.placement.verify import broken_rules

MORNINGS = Path(__file__).parent / "mornings"


def morning_of(name: str) -> Morning:
    folder = MORNINGS / name
    return read_morning({file: (folder / file).read_text() for file in COLUMNS if (folder / file).exists()})


def placed(name: str) -> dict[str, tuple[str, str]]:
    """Where each child goes, or the reason."""
    market = compile_market(morning_of(name))
    return {
        line.child_id: (line.site_id or line.reason, line.room_id)
        for line in plan_of(market, first_come(market)).placements
    }


@pytest.mark.parametrize("name", ["dawn", "night", "caregivers", "siblings", "sessions"])
def test_the_plan_is_the_one_written_by_hand_to_the_last_character(name: str) -> None:
    market = compile_market(morning_of(name))
    by_hand = (MORNINGS / name / "expected.csv").read_text()
    assert write_plan(plan_of(market, first_come(market))) == by_hand
    assert broken_rules(market.morning, read_plan(by_hand)) == ()


def test_rosa_has_both_children_in_the_home_on_her_way() -> None:
    """Elm Street opens at 7, too late for a shift at 7; Little Oaks is beyond work and costs a detour."""
    dawn = placed("dawn")
    assert (dawn["Ada"], dawn["Ben"]) == (("okafor", "ok-all"), ("okafor", "ok-all"))


def test_theo_comes_after_rosa_and_finds_the_home_one_spot_short_for_two() -> None:
    """The caregiver drives 3.22 minutes, written on the first child only."""
    dawn = placed("dawn")
    assert (dawn["Mia"], dawn["Kai"]) == (("nadia", ""), ("nadia", ""))


def test_each_reason_is_the_first_filter_that_leaves_no_site() -> None:
    dawn = placed("dawn")
    assert {child: dawn[child][0] for child in ("Ivo", "Noa", "Tom", "Uma", "Gus")} == {
        "Ivo": "nothing-in-reach",  # lives far from every site
        "Noa": "hours",  # needs care from three in the morning
        "Tom": "age",  # 13 years old, and too far away for a caregiver
        "Uma": "needs",  # one site takes ill children, another special needs, none both at her hours
        "Gus": "siblings-do-not-fit-together",  # a caregiver would take Gus, but not his sister Eva
    }


def test_a_night_shift_fits_where_the_way_at_both_ends_is_covered() -> None:
    """22:00 to 06:00 with 3.22 minutes between site and work: open from 21:56:47 to 06:03:13."""
    night = placed("night")
    assert night["c1"] == ("always", "a")  # opens = closes
    assert night["c2"] == ("at-work", "b")  # open 22:00 to 06:00, no way between
    assert night["c3"] == ("evening", "c")  # 18:00 to 08:00
    assert night["c4"] == ("vigil", "")  # at home, 6.43 minutes from work: from 21:53:34
    assert night["c5"] == ("full", "")  # until-six, from-ten and nap each miss by minutes, day by the night


def test_care_that_starts_before_midnight_lies_in_the_opening_of_the_evening_before() -> None:
    """Work at 00:02 means care from 23:58:47."""
    assert placed("night")["c6"] == ("from-ten", "e")


def test_a_caregiver_takes_at_most_two_under_18_months_and_one_household() -> None:
    here = placed("caregivers")
    assert {here[child][0] for child in ("a1", "a2", "a3")} == {"siblings-do-not-fit-together"}
    assert {here[child][0] for child in ("b1", "b2", "b3")} == {"cleo"}  # 18 months is not under 18 months
    assert {here[child][0] for child in ("c1", "c2")} == {"dora"}  # cleo serves the b household
    assert here["d1"][0] == "fern"  # edda lives 3.34 kilometers away and drives 3.3


def test_siblings_take_the_narrowest_rooms_in_file_order() -> None:
    here = placed("siblings")
    assert [here[child][1] for child in ("f1", "f2")] == ["oaks-twos", "oaks-mixed"]
    assert {here[child][0] for child in ("s1", "s2", "s3")} == {"siblings-do-not-fit-together"}


def test_siblings_who_may_go_apart_go_one_by_one_when_no_site_takes_all() -> None:
    here = placed("siblings")
    assert [here[child][0] for child in ("t1", "t2", "t3")] == ["oaks", "oaks", "elms"]


def test_a_spot_is_taken_in_every_session_that_care_and_way_touch() -> None:
    here = {child: site for child, (site, _) in placed("sessions").items()}
    assert here["c1"] == "full"  # the one afternoon spot is taken
    assert here["d1"] == "oaks"  # work at 08:04, care from 08:00:47: morning only
    assert here["e1"] == "full"  # work at 08:02, care from 07:58:47: early has no spot
    assert here["h1"] == "full"  # the one night spot is taken by care until 23:03
    assert here["i1"] == "oaks"  # hours of its own, in the evening


def test_slips_in_three_files_are_told_in_one_message_and_nothing_is_placed() -> None:
    with pytest.raises(BadInput) as refused:
        morning_of("slips")
    assert str(refused.value).splitlines() == [
        "sites.csv, line 3: opens '6 am' is not a time of day from 00:00 to 23:59.",
        "rooms.csv, line 4: site_id 'okafour' is not in sites.csv.",
        "children.csv, line 4: age_months 'four' is not a whole number from 0 to 1,200.",
        "Nothing was placed. Fix the files and run the command again.",
    ]
