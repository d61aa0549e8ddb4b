"""How long does a plan year of a large employer take to close, and do its figures agree with plain SQL?

A made-up year is written into a database made for the purpose: 12 in 100 employees use the benefit, 4.5 days on
average, as published use of backup care has it. Then the year is closed as an employer would: lines that wait are
numbered, what is left is taken back, and box 10, the tests of section 129(d), December's payroll and the general ledger
are made. The baseline sums the same rows with plain SQL, and both must agree to the cent.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.resources import files as resources
from time import perf_counter
from uuid import UUID, uuid5

import numpy as np
from django.db import connection, transaction

from daybreak.bench.booking import temporary_database
from daybreak.bench.machine import machine, peak_mb
from daybreak.kernel.decisions import No
from daybreak.kernel.money import Money
from daybreak.people.actions import add_employer
from daybreak.people.terms import PayClass
from daybreak.plan.actions.books import Deed, hold, number_waiting, write_all
from daybreak.plan.actions.grants import end_years
from daybreak.plan.actions.load import load_plan
from daybreak.plan.books import files
from daybreak.plan.books.months import month_of, total
from daybreak.plan.books.queries import (
    book_lines,
    deductions_for,
    drift,
    fairness_of,
    imputed_in,
    off_balance,
)
from daybreak.plan.copay import cost_of
from daybreak.plan.ledger import Owners, allowance_of, charged, granted
from daybreak.plan.terms import OF_PEOPLE, Posting, Route, StoredPlan, Use

REACH = 0.12
DAYS_EACH = 4.5
YEAR = 2025
EMPLOYER = UUID("7d1a5a4c-5c2e-4d0e-9a43-0f6a35b0c7a1")
CLOSED_AT = datetime(YEAR + 1, 1, 5, 9, 0, tzinfo=UTC)
BATCH = 500
"""Employees written in one transaction."""

SUMS = """
SELECT kind, COUNT(DISTINCT owner), SUM(amount) FROM plan_line
WHERE kind IN ('tally', 'copays', 'provider') GROUP BY kind ORDER BY kind
"""
DECEMBER = """
SELECT SUM(plan_line.amount) FROM plan_line JOIN plan_entry ON plan_entry.id = plan_line.entry_id
WHERE plan_line.kind = 'copays' AND plan_entry.day < %s
"""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Used:
    """One employee's bookings of the year."""

    employee_id: UUID
    pay_class: PayClass
    days: tuple[date, ...]


def run(*, employees: int, seed: int, say: Say = lambda _: None) -> dict[str, object]:
    """Write a year, close it, sum it again with plain SQL, and report as formats.md says."""
    rng = np.random.default_rng(seed)
    with temporary_database():
        stored = _employer()
        users = _draw(rng, employees)
        begun = perf_counter()
        bookings = _write(stored, users, say)
        wrote = perf_counter() - begun
        ours, seconds = _close(stored, employees, say)
        theirs, plain = _plain_sql()
        agrees = ours["sums"] == theirs
        balanced = not off_balance() and not drift()
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM plan_line")
            lines = cursor.fetchone()[0]
    return {
        "what": "a plan year closed: lines numbered, days taken back, box 10, tests, payroll, general ledger",
        "n": employees,
        "seed": seed,
        "database": connection.vendor,
        "bookings": bookings,
        "lines": lines,
        "agrees_to_the_cent": agrees,
        "balanced": balanced,
        "seconds_to_write_the_year": round(wrote, 1),
        "ours": {
            **ours["figures"],
            "seconds": round(seconds, 1),
            "minutes": round(seconds / 60, 2),
            "peak_mb": round(peak_mb()),
        },
        "baseline": {"name": "the same rows summed with plain SQL", "seconds": round(plain, 2), **theirs},
        "ratio": {"seconds": round(seconds / plain, 1)},
        "machine": machine(),
    }


def _employer() -> StoredPlan:
    with transaction.atomic():
        add_employer(employer_id=EMPLOYER, name="Harbor Health", at=CLOSED_AT)
    text = (resources("daybreak") / "demo" / "plans" / "harbor-health.toml").read_text(encoding="utf-8")
    return load_plan(text.replace("2026", str(YEAR)).replace("2027", str(YEAR + 1)), source="bench", at=CLOSED_AT)


def _draw(rng: np.random.Generator, employees: int) -> list[Used]:
    users = []
    for number in np.flatnonzero(rng.random(employees) < REACH):
        count = int(np.clip(rng.poisson(DAYS_EACH), 1, 10))
        days = sorted(int(day) for day in rng.choice(365, size=count, replace=False))
        pay_class = PayClass.HOURLY if rng.random() < 0.75 else PayClass.SALARIED
        users.append(Used(_id(number), pay_class, tuple(date(YEAR, 1, 1) + timedelta(days=day) for day in days)))
    return users


def _id(number: object) -> UUID:
    return uuid5(EMPLOYER, f"employee {number}")


def _write(stored: StoredPlan, users: Sequence[Used], say: Say) -> int:
    """Grant and charge through the books' own writer, a few hundred employees a transaction."""
    bookings = 0
    for start in range(0, len(users), BATCH):
        some = users[start : start + BATCH]
        deeds = [deed for used in some for deed in _deeds(stored, used)]
        with transaction.atomic():
            people = {line.passbook for _, lines in deeds for line in lines if line.passbook.kind in OF_PEOPLE}
            write_all(deeds, hold(people))
        bookings += sum(len(used.days) for used in some)
        if start // BATCH % 10 == 0:
            say(f"{start + len(some):,} of {len(users):,} users written")
    return bookings


def _deeds(stored: StoredPlan, used: Used) -> list[tuple[Deed, tuple[Posting, ...]]]:
    plan, employee_id = stored.plan, used.employee_id
    passbook = allowance_of(plan, EMPLOYER, employee_id)
    first = _deed(stored, f"grant:{employee_id}", "grant", plan.year.since)
    deeds = [(first, granted(passbook, plan.allowance.amount))]
    cost = cost_of(plan, Use(Route.PLACE, used.pay_class, 1, 540))
    assert not isinstance(cost, No)
    for day in used.days:
        # One provider in two hundred, as families of a large employer meet them.
        owners = Owners(EMPLOYER, employee_id, (employee_id,), uuid5(EMPLOYER, f"provider {employee_id.int % 200}"))
        deed = _deed(stored, f"charge:{employee_id}:{day}", "charge", day, employee_id)
        deeds.append((deed, charged(plan, owners, day, cost, Money(95_00))))
    return deeds


def _deed(stored: StoredPlan, key: str, verb: str, day: date, employee_id: UUID | None = None) -> Deed:
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    return Deed(key, verb, "bench", EMPLOYER, day, at, plan_id=stored.plan_id, cite="bench", employee_id=employee_id)


def _close(stored: StoredPlan, employees: int, say: Say) -> tuple[dict[str, dict[str, object]], float]:
    begun = perf_counter()
    numbered = 0
    while done := number_waiting(limit=5000):
        numbered += done
        if numbered % 50_000 < 5000:
            say(f"{numbered:,} lines numbered")
    ended = end_years(stored=stored, at=CLOSED_AT, progress=lambda done: say(f"{done:,} passbooks ended"))
    while number_waiting(limit=5000):
        pass
    imputed = imputed_in(EMPLOYER, YEAR)
    fairness = fairness_of((_id(number) for number in range(employees)), EMPLOYER, YEAR)
    december = deductions_for(EMPLOYER, month_of(date(YEAR, 12, 1)), at=CLOSED_AT)
    ledger_file = files.general_ledger_csv(book_lines(EMPLOYER))
    made = [files.imputed_csv(imputed), files.deductions_csv(december), ledger_file]
    seconds = perf_counter() - begun
    say(f"closed in {seconds:.0f} s")
    figures: dict[str, object] = {
        "passbooks_ended": ended,
        "employees_in_box_10": len(imputed),
        "over_the_limit": sum(one.imputed.cents > 0 for one in imputed),
        "passes_tests": fairness.passes,
        "sha256_of_files": sha256("".join(made).encode()).hexdigest()[:12],
    }
    sums: dict[str, object] = {
        "box_10_cents": sum(one.box10.cents for one in imputed),
        "employees": len(imputed),
        "payroll_cents": total(december).cents,
        "providers_cents": _credit_of(ledger_file, "Liabilities:Providers"),
    }
    return {"figures": figures, "sums": sums}, seconds


def _credit_of(ledger_file: str, account: str) -> int:
    rows = (line.split(",") for line in ledger_file.splitlines()[1:])
    return sum(Money.dollars(credit).cents for _, name, _, credit in rows if name == account)


def _plain_sql() -> tuple[dict[str, object], float]:
    begun = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        found = {kind: (owners, int(amount)) for kind, owners, amount in cursor.fetchall()}
        cursor.execute(DECEMBER, [date(YEAR + 1, 1, 1)])
        payroll = int(cursor.fetchone()[0] or 0)
    seconds = perf_counter() - begun
    sums: dict[str, object] = {
        "box_10_cents": found["tally"][1],
        "employees": found["tally"][0],
        "payroll_cents": payroll,
        "providers_cents": -found["provider"][1],
    }
    return sums, seconds
