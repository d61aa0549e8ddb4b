"""SQLite's writers go in the order they came, and nobody who leaves by another door blocks the way."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import OperationalError
from pytest_django import DjangoDbBlocker

from daybreak.config.fifo_sqlite.base import DatabaseWrapper, Turnstile

SETTINGS = {
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 0.2},
    "TIME_ZONE": None,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "AUTOCOMMIT": True,
    "ATOMIC_REQUESTS": False,
    "USER": "",
    "PASSWORD": "",
    "HOST": "",
    "PORT": "",
}


def wait_for(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.001)


def test_sixteen_writers_go_in_the_order_in_which_they_came() -> None:
    turnstile, order = Turnstile(), []
    turnstile.enter("first")

    def go(number: int) -> None:
        turnstile.enter(number)
        order.append(number)
        turnstile.leave(number)

    threads = [threading.Thread(target=go, args=[number]) for number in range(16)]
    for came, thread in enumerate(threads, 1):
        thread.start()
        wait_for(lambda came=came: len(turnstile._waiting) == came)  # type: ignore[misc]
    turnstile.leave("first")
    for thread in threads:
        thread.join(timeout=10)
    assert order == list(range(16))


def test_only_one_is_inside_at_a_time() -> None:
    turnstile, inside, most = Turnstile(), 0, 0

    def go(number: int) -> None:
        nonlocal inside, most
        for _ in range(50):
            turnstile.enter(number)
            inside += 1
            most = max(most, inside)
            time.sleep(0)
            inside -= 1
            turnstile.leave(number)

    threads = [threading.Thread(target=go, args=[number]) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (most, inside, turnstile._holder) == (1, 0, None)


def test_whoever_holds_it_may_ask_again_and_leaves_once() -> None:
    turnstile = Turnstile()
    turnstile.enter("one")
    turnstile.enter("one")
    turnstile.leave("one")
    turnstile.enter("two")
    turnstile.leave("one")
    assert turnstile._holder == "two"


class Interrupted(threading.Event):
    """A wait that ends as a signal ends it in the main thread."""

    def wait(self, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt


def test_a_writer_interrupted_while_it_waits_gets_no_turn_it_would_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    turnstile = Turnstile()
    turnstile.enter("one")
    monkeypatch.setattr("daybreak.config.fifo_sqlite.base.threading.Event", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        turnstile.enter("two")
    monkeypatch.undo()
    turnstile.leave("one")
    assert turnstile._holder is None


@pytest.fixture
def own_files(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Unit tests may not touch the database; these open files of their own."""
    with django_db_blocker.unblock():
        yield


def wrapper(file: Path) -> DatabaseWrapper:
    one = DatabaseWrapper({**SETTINGS, "NAME": str(file)}, alias="apart")
    one.inc_thread_sharing()
    return one


def test_a_writer_whose_turn_does_not_come_gives_up_and_holds_up_nobody() -> None:
    turnstile, first, second, third = Turnstile(), object(), object(), object()
    turnstile.enter(first)
    with pytest.raises(OperationalError, match="database is locked"):
        turnstile.enter(second, patience=0.01)
    turnstile.leave(first)
    turnstile.enter(third, patience=0.01)
    turnstile.leave(third)


def test_a_connection_closed_inside_a_transaction_frees_the_way(tmp_path: Path, own_files: None) -> None:
    file = tmp_path / "apart.sqlite3"
    one, two = wrapper(file), wrapper(file)
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert one._turn()._holder is one
    one.close()
    two.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert two._turn()._holder is two
    two.rollback()
    two.set_autocommit(True)
    assert two._turn()._holder is None
    two.close()


def test_a_transaction_that_cannot_begin_leaves_the_way_free(tmp_path: Path, own_files: None) -> None:
    file = tmp_path / "locked.sqlite3"
    one = wrapper(file)
    one.ensure_connection()
    stranger = wrapper(tmp_path / "x" / ".." / "locked.sqlite3")  # another process has a turnstile of its own
    (tmp_path / "x").mkdir()
    stranger.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(Exception, match="locked"):
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert one._turn()._holder is None
    stranger.close()
    one.close()
