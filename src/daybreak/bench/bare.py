"""What would the database do at best? The rows of a claim written with nothing asked: the booking benchmark's baseline.

The same rows are inserted and the same counters raised, in one transaction with one commit, but no license, age, limit,
room or double booking is looked at. On PostgreSQL all statements of a claim travel together (pipeline mode), so that
the baseline is not slow for its round trips; on SQLite writers queue as they do for Daybreak.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Protocol, Self
from uuid import UUID, uuid4

import psycopg

from daybreak.placement.sessions import Session

SPOT = "id, booking_id, household_id, child_id, months, room_session_id, day, session, at"
SITE_SESSION = "id, site_id, day, session, spots, taken"
ROOM_SESSION = "id, room_id, site_session_id, day, session, spots, taken, limits, kept, simulated"


@dataclass(frozen=True)
class Counted:
    """One session of one day at one home: the ids of its two counters."""

    session: Session
    room_session_id: UUID
    site_session_id: UUID


@dataclass(frozen=True)
class Claim:
    """One family's two children in one mixed room, in every session given."""

    booking_id: UUID
    household_id: UUID
    site_id: UUID
    room_id: UUID
    day: date
    children: tuple[tuple[UUID, int], ...]
    sessions: tuple[Counted, ...]


class Bare(Protocol):
    """A plain connection to the same database."""

    name: str

    def seed(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Insert rows as they are."""

    def claim(self, claim: Claim, at: datetime) -> None:
        """Write what a claim writes."""

    def close(self) -> None:
        """Hang up."""


class BarePostgres:
    """psycopg, one transaction per claim, its statements sent together."""

    name = "psycopg, the same rows in one pipelined transaction, nothing checked"

    def __init__(self, parameters: Mapping[str, object]) -> None:
        self._connection = psycopg.connect(**parameters, autocommit=True)  # type: ignore[arg-type]  # libpq's own words

    def seed(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        with (
            self._connection.transaction(),
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def claim(self, claim: Claim, at: datetime) -> None:
        with self._connection.pipeline(), self._connection.transaction():
            run = self._connection.execute
            for pk in sorted(one.site_session_id for one in claim.sessions):
                run("UPDATE network_sitesession SET taken = taken + %s WHERE id = %s", (len(claim.children), pk))
            for pk in sorted(one.room_session_id for one in claim.sessions):
                run("UPDATE network_roomsession SET taken = taken + %s WHERE id = %s", (len(claim.children), pk))
            rows = spots_of(claim, at)
            places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
            run(f"INSERT INTO network_takenspot ({SPOT}) VALUES {places}", [value for row in rows for value in row])

    def close(self) -> None:
        self._connection.close()


class Line:
    """A lock given in the order it was asked for, as Daybreak's writers wait; SQLite's own waiting is a lottery."""

    def __init__(self) -> None:
        self._guard, self._busy = Lock(), False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> Self:
        turn = Lock()
        with self._guard:
            if not self._busy:
                self._busy = True
                return self
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._busy = False


class BareSqlite:
    """sqlite3, one immediate transaction per claim, writers in the order they came."""

    name = "sqlite3, the same rows in one immediate transaction, nothing checked"

    def __init__(self, file: str, settings: str, line: Line) -> None:
        self._connection = sqlite3.connect(file, timeout=60, isolation_level=None, check_same_thread=False)
        self._connection.executescript(settings)
        self._line = line

    def seed(self, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        places = ", ".join("?" * len(columns.split(",")))
        self._connection.execute("BEGIN IMMEDIATE")
        spelled = (tuple(map(_spelled, row)) for row in rows)
        self._connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", spelled)
        self._connection.execute("COMMIT")

    def claim(self, claim: Claim, at: datetime) -> None:
        run = self._connection.execute
        with self._line:
            run("BEGIN IMMEDIATE")
            for one in claim.sessions:
                for table, pk in (("sitesession", one.site_session_id), ("roomsession", one.room_session_id)):
                    run(f"UPDATE network_{table} SET taken = taken + ? WHERE id = ?", (len(claim.children), pk.hex))
            rows = [tuple(map(_spelled, row)) for row in spots_of(claim, at)]
            self._connection.executemany(f"INSERT INTO network_takenspot ({SPOT}) VALUES (?,?,?,?,?,?,?,?,?)", rows)
            run("COMMIT")

    def close(self) -> None:
        self._connection.close()


def spots_of(claim: Claim, at: datetime) -> list[tuple[object, ...]]:
    """The rows of a claim, in the order of SPOT's columns."""
    return [
        (
            uuid4(),
            claim.booking_id,
            claim.household_id,
            child_id,
            months,
            one.room_session_id,
            claim.day,
            str(one.session),
            at,
        )
        for child_id, months in claim.children
        for one in claim.sessions
    ]


def _spelled(value: object) -> object:
    """A value as Django spells it in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    return (
        value.isoformat(" ") if isinstance(value, datetime) else value.isoformat() if isinstance(value, date) else value
    )
