"""The books as files: lines as CSV, plain-text double entry (beancount), a general ledger, payroll deductions, imputed.

Every file is made from rows alone, in a fixed order, so that the same books give the same bytes. Employees go by a
reference, never by name; payroll knows who that is.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from daybreak.kernel.money import Money
from daybreak.kernel.refs import spoken
from daybreak.plan.terms import Counted, Part, PassbookKind

LINE_COLUMNS = (
    *(
        "entry",
        "day",
        "written_at",
        "verb",
        "because",
        "passbook",
        "owner",
        "number",
        "part",
        "unit",
        "amount",
        "balance",
    ),
    *("cite", "request", "booking", "credit", "reverses"),
)
GENERAL_COLUMNS = ("month", "account", "debit", "credit")
DEDUCTION_COLUMNS = ("employee", "care_day", "amount", "entry", "correction")
IMPUTED_COLUMNS = ("employee", "year", "box_10", "limit", "imputed")

IN_MONEY = (PassbookKind.COPAYS, PassbookKind.CARE, PassbookKind.PROVIDER)
COMMODITIES = {Counted.CENTS: "USD", Counted.DAYS: "DAYS", Counted.MINUTES: "MINUTES"}
ROOTS = {
    PassbookKind.ALLOWANCE: "Assets:Allowances",
    PassbookKind.COPAYS: "Assets:Copays",
    PassbookKind.TALLY: "Assets:Tallies",
    PassbookKind.BUDGET: "Assets:Budgets",
    PassbookKind.CARE: "Expenses:Care",
    PassbookKind.PROVIDER: "Liabilities:Providers",
    PassbookKind.GRANTED: "Equity:Granted",
    PassbookKind.TALLIES: "Equity:Tallied",
    PassbookKind.SET_ASIDE: "Equity:SetAside",
}
"""What each passbook is to a bookkeeper: care is the only expense; what only counts has equity against it."""


@dataclass(frozen=True)
class BookLine:
    """One line as the files write it."""

    entry_id: UUID
    day: date
    at: datetime
    verb: str
    because: str
    kind: PassbookKind
    owner: UUID
    counted: Counted
    part: Part
    amount: int
    number: int | None
    balance: int | None
    cite: str
    request_id: UUID | None
    booking_id: UUID | None
    credit: str
    reverses_id: UUID | None


@dataclass(frozen=True)
class Deduction:
    """A copay that payroll takes, or gives back where it is below zero."""

    employee_id: UUID
    day: date
    amount: Money
    entry_id: UUID
    is_correction: bool
    """Whether the care was in an earlier month, and its line was written after that month was closed."""


@dataclass(frozen=True)
class Imputed:
    """What a calendar year comes to for one employee, FSA included."""

    employee_id: UUID
    year: int
    box10: Money
    limit: Money
    imputed: Money


def lines_csv(lines: Iterable[BookLine]) -> str:
    """Every line with what it is for."""
    return _csv(LINE_COLUMNS, (_cells(line) for line in lines))


def beancount(lines: Iterable[BookLine], title: str) -> str:
    """The books as plain-text double entry that `bean-check` accepts, money and days alike.

    The entries of one day stand in the order they were written. What people owe and what they may use is theirs, by
    reference.
    """
    entries: dict[UUID, list[BookLine]] = {}
    for line in lines:
        entries.setdefault(line.entry_id, []).append(line)
    opened: dict[str, tuple[date, str]] = {}
    for line in (line for entry in entries.values() for line in entry):
        name, commodity = account_name(line), COMMODITIES[line.counted]
        if name not in opened or line.at.date() < opened[name][0]:
            opened[name] = (line.at.date(), commodity)
    text = [f'option "title" "{_quoted(title)}"', 'option "operating_currency" "USD"', ""]
    text += [f"{since} open {name} {commodity}" for name, (since, commodity) in sorted(opened.items())]
    for entry in entries.values():
        text += ["", *_transaction(entry)]
    return "\n".join(text) + "\n"


def general_ledger_csv(lines: Iterable[BookLine]) -> str:
    """Money by month and account, as debits and credits, for an employer's own general ledger."""
    sums: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.counted is Counted.CENTS and line.kind in (
            PassbookKind.COPAYS,
            PassbookKind.CARE,
            PassbookKind.PROVIDER,
        ):
            key = (line.at.strftime("%Y-%m"), ROOTS[line.kind])
            sums[key] = sums.get(key, 0) + line.amount
    rows = (
        (month, account, _dollars(max(total, 0)), _dollars(max(-total, 0)))
        for (month, account), total in sorted(sums.items())
    )
    return _csv(GENERAL_COLUMNS, rows)


def deductions_csv(deductions: Iterable[Deduction]) -> str:
    """What payroll takes for a month, line by line."""
    return _csv(
        DEDUCTION_COLUMNS,
        (
            (
                employee_name(one.employee_id),
                one.day.isoformat(),
                _dollars(one.amount.cents),
                str(one.entry_id),
                "1" if one.is_correction else "0",
            )
            for one in deductions
        ),
    )


def imputed_csv(rows: Iterable[Imputed]) -> str:
    """What goes into box 10, and what is added to boxes 1, 3 and 5, by employee."""
    return _csv(
        IMPUTED_COLUMNS,
        (
            (
                employee_name(one.employee_id),
                str(one.year),
                _dollars(one.box10.cents),
                _dollars(one.limit.cents),
                _dollars(one.imputed.cents),
            )
            for one in rows
        ),
    )


def employee_name(employee_id: UUID) -> str:
    """How files call an employee: the whole id, which an employer's own roster can be joined on."""
    return str(employee_id)


def account_name(line: BookLine) -> str:
    """The account of a line in plain-text books.

    Its owner's reference keeps two people apart; the whole id, because short names may meet.
    """
    own = line.kind in (PassbookKind.CARE, PassbookKind.GRANTED, PassbookKind.TALLIES, PassbookKind.SET_ASIDE)
    unit = {Counted.DAYS: ":Days", Counted.MINUTES: ":Minutes"}.get(line.counted, "")
    return f"{ROOTS[line.kind]}{unit}" if own else f"{ROOTS[line.kind]}{unit}:X{line.owner.hex}"


def _transaction(entry: list[BookLine]) -> list[str]:
    first = entry[0]
    head = f'{first.at.date()} * "{first.verb}" "{_quoted(first.cite)}"'
    about = [f'  entry: "{first.entry_id}"', f"  care-day: {first.day}", f'  because: "{first.because}"']
    if first.request_id:
        about.append(f'  request: "{spoken("R", first.request_id)}"')
    return [head, *about, *(f"  {account_name(line)}  {_amount(line)} {COMMODITIES[line.counted]}" for line in entry)]


def _cells(line: BookLine) -> tuple[str, ...]:
    balance = "" if line.balance is None else _said(line.counted, line.balance)
    return (
        *(str(line.entry_id), line.day.isoformat(), line.at.isoformat(), line.verb, line.because),
        *(line.kind.value, str(line.owner), str(line.number or ""), line.part.value, COMMODITIES[line.counted]),
        *(_amount(line), balance, line.cite, str(line.request_id or ""), str(line.booking_id or "")),
        *(line.credit, str(line.reverses_id or "")),
    )


def _amount(line: BookLine) -> str:
    return _said(line.counted, line.amount)


def _said(counted: Counted, amount: int) -> str:
    return _dollars(amount) if counted is Counted.CENTS else str(amount)


def _dollars(cents: int) -> str:
    """Cents as dollars with two digits and no sign of thousands, as programs read them.

    >>> _dollars(-5), _dollars(123456)
    ('-0.05', '1234.56')
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; amounts keep their sign.

    >>> _safe("=1+1"), _safe("-5.00")
    ("'=1+1", '-5.00')
    """
    return f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") else cell
