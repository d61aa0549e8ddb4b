"""`daybreak bench cascade` on weeks drawn and given, and `daybreak replay` of its log: the same figures."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from daybreak.care.week.files import read_log, read_week
from daybreak.cli.main import main

COUNTED = ("filled", "promised", "told_late", "median_minutes", "p95_minutes", "recovered", "children", "by_pay_class")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("week")
    pages = folder / "pages"
    args = ["bench", "cascade", "--households", "900", "--seed", "4", "--out", str(folder), "--page", str(pages)]
    ran = CliRunner().invoke(main, [*args, "--json"])
    assert ran.exit_code == 0, ran.stderr
    return folder, json.loads(ran.stdout)


def test_the_same_week_is_served_better_and_nobody_is_told_late(drawn: tuple[Path, dict]) -> None:
    _, found = drawn
    assert {"what", "n", "seed", "ours", "baseline", "ratio", "machine"} <= set(found)
    assert (found["n"], found["seed"]) == (900, 4)
    ours, baseline = found["ours"], found["baseline"]
    assert baseline["name"] == "ask the nearest center, then give up"
    assert ours["told_late"] == 0
    assert ours["filled"] > baseline["filled"]
    assert ours["recovered"] > 0
    assert not baseline["recovered"]
    assert ours["children"] <= ours["best"]["children_at_most"]
    assert found["ratio"]["filled"] == pytest.approx(ours["filled"] / baseline["filled"], abs=1e-3)


def test_replay_of_its_own_log_counts_the_same(drawn: tuple[Path, dict]) -> None:
    folder, found = drawn
    ran = CliRunner().invoke(main, ["replay", str(folder / "log.csv"), "--json"])
    assert ran.exit_code == 0, ran.stderr
    again = json.loads(ran.stdout)
    assert {name: again[name] for name in (*COUNTED, "best")} == {
        name: found["ours"][name] for name in (*COUNTED, "best")
    }


def test_a_week_given_as_files_is_the_week_that_was_drawn(drawn: tuple[Path, dict]) -> None:
    folder, found = drawn
    ran = CliRunner().invoke(main, ["bench", "cascade", "--week", str(folder), "--json"])
    assert ran.exit_code == 0, ran.stderr
    again = json.loads(ran.stdout)
    assert again["log"] == str(folder / "log.csv")
    assert {name: again["ours"][name] for name in COUNTED} == {name: found["ours"][name] for name in COUNTED}
    assert again["baseline"]["filled"] == found["baseline"]["filled"]


def test_no_site_ever_has_more_children_than_spots_in_its_log(drawn: tuple[Path, dict]) -> None:
    folder, _ = drawn
    names = ("requests.csv", "supply.csv", "answers.csv", "cancellations.csv")
    week = read_week({name: (folder / name).read_text() for name in names})
    requests = {request.request_id: request for request in week.requests}
    spots = {site.site_id: site.spots for site in week.supply}
    has: dict[str, str] = {}
    taken: dict[tuple[str, object], list[int]] = {}
    for line in read_log((folder / "log.csv").read_text()):
        request = requests[line.request_id]
        key = (line.site_id, request.day)
        if line.event == "confirmed":
            assert line.request_id not in has, "never two confirmed places at a time"
            has[line.request_id] = line.site_id
            taken[key] = [a + b for a, b in zip(taken.get(key, [0] * 4), request.needs, strict=True)]
            assert all(used <= most for used, most in zip(taken[key], spots[line.site_id], strict=True))
        elif line.event == "canceled":
            assert has.pop(line.request_id) == line.site_id
            taken[key] = [a - b for a, b in zip(taken[key], request.needs, strict=True)]


def test_the_page_has_its_picture(drawn: tuple[Path, dict]) -> None:
    folder, found = drawn
    page = next((folder / "pages").glob("cascade-*.md"))
    assert page.with_suffix(".svg").read_text().startswith("<svg")
    assert f"| filled | {found['ours']['filled']:.1%} | {found['baseline']['filled']:.1%} |" in page.read_text()


def test_the_report_in_words_says_what_it_does_not_know(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(
        "at,request_id,event,route,site_id,detail\n"
        "2026-03-02T06:00,a,asked,,,\n2026-03-02T06:07,a,confirmed,place,oaks,\n2026-03-02T06:07,a,told,,,\n"
    )
    ran = CliRunner().invoke(main, ["replay", str(log)])
    assert ran.exit_code == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "1 requests.",
        "Filled 100.0%, money promised 0.0%.",
        "Told after decide-by: not known.",
        "Minutes to the answer: 7.0 for half of them, at most 7.0 for 95 of 100.",
        "Places taken back: 0; found again not known.",
        "What the supply allowed is not known: no files of the week stand beside the log.",
    ]


def test_a_broken_week_is_answered_with_sentences_and_no_log(tmp_path: Path) -> None:
    (tmp_path / "requests.csv").write_text("request_id\n")
    ran = CliRunner().invoke(main, ["bench", "cascade", "--week", str(tmp_path), "--json"])
    assert (ran.exit_code, ran.stdout) == (10, "")
    assert "requests.csv, line 1: the column 'asked_at' is missing." in ran.stderr
    assert "supply.csv: the file is missing." in ran.stderr
    assert not (tmp_path / "log.csv").exists()


def test_a_week_is_either_given_or_drawn() -> None:
    assert CliRunner().invoke(main, ["bench", "cascade", "--json"]).exit_code == 2
