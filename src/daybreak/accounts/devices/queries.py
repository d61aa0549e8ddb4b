"""Where is a person signed in?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.accounts import models
from daybreak.accounts.terms import Way


@dataclass(frozen=True)
class SignedIn:
    """A device as its owner sees it. `is_here` marks the one the list is read on."""

    device_id: UUID
    name: str
    way: Way
    since_at: datetime
    seen_at: datetime
    is_here: bool


def devices_of(person_id: UUID, *, here: str) -> list[SignedIn]:
    """Where a person is signed in, this device first, then the last seen; `here` is this session's key."""
    rows = models.Device.objects.filter(person=person_id).order_by("-seen_at", "pk")
    found = [
        SignedIn(row.pk, row.name, Way(row.way), row.since_at, row.seen_at, row.session_key == here) for row in rows
    ]
    return sorted(found, key=lambda one: not one.is_here)
