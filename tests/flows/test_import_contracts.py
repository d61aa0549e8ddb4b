"""A file of contracts is written whole or not at all; the same file again changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cast import MONDAY, Opened
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.network.contracts.queries import contracts_with
from daybreak.network.models import Contract, RoomSession, Site

pytestmark = pytest.mark.django_db

HARBOR, SOUTH_PARK = made_id("Harbor Health"), made_id("south-park")
Run = Callable[..., Result]


@pytest.fixture
def text(opened: Opened) -> str:
    refs = dict(Site.objects.filter(pk__in=(SOUTH_PARK, made_id("larkin"))).values_list("pk", "external_ref"))
    return f"""employer = "Harbor Health"

[[contract]]
site = "{refs[SOUTH_PARK]}"
number = "South Park, from a file"
from = 2030-01-01
share = 1
released = 06:30:00
rate = 95.50
pays_within_days = 14
spots = {{ Toddlers = 2 }}

[[contract]]
site = "{refs[made_id("larkin")]}"
number = "Larkin, from a file"
from = 2030-01-01
until = 2031-01-01
released = 18:00:00
released_days_before = 1
share = 2
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(text: str, *args: str) -> Result:
        (tmp_path / "contracts.toml").write_text(text)
        return CliRunner().invoke(main, ["import", "contracts", str(tmp_path / "contracts.toml"), *args])

    return command


def numbers() -> set[str]:
    return set(Contract.objects.values_list("number", flat=True))


def test_contracts_are_added_once_and_a_later_file_may_end_them(run: Run, text: str) -> None:
    before = numbers()
    result = run(text)
    assert result.exit_code == 0, result.output
    assert "2 contracts of Harbor Health, 2 new, 0 given an end, 0 as they were." in result.stdout
    assert numbers() - before == {"South Park, from a file", "Larkin, from a file"}
    (park,) = [one for one in contracts_with(HARBOR, since=MONDAY) if one.number == "South Park, from a file"]
    assert (park.spots, park.rate_cents, park.pays_within_days) == ((("Toddlers", 2),), 9_550, 14)
    assert json.loads(run(text, "--json").stdout) == {
        "employer": "Harbor Health",
        "added": [],
        "ended": [],
        "unchanged": 2,
    }
    ended = text.replace("from = 2030-01-01\nshare = 1", "from = 2030-01-01\nuntil = 2030-07-01\nshare = 1")
    assert json.loads(run(ended, "--json").stdout)["ended"] == ["South Park, from a file"]
    assert Contract.objects.get(number="South Park, from a file").until_day.isoformat() == "2030-07-01"


def test_a_dry_run_says_the_same_and_writes_nothing(run: Run, text: str) -> None:
    before, kept = numbers(), list(RoomSession.objects.exclude(kept=[]).values_list("pk", flat=True))
    result = run(text, "--dry-run")
    assert "2 new" in result.stdout
    assert "A dry run: nothing was written." in result.stdout
    assert numbers() == before
    assert list(RoomSession.objects.exclude(kept=[]).values_list("pk", flat=True)) == kept


BROKEN = {
    "an employer nobody knows": ('employer = "Harbor Health"', 'employer = "Harbour Health"', 1, "no employer called"),
    "a place nobody knows": ('site = "', 'site = "zz:', 3, "there is no place with the ref"),
    "a room it does not have": ("Toddlers = 2", "Todlers = 2", 3, "has no room 'Todlers'; its rooms: "),
    "more than its license": ("Toddlers = 2", "Toddlers = 400", 3, "Guarantee fewer."),
    "a key misspelled": ("share = 1", "shares = 1", 7, "Did you mean 'share'?"),
    "a day in quotes": ("from = 2030-01-01", 'from = "2030-01-01"', 6, "is not a day like 2026-01-31"),
    "a time that is none": ("released = 06:30:00", 'released = "6:30"', 8, "is not a time like 06:30:00"),
    "half a cent": ("rate = 95.50", "rate = 95.505", 9, "is not an amount of dollars"),
    "a number below none": ("pays_within_days = 14", "pays_within_days = -1", 10, "is not a whole number"),
    "no contract": ("[[contract]]", "[[contracts]]", 1, "begin each with [[contract]]"),
    "no TOML": ("share = 1", "share = = 1", 7, "this is not TOML"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_line_and_nothing_is_written(run: Run, text: str, name: str) -> None:
    was, is_now, line, words = BROKEN[name]
    before = numbers()
    result = run(text.replace(was, is_now, -1 if name == "no contract" else 1))
    assert result.exit_code == 10, result.output
    assert f"contracts.toml, line {line}:" in result.stderr
    assert words in result.stderr
    assert "No contract was written." in result.stderr
    assert numbers() == before


def test_a_contract_is_never_rewritten(run: Run, text: str) -> None:
    assert run(text).exit_code == 0
    result = run(text.replace("rate = 95.50", "rate = 90"))
    assert result.exit_code == 10
    assert "line 3: A contract with this number is known here and reads otherwise." in result.stderr
    assert Contract.objects.get(number="South Park, from a file").rate_cents == 9_550
