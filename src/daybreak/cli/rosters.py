"""`daybreak import roster`: an employer's roster comes in, all of it or nothing, and says first what it changes."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from tqdm import tqdm

from daybreak.care.actions.leavers import end_for_leavers
from daybreak.cli.clock import now
from daybreak.cli.employers import employer_meant
from daybreak.cli.roster_report import as_json, lines_of
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists.queries import zip_centroids
from daybreak.people.roster.actions.compare import compare_roster
from daybreak.people.roster.actions.rosters import BadRoster, import_roster, refuse
from daybreak.people.roster.queries import Entry, RosterFile, mapping_of
from daybreak.people.roster.terms import Compared

EVERY = 25_000
"""Lines between two lines of progress where no terminal shows a bar."""

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--employer", "ref", required=True, help="Whose roster it is: the employer's id or name.")
@click.option("--mapping", type=_FILE, help="A TOML file that says what this file calls its columns and values.")
@click.option("--dry-run", is_flag=True, help="Say who would join, change and leave; write nothing.")
@click.option("--accept-leavers", is_flag=True, help="Let employees leave even where the file looks cut off.")
@click.option("--yes", is_flag=True, help="Do not ask before writing; nobody is asked where no terminal is.")
@click.option("--json", "wants_json", is_flag=True, help="Print one JSON object.")
def roster(
    file: Path, ref: str, mapping: Path | None, dry_run: bool, accept_leavers: bool, yes: bool, wants_json: bool
) -> None:
    """Bring in an employer's roster from FILE (.csv): every employee, one line each.

    All of it is imported, or nothing. Whoever is not on it any more leaves, and with them their access. Nobody becomes
    a user by it: an employee of the roster does when they first ask for a sign-in link, by e-mail or phone.

    What joins, changes and leaves is said before anything is written.

    Exit 10: lines cannot be used; each is named, with what to do. 14: another import is running.
    """
    django_ready()
    found = RosterFile(file, employer_meant(ref), mapping_of(mapping))
    try:
        if dry_run:
            compared = compare_roster(found, progress=show_progress)
            refuse(compared, accept_leavers=True)
        else:
            compared = import_roster(
                found,
                at=now(),
                centroids=zip_centroids(),
                progress=show_progress,
                agree=lambda differs: _agrees(differs, yes=yes),
                accept_leavers=accept_leavers,
                clock=now,
            )
            end_for_leavers(at=now())
    except BadRoster as bad:
        _say(bad.compared, dry_run=dry_run, wants_json=wants_json)
        raise
    _say(compared, dry_run=dry_run, wants_json=wants_json)


def _agrees(differs: Compared, *, yes: bool) -> bool:
    """Show what would change, and ask where somebody can answer."""
    if yes or not sys.stdin.isatty():
        return True
    for line in lines_of(differs, dry_run=True):
        click.echo(line, err=True)
    if not click.confirm("Import it?", err=True):
        raise BadInput("Nothing was imported.")
    return True


def _say(compared: Compared, *, dry_run: bool, wants_json: bool) -> None:
    if wants_json:
        click.echo(json.dumps(as_json(compared)))
        return
    for line in lines_of(compared, dry_run=dry_run):
        click.echo(line, err=bool(compared.bad))


def show_progress(entries: Iterable[Entry], total: int, what: str) -> Iterable[Entry]:
    """A bar on a terminal; elsewhere, such as in a log, a line now and then."""
    if sys.stderr.isatty():
        return tqdm(entries, total=total, desc=what, unit="line", file=sys.stderr, leave=False)
    return _told(entries, total, what)


def _told(entries: Iterable[Entry], total: int, what: str) -> Iterator[Entry]:
    for done, entry in enumerate(entries, start=1):
        yield entry
        if done % EVERY == 0:
            click.echo(f"{what}: {done:,} of {total:,} lines", err=True)
