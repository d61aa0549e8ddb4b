"""`daybreak import calendar`: the days on which schools are closed, open late or end early, from a file."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import click

from daybreak.care.standing import calendars
from daybreak.care.standing.actions import import_calendar
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import rows_of, sound_lines


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--district", default="", help="The school district of every row, where the file names none.")
@click.option("--zone", default="America/New_York", show_default=True, help="The time zone of districts that are new.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def calendar(file: Path, district: str, zone: str, dry_run: bool, as_json: bool) -> None:
    """Bring in a school calendar from FILE (.csv): days on which schools are closed, open late or end early.

    Columns: date; district, unless --district names it; school_closed (true or false) or event (closed, late, early);
    opens or closes, the hour of a late or early day. Each closure turns the standing requests of its district's
    families into care requests: the evening before, or at once.
    """
    if zone not in available_timezones():
        raise BadInput(f"--zone {zone!r} is no time zone.", do="Nothing was imported. Give one like America/New_York.")
    at = now()
    read = list(calendars.read(_calendar_rows(file), district=district, source=file.name))
    closures = [row for row in read if isinstance(row, calendars.Row)]
    aside = Counter(row.reason for row in read if isinstance(row, calendars.SetAside))
    set_aside = dict(sorted(aside.items()))
    figures: dict[str, object] = {"read": len(read), "imported": len(closures), "set_aside": set_aside}
    if not dry_run:
        django_ready()
        figures["new"] = import_calendar(closures, zone=zone, at=at)
    if as_json:
        click.echo(json.dumps(figures))
        return
    click.echo(f"{len(closures):,} of {len(read):,} rows are closures{'; nothing was written' if dry_run else ''}.")
    for reason, count in set_aside.items():
        click.echo(f"  {count:,} set aside: {reason}")


def _calendar_rows(file: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a calendar; a gzipped one is unpacked as it is read."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8-sig") as lines:
        try:
            yield from rows_of(sound_lines(lines, source=file.name), (), source=file.name, optional=calendars.OPTIONAL)
        except (UnicodeDecodeError, gzip.BadGzipFile) as error:
            do = "Nothing was imported. Save it as CSV in UTF-8 and run the command again."
            raise BadInput("this file is no text in UTF-8.", source=file.name, do=do) from error
