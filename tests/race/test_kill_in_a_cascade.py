"""Kill -9 of the worker as each effect of a cascade begins: the end is the same as if it had lived.

Two homes are asked one after the other and never answer, so the family ends with the statement. A worker that dies is
missed when its lease of a minute has run out; another one goes on.
"""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from killed import Sqlite, environment

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("race")]

HERE = Path(__file__).parent
LIVES, TAKES_OVER = "10,20,30", "11.1,22.2,31.2"


def run(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(HERE / "cascade_market.py"), *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def answer(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def market(folder: Path, prepared: Path | None = None) -> dict[str, str]:
    """A database of its own, empty or a copy of a prepared one."""
    if prepared is not None:
        shutil.copytree(prepared, folder)
    else:
        folder.mkdir()
    return environment(Sqlite(folder).uri, folder)


def test_the_end_is_the_same_wherever_the_worker_dies(tmp_path: Path) -> None:
    assert run(market(tmp_path / "prepared"), "prepare").returncode == 0
    lived = market(tmp_path / "lived", tmp_path / "prepared")
    effects = answer(run(lived, "work", LIVES, "0"))["effects"]
    expected = answer(run(lived, "count"))
    assert expected["requests"] == ["unfilled"]
    assert expected["bookings"] == [["home 0", "lapsed"], ["home 1", "lapsed"]]
    assert (expected["spots"], expected["drift"]) == (0, [])
    assert isinstance(effects, int)
    assert effects >= 8
    for nth in range(1, effects + 1):
        env = market(tmp_path / f"dies-at-{nth}", tmp_path / "prepared")
        assert run(env, "work", LIVES, str(nth)).returncode == -signal.SIGKILL
        answer(run(env, "work", TAKES_OVER, "0"))
        assert answer(run(env, "count")) == expected, f"the worker died at effect {nth}"
