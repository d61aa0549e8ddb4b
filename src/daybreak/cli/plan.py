"""`daybreak plan`: check an employer's plan file, load it, and work out the taxes on what it gives."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID

import click

from daybreak.care.charges.queries import booked_in
from daybreak.cli.clock import now
from daybreak.cli.mornings import JSON, text_of
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.kernel.money import Money
from daybreak.notices.queries import sentence
from daybreak.people.queries import employed_as, employer_called
from daybreak.people.roster.queries import employee_called
from daybreak.plan.actions.facts import say_all
from daybreak.plan.actions.load import load_plan
from daybreak.plan.allowance import in_units
from daybreak.plan.books.months import Month, month_of
from daybreak.plan.books.queries import charged_for, used_before
from daybreak.plan.plan_file import read_plan
from daybreak.plan.tax import words as tax_words
from daybreak.plan.tax.events_file import read_events
from daybreak.plan.tax.facts_file import read_facts
from daybreak.plan.tax.queries import Answer, taxes_of
from daybreak.plan.terms import Part, Plan, Use
from daybreak.plan.trying import Past, Tried, try_plan

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


@plan.command()
@FILE
@click.option("--employer", metavar="NAME", required=True, help="Whose employees they are.")
@click.option("--year", type=click.IntRange(2000, 2100), required=True, help="The calendar year they are of.")
def facts(file: Path, employer: str, year: int) -> None:
    """Write what payroll says of employees for the taxes of a year, from the CSV in FILE: all of it or nothing.

    Columns: employee (the employer's number, or the id of Daybreak's files) and fsa; filing (married_filing_separately
    or anyone_else), highly_paid, owner, earned_income and spouse_income where they are known. The newest statement
    counts; older ones stay.

    Exit 10: the file cannot be used; every problem is named with its line and nothing was written.
    """
    text = text_of(file)
    django_ready()
    employer_id = employer_called(employer)
    if employer_id is None:
        raise BadInput(f"There is no employer called {employer!r}.", do="Nothing was written. Write the name as added.")
    said = read_facts(text, partial(employee_called, employer_id), source=file.name)
    count = say_all(said, year=year, at=now())
    click.echo(f"Written for {year}: {_counted(count, 'employee')} of {employer}.")


@plan.command(name="try")
@FILE
@click.option("--on", "month", type=click.DateTime(["%Y-%m"]), metavar="YYYY-MM", required=True, help="Which month.")
@JSON
def try_it(file: Path, month: datetime, as_json: bool) -> None:
    """Say what the plan in FILE would have changed for a month's bookings, and for whom. Nothing is changed.

    Bookings that stood are charged again under the plan, in their order, from what each had used before. People go by
    reference. What families would have asked under another plan, nobody knows.

    Exit 10: the plan cannot be used, or its employer is not known.
    """
    found = read_plan(text_of(file), source=file.name)
    django_ready()
    employer_id = employer_called(found.employer)
    if employer_id is None:
        raise BadInput(f"There is no employer called {found.employer!r}.", source=file.name, do="Nothing was tried.")
    tried = _tried(found, employer_id, month_of(month.date()))
    click.echo(with_amounts(_tried_facts(tried)) if as_json else "\n".join(_tried_lines(tried, f"{month:%Y-%m}")))


def _tried(found: Plan, employer_id: UUID, month: Month) -> Tried:
    past, booked = [], booked_in(employer_id, month.since, month.until)
    charged = charged_for(one.booking_id for one in booked)
    for one in booked:
        employed = employed_as(one.person_id, one.household_id)
        if employed is not None:
            parts = charged.get(one.booking_id, {})
            past.append(
                Past(
                    booking_id=one.booking_id,
                    employee_id=employed.employee_id,
                    day=one.day,
                    use=Use(one.route, employed.pay_class, len(one.child_ids), one.minutes),
                    copay=Money(parts.get(Part.COPAY, 0)),
                    amount=-parts.get(Part.DAY, 0),
                )
            )
    return try_plan(found, past, used_before(employer_id, found.year.since, month.since))


def _tried_lines(tried: Tried, month: str) -> Iterator[str]:
    yield (
        f"{_counted(tried.bookings, 'booking')} in {month}. Under this plan {len(tried.refused)} would not have been "
        f"covered, families would have paid {tried.copays} more, "
        f"and {_counted(tried.employees, 'employee')} would have noticed."
    )
    for one in tried.differences:
        what = sentence(one.refused, "en") if one.refused else f"copay {one.copay} instead of {one.past.copay}"
        yield f"  {one.past.employee_id} on {one.past.day}: {what}"


def _tried_facts(tried: Tried) -> dict[str, object]:
    return {
        "bookings": tried.bookings,
        "employees": tried.employees,
        "refused": len(tried.refused),
        "copays_more": tried.copays,
        "differences": [
            {
                "employee": str(one.past.employee_id),
                "booking": str(one.past.booking_id),
                "day": one.past.day.isoformat(),
                "refused": one.refused.code if one.refused else None,
                "cite": one.refused.cite if one.refused else "",
                "copay": one.copay,
                "copay_before": one.past.copay,
            }
            for one in tried.differences
        ],
    }


@plan.command()
@click.argument("file", metavar="INPUT.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
def tax(file: Path, as_json: bool) -> None:
    """Work out the taxes on what INPUT.toml says an employee was given in a year: section 129, the W-2, section 45F.

    The file has a year, [employee] (filing, earned_income, spouse_income, highly_paid, fsa) and an [[event]] for each
    thing given (day, kind, fair_value, copay, recipient, licensed). Not tax advice.

    Exit 10: the file cannot be used, or a rule does not cover the year; nothing was worked out.
    """
    answer = taxes_of(read_events(text_of(file), source=file.name))
    if as_json:
        click.echo(with_amounts(_tax_facts(answer)))
        return
    for line in (*tax_words.sentences(answer.year), f"Employer's credit: {answer.credit}.", tax_words.CAUTION):
        click.echo(line)
    for line in (*(f"Cite: {cite}" for cite in answer.law.cites), *answer.law.cautions):
        click.echo(line)


def _tax_facts(answer: Answer) -> dict[str, object]:
    year = answer.year
    return {
        "excluded": year.excluded,
        "imputed": year.imputed,
        "box10": year.box10,
        "boxes_1_3_5_added": year.boxes_1_3_5_added,
        "limit": year.limit.most,
        "limited_by": year.limit.because,
        "warnings": [tax_words.warning(warned) for warned in year.warnings],
        "credit_45f_tags": [tag.value for tag in year.tags],
        "credit_45f": {
            "spending": {tag.value: spent for tag, spent in answer.spending.items()},
            "credit": answer.credit,
        },
        "cites": list(answer.law.cites),
        "cautions": [*answer.law.cautions, tax_words.CAUTION],
    }


def with_amounts(facts: object) -> str:
    """JSON in which amounts are numbers of dollars with two digits, never rounded by way of a float.

    >>> with_amounts({"imputed": Money(100000)})
    '{"imputed": 1000.00}'
    """
    marked = json.dumps(facts, default=lambda amount: f"\0{amount.cents}\0", ensure_ascii=False)
    return re.sub(r'"\\u0000(-?\d+)\\u0000"', lambda found: f"{Decimal(found[1]) / 100:.2f}", marked)


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
