"""Bring other people's lists in: a state's license list today, rosters and prices later."""

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from tqdm import tqdm

from daybreak.cli.setup import django_ready
from daybreak.network.actions import import_new_york_state
from daybreak.network.license_lists import new_york_state
from daybreak.network.license_lists.queries import listed_in_new_york_state
from daybreak.network.license_lists.terms import Imported, ListedSite, Listing

SHOWN = 10
"""How many rows that were set aside are named one by one."""


@click.group(name="import")
def imports() -> None:
    """Bring in lists that others keep."""


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["new-york-state", "indiana", "generic"]),
    required=True,
    help="Whose list it is.",
)
@click.option("--dry-run", is_flag=True, help="Read and report; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def network(file: Path, format_: str, dry_run: bool, as_json: bool) -> None:
    """Bring in a state's list of licensed child care from FILE (.csv or .csv.gz).

    Every row becomes a site or is set aside with a reason. Licensed capacity is not a vacancy: sites offer spots later,
    themselves. Importing a newer list again updates the same sites.
    """
    if format_ != "new-york-state":
        raise click.UsageError(f"The format {format_} is not built yet; new-york-state is. Nothing was imported.")
    at = datetime.now(UTC)
    if dry_run:
        listing = listed_in_new_york_state(file, day=at.astimezone(ZoneInfo(new_york_state.ZONE)).date())
        imported = None
    else:
        django_ready()
        imported = import_new_york_state(file, at=at, progress=_progress)
        listing = imported.listing
    click.echo(json.dumps(_answer(listing)) if as_json else _summary(listing, imported))


def _progress(sites: Sequence[ListedSite]) -> Iterable[ListedSite]:
    return tqdm(sites, desc="sites", unit="site", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)


def _answer(listing: Listing) -> dict[str, object]:
    return {
        "read": listing.read,
        "imported": len(listing.sites),
        "set_aside": dict(listing.reasons),
        "spots_by_age": dict(listing.spots_by_age),
    }


def _summary(listing: Listing, imported: Imported | None) -> str:
    lines = [f"{listing.source}: {listing.read:,} rows read, {len(listing.sites):,} imported."]
    if imported is None:
        lines[0] = (
            f"{listing.source}: {listing.read:,} rows read, {len(listing.sites):,} would be imported; nothing was."
        )
    else:
        lines.append(
            f"  {imported.added:,} sites are new, {imported.changed:,} changed, {imported.ended:,} lost their license."
        )
        if imported.not_listed:
            lines.append(
                f"  {imported.not_listed:,} sites of an earlier list are not in this one; they stay as they are."
            )
    by_age = ", ".join(f"{age.replace('_', ' ')} {spots:,}" for age, spots in listing.spots_by_age.items())
    lines.append(f"  Licensed capacity by age: {by_age}. None of it is offered until a site says so.")
    placed = sum(site.located == "zip-centroid" for site in listing.sites)
    lines.append(f"  {placed:,} sites have no coordinates and were placed in the middle of their ZIP code.")
    if listing.beyond_the_rule:
        count = len(listing.beyond_the_rule)
        lines.append(
            f"  {count:,} homes are licensed for more than {new_york_state.RULE} allows; the license was kept."
        )
    return "\n".join([*lines, *_aside(listing)])


def _aside(listing: Listing) -> list[str]:
    lines = []
    for code, rows in listing.reasons.items():
        lines.append(f"  {rows:,} set aside, {code}: {new_york_state.SENTENCES[code]}")
    for row in listing.set_aside[:SHOWN]:
        facts = ", ".join(f"{name} {fact}" for name, fact in row.facts.items())
        lines.append(f"    line {row.line}: {row.ref} {row.code}{f' ({facts})' if facts else ''}")
    if len(listing.set_aside) > SHOWN:
        lines.append(f"    and {len(listing.set_aside) - SHOWN:,} more")
    return lines
