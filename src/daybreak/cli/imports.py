"""Bring other people's lists in: a state's license list, an employer's roster and contracts today, prices later."""

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
from daybreak.cli.import_calendar import calendar
from daybreak.cli.import_report import differences_of, figures_of, summary_of
from daybreak.cli.mornings import text_of
from daybreak.cli.rosters import roster
from daybreak.cli.setup import django_ready
from daybreak.network.actions import import_list
from daybreak.network.contracts.actions import load_contracts
from daybreak.network.contracts.contract_file import FIX, read_contracts
from daybreak.network.license_lists.actions.write import Entry
from daybreak.network.license_lists.queries import FORMATS
from daybreak.notices.queries import sentence
from daybreak.placement.sheets import Problems

EVERY = 10_000
"""Rows between two lines of progress where no terminal shows a bar."""


@click.group(name="import")
def imports() -> None:
    """Bring in lists that others keep."""


imports.add_command(roster)
imports.add_command(calendar)


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


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be added and what would end; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def contracts(file: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in what an employer agreed with places about spots, from FILE (TOML): all of it or nothing.

    A contract is known by its place and number and never rewritten: the same file again changes nothing, and a later
    file may give it an end.

    Exit 10: the file cannot be used, or a contract cannot be kept; every one is named with its line.
    """
    said = read_contracts(text_of(file), source=file.name)
    django_ready()
    loaded = load_contracts(said, at=datetime.now(UTC), dry_run=dry_run)
    problems = Problems()
    for misfit in loaded.misfits:
        why = sentence(misfit.reason, "en") if misfit.reason else misfit.problem
        problems.add(file.name, misfit.line, why.replace("Nothing was written. ", ""))
    problems.stop(do=FIX)
    if as_json:
        figures = {"added": list(loaded.added), "ended": list(loaded.ended), "unchanged": loaded.unchanged}
        click.echo(json.dumps({"employer": said.employer, **figures}))
        return
    would = " A dry run: nothing was written." if dry_run else ""
    click.echo(
        f"{file.name}: {len(said.contracts):,} contracts of {said.employer}, {len(loaded.added):,} new, "
        f"{len(loaded.ended):,} given an end, {loaded.unchanged:,} as they were.{would}"
    )


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
