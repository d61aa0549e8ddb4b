"""A rule answers for the days it holds, and says plainly when it does not."""

from datetime import date

import pytest

from daybreak.kernel.errors import BadInput, BadRule
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.ruling import ask, everything, value_on
from daybreak.rulebook.terms import Confidence, Gap, Rule, Ruling

DAYS = """
title = "Days of backup care in a plan year"
unit = "days per plan year"
by = "pay_class"
review_by = 2027-06-30

[[value]]
from = 2025-01-01
hourly = 8
salaried = 6
cite = "Harbor Health plan 2025, 3.1"
source = "Harbor Health plan 2025, page 4"
read_on = 2026-11-22
confidence = "verify"

[[value]]
from = 2026-01-01
until = 2027-01-01
hourly = 10
salaried = 8
cite = "Harbor Health plan 2026, 3.1"
source = "Harbor Health plan 2026, page 4"
read_on = 2026-11-22
confidence = "high"

[[example]]
day = 2025-12-31
given = { pay_class = "hourly" }
expect = 8
because = "the last day of the plan of 2025"

[[example]]
day = 2026-03-02
given = { pay_class = "salaried" }
expect = 8
because = "the plan of 2026 grants salaried staff eight days"

[[example]]
day = 2027-01-01
given = { pay_class = "hourly" }
expect_error = "ended"
because = "the plan of 2027 is not written yet"
"""


@pytest.fixture
def days() -> Rule:
    return rule_from("plans/harbor_health/days.toml", DAYS.encode())


def test_an_answer_carries_its_citation_its_start_and_the_hash_of_its_file(days: Rule) -> None:
    assert ask(days, date(2026, 3, 2), {"pay_class": "hourly"}) == Ruling(
        value=10,
        cite="Harbor Health plan 2026, 3.1",
        source="Harbor Health plan 2026, page 4",
        since=date(2026, 1, 1),
        confidence=Confidence.HIGH,
        path="plans/harbor_health/days",
        sha256=days.sha256,
    )


@pytest.mark.parametrize(
    ("day", "hourly"),
    [(date(2025, 1, 1), 8), (date(2025, 12, 31), 8), (date(2026, 1, 1), 10), (date(2026, 12, 31), 10)],
)
def test_a_value_holds_from_its_first_day_up_to_the_day_before_the_next(days: Rule, day: date, hourly: int) -> None:
    assert ask(days, day, {"pay_class": "hourly"}).value == hourly


def test_a_day_before_the_first_value_is_an_error_that_says_so(days: Rule) -> None:
    assert value_on(days, date(2024, 12, 31)) is Gap.BEFORE_FIRST
    with pytest.raises(BadInput) as error:
        ask(days, date(2024, 12, 31), {"pay_class": "hourly"})
    assert str(error.value) == (
        "plans/harbor_health/days was asked about 2024-12-31, and its first value starts on 2025-01-01. "
        "A rule never guesses what held earlier, so nothing was answered. "
        "Ask about a later day, or add the earlier value with its citation."
    )


def test_a_day_after_the_end_is_an_error_that_says_so(days: Rule) -> None:
    assert value_on(days, date(2027, 1, 1)) is Gap.ENDED
    with pytest.raises(BadInput) as error:
        ask(days, date(2027, 1, 1), {"pay_class": "hourly"})
    assert str(error.value) == (
        "plans/harbor_health/days was asked about 2027-01-01, and the rule ended on 2027-01-01. "
        "Nothing holds after that, so nothing was answered. "
        "Ask about an earlier day, or add what follows with its citation."
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {},
            "plans/harbor_health/days was asked without 'pay_class', so nothing was answered. "
            "Ask with pay_class as one of hourly, salaried.",
        ),
        (
            {"pay_class": "weekly"},
            "plans/harbor_health/days has nothing for pay_class 'weekly', so nothing was answered. "
            "Ask with pay_class as one of hourly, salaried.",
        ),
        (
            {"pay_class": "hourly", "shift": "night"},
            "plans/harbor_health/days does not know 'shift'. It is asked by 'pay_class' and a day. Leave 'shift' out.",
        ),
    ],
    ids=["nothing", "unknown choice", "unknown name"],
)
def test_a_question_that_selects_no_figure_is_not_answered(days: Rule, given: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput) as error:
        ask(days, date(2026, 3, 2), given)
    assert str(error.value) == sentence


def test_everything_shows_the_figures_of_all_choices(days: Rule) -> None:
    assert everything(days, date(2026, 3, 2)).value == {"hourly": 10, "salaried": 8}


def test_only_an_unconfirmed_answer_carries_a_caution(days: Rule) -> None:
    doubtful = ask(days, date(2025, 3, 3), {"pay_class": "hourly"})
    assert doubtful.confidence is Confidence.VERIFY
    assert doubtful.caution == "Not confirmed: a figure or a date of this rule could not be checked against its source."
    assert ask(days, date(2026, 3, 2), {"pay_class": "hourly"}).caution == ""


def test_a_whole_number_is_taken_from_a_figure_or_from_a_table_of_figures(days: Rule) -> None:
    assert ask(days, date(2026, 3, 2), {"pay_class": "hourly"}).whole() == 10
    assert everything(days, date(2026, 3, 2)).whole("salaried") == 8


def test_asking_for_a_figure_the_rule_does_not_hold_is_a_bad_rule(days: Rule) -> None:
    with pytest.raises(BadRule) as error:
        everything(days, date(2026, 3, 2)).whole("most_children")
    assert str(error.value) == (
        "plans/harbor_health/days: 'most_children' is not a whole number in the value from 2026-01-01. "
        "The code that asks needs one. Correct the rule file, or the name the code asks for."
    )
    with pytest.raises(BadRule):
        everything(days, date(2026, 3, 2)).whole()
