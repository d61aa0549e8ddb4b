"""A booking is counted and charged where it is made, and given back where it ends; the books balance all along."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cast import (
    ADA,
    BEN,
    DAWN,
    LITTLE_OAKS,
    MARISOL,
    MONDAY,
    MS_OKAFOR,
    ROSA,
    SAM,
    Opened,
    clock,
    close_all_but,
    set_offer,
)
from cast import household_of as household
from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_missed
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.clock import work_due
from daybreak.care.models import CareRequest
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.caregivers.actions import set_rate
from daybreak.plan import ledger
from daybreak.plan.actions.books import Deed, hold, number_waiting, write
from daybreak.plan.actions.charge import charge, give_back
from daybreak.plan.actions.grants import end_year, end_years, give_hardship
from daybreak.plan.actions.grants import opened as opened_passbook
from daybreak.plan.actions.load import load_plan
from daybreak.plan.books.queries import (
    balance_of,
    balances_of,
    charged_for,
    drift,
    every_posting,
    lines_of,
    off_balance,
    waiting,
)
from daybreak.plan.models import Account, BudgetCount, Entry, Line, PlanFile
from daybreak.plan.queries import plan_on, standing_of
from daybreak.plan.terms import Booked, Part, Passbook, PassbookKind, Route, StoredPlan
from plans import changed

HARBOR, LAKESHORE = made_id("Harbor Health"), made_id("Lakeshore Logistics")
EMPLOYEE = made_id("employee rosa")
LUCIA = made_id("child Lucía")


def held(view: RequestView) -> BookingView:
    assert view.booking is not None
    return view.booking


def plan_of(employer: UUID = HARBOR, day: date = MONDAY) -> StoredPlan:
    stored = plan_on(employer, day)
    assert stored is not None
    return stored


def days() -> Passbook:
    return ledger.allowance_of(plan_of().plan, HARBOR, EMPLOYEE)


def tally(employee: UUID = EMPLOYEE, employer: UUID = HARBOR) -> Passbook:
    return ledger.of_year(PassbookKind.TALLY, employee, employer, MONDAY)


def booked(number: int = 1, **other: object) -> Booked:
    facts = {
        "booking_id": UUID(int=number),
        "request_id": UUID(int=1000 + number),
        "employer_id": HARBOR,
        "household_id": household("rosa"),
        "person_id": ROSA,
        "child_ids": (ADA, BEN),
        "day": MONDAY,
        "minutes": 510,
        "route": Route.PLACE,
        "site_id": LITTLE_OAKS,
        "provider_id": made_id("provider of little-oaks"),
    }
    return Booked(**{**facts, **other})  # type: ignore[arg-type]


def charged(one: Booked) -> object:
    with transaction.atomic():
        return charge(one, at=DAWN)


def adds_up() -> bool:
    while number_waiting():
        pass
    replayed = ledger.replayed(every_posting(HARBOR))
    said = {book: balance for book, balance in balances_of(HARBOR).items() if balance or book in replayed}
    return drift() == [] and off_balance() == [] and waiting() == 0 and replayed == said


def test_a_booking_uses_one_day_however_many_children_and_counts_its_fair_value(opened: Opened) -> None:
    view = opened.asked()
    assert held(view).state is BookingState.CONFIRMED
    used, granted = lines_of(days())
    assert (granted.number, granted.amount, granted.verb) == (1, 10, "grant")
    assert (used.number, used.amount, used.balance, used.verb) == (2, -1, 9, "charge")
    assert (used.cite, used.request_id, used.booking_id) == ("Handbook 4.1", view.request_id, held(view).booking_id)
    assert charged_for([held(view).booking_id]) == {held(view).booking_id: {Part.DAY: -1, Part.TALLY: 172_00}}
    assert adds_up()


def test_hours_are_counted_for_the_household_and_a_copay_is_owed_by_the_employee(opened: Opened) -> None:
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], starts=time(8), ends=time(16, 30))
    stored = plan_of(LAKESHORE)
    assert balance_of(ledger.allowance_of(stored.plan, LAKESHORE, household("marisol"))) == (80 - 8.5) * 60
    owed = ledger.of_year(PassbookKind.COPAYS, made_id("employee marisol"), LAKESHORE, MONDAY)
    assert balance_of(owed) == 5_00
    # Fair value less copay is what the employer gave.
    assert balance_of(tally(made_id("employee marisol"), LAKESHORE)) == 55_00
    assert held(view).state in (BookingState.CONFIRMED, BookingState.HELD)


def test_what_a_home_declines_and_what_the_clock_ends_is_given_back(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked(decide_by=clock(6, 40))
    assert held(view).state is BookingState.HELD
    assert balance_of(days()) == 9
    assert decline_booking(booking_id=held(view).booking_id, actor=SAM, at=DAWN) == Yes()
    assert balance_of(days()) == 10
    assert balance_of(tally()) == 0
    assert [line.because for line in lines_of(days())] == ["decline", "booked", "plan"]
    assert adds_up()


def test_a_hold_nobody_answers_costs_nothing(opened: Opened) -> None:
    close_all_but("larkin")
    opened.asked(decide_by=clock(7, 0))
    assert balance_of(days()) == 9
    work_due(at=clock(6, 59), holder="test")
    assert balance_of(days()) == 10
    assert adds_up()


def test_a_home_that_takes_back_its_yes_costs_nothing_and_the_next_place_is_charged_once(opened: Opened) -> None:
    view = opened.asked()
    withdraw_booking(booking_id=held(view).booking_id, actor=MS_OKAFOR, at=DAWN)
    again = opened.view(view.request_id)
    assert balance_of(days()) == (9 if again.booking else 10)
    first = charged_for([held(view).booking_id])[held(view).booking_id]
    assert first == {Part.DAY: 0, Part.TALLY: 0}
    assert adds_up()


def test_a_family_that_cancels_in_time_gets_its_day_back(opened: Opened) -> None:
    view = opened.asked(day=MONDAY + timedelta(days=0), starts=time(9), ends=time(15, 30))
    arrives = held(view).arrives_at
    assert cancel_request(request_id=view.request_id, actor=ROSA, at=arrives - timedelta(hours=2)) == Yes()
    assert balance_of(days()) == 10


def test_a_family_that_cancels_late_has_used_the_day_and_nothing_is_taxed(opened: Opened) -> None:
    view = opened.asked()
    late = held(view).arrives_at - timedelta(hours=1, minutes=59)
    cancel_request(request_id=view.request_id, actor=ROSA, at=max(late, DAWN))
    assert balance_of(days()) == 9
    assert balance_of(tally()) == 0
    assert (lines_of(tally())[0].verb, lines_of(tally())[0].cite) == ("give-back", "Handbook 3.4")
    assert adds_up()


def test_a_hold_costs_nothing_however_late_it_is_canceled(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked(decide_by=clock(6, 40))
    cancel_request(request_id=view.request_id, actor=ROSA, at=clock(6, 10))
    assert balance_of(days()) == 10


def test_who_does_not_come_has_used_the_day_as_the_plan_says_and_nothing_is_taxed(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked(decide_by=clock(6, 40))
    before = Entry.objects.count()
    assert confirm_booking(booking_id=held(view).booking_id, actor=SAM, at=DAWN) == Yes()
    assert Entry.objects.count() == before, "confirming a hold changes nothing in the books"
    assert mark_missed(booking_id=held(view).booking_id, actor=SAM, at=clock(9)) == Yes()
    assert (balance_of(days()), balance_of(tally())) == (9, 0)
    assert adds_up()


def test_nobody_asks_for_more_days_than_are_left_and_nothing_is_written(opened: Opened) -> None:
    for number in range(10):
        assert charged(booked(number)) == Yes()
    before = (Entry.objects.count(), CareRequest.objects.count())
    answer = opened.ask()
    assert isinstance(answer, No)
    (reason,) = answer.reasons
    assert (reason.code, reason.facts, reason.cite) == ("allowance-spent", {"left": 0, "wanted": 1}, "Handbook 3.1")
    assert (Entry.objects.count(), CareRequest.objects.count()) == before
    refused = charged(booked(10))
    assert isinstance(refused, No)
    assert refused.reasons == answer.reasons
    assert balance_of(days()) == 0
    assert adds_up()


def test_a_family_whose_days_ran_out_while_it_waited_is_told_so_in_the_statement(opened: Opened) -> None:
    close_all_but("night-owl")
    view = opened.asked(decide_by=clock(6, 40))
    assert view.state is RequestState.ASKED
    for number in range(10):
        charged(booked(number))
    set_offer("okafor", 2)
    work_due(at=clock(6, 0), holder="test")
    waits = opened.view(view.request_id)
    assert waits.booking is None
    assert "allowance-spent" in [line.reason.code for line in waits.why_not]


def test_a_route_the_plan_does_not_have_is_not_taken(opened: Opened) -> None:
    whole = PlanFile.objects.get(employer=LAKESHORE)
    before, _, after = whole.text.partition("# A caregiver who comes to the home")
    examples = after[after.index("[[example]]") : after.rindex("[[example]]")]
    whole.delete()
    load_plan(before + examples, source="without caregivers", at=DAWN)
    close_all_but("ines")
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], decide_by=clock(7, 0))
    assert view.booking is None
    assert "route-not-covered" in [line.reason.code for line in view.why_not]


def test_without_a_plan_nothing_is_counted(opened: Opened) -> None:
    assert charged(booked(day=date(2031, 1, 6))) == Yes()
    assert Entry.objects.count() == 0


def test_the_same_event_twice_changes_nothing(opened: Opened) -> None:
    charged(booked())
    charged(booked())
    assert balance_of(days()) == 9
    for _ in range(2):
        with transaction.atomic():
            give_back(booking_id=UUID(int=1), because="withdraw", at=DAWN)
    assert balance_of(days()) == 10
    assert Entry.objects.filter(verb__in=["charge", "give-back"]).count() == 2


def test_a_charge_belongs_in_a_transaction(transactional_db: None) -> None:
    with pytest.raises(RuntimeError):
        charge(booked(), at=DAWN)
    with pytest.raises(RuntimeError):
        give_back(booking_id=UUID(int=1), because="withdraw", at=DAWN)


def test_the_provider_is_owed_its_rate_and_the_employer_bears_it(opened: Opened) -> None:
    # Little Oaks has a contract with Harbor Health at 95 dollars; Ms. Okafor says her own rate.
    charged(booked(1))
    set_rate(site_id=made_id("okafor"), cents=70_00, at=DAWN, actor=MS_OKAFOR)
    charged(booked(2, site_id=made_id("okafor"), provider_id=made_id("provider of okafor")))
    assert adds_up()
    owed = {book.owner: -balance for book, balance in balances_of(HARBOR).items() if book.kind is PassbookKind.PROVIDER}
    assert owed == {made_id("provider of little-oaks"): 190_00, made_id("provider of okafor"): 140_00}
    (care,) = [balance for book, balance in balances_of(HARBOR).items() if book.kind is PassbookKind.CARE]
    assert care == 330_00


def test_lines_of_shared_passbooks_wait_for_the_worker(opened: Opened) -> None:
    charged(booked())
    assert {line.kind for line in Line.objects.filter(number=None)} == {"granted", "care", "provider", "tallies"}
    assert set(Account.objects.values_list("kind", flat=True)) <= {"allowance", "copays", "tally"}
    assert number_waiting(limit=2) == 2
    assert number_waiting() > 0
    assert number_waiting() == 0
    numbers = Line.objects.filter(kind="granted").order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert adds_up()


BUDGET = (
    "# A caregiver who comes to the home",
    '[[budget]]\nwork_site = "Harbor Health, main hospital"\nquarter = 1\nmost = 400.00\n'
    'cite = "Handbook 5.1"\n\n# A caregiver who comes to the home',
)


def with_budget() -> None:
    load_plan(changed(("[year]", "takes_effect = 2026-02-01\n\n[year]"), BUDGET), source="b.toml", at=DAWN)


def test_a_reserve_is_never_overspent_and_gives_back_what_was_taken(opened: Opened) -> None:
    with_budget()
    assert [bool(charged(booked(number))) for number in range(3)] == [True, True, False]
    refused = charged(booked(3))
    assert isinstance(refused, No)
    assert (refused.reasons[0].code, refused.reasons[0].cite) == ("budget-spent", "Handbook 5.1")
    assert BudgetCount.objects.get().spent == 380_00
    with transaction.atomic():
        give_back(booking_id=UUID(int=0), because="withdraw", at=DAWN)
    assert BudgetCount.objects.get().spent == 190_00
    assert adds_up()
    # In another quarter there is no reserve, and so no limit.
    assert charged(booked(9, day=date(2026, 4, 1))) == Yes()


def test_a_later_plan_grants_the_difference_and_takes_back_no_more_than_is_left(opened: Opened) -> None:
    for number in range(8):
        charged(booked(number))
    july = ("[year]", "takes_effect = 2026-07-01\n\n[year]")
    load_plan(changed(july, ("amount = 10", "amount = 12")), source="july.toml", at=DAWN)
    assert charged(booked(20, day=date(2026, 7, 6))) == Yes()
    assert balance_of(days()) == 3
    october = ("[year]", "takes_effect = 2026-10-01\n\n[year]")
    load_plan(changed(october, ("amount = 10", "amount = 5")), source="october.toml", at=DAWN)
    assert not charged(booked(21, day=date(2026, 10, 5)))
    standing = standing_of(ROSA, household("rosa"), [ADA], date(2026, 10, 5))
    assert standing is not None
    assert standing.left == {EMPLOYEE: 0}
    assert adds_up()


def test_days_are_carried_over_up_to_the_plans_most_and_the_rest_ends_with_the_year(opened: Opened) -> None:
    for number in range(5):
        charged(booked(number))
    text = changed().replace("2027", "2028").replace("2026", "2027")
    load_plan(text, source="2027.toml", at=DAWN)
    standing = standing_of(ROSA, household("rosa"), [ADA], date(2027, 1, 4))
    assert standing is not None
    assert standing.left == {EMPLOYEE: 13}
    assert charged(booked(30, day=date(2027, 1, 4))) == Yes()
    new = ledger.allowance_of(plan_of(day=date(2027, 1, 4)).plan, HARBOR, EMPLOYEE)
    assert (balance_of(days()), balance_of(new)) == (2, 12)
    end_year(stored=plan_of(), owner=EMPLOYEE, at=DAWN)
    assert balance_of(days()) == 2, "the year is not over"
    for _ in range(2):
        end_year(stored=plan_of(), owner=EMPLOYEE, at=clock(9, day=date(2027, 1, 5)))
    assert balance_of(days()) == 0
    assert adds_up()


def test_a_year_ends_for_everybody_in_batches_and_once(opened: Opened) -> None:
    charged(booked())
    other = made_id("employee nadia")
    with transaction.atomic():
        opened_passbook(plan_of(), [other], at=DAWN)
    assert end_years(stored=plan_of(), at=DAWN) == 0, "the year is not over"
    told: list[int] = []
    over = clock(9, day=date(2027, 1, 5))
    assert end_years(stored=plan_of(), at=over, progress=told.append, limit=1) == 2
    assert told == [1, 2]
    assert end_years(stored=plan_of(), at=over) == 0
    assert balance_of(days()) == balance_of(ledger.allowance_of(plan_of().plan, HARBOR, other)) == 0
    assert adds_up()


def test_a_clerk_gives_more_in_hardship_up_to_the_plans_most(opened: Opened) -> None:
    def give(amount: int) -> object:
        return give_hardship(
            stored=plan_of(), owner=EMPLOYEE, amount=amount, because="school-closed", at=DAWN, actor=ROSA
        )

    assert give(3) == Yes()
    refused = give(3)
    assert isinstance(refused, No)
    assert (refused.reasons[0].code, refused.reasons[0].facts) == ("hardship-spent", {"left": 2, "wanted": 3})
    assert give(0) != Yes()
    assert give(2) == Yes()
    assert balance_of(days()) == 15
    assert adds_up()


def test_the_books_only_grow(opened: Opened) -> None:
    charged(booked())
    number_waiting()
    line, entry = Line.objects.exclude(number=None).first(), Entry.objects.first()
    assert line is not None
    assert entry is not None
    for change in (
        lambda: Line.objects.filter(pk=line.pk).update(amount=-7),
        lambda: Line.objects.filter(pk=line.pk).update(number=99),
        lambda: Entry.objects.filter(pk=entry.pk).update(cite="none"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            Line.objects.filter(pk=line.pk).delete()


def test_no_entry_makes_or_loses_a_cent(opened: Opened) -> None:
    (line,) = ledger.granted(days(), 1)[:1]
    deed = Deed("odd", "grant", "plan", HARBOR, MONDAY, DAWN)
    with transaction.atomic(), pytest.raises(ValueError, match="leave"):
        write(deed, [line], hold([days()]))
    assert Entry.objects.count() == 0


def test_the_database_itself_lets_no_passbook_of_a_person_below_zero(opened: Opened) -> None:
    with transaction.atomic():
        opened_passbook(plan_of(), [EMPLOYEE], at=DAWN)
    deed = Deed("odd", "grant", "plan", HARBOR, MONDAY, DAWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        write(deed, ledger.granted(days(), -11), hold([days()]))
    assert balance_of(days()) == 10
