"""The demo's interviews: two waves, whom they invite, and the process that holds them, apart as in earnest."""

import json
import socket
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from daybreak.demo.cast import made_id
from daybreak.kernel.spans import quarter_of
from daybreak.tickets.actions import invite, open_wave
from daybreak.tickets.queries import published_key, waves_of
from daybreak.tickets.terms import Milestone, Occasion

WAVES = (
    ("Harbor Health", Occasion.PULSE, ("rosa", "nadia"), 0),
    ("Lakeshore Logistics", Occasion.ENTRY, ("marisol",), 40),
)
"""Employer, occasion, who is invited, and how many days ago their milestone was: Marisol began 40 days ago."""
NOT_THEIRS = ("DATABASE_URL", "DAYBREAK_SECRET_KEY", "DAYBREAK_VAULT_KEYS", "DAYBREAK_VAULT_INDEX_KEY")


def open_interviews(folder: Path, day: date, at: datetime) -> list[Path]:
    """Open the waves where there are none; returns the files that the trustee accepts."""
    if waves_of(made_id(employer) for employer, *_ in WAVES):
        return []
    files = []
    for employer, occasion, people, days_ago in WAVES:
        wave = open_wave(
            employer_id=made_id(employer),
            occasion=occasion,
            quarter=quarter_of(day),
            closes_on=day + timedelta(days=90),
            at=at,
        )
        for person in people:
            milestone = Milestone(occasion, day - timedelta(days=days_ago))
            invite(wave=wave, person_id=made_id(person), milestone=milestone, at=at)
        file = folder / f"{wave}.json"
        file.write_text(json.dumps(published_key(wave)))
        files.append(file)
    return files


def free_port(wanted: int) -> int:
    """The wanted port, or any other where it is taken."""
    with socket.socket() as door:
        try:
            door.bind(("127.0.0.1", wanted))
        except OSError:
            door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def interviews_environment(environment: dict[str, str]) -> dict[str, str]:
    """What the interviews' process is told: nothing by which the employer's database opens."""
    kept = {name: value for name, value in environment.items() if name not in NOT_THEIRS}
    # The command that serves chooses its own settings where nothing else was chosen.
    return {**kept, "DJANGO_SETTINGS_MODULE": "daybreak.config.interview_settings"}


def accept_keys(files: list[Path], environment: dict[str, str]) -> None:
    """Let the trustee accept the keys, as a process of the interviews'."""
    for file in files:
        command = [sys.executable, "-m", "daybreak.cli.main", "interviews", "accept-key", str(file)]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
