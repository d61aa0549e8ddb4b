"""The booking benchmark, run as a person runs it, on a database of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from daybreak.bench import booking
from daybreak.cli.main import main

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")


@pytest.fixture
def bench(tmp_path):
    """Run the command in a process of its own, on an embedded database in an empty folder."""
    database = tmp_path / "daybreak.sqlite3"

    def run(*arguments, url=f"sqlite:///{database}"):
        environment = {**os.environ, "DATABASE_URL": url, "DAYBREAK_DATA": str(tmp_path)}
        command = [str(Path(sys.executable).parent / "daybreak"), "bench", "booking", *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    run.database = database
    return run


def test_it_reports_claims_beside_the_bare_writes_of_the_same_run(bench):
    found = json.loads(bench("--clients", "4", "--seconds", "0.3", "--json").stdout)
    assert set(found) >= {"what", "n", "seed", "ours", "baseline", "ratio", "machine", "database", "rounds"}
    assert set(found["machine"]) == {"cores", "memory_gb", "python"}
    assert (found["n"], found["rounds"], found["database"].split()[0]) == (4, 3, "sqlite")
    assert found["baseline"]["name"] == "sqlite3, the same rows in one immediate transaction, nothing checked"
    assert found["ours"]["claims"] > 0
    assert (found["ours"]["refused"], found["ours"]["drift"]) == (0, 0)
    for figure, ratio in found["ratio"].items():
        assert ratio == pytest.approx(found["ours"][figure] / found["baseline"][figure], abs=0.001)
    with closing(sqlite3.connect(bench.database)) as named:
        assert named.execute("SELECT name FROM sqlite_master").fetchall() == []


def test_an_embedded_database_with_sites_is_left_alone(bench):
    with closing(sqlite3.connect(bench.database)) as database, database:
        database.execute("CREATE TABLE network_site (id char(32) PRIMARY KEY)")
        database.execute("INSERT INTO network_site VALUES ('x')")
    measured = bench("--clients", "2", "--seconds", "0.3", "--json")
    assert (measured.returncode, json.loads(measured.stdout)["ours"]["drift"]) == (0, 0)
    with closing(sqlite3.connect(bench.database)) as database:
        assert database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("network_site",)]
        assert database.execute("SELECT id FROM network_site").fetchall() == [("x",)]


def test_it_refuses_a_server_whose_database_has_sites(monkeypatch):
    monkeypatch.setattr(booking, "connection", SimpleNamespace(vendor="postgresql"))
    monkeypatch.setattr(booking, "has_sites", lambda: True)
    refused = CliRunner().invoke(main, ["bench", "booking", "--json"])
    assert (refused.exit_code, refused.stdout) == (10, "")
    assert "daybreak: DATABASE_URL names a database that has sites; a benchmark on its server" in refused.stderr
    assert "Nothing was done. Name an empty database on a server that nobody is using." in refused.stderr


def test_a_server_that_does_not_answer_is_a_sentence(bench):
    answer = bench("--json", url="postgres://nobody@127.0.0.1:1/x")
    assert (answer.returncode, answer.stdout) == (10, "")
    assert "daybreak: The database does not answer: " in answer.stderr
    assert "Nothing was measured." in answer.stderr
    assert "Traceback" not in answer.stderr
