"""What New York's list says of five programs, and what Daybreak makes of it.

| the list says | Daybreak makes |
|---|---|
| a day care center for 8 infants, 20 toddlers and 30 preschoolers | three rooms, by age |
| a family day care home for 6 children, 2 more of school age | a mixed room, at most two under two; a school-age room |
| a group family day care home for 12 and 4 | the same, larger; one caregiver is assumed, so two under two |
| a school-age program for 60 | one room from kindergarten to the thirteenth birthday |
| a home that is suspended | nothing: children must not be placed there |

A licensed capacity is not a vacancy, so none of these rooms offers a spot until its provider says so.
"""

from datetime import date

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists.new_york_state import COLUMNS, NewYorkState
from daybreak.network.license_lists.queries import age_bands, home_rules, zip_centroids
from daybreak.placement.ratios import room_left
from daybreak.placement.terms import AgeLimit
from lists import read_whole


@pytest.fixture
def monday():
    """The day of the import: the rules for homes and ages are asked as of it."""
    return date(2026, 3, 2)


@pytest.fixture
def read_row():
    """Read one program: its type, its status, and its capacities as the list's columns have them."""

    def read_one(day, program, status="License", **capacities):
        row = dict.fromkeys(COLUMNS, "0") | {column: str(count) for column, count in capacities.items()}
        row |= {"facility_id": "1", "program_type": program, "facility_status": status, "facility_name": "Little Oaks"}
        row |= {"total_capacity": str(sum(capacities.values())), "latitude": "40.66", "longitude": "-73.95"}
        text = ",".join(COLUMNS) + "\n" + ",".join(row[column] for column in COLUMNS)
        return read_whole(NewYorkState(zip_centroids(), home_rules(day), age_bands(day)), text)

    return read_one


@pytest.fixture
def rooms_of(read_row):
    """The rooms of one program as (name, from_months, until_months, licensed spots)."""

    def rooms(*row, **capacities):
        (site,) = read_row(*row, **capacities).sites
        return [(room.name, room.from_months, room.until_months, room.licensed_spots) for room in site.rooms]

    return rooms


def test_a_center_has_a_room_for_each_age(rooms_of, monday):
    capacities = {"infant_capacity": 8, "toddler_capacity": 20, "preschool_capacity": 30}
    assert rooms_of(monday, "DCC", **capacities) == [
        ("infants", 1, 18, 8),
        ("toddlers", 18, 36, 20),
        ("preschoolers", 36, 60, 30),
    ]


def test_a_family_home_has_a_mixed_room_and_places_for_school_age_children(rooms_of, monday):
    assert rooms_of(monday, "FDC", "Registration", children_capacity=6, school_age_capacity=2) == [
        ("school age", 60, 156, 2),
        ("mixed ages", 1, 156, 6),
    ]


def test_a_group_home_still_takes_two_under_two_while_one_caregiver_is_assumed(read_row, monday):
    (site,) = read_row(monday, "GFDC", children_capacity=12, school_age_capacity=4).sites
    mixed = next(room for room in site.rooms if room.name == "mixed ages")
    assert mixed.limits == (AgeLimit(under_months=24, most_of_them=2),)
    assert room_left(12, mixed.limits, [14, 23], months=20) == 0
    assert room_left(12, mixed.limits, [14, 23], months=24) == 10


def test_a_school_age_program_begins_with_kindergarten(rooms_of, monday):
    assert rooms_of(monday, "SACC", "Registration", school_age_capacity=60) == [("school age", 60, 156, 60)]


def test_a_suspended_home_is_not_there(read_row, monday):
    found = read_row(monday, "GFDC", "Suspended", children_capacity=12, school_age_capacity=4)
    assert found.sites == []
    assert found.listing.reasons == {"license-not-in-force": 1}


def test_the_limit_comes_from_the_rulebook(monday):
    assert home_rules(monday)["family_day_care_home"].under_two_per_caregiver == 2


def test_the_ages_come_from_the_rulebook_and_leave_no_gap_from_six_weeks_to_thirteen_years(monday):
    bands = age_bands(monday)
    by_age = [bands[group] for group in ("infant", "toddler", "preschool", "school_age")]
    assert [(band.from_months, band.until_months) for band in by_age] == [(1, 18), (18, 36), (36, 60), (60, 156)]
    assert (bands["mixed"].from_months, bands["mixed"].until_months) == (1, 156)


def test_ages_are_not_guessed_for_a_day_before_those_that_were_read():
    with pytest.raises(BadInput, match="first value starts on 2025-01-08"):
        age_bands(date(2025, 1, 7))
