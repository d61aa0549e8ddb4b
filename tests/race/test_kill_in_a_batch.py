"""Kill -9 while answers come in and batches are written: none is lost or doubled, and the order says nothing."""

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from killed import Postgresql

HERE = Path(__file__).parent
KILLS = 6
BATCH = 20

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("race")]


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of this test's own, because its writers are killed."""
    server = Postgresql(tmp_path) if request.param == "postgresql" else None
    uri = server.uri if server else f"sqlite:///{tmp_path / 'interviews.sqlite3'}"
    yield {**os.environ, "DAYBREAK_DATA": str(tmp_path), "DAYBREAK_INTERVIEWS_DATABASE_URL": uri}
    if server:
        server.stop()


def program(environment: dict[str, str], *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, str(HERE / "kill_interviews.py"), *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def told_until_killed(environment: dict[str, str], first: int) -> list[int]:
    """Numbers that were said to be kept before the process was killed, in the middle of whatever it did."""
    answering = program(environment, "answer", str(first))
    assert answering.stdout is not None
    wanted, told = random.randint(15, 45), []
    for line in answering.stdout:
        told.append(int(line))
        if len(told) == wanted:
            answering.send_signal(signal.SIGKILL)
            break
    told += [int(line) for line in answering.stdout if line.endswith("\n")]
    answering.wait(timeout=30)
    return told


def test_no_answer_is_lost_or_doubled_and_the_order_still_says_nothing(environment: dict[str, str]) -> None:
    assert program(environment, "prepare").wait(timeout=60) == 0
    told: list[int] = []
    for kill in range(KILLS):
        told += told_until_killed(environment, 100_000 * (kill + 1))
    counted = program(environment, "count").communicate(timeout=60)[0]
    kept = json.loads(counted)
    everything = kept["written"] + kept["waiting"]
    assert len(everything) == len(set(everything))
    assert set(told) <= set(everything)
    # At most the one that was in hand at each kill is kept without having been told so.
    assert len(set(everything) - set(told)) <= KILLS
    assert kept["answers"] == kept["spent"] == len(kept["written"])
    assert len(kept["written"]) % BATCH == 0
    assert len(kept["waiting"]) < BATCH
    assert kept["written"] != sorted(kept["written"])
