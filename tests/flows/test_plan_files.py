"""An employer's plan is checked, loaded whole and word for word, and another version takes effect on a later day."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cast import DAWN, MONDAY, Opened
from daybreak.audit.queries import events_of
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.kernel.errors import BadInput
from daybreak.plan.actions.load import load_plan
from daybreak.plan.models import PlanFile
from daybreak.plan.queries import plan_on, plans_of
from daybreak.plan.terms import Plan
from plans import changed, plan, text_of

HARBOR = made_id("Harbor Health")
LATER = ("[year]", "takes_effect = 2026-07-01\n\n[year]")


def plan_held(day: date) -> Plan:
    found = plan_on(HARBOR, day)
    assert found is not None
    return found.plan


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["plan", *words])


def test_the_demo_opens_with_its_employers_plans(opened: Opened) -> None:
    assert plan_held(MONDAY) == plan()
    assert plan_on(HARBOR, date(2027, 1, 1)) is None
    assert plan_on(made_id("Lakeshore Logistics"), MONDAY) is not None


def test_a_plan_is_stored_word_for_word_with_its_digest_and_an_audit_event(opened: Opened) -> None:
    row = PlanFile.objects.get(employer=HARBOR)
    assert row.text == text_of()
    assert row.sha256 == plan().sha256
    (event,) = events_of("plan", row.pk)
    assert (event.verb, event.facts["sha256"]) == ("load", row.sha256)


def test_the_same_file_twice_is_loaded_once(opened: Opened) -> None:
    load_plan(text_of(), source="again.toml", at=DAWN)
    assert PlanFile.objects.filter(employer=HARBOR).count() == 1


def test_another_version_decides_from_the_day_it_takes_effect(opened: Opened) -> None:
    load_plan(changed(LATER, ("amount = 10", "amount = 12")), source="july.toml", at=DAWN)
    assert plan_held(date(2026, 6, 30)).allowance.amount == 10
    assert plan_held(date(2026, 7, 1)).allowance.amount == 12
    assert [stored.plan.since for stored in plans_of(HARBOR)] == [date(2026, 7, 1), date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(("amount = 10", "amount = 12")), "takes effect on 2026-01-01, and it may have decided"),
        (changed(('employer = "Harbor Health"', 'employer = "Harbour"')), "no employer called 'Harbour'"),
        (
            changed(("from = 2026-01-01", "from = 2026-04-01"), ("until = 2027-01-01", "until = 2027-04-01")),
            "a plan year that overlaps this one",
        ),
        (
            changed(
                LATER, ("[[example]]", '[[budget]]\nwork_site = "Moon"\nquarter = 1\nmost = 5\ncite = "5"\n[[example]]')
            ),
            "no work site called 'Moon'",
        ),
        (changed(("amount = 10", "amount = -1")), "'amount' of [allowance] is '-1'"),
    ],
)
def test_what_cannot_be_loaded_leaves_everything_as_it_was(opened: Opened, text: str, said: str) -> None:
    before = list(PlanFile.objects.values_list("pk", "sha256"))
    with pytest.raises(BadInput) as refused:
        load_plan(text, source="plan.toml", at=DAWN)
    assert said in str(refused.value)
    assert "Nothing" in str(refused.value)
    assert list(PlanFile.objects.values_list("pk", "sha256")) == before


def test_checking_says_what_a_plan_gives(tmp_path: Path) -> None:
    file = tmp_path / "harbor.toml"
    file.write_text(text_of())
    result = run("check", str(file))
    assert result.exit_code == 0
    assert result.output == (
        "Harbor Health backup care, 2026: from 2026-01-01 until 2027-01-01, 10 days per employee, 3 routes, 0 budgets; "
        "3 examples worked. It can be loaded.\n"
    )
    assert json.loads(run("check", str(file), "--json").output)["sha256"] == plan().sha256


def test_a_bad_file_answers_with_its_lines_and_exit_10_and_a_missed_example_with_13(tmp_path: Path) -> None:
    file = tmp_path / "harbor.toml"
    file.write_text(changed(("amount = 10", "amount = ten")))
    result = run("check", str(file))
    assert (result.exit_code, result.stdout) == (10, "")
    assert "harbor.toml, line 23: this is not TOML" in result.stderr
    file.write_text(changed(("copay = 25.00", "copay = 26.00")))
    assert run("check", str(file), "--json").exit_code == 13


def test_loading_by_command(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "july.toml"
    file.write_text(changed(LATER, ("amount = 10", "amount = 12")))
    result = run("load", str(file))
    assert result.exit_code == 0, result.stderr
    assert result.output.endswith("It is loaded.\n")
    assert plan_held(date(2026, 7, 1)) == plan(LATER, ("amount = 10", "amount = 12"))
