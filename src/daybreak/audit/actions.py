"""Write down who did what and why, in the same transaction as the deed; chain the record afterwards."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from daybreak.audit.chain import GENESIS, digest
from daybreak.audit.models import AuditEvent, AuditLink
from daybreak.audit.queries import spelled
from daybreak.kernel.decisions import Fact


def record(
    *,
    actor: UUID | None,
    verb: str,
    thing: str,
    thing_id: UUID | str,
    because: str,
    at: datetime,
    facts: Mapping[str, Fact] | None = None,
) -> None:
    """Add one event. Raises RuntimeError outside a transaction: a deed without its record must not be possible."""
    if not connection.in_atomic_block:
        raise RuntimeError("An audit event belongs in the transaction of the deed it records.")
    AuditEvent.objects.create(
        id=uuid4(),
        at=at,
        actor=actor,
        verb=verb,
        thing=thing,
        thing_id=str(thing_id),
        because=because,
        facts=dict(facts or {}),
    )


@transaction.atomic
def chain_batch(*, limit: int = 500) -> int:
    """Link events that have no link yet, oldest first; returns how many, 0 when another worker links them just now.

    Two workers cannot fork the chain: link numbers are the primary key, so the second one's batch rolls back as a
    whole.
    """
    last = AuditLink.objects.order_by("-number").first()
    number, previous = (last.number, last.digest) if last else (0, GENESIS)
    links = []
    for event in AuditEvent.objects.filter(link=None).order_by("at", "id")[:limit]:
        number, previous = number + 1, digest(previous, spelled(event))
        links.append(AuditLink(number=number, event=event, digest=previous))
    try:
        with transaction.atomic():
            AuditLink.objects.bulk_create(links)
    except IntegrityError:
        return 0
    return len(links)
