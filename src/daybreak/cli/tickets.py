"""`daybreak tickets`: the ticket desk. It opens waves, invites, and is told how many answered."""

import csv
import io
import json
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import click

from daybreak.accounts.queries import person_at
from daybreak.cli.clock import now
from daybreak.cli.mornings import text_of
from daybreak.cli.setup import django_ready
from daybreak.kernel.decisions import No
from daybreak.kernel.errors import BadInput
from daybreak.notices.queries import sentence
from daybreak.people.queries import employer_called
from daybreak.tickets.actions import invite_everybody, open_wave, report_answers
from daybreak.tickets.queries import published_key, wave_named
from daybreak.tickets.terms import Milestone, Occasion

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def tickets() -> None:
    """The ticket desk: open waves of interviews, invite, and write down how many answered."""


@tickets.command(name="open")
@click.option("--employer", required=True, help="The employer's name.")
@click.option("--occasion", type=click.Choice([one.value for one in Occasion]), required=True)
@click.option("--quarter", required=True, help="Such as 2026-Q4.")
@click.option("--closes", type=DAY, required=True, help="First day on which its tickets are taken no more.")
@click.option(
    "--to", "to", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File for the trustee."
)
def open_(employer: str, occasion: str, quarter: str, closes: datetime, to: Path) -> None:
    """Open a wave and write its public key into a file for the trustee (`daybreak interviews accept-key`)."""
    django_ready()
    employer_id = employer_called(employer)
    if employer_id is None:
        raise BadInput(f"There is no employer named {employer}.", do="Nothing was opened. Check the spelling.")
    name = open_wave(
        employer_id=employer_id, occasion=Occasion(occasion), quarter=quarter, closes_on=closes.date(), at=now()
    )
    to.write_text(json.dumps(published_key(name), indent=2) + "\n")
    click.echo(f"{name} is open. Hand {to} to the trustee; it holds no secret.")


@tickets.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--wave", required=True, help="The wave's name.")
def invite(file: Path, wave: str) -> None:
    """Invite everybody in FILE (CSV: address, day), all or nobody. `day` is that of the milestone."""
    django_ready()
    card = wave_named(wave)
    if card is None:
        raise BadInput(f"There is no wave named {wave}.", do="Nobody was invited. `daybreak tickets open` names them.")
    rows = csv.DictReader(io.StringIO(text_of(file).removeprefix("\ufeff"), newline=""))
    people = [_person(row, line, file) for line, row in enumerate(rows, 2)]
    invited = invite_everybody(
        wave=wave, people=[(person_id, Milestone(card.occasion, day)) for person_id, day in people], at=now()
    )
    if isinstance(invited, No):
        raise BadInput(sentence(invited.reasons[0], "en"), source=file.name, do="Nobody was invited.")
    click.echo(f"{invited} invited to {wave}; each gets a message with a link and no ticket.")


def _person(row: dict[str, str], line: int, file: Path) -> tuple[UUID, date]:
    address, written = (row.get("address") or "").strip(), (row.get("day") or "").strip()
    person_id = person_at(email=address) if "@" in address else person_at(phone=address)
    if person_id is None:
        raise BadInput(f"Nobody has the address '{address}'.", source=file.name, line=line, do="Nobody was invited.")
    try:
        return person_id, date.fromisoformat(written)
    except ValueError as error:
        problem = f"'{written}' is not a day such as 2026-03-02."
        raise BadInput(problem, source=file.name, line=line, do="Nobody was invited.") from error


@tickets.command()
@click.option("--wave", required=True, help="The wave's name.")
@click.option("--answered", type=click.IntRange(min=0), required=True, help="The trustee's count.")
def report(wave: str, answered: int) -> None:
    """Write down how many answered, once the wave is over; HR sees it as a rate."""
    django_ready()
    at = now()
    if wave_named(wave) is None:
        raise BadInput(f"There is no wave named {wave}.", do="Nothing was written down.")
    done = report_answers(wave=wave, answered=answered, day=at.date(), at=at)
    if isinstance(done, No):
        raise BadInput(sentence(done.reasons[0], "en"))
    click.echo(f"{answered} answers in {wave}.")
