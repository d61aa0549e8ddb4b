"""`daybreak business-case` works a file out, writes three files or none, and says the same to the last digit."""

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from daybreak.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "start" / "cases"
SKEPTIC = DOCS / "a-skeptics-case.toml"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*args: str, file: Path = SKEPTIC, out: str = "out") -> Result:
        return CliRunner().invoke(
            main, ["business-case", str(file), "--draws", "4000", "--out", str(tmp_path / out), *args]
        )

    return command


def test_it_writes_the_case_as_figures_as_a_page_and_on_paper(run: Run, tmp_path: Path) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["briefing.pdf", "case.html", "case.json"]
    assert result.stdout.startswith("Backup care has about an even chance of paying for itself: 4")
    assert (tmp_path / "out" / "briefing.pdf").read_bytes().startswith(b"%PDF-")


def test_json_is_one_object_with_what_the_format_promises_and_nothing_else(run: Run, tmp_path: Path) -> None:
    result = run("--json")
    found = json.loads(result.stdout)
    assert set(found["roi"]) == set(found["roi_without_retention"]) == {"p05", "p50", "p95"}
    assert found["roi"]["p05"] < found["roi"]["p50"] < found["roi"]["p95"]
    assert found["roi_without_retention"]["p50"] < found["roi"]["p50"] < 0
    assert {"p05", "p50", "p95"} <= set(found["net_value"])
    assert 0 < found["chance_of_paying"] < 1
    ledgers = found["ledgers"]
    parts = sum(ledgers[name]["mean"] for name in ("employer", "employee", "treasury"))
    assert parts == pytest.approx(ledgers["together"]["mean"])
    assert found == json.loads((tmp_path / "out" / "case.json").read_text())
    assert (found["draws"], found["seed"]) == (4000, 7)


def test_the_lines_of_each_ledger_add_up_to_it(run: Run) -> None:
    found = json.loads(run("--json", file=DOCS / "unpaid-hours-counted.toml").stdout)
    for ledger in ("employer", "employee", "treasury"):
        lines = sum(line[ledger] for line in found["ledger_lines"].values())
        assert lines == pytest.approx(found["ledgers"][ledger]["mean"])
    assert found["ledger_lines"]["regained"]["employee"] > 0


def test_the_same_seed_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for out in ("one", "two"):
        assert run("--seed", "11", out=out).exit_code == 0
    for name in ("case.json", "case.html", "briefing.pdf"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name
    assert run("--seed", "12", out="three").exit_code == 0
    assert (tmp_path / "one" / "case.json").read_bytes() != (tmp_path / "three" / "case.json").read_bytes()


def test_the_page_stands_alone_and_every_figure_leads_to_its_source(run: Run, tmp_path: Path) -> None:
    run()
    page = (tmp_path / "out" / "case.html").read_text()
    assert page.count("<h1") == 1
    assert "<script" not in page
    assert "url(" not in page
    links = {part.split('"')[0] for part in page.split('href="#')[1:]}
    anchors = {part.split('"')[0] for part in page.split(' id="')[1:]}
    assert links
    assert links <= anchors
    for figure in page.split("<figcaption>")[1:]:
        assert 'href="#source-' in figure.split("</figcaption>")[0]


def test_a_benefit_that_costs_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    text = SKEPTIC.read_text().replace("reach = {", "reach = 0.0 # {")
    for key in ("fee", "admin"):
        text = "\n".join(f"{key} = 0" if line.startswith(f"{key} =") else line for line in text.splitlines())
    (tmp_path / "free.toml").write_text(text)
    result = run(file=tmp_path / "free.toml")
    assert result.exit_code == 10
    assert "free.toml: The benefit costs nothing in this case" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_year_whose_law_is_not_known_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text(SKEPTIC.read_text().replace("year = 2026", "year = 2001"))
    result = run(file=tmp_path / "old.toml")
    assert result.exit_code == 10
    assert "old.toml, line 10: year 2,001 is not from 2,002 to 2,100." in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_in_the_way_leaves_the_old_case_as_it_was(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "briefing.pdf").mkdir(parents=True)
    result = run()
    assert result.exit_code == 10
    assert "No case was written." in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["briefing.pdf"]


@pytest.mark.parametrize("args", [("--draws", "10"), ("--seed", "-1"), ("--draws", "many")])
def test_what_cannot_be_drawn_is_a_question_of_usage(run: Run, args: tuple[str, str], tmp_path: Path) -> None:
    assert run(*args).exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("page", ["README.md", "docs/start/a-business-case.md"])
def test_the_pages_show_what_the_command_prints(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    _, _, shown = (ROOT / page).read_text().partition("$ .venv/bin/daybreak business-case ")
    line, _, output = shown.partition("\n")
    result = CliRunner().invoke(main, ["business-case", *shlex.split(line)])
    assert result.stdout == output.partition("```")[0]


def test_the_benchmark_prints_its_ratio_beside_a_named_baseline() -> None:
    result = CliRunner().invoke(main, ["bench", "business-case", "--draws", "5000", "--json"])
    found = json.loads(result.stdout)
    assert {"what", "n", "seed", "ours", "baseline", "ratio", "machine"} <= set(found)
    assert "NumPy" in found["baseline"]["name"]
    assert found["ratio"]["seconds"] > 0
    assert found["ours"]["roi_p50"] == pytest.approx(found["baseline"]["roi_p50"], abs=0.06)
    said = CliRunner().invoke(main, ["bench", "business-case", "--draws", "2000"]).stdout
    assert "times as long" in said


def test_page_and_paper_are_in_the_language_asked_for_with_the_same_figures(run: Run, tmp_path: Path) -> None:
    assert run(out="en").exit_code == 0
    result = run("--language", "es", out="es")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Backup care has about an even chance"), "commands speak English"
    page = (tmp_path / "es" / "case.html").read_text()
    assert '<html lang="es">' in page
    assert "Doce preguntas de un escéptico" in page
    assert (tmp_path / "es" / "case.json").read_bytes() == (tmp_path / "en" / "case.json").read_bytes()
    assert (tmp_path / "es" / "briefing.pdf").read_bytes() != (tmp_path / "en" / "briefing.pdf").read_bytes()


def test_a_case_that_rests_on_claims_says_so_on_its_face(run: Run, tmp_path: Path) -> None:
    result = run(file=DOCS / "as-sellers-reckon.toml")
    assert result.stdout.startswith("If the claims in this case were true, backup care would pay in ")
    page = (tmp_path / "out" / "case.html").read_text()
    assert "With claimed figures (4)" in page
    assert "As evidenced" not in page


def test_what_was_measured_here_stands_in_the_briefing_with_its_margin(run: Run, tmp_path: Path) -> None:
    own = 'reach = { estimate = 0.14, margin = 0.03, basis = "measured", source = "Release 12" }'
    lines = [own if line.startswith("reach =") else line for line in SKEPTIC.read_text().splitlines()]
    (tmp_path / "own.toml").write_text("\n".join(lines))
    run(out="before")
    run(file=tmp_path / "own.toml", out="after")
    before, after = ((tmp_path / out / "case.html").read_text() for out in ("before", "after"))
    assert "Released evidence of this employer: none yet." in before
    assert "Released evidence of this employer: none yet." not in after
    assert "Parents who use it in a year: 14% (11% to 17%). Release 12" in after


def test_an_employer_without_parents_has_no_pilot_and_doing_nothing_is_best(run: Run, tmp_path: Path) -> None:
    lines = ["parents = 0" if line.startswith("parents =") else line for line in SKEPTIC.read_text().splitlines()]
    (tmp_path / "none.toml").write_text("\n".join(lines))
    result = run("--json", file=tmp_path / "none.toml")
    found = json.loads(result.stdout, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert [length["detectable"] for length in found["pilot"]["lengths"]] == [None] * 3
    assert "In the middle draw the best of these ways is: nothing" in (tmp_path / "out" / "case.html").read_text()


def test_a_case_without_any_chance_speaks_of_none(run: Run, tmp_path: Path) -> None:
    text = re.sub(
        r"^(\w+) = \{ (?:mean|median|least) = ([\d.]+), (?:low|likely) = .*\}$",
        r"\1 = \2",
        SKEPTIC.read_text(),
        flags=re.M,
    )
    (tmp_path / "fixed.toml").write_text(text)
    result = run(file=tmp_path / "fixed.toml")
    assert result.stdout.startswith("By these fixed figures backup care does not pay for itself.")


def test_a_year_whose_figures_are_not_confirmed_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "later.toml").write_text(SKEPTIC.read_text().replace("year = 2026", "year = 2027"))
    assert run(file=tmp_path / "later.toml").exit_code == 0
    caution = "A figure of that year could not be confirmed; the last known one stands for it."
    assert caution in (tmp_path / "out" / "case.html").read_text()
    assert run(out="now").exit_code == 0
    assert caution not in (tmp_path / "now" / "case.html").read_text()
