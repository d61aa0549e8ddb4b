"""`daybreak ledger`: the books of every employer as files that other programs read."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from daybreak.cli.clock import now
from daybreak.cli.mornings import write_whole
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.people.queries import employer_names
from daybreak.plan.actions.books import number_waiting
from daybreak.plan.books import files
from daybreak.plan.books.months import month_of
from daybreak.plan.books.queries import book_lines, deductions_for, imputed_in

ENDINGS = {"csv": "csv", "beancount": "beancount"}


@click.group()
def ledger() -> None:
    """The books: what the employer owes whom, what was granted and used, payroll and imputed income."""


@ledger.command()
@click.option("--format", "format_", type=click.Choice(sorted(ENDINGS)), required=True, help="How lines are written.")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write."
)
@click.option("--employer", metavar="NAME", help="One employer; all of them when left out.")
@click.option("--month", type=click.DateTime(["%Y-%m"]), metavar="YYYY-MM", help="Payroll month; this one if left out.")
def export(format_: str, folder: Path, employer: str | None, month: datetime | None) -> None:
    """Write the books to a folder: all files or none.

    For each employer: every line (csv, or plain-text double entry that bean-check accepts), its general ledger by
    month, the copays due to payroll for a month, and box 10 with imputed income by employee for its year. The same
    books give the same bytes. Lines that wait for their number get it first.
    """
    django_ready()
    at = now()
    while number_waiting():
        pass
    chosen = [(pk, name) for pk, name in employer_names().items() if employer in (None, name)]
    if not chosen:
        raise BadInput(f"There is no employer called {employer!r}.", do="Nothing was written. Write the name as added.")
    made = dict(one for pk, name in chosen for one in _files(pk, name, format_, month or at, at))
    write_whole(folder, made, what="books")
    click.echo(f"Written: {', '.join(str(folder / name) for name in made)}.")


def _files(
    employer_id: UUID, name: str, format_: str, month: datetime, at: datetime
) -> Iterator[tuple[str, Callable[[], str | bytes]]]:
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    due = month_of(month.date())
    yield (
        f"{slug}-books.{ENDINGS[format_]}",
        lambda: (
            files.lines_csv(book_lines(employer_id))
            if format_ == "csv"
            else files.beancount(book_lines(employer_id), name)
        ),
    )
    yield f"{slug}-general-ledger.csv", lambda: files.general_ledger_csv(book_lines(employer_id))
    yield (
        f"{slug}-payroll-{due.since:%Y-%m}.csv",
        lambda: files.deductions_csv(deductions_for(employer_id, due, at=at)),
    )
    yield f"{slug}-box-10-{due.since.year}.csv", lambda: files.imputed_csv(imputed_in(employer_id, due.since.year))
