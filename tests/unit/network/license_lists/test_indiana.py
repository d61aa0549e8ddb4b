"""One row of Indiana's list at a time: what becomes a site and what is set aside."""

import csv
import gzip
import io
from datetime import time

import pytest

from daybreak.network.license_lists import clock_words
from daybreak.network.license_lists.age_words import AgeNames
from daybreak.network.license_lists.indiana import COLUMNS, SENTENCES, Indiana
from daybreak.network.license_lists.terms import Hours, ListedRoom
from daybreak.network.terms import Located
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.terms import Kind, Point
from lists import read_whole

AGES = AgeNames(infant=(1, 12), toddler=(12, 24), school_age_from=60, ends=156)
READER = Indiana({"46202": Point(39.78, -86.15), "46402": Point(41.6, -87.34)}, AGES, {"lake"})
ROW = {
    "facility_number": "1100749",
    "facility_name": "Little Oaks",
    "facility_type": "Center Licensed",
    "address": "130 East 30th",
    "city": "Indianapolis",
    "zip": "46202",
    "county": "MARION",
    "capacity": "104",
    "provider_status": "Open",
    "license_status": "Regular",
    "hours_of_operation": "07:00 AM - 05:30 PM",
    "days_of_operation": "Mo Tu We Th Fr",
    "ages": "Infant (14); Toddler (10); Two's to Twelves (80)",
}


def whole(*changes):
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    table.writerows(ROW | change for change in changes)
    return read_whole(READER, text.getvalue())


def test_a_center_has_its_hours_its_days_and_a_room_for_each_range_of_ages():
    (site,) = whole({}).sites
    assert (site.ref, site.kind, site.capacity) == ("in:1100749", Kind.CENTER, 104)
    assert site.hours == Hours(time(7), time(17, 30), 0b0011111)
    assert site.rooms == (
        ListedRoom("Infant", 1, 12, 14),
        ListedRoom("Toddler", 12, 24, 10),
        ListedRoom("Two's to Twelves", 24, 156, 80),
    )
    assert site.by_age == {"infant": 14, "toddler": 10, "mixed": 80}


def test_a_site_stands_in_the_middle_of_its_zip_code_and_says_so():
    (site,) = whole({"zip": "46202-1234"}).sites
    assert (site.point, site.located, site.zip_code) == (Point(39.78, -86.15), Located.ZIP_CENTROID, "46202")


def test_the_clock_is_that_of_the_county():
    zones = [site.zone for site in whole({}, {"facility_number": "2", "county": "LAKE", "zip": "46402"}).sites]
    assert zones == ["America/Indiana/Indianapolis", "America/Chicago"]


def test_a_room_never_holds_more_than_the_license():
    (site,) = whole({"capacity": "10", "ages": "Infant to Twelves (12)"}).sites
    assert [room.licensed_spots for room in site.rooms] == [10]


def test_a_range_of_ages_without_children_makes_no_room():
    (site,) = whole({"ages": "Infant (0); Toddler to Two's (7)"}).sites
    assert [room.name for room in site.rooms] == ["Toddler to Two's"]


def test_a_home_whose_name_is_withheld_is_called_by_its_number():
    (site,) = whole({"facility_type": "Home Licensed", "facility_name": "(home-based provider)"}).sites
    assert (site.name, site.kind) == ("Family child care home 1100749", Kind.FAMILY_HOME)


def test_round_the_clock_is_the_same_time_twice():
    (site,) = whole({"hours_of_operation": "12:00 AM - 11:59 PM", "days_of_operation": "Su Mo Tu We Th Fr Sa"}).sites
    assert site.hours == Hours(time(0), time(0), EVERY_DAY)


@pytest.mark.parametrize("status", ["Regular", "Registration", "Provisional"])
def test_these_are_in_force(status):
    assert len(whole({"license_status": status}).sites) == 1


ASIDE = [
    ({"license_status": "Exempt"}, "license-exempt", {"status": "Exempt"}),
    ({"license_status": "Probationary"}, "license-not-in-force", {"status": "Probationary"}),
    ({"license_status": "License"}, "license-not-in-force", {"status": "License"}),
    ({"provider_status": "Open-Enforcement Pending"}, "license-not-in-force", {"status": "Open-Enforcement Pending"}),
    ({"facility_type": "LEA"}, "unknown-facility-type", {"type": "LEA"}),
    ({"facility_name": ""}, "no-name", {}),
    ({"facility_number": ""}, "no-facility-id", {}),
    ({"facility_name": "x" * 121}, "text-too-long", {"column": "facility_name", "characters": 121}),
    ({"capacity": ""}, "no-capacity", {}),
    ({"capacity": "0"}, "no-capacity", {}),
    ({"capacity": "a few"}, "number-not-readable", {"column": "capacity", "text": "a few"}),
    ({"ages": "Infant (0)"}, "no-capacity", {}),
    ({"ages": ""}, "ages-not-stated", {}),
    ({"ages": "Infant"}, "ages-not-readable", {"text": "Infant"}),
    ({"hours_of_operation": ""}, "hours-not-stated", {}),
    ({"hours_of_operation": "by request"}, "hours-not-readable", {"text": "by request"}),
    ({"days_of_operation": ""}, "days-not-stated", {}),
    ({"days_of_operation": "weekdays"}, "days-not-readable", {"text": "weekdays"}),
    ({"zip": "00000"}, "no-coordinates-and-unknown-zip", {"zip_code": "00000"}),
]


@pytest.mark.parametrize(("change", "code", "facts"), ASIDE, ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_is_set_aside_for_what_it_says(change, code, facts):
    found = whole({"facility_number": "1"}, change)
    assert [(row.line, row.code, row.facts) for row in found.set_aside] == [(3, code, facts)]
    assert (found.listing.read, len(found.sites)) == (2, 1)


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    changes = [{"facility_number": str(at)} | change for at, (change, _, _) in enumerate(ASIDE, start=1)]
    found = whole(*changes, {"facility_number": "99"}, {"facility_number": "99"})
    assert set(found.listing.reasons) == set(SENTENCES)


@pytest.mark.real_data
def test_the_hours_of_every_row_of_the_real_list_can_be_read(real_data):
    packed = (real_data / "providers_indiana" / "providers.csv.gz").read_bytes()
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(packed).decode())))
    read = [clock_words.hours(row["hours_of_operation"]) for row in rows]
    assert len(read) == 2_247
    always = ("12:00 AM - 11:59 PM", "06:00 AM - 05:59 AM")
    halves = [row["hours_of_operation"].split(" - ") for row in rows]
    said = sum(first == last or f"{first} - {last}" in always for first, last in halves)
    assert sum(opens == closes for opens, closes in read) == said == 206
