"""`daybreak rules` on the command line: words for people, one JSON object for programs, an exit code for scripts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daybreak.cli.main import main
from daybreak.cli.rules import rules
from daybreak.kernel.errors import BadInput
from daybreak.rulebook.queries import packaged

BAD = Path(__file__).parent / "bad"
HOME = "us/ny/licensing/family_home_capacity"
LIMIT = "us/federal/dependent_care_assistance/exclusion_limit"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(rules, list(arguments))


def test_checking_without_arguments_checks_the_packaged_rules() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert result.stdout == (
        f"{len(packaged().rules)} rule files checked; every citation is dated and every example holds.\n"
    )


def test_checking_a_bad_file_prints_each_problem_and_exits_11() -> None:
    result = run("check", str(BAD / "several_problems.toml"))
    assert result.exit_code == 11
    assert result.stdout == ""
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["several_problems.toml"] * 3


def test_checking_a_file_whose_example_fails_exits_13() -> None:
    result = run("check", str(BAD / "example_that_contradicts.toml"))
    assert result.exit_code == 13
    assert result.stderr.startswith("example_that_contradicts.toml: example 1 (2025-03-03) expects 9")


def test_a_bad_file_beside_a_failed_example_exits_11() -> None:
    result = run("check", str(BAD / "example_that_contradicts.toml"), str(BAD / "empty_file.toml"))
    assert result.exit_code == 11
    assert len(result.stderr.splitlines()) == 2


def test_checking_a_folder_as_json_prints_one_object_and_nothing_else() -> None:
    result = run("check", str(BAD), "--json")
    answer = json.loads(result.stdout)
    assert result.exit_code == 11
    assert result.stderr == ""
    assert answer["files"] == len(list(BAD.iterdir()))
    assert len(answer["problems"]) >= answer["files"]


def test_a_folder_without_rules_is_bad_input(tmp_path: Path) -> None:
    result = run("check", str(tmp_path))
    assert isinstance(result.exception, BadInput)
    assert result.exception.do == "Name a file or its folder."


def test_show_prints_the_figure_with_who_says_so() -> None:
    result = run("show", LIMIT, "--day", "2021-06-01", "--given", "filing=anyone_else")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Most dependent care help an employer may leave out of an employee's pay in a year (USD per calendar year)",
        "  value: 10500",
        "  cite: 26 USC 129(a)(2)(D), Pub. L. 117-2 sec. 9632",
        f"  source: {packaged().rule(LIMIT).values[1].source}",
        "  since: 2021-01-01",
        "  confidence: high",
    ]


def test_show_says_when_an_answer_is_not_confirmed() -> None:
    result = run("show", HOME, "--day", "2015-03-02", "--given", "license=family_day_care_home")
    assert result.stdout.splitlines()[-2:] == [
        "  confidence: verify",
        "  Not confirmed: a figure or a date of this rule could not be checked against its source.",
    ]


def test_show_as_json_carries_what_a_decision_stores() -> None:
    result = run("show", HOME, "--day", "2026-03-02", "--given", "license=group_family_day_care_home", "--json")
    answer = json.loads(result.stdout)
    assert answer["value"]["most_children"] == 12
    assert (answer["since"], answer["confidence"], answer["caution"]) == ("2024-09-25", "medium", "")
    assert answer["sha256"] == packaged().rule(HOME).sha256
    assert set(answer) == {
        "path", "title", "unit", "day", "given", "value", "cite", "source", "since", "confidence", "caution", "sha256",
    }  # fmt: skip


def test_show_without_a_choice_shows_all_figures() -> None:
    result = run("show", LIMIT, "--day", "2026-03-02", "--json")
    assert json.loads(result.stdout)["value"] == {"married_filing_separately": 3750, "anyone_else": 7500}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "us/nowhere", "--day", "2026-03-02"), "There is no rule us/nowhere"),
        (
            ("show", LIMIT, "--day", "1986-12-31", "--given", "filing=anyone_else"),
            "its first value starts on 1987-01-01",
        ),
        (("show", LIMIT, "--given", "filing"), "--given 'filing' does not name a choice. Write it as NAME=CHOICE"),
        (("show", LIMIT, "--given", "filing=jointly"), "has nothing for filing 'jointly'"),
        (("diff", "--from", "2026-01-01", "--to", "2021-01-01"), "--to 2021-01-01 is before --from 2026-01-01"),
    ],
    ids=["unknown rule", "too early", "half a choice", "unknown choice", "days the wrong way round"],
)
def test_a_question_without_an_answer_is_bad_input(arguments: tuple[str, ...], sentence: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, BadInput)
    assert sentence in str(result.exception)
    assert result.stdout == ""


def test_a_day_that_is_not_a_day_is_a_usage_error() -> None:
    result = run("show", LIMIT, "--day", "02/30/2026")
    assert result.exit_code == 2


def test_diff_lists_a_rise_that_came_and_went_as_two_steps() -> None:
    lines = run("diff", "--from", "2020-12-31", "--to", "2022-01-01").stdout.splitlines()
    first = next(number for number, line in enumerate(lines) if LIMIT in line)
    last = max(number for number, line in enumerate(lines) if LIMIT in line)
    assert [*lines[first : first + 3], *lines[last : last + 3]] == [
        f"2021-01-01 {LIMIT} (26 USC 129(a)(2)(D), Pub. L. 117-2 sec. 9632)",
        "  married_filing_separately: 2500 -> 5250",
        "  anyone_else: 5000 -> 10500",
        f"2022-01-01 {LIMIT} (26 USC 129(a)(2)(A))",
        "  married_filing_separately: 5250 -> 2500",
        "  anyone_else: 10500 -> 5000",
    ]


def test_diff_says_when_nothing_changed_and_when_only_the_citation_did() -> None:
    assert run("diff", "--from", "2022-01-01", "--to", "2022-06-01").stdout == (
        "No rule changed after 2022-01-01 and up to 2022-06-01.\n"
    )
    assert run("diff", "--from", "2024-09-24", "--to", "2024-09-25").stdout.splitlines()[1:] == [
        "  the figures stay, the citation is new"
    ]


def test_diff_as_json_has_before_and_after() -> None:
    answer = json.loads(run("diff", "--from", "2025-12-31", "--to", "2026-01-01", "--json").stdout)
    assert (answer["from"], answer["to"]) == ("2025-12-31", "2026-01-01")
    (change,) = [change for change in answer["changes"] if change["path"] == LIMIT]
    assert change["before"] == {"married_filing_separately": 2500, "anyone_else": 5000}
    assert change["after"] == {"married_filing_separately": 3750, "anyone_else": 7500}
    assert "sites" not in change


def test_due_lists_what_is_past_its_review_day() -> None:
    earliest = min(rule.review_by for rule in packaged().rules.values())
    assert run("due", "--day", earliest.isoformat()).stdout == f"No rule is overdue on {earliest}.\n"
    answer = json.loads(run("due", "--day", "2099-01-01", "--json").stdout)
    assert {entry["path"] for entry in answer["due"]} == set(packaged().rules)


def test_every_command_explains_itself() -> None:
    assert set(rules.commands) == {"check", "show", "due", "diff", "index"}
    for name, command in rules.commands.items():
        assert command.help, name
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or getattr(parameter, "help", None), (name, parameter.name)


def test_through_the_one_command_a_sentence_and_the_exit_code_of_its_family_come_back() -> None:
    result = CliRunner().invoke(main, ["rules", "show", "us/nowhere", "--day", "2026-03-02"])
    assert result.exit_code == 10
    assert result.stdout == ""
    assert result.stderr == (
        "daybreak: There is no rule us/nowhere, so nothing was answered. `daybreak rules index` lists all there are.\n"
    )


def test_asking_a_rule_needs_no_web_framework() -> None:
    program = "import sys, daybreak.cli.rules; print(sorted(name for name in sys.modules if name == 'django'))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
