"""Lease what is due, finish it, or put it off; and make sure a write sent twice is done once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from daybreak.due.models import DueRow, IdempotencyKey
from daybreak.kernel.decisions import No, Reason

Row = TypeVar("Row", bound=DueRow)


@transaction.atomic
def lease(rows: QuerySet[Row], *, at: datetime, holder: str, lease_for: timedelta, limit: int) -> list[Row]:
    """Take up to `limit` due rows for one worker until the lease runs out, longest due first.

    A row is handed to one worker at a time; if that worker dies, the row is due again when its lease ends.
    """
    due = rows.filter(Q(leased_until=None) | Q(leased_until__lte=at), due_at__lte=at).order_by("due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    taken = list(due[:limit])
    until = at + lease_for
    rows.model._default_manager.filter(pk__in=[row.pk for row in taken]).update(
        leased_until=until, lease_holder=holder, attempts=F("attempts") + 1
    )
    for row in taken:
        row.leased_until, row.lease_holder, row.attempts = until, holder, row.attempts + 1
    return taken


def put_off(row: DueRow, *, until: datetime | None) -> bool:
    """Give a leased row back: due again at `until`, or never when that is None.

    Returns False when the lease was lost to another worker meanwhile; then nothing is written.
    """
    return bool(
        type(row)
        ._default_manager.filter(pk=row.pk, lease_holder=row.lease_holder, leased_until=row.leased_until)
        .update(due_at=until, leased_until=None, lease_holder="")
    )


def next_try(at: datetime, attempts: int) -> datetime:
    """When to try again: after 5 s, 10 s, 20 s and so on, at most 10 minutes apart."""
    return at + timedelta(seconds=min(5 * 2 ** max(attempts - 1, 0), 600))


@dataclass(frozen=True)
class FirstTime:
    """Nobody has sent this before: do it, then `remember` the answer."""

    row: IdempotencyKey

    def remember(self, answer: UUID) -> None:
        IdempotencyKey.objects.filter(pk=self.row.pk).update(answer=answer)


@dataclass(frozen=True)
class Again:
    """This was sent before: give the first answer again."""

    answer: UUID | None


def claim_key(*, scope: UUID, key: str, body: Mapping[str, object], at: datetime) -> FirstTime | Again | No:
    """Say whether a write with this key is new. Raises RuntimeError outside a transaction.

    Two identical writes at the same moment: the second waits at the unique key until the first has ended, then finds
    it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An idempotency key is claimed in the transaction of the write it protects.")
    fingerprint = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    row, is_new = IdempotencyKey.objects.get_or_create(scope=scope, key=key, defaults={"body": fingerprint, "at": at})
    if is_new:
        return FirstTime(row)
    if row.body != fingerprint:
        return No((Reason("key-used-for-something-else", {"key": key}),))
    return Again(row.answer)


def forget_keys(*, at: datetime) -> int:
    """Forget idempotency keys of 90 days ago and earlier: no phone sends a tap again that late."""
    return IdempotencyKey.objects.filter(at__lt=at - timedelta(days=90)).delete()[0]
