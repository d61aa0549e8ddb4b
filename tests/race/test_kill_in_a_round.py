"""Kill -9 of the worker in the middle of a round, again and again: nothing it booked is lost, and nothing is double."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from killed import Postgresql, Sqlite, environment, kill_with_children

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("race")]

HERE = Path(__file__).parent
KILLS = 3


def run(what: str, env: dict[str, str]) -> dict[str, object]:
    command = [sys.executable, str(HERE / "surge_market.py"), what]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def bookings_in(uri: str) -> int:
    """How many bookings there are, asked of the database itself."""
    if uri.startswith("sqlite"):
        with sqlite3.connect(uri.removeprefix("sqlite:///"), timeout=20) as file:
            return int(file.execute("SELECT count(*) FROM care_booking").fetchone()[0])
    with psycopg.connect(uri) as server:
        (count,) = server.execute("SELECT count(*) FROM care_booking").fetchone() or (0,)
        return int(count)


def worker(env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "daybreak.cli.main", "worker", "--once"]
    return subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)


def kill_after_a_booking(uri: str, env: dict[str, str]) -> bool:
    """Start a worker and kill it as soon as its round has booked somebody; False when it ended before."""
    before = bookings_in(uri)
    process = worker(env)
    while process.poll() is None:
        if bookings_in(uri) > before:
            kill_with_children(psutil.Process(process.pid))
            process.wait(timeout=10)
            return True
        time.sleep(0.005)
    return False


@pytest.mark.parametrize("kind", [Postgresql, Sqlite], ids=["postgresql", "sqlite"])
def test_a_worker_killed_in_a_round_loses_nothing_and_doubles_nothing(
    kind: type[Postgresql | Sqlite], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    database = kind(tmp_path)
    env = environment(database.uri, tmp_path)
    try:
        began = run("prepare", env)
        kills = 0
        for _ in range(KILLS):
            run("hurry", env)
            kills += kill_after_a_booking(database.uri, env)
        left = run("count", env)
        run("hurry", env)
        assert worker(env).wait(timeout=120) == 0
        found = run("count", env)
    finally:
        database.stop()

    record_property("kills, placed before the last round, after it", (kills, left["placed"], found["placed"]))
    assert kills > 0
    placed = found["placed"]
    assert isinstance(placed, list)
    assert isinstance(left["placed"], list)
    # What a killed round had booked stands, and the next round went on from there.
    assert set(left["placed"]) <= set(placed)
    assert len(placed) > int(str(began["bookings"])) + kills
    assert found["booked"] == placed
    assert set(placed) == set(found["told"])  # type: ignore[call-overload]  # read from JSON
    assert (found["half_bookings"], found["spots_of_no_booking"], found["drift"]) == ([], [], [])
    states = found["states"]
    assert isinstance(states, dict)
    assert sum(states.values()) == began["requests"]
    assert set(states) <= {"asked", "placed"}
