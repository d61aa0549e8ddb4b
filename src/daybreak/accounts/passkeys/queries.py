"""Which passkeys does a person have?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.accounts import models


@dataclass(frozen=True)
class KeptPasskey:
    """A passkey as its owner sees it."""

    passkey_id: UUID
    device: str
    added_at: datetime
    used_at: datetime | None


def passkeys_of(person_id: UUID) -> list[KeptPasskey]:
    """A person's passkeys, the newest first."""
    rows = models.Passkey.objects.filter(person=person_id).order_by("-added_at", "pk")
    return [KeptPasskey(row.pk, row.device, row.added_at, row.used_at) for row in rows]
