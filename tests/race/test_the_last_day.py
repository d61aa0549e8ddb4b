"""Two parents spend the last day at once: one of them has it, and a reserve is never overspent by many at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, transaction

from cast import ADA, BEN, DAWN, MONDAY, ROSA, open_cast
from cast import household_of as household
from daybreak.demo.cast import made_id
from daybreak.people.actions import add_employee, lock_household
from daybreak.people.terms import PayClass
from daybreak.plan import ledger
from daybreak.plan.actions.books import number_waiting
from daybreak.plan.actions.charge import charge
from daybreak.plan.actions.load import load_plan
from daybreak.plan.books.queries import balance_of, drift, off_balance
from daybreak.plan.models import BudgetCount
from daybreak.plan.queries import plan_on
from daybreak.plan.terms import Booked, Route
from plans import changed

pytestmark = pytest.mark.xdist_group("race")

HARBOR, THEO = made_id("Harbor Health"), made_id("theo")


def booked(number: int, person: UUID, key: str = "rosa") -> Booked:
    return Booked(
        booking_id=UUID(int=number),
        request_id=UUID(int=1000 + number),
        employer_id=HARBOR,
        household_id=household(key),
        person_id=person,
        child_ids=(ADA, BEN),
        day=MONDAY,
        minutes=510,
        route=Route.PLACE,
        site_id=made_id("little-oaks"),
        provider_id=made_id("provider of little-oaks"),
    )


def at_once(wishes: list[Booked], *, locked: bool) -> int:
    """Charge all of them at the same moment, as bookings do; returns how many were granted."""
    start = Barrier(len(wishes))

    def one(wish: Booked) -> bool:
        try:
            start.wait()
            with transaction.atomic():
                if locked:
                    lock_household(wish.household_id)
                granted = bool(charge(wish, at=DAWN))
                if not granted:
                    transaction.set_rollback(True)
            return granted
        finally:
            connection.close()

    with ThreadPoolExecutor(len(wishes)) as pool:
        return sum(pool.map(one, wishes))


@pytest.mark.parametrize("locked", [True, False], ids=["in their turn", "even without the household's lock"])
def test_two_parents_cannot_both_spend_the_last_day(transactional_db: None, locked: bool) -> None:
    open_cast()
    text = changed(
        ("[year]", "takes_effect = 2026-02-01\n\n[year]"),
        ('per = "employee"', 'per = "household"'),
        ("amount = 10", "amount = 1"),
        ("carry_over = 3", "carry_over = 0"),
    )
    load_plan(text, source="household.toml", at=DAWN)
    add_employee(
        employee_id=UUID(int=78),
        employer_id=HARBOR,
        person_id=THEO,
        household_id=household("rosa"),
        work_site_id=made_id("Harbor Health, main hospital"),
        pay_class=PayClass.SALARIED,
        at=DAWN,
    )
    assert at_once([booked(1, ROSA), booked(2, THEO), booked(3, ROSA), booked(4, THEO)], locked=locked) == 1
    stored = plan_on(HARBOR, MONDAY)
    assert stored is not None
    assert balance_of(ledger.allowance_of(stored.plan, HARBOR, household("rosa"))) == 0
    while number_waiting():
        pass
    assert (drift(), off_balance()) == ([], [])


def test_many_at_once_never_overspend_a_reserve(transactional_db: None) -> None:
    open_cast()
    lines = ("[[budget]]", 'work_site = "Harbor Health, main hospital"', "quarter = 1", "most = 600.00", 'cite = "5.1"')
    budget = "\n".join([*lines, "", "[[example]]"])
    swaps = (("[year]", "takes_effect = 2026-02-01\n\n[year]"), ("[[example]]", budget))
    load_plan(changed(*swaps), source="budget.toml", at=DAWN)
    # Each costs 190 dollars at Little Oaks' contract: three fit into 600.
    assert at_once([booked(number, ROSA) for number in range(8)], locked=False) == 3
    assert BudgetCount.objects.get().spent == 570_00
    assert drift() == []
