"""What was done to a thing, and is the record whole?"""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q

from daybreak.audit.chain import first_break
from daybreak.audit.models import AuditEvent, AuditLink


def spelled(event: AuditEvent) -> dict[str, object]:
    """The event as the chain spells it."""
    return {
        "id": str(event.id),
        "at": event.at.isoformat(),
        "actor": str(event.actor or ""),
        "verb": event.verb,
        "thing": event.thing,
        "thing_id": event.thing_id,
        "because": event.because,
        "facts": event.facts,
    }


def events_of(thing: str, thing_id: object) -> list[AuditEvent]:
    """Every event about one thing, oldest first."""
    return list(AuditEvent.objects.filter(thing=thing, thing_id=str(thing_id)).order_by("at", "id"))


def held_about(person_id: UUID) -> list[dict[str, object]]:
    """What a person did and what was done to them, newest first, for a copy of their data."""
    mine = Q(actor=person_id) | Q(thing="person", thing_id=str(person_id))
    return [
        {
            "at": event.at.isoformat(),
            "by_yourself": event.actor == person_id,
            "verb": event.verb,
            "thing": event.thing,
            "thing_id": event.thing_id,
            "because": event.because,
        }
        for event in AuditEvent.objects.filter(mine).order_by("-at", "id")
    ]


def waiting() -> int:
    """How many events have no link in the chain yet; the worker adds them in batches."""
    return AuditEvent.objects.filter(link=None).count()


def broken_at() -> int | None:
    """The number of the first link that does not hold, or None when the chain is whole."""

    def links() -> Iterator[tuple[int, str, dict[str, object]]]:
        for link in AuditLink.objects.select_related("event").order_by("number").iterator():
            yield link.number, link.digest, spelled(link.event)

    return first_break(links())
