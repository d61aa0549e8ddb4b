"""`daybreak place` and `daybreak check`, as somebody types them."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daybreak.cli.main import main

MORNINGS = Path(__file__).parent.parent / "spec" / "mornings"
DAWN = MORNINGS / "dawn"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    assert run("place", DAWN, "--out", tmp_path / "plan").exit_code == 0
    return tmp_path / "plan"


def test_place_writes_a_line_for_each_child_and_a_summary(tmp_path: Path) -> None:
    result = run("place", DAWN, "--out", tmp_path / "new" / "plan")
    assert result.exit_code == 0
    assert (tmp_path / "new" / "plan" / "placements.csv").read_text() == (DAWN / "expected.csv").read_text()
    assert sorted(file.name for file in (tmp_path / "new" / "plan").iterdir()) == ["placements.csv", "summary.json"]
    assert result.stdout.startswith("5 of 12 children have a place; 5 could have one if nobody else had asked.\n")


def test_json_is_one_object_with_every_promised_figure_and_nothing_else(tmp_path: Path) -> None:
    result = run("place", DAWN, "--out", tmp_path / "plan", "--json", "--seed", "7")
    summary = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""
    assert summary == json.loads((tmp_path / "plan" / "summary.json").read_text())
    seconds, peak_mb = summary.pop("seconds"), summary.pop("peak_mb")
    assert list(seconds) == ["read", "compile", "solve", "verify", "write"]
    assert all(spent >= 0 for spent in seconds.values())
    assert peak_mb > 10
    value, bound, gap = (summary.pop(key) for key in ("value", "value_bound", "gap"))
    # Rosa 2 x 1400, Theo 2 x 1200 less 3.22 minutes, Mei 1000: no plan does better, and that is proven.
    assert round(value, 2) == 6196.78
    assert value <= bound < value + 0.1
    assert gap == (bound - value) / bound
    assert all(one["minutes"] > 1 for one in summary.pop("most_wanted"))
    assert round(summary.pop("minutes_mean"), 2) == 0.64
    assert summary.pop("first_come").keys() == {"placed", "value", "minutes_mean"}
    assert summary == {
        "children": 12,
        "coverable": 5,
        "placed": 5,
        "placed_by_priority": {"0": 2, "1": 2, "2": 1},
        "rate_by_pay_class": {"hourly": 1.0, "salaried": 1.0},
        "seed": 7,
    }


def test_value_changes_what_a_placed_child_is_worth(tmp_path: Path) -> None:
    result = run("place", DAWN, "--out", tmp_path / "plan", "--json", "--value", "30,20,10")
    assert round(json.loads(result.stdout)["value"], 2) == round(2 * 30 + 2 * 20 - 3.2167 + 10, 2)


def test_a_second_plan_replaces_the_first_and_leaves_other_files_alone(plan: Path) -> None:
    (plan / "notes.txt").write_text("keep me")
    (plan / "placements.csv").write_text("old")
    assert run("place", DAWN, "--out", plan).exit_code == 0
    assert (plan / "placements.csv").read_text() == (DAWN / "expected.csv").read_text()
    assert sorted(file.name for file in plan.iterdir()) == ["notes.txt", "placements.csv", "summary.json"]


def test_exact_and_fair_plans_keep_every_rule_and_say_what_they_reach(tmp_path: Path) -> None:
    assert run("place", DAWN, "--out", tmp_path / "plan", "--exact").exit_code == 0
    result = run("place", DAWN, "--out", tmp_path / "fair", "--fair", "pay_class=2", "--json")
    fair = json.loads(result.stdout)["fair"]
    assert (fair["points"], fair["within"], fair["children_fewer"]) == (2.0, True, 0)
    assert run("check", DAWN, tmp_path / "fair").exit_code == 0


@pytest.mark.parametrize("wish", ["pay_class", "pay_class=x", "pay_class=-1", "shoe_size=2", "pay_class=101"])
def test_a_fairness_that_cannot_be_meant_is_a_matter_of_usage(tmp_path: Path, wish: str) -> None:
    result = run("place", DAWN, "--out", tmp_path / "plan", "--fair", wish)
    assert result.exit_code == 2
    assert "pay_class=2" in result.stderr
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize("words", [["--seed", "x"], ["--seed", "-1"], ["--value", "1,2"], ["--colour"]])
def test_options_that_make_no_sense_are_a_matter_of_usage(tmp_path: Path, words: list[str]) -> None:
    assert run("place", DAWN, "--out", tmp_path / "plan", *words).exit_code == 2
    assert run("place", tmp_path / "nowhere", "--out", tmp_path / "plan").exit_code == 2
    assert run("place", DAWN).exit_code == 2
    assert not (tmp_path / "plan").exists()


def test_bad_files_end_with_ten_every_slip_and_nothing_written(tmp_path: Path) -> None:
    result = run("place", MORNINGS / "slips", "--out", tmp_path / "plan", "--json")
    assert (result.exit_code, result.stdout) == (10, "")
    assert result.stderr.splitlines()[0] == (
        "daybreak: sites.csv, line 3: opens '6 am' is not a time of day from 00:00 to 23:59."
    )
    assert result.stderr.splitlines()[-1] == "Nothing was placed. Fix the files and run the command again."
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_utf_8_is_named_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(DAWN, tmp_path / "morning")
    sites = tmp_path / "morning" / "sites.csv"
    sites.write_bytes(sites.read_bytes().replace(b"okafor", b"ok\xe1for"))
    result = run("place", tmp_path / "morning", "--out", tmp_path / "plan")
    assert result.exit_code == 10
    assert result.stderr == (
        "daybreak: sites.csv, line 3: the line is not UTF-8 text. Nothing was done. "
        "Save the file as UTF-8 and run it again.\n"
    )
    assert not (tmp_path / "plan").exists()


def test_a_zero_byte_is_named_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(DAWN, tmp_path / "morning")
    sites = tmp_path / "morning" / "sites.csv"
    sites.write_bytes(sites.read_bytes().replace(b"okafor", b"ok\0for"))
    result = run("place", tmp_path / "morning", "--out", tmp_path / "plan")
    assert result.exit_code == 10
    assert result.stderr == (
        "daybreak: sites.csv, line 3: a zero byte stands here, so this is not text. Nothing was done. "
        "Save the file as CSV and run it again.\n"
    )
    assert not (tmp_path / "plan").exists()


def test_a_plan_that_cannot_be_written_whole_is_not_written_in_part(tmp_path: Path) -> None:
    (tmp_path / "plan" / "summary.json").mkdir(parents=True)
    result = run("place", DAWN, "--out", tmp_path / "plan")
    assert result.exit_code == 10
    assert "No plan was written." in result.stderr
    assert [file.name for file in (tmp_path / "plan").iterdir()] == ["summary.json"]


def test_a_folder_where_a_file_should_be_and_an_unwritable_place_are_sentences_too(tmp_path: Path) -> None:
    shutil.copytree(DAWN, tmp_path / "morning")
    (tmp_path / "morning" / "rooms.csv").unlink()
    (tmp_path / "morning" / "rooms.csv").mkdir()
    assert run("place", tmp_path / "morning", "--out", tmp_path / "plan").exit_code == 10
    (tmp_path / "file").write_text("")
    result = run("place", DAWN, "--out", tmp_path / "file" / "plan")
    assert result.exit_code == 10
    assert "No plan was written." in result.stderr


def test_check_accepts_the_plan_and_proves_a_bound(plan: Path) -> None:
    result = run("check", DAWN, plan)
    assert result.exit_code == 0
    assert re.fullmatch(
        r"The plan keeps every rule\. 5 of 5 coverable children have a place\.\n"
        r"Value 6,196\.8; no plan is worth more than 6,\d{3}\.\d \(gap 0\.\d\d%\)\.\n",
        result.stdout,
    )


def test_check_names_every_broken_rule_and_ends_with_ten(plan: Path) -> None:
    lines = (plan / "placements.csv").read_text()
    (plan / "placements.csv").write_text(
        lines.replace("Ben,okafor,ok-all,0.00,", "Ben,elm-street,elm-all,0.00,").replace("needs", "full")
    )
    result = run("check", DAWN, plan)
    assert result.exit_code == 10
    assert result.stdout.splitlines()[:4] == [
        "Child Ben is at elm-street, which is not open for all of the care and the way.",
        "The household of Ada stays together, but 2 of its 2 children are placed or not all at okafor.",
        "Child Uma is told 'full'; 'needs' is true.",
        "The plan breaks 3 rules. 5 of 5 coverable children have a place.",
    ]
    found = json.loads(run("check", DAWN, plan, "--json").stdout)
    assert found["valid"] is False
    assert [(one["rule"], one["child_id"], one["site_id"]) for one in found["broken"]] == [
        ("hours", "Ben", "elm-street"),
        ("siblings-apart", "Ada", "okafor"),
        ("wrong-reason", "Uma", ""),
    ]
    assert found["placed"] == 5


def test_check_json_is_one_object_with_the_figures(plan: Path) -> None:
    result = run("check", DAWN, plan, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["valid"], found["broken"]) == (0, True, [])
    assert {"children", "coverable", "placed", "value", "value_bound", "gap", "minutes_mean"} <= found.keys()


def test_json_is_all_that_a_process_prints_whatever_its_libraries_would_say(plan: Path, tmp_path: Path) -> None:
    for words in (["place", DAWN, "--out", tmp_path / "again"], ["check", DAWN, plan]):
        code = "from daybreak.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words), "--json"], capture_output=True, text=True, check=True
        )
        assert json.loads(done.stdout)["placed"] == 5


def test_check_without_a_plan_is_bad_input(tmp_path: Path) -> None:
    result = run("check", DAWN, tmp_path)
    assert result.exit_code == 10
    assert result.stderr == (
        "daybreak: placements.csv: the file is missing. Nothing was checked. "
        "Name the folder that daybreak place wrote.\n"
    )


def test_a_plan_made_by_a_spreadsheet_is_checked_as_well(plan: Path) -> None:
    lines = list(csv.reader((plan / "placements.csv").read_text().splitlines()))
    text = "\r\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    (plan / "placements.csv").write_text("\ufeff" + text)
    assert run("check", DAWN, plan).exit_code == 0


def test_placing_needs_no_web_framework_and_no_database(tmp_path: Path) -> None:
    code = (
        "import sys; from daybreak.cli.main import main\n"
        "try: main()\n"
        "except SystemExit as done: assert done.code == 0, done.code\n"
        "assert 'django' not in sys.modules, 'django was imported'"
    )
    words = ["place", str(DAWN), "--out", str(tmp_path / "plan")]
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DAYBREAK", "DATABASE"))
    }
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=clean, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "plan" / "summary.json").exists()


def test_what_more_spots_in_a_room_would_do_is_what_a_morning_with_them_says(tmp_path: Path) -> None:
    """Three rooms of a made-up town are wanted most; each is given four spots and the town placed again."""
    town = tmp_path / "town"
    arguments = ("bench", "placement", "--children", "150", "--tightness", "1.5", "--seed", "1", "--files", town)
    assert run(*arguments).exit_code == 0
    said = json.loads(run("place", town, "--out", tmp_path / "plan", "--json").stdout)
    rooms = [one for one in said["most_wanted"] if one["room_id"]]
    assert rooms
    for one in rooms:
        assert placed_with_more(town, tmp_path / one["room_id"], one["site_id"], one["room_id"]) == (
            said["placed"] + one["children"]
        )
    assert any(one["children"] > 0 for one in rooms)


def placed_with_more(town: Path, folder: Path, site_id: str, room_id: str) -> int:
    shutil.copytree(town, folder)
    for name, key, value in (("sites.csv", "site_id", site_id), ("rooms.csv", "room_id", room_id)):
        with (folder / name).open() as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if row[key] == value:
                row["spots"] = str(int(row["spots"]) + 4)
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    placed = json.loads(run("place", folder, "--out", folder / "plan", "--json").stdout)["placed"]
    assert isinstance(placed, int)
    return placed
