"""SQLite for one web process with many threads: writers queue in the order they came.

SQLite allows one writer at a time, and its own waiting is a lottery: with 32 threads the unluckiest waited for seconds
while others went twice. Every outermost transaction here waits for its turn first. Another process (the background
worker) still waits by SQLite's own busy timeout, which is fair enough between two.
"""

import threading
from collections import deque
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base


class Turnstile:
    """A lock given in the order it was asked for; whoever holds it may ask or leave again without harm."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._holder: object | None = None
        self._waiting: deque[tuple[threading.Event, object]] = deque()

    def enter(self, holder: object, *, patience: float | None = None) -> None:
        """Wait for a turn, at most `patience` seconds. Raises OperationalError, as SQLite does, when none came.

        Without an end, ten writers behind a database that another program locks would each wait the others' time out.
        """
        with self._guard:
            if self._holder is None or self._holder is holder:
                self._holder = holder
                return
            turn = threading.Event()
            self._waiting.append((turn, holder))
        try:
            if not turn.wait(patience):
                raise OperationalError("database is locked")
        except BaseException:
            self._step_out(turn, holder)
            raise

    def _step_out(self, turn: threading.Event, holder: object) -> None:
        """A thread that no longer waits must not be given a turn it would never end."""
        with self._guard:
            if not turn.is_set():
                self._waiting.remove((turn, holder))
                return
        self.leave(holder)

    def leave(self, holder: object) -> None:
        with self._guard:
            if self._holder is not holder:
                return
            # The next in line holds it before it wakes, so that nobody slips in between.
            if self._waiting:
                turn, self._holder = self._waiting.popleft()
                turn.set()
            else:
                self._holder = None


_TURNSTILES: dict[str, Turnstile] = {}
_REGISTRY = threading.Lock()


def _turnstile(name: str) -> Turnstile:
    with _REGISTRY:
        return _TURNSTILES.setdefault(name, Turnstile())


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite backend with a turnstile around each outermost transaction."""

    @property
    def _above(self) -> Any:
        """Django's own wrapper; its stubs leave out the methods that are overridden here."""
        return super()

    def _turn(self) -> Turnstile:
        return _turnstile(str(self.settings_dict["NAME"]))

    def _start_transaction_under_autocommit(self) -> None:
        self._turn().enter(self, patience=self.settings_dict["OPTIONS"].get("timeout"))
        try:
            self._above._start_transaction_under_autocommit()
        except BaseException:
            self._turn().leave(self)
            raise

    def _set_autocommit(self, autocommit: bool) -> None:
        self._above._set_autocommit(autocommit)
        if autocommit:
            self._turn().leave(self)

    def _close(self) -> None:
        self._above._close()
        self._turn().leave(self)
