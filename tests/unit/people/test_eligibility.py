"""May this employee use the benefit on a day, as the plan says?"""

from datetime import date

import pytest

from daybreak.kernel.decisions import No, Yes
from daybreak.people.eligibility import decide, first_day
from daybreak.people.terms import EligibilityTerms, Employment, PayClass

MONDAY = date(2026, 3, 2)
EVERYBODY = EligibilityTerms(frozenset(PayClass), 0, 0.0, "Handbook 2.1")
AFTER_A_MONTH = EligibilityTerms(frozenset({PayClass.HOURLY}), 30, 20.0, "Handbook 2.1")


def codes(answer: object) -> list[str]:
    assert isinstance(answer, No)
    assert {reason.cite for reason in answer.reasons} == {"Handbook 2.1"}
    return [reason.code for reason in answer.reasons]


def test_from_the_first_day_means_the_first_day() -> None:
    mei = Employment(PayClass.HOURLY, started_on=MONDAY)
    assert decide(EVERYBODY, mei, MONDAY) == Yes()
    assert codes(decide(EVERYBODY, mei, date(2026, 3, 1))) == ["not-eligible-yet"]


def test_a_plan_that_asks_nothing_turns_nobody_away_for_what_is_not_known() -> None:
    assert decide(EVERYBODY, Employment(PayClass.SALARIED), MONDAY) == Yes()


@pytest.mark.parametrize(("day", "may"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_waiting_days_are_counted_to_the_day(day: date, may: bool) -> None:
    rosa = Employment(PayClass.HOURLY, started_on=MONDAY, weekly_hours=36.0)
    assert bool(decide(AFTER_A_MONTH, rosa, day)) is may
    assert first_day(AFTER_A_MONTH, rosa) == date(2026, 4, 1)


def test_every_reason_is_told_at_once() -> None:
    left = Employment(PayClass.SALARIED, started_on=MONDAY, ended_on=date(2026, 3, 10), weekly_hours=19.5)
    answer = decide(AFTER_A_MONTH, left, date(2026, 3, 10))
    assert codes(answer) == ["pay-class-not-covered", "employment-ended", "not-eligible-yet", "too-few-weekly-hours"]


def test_what_the_plan_asks_and_nobody_said_is_a_reason_of_its_own() -> None:
    assert codes(decide(AFTER_A_MONTH, Employment(PayClass.HOURLY), MONDAY)) == ["start-not-known", "hours-not-known"]


def test_the_last_day_of_work_is_covered_and_the_next_is_not() -> None:
    leaving = Employment(PayClass.HOURLY, started_on=date(2020, 1, 1), ended_on=date(2026, 3, 3))
    assert decide(EVERYBODY, leaving, MONDAY) == Yes()
    assert codes(decide(EVERYBODY, leaving, date(2026, 3, 3))) == ["employment-ended"]
