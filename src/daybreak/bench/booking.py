"""How many spots can be taken in a second, without a double booking, beside the bare database doing the same writes?

Families want the last spots of mixed rooms at small homes: each claim takes two siblings for two sessions, and three
claims fill a room, one right after the other. Both arms run in the same process, interleaved, on a database made for
the purpose and dropped afterwards; medians of the rounds are reported.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier
from time import perf_counter
from uuid import UUID, uuid4

from django.db import OperationalError, connection, transaction

from daybreak.bench.bare import ROOM_SESSION, SITE_SESSION, Bare, BarePostgres, BareSqlite, Claim, Counted, Line
from daybreak.bench.machine import machine
from daybreak.kernel.errors import BadInput
from daybreak.network.actions import add_provider, add_site, take_spots
from daybreak.network.queries import drift, has_sites
from daybreak.network.terms import NewLicense, NewRoom, NewSite, SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind, Point

HOMES = 40
CLAIMS_PER_ROOM = 3
AGES = ((14, 48), (20, 50), (30, 60))
"""Months of the siblings that fill a room: never more than two under two years."""
SESSIONS = (Session.EARLY, Session.MORNING)
MOST_PER_SECOND = 4000
"""Spots are laid out for at most this many claims; a quicker machine runs out and stops early."""
FIRST_DAY = date(2030, 1, 1)
LIMITS = json.dumps([{"under_months": 24, "most_of_them": 2, "room_most": None}])


@dataclass(frozen=True)
class Sample:
    """One arm of one round: claims made, seconds they took in all, and each one's milliseconds."""

    claims: int
    refused: int
    seconds: float
    milliseconds: tuple[float, ...]

    @property
    def per_second(self) -> float:
        """Claims per second."""
        return self.claims / self.seconds

    def percentile(self, hundredth: int) -> float:
        """Milliseconds within which this many hundredths of the claims were made."""
        return quantiles(self.milliseconds, n=100)[hundredth - 1]


def run(*, clients: int, seconds: float, rounds: int = 3) -> dict[str, object]:
    """Measure both arms and report as formats.md says.

    Raises BadInput on a server that is in use, and when the database does not answer.
    """
    refuse_a_server_in_use()
    ours: list[Sample] = []
    bare: list[Sample] = []
    with temporary_database():
        open_bare = plain_connections()
        homes = [add_home(number) for number in range(HOMES)]
        days = max(1, round(MOST_PER_SECOND * seconds / (HOMES * CLAIMS_PER_ROOM)))
        at = datetime.now(UTC)
        for number in range(rounds):
            first = FIRST_DAY + timedelta(days=2 * number * days)
            ours.append(_ours(lay_out(open_bare, homes, first, days), clients, seconds, at))
            then = first + timedelta(days=days)
            bare.append(_theirs(open_bare, lay_out(open_bare, homes, then, days), clients, seconds, at))
        drifted = len(drift())
        version = database_version()
    answer = figures_of(ours) | {"refused": sum(sample.refused for sample in ours), "drift": drifted}
    baseline = figures_of(bare)
    return {
        "what": "claims of two siblings for two sessions each, three to a mixed room",
        "n": clients,
        "seed": None,
        "database": version,
        "rounds": rounds,
        "seconds": seconds,
        "ours": answer,
        "baseline": {"name": BarePostgres.name if connection.vendor == "postgresql" else BareSqlite.name, **baseline},
        "ratio": {key: round(answer[key] / baseline[key], 3) for key in ("claims_per_second", "p99_ms")},
        "machine": machine(),
    }


def refuse_a_server_in_use() -> None:
    """An embedded database has no server: its benchmark is a file of its own, whatever the one named holds."""
    if connection.vendor == "sqlite":
        return
    try:
        is_used = has_sites()
    except OperationalError as error:
        problem = f"The database does not answer: {str(error).partition(chr(10))[0]}."
        raise BadInput(
            problem, do="Nothing was measured. Check that it runs and what DATABASE_URL says, then run this again."
        ) from error
    if is_used:
        raise BadInput(
            "DATABASE_URL names a database that has sites; a benchmark on its server would slow people down.",
            do="Nothing was done. Name an empty database on a server that nobody is using.",
        )


@contextmanager
def temporary_database() -> Iterator[None]:
    """A migrated database of its own on the server, or in a file, that DATABASE_URL names; dropped at the end."""
    before = str(connection.settings_dict["NAME"])
    with tempfile.TemporaryDirectory() as folder:
        embedded = connection.vendor == "sqlite"
        name = str(Path(folder) / "bench.sqlite3") if embedded else f"daybreak_bench_{os.getpid()}"
        connection.settings_dict["TEST"]["NAME"] = name
        connection.close()
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


def plain_connections() -> Callable[[], Bare]:
    """How to open one more plain connection to the temporary database."""
    if connection.vendor == "postgresql":
        django_only = {"cursor_factory", "context", "prepare_threshold", "client_encoding", "server_side_binding"}
        words = {key: value for key, value in connection.get_connection_params().items() if key not in django_only}
        return lambda: BarePostgres(words)
    line = Line()
    file = str(connection.settings_dict["NAME"])
    return lambda: BareSqlite(file, connection.settings_dict["OPTIONS"]["init_command"], line)


def database_version() -> str:
    """Which database this is."""
    asks = "SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()"
    with connection.cursor() as cursor:
        cursor.execute(asks)
        return f"{connection.vendor} {cursor.fetchone()[0]}"


def add_home(number: int) -> tuple[UUID, UUID]:
    """Write a home with one mixed room; returns the ids of both."""
    site_id, room_id, at = uuid4(), uuid4(), datetime.now(UTC)
    with transaction.atomic():
        add_provider(provider_id=site_id, name=f"Home {number}", at=at)
        home = NewSite(
            site_id=site_id,
            provider_id=site_id,
            external_ref=f"bench:{number}",
            name=f"Home {number}",
            kind=Kind.FAMILY_HOME,
            point=Point(40.7, -73.95),
            zone="America/New_York",
            rooms=(NewRoom(room_id, "mixed ages", 1, 156, 6),),
            license=NewLicense(str(number), "FDC", "Registration", 8, "bench"),
            opens=time(5),
            closes=time(23),
        )
        add_site(home, at=at)
    return site_id, room_id


def lay_out(
    open_bare: Callable[[], Bare], homes: Sequence[tuple[UUID, UUID]], first: date, days: int
) -> Sequence[Claim]:
    """Offer every room on every day, straight into the tables, and line up the claims that fill them."""
    claims: list[Claim] = []
    sites: list[tuple[object, ...]] = []
    rooms: list[tuple[object, ...]] = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        for site_id, room_id in homes:
            counted = tuple(Counted(session, uuid4(), uuid4()) for session in SESSIONS)
            for one in counted:
                session = str(one.session)
                sites.append((one.site_session_id, site_id, day, session, 8, 0))
                rooms.append(
                    (one.room_session_id, room_id, one.site_session_id, day, session, 6, 0, LIMITS, "[]", False)
                )
            for ages in AGES[:CLAIMS_PER_ROOM]:
                children = tuple((uuid4(), months) for months in ages)
                claims.append(Claim(uuid4(), uuid4(), site_id, room_id, day, children, counted))
    bare = open_bare()
    bare.seed("network_sitesession", SITE_SESSION, sites)
    bare.seed("network_roomsession", ROOM_SESSION, rooms)
    bare.close()
    return claims


def _ours(claims: Sequence[Claim], clients: int, seconds: float, at: datetime) -> Sample:
    def take(claim: Claim) -> bool:
        when = tuple((claim.day, one.session) for one in claim.sessions)
        wanted = [SpotWanted(child_id, months, claim.room_id, when) for child_id, months in claim.children]
        with transaction.atomic():
            decision = take_spots(
                booking_id=claim.booking_id,
                household_id=claim.household_id,
                site_id=claim.site_id,
                wanted=wanted,
                at=at,
            )
        return bool(decision)

    @contextmanager
    def client() -> Iterator[Callable[[Claim], bool]]:
        connection.ensure_connection()
        try:
            yield take
        finally:
            connection.close()

    return measure(client, claims, clients, seconds)


def _theirs(
    open_bare: Callable[[], Bare], claims: Sequence[Claim], clients: int, seconds: float, at: datetime
) -> Sample:
    @contextmanager
    def client() -> Iterator[Callable[[Claim], bool]]:
        bare = open_bare()

        def write(claim: Claim) -> bool:
            bare.claim(claim, at)
            return True

        try:
            yield write
        finally:
            bare.close()

    return measure(client, claims, clients, seconds)


Opener = Callable[[], AbstractContextManager[Callable[[Claim], bool]]]


def measure(client: Opener, claims: Sequence[Claim], clients: int, seconds: float) -> Sample:
    """Let every client take the next claim in line until the time or the line is up."""
    line = iter(claims)
    start = Barrier(clients)

    def work() -> list[tuple[float, bool, float]]:
        made = []
        with client() as claim_it:
            start.wait()
            until = perf_counter() + seconds
            for claim in line:
                began = perf_counter()
                if began >= until:
                    break
                made.append((began, claim_it(claim), perf_counter()))
        return made

    with ThreadPoolExecutor(clients) as pool:
        made = [one for future in [pool.submit(work) for _ in range(clients)] for one in future.result()]
    lasted = max(ended for _, _, ended in made) - min(began for began, _, _ in made)
    taken = [(ended - began) * 1000 for began, granted, ended in made if granted]
    return Sample(len(taken), len(made) - len(taken), lasted, tuple(taken))


def figures_of(samples: Sequence[Sample]) -> dict[str, float]:
    return {
        "claims_per_second": round(median(sample.per_second for sample in samples), 1),
        "p50_ms": round(median(sample.percentile(50) for sample in samples), 2),
        "p99_ms": round(median(sample.percentile(99) for sample in samples), 2),
        "claims": sum(sample.claims for sample in samples),
    }
