"""A list in Daybreak's own columns: what becomes a site, what is set aside, and what is refused."""

import csv
import io
from datetime import time

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists.generic import COLUMNS, OPTIONAL, SENTENCES, Generic, one_state
from daybreak.network.license_lists.terms import Hours, ListedRoom
from daybreak.network.terms import Located
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.terms import Kind, Point
from lists import read_whole

OHIO = Generic("oh:", "America/New_York", "America/New_York", {"43004": Point(40.0, -82.8)}, {"America/Chicago"})
TEXAS = Generic("tx:", "America/New_York", "", {"43004": Point(40.0, -82.8)}, {"America/Chicago"})
ROW = {
    "state": "OH",
    "license_number": "17",
    "name": "Little Oaks",
    "kind": "center",
    "status": "License",
    "city": "Blacklick",
    "zip_code": "43004",
    "capacity": "30",
    "ages": "0-18:8; 18-60:20",
    "program": "",
    "address": "1 Main Street",
    "latitude": "40.01",
    "longitude": "-82.81",
    "opens": "06:30",
    "closes": "6:00 PM",
    "days": "Mo-Fr",
    "zone": "",
}


def whole(*changes, reader=OHIO, columns=(*COLUMNS, *OPTIONAL)):
    text = io.StringIO()
    table = csv.DictWriter(text, columns, extrasaction="ignore")
    table.writeheader()
    table.writerows(ROW | change for change in changes)
    return read_whole(reader, text.getvalue())


def test_a_row_becomes_a_site_with_its_rooms_and_hours():
    (site,) = whole({}).sites
    assert (site.ref, site.kind, site.zone, site.address) == ("oh:17", Kind.CENTER, "America/New_York", "1 Main Street")
    assert site.rooms == (ListedRoom("0 to 18 months", 0, 18, 8), ListedRoom("18 to 60 months", 18, 60, 20))
    assert site.by_age == {"infant": 8, "mixed": 20}
    assert site.hours == Hours(time(6, 30), time(18), 0b0011111)
    assert site.located is Located.GIVEN


def test_what_may_be_left_out_may_be_missing_from_the_header():
    (site,) = whole({}, columns=COLUMNS).sites
    assert (site.hours, site.located, site.point) == (None, Located.ZIP_CENTROID, Point(40.0, -82.8))


def test_no_days_are_every_day():
    (site,) = whole({"days": ""}).sites
    assert site.hours is not None
    assert site.hours.weekdays == EVERY_DAY


def test_a_state_of_two_zones_names_one_in_each_row():
    found = whole({}, {"license_number": "18", "zone": "America/Chicago"}, reader=TEXAS)
    assert [site.zone for site in found.sites] == ["America/Chicago"]
    assert [row.code for row in found.set_aside] == ["no-zone"]


ASIDE = [
    ({"kind": "Center"}, "unknown-kind"),
    ({"name": ""}, "no-name"),
    ({"status": "Revoked"}, "license-not-in-force"),
    ({"status": "Regular"}, "license-not-in-force"),
    ({"license_number": ""}, "no-facility-id"),
    ({"capacity": "0"}, "no-capacity"),
    ({"capacity": ""}, "number-not-readable"),
    ({"latitude": "95.0"}, "coordinates-nowhere"),
    ({"latitude": "", "longitude": "", "zip_code": "00000"}, "no-coordinates-and-unknown-zip"),
    ({"opens": ""}, "hours-not-stated"),
    ({"opens": "dawn"}, "hours-not-readable"),
    ({"days": "Funday"}, "days-not-readable"),
    ({"ages": ""}, "ages-not-stated"),
    ({"ages": "18-0:8"}, "ages-not-readable"),
    ({"ages": "0-18"}, "ages-not-readable"),
    ({"zone": "Mars/North"}, "unknown-zone"),
    ({"city": "x" * 81}, "text-too-long"),
]


@pytest.mark.parametrize(("change", "code"), ASIDE, ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_is_set_aside_for_what_it_says(change, code):
    found = whole({"license_number": "1"}, change)
    assert [(row.line, row.code) for row in found.set_aside] == [(3, code)]
    assert (found.listing.read, len(found.sites)) == (2, 1)


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    changes = [{"license_number": str(at)} | change for at, (change, _) in enumerate(ASIDE, start=100)]
    found = whole(*changes, {}, {})
    assert set(found.listing.reasons) | {"no-zone"} == set(SENTENCES)


def numbered(*states):
    return [(line, {"state": state}) for line, state in enumerate(states, start=2)]


def test_a_list_is_one_states():
    assert one_state(numbered("oh", "OH"), source="x.csv") == "OH"


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (("OH", "KY"), "x.csv, line 3: The rows before are of OH, and this one is of KY. Nothing was imported."),
        (("OH", ""), "x.csv, line 3: '' is not the two letters of a state. Nothing was imported."),
        (("Ohio",), "x.csv, line 2: 'Ohio' is not the two letters of a state. Nothing was imported."),
        ((), "x.csv: The list has a header and no rows. Nothing was imported."),
    ],
)
def test_a_list_of_two_states_or_of_none_is_refused(states, sentence):
    with pytest.raises(BadInput) as refused:
        one_state(numbered(*states), source="x.csv")
    assert str(refused.value).startswith(sentence)
