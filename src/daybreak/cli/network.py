"""Give the network's directory to others."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from daybreak.cli.setup import django_ready
from daybreak.network.directory import hsds
from daybreak.network.directory.queries import how_many_listed, listed_sites

EVERY = 10_000


@click.group()
def network() -> None:
    """The directory of sites, for other programs."""


@network.command(name="export")
@click.option("--format", "format_", type=click.Choice(["hsds"]), required=True, help="In whose shapes.")
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder for it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export(format_: str, folder: Path, as_json: bool) -> None:
    """Write every site that a state's list named as an Open Referral (HSDS 3) list of services.

    The file is services.json. It holds what the state publishes and no spots: licensed capacity is not a vacancy.
    Caregivers who come to a family's home are in no directory.
    """
    django_ready()
    day, total = datetime.now(UTC).date(), how_many_listed()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "services.json"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(_page(hsds.head(total), (hsds.service(entry) for entry in listed_sites(day=day)), total))
    click.echo(json.dumps({"written": total, "file": str(file)}) if as_json else f"Written: {total:,} sites to {file}.")


def _page(head: dict[str, object], services: Iterable[dict[str, object]], total: int) -> Iterator[str]:
    """The page's text, piece by piece, so that a long list takes no memory."""
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "contents": ['
    for number, service in enumerate(services):
        yield (",\n" if number else "\n") + json.dumps(service, ensure_ascii=False)
        if (number + 1) % EVERY == 0:
            click.echo(f"{number + 1:,} of {total:,} sites", err=True)
    yield "\n]}\n"
