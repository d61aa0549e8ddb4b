"""Rosters that another program leaves in a folder: the worker takes each, imports it, and says beside it how it went.

`DAYBREAK_ROSTERS` names the folder. In it each employer has one of its own, called by its id, with `mapping.toml` where
a mapping is needed. A file is taken once it has been still for a minute, by moving it, so that of several workers one
has it. It ends in `imported` or in `refused`, with a report of the same name; a worker that dies leaves it in `taken`,
and after an hour it is taken again.
"""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from daybreak.care.actions.leavers import end_for_leavers
from daybreak.cli.clock import now
from daybreak.cli.roster_report import lines_of
from daybreak.kernel.errors import BadInput, LostRace
from daybreak.network.license_lists.queries import zip_centroids
from daybreak.people.queries import employers
from daybreak.people.roster.actions.rosters import BadRoster, import_roster
from daybreak.people.roster.queries import RosterFile, mapping_of

STILL = timedelta(minutes=1)
"""How long a file must not have changed: until then it is still being written."""
GIVEN_UP = timedelta(hours=1)
"""After that a file somebody took is believed to be nobody's."""
MAPPING = "mapping.toml"
ENDINGS = (".csv", ".txt")

log = logging.getLogger("daybreak.worker")


def take_rosters(folder: Path, *, machine_at: datetime | None = None) -> int:
    """Import every roster that lies ready; returns how many were taken.

    `machine_at` is the machine's own clock, by which files are dated; the demo's may be ahead of it.
    """
    machine_at = machine_at or datetime.now(UTC)
    taken = 0
    for employer_id in employers():
        for file in _ready(folder / str(employer_id), machine_at):
            taken += _take(file, employer_id, machine_at)
    return taken


def _ready(own: Path, machine_at: datetime) -> Iterator[Path]:
    """The files of one employer that may be taken, the oldest first."""
    if not own.is_dir():
        return
    for file in (own / "taken").glob("*"):
        if _age(file, machine_at) >= GIVEN_UP:
            file.rename(own / file.name)
    files = [file for file in own.iterdir() if file.suffix.lower() in ENDINGS and _age(file, machine_at) >= STILL]
    yield from sorted(files, key=lambda file: (file.stat().st_mtime, file.name))


def _age(file: Path, machine_at: datetime) -> timedelta:
    try:
        return machine_at - datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except FileNotFoundError:  # another worker was first
        return timedelta(0)


def _take(file: Path, employer_id: UUID, machine_at: datetime) -> bool:
    """Move the file out of the others' reach and import it; False when another worker was first."""
    own = file.parent
    held = _folder(own, "taken") / file.name
    try:
        file.rename(held)
    except FileNotFoundError:
        return False
    os.utime(held, (machine_at.timestamp(), machine_at.timestamp()))
    mapping = own / MAPPING
    stamp = f"{machine_at:%Y-%m-%d-%H%M%S}-{file.name}"
    try:
        found = RosterFile(held, employer_id, mapping_of(mapping if mapping.exists() else None))
        compared = import_roster(found, at=now(), centroids=zip_centroids(), clock=now)
    except LostRace:
        held.rename(file)
        return False
    except BadInput as error:
        lines = [*lines_of(error.compared, dry_run=False)] if isinstance(error, BadRoster) else []
        _end(held, own, "refused", stamp, [*lines, str(error)])
        log.error("a roster was refused employer=%s; the report lies beside it", employer_id)
        return True
    end_for_leavers(at=now())
    _end(held, own, "imported", stamp, list(lines_of(compared, dry_run=False)))
    log.info("a roster was imported employer=%s read=%d", employer_id, compared.read)
    return True


def _end(held: Path, own: Path, where: str, stamp: str, lines: list[str]) -> None:
    folder = _folder(own, where)
    (folder / f"{stamp}.report").write_text("\n".join(lines) + "\n", encoding="utf-8")
    held.rename(folder / stamp)


def _folder(own: Path, name: str) -> Path:
    (own / name).mkdir(exist_ok=True)
    return own / name
