"""`daybreak plan tax` works out a year from a file, with amounts of two digits, or says what is wrong and where."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daybreak.cli.main import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explain" / "taxes.md"
EVENT = '[[event]]\nday = 2026-03-02\nkind = "care"\nfair_value = 1200.00\ncopay = 200\nlicensed = true\n'


def run(tmp_path: Path, text: str, *words: str) -> Result:
    file = tmp_path / "input.toml"
    file.write_text(text)
    return CliRunner().invoke(main, ["plan", "tax", str(file), *words])


def test_amounts_are_numbers_with_two_digits(tmp_path: Path) -> None:
    result = run(tmp_path, f"year = 2026\n[employee]\nfsa = 7500\n{EVENT}", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    found = json.loads(result.stdout)
    assert '"imputed": 1000.00' in result.stdout
    assert (found["excluded"], found["imputed"], found["box10"], found["boxes_1_3_5_added"]) == (7500, 1000, 8500, 1000)
    assert found["credit_45f_tags"] == ["licensed_facility"]
    assert found["credit_45f"]["credit"] == 400
    assert "26 USC 129(a)(2)(A), Pub. L. 119-21 sec. 70404" in found["cites"]
    assert found["warnings"] == ["2026-03-02: this crosses the limit; $1,000.00 of it is added to pay."]


def test_a_year_may_stand_in_a_table_of_its_own(tmp_path: Path) -> None:
    result = run(tmp_path, f"[year]\nyear = 2026\n[employee]\nfsa = 7500\n{EVENT}", "--json")
    assert json.loads(result.stdout)["imputed"] == 1000


def test_in_words_it_cites_and_is_no_advice(tmp_path: Path) -> None:
    said = run(tmp_path, f"year = 2026\n{EVENT}").stdout
    assert "Dependent care help: $1,000.00, which goes into box 10 of the W-2. The limit is $7,500.00" in said
    assert "Not tax advice" in said
    assert "Cite: 26 USC 129" in said


def test_a_plans_limit_for_the_highly_paid_may_be_given_either_way(tmp_path: Path) -> None:
    for text in ("highly_paid = 800\n", "highly_paid = true\n[plan]\nhighly_paid_most = 800\n"):
        result = run(tmp_path, f"year = 2026\n[employee]\n{text}{EVENT}", "--json")
        assert json.loads(result.stdout)["imputed"] == 200


def test_the_example_of_the_page_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    found = json.loads(run(tmp_path, example, "--json").stdout)
    assert (found["box10"], found["imputed"], found["credit_45f_tags"]) == (7672, 172, ["intermediary"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (EVENT, "the file has no 'year'"),
        (f"year = 2026\n[employee]\nfsa = -1\n{EVENT}", "line 3: 'fsa' of [employee] is '-1'"),
        (f"year = 2025\n{EVENT}", "line 3: 'day' of [[event]] 1 is not in 2025"),
        (f'year = 2026\n{EVENT}recipient = "dog"\n', "'recipient' of [[event]] 1 is 'dog'"),
        (f"year = 2026\n{EVENT}fair_valu = 3\n", "Did you mean 'fair_value'?"),
        (f'year = 2026\n[employee]\nfiling = "widow"\n{EVENT}', "'filing' of [employee] is 'widow', not one of"),
        ("year = 1987\n", "us/federal/dependent_care_assistance/kinds_of_help was asked about 1987-01-01"),
    ],
)
def test_what_cannot_be_worked_out_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    result = run(tmp_path, text, "--json")
    assert (result.exit_code, result.stdout) == (10, "")
    assert said in result.stderr
