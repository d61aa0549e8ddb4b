"""One row of New York's list at a time: what becomes a site and what is set aside."""

import pytest

from daybreak.network.license_lists.new_york_state import COLUMNS, SENTENCES, AgeBand, HomeRule, NewYorkState
from daybreak.network.license_lists.terms import ListedRoom
from daybreak.network.terms import Located
from daybreak.placement.terms import AgeLimit, Kind, Point
from lists import read_whole

RULES = {"family_day_care_home": HomeRule(6, 2, 2), "group_family_day_care_home": HomeRule(12, 4, 2)}
BANDS = {
    "infant": AgeBand(1, 18),
    "toddler": AgeBand(18, 36),
    "preschool": AgeBand(36, 60),
    "school_age": AgeBand(60, 156),
    "mixed": AgeBand(1, 156),
}
ZIPS = {"11225": Point(40.66, -73.95)}
ROW = {
    "facility_id": "100010",
    "program_type": "DCC",
    "facility_status": "License",
    "facility_name": "Little Oaks",
    "city": "Brooklyn",
    "zip_code": "11225",
    "infant_capacity": "8",
    "toddler_capacity": "0",
    "preschool_capacity": "30",
    "school_age_capacity": "0",
    "children_capacity": "0",
    "total_capacity": "38",
    "latitude": "40.66",
    "longitude": "-73.95",
}
HOME = {
    "program_type": "FDC",
    "facility_name": "Ms. Okafor",
    "infant_capacity": "0",
    "preschool_capacity": "0",
    "school_age_capacity": "2",
    "children_capacity": "6",
    "total_capacity": "8",
}


def listing(*changes, bands=BANDS):
    lines = [",".join(COLUMNS)]
    lines += [",".join(({**ROW, **change})[column] for column in COLUMNS) for change in changes]
    return read_whole(NewYorkState(ZIPS, RULES, bands), "\n".join(lines))


def test_a_center_has_a_room_for_each_age_it_is_licensed_for():
    (site,) = listing({}).sites
    assert (site.ref, site.line, site.kind, site.capacity) == ("ny:100010", 2, Kind.CENTER, 38)
    assert site.rooms == (ListedRoom("infants", 1, 18, 8), ListedRoom("preschoolers", 36, 60, 30))


def test_a_room_has_the_ages_that_the_rule_gives_its_group():
    (site,) = listing({}, bands={**BANDS, "infant": AgeBand(2, 24)}).sites
    assert site.rooms == (ListedRoom("infants", 2, 24, 8), ListedRoom("preschoolers", 36, 60, 30))


def test_a_home_has_a_mixed_room_with_the_rules_limit_and_a_room_for_school_age_children():
    (site,) = listing(HOME).sites
    assert site.kind is Kind.FAMILY_HOME
    assert site.rooms == (
        ListedRoom("school age", 60, 156, 2),
        ListedRoom("mixed ages", 1, 156, 6, (AgeLimit(24, most_of_them=2),)),
    )


def test_a_small_centers_mixed_room_is_held_to_a_homes_limit():
    (site,) = listing({**HOME, "program_type": "SDCC", "school_age_capacity": "0", "total_capacity": "6"}).sites
    assert (site.kind, site.rooms[0].limits) == (Kind.CENTER, (AgeLimit(24, most_of_them=2),))


def test_a_home_licensed_for_more_than_the_rule_keeps_its_number_and_is_marked():
    large = {**HOME, "children_capacity": "7", "total_capacity": "9"}
    found = listing(HOME, {**large, "facility_id": "2"})
    assert [site.capacity for site in found.sites] == [8, 9]
    assert [site.is_beyond_the_rule for site in found.sites] == [False, True]
    assert found.listing.beyond_the_rule == 1


def test_a_row_without_coordinates_stands_at_its_zip_code():
    (site,) = listing({"latitude": "", "longitude": "", "zip_code": "11225-1234"}).sites
    assert (site.point, site.located, site.zip_code) == (ZIPS["11225"], Located.ZIP_CENTROID, "11225")


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        ({"facility_status": "Pending Revocation"}, "license-not-in-force", {"status": "Pending Revocation"}),
        ({"facility_status": "license"}, "license-not-in-force", {"status": "license"}),
        ({"total_capacity": "39"}, "capacities-do-not-add-up", {"sum": 38, "total": 39}),
        ({"total_capacity": "0"}, "capacities-do-not-add-up", {"sum": 38, "total": 0}),
        ({"infant_capacity": "-8"}, "number-not-readable", {"column": "infant_capacity", "text": "-8"}),
        ({"infant_capacity": "8.5"}, "number-not-readable", {"column": "infant_capacity", "text": "8.5"}),
        ({"infant_capacity": ""}, "number-not-readable", {"column": "infant_capacity", "text": ""}),
        ({"total_capacity": "1000000"}, "number-not-readable", {"column": "total_capacity", "text": "1000000"}),
        ({"latitude": "nan"}, "number-not-readable", {"column": "latitude", "text": "nan"}),
        ({"longitude": ""}, "number-not-readable", {"column": "longitude", "text": ""}),
        (
            {"latitude": "-40.66"},
            "coordinates-outside-the-state",
            {"latitude": -40.66, "longitude": -73.95},
        ),
        (
            {"latitude": "", "longitude": "", "zip_code": "00000"},
            "no-coordinates-and-unknown-zip",
            {"zip_code": "00000"},
        ),
        ({"program_type": "NANNY"}, "unknown-program", {"program": "NANNY"}),
        ({"facility_id": ""}, "no-facility-id", {}),
        ({"facility_name": ""}, "no-name", {}),
        ({"facility_name": "x" * 121}, "text-too-long", {"column": "facility_name", "characters": 121}),
        (
            {"infant_capacity": "0", "preschool_capacity": "0", "total_capacity": "0"},
            "no-capacity",
            {},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_is_set_aside_for_what_it_says(change, code, facts):
    found = listing({"facility_id": "1"}, change)
    assert [(row.line, row.code, row.facts) for row in found.set_aside] == [(3, code, facts)]
    assert found.listing.reasons == {code: 1}
    assert (found.listing.read, len(found.sites)) == (2, 1)
    assert found.listing.spots_by_age == {"infant": 8, "toddler": 0, "preschool": 30, "school_age": 0, "mixed": 0}


def test_the_first_of_two_rows_with_one_number_is_used():
    found = listing({}, {"facility_name": "Little Oaks again"})
    assert [site.name for site in found.sites] == ["Little Oaks"]
    assert [(row.line, row.code) for row in found.set_aside] == [(3, "facility-listed-twice")]


def test_a_number_that_is_suspended_in_any_row_is_out_in_every_row():
    found = listing({}, {"facility_status": "Suspended"})
    assert found.sites == []
    assert found.listing.reasons == {"license-not-in-force": 2}


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    changes = [
        {"facility_status": "x"},
        {"total_capacity": "1", "facility_id": "2"},
        {"infant_capacity": "x", "facility_id": "3"},
        {"latitude": "0", "facility_id": "4"},
        {"latitude": "", "longitude": "", "zip_code": "0", "facility_id": "5"},
        {"program_type": "x", "facility_id": "6"},
        {"facility_id": ""},
        {"facility_name": "", "facility_id": "7"},
        {"city": "x" * 99, "facility_id": "8"},
        {"infant_capacity": "0", "preschool_capacity": "0", "total_capacity": "0", "facility_id": "9"},
        {"facility_id": "10"},
        {"facility_id": "10"},
    ]
    assert set(listing(*changes).listing.reasons) == set(SENTENCES)
