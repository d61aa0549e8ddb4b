"""`daybreak demo`: open the day on an embedded database, serve it, and say who one can be."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import click
from django.conf import settings
from django.db import connections

from daybreak.demo.interviewing import accept_keys, free_port, interviews_environment, open_interviews
from daybreak.demo.morning import ZONE, Morning, morning_of
from daybreak.demo.opening import is_open, open_day
from daybreak.demo.people import people
from daybreak.demo.real_list import REAL_LIST, open_real_list
from daybreak.network.license_lists.queries import has_sites_from

STARTS_WITHIN = 60.0
"""Seconds the web process may take before the demo says that something is wrong."""


@click.command()
@click.pass_obj
@click.option("--port", default=8000, show_default=True, help="Port to serve on.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--network",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="New York State's provider list (CSV, may be gzipped) for the Brooklyn family. "
    "Taken from DAYBREAK_TEST_DATA when it is there.",
)
def demo(make_database_ready: Callable[[], None], port: int, no_browser: bool, network: Path | None) -> None:
    """Open a made-up employer's morning at 5:40 and serve it on this machine."""
    make_database_ready()
    _refuse_taken(port)
    morning = morning_of(settings.DATA, datetime.now(UTC))
    address = f"http://localhost:{port}"
    environment = _environment(address, morning)
    # A morning that is already open is served while it is looked over; a new one is written first.
    apart = free_port(port + 1)
    environment["DAYBREAK_INTERVIEWS_ADDRESS"] = f"http://localhost:{apart}"
    processes = _start_both(port, environment) if is_open() else []
    at = morning.at(datetime.now(UTC))
    open_day(morning.day, at)
    list_file = network or _list_in_test_data()
    if list_file is not None:
        if not has_sites_from("ny"):
            click.echo("Reading New York State's provider list for the Brooklyn family ...", err=True)
        open_real_list(list_file, morning.day, at)
    keys = open_interviews(settings.DATA, morning.day, at)
    connections.close_all()
    processes = processes or _start_both(port, environment)
    of_interviews = interviews_environment(environment)
    accept_keys(keys, of_interviews)
    processes.append(_start("serve", "interviews", "--port", str(apart), environment=of_interviews))
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _leave)
    try:
        _wait_until_served(address, processes[0])
        _say_hello(address, environment["DAYBREAK_INTERVIEWS_ADDRESS"], morning)
        if not no_browser:
            webbrowser.open(address)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        raise click.ClickException("A process of the demo ended by itself; its last lines are above.")
    except KeyboardInterrupt:
        click.echo("\nGood night. `make demo` goes on with the same morning.")
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=10)


def _refuse_taken(port: int) -> None:
    """Say so when another program listens there: it would answer in the demo's place."""
    with socket.socket() as door:
        door.settimeout(1)
        if door.connect_ex(("127.0.0.1", port)) == 0:
            raise click.ClickException(
                f"Port {port} is taken by another program. Nothing was started. Try make demo PORT={port + 1}."
            )


def _start_both(port: int, environment: dict[str, str]) -> "list[subprocess.Popen[bytes]]":
    return [
        _start("serve", "--port", str(port), "--threads", "8", environment=environment),
        _start("worker", "--every", "0.5", environment=environment),
    ]


def _start(*command: str, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "daybreak.cli.main", *command], env=environment)


def _leave(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _environment(address: str, morning: Morning) -> dict[str, str]:
    """What the web process and the worker are told; messages go to the phones on the demo's own pages."""
    return {
        **os.environ,
        "DAYBREAK_MODE": "demo",
        "DAYBREAK_ADDRESS": address,
        "DAYBREAK_CLOCK_AHEAD": str(morning.ahead),
        "DAYBREAK_MAIL_BACKEND": "daybreak.demo.mailbox.Mailbox",
        "DAYBREAK_SMS_ADDRESS": f"{address}/demo/phone",
        "DAYBREAK_SMS_ACCOUNT": "demo",
        "DAYBREAK_SMS_TOKEN": "demo",
        "DAYBREAK_SMS_FROM": "+17165550100",
    }


def _wait_until_served(address: str, web: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends:
        if web.poll() is not None:
            raise click.ClickException(f"The web process did not start. Is {address} in use? Try --port 8001.")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise click.ClickException("The web process did not answer within a minute.")


def _say_hello(address: str, interviews: str, morning: Morning) -> None:
    now = morning.at(datetime.now(UTC)).astimezone(ZoneInfo(ZONE))
    click.echo(f"Daybreak is open: {address}   ({now:%A, %B} {now.day}, {now:%H:%M} at Harbor Health)")
    click.echo(f"Interviews are held apart, by a process of their own: {interviews}")
    click.echo("You can be:")
    for person in people():
        click.echo(f"  {person.name:<18} {person.line}")
    click.echo("Every person here is made up, and every spot on offer is simulated. Ctrl+C ends it.")


def _list_in_test_data() -> Path | None:
    file = Path(os.environ.get("DAYBREAK_TEST_DATA", "../shared/data")) / REAL_LIST
    return file if file.exists() else None
