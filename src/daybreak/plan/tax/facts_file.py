"""What does payroll say of employees for the taxes of a year? A CSV file, all or nothing, each problem with its line.

An employee is named by the employer's own number or by the id that Daybreak's files use. A cell left empty means that
nobody knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from uuid import UUID

from daybreak.kernel.money import Money
from daybreak.placement.sheets import Problems, Row, Sheet, shown
from daybreak.plan.tax.terms import Filing, Taxpayer

FIX = "Nothing was written. Fix the file and run the command again."
COLUMNS = ("employee", "fsa")
OPTIONAL = ("filing", "highly_paid", "owner", "earned_income", "spouse_income")
FILINGS = ("", *(filing.value for filing in Filing))
MOST = Money.dollars(100_000_000)


@dataclass(frozen=True)
class Said:
    """One line: who, and what is said of them."""

    employee_id: UUID
    taxpayer: Taxpayer
    owner: bool


def read_facts(text: str, find: Callable[[str], UUID | None], *, source: str = "facts.csv") -> tuple[Said, ...]:
    """Read a file; `find` knows the employer's employees. Raises BadInput with every problem found."""
    problems = Problems()
    sheet = Sheet(source, text, COLUMNS, problems, optional=OPTIONAL)
    problems.stop(do=FIX)
    said: dict[UUID, Said] = {}
    for row in sheet.rows():
        one = _said(row, find)
        if one is not None and one.employee_id in said:
            row.wrong(f"employee {shown(row.cells['employee'])} is there twice.")
        elif one is not None:
            said[one.employee_id] = one
    problems.stop(do=FIX)
    return tuple(said.values())


def _said(row: Row, find: Callable[[str], UUID | None]) -> Said | None:
    ref = row.text("employee")
    employee_id = find(ref) if ref else None
    if ref and employee_id is None:
        row.wrong(f"employee {shown(ref)} is no employee of this employer.")
    taxpayer = Taxpayer(
        filing=Filing(_choice(row, "filing", FILINGS) or Filing.ANYONE_ELSE),
        earned_income=_dollars(row, "earned_income"),
        spouse_income=_dollars(row, "spouse_income"),
        highly_paid=_choice(row, "highly_paid", ("", "0", "1")) == "1",
        fsa=_dollars(row, "fsa") or Money(0),
    )
    owner = _choice(row, "owner", ("", "0", "1")) == "1"
    return Said(employee_id, taxpayer, owner) if employee_id else None


def _choice(row: Row, column: str, known: tuple[str, ...]) -> str:
    return row.one_of(column, known) if column in row.cells else ""


def _dollars(row: Row, column: str) -> Money | None:
    cell = row.cells.get(column, "")
    if not cell:
        return None
    try:
        amount = Money.dollars(Decimal(cell))
    except (ValueError, InvalidOperation):
        row.wrong(f"{column} {shown(cell)} is not an amount in dollars like 5000.00.")
        return None
    if not Money(0) <= amount <= MOST:
        row.wrong(f"{column} {shown(cell)} is not from 0 to {MOST}.")
        return None
    return amount
