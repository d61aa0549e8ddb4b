"""Payroll's file says what employees set aside and how they file: all of it is written, or nothing, with each line."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cast import Opened
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.kernel.money import Money
from daybreak.plan.books.queries import fairness_in, imputed_in
from daybreak.plan.models import TaxFact

HARBOR, ROSAS, NADIAS = made_id("Harbor Health"), made_id("employee rosa"), made_id("employee nadia")


def write(tmp_path: Path, text: str, employer: str = "Harbor Health") -> Result:
    file = tmp_path / "facts.csv"
    file.write_text(text)
    return CliRunner().invoke(main, ["plan", "facts", str(file), "--employer", employer, "--year", "2026"])


def test_what_payroll_says_counts_for_box_10_and_the_tests(opened: Opened, tmp_path: Path) -> None:
    opened.asked()
    text = f"employee,fsa,filing,highly_paid,owner\n{ROSAS},7400.00,anyone_else,1,1\n{NADIAS},100,,0,\n"
    result = write(tmp_path, text)
    assert (result.exit_code, result.output) == (0, "Written for 2026: 2 employees of Harbor Health.\n")
    rows = {one.employee_id: (one.box10, one.imputed) for one in imputed_in(HARBOR, 2026)}
    # Rosa is highly paid here, and the plan has a limit of 2,500 dollars for those.
    assert rows[ROSAS] == (Money.dollars(7572), Money.dollars(5072))
    assert rows[NADIAS] == (Money.dollars(100), Money(0))
    fairness = fairness_in(HARBOR, 2026)
    assert not fairness.passes_average
    assert not fairness.passes_owners


def test_the_newest_statement_counts_and_older_ones_stay(opened: Opened, tmp_path: Path) -> None:
    for fsa in ("7000", "2000"):
        write(tmp_path, f"employee,fsa\n{ROSAS},{fsa}\n")
    assert TaxFact.objects.filter(employee=ROSAS).count() == 2
    (one,) = imputed_in(HARBOR, 2026)
    assert one.box10 == Money.dollars(2000)
    assert date(one.year, 1, 1) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"{ROSAS},many", "line 2: fsa 'many' is not an amount in dollars"),
        (f"{ROSAS},-1", "line 2: fsa '-1' is not from 0"),
        (f"{made_id('employee marisol')},5", "is no employee of this employer."),
        ("nobody,5", "line 2: employee 'nobody' is no employee of this employer."),
        (f"{ROSAS},5\n{ROSAS},6", "line 3: employee"),
        (f"{ROSAS},5,7", "line 2: the line has 3 fields and the header 2."),
    ],
)
def test_one_bad_line_and_nothing_is_written(opened: Opened, tmp_path: Path, lines: str, said: str) -> None:
    result = write(tmp_path, f"employee,fsa\n{lines}\n{NADIAS},100\n")
    assert result.exit_code == 10
    assert said in result.stderr
    assert "Nothing was written." in result.stderr
    assert not TaxFact.objects.exists()


def test_an_employer_nobody_added_is_told(opened: Opened, tmp_path: Path) -> None:
    assert write(tmp_path, f"employee,fsa\n{ROSAS},5\n", "Harbour").exit_code == 10
