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

from daybreak.network.license_lists.new_york_state import COLUMNS, read
from daybreak.network.license_lists.queries import home_rules, zip_centroids
from daybreak.placement.ratios import room_left
from daybreak.placement.terms import AgeLimit


@pytest.fixture
def monday():
    """The day of the import: the rule for homes is asked as of it."""
    return date(2026, 3, 2)


@pytest.fixture
def read_row():
    """Read one program: its type, its status, and its capacities as the list's columns have them."""

    def read_one(day, program, status="License", **capacities):
        row = dict.fromkeys(COLUMNS, "0") | {column: str(count) for column, count in capacities.items()}
        row |= {"facility_id": "1", "program_type": program, "facility_status": status, "facility_name": "Little Oaks"}
        row |= {"total_capacity": str(sum(capacities.values())), "latitude": "40.66", "longitude": "-73.95"}
        text = ",".join(COLUMNS) + "\n" + ",".join(row[column] for column in COLUMNS)
        return read(text, source="list.csv", centroids=zip_centroids(), rules=home_rules(day))

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
    assert found.sites == ()
    assert found.reasons == {"license-not-in-force": 1}


def test_the_limit_comes_from_the_rulebook(monday):
    assert home_rules(monday)["family_day_care_home"].under_two_per_caregiver == 2
