"""Bring other people's lists in: a state's license list and an employer's roster today, prices later."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from tqdm import tqdm

from daybreak.care.actions.licenses import read_license_list
from daybreak.care.queries import bookings_touched
from daybreak.care.terms import Touched
from daybreak.cli.import_report import differences_of, figures_of, summary_of
from daybreak.cli.rosters import roster
from daybreak.cli.setup import django_ready
from daybreak.network.actions import import_list
from daybreak.network.license_lists.actions.write import Entry
from daybreak.network.license_lists.queries import FORMATS

EVERY = 10_000
"""Rows between two lines of progress where no terminal shows a bar."""


@click.group(name="import")
def imports() -> None:
    """Bring in lists that others keep."""


imports.add_command(roster)


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=click.Choice(FORMATS), required=True, help="Whose list it is.")
@click.option("--dry-run", is_flag=True, help="Say what would join, change, lapse and be gone; write nothing.")
@click.option("--accept-gone", is_flag=True, help="End licenses even where the file looks cut off.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def network(file: Path, format_: str, dry_run: bool, accept_gone: bool, as_json: bool) -> None:
    """Bring in a state's list of licensed child care from FILE (.csv or .csv.gz).

    Every row becomes a site or is set aside with a reason. Licensed capacity is not a vacancy: sites offer spots later,
    themselves. A list is whole: importing a newer one updates the same sites, and a site that it shows without a
    license, or no longer names, loses its offers; whose bookings that touches is listed, and they are told.
    """
    at = datetime.now(UTC)
    django_ready()
    if dry_run:
        imported = import_list(file, format_, at=at, progress=_progress, dry_run=True)
        touched: tuple[Touched, ...] = tuple(bookings_touched(imported.without_license, at=at))
    else:
        done = read_license_list(file, format_, at=at, progress=_progress, accept_gone=accept_gone)
        imported, touched = done.imported, done.touched
    if as_json:
        more = {"differences": differences_of(imported, touched)} if dry_run else {}
        click.echo(json.dumps(figures_of(imported.listing) | more))
        return
    click.echo(summary_of(imported, touched, format_, dry_run=dry_run))


def _progress(entries: Iterable[Entry], total: int) -> Iterable[Entry]:
    """A bar on a terminal; elsewhere, such as in a log, a line now and then."""
    if sys.stderr.isatty():
        return tqdm(entries, total=total, desc="rows", unit="row", file=sys.stderr, leave=False)
    return _lines(entries, total)


def _lines(entries: Iterable[Entry], total: int) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % EVERY == 0:
            click.echo(f"{done:,} of {total:,} rows", err=True)
