"""A plan file says what it means, or why it cannot be used, with the line."""

from datetime import date

import pytest

from daybreak.kernel.errors import BadInput, ExampleFailed
from daybreak.kernel.money import Money
from daybreak.people.terms import PayClass
from daybreak.plan.plan_file import read_plan
from daybreak.plan.terms import By, CreditTag, Per, Route, Unit, quarter_of
from plans import changed, plan, text_of


def refusal(*swaps: tuple[str, str]) -> str:
    with pytest.raises(BadInput) as refused:
        read_plan(changed(*swaps), source="harbor.toml")
    return str(refused.value)


def line_of(text: str, *swaps: tuple[str, str]) -> int:
    return changed(*swaps).splitlines().index(text) + 1


def test_the_demos_plan_is_read_as_it_is_written() -> None:
    found = plan()
    assert (found.employer, found.since, found.year.until) == ("Harbor Health", date(2026, 1, 1), date(2027, 1, 1))
    assert (found.allowance.unit, found.allowance.per, found.allowance.amount) == (Unit.DAYS, Per.EMPLOYEE, 10)
    assert found.eligibility.waiting_days == 0
    assert found.tax.highly_paid_most == Money(250_000)
    place = found.routes[Route.PLACE]
    assert (place.by, place.fair_value, place.credit) == (By.DAY, Money(8600), CreditTag.INTERMEDIARY)
    assert place.copays[PayClass.SALARIED].family_most == Money(2500)


def test_hours_are_kept_in_minutes() -> None:
    found = plan(name="lakeshore-logistics")
    assert (found.allowance.amount, found.allowance.hardship) == (80 * 60, 16 * 60)


def test_the_same_text_has_the_same_digest_and_another_text_another() -> None:
    assert plan().sha256 == plan().sha256 != plan(("from the first day", "from day one")).sha256


def test_a_wrong_value_is_told_with_its_line_the_reason_and_what_to_write() -> None:
    wrong = 'amount = "ten"'
    swap = ("amount = 10", wrong)
    assert refusal(swap) == (
        f"harbor.toml, line {line_of(wrong, swap)}: 'amount' of [allowance] is 'ten', not a whole "
        "number from 0 to 2,000. It says how much each may use in a plan year. Write amount = 10. "
        "Nothing of the plan was loaded. Fix the file and run the command again."
    )


def test_every_problem_is_told_at_once() -> None:
    said = refusal(
        ("amount = 10", "amount = -1"), ("waiting_days = 0", "waiting = 0"), ('unit = "days"', 'unit = "weeks"')
    )
    assert "'amount' of [allowance] is '-1'" in said
    assert "'waiting' is not a key of [eligibility]" in said
    assert "Did you mean 'waiting_days'?" in said
    assert "[eligibility] has no 'waiting_days'" in said
    assert "'unit' of [allowance] is 'weeks', not one of days, hours" in said


@pytest.mark.parametrize(
    ("swap", "said"),
    [
        (("until = 2027-01-01", "until = 2026-01-01"), "before its first day"),
        (("until = 2027-01-01", "until = 2028-01-01"), "the plan year lasts 730 days"),
        (("carry_over = 3", "carry_over = 11"), "'carry_over' is more than 'amount'"),
        (('route = "ask"\nby', 'route = "place"\nby'), "a route stands twice"),
        (('pay_classes = ["hourly", "salaried"]', 'pay_classes = ["salaried"]'), "a copay for hourly employees"),
        (("[route.copay.hourly]\neach_child = 0\nfamily_most = 0\n", ""), "has no copay for hourly employees"),
        (("family_most = 25.00", "family_most = 14.99"), "'family_most' $14.99 is below 'each_child'"),
        (("family_most = 25.00", "family_most = 400"), "above the fair value of 4 children"),
        (
            ('\nroute = "in_home"\npay_class', '\nroute = "place"\npay_class'),
            "no [[example]] is about the route in_home",
        ),
        (("[route.copay.hourly]", "[route.copay.weekly]"), "'weekly' is not a pay class"),
        (("fair_value = 86.00", "fair_value = 86.005"), "at most 2 digits after the point"),
        (
            ("each_child = 15.00", "each_child = true"),
            "'each_child' of [route.copay.salaried] of [[route]] 1 is 'True'",
        ),
        (("[eligibility]", "takes_effect = 2027-01-01\n[eligibility]"), "'takes_effect' is not a key of [year]"),
        (("[year]", "takes_effect = 2027-01-01\n[year]"), "lies outside the plan year"),
        (("hours = 9.5", "hours = 0"), "has no hours"),
    ],
)
def test_what_does_not_fit_together_is_refused(swap: tuple[str, str], said: str) -> None:
    assert said in refusal(swap)


def test_a_table_inside_a_route_is_found_on_its_own_line() -> None:
    swap = ("each_child = 4.00", "each_child = 4.001")
    assert (
        f"line {line_of('each_child = 4.001', swap)}: 'each_child' of [route.copay.salaried] of [[route]] 3"
        in refusal(swap)
    )


def test_two_budgets_for_one_quarter_are_one_too_many() -> None:
    budget = '[[budget]]\nwork_site = "Main"\nquarter = 1\nmost = 5000\ncite = "5.1"\n\n'
    assert "Main has two budgets for quarter 1" in refusal(("[[example]]", f"{budget}{budget}[[example]]"))


def test_an_example_that_comes_out_otherwise_stops_the_plan() -> None:
    with pytest.raises(ExampleFailed) as failed:
        read_plan(
            changed(("expect = { days = 1, copay = 25.00", "expect = { days = 2, copay = 30.00")), source="harbor.toml"
        )
    said = str(failed.value)
    assert "days is 2 in the example, and the plan's figures come to 1" in said
    assert "copay is $30.00 in the example, and the plan's figures come to $25.00" in said
    assert "Nothing of the plan was loaded." in said


def test_what_is_not_toml_is_told_with_its_line() -> None:
    swap = ("carry_over = 3", "carry_over = = 3")
    assert f"harbor.toml, line {line_of('carry_over = = 3', swap)}: this is not TOML" in refusal(swap)


def test_windows_line_ends_read_the_same() -> None:
    assert read_plan(text_of().replace("\n", "\r\n")).routes == plan().routes


@pytest.mark.parametrize(
    ("day", "quarter"), [(date(2026, 7, 1), 1), (date(2026, 9, 30), 1), (date(2026, 10, 1), 2), (date(2027, 6, 30), 4)]
)
def test_quarters_are_of_the_plan_year(day: date, quarter: int) -> None:
    swaps = (("from = 2026-01-01", "from = 2026-07-01"), ("until = 2027-01-01", "until = 2027-07-01"))
    assert quarter_of(plan(*swaps).year, day) == quarter
