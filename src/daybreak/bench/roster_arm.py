"""One arm of the roster benchmark, as a process: `python -m daybreak.bench.roster_arm ours roster.csv newer.csv`.

Prints one JSON object: seconds of the work alone, with everything loaded and the database made beforehand, and the
process's peak memory.
"""

import csv
import json
import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import click
import django

from daybreak.bench.machine import peak_mb
from daybreak.placement.terms import Point


def main(arm: str, first: Path, newer: Path) -> dict[str, object]:
    """Do the arm's work in a database of its own and say what it took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybreak.config.settings")
    django.setup()
    # Models are loaded only once Django is set up.
    booking = import_module("daybreak.bench.booking")
    with booking.temporary_database():
        taken = _ours(first, newer) if arm == "ours" else {"seconds": _bare(booking, first)}
        return {**taken, "peak_mb": peak_mb(), "database": booking.database_version()}


def _ours(first: Path, newer: Path) -> dict[str, object]:
    people = import_module("daybreak.people.actions")
    rosters = import_module("daybreak.people.roster.actions.rosters")
    queries = import_module("daybreak.people.roster.queries")
    names = import_module("daybreak.bench.roster").SITES
    centroids = import_module("daybreak.network.license_lists.queries").zip_centroids()
    at, employer_id = datetime.now(UTC), uuid4()
    people.add_employer(employer_id=employer_id, name="Generated", at=at)
    for name in names:
        site = {"work_site_id": uuid4(), "employer_id": employer_id, "name": name, "zone": "America/New_York"}
        people.add_work_site(point=Point(42.9, -78.8), at=at, **site)
    taken: dict[str, object] = {}
    for name, file in (("first", first), ("again", first), ("newer", newer)):
        begun = perf_counter()
        rosters.import_roster(
            queries.RosterFile(file, employer_id), at=at, centroids=centroids, clock=lambda: datetime.now(UTC)
        )
        taken[name] = perf_counter() - begun
    return taken


def _bare(booking: object, file: Path) -> float:
    columns = import_module("daybreak.bench.roster").COLUMNS
    connection = import_module("django.db").connection
    texts = ", ".join(f"{name} text" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare_roster ({texts})")
    connection.close()
    bare = booking.plain_connections()()  # type: ignore[attr-defined]  # a module that is loaded late
    begun = perf_counter()
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        bare.seed("bare_roster", ", ".join(columns), rows)
    seconds = perf_counter() - begun
    bare.close()
    return seconds


if __name__ == "__main__":
    click.echo(json.dumps(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
