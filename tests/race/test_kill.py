"""Kill -9 of the web processes and of the database, again and again, under load.

Everything a family was told is there afterwards, and nothing is there twice. Each client sends a tap again with the
same key until it has an answer, as a phone on a bad network does. On SQLite the database lives in the web process, so
killing it is killing everything.
"""

import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from killed import Postgresql, Sqlite, environment, kill_with_children

SECONDS = {"postgresql": 30, "sqlite": 12}
CLIENTS = 8
HERE = Path(__file__).parent

pytestmark = [pytest.mark.timeout(240), pytest.mark.xdist_group("race")]


@dataclass
class Log:
    """What the clients saw."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    """Request by key."""
    sent: set[str] = field(default_factory=set)
    retries: int = 0
    refused: list[str] = field(default_factory=list)


class Web:
    """The web process with its workers."""

    def __init__(self, port: int, env: dict[str, str]) -> None:
        self.port, self.env = port, env
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "daybreak.cli.main", "serve", "--port", str(self.port), "--processes", "2"]
        self.process = subprocess.Popen(command, env=self.env, stderr=subprocess.DEVNULL)

    def kill_all(self) -> None:
        kill_with_children(psutil.Process(self.process.pid))
        self.process.wait(timeout=10)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


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
    for attempt in range(300):
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


def killer(web: Web, database: Postgresql | Sqlite, ends: float, kills: dict[str, int]) -> None:
    """Kill a web worker every two seconds and the whole database once, in the middle."""
    dice = random.Random(web.port)
    middle = time.monotonic() + (ends - time.monotonic()) / 2
    while time.monotonic() < ends - 2:
        time.sleep(2)
        if workers := psutil.Process(web.process.pid).children():
            with suppress(psutil.NoSuchProcess):
                dice.choice(workers).send_signal(signal.SIGKILL)
                kills["web"] += 1
        if time.monotonic() > middle and not kills["database"]:
            database.kill(web)
            kills["database"] += 1


@pytest.mark.parametrize("kind", [Postgresql, Sqlite], ids=["postgresql", "sqlite"])
def test_everything_acknowledged_is_there_and_nothing_twice(
    kind: type[Postgresql | Sqlite], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    database = kind(tmp_path)
    env = environment(database.uri, tmp_path)
    market = run("prepare", env)
    families, days = market["families"], market["days"]
    assert isinstance(families, list)
    assert isinstance(days, list)
    log, kills = Log(), {"web": 0, "database": 0}
    web = Web(free_port(), env)
    try:
        wait_for(web.port)
        ends = time.monotonic() + SECONDS[database.name]
        threads = [
            threading.Thread(target=client, args=(web.port, families[number::CLIENTS], days, ends, log))
            for number in range(CLIENTS)
        ]
        threads.append(threading.Thread(target=killer, args=(web, database, ends, kills)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        web.stop()

    found = run("count", env)
    database.stop()
    record_property("asked, retries, kills", (len(log.sent), log.retries, kills))
    assert log.refused == []
    assert kills["database"] == 1
    assert kills["web"] >= 3
    assert set(log.acknowledged) == log.sent
    assert len(log.sent) > 20
    # Everything acknowledged is there, under the very request the family was shown, and nothing else is.
    assert found["keys"] == log.acknowledged
    assert found["requests"] == found["placed"] == found["booked_requests"] == sorted(log.acknowledged.values())
    assert found["bookings"] == found["told"] == len(log.acknowledged)
    # Nothing is half there and no counter drifted.
    assert (found["half_bookings"], found["spots_of_no_booking"], found["drift"]) == ([], [], [])
