"""Whatever is booked, canceled, given back, changed in the plan or ended with the year: the books add up."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import ADA, BEN, DAWN, ROSA, Opened
from cast import household_of as household
from daybreak.demo.cast import made_id
from daybreak.kernel.errors import BadInput
from daybreak.kernel.money import Money
from daybreak.plan import ledger
from daybreak.plan.actions.books import number_waiting
from daybreak.plan.actions.charge import charge, give_back
from daybreak.plan.actions.grants import end_year, give_hardship
from daybreak.plan.actions.load import load_plan
from daybreak.plan.books.queries import balances_of, drift, every_posting, off_balance
from daybreak.plan.ledger import Owners, charged, replayed, taken_back
from daybreak.plan.queries import plan_on
from daybreak.plan.terms import OF_PEOPLE, Booked, Cost, Part, PassbookKind, Route
from plans import changed, plan

HARBOR, EMPLOYEE = made_id("Harbor Health"), made_id("employee rosa")
ROUTES = (Route.PLACE, Route.ASK, Route.IN_HOME)

DEEDS = st.one_of(
    st.tuples(st.just("book"), st.integers(0, 5), st.sampled_from(ROUTES), st.integers(1, 2), st.integers(0, 500)),
    st.tuples(st.just("give-back"), st.integers(0, 5), st.none() | st.integers(-60, 300)),
    st.tuples(st.just("hardship"), st.integers(0, 4)),
    st.tuples(st.just("plan"), st.integers(1, 27), st.integers(3, 14)),
    st.tuples(st.just("end-year"), st.integers(0, 1)),
    st.tuples(st.just("number"), st.integers(1, 9)),
)


def do(deed: tuple[object, ...]) -> None:
    match deed:
        case ("book", int(number), Route() as route, int(children), int(offset)):
            book(number, route, children, date(2026, 1, 1) + timedelta(days=offset))
        case ("give-back", int(number), before):
            late = None if before is None else timedelta(minutes=int(str(before)))
            give_back(booking_id=UUID(int=number), because="cancel", at=DAWN, family_canceled_before=late)
        case ("hardship", int(amount)):
            stored = plan_on(HARBOR, date(2026, 3, 2))
            assert stored is not None
            give_hardship(stored=stored, owner=EMPLOYEE, amount=amount, because="other", at=DAWN, actor=ROSA)
        case ("plan", int(day), int(amount)):
            change_plan(day, amount)
        case ("end-year", int(later)):
            stored = plan_on(HARBOR, date(2026, 3, 2))
            assert stored is not None
            end_year(stored=stored, owner=EMPLOYEE, at=datetime(2026 + later, 6, 1, tzinfo=UTC))
        case ("number", int(limit)):
            number_waiting(limit=limit)


def book(number: int, route: Route, children: int, day: date) -> None:
    one = Booked(
        booking_id=UUID(int=number),
        request_id=UUID(int=100 + number),
        employer_id=HARBOR,
        household_id=household("rosa"),
        person_id=ROSA,
        child_ids=(ADA, BEN)[:children],
        day=day,
        minutes=510,
        route=route,
        site_id=made_id("little-oaks"),
        provider_id=made_id("provider of little-oaks"),
    )
    with transaction.atomic():
        if not charge(one, at=DAWN):
            transaction.set_rollback(True)


def change_plan(day: int, amount: int) -> None:
    swaps = (("[year]", f"takes_effect = 2026-02-{day:02d}\n\n[year]"), ("amount = 10", f"amount = {amount}"))
    try:
        with transaction.atomic():
            load_plan(changed(*swaps), source="plan.toml", at=DAWN)
    except BadInput as refused:
        assert "may have decided" in str(refused)  # noqa: PT017 - the law is about what follows


@pytest.mark.django_db
@given(st.lists(DEEDS, min_size=1, max_size=14))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_books_add_up_after_any_sequence_of_deeds(opened: Opened, deeds: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        load_plan(changed().replace("2027", "2028").replace("2026", "2027"), source="2027.toml", at=DAWN)
        for deed in deeds:
            do(deed)
        for deed in deeds:
            if deed[0] == "give-back":
                do(deed)  # the same event twice changes nothing, which the sums below would show
        while number_waiting(limit=50):
            pass
        replay = replayed(every_posting(HARBOR))
        said = balances_of(HARBOR)
        assert drift() == []
        assert off_balance() == []
        assert {book: said[book] for book in replay} == replay
        assert all(balance == 0 for book, balance in said.items() if book not in replay)
        assert min([balance for book, balance in said.items() if book.kind in OF_PEOPLE], default=0) >= 0
        transaction.set_rollback(True)


OWNERS = Owners(UUID(int=1), UUID(int=2), (UUID(int=2),), UUID(int=3), UUID(int=4))
COSTS = st.builds(
    Cost,
    st.integers(0, 3),
    st.integers(0, 9_999).map(Money),
    st.integers(0, 99_999).map(Money),
    st.just("4.1"),
)


@given(COSTS, st.none() | st.integers(0, 99_999).map(Money), st.sets(st.sampled_from([Part.DAY, Part.COPAY])))
def test_cents_are_neither_made_nor_lost(cost: Cost, price: Money | None, kept: set[Part]) -> None:
    lines = charged(plan(), OWNERS, date(2026, 3, 2), cost, price)
    back = taken_back(lines, frozenset(kept))
    assert ledger.off_balance(lines) == ledger.off_balance(back) == {}
    left = replayed([*lines, *back])
    # What is kept is kept whole, and all else is as if it had never been.
    by_kind = {book.kind: balance for book, balance in left.items() if balance}
    expected: dict[PassbookKind, int] = {}
    if Part.DAY in kept and cost.amount:
        expected |= {PassbookKind.ALLOWANCE: -cost.amount, PassbookKind.GRANTED: cost.amount}
    if Part.COPAY in kept and cost.copay.cents:
        expected |= {PassbookKind.COPAYS: cost.copay.cents, PassbookKind.CARE: -cost.copay.cents}
    assert by_kind == expected
