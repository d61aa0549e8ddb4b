"""Has this person an app for the second step, and how is it set up?"""

from uuid import UUID

import pyotp

from daybreak.accounts import models
from daybreak.vault.queries import binding, reveal


def has_app(person_id: UUID) -> bool:
    """Say whether a person has set up an app and shown that it works."""
    return models.Authenticator.objects.filter(person=person_id, confirmed_at__isnull=False).exists()


def spares_left(person_id: UUID) -> int:
    """How many spare codes a person still has."""
    return models.SpareCode.objects.filter(authenticator__person=person_id).count()


def app_address(secret: str, name: str) -> str:
    """The address that an app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name or "Daybreak", issuer_name="Daybreak")


def secret_of(row: models.Authenticator) -> str:
    """What the codes of an app are made of; for this package only."""
    return reveal(row.secret_sealed, binding("authenticator", "secret", row.pk))
