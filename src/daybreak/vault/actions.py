"""Seal a value before it is written, and old values anew. A row has its id first: a seal is bound to it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models, transaction

from daybreak.vault import seals
from daybreak.vault.queries import SealedColumn, keyring, reveal
from daybreak.vault.seals import Binding

BATCH = 200
"""Rows sealed anew in one short transaction, so that nobody's page waits for it."""


def seal(text: str, where: Binding) -> str:
    """Encrypt for one row and column with a fresh nonce; an empty text stays empty."""
    return seals.seal(keyring(), text, where, nonce=secrets.token_bytes(seals.NONCE_BYTES)) if text else ""


@dataclass(frozen=True)
class Resealed:
    """What a batch came to: how many values were sealed anew, and the rows whose value does not open."""

    last: UUID | None
    """The last row looked at; None when there was none left."""
    count: int = 0
    broken: tuple[UUID, ...] = ()


def reseal_column(column: SealedColumn) -> Iterator[Resealed]:
    """Seal every value of a column anew that another key has sealed, batch by batch, while others read and write.

    A row that somebody holds just now is passed and comes again in the next round. A value that does not open is left
    as it is, for no key here could make it again.
    """
    after: UUID | None = None
    while True:
        done = _reseal_batch(column, after)
        if done.last is None:
            return
        yield done
        after = done.last


@transaction.atomic
def _reseal_batch(column: SealedColumn, after: UUID | None) -> Resealed:
    rows = column.by_other_keys(keyring().sealing)
    if connection.features.has_select_for_update_skip_locked:
        # Never waiting for a row, this can never wait in a circle with a request that holds several.
        rows = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    taken = list(rows.only("pk", column.field)[:BATCH])
    anew, broken = list[models.Model](), list[UUID]()
    for row in taken:
        try:
            said = reveal(getattr(row, column.field), column.where(row.pk))
        except seals.CannotOpen:
            broken.append(row.pk)
            continue
        setattr(row, column.field, seal(said, column.where(row.pk)))
        anew.append(row)
    column.model._default_manager.bulk_update(anew, [column.field])
    return Resealed(taken[-1].pk if taken else None, len(anew), tuple(broken))
