"""A clerk brings in the roster of an HR system, and a newer one later: all of it, or nothing and every reason."""

import json
from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from cast import DAWN
from daybreak.accounts.models import Person
from daybreak.audit.models import AuditEvent
from daybreak.cli.main import main
from daybreak.kernel.errors import BadInput, LostRace
from daybreak.people.models import Employee, Employer, Household, RosterImport, RosterLine
from daybreak.people.roster.actions import rosters
from daybreak.people.roster.queries import counting
from daybreak.people.terms import PayClass
from rosters import CLINIC, MAIN, as_csv, brought_in, harbor, on_roster, row, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def employer_id() -> UUID:
    return harbor()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", "roster", *map(str, arguments)])


def stood() -> tuple[list[object], list[object]]:
    """Everything of rosters that the database holds."""
    return (
        list(RosterLine.objects.order_by("pk").values()),
        list(Employer.objects.order_by("pk").values_list("name", "roster")),
    )


def test_every_employee_is_on_the_roster_as_the_file_says_and_nobody_is_a_user_by_it(
    tmp_path: Path, employer_id: UUID
) -> None:
    rows = [row(1), row(2, phone="", locale="es-US", shift="22:00 - 06:30", work_site="  clinic,  EAST ")]
    result = run(written(tmp_path, rows), "--employer", "harbor hospital")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "roster.csv: 2 employees read, imported.",
        "  Beside 0 on the roster: 2 join, 0 change, 0 leave, 0 are as before.",
    ]
    lines = on_roster(employer_id)
    first, second = lines["E0001"], lines["E0002"]
    assert (first.email, first.phone, first.name) == ("employee1@harbor.example", "+17165550001", "Employee Number1")
    assert (first.pay_class, first.starts_on, first.weekly_hours) == (PayClass.HOURLY, date(2024, 5, 1), 36.0)
    assert (second.phone, second.language, second.shift) == ("", "es", (time(22), time(6, 30)))
    assert second.work_site_id != first.work_site_id
    assert [Model.objects.count() for Model in (Person, Household, Employee)] == [0, 0, 0]
    facts = AuditEvent.objects.get(verb="import").facts
    assert (facts["read"], facts["joins"], facts["number"]) == (2, 2, 1)


def test_the_line_of_the_spec_is_said_as_the_spec_says_it(tmp_path: Path, employer_id: UUID) -> None:
    rows = [row(number) for number in range(1, 6)]
    rows[2]["start_date"] = "02/30/2026"
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[dates]\nstart_date = "MM/DD/YYYY"\n')
    for number in (0, 1, 3, 4):
        rows[number]["start_date"] = "05/01/2024"
    result = run(written(tmp_path, rows), "--employer", str(employer_id), "--mapping", mapping)
    assert result.exit_code == 10
    assert result.stderr.splitlines() == [
        "Line 4 (start_date): start date 02/30/2026 is not a day as MM/DD/YYYY. Correct it.",
        "daybreak: roster.csv: 1 line cannot be used. The other 4 lines are fine; none were imported. "
        "Correct them and send the file again.",
    ]
    assert not RosterLine.objects.exists()


def test_every_wrong_line_is_named_with_everything_that_is_wrong_in_it(tmp_path: Path, employer_id: UUID) -> None:
    rows = [
        row(1),
        row(2, work_site="Tacoma", pay_class="weekly"),
        row(3, email="", phone=""),
        row(1, email="other@harbor.example", phone="716 555 9999"),
        row(5, email="EMPLOYEE1@harbor.example"),
        row(6, end_date="2020-01-01"),
    ]
    result = run(written(tmp_path, rows), "--employer", str(employer_id), "--json")
    assert result.exit_code == 10
    said = json.loads(result.stdout)
    assert (said["read"], said["bad"], said["imported"]) == (6, 5, False)
    assert [(one["line"], one["column"], one["says"]) for one in said["bad_lines"]] == [
        (3, "work_site", "work site Tacoma is not known."),
        (3, "pay_class", "pay class weekly is neither hourly nor salaried."),
        (4, "", "there is neither an e-mail address nor a phone number."),
        (5, "", "employee id E0001 stands in line 2 already."),
        (6, "", "the e-mail address stands in line 2 already."),
        (7, "end_date", "end date 2020-01-01 is before start date 2024-05-01."),
    ]
    assert said["bad_lines"][0]["do"].startswith(f"Known are: {CLINIC}, {MAIN}.")
    assert not RosterLine.objects.exists()
    assert not RosterImport.objects.exists()


def test_a_mapping_reads_what_another_program_wrote(tmp_path: Path, employer_id: UUID) -> None:
    file = tmp_path / "export.txt"
    text = (
        "Worker;Mail;Cell;Location;Family;Type;Hired;Shift code\n"
        "77;josé@harbor.example;;BUF-1;Nursing;NE;02-Mar-2026 00:00:00;1st\n"
    )
    file.write_bytes(text.encode("cp1252"))
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        "[columns]\n"
        'employee_id = "Worker"\nemail = "Mail"\nphone = "Cell"\nwork_site = "Location"\njob_family = "Family"\n'
        'pay_class = "Type"\nstart_date = "Hired"\nshift = "Shift code"\n'
        f'[values.work_site]\nBUF-1 = "{MAIN}"\n'
        '[values.pay_class]\nNE = "hourly"\n'
        '[values.shift]\n1st = "07:00-15:30"\n'
        '[dates]\nformat = "DD-MON-YYYY"\n'
        '[file]\nencoding = "windows-1252"\ndelimiter = "semicolon"\n'
    )
    result = run(file, "--employer", str(employer_id), "--mapping", mapping)
    assert result.exit_code == 0, result.stderr
    [line] = on_roster(employer_id).values()
    assert (line.email, line.starts_on) == ("josé@harbor.example", date(2026, 3, 2))
    assert line.shift == (time(7), time(15, 30))


def test_a_newer_roster_says_who_joins_changes_and_leaves_and_a_dry_run_writes_nothing(
    tmp_path: Path, employer_id: UUID
) -> None:
    brought_in(written(tmp_path, [row(number) for number in range(1, 31)]), employer_id)
    before = stood()
    newer = [row(1, pay_class="salaried", email="new1@harbor.example"), *(row(number) for number in range(3, 32))]
    file = written(tmp_path, newer, "newer.csv")
    dry = run(file, "--employer", str(employer_id), "--dry-run")
    assert dry.stdout.splitlines() == [
        "newer.csv: 30 employees read, nothing was written.",
        "  Beside 30 on the roster: 1 join, 1 change, 1 leave, 28 are as before.",
        "    E0031 joins",
        "    E0001 changes (pay_class hourly → salaried; email)",
        "    E0002 leaves",
    ]
    assert stood() == before
    done = json.loads(run(file, "--employer", str(employer_id), "--json").stdout)
    assert (done["joins"], done["changes"], done["leaves"], done["unchanged"]) == (1, 1, 1, 28)
    lines = on_roster(employer_id)
    assert set(lines) == {f"E{number:04d}" for number in (1, *range(3, 32))}
    assert (lines["E0001"].pay_class, lines["E0001"].email) == (PayClass.SALARIED, "new1@harbor.example")
    # What the earlier roster said is still there, and no longer counts.
    assert RosterLine.objects.filter(until=2).count() == 2


def test_the_same_roster_again_changes_nothing(tmp_path: Path, employer_id: UUID) -> None:
    file = written(tmp_path, [row(1), row(2)])
    brought_in(file, employer_id)
    before = stood()
    result = run(file, "--employer", str(employer_id))
    assert result.stdout.splitlines() == [
        "roster.csv: 2 employees read, nothing to import.",
        "  Beside 2 on the roster: 0 join, 0 change, 0 leave, 2 are as before.",
    ]
    assert stood() == before


def test_a_file_that_looks_cut_off_is_refused_until_somebody_says_they_left(tmp_path: Path, employer_id: UUID) -> None:
    brought_in(written(tmp_path, [row(number) for number in range(1, 31)]), employer_id)
    before, short = stood(), written(tmp_path, [row(number) for number in range(1, 21)], "short.csv")
    result = run(short, "--employer", str(employer_id))
    assert result.exit_code == 10
    assert "10 of the 30 employees on the roster are not in the file: it looks cut off." in result.stderr
    assert stood() == before
    assert run(short, "--employer", str(employer_id), "--accept-leavers").exit_code == 0
    assert len(on_roster(employer_id)) == 20


def test_addresses_that_move_in_a_circle_arrive_where_the_file_says(tmp_path: Path, employer_id: UUID) -> None:
    people = [row(number) for number in range(1, 8)]
    brought_in(written(tmp_path, people), employer_id)
    moved = [one | {"email": people[(place + 1) % 7]["email"]} for place, one in enumerate(people)]
    assert brought_in(written(tmp_path, moved), employer_id).changes == 7
    assert {ref: line.email for ref, line in on_roster(employer_id).items()} == {
        one["employee_id"]: one["email"] for one in moved
    }


def test_whoever_is_asked_and_says_no_has_written_nothing(tmp_path: Path, employer_id: UUID) -> None:
    brought_in(written(tmp_path, [row(1)]), employer_id)
    before, shown = stood(), []
    brought_in(written(tmp_path, [row(1), row(2)]), employer_id, agree=lambda differs: bool(shown.append(differs)))
    assert [one.joins for one in shown] == [1]
    assert stood() == before


def test_a_run_that_dies_leaves_the_roster_as_it_was_and_the_next_one_sweeps_up(
    tmp_path: Path, employer_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rosters, "BATCH", 4)
    brought_in(written(tmp_path, [row(number) for number in range(1, 11)]), employer_id)
    before = on_roster(employer_id)
    newer = written(tmp_path, [row(number, job_family="Kitchen") for number in range(1, 13)])

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(rosters, "_let_count", dies)
        with pytest.raises(KeyboardInterrupt):
            brought_in(newer, employer_id)
    assert RosterLine.objects.count() == 22
    assert on_roster(employer_id) == before
    with pytest.raises(LostRace, match="is running"):
        brought_in(newer, employer_id)
    assert brought_in(newer, employer_id, at=DAWN + timedelta(minutes=3)).joins == 2
    assert {line.job_family for line in on_roster(employer_id).values()} == {"Kitchen"}
    assert RosterLine.objects.count() == 22


def test_a_file_that_changes_while_it_is_read_is_not_imported(tmp_path: Path, employer_id: UUID) -> None:
    brought_in(written(tmp_path, [row(1)]), employer_id)
    before, file = on_roster(employer_id), written(tmp_path, [row(1), row(2)], "moving.csv")

    def changes_it(_: object) -> bool:
        written(tmp_path, [row(1), row(3)], "moving.csv")
        return True

    with pytest.raises(BadInput, match="was changed while it was read"):
        brought_in(file, employer_id, agree=changes_it)
    assert on_roster(employer_id) == before
    # The run that failed has said so: the next one need not wait for its lease.
    assert brought_in(file, employer_id).joins == 1


def test_two_employers_may_use_the_same_numbers(tmp_path: Path, employer_id: UUID) -> None:
    other = harbor("Lakeside Logistics")
    brought_in(written(tmp_path, [row(1)]), employer_id)
    brought_in(written(tmp_path, [row(1, email="else@lakeside.example", phone="")]), other)
    assert [line.email for line in on_roster(employer_id).values()] == ["employee1@harbor.example"]
    assert [line.email for line in on_roster(other).values()] == ["else@lakeside.example"]
    assert len(set(counting().values_list("ref_index", flat=True))) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "roster.csv, line 1: The file has no header."),
        (b"employee_id,email\n1,a@b.org\n", "The header has no column work_site, job_family, pay_class, start_date."),
        (as_csv([]).encode(), "The roster has a header and no employees."),
        (as_csv([row(1), row(2, name="José")]).encode("cp1252"), "roster.csv, line 3: This is not UTF-8 text."),
        (as_csv([row(1)]).encode() + b"\0\n", "roster.csv, line 3: A zero byte stands here"),
        (as_csv([row(1)]).encode("utf-16")[:-3], "This is not UTF-16 text."),
        (as_csv([row(1), row(2)]).replace("E0002", '"E0').encode(), "roster.csv, line 3: This cannot be read as CSV"),
    ],
    ids=["nothing", "no columns", "no rows", "another encoding", "zero byte", "cut UTF-16", "open quote"],
)
def test_a_file_that_is_no_roster_is_refused_with_its_line(
    tmp_path: Path, employer_id: UUID, content: bytes, says: str
) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(content)
    result = run(file, "--employer", str(employer_id))
    assert result.exit_code == 10
    assert says in result.stderr
    assert not RosterLine.objects.exists()


def test_utf_16_and_the_mark_of_utf_8_are_read_as_they_come(tmp_path: Path, employer_id: UUID) -> None:
    for encoding in ("utf-16", "utf-8-sig"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(as_csv([row(1, name=f"José {encoding}")]).encode(encoding))
        brought_in(file, employer_id)
        assert [line.name for line in on_roster(employer_id).values()] == [f"José {encoding}"]


def test_an_unknown_employer_is_told_which_there_are(tmp_path: Path, employer_id: UUID) -> None:
    result = run(written(tmp_path, [row(1)]), "--employer", "Nowhere")
    assert result.exit_code == 10
    assert "There is no employer 'Nowhere'. Nothing was done. There are: Harbor Hospital." in result.stderr
