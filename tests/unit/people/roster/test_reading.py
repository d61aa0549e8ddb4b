"""A line of a roster is understood whole, or everything that is wrong with it is said."""

from datetime import date, time
from uuid import UUID, uuid4

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.people.roster.mapping import parse_mapping
from daybreak.people.roster.reading import Reader
from daybreak.people.roster.terms import Line, Problem
from rosters import COLUMNS, row

SITES = {"Main hospital": uuid4(), "Clinic, east": uuid4()}


def read(**changes: str) -> Line | tuple[Problem, ...]:
    return Reader(COLUMNS, SITES).line(7, [row(1, **changes)[name] for name in COLUMNS])


def wrong(**changes: str) -> list[tuple[int, str, str]]:
    said = read(**changes)
    assert isinstance(said, tuple)
    assert all(problem.do for problem in said)
    return [(problem.line, problem.column, problem.says) for problem in said]


@pytest.mark.parametrize(
    ("field", "cell", "attribute", "value"),
    [
        ("work_site", "main  HOSPITAL", "work_site_id", SITES["Main hospital"]),
        ("work_site", "Main\u00a0hospital", "work_site_id", SITES["Main hospital"]),
        ("pay_class", "Salaried", "pay_class", "salaried"),
        ("start_date", "2026-03-02T00:00:00", "starts_on", date(2026, 3, 2)),
        ("phone", "1-716-555-0101", "phone", "+17165550101"),
        ("phone", "", "phone", ""),
        ("locale", "es-MX", "language", "es"),
        ("locale", "vi", "language", "en"),
        ("shift", "7:00 – 15:30", "shift", (time(7), time(15, 30))),
        ("shift", "", "shift", None),
        ("home_zip", "2138", "zip_code", "02138"),
        ("home_zip", "02138-1234", "zip_code", "02138"),
        ("end_date", "2027-01-31", "ends_on", date(2027, 1, 31)),
        ("weekly_hours", "37.5", "weekly_hours", 37.5),
        ("weekly_hours", "", "weekly_hours", None),
    ],
)
def test_a_cell_means(field: str, cell: str, attribute: str, value: object) -> None:
    line = read(**{field: cell})
    assert isinstance(line, Line), line
    assert getattr(line, attribute) == value


@pytest.mark.parametrize(
    ("field", "cell", "says"),
    [
        ("employee_id", "", "employee id is empty."),
        ("employee_id", "E" * 65, f"employee id {'E' * 60}… is longer than 64 letters."),
        ("work_site", "", "work site is empty."),
        ("job_family", "Nurs\ting", "job family 'Nurs\\ting' has a character that is no letter."),
        ("pay_class", "", "pay class is empty."),
        ("start_date", "", "start date is empty."),
        ("start_date", "02/30/2026", "start date 02/30/2026 is not a day as YYYY-MM-DD."),
        ("start_date", "1026-01-01", "start date 1026-01-01 is before 1900."),
        ("email", "rosa at example", "e-mail rosa at example is no e-mail address."),
        ("phone", "x1234", "phone x1234 is no phone number."),
        ("home_zip", "1", "home ZIP 1 is no ZIP code."),
        ("shift", "nights", "shift nights names no hours."),
        ("shift", "07:00-24:30", "shift 07:00-24:30 names no hours."),
        ("weekly_hours", "full", "weekly hours full is no number of hours."),
        ("weekly_hours", "169", "weekly hours 169 is no number of hours."),
    ],
)
def test_a_cell_that_cannot_be_used_is_named(field: str, cell: str, says: str) -> None:
    assert wrong(**{field: cell}) == [(7, field, says)]


def test_a_wrong_address_is_one_problem_and_not_also_a_missing_one() -> None:
    assert [says for _, _, says in wrong(email="rosa", phone="")] == ["e-mail rosa is no e-mail address."]


def test_a_row_with_a_cell_too_few_says_so_and_no_more() -> None:
    [problem] = Reader(COLUMNS, SITES).line(3, ["E1"])
    assert str(problem).startswith("Line 3: it has 1 cells, the header has 13.")


@pytest.mark.parametrize(
    ("header", "mapping", "says"),
    [
        ([], "", "The file has no header."),
        (COLUMNS[1:], "", "The header has no column employee_id."),
        (COLUMNS, "[columns]\nshift = 'Shift code'", "The header has no column Shift code."),
        ([name for name in COLUMNS if name not in ("email", "phone")], "", "has neither a column email nor phone."),
        ([*COLUMNS, "email"], "", "The header names email more than once."),
    ],
)
def test_a_header_that_cannot_be_used_is_refused(header: list[str], mapping: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        Reader(header, SITES, mapping=parse_mapping(mapping, source="m.toml"), source="roster.csv")
    assert says in str(refused.value)


def test_a_line_is_compared_by_everything_it_says() -> None:
    line = read()
    assert isinstance(line, Line)
    spellings = {line.spelled()}
    for field, cell in {
        "email": "x@harbor.example", "phone": "716 555 7777", "name": "Other", "work_site": "Clinic, east",
        "job_family": "Kitchen", "pay_class": "salaried", "start_date": "2024-05-02", "end_date": "2027-01-01",
        "weekly_hours": "36.5", "shift": "", "home_zip": "", "locale": "es", "employee_id": "E9",
    }.items():  # fmt: skip
        other = read(**{field: cell})
        assert isinstance(other, Line)
        spellings.add(other.spelled())
    assert len(spellings) == 14
    assert UUID(line.said()["work_site"]) == SITES["Main hospital"]
