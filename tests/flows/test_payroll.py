"""The clerk's month: due after care and never before, closed in order, the same file to the byte, corrections later."""

import csv
import io
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from cast import DAWN, LUCIA, MARISOL, MONDAY, ROSA, Opened, clock
from cast import household_of as household
from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import events_of
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.kernel.money import Money
from daybreak.plan.actions.charge import charge, give_back
from daybreak.plan.actions.facts import say_tax_facts
from daybreak.plan.actions.months import close_month
from daybreak.plan.books.files import deductions_csv
from daybreak.plan.books.months import Month, month_of
from daybreak.plan.books.queries import deductions_for
from daybreak.plan.models import MonthClosed
from daybreak.plan.tax.terms import Taxpayer
from daybreak.plan.terms import Booked, Route
from web_visits import at_dawn, newcomer, seen, visitor

LAKESHORE, EMPLOYEE = made_id("Lakeshore Logistics"), made_id("employee marisol")
MARCH, APRIL, MAY = (month_of(date(2026, month, 1)) for month in (3, 4, 5))
FIRST_OF_APRIL = clock(9, day=date(2026, 4, 1))


def book(number: int, day: date, *, at: datetime = DAWN) -> None:
    one = Booked(
        booking_id=UUID(int=number),
        request_id=UUID(int=1000 + number),
        employer_id=LAKESHORE,
        household_id=household("marisol"),
        person_id=MARISOL,
        child_ids=(LUCIA,),
        day=day,
        minutes=300,
        route=Route.PLACE,
        site_id=made_id("west-side"),
        provider_id=made_id("provider of west-side"),
    )
    with transaction.atomic():
        assert charge(one, at=at) == Yes()


def due(month: Month, at: datetime) -> list[tuple[date, Money, bool]]:
    return [(one.day, one.amount, one.is_correction) for one in deductions_for(LAKESHORE, month, at=at)]


def close(month: Month, at: datetime) -> object:
    return close_month(employer_id=LAKESHORE, month=month, at=at, actor=ROSA)


def test_a_copay_is_due_in_the_month_of_its_care_and_never_before(opened: Opened) -> None:
    book(1, MONDAY)
    book(2, date(2026, 4, 20))
    assert due(MARCH, FIRST_OF_APRIL) == [(MONDAY, Money(500), False)]
    assert due(APRIL, clock(9, day=date(2026, 5, 1)))[-1] == (date(2026, 4, 20), Money(500), False)


def test_what_was_given_back_is_not_due(opened: Opened) -> None:
    book(1, MONDAY)
    with transaction.atomic():
        give_back(booking_id=UUID(int=1), because="withdraw", at=DAWN)
    assert due(MARCH, FIRST_OF_APRIL) == []


def test_a_closed_month_stays_the_same_to_the_byte_and_later_changes_are_corrections(opened: Opened) -> None:
    book(1, MONDAY)
    book(2, date(2026, 3, 9))
    assert close(MARCH, FIRST_OF_APRIL) == Yes()
    before = deductions_csv(deductions_for(LAKESHORE, MARCH, at=FIRST_OF_APRIL))
    later = FIRST_OF_APRIL + timedelta(days=3)
    with transaction.atomic():
        give_back(booking_id=UUID(int=2), because="withdraw", at=later)
    book(3, date(2026, 3, 30), at=later)
    assert deductions_csv(deductions_for(LAKESHORE, MARCH, at=later)) == before
    row = MonthClosed.objects.get()
    assert (row.sha256, row.total) == (sha256(before.encode()).hexdigest(), 10_00)
    assert due(APRIL, clock(9, day=date(2026, 5, 1))) == [
        (date(2026, 3, 9), Money(-500), True),
        (date(2026, 3, 30), Money(500), True),
    ]
    (event,) = events_of("month", row.pk)
    assert (event.verb, event.actor) == ("close", ROSA)


def test_months_close_in_their_order_once_and_not_before_they_are_over(opened: Opened) -> None:
    early = close(MARCH, clock(9, day=date(2026, 3, 31)))
    assert isinstance(early, No)
    assert early.reasons[0].code == "month-not-over"
    assert close(MARCH, FIRST_OF_APRIL) == close(MARCH, FIRST_OF_APRIL + timedelta(days=1)) == Yes()
    skipped = close(MAY, clock(9, day=date(2026, 6, 1)))
    assert isinstance(skipped, No)
    assert skipped.reasons[0].code == "months-in-order"
    assert MonthClosed.objects.count() == 1


def test_the_first_file_takes_what_went_before(opened: Opened) -> None:
    book(1, MONDAY)
    assert due(APRIL, clock(9, day=date(2026, 5, 1))) == [(MONDAY, Money(500), True)]


@pytest.fixture
def clerk(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> Client:
    at_dawn(monkeypatch, FIRST_OF_APRIL)
    book(1, MONDAY)
    book(2, MONDAY)
    say_tax_facts(employee_id=EMPLOYEE, year=2026, taxpayer=Taxpayer(fsa=Money.dollars(7200)), at=DAWN)
    return visitor(newcomer(RoleKind.CLERK, LAKESHORE))


def test_the_clerk_sees_what_is_due_and_what_looks_wrong_without_a_name(clerk: Client) -> None:
    assert "March 2026 $10.00 open" in seen(clerk.get("/payroll")).said
    page = seen(clerk.get("/payroll/2026-03"))
    assert "Employees with a copay 1" in page.said
    assert "Together $10.00" in page.said
    assert "Two bookings of one employee on one day 1" in page.said
    assert "Employees within $500.00 of the tax limit, or past it 1" in page.said
    assert "nobody is listed as highly paid" in page.said
    assert "Marisol" not in page.said


def test_one_button_closes_the_month_and_one_saves_each_file(clerk: Client) -> None:
    assert "Close this month" in seen(clerk.get("/payroll/2026-03")).said
    clerk.post("/payroll/2026-03")
    page = seen(clerk.get("/payroll/2026-03"))
    assert "Closed on April 1, 2026." in page.said
    saved = [link["href"] for link in page.every("a") if (link.get("href") or "").endswith(".csv")]
    assert len(saved) == 4
    for path in saved:
        answers = [clerk.get(path) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert answers[0]["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(clerk.get("/payroll/2026-03/deductions.csv").content.decode())))
    assert [(row["employee"], row["amount"]) for row in rows] == [(str(EMPLOYEE), "10.00")]
    (box10,) = csv.DictReader(io.StringIO(clerk.get("/payroll/2026-03/box-10.csv").content.decode()))
    assert (box10["box_10"], box10["imputed"]) == ("7310.00", "0.00")


def test_a_clerk_of_another_employer_sees_another_employers_books(clerk: Client) -> None:
    other = visitor(newcomer(RoleKind.CLERK, made_id("Harbor Health")))
    assert "$10.00" not in seen(other.get("/payroll/2026-03")).said
    assert str(EMPLOYEE) not in other.get("/payroll/2026-03/books.csv").content.decode()


@pytest.mark.parametrize("path", ["/payroll/2026-13", "/payroll/march", "/payroll/2026-03/other.csv"])
def test_what_is_no_month_or_file_is_not_there(clerk: Client, path: str) -> None:
    assert clerk.get(path).status_code == 404
