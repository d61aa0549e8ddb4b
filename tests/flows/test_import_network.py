"""A clerk imports New York State's license list, and a newer one a month later."""

import csv
import gzip
import io
import json
from collections import Counter
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from daybreak.audit.models import AuditEvent
from daybreak.cli.main import main
from daybreak.kernel.decisions import No
from daybreak.network.actions import import_list, offer_spots, set_hours
from daybreak.network.models import License, Provider, Room, RoomSession, Site
from daybreak.network.nearby.queries import open_near
from daybreak.network.queries import rooms_on, site_card
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point

HEADER = (
    "facility_id,program_type,facility_status,facility_name,city,zip_code,school_district_name,infant_capacity,"
    "toddler_capacity,preschool_capacity,school_age_capacity,children_capacity,total_capacity,latitude,longitude,home_based"
)
CENTER = "100010,DCC,License,Little Oaks,Brooklyn,11225,,8,20,30,0,0,58,40.66,-73.95,0"
HOME = "100011,GFDC,License,(home-based provider),Brooklyn,11226,,0,0,0,4,12,16,40.65,-73.96,1"
NO_PLACE = "100012,FDC,Registration,Ms. Okafor,Brooklyn,11225,,0,0,0,2,6,8,,,1"
SUSPENDED = "100013,GFDC,Suspended,(home-based provider),Brooklyn,11226,,0,0,0,4,12,16,40.65,-73.96,1"
AT = datetime.now(UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def listed(folder: Path, *rows: str, header: str = HEADER) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return file


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["import", "network", *map(str, arguments)])


def test_every_row_is_imported_or_set_aside_with_a_reason(tmp_path):
    file = listed(tmp_path, CENTER, HOME, NO_PLACE, SUSPENDED)
    result = run(file, "--format", "new-york-state", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "read": 4,
        "imported": 3,
        "set_aside": {"license-not-in-force": 1},
        "spots_by_age": {"infant": 8, "toddler": 20, "preschool": 30, "school_age": 6, "mixed": 18},
    }
    assert Site.objects.count() == 3
    event = AuditEvent.objects.get(verb="import")
    assert event.facts == {"read": 4, "imported": 3, "added": 3, "changed": 0, "ended": 0}


def test_capacity_makes_rooms_and_never_a_spot(tmp_path):
    run(listed(tmp_path, CENTER, HOME), "--format", "new-york-state")
    rooms = [
        (room.name, room.from_months, room.until_months, room.licensed_spots) for room in Room.objects.order_by("pk")
    ]
    assert Counter(rooms) == Counter(
        [
            ("infants", 1, 18, 8),
            ("toddlers", 18, 36, 20),
            ("preschoolers", 36, 60, 30),
            ("mixed ages", 1, 156, 12),
            ("school age", 60, 156, 4),
        ]
    )
    mixed = Room.objects.get(name="mixed ages")
    assert mixed.limits == [{"under_months": 24, "most_of_them": 2, "room_most": None}]
    assert not RoomSession.objects.exists()


def test_a_row_without_coordinates_stands_at_the_middle_of_its_zip_code_and_says_so(tmp_path):
    run(listed(tmp_path, NO_PLACE), "--format", "new-york-state")
    card = site_card(Site.objects.get().pk)
    assert (card.located, card.zip_code, card.name) == ("zip-centroid", "11225", "Ms. Okafor")
    assert (round(card.point.latitude, 2), round(card.point.longitude, 2)) == (40.66, -73.95)


def test_a_home_whose_name_the_list_withholds_is_called_by_its_number(tmp_path):
    run(listed(tmp_path, HOME), "--format", "new-york-state")
    assert Site.objects.get().name == "Family child care home 100011"


def test_a_dry_run_reports_and_writes_nothing(tmp_path):
    result = run(listed(tmp_path, CENTER, SUSPENDED), "--format", "new-york-state", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "list.csv: 2 rows read, 1 would be imported; nothing was.",
        "  Beside 0 sites known from this state's lists: 1 join, 0 change, 0 lose their license, 0 are gone.",
        "  Licensed capacity by age: infant 8, toddler 20, preschool 30, school age 0, mixed 0. "
        "None of it is offered until a site says so.",
        "  0 sites have no coordinates and were placed in the middle of their ZIP code.",
        "  0 sites come with opening hours.",
        "  1 set aside, license-not-in-force: The license is not in force; children must not be placed there.",
        "    line 3: ny:100013 license-not-in-force (status Suspended)",
    ]
    assert not Site.objects.exists()
    assert not AuditEvent.objects.exists()


def test_importing_the_same_list_again_changes_nothing(tmp_path):
    file = listed(tmp_path, CENTER, HOME, NO_PLACE, SUSPENDED)
    first = import_list(file, "new-york-state", at=AT)
    before = [list(table.objects.order_by("pk").values()) for table in (Site, License, Room)]
    second = import_list(file, "new-york-state", at=AT)
    assert (first.added, second.added, second.changed, second.ended, second.gone) == (3, 0, 0, 0, 0)
    assert [list(table.objects.order_by("pk").values()) for table in (Site, License, Room)] == before


def test_a_newer_list_updates_the_same_site_and_begins_a_new_license(tmp_path):
    import_list(listed(tmp_path, CENTER, HOME), "new-york-state", at=AT)
    site_id = Site.objects.get(external_ref="ny:100010").pk
    smaller = CENTER.replace("Little Oaks", "Little Oaks East").replace("8,20,30,0,0,58", "8,24,0,0,0,32")
    outcome = import_list(listed(tmp_path, smaller), "new-york-state", at=AT)
    assert (outcome.added, outcome.changed, outcome.gone) == (0, 1, 1)
    card = site_card(site_id)
    assert (card.name, card.capacity) == ("Little Oaks East", 32)
    assert Provider.objects.get(pk=card.provider_id).name == "Little Oaks East"
    assert [(room.name, room.licensed_spots) for room in card.rooms] == [("infants", 8), ("toddlers", 24)]
    licenses = License.objects.filter(site=site_id).order_by("capacity")
    assert [(row.capacity, row.until_day is None) for row in licenses] == [(32, True), (58, False)]


def offered(site: Site, count: int) -> dict:
    day = AT.astimezone(ZoneInfo(site.zone)).date()
    room = Room.objects.get(site=site, name="mixed ages")
    assert set_hours(site_id=site.pk, opens=time(6), closes=time(18), at=AT, actor=None)
    offers = {(room.pk, Session.MORNING): count}
    assert offer_spots(site_id=site.pk, day=day, offers=offers, at=AT, actor=None)
    return {"site_id": site.pk, "day": day, "offers": offers, "at": AT, "actor": None}


def near(day):
    return open_near(home=Point(40.65, -73.95), work=Point(40.66, -73.94), max_detour_minutes=30, day=day)


def test_a_license_that_is_no_longer_in_force_withdraws_what_nobody_took(tmp_path):
    import_list(listed(tmp_path, HOME), "new-york-state", at=AT)
    site = Site.objects.get()
    offer = offered(site, 5)
    assert [place.site_id for place in near(offer["day"]).sites] == [str(site.pk)]

    outcome = import_list(listed(tmp_path, HOME.replace("License", "Pending Revocation")), "new-york-state", at=AT)

    assert outcome.ended == 1
    assert near(offer["day"]).sites == ()
    assert [count.spots for room in rooms_on(site.pk, offer["day"]) for count in room.sessions.values()] == [0]
    refusal = offer_spots(**offer)
    assert isinstance(refusal, No)
    assert [reason.code for reason in refusal.reasons] == ["license-not-in-force"]
    assert AuditEvent.objects.filter(verb="end-license", thing_id=str(site.pk)).count() == 1

    again = import_list(listed(tmp_path, HOME.replace("License", "Pending Revocation")), "new-york-state", at=AT)
    back = import_list(listed(tmp_path, HOME), "new-york-state", at=AT)
    assert (again.ended, back.changed) == (0, 1)
    assert offer_spots(**offer)


def test_a_smaller_license_lowers_offers_to_what_it_allows(tmp_path):
    import_list(listed(tmp_path, HOME), "new-york-state", at=AT)
    site = Site.objects.get()
    offer = offered(site, 10)
    import_list(listed(tmp_path, HOME.replace("4,12,16", "2,6,8")), "new-york-state", at=AT)
    mixed = next(room for room in rooms_on(site.pk, offer["day"]) if room.sessions)
    assert (mixed.room.licensed_spots, mixed.sessions[Session.MORNING].spots) == (6, 6)


def test_a_gzip_file_with_a_byte_order_mark_and_windows_line_ends_reads_the_same(tmp_path):
    file = tmp_path / "list.csv.gz"
    file.write_bytes(gzip.compress("\r\n".join([HEADER, CENTER, "", HOME]).encode("utf-8-sig")))
    outcome = import_list(file, "new-york-state", at=AT)
    assert (outcome.added, outcome.listing.read) == (2, 2)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.csv", b"", "list.csv, line 1: The file has no header. Nothing was imported."),
        ("list.csv", HEADER.encode(), "list.csv: The list has a header and no rows."),
        ("list.csv", b"name,zip\nx,1\n", "list.csv, line 1: The header has no column facility_id"),
        (
            "list.csv",
            (HEADER + "\n1,DCC,License\n").encode(),
            "list.csv, line 2: The row has 3 cells, the header has 16.",
        ),
        ("list.csv", (HEADER + "\n" + CENTER + ",9\n").encode(), "list.csv, line 2: The row has 17 cells"),
        ("list.csv", f'{HEADER}\n"{CENTER}\n'.encode(), "list.csv, line 2: This cannot be read as CSV"),
        (
            "list.csv",
            f"{HEADER}\n{CENTER}\n".encode().replace(b"Oaks", b"O\xe9ks"),
            "list.csv, line 2: This is not UTF-8 text.",
        ),
        ("list.csv", f"{HEADER}\n{CENTER}\n".encode("utf-16"), "list.csv, line 1: This is not UTF-8 text."),
        ("list.csv", f"{HEADER}\n{CENTER}\0\n".encode(), "list.csv, line 2: A zero byte stands here"),
        (
            "list.csv",
            f"{HEADER},city\n{CENTER},x\n".encode(),
            "list.csv, line 1: The header names city more than once.",
        ),
        ("list.csv.gz", f"{HEADER}\n{CENTER}\n".encode(), "list.csv.gz: The name says gzip, but the content is not."),
        (
            "list.csv.gz",
            gzip.compress(b"x" * 9999, mtime=0)[:-20],
            "list.csv.gz: The gzip file is damaged or ends in the middle.",
        ),
        ("list.csv", b"PK\x03\x04\x00\x00", "list.csv, line 1: A zero byte stands here"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value[:50],
)
def test_a_file_that_is_not_the_list_is_refused_as_a_whole(tmp_path, name, content, sentence):
    import_list(listed(tmp_path, HOME), "new-york-state", at=AT)
    file = tmp_path / name
    file.write_bytes(content)
    result = run(file, "--format", "new-york-state", "--json")
    assert (result.exit_code, result.stdout) == (10, "")
    assert result.stderr.startswith(f"daybreak: {sentence}")
    assert "Nothing was imported." in result.stderr
    assert [site.external_ref for site in Site.objects.all()] == ["ny:100011"]


@pytest.mark.real_data
def test_the_real_list_is_accounted_for_to_the_last_row_and_spot(real_data):
    file = real_data / "providers_new_york_state" / "providers.csv.gz"
    result = run(file, "--format", "new-york-state", "--json")
    answer = json.loads(result.stdout)

    rows = list(csv.DictReader(io.StringIO(gzip.decompress(file.read_bytes()).decode())))
    assert answer["read"] == len(rows) == 15_604
    assert answer["imported"] == 15_604 - sum(answer["set_aside"].values()) == Site.objects.count()
    assert answer["set_aside"] == {
        "license-not-in-force": 69,
        "no-coordinates-and-unknown-zip": 1,
        "no-capacity": 1,
        "capacities-do-not-add-up": 1,
    }
    kept = set(Site.objects.values_list("external_ref", flat=True))
    columns = {"mixed": "children_capacity"}
    assert answer["spots_by_age"] == {
        age: sum(int(row[columns.get(age, f"{age}_capacity")]) for row in rows if f"ny:{row['facility_id']}" in kept)
        for age in ("infant", "toddler", "preschool", "school_age", "mixed")
    }
    assert {row["facility_status"] for row in rows if f"ny:{row['facility_id']}" in kept} == {"License", "Registration"}
    placed_by_zip = sum(not row["latitude"] for row in rows if f"ny:{row['facility_id']}" in kept)
    assert Site.objects.filter(located="zip-centroid").count() == placed_by_zip == 587
    assert not RoomSession.objects.exists()
    homes = Room.objects.filter(site__kind=Kind.FAMILY_HOME, name="mixed ages")
    assert {AgeLimit(**limit) for room in homes for limit in room.limits} == {AgeLimit(24, 2, None)}
