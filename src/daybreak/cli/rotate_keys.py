"""`daybreak rotate-keys`: seal everything anew with the key that stands first, while requests run."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import click
from django.db import transaction
from tqdm import tqdm

from daybreak.audit.actions import record
from daybreak.cli.clock import now
from daybreak.cli.setup import django_ready
from daybreak.kernel.errors import BadInput
from daybreak.vault.actions import Resealed, reseal_column
from daybreak.vault.queries import SealedColumn, keyring, sealed_by_other_keys, sealed_columns

ROUNDS = 20
"""How often rows that were in use are come back to; each is free again within moments."""
SHOWN = 10


@dataclass
class Rotation:
    """What was sealed anew, by column, and which rows do not open with any key of this process."""

    count: dict[str, int] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        """How many values were sealed anew."""
        return sum(self.count.values())

    def add(self, column: SealedColumn, done: Resealed) -> None:
        """Count a batch."""
        self.count[str(column)] = self.count.get(str(column), 0) + done.count
        self.broken |= {f"{column} of row {row}" for row in done.broken}


@click.command(name="rotate-keys")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output and nothing else.")
def rotate_keys(as_json: bool) -> None:
    """Seal every private value anew with the first key of DAYBREAK_VAULT_KEYS.

    Others go on reading and writing meanwhile; a run that is stopped is simply run again. When it ends with 0, no
    value needs an older key any more. Keys for finding people by address (DAYBREAK_VAULT_INDEX_KEY) do not change.

    Exit 10: a value does not open with any key given, or another process still seals with an older key.
    """
    django_ready()
    waiting = sealed_by_other_keys()
    rotation = Rotation()
    for _ in range(ROUNDS):
        _round(rotation, waiting)
        if sealed_by_other_keys() <= len(rotation.broken):
            break
    _write_down(rotation, now())
    _say(rotation, as_json=as_json)
    _refuse_what_is_left(rotation)


def _round(rotation: Rotation, waiting: int) -> None:
    with tqdm(total=waiting, desc="values", unit="value", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        for column, done in _batches(sealed_columns()):
            rotation.add(column, done)
            bar.update(done.count)


def _batches(columns: Iterable[SealedColumn]) -> Iterator[tuple[SealedColumn, Resealed]]:
    for column in columns:
        for done in reseal_column(column):
            yield column, done


@transaction.atomic
def _write_down(rotation: Rotation, at: datetime) -> None:
    if rotation.total:
        key_id = keyring().sealing
        facts = {"values": rotation.total}
        record(actor=None, verb="rotate", thing="key", thing_id=key_id, because="key-rotation", at=at, facts=facts)


def _say(rotation: Rotation, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({"key": keyring().sealing, "sealed_anew": rotation.count, "broken": sorted(rotation.broken)})
        )
        return
    for column, count in rotation.count.items():
        click.echo(f"{count:>9,}  {column}")
    click.echo(f"{rotation.total:,} values sealed anew with the key {keyring().sealing}.")


def _refuse_what_is_left(rotation: Rotation) -> None:
    if rotation.broken:
        shown = ", ".join(sorted(rotation.broken)[:SHOWN])
        more = f" and {len(rotation.broken) - SHOWN:,} more" if len(rotation.broken) > SHOWN else ""
        raise BadInput(
            f"{len(rotation.broken):,} values do not open with any key given: {shown}{more}.",
            do="They were left as they are. Add the key that sealed them to DAYBREAK_VAULT_KEYS and run this again.",
        )
    if left := sealed_by_other_keys():
        raise BadInput(
            f"{left:,} values were sealed with an older key while this ran: a process still has it first.",
            do="Nothing is lost. Restart every process with the new key first, then run this again.",
        )
