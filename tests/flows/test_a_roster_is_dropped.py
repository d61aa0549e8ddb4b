"""An HR system leaves a roster in a folder every night; the worker takes it, and says beside it what came of it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from cast import DAWN
from daybreak.cli import roster_drop, worker
from daybreak.cli.roster_drop import take_rosters
from daybreak.kernel.errors import LostRace
from rosters import harbor, on_roster, row, written

pytestmark = pytest.mark.django_db(transaction=True)

NIGHT = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
STAMP = "2026-03-02-070000-"


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_drop, "now", lambda: DAWN)


@pytest.fixture
def employer_id() -> UUID:
    return harbor()


def left(folder: Path, employer_id: UUID, *rows: dict[str, str], name: str = "night.csv", age: int = 120) -> Path:
    """A roster that the HR system finished so many seconds before the night's look."""
    own = folder / str(employer_id)
    own.mkdir(exist_ok=True)
    file = written(own, rows, name)
    moment = NIGHT.timestamp() - age
    os.utime(file, (moment, moment))
    return file


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_roster_is_imported_and_lies_beside_its_report(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, row(1), row(2))
    assert take_rosters(tmp_path, machine_at=NIGHT) == 1
    assert set(on_roster(employer_id)) == {"E0001", "E0002"}
    own = tmp_path / str(employer_id)
    assert names(own) == [f"imported/{STAMP}night.csv", f"imported/{STAMP}night.csv.report"]
    assert "2 join" in (own / "imported" / f"{STAMP}night.csv.report").read_text()
    assert take_rosters(tmp_path, machine_at=NIGHT) == 0


def test_one_that_cannot_be_used_is_refused_with_every_line(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, row(1), row(2, pay_class="weekly"))
    take_rosters(tmp_path, machine_at=NIGHT)
    assert on_roster(employer_id) == {}
    report = (tmp_path / str(employer_id) / "refused" / f"{STAMP}night.csv.report").read_text()
    assert "Line 3 (pay_class): pay class weekly is neither hourly nor salaried." in report
    assert "none were imported" in report


def test_one_that_looks_cut_off_is_refused_because_nobody_can_be_asked(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, *(row(number) for number in range(1, 31)))
    take_rosters(tmp_path, machine_at=NIGHT)
    left(tmp_path, employer_id, row(1))
    take_rosters(tmp_path, machine_at=NIGHT + timedelta(days=1))
    assert len(on_roster(employer_id)) == 30
    assert any("refused" in name for name in names(tmp_path))


def test_the_mapping_that_lies_there_is_used_and_stays(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, row(1, pay_class="H"))
    (tmp_path / str(employer_id) / "mapping.toml").write_text('[values.pay_class]\nH = "hourly"\n')
    take_rosters(tmp_path, machine_at=NIGHT)
    assert set(on_roster(employer_id)) == {"E0001"}
    assert "mapping.toml" in names(tmp_path / str(employer_id))


def test_what_is_still_being_written_or_of_an_unknown_employer_is_left_alone(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, row(1), age=30)
    left(tmp_path, UUID(int=7), row(1))
    assert take_rosters(tmp_path, machine_at=NIGHT) == 0
    assert on_roster(employer_id) == {}
    assert len(names(tmp_path)) == 2


def test_the_older_of_two_comes_first_so_that_the_newer_one_counts(tmp_path: Path, employer_id: UUID) -> None:
    left(tmp_path, employer_id, row(2), name="a-newer.csv", age=100)
    left(tmp_path, employer_id, row(1), name="b-older.csv", age=900)
    assert take_rosters(tmp_path, machine_at=NIGHT) == 2
    assert set(on_roster(employer_id)) == {"E0002"}


def test_a_file_that_a_dead_worker_had_taken_is_taken_again_after_an_hour(tmp_path: Path, employer_id: UUID) -> None:
    file = left(tmp_path, employer_id, row(1))
    held = file.parent / "taken" / file.name
    held.parent.mkdir()
    file.rename(held)
    assert take_rosters(tmp_path, machine_at=NIGHT) == 0
    assert take_rosters(tmp_path, machine_at=NIGHT + timedelta(hours=1)) == 1
    assert set(on_roster(employer_id)) == {"E0001"}


def test_one_that_meets_another_import_waits_for_the_next_look(
    tmp_path: Path, employer_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = left(tmp_path, employer_id, row(1))

    def busy(*_: object, **__: object) -> None:
        raise LostRace("Another import of this roster is running.")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(roster_drop, "import_roster", busy)
        assert take_rosters(tmp_path, machine_at=NIGHT) == 0
    assert file.exists()


def test_the_worker_looks_where_the_settings_say(tmp_path: Path, employer_id: UUID, settings: Settings) -> None:
    settings.ROSTERS = str(tmp_path)
    left(tmp_path, employer_id, row(1))
    assert worker._rosters() == 1
    settings.ROSTERS = ""
    assert worker._rosters() == 0
