"""`daybreak interviews`: what trustees and operators of the interviews do. It runs where the interviews are kept."""

import csv
import gzip
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import click
from django.core.management import CommandError, call_command
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError

from daybreak.cli.clock import now
from daybreak.cli.mornings import text_of
from daybreak.cli.setup import django_ready, make_folder, said_when_away
from daybreak.interviews.actions import (
    accept_key,
    add_trustee,
    dismiss_trustee,
    forget_before,
    make_codes,
    write_survey,
)
from daybreak.interviews.agreement import LEVELS, fleiss_kappa, krippendorff_alpha
from daybreak.interviews.queries import SETS, leaks, wave_counts
from daybreak.interviews.survey_mapping import mapping_in, missing_columns, read_survey
from daybreak.interviews.terms import WaveKey
from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import quarter_of

STORE = "interviews"
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def interviews() -> None:
    """Interviews nobody can trace: their keys, codes, trustees, surveys and backups."""


@interviews.command()
def migrate() -> None:
    """Bring the interviews' database, named by DAYBREAK_INTERVIEWS_DATABASE_URL, to this version. Safe to run again."""
    django_ready(database=False)
    make_folder(STORE)
    with said_when_away():
        call_command("migrate", database=STORE, verbosity=1, interactive=False)


@interviews.command(name="accept-key")
@click.argument("file", type=FILE)
def accept_key_(file: Path) -> None:
    """Accept the key of a wave, as the ticket desk wrote it into FILE."""
    django_ready(alias=STORE)
    try:
        raw = json.loads(file.read_text())
        key = WaveKey(raw["name"], raw["occasion"], raw["quarter"], raw["until"], raw["public_key"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput("It is no file of the ticket desk.", source=file.name, do="Ask for it again.") from error
    is_new = accept_key(key)
    click.echo(f"{key.name} {'is accepted' if is_new else 'was accepted before'}, until {key.until}.")


@interviews.command()
@click.option("--occasion", type=click.Choice(list(SETS)), required=True)
@click.option("--count", type=click.IntRange(20, 100_000), required=True, help="How many, for one wave.")
@click.option("--to", "to", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to print from.")
def codes(occasion: str, count: int, to: Path) -> None:
    """Make a sealed pool of codes, one a line, in random order. Print, seal, shuffle, delete the file."""
    django_ready(alias=STORE)
    made = make_codes(occasion=occasion, count=count)
    lines = ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in made]
    to.write_text("\n".join(lines) + "\n")
    click.echo(f"{count} codes in {to}. Each goes into an envelope of its own; then delete the file.")


@interviews.command(name="add-trustee")
@click.argument("name")
def add_trustee_(name: str) -> None:
    """Let NAME read texts and code them; prints their key, once."""
    django_ready(alias=STORE)
    click.echo(f"The key of {name}, shown this once:\n{add_trustee(name)}")


@interviews.command(name="dismiss-trustee")
@click.argument("name")
def dismiss_trustee_(name: str) -> None:
    """Take the right to read away from NAME."""
    django_ready(alias=STORE)
    if not dismiss_trustee(name):
        raise BadInput(f"There is no trustee named {name}.", do="Nothing was changed.")
    click.echo(f"{name} reads nothing here any more.")


@interviews.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def waves(as_json: bool) -> None:
    """How many answers each wave has, in full batches: what the trustee reports to the desk."""
    django_ready(alias=STORE)
    counts = wave_counts()
    if as_json:
        click.echo(json.dumps({"waves": [vars(one) for one in counts]}))
        return
    for one in counts:
        click.echo(f"{one.quarter}  {one.occasion:<10} {one.answers:>7,}")


@interviews.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def agreement(file: Path, as_json: bool) -> None:
    """How well coders agree, from FILE (CSV: a unit a line, a coder a column after the first; blanks are missing)."""
    header, *rows = list(csv.reader(io.StringIO(text_of(file).removeprefix("\ufeff"), newline=""))) or [[]]
    if len(header) < 3 or not rows:
        raise BadInput("It needs a column of units and two coders or more.", source=file.name, do="Add them.")
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            problem = f"the line has {len(row)} cells and the header {len(header)}."
            raise BadInput(
                problem, source=file.name, line=line, do="Give each coder a cell, empty where nothing was coded."
            )
    coded = [[cell.strip() or None for cell in row[1:]] for row in rows]
    figures = _agreement(coded)
    result = {"units": len(rows), "coders": len(header) - 1, **vars(figures)}
    if as_json:
        click.echo(json.dumps(result))
        return
    click.echo(f"{len(rows)} units, {len(header) - 1} coders")
    for level, alpha in figures.krippendorff_alpha.items():
        click.echo(f"  Krippendorff's alpha, {level:<9} {_figure(alpha)}")
    click.echo(f"  Fleiss' kappa                   {_figure(figures.fleiss_kappa)}")


@dataclass(frozen=True)
class Agreement:
    """Figures of one file; None where one cannot be told."""

    krippendorff_alpha: dict[str, float | None]
    fleiss_kappa: float | None
    units_every_coder_coded: int
    """Fleiss' kappa rests on these alone."""


def _agreement(coded: list[list[str | None]]) -> Agreement:
    """Alpha at each level that the values allow: words are nominal, and a ratio scale has nothing below zero."""
    words = sorted({value for unit in coded for value in unit if value is not None})
    levels: tuple[str, ...] = LEVELS
    try:
        numbers = {word: float(word) for word in words}
        if min(numbers.values(), default=0) < 0:
            levels = LEVELS[:-1]
    except ValueError:
        numbers, levels = {word: float(place) for place, word in enumerate(words)}, LEVELS[:1]
    units = [[None if value is None else numbers[value] for value in unit] for unit in coded]
    alphas = {level: krippendorff_alpha(units, level) if level in levels else None for level in LEVELS}
    whole = sum(None not in unit for unit in coded)
    return Agreement(alphas, fleiss_kappa(coded), whole)


def _figure(value: float | None) -> str:
    return "cannot be told" if value is None else f"{value:.3f}"


@interviews.command(name="import-survey")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, required=True, help="TOML that names the columns and what their words mean.")
@click.option("--dry-run", is_flag=True, help="Read and count; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_survey(file: Path, mapping: Path, dry_run: bool, as_json: bool) -> None:
    """Bring in an existing survey from FILE (.csv or .csv.gz), all or nothing, as one shuffled batch."""
    plan = mapping_in(text_of(mapping), source=mapping.name)
    reader = csv.DictReader(io.StringIO(_survey_text(file), newline=""))
    try:
        missing = missing_columns(list(reader.fieldnames or ()), plan)
        if missing:
            raise BadInput(
                f"It has no column {', '.join(missing)}.",
                source=file.name,
                do="Nothing was imported. Name the columns it has in the mapping.",
            )
        survey = read_survey(reader, plan, source=file.name)
    except csv.Error as error:
        problem = f"the line is no CSV ({error}). Nothing was imported."
        raise BadInput(
            problem, source=file.name, line=reader.line_num, do="Save it as CSV and import it again."
        ) from error
    written = 0
    if not dry_run:
        django_ready(alias=STORE)
        written = write_survey(question_set=plan.question_set, quarter=plan.quarter, answers=survey.answers)
    result = {"read": len(survey.answers), "imported": written, "items": survey.counts, "totals": survey.totals}
    if as_json:
        click.echo(json.dumps(result))
        return
    click.echo(f"{len(survey.answers)} rows read, {written} imported as {plan.question_set}.")
    for name, number in survey.totals.items():
        click.echo(f"  {name}: {number}")


def _survey_text(file: Path) -> str:
    """The text of a survey; raises BadInput when it is none, or was packed and is damaged."""
    if file.suffix != ".gz":
        return text_of(file).removeprefix("\ufeff")
    try:
        return gzip.decompress(file.read_bytes()).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        problem = "it is not UTF-8 text packed by gzip. Nothing was imported."
        raise BadInput(problem, source=file.name, do="Pack it again, or import it unpacked.") from error


@interviews.command()
def check() -> None:
    """Look for what would keep an order or a moment: statement logs, archives of changes, what was deleted."""
    django_ready(alias=STORE)
    found = leaks()
    for line in found:
        click.echo(f"LOOK  {line}")
    if found:
        raise BadInput(f"{len(found)} settings keep what they should not.", do="Change them and check again.")
    click.echo("well  The database keeps no log of statements and no archive of changes.")


@interviews.command()
@click.option("--to", "to", type=click.Path(dir_okay=False, path_type=Path), required=True)
def backup(to: Path) -> None:
    """Write a copy of what is mixed. What still waits is left out: a copy of it would be a copy of its order."""
    django_ready(alias=STORE)
    # Every row has a random id or a digest, and is written in the order of it.
    call_command("dumpdata", STORE, database=STORE, exclude=[f"{STORE}.Waiting"], output=str(to), verbosity=0)
    click.echo(f"A copy is in {to}. Keep the keys somewhere else.")


@interviews.command()
@click.argument("file", type=FILE)
def restore(file: Path) -> None:
    """Bring a copy made by `daybreak interviews backup` into an empty database."""
    django_ready(alias=STORE)
    if wave_counts():
        raise BadInput("There are answers in this database.", do="Nothing was restored. Name an empty one.")
    try:
        call_command("loaddata", str(file.resolve()), database=STORE, verbosity=0)
    except (CommandError, DeserializationError, UnicodeDecodeError, DatabaseError) as error:
        raise BadInput("It is no copy of interviews.", source=file.name, do="Nothing was restored.") from error
    click.echo(f"{sum(one.answers for one in wave_counts())} answers are back.")


@interviews.command()
@click.option("--quarters", type=click.IntRange(min=1), default=8, show_default=True, help="How many are kept.")
def forget(quarters: int) -> None:
    """Delete answers and texts of quarters that lie further back."""
    django_ready(alias=STORE)
    today = now().date()
    back = today.year * 4 + (today.month - 1) // 3 - quarters
    first = f"{back // 4}-Q{back % 4 + 1}"
    assert first <= quarter_of(today)
    click.echo(f"{forget_before(first)} answers from before {first} are deleted.")
