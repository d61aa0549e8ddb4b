"""`daybreak plan`: check an employer's plan file, and load it."""

import json
from pathlib import Path

import click

from daybreak.cli.clock import now
from daybreak.cli.mornings import JSON, text_of
from daybreak.cli.setup import django_ready
from daybreak.plan.actions.load import load_plan
from daybreak.plan.allowance import in_units
from daybreak.plan.plan_file import read_plan
from daybreak.plan.terms import Plan

FILE = click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def plan() -> None:
    """An employer's plan: who is eligible, how many days, what it costs, how it is taxed."""


@plan.command()
@FILE
@JSON
def check(file: Path, as_json: bool) -> None:
    """Check the plan in FILE: its form, whether its parts fit together, and its worked examples. Nothing is changed.

    Exit 0: it can be loaded. 10: it cannot; every problem is named with its line. 13: an example comes out otherwise.
    """
    found = read_plan(text_of(file), source=file.name)
    click.echo(json.dumps(_facts(found)) if as_json else f"{_sentence(found)} It can be loaded.")


@plan.command()
@FILE
@JSON
def load(file: Path, as_json: bool) -> None:
    """Load the plan in FILE for its employer: all of it, word for word, or nothing. The same file twice is once.

    Exit 10: it cannot be used, or its employer or a work site is not known; nothing was loaded.
    """
    text = text_of(file)
    django_ready()
    found = load_plan(text, source=file.name, at=now()).plan
    click.echo(json.dumps(_facts(found)) if as_json else f"{_sentence(found)} It is loaded.")


def _sentence(found: Plan) -> str:
    amount = in_units(found.allowance.unit, found.allowance.amount)
    return (
        f"{found.title}: from {found.since} until {found.year.until}, {amount:g} {found.allowance.unit} per "
        f"{found.allowance.per}, {_counted(len(found.routes), 'route')}, {_counted(len(found.budgets), 'budget')}; "
        f"{_counted(len(found.examples), 'example')} worked."
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _facts(found: Plan) -> dict[str, object]:
    return {
        "title": found.title,
        "employer": found.employer,
        "from": found.since.isoformat(),
        "until": found.year.until.isoformat(),
        "unit": found.allowance.unit,
        "per": found.allowance.per,
        "amount": in_units(found.allowance.unit, found.allowance.amount),
        "routes": [str(route) for route in found.routes],
        "budgets": len(found.budgets),
        "examples": len(found.examples),
        "sha256": found.sha256,
    }
