"""`daybreak worker`: does what is due. Run as many as you like on PostgreSQL, one on SQLite."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import FrameType

import click
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from daybreak.accounts.actions import forget_paces, forget_sessions
from daybreak.accounts.codes.actions import forget_asks
from daybreak.accounts.devices.actions import forget_devices
from daybreak.accounts.tokens.actions import forget_tokens
from daybreak.audit.actions import chain_batch
from daybreak.care.actions.clock import work_due
from daybreak.care.actions.leavers import end_for_leavers
from daybreak.care.actions.rounds import make_ready, work_rounds
from daybreak.care.standing.actions import work_closures
from daybreak.cli.clock import now
from daybreak.cli.roster_drop import take_rosters
from daybreak.cli.safety import refuse_if_unsafe
from daybreak.cli.setup import django_ready
from daybreak.due.actions import forget_keys
from daybreak.network.caregivers.actions import offer_weeks_ahead
from daybreak.network.ways.actions import forget_ways
from daybreak.notices.actions import send_due
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.people.roster.actions.arrivals import welcome
from daybreak.people.roster.actions.follow import end_employments
from daybreak.people.roster.actions.newcomers import forget_newcomers
from daybreak.plan.actions.books import number_waiting
from daybreak.tickets.actions import forget_invitations

TIDY_EVERY = timedelta(hours=1)
LOOK_EVERY = timedelta(minutes=1)
"""How often the folder of rosters is looked into."""

log = logging.getLogger("daybreak.worker")


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@click.option("--every", default=1.0, show_default=True, help="Seconds to rest when nothing was due.")
def worker(once: bool, every: float) -> None:
    """Do what is due: send messages, place families who wait, alone or together, end holds, chain the audit record."""
    refuse_if_unsafe()
    django_ready()
    stop = threading.Event()

    def leave(signum: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    holder = f"{socket.gethostname()[:20]}:{os.getpid()}"
    if not once:
        # Beside the work: messages do not wait for a compiler. It ends with the process.
        threading.Thread(target=_make_ready, daemon=True).start()
        threading.Thread(target=_take_rosters, args=(stop,), daemon=True).start()
    tidied_at = None
    while not stop.is_set():
        at = now()
        done = round_of_work(at, holder)
        if tidied_at is None or at - tidied_at >= TIDY_EVERY:
            tidied_at = at
            _safely("tidy", partial(tidy, at))
        if once:
            _safely("rosters", _rosters)
            break
        if not done:
            stop.wait(every)


def round_of_work(at: datetime, holder: str) -> int:
    """Do one round of everything that is due; returns how many rows were worked on."""
    close_old_connections()
    parts: tuple[tuple[str, Callable[[], int]], ...] = (
        ("closures", lambda: work_closures(at=at, holder=holder)),
        ("rounds", lambda: work_rounds(at=at, holder=holder)),
        ("care", lambda: work_due(at=at, holder=holder)),
        ("sign-ins", lambda: answer_asks(at=at, holder=holder, welcome=welcome)),
        ("notices", lambda: send_due(at=at, holder=holder)),
        ("audit", chain_batch),
        ("books", number_waiting),
    )
    return sum(_safely(name, work) for name, work in parts)


def _make_ready() -> None:
    """Compile what rounds need before a morning needs it; web processes never load it."""
    try:
        log.info("ready to place whole mornings, seconds=%.1f", make_ready())
    except Exception:
        log.exception("could not make ready to place whole mornings; every request is looked at alone")


def _take_rosters(stop: threading.Event) -> None:
    """Look for rosters beside the work: a long one takes minutes, and nobody waits for it."""
    while settings.ROSTERS and not stop.is_set():
        close_old_connections()
        _safely("rosters", _rosters)
        stop.wait(LOOK_EVERY.total_seconds())


def _rosters() -> int:
    return take_rosters(Path(settings.ROSTERS)) if settings.ROSTERS else 0


def tidy(at: datetime) -> int:
    """Forget what has served its time, let go who has left, and offer the days a caregiver's week has come near."""
    forgotten = forget_sessions(at=at) + forget_paces(at=at) + forget_keys(at=at) + forget_ways(at=at)
    forgotten += forget_newcomers(at=at) + forget_invitations(day=at.date())
    forgotten += forget_asks(at=at) + forget_devices() + forget_tokens(at=at)
    return forgotten + offer_weeks_ahead(at=at) + end_employments(at=at) + end_for_leavers(at=at)


def _safely(name: str, work: Callable[[], int]) -> int:
    try:
        return work()
    except (OperationalError, InterfaceError) as error:
        # A database that is restarting must not end the worker: what it was doing was rolled back and comes again. One
        # line says enough each second; where in the code it was met says nothing.
        log.error("round failed part=%s: the database said %r; it is asked again", name, str(error).partition("\n")[0])
        connections.close_all()
        return 0
    except Exception:
        log.exception("round failed part=%s", name)
        connections.close_all()
        return 0
