"""Rosters of a made-up employer: its work sites, its employees as rows, and files of them."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from cast import DAWN
from daybreak.people.actions import add_employer, add_work_site
from daybreak.people.roster.actions.rosters import import_roster
from daybreak.people.roster.mapping import NO_MAPPING
from daybreak.people.roster.mapping import Mapping as RosterMapping
from daybreak.people.roster.queries import RosterFile, counting, line_of
from daybreak.people.roster.terms import Compared, Line
from daybreak.placement.terms import Point

COLUMNS = (
    *("employee_id", "email", "phone", "name", "work_site", "job_family", "pay_class", "start_date", "end_date"),
    *("weekly_hours", "shift", "home_zip", "locale"),
)
MAIN = "Main hospital"
CLINIC = "Clinic, east"
CENTROIDS = {"14201": Point(42.897, -78.886)}
Row = Mapping[str, str]


def harbor(name: str = "Harbor Hospital") -> UUID:
    """An employer with two work sites."""
    employer_id = add_employer(employer_id=uuid4(), name=name, at=DAWN)
    for site, longitude in ((MAIN, -78.867), (CLINIC, -78.80)):
        add_work_site(
            work_site_id=uuid4(),
            employer_id=employer_id,
            name=site,
            point=Point(42.899, longitude),
            zone="America/New_York",
            at=DAWN,
        )
    return employer_id


def row(number: int, **changes: str) -> dict[str, str]:
    """One employee as a row of the file."""
    return {
        "employee_id": f"E{number:04d}",
        "email": f"employee{number}@harbor.example",
        "phone": f"(716) 555-{number:04d}",
        "name": f"Employee Number{number}",
        "work_site": MAIN,
        "job_family": "Nursing, nights" if number % 2 else "Transport",
        "pay_class": "hourly" if number % 3 else "salaried",
        "start_date": "2024-05-01",
        "end_date": "",
        "weekly_hours": "36",
        "shift": "07:00-15:30",
        "home_zip": "14201",
        "locale": "en_US",
    } | changes


def as_csv(rows: Iterable[Row], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as the text of a file."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue()


def written(folder: Path, rows: Iterable[Row], name: str = "roster.csv") -> Path:
    """Rows as a file."""
    file = folder / name
    file.write_text(as_csv(rows), encoding="utf-8")
    return file


def brought_in(
    file: Path,
    employer_id: UUID,
    *,
    at: datetime = DAWN,
    mapping: RosterMapping = NO_MAPPING,
    agree: Callable[[Compared], bool] = lambda _: True,
    accept_leavers: bool = False,
) -> Compared:
    """Import a file as the employer's roster."""
    found = RosterFile(file, employer_id, mapping)
    return import_roster(found, at=at, centroids=CENTROIDS, agree=agree, accept_leavers=accept_leavers)


def on_roster(employer_id: UUID) -> dict[str, Line]:
    """What the roster that counts says, by the employer's own numbers."""
    lines = [line_of(line) for line in counting().filter(employer=employer_id)]
    assert len({line.ref for line in lines}) == len(lines)
    return {line.ref: line for line in lines}
