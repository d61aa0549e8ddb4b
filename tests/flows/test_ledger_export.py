"""The books as files: bean-check accepts them, a second reading agrees, and the same books give the same bytes."""

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from beancount import loader
from beancount.core.data import Transaction
from click.testing import CliRunner, Result

from cast import LUCIA, MARISOL, ROSA, Opened
from daybreak.care.actions.cancel import cancel_request
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.plan.books.queries import balances_of
from daybreak.plan.terms import PassbookKind

HARBOR = made_id("Harbor Health")


@pytest.fixture
def books(opened: Opened) -> Opened:
    """A booking, one that was canceled, and one of another employer."""
    view = opened.asked()
    assert view.booking is not None
    cancel_request(request_id=view.request_id, actor=ROSA, at=opened.at)
    opened.asked()
    opened.asked(who=MARISOL, household="marisol", children=[LUCIA])
    return opened


def export(folder: Path, format_: str, *more: str) -> Result:
    result = CliRunner().invoke(main, ["ledger", "export", "--format", format_, "--to", str(folder), *more])
    assert result.exit_code == 0, result.output
    return result


def test_bean_check_accepts_the_books_and_its_sums_are_ours(books: Opened, tmp_path: Path) -> None:
    export(tmp_path / "out", "beancount", "--month", "2026-03")
    file = tmp_path / "out" / "harbor-health-books.beancount"
    checked = subprocess.run(
        [sys.executable, "-m", "beancount.scripts.check", str(file)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    entries, errors, _ = loader.load_file(str(file))
    assert errors == []
    sums: dict[str, Decimal] = {}
    for entry in entries:
        if isinstance(entry, Transaction):
            for posting in entry.postings:
                sums[posting.account] = sums.get(posting.account, Decimal(0)) + posting.units.number
    ours = {book.kind: balance for book, balance in balances_of(HARBOR).items()}
    assert sums["Equity:Granted:Days"] == ours[PassbookKind.GRANTED]
    assert sums["Equity:Tallied"] * 100 == ours[PassbookKind.TALLIES]
    assert sum(amount for name, amount in sums.items() if name.startswith("Assets:Allowances:Days")) == 8


def test_every_line_stands_in_the_csv_with_its_decision_rule_and_request(books: Opened, tmp_path: Path) -> None:
    export(tmp_path / "out", "csv")
    with (tmp_path / "out" / "harbor-health-books.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["verb"] for row in rows} == {"grant", "charge", "give-back"}
    assert all(row["cite"].startswith("Handbook") for row in rows)
    assert all(row["request"] for row in rows if row["verb"] != "grant")
    assert all(row["number"] for row in rows), "lines that waited have their numbers"
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        key = (row["entry"], row["unit"])
        sums[key] = sums.get(key, Decimal(0)) + Decimal(row["amount"])
    assert set(sums.values()) == {Decimal(0)}


def test_the_same_books_give_the_same_bytes_and_all_or_no_files(books: Opened, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        export(tmp_path / folder, "csv", "--employer", "Lakeshore Logistics", "--month", "2026-03")
    names = sorted(file.name for file in (tmp_path / "one").iterdir())
    assert names == [
        "lakeshore-logistics-books.csv",
        "lakeshore-logistics-box-10-2026.csv",
        "lakeshore-logistics-general-ledger.csv",
        "lakeshore-logistics-payroll-2026-03.csv",
    ]
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert (tmp_path / "one" / names[3]).read_text().splitlines()[1].split(",")[1:3] == ["2026-03-02", "5.00"]
    assert "2026-03,Assets:Copays,5.00,0.00" in (tmp_path / "one" / names[2]).read_text()


def test_an_employer_nobody_added_is_told(books: Opened, tmp_path: Path) -> None:
    words = ["ledger", "export", "--format", "csv", "--to", str(tmp_path / "out"), "--employer", "Harbour"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 10
    assert "There is no employer called 'Harbour'. Nothing was written." in result.stderr
    assert not (tmp_path / "out").exists()
