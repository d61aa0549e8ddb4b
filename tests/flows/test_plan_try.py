"""`daybreak plan try` says what a plan would have changed for a month's bookings, and for whom, and changes nothing."""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from cast import LUCIA, MARISOL, ROSA, Opened
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.kernel.money import Money
from daybreak.people.terms import PayClass
from daybreak.plan.models import Entry, PlanFile
from daybreak.plan.terms import Route, Use
from daybreak.plan.trying import Past, try_plan
from plans import changed, plan, text_of


def run(tmp_path: Path, text: str, *words: str) -> Result:
    file = tmp_path / "plan.toml"
    file.write_text(text)
    return CliRunner().invoke(main, ["plan", "try", str(file), "--on", "2026-03", *words])


@pytest.fixture
def month(opened: Opened) -> Opened:
    """One booking of Rosa's, with two children, and one of another employer's family."""
    opened.asked(who=ROSA)
    opened.asked(who=MARISOL, household="marisol", children=[LUCIA])
    return opened


def test_the_same_plan_changes_nothing(month: Opened, tmp_path: Path) -> None:
    result = run(tmp_path, text_of())
    assert result.output == (
        "1 booking in 2026-03. Under this plan 0 would not have been covered, families would have paid $0.00 more, "
        "and 0 employees would have noticed.\n"
    )


DEARER = (
    (
        "[route.copay.hourly]\neach_child = 0\nfamily_most = 0",
        "[route.copay.hourly]\neach_child = 10.00\nfamily_most = 15.00",
    ),
    (
        "expect = { days = 1, copay = 0, fair_value = 172.00 }",
        "expect = { days = 1, copay = 15.00, fair_value = 172.00 }",
    ),
)


def test_a_dearer_plan_says_how_much_more_and_for_whom(month: Opened, tmp_path: Path) -> None:
    before = (Entry.objects.count(), PlanFile.objects.count())
    found = json.loads(run(tmp_path, changed(*DEARER), "--json").output)
    assert (found["bookings"], found["employees"], found["refused"], found["copays_more"]) == (1, 1, 0, 15)
    (one,) = found["differences"]
    assert (one["employee"], one["copay"], one["copay_before"]) == (str(made_id("employee rosa")), 15, 0)
    assert (Entry.objects.count(), PlanFile.objects.count()) == before


def test_a_plan_without_days_says_whom_it_would_have_refused_and_why(month: Opened, tmp_path: Path) -> None:
    said = run(tmp_path, changed(("amount = 10", "amount = 0"), ("carry_over = 3", "carry_over = 0"))).output
    assert "Under this plan 1 would not have been covered" in said
    assert "This would use 1 of your backup care days, and 0 are left in this plan year." in said
    assert "Handbook 3.1" in said


def test_a_plan_of_an_employer_nobody_added_is_not_tried(month: Opened, tmp_path: Path) -> None:
    result = run(tmp_path, changed(('employer = "Harbor Health"', 'employer = "Harbour"')))
    assert result.exit_code == 10
    assert "Nothing was tried." in result.stderr


def test_days_run_out_in_the_order_of_the_bookings() -> None:
    use, who = Use(Route.PLACE, PayClass.HOURLY, 1, 480), UUID(int=1)
    past = [Past(UUID(int=number), who, date(2026, 3, number), use, Money(0), 1) for number in (2, 3, 4)]
    tried = try_plan(plan(), past, {who: 8})
    assert [(one.past.day.day, one.refused.code if one.refused else "") for one in tried.differences] == [
        (4, "allowance-spent")
    ]
