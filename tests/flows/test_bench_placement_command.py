"""The placement benchmark, run as a person runs it: each arm in a process of its own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from daybreak.bench import flow
from daybreak.cli.main import main
from daybreak.cli.mornings import morning_at


@pytest.fixture(scope="module")
def found() -> dict:
    ran = CliRunner().invoke(
        main, ["bench", "placement", "--children", "120", "--seed", "3", "--minutes", "0.05", "--json"]
    )
    assert ran.exit_code == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.timeout(900)
def test_it_reports_ours_beside_the_flow_and_the_line(found: dict) -> None:
    assert set(found) >= {"what", "n", "seed", "ours", "baseline", "first_come", "ratio", "machine"}
    assert set(found["machine"]) == {"cores", "memory_gb", "python"}
    assert (found["n"], found["seed"], found["rounds"]) == (120, 3, 3)
    assert found["baseline"]["name"] == "plain OR-Tools min-cost flow, siblings ignored"
    ours = found["ours"]
    assert found["first_come"]["value"] <= ours["value"] <= ours["value_bound"]
    assert ours["gap"] == pytest.approx((ours["value_bound"] - ours["value"]) / ours["value_bound"], abs=1e-9)
    assert 0 < ours["placed"] <= ours["coverable"] <= 120
    assert ours["peak_mb"] > 0
    assert 0 <= ours["one_percent_gap"] < 1


@pytest.mark.timeout(900)
def test_its_ratios_are_ours_against_theirs(found: dict) -> None:
    ours, theirs, ratio = found["ours"], found["baseline"]["seconds"], found["ratio"]
    plain = theirs["arcs"] + theirs["solve"]
    assert ratio["seconds_cold"] == pytest.approx(ours["seconds"]["total"] / plain, rel=0.2)
    assert ratio["children_to_first_come"] == pytest.approx(ours["placed"] / found["first_come"]["placed"], abs=1e-4)


@pytest.mark.timeout(900)
def test_a_small_town_is_placed_as_well_as_the_best_known_method_places_it(found: dict) -> None:
    whole = found["best_known"]["whole_program"]
    assert whole["proven"]
    assert found["ours"]["value"] == pytest.approx(whole["value"], abs=0.01)


def test_a_town_in_files_is_a_morning(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["bench", "placement", "--children", "60", "--files", str(tmp_path / "town")])
    assert ran.exit_code == 0
    assert len(morning_at(tmp_path / "town").child_ids) == 60


def test_without_or_tools_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "find_spec", lambda _: None)
    ran = CliRunner().invoke(main, ["bench", "placement", "--children", "60", "--json"])
    assert (ran.exit_code, ran.stdout) == (10, "")
    assert "OR-Tools, which is not installed. Nothing was measured." in ran.stderr
