"""The benchmarks of the books, run as a person runs them, on databases of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")


def measured(tmp_path: Path, *words: str) -> tuple[dict[str, object], str]:
    """What a benchmark prints, and what it says meanwhile."""
    url = f"sqlite:///{tmp_path / 'daybreak.sqlite3'}"
    environment = {**os.environ, "DATABASE_URL": url, "DAYBREAK_DATA": str(tmp_path)}
    command = [str(Path(sys.executable).parent / "daybreak"), "bench", *words, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    assert set(found) >= {"what", "n", "seed", "ours", "baseline", "ratio", "machine"}
    return found, done.stderr


def test_one_employers_families_are_measured_beside_as_many_employers(tmp_path: Path) -> None:
    found, _ = measured(tmp_path, "employers", "--clients", "4", "--seconds", "0.3")
    ours, baseline, ratio = found["ours"], found["baseline"], found["ratio"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert isinstance(ratio, dict)
    assert (found["n"], found["balanced"], ours["refused"]) == (4, True, 0)
    assert baseline["name"] == "the same claims of the families of 4 employers"
    rate = ours["claims_per_second"] / baseline["claims_per_second"]
    assert ratio["claims_per_second"] == pytest.approx(rate, abs=0.001)


def test_a_year_closes_with_progress_and_agrees_with_plain_sql_to_the_cent(tmp_path: Path) -> None:
    found, said = measured(tmp_path, "year", "--employees", "300", "--seed", "3")
    ours, baseline = found["ours"], found["baseline"]
    assert isinstance(ours, dict)
    assert isinstance(baseline, dict)
    assert (found["agrees_to_the_cent"], found["balanced"]) == (True, True)
    assert baseline["box_10_cents"] > 0
    assert ours["employees_in_box_10"] == baseline["employees"]
    assert ours["peak_mb"] > 0
    assert "passbooks ended" in said
