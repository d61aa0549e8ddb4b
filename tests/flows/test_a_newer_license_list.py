"""A newer list shows what differs first; a license that lapsed or is gone takes its spots and its bookings with it."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cast import DAWN, MS_OKAFOR, OKAFOR, ROSA, Opened
from daybreak.audit.models import AuditEvent
from daybreak.care.actions import licenses
from daybreak.care.actions.licenses import read_license_list
from daybreak.care.queries import booking_view, request_view, unlicensed_bookings
from daybreak.care.states import BookingState, RequestState
from daybreak.cli import imports
from daybreak.cli.doctor import examine
from daybreak.cli.main import main
from daybreak.kernel.errors import BadInput
from daybreak.network.actions import import_list
from daybreak.network.license_lists.generic import COLUMNS, OPTIONAL
from daybreak.network.models import License, Room, RoomSession, Site
from daybreak.network.queries import drift, rooms_on, site_card
from daybreak.notices.models import Notice
from web_visits import at_dawn, seen, visitor

ROW = {
    "state": "NY",
    "license_number": "1",
    "name": "Little Oaks",
    "kind": "center",
    "status": "License",
    "city": "Buffalo",
    "zip_code": "14201",
    "capacity": "30",
    "ages": "0-18:8; 18-60:20",
    "opens": "06:30",
    "closes": "18:00",
}

pytestmark = pytest.mark.django_db(transaction=True)


def listed(folder: Path, *changes: dict[str, str]) -> Path:
    text = io.StringIO()
    table = csv.DictWriter(text, (*COLUMNS, *OPTIONAL))
    table.writeheader()
    table.writerows(ROW | change for change in changes)
    file = folder / "list.csv"
    file.write_text(text.getvalue(), encoding="utf-8")
    return file


def numbered(count: int) -> list[dict[str, str]]:
    return [{"license_number": str(number)} for number in range(1, count + 1)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", "network", *map(str, arguments), "--format", "generic"])


def test_a_generic_list_is_read_with_its_hours_and_counted(tmp_path: Path) -> None:
    result = run(listed(tmp_path, {}, {"license_number": "2", "status": "Revoked"}), "--json")
    assert json.loads(result.stdout) == {
        "read": 2,
        "imported": 1,
        "set_aside": {"license-not-in-force": 1},
        "spots_by_age": {"infant": 8, "toddler": 0, "preschool": 0, "school_age": 0, "mixed": 20},
    }
    card = site_card(Site.objects.get(external_ref="ny:1").pk)
    assert card is not None
    assert (f"{card.opens:%H:%M}", f"{card.closes:%H:%M}", card.located) == ("06:30", "18:00", "zip-centroid")


def test_a_file_without_the_columns_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("state,name\nNY,Little Oaks\n")
    result = run(file)
    assert result.exit_code == 10
    assert "list.csv, line 1: The header has no column license_number, kind, status" in result.stderr
    assert "Nothing was imported." in result.stderr


def test_a_dry_run_says_what_joins_changes_lapses_and_is_gone_and_writes_nothing(tmp_path: Path) -> None:
    import_list(listed(tmp_path, *numbered(4)), "generic", at=DAWN)
    before = [list(table.objects.order_by("pk").values()) for table in (Site, License, Room)]
    newer = [
        {},
        {"license_number": "2", "capacity": "25", "closes": "19:00"},
        {"license_number": "3", "status": "Suspended"},
        {"license_number": "5", "name": "Night Owl"},
    ]
    file = listed(tmp_path, *newer)
    result = run(file, "--dry-run", "--json")
    found = json.loads(result.stdout)["differences"]
    assert {how: found[how] for how in ("joins", "changes", "lapses", "gone")} == {
        "joins": 1,
        "changes": 1,
        "lapses": 1,
        "gone": 1,
    }
    assert {one["ref"]: (one["how"], one["what"]) for one in found["first"]} == {
        "ny:2": ("changes", ["closes 18:00:00 → 19:00:00", "license capacity 30 → 25"]),
        "ny:3": ("lapses", ["Suspended"]),
        "ny:5": ("joins", []),
        "ny:4": ("gone", ["Not on the list"]),
    }
    assert [list(table.objects.order_by("pk").values()) for table in (Site, License, Room)] == before
    said = run(file, "--dry-run").stdout
    assert "Beside 4 sites known from this state's lists: 1 join, 1 change, 1 lose their license, 1 are gone." in said
    assert "ny:2 Little Oaks changes (closes 18:00:00 → 19:00:00; license capacity 30 → 25)" in said

    done = import_list(file, "generic", at=DAWN)
    assert (done.added, done.changed, done.ended, done.gone) == (1, 1, 1, 1)
    again = import_list(file, "generic", at=DAWN)
    assert (again.added, again.changed, again.ended, again.gone, again.known) == (0, 0, 0, 0, 5)


def test_a_site_that_comes_back_has_a_license_again(tmp_path: Path) -> None:
    import_list(listed(tmp_path, *numbered(2)), "generic", at=DAWN)
    import_list(listed(tmp_path, {}), "generic", at=DAWN)
    assert site_card(Site.objects.get(external_ref="ny:2").pk).license_status == "Not on the list"  # type: ignore[union-attr]
    back = import_list(listed(tmp_path, *numbered(2)), "generic", at=DAWN + timedelta(days=1))
    assert (back.added, back.changed) == (0, 1)
    assert site_card(Site.objects.get(external_ref="ny:2").pk).license_status == "License"  # type: ignore[union-attr]


def on_the_list(site: object, number: str) -> None:
    """Let a site of the cast be one that the state's list names."""
    Site.objects.filter(pk=site).update(external_ref=f"ny:{number}")


def test_a_license_that_is_gone_takes_the_booking_back_tells_both_and_looks_on(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened.asked()
    assert view.booking is not None
    assert (view.booking.site_id, view.booking.state) == (OKAFOR, BookingState.CONFIRMED)
    on_the_list(OKAFOR, "77")
    Notice.objects.all().delete()
    at = DAWN + timedelta(minutes=5)

    would = import_list(listed(tmp_path, {}), "generic", at=at, dry_run=True)
    assert would.without_license == (OKAFOR,)
    assert booking_view(view.booking.booking_id) == view.booking

    done = read_license_list(listed(tmp_path, {}), "generic", at=at)

    assert [one.booking_id for one in done.touched] == [view.booking.booking_id]
    lost = booking_view(view.booking.booking_id)
    assert lost is not None
    assert lost.state is BookingState.WITHDRAWN
    assert {count.spots for room in rooms_on(OKAFOR, opened.day) for count in room.sessions.values()} == {0}
    now = request_view(view.request_id)
    assert now is not None
    # The request looked on at once; another home may be asked or nothing fits, and it is never simply over.
    assert now.state in (RequestState.ASKED, RequestState.PLACED)
    assert now.booking is None or now.booking.site_id != OKAFOR
    told = {(notice.code, notice.person_id) for notice in Notice.objects.all()}
    assert ("care-license-ended", ROSA) in told
    assert ("provider-license-ended", MS_OKAFOR) in told
    assert drift() == []
    assert AuditEvent.objects.filter(verb="end-license", thing="site", thing_id=str(OKAFOR)).count() == 1

    at_dawn(monkeypatch, at)
    page = seen(visitor(ROSA).get(f"/requests/{view.request_id}"))
    assert "its license ended" in page.said
    assert "The state no longer lists this place as licensed, so the booking does not stand." in page.said

    assert read_license_list(listed(tmp_path, {}), "generic", at=at).touched == ()


def test_the_command_names_the_bookings_it_would_touch_and_those_it_took_back(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened.asked()
    assert view.booking is not None
    on_the_list(view.booking.site_id, "77")

    class Dawn(imports.datetime):  # type: ignore[misc]
        @classmethod
        def now(cls, tz: object = None) -> object:
            return DAWN

    monkeypatch.setattr(imports, "datetime", Dawn)
    line = f"{view.name}, {view.booking.name} (confirmed):"
    dry = run(listed(tmp_path, {}), "--dry-run")
    assert "1 bookings would be taken back" in dry.stdout
    assert line in dry.stdout
    done = run(listed(tmp_path, {}))
    assert "1 bookings were taken back, and the families told; their requests look on:" in done.stdout
    assert line in done.stdout


def test_an_import_that_died_before_it_took_bookings_back_is_made_good_by_the_next(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened.asked()
    assert view.booking is not None
    on_the_list(OKAFOR, "77")
    with monkeypatch.context() as patched:
        patched.setattr(licenses, "unlicensed_bookings", lambda **_: [])
        assert read_license_list(listed(tmp_path, {}), "generic", at=DAWN).touched == ()
    assert [one.booking_id for one in unlicensed_bookings(at=DAWN)] == [view.booking.booking_id]
    assert len(read_license_list(listed(tmp_path, {}), "generic", at=DAWN).touched) == 1
    assert unlicensed_bookings(at=DAWN) == []


def test_a_list_that_looks_cut_off_is_refused_while_families_depend_on_what_is_missing(
    opened: Opened, tmp_path: Path
) -> None:
    import_list(listed(tmp_path, *numbered(60)), "generic", at=DAWN)
    on_the_list(OKAFOR, "61")
    half = listed(tmp_path, *numbered(30))
    before = list(License.objects.order_by("pk").values())
    with pytest.raises(BadInput, match="31 of the 61 sites known from this list are not in the file, and 1 of them"):
        import_list(half, "generic", at=DAWN)
    assert list(License.objects.order_by("pk").values()) == before
    assert import_list(half, "generic", at=DAWN, dry_run=True).looks_cut_off
    assert import_list(half, "generic", at=DAWN, accept_gone=True).gone == 31
    assert not RoomSession.objects.filter(room__site=OKAFOR, spots__gt=0).exists()


def test_lists_of_other_states_touch_nothing_of_this_one(tmp_path: Path) -> None:
    import_list(listed(tmp_path, *numbered(3)), "generic", at=DAWN)
    elsewhere = import_list(listed(tmp_path, {"state": "OH", "zip_code": "43004"}), "generic", at=DAWN)
    assert (elsewhere.added, elsewhere.gone, elsewhere.known) == (1, 0, 0)


def test_progress_is_shown_on_standard_error_and_the_answer_alone_on_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "EVERY", 2)
    result = run(listed(tmp_path, *numbered(5)), "--json")
    assert json.loads(result.stdout)["read"] == 5
    assert result.stderr.splitlines() == ["2 of 5 rows", "4 of 5 rows"]


def test_the_doctor_finds_a_booking_at_a_site_without_a_license(opened: Opened, tmp_path: Path) -> None:
    assert opened.asked().booking is not None
    on_the_list(OKAFOR, "77")
    import_list(listed(tmp_path, {}), "generic", at=DAWN)
    (found,) = [one for one in examine(DAWN) if one.check == "licenses"]
    assert not found.is_well
    assert found.says.startswith("1 bookings ahead are at sites without a license.")
