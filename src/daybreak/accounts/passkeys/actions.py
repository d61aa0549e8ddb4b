"""Add a passkey, come in with it, take it away. The arithmetic is py_webauthn's; what is kept and asked for is ours.

A passkey answers a challenge that this process made for this page. It proves who holds it (`user verified`: a finger, a
face or a PIN), so it counts as both steps. A challenge is answered once.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import webauthn
from django.conf import settings
from django.db import IntegrityError, transaction
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from daybreak.accounts import models
from daybreak.accounts.terms import Account
from daybreak.audit.actions import record
from daybreak.due.actions import FirstTime, claim_key

MOST = 10
"""Passkeys of one person: more are lost phones that nobody took away."""
CHALLENGE_LASTS = timedelta(minutes=15)
BAD = (WebAuthnException, ValueError, KeyError, TypeError)
"""What py_webauthn raises for an answer that is not one; a stranger may send anything."""


def options_to_add(account: Account) -> tuple[str, str]:
    """What the browser needs to make a passkey, as JSON, and the challenge to keep for its answer."""
    known = models.Passkey.objects.filter(person=account.person_id).values_list("credential", flat=True)
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name="Daybreak",
        user_id=account.person_id.bytes,
        user_name=account.name or "Daybreak",
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


def options_to_enter() -> tuple[str, str]:
    """What the browser needs to answer with a passkey, and the challenge. It asks for nobody's in particular."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(), user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options), bytes_to_base64url(options.challenge)


@transaction.atomic
def add_passkey(*, person_id: UUID, answer: str, challenge: str, device: str, at: datetime) -> UUID | None:
    """Keep the public half of a new passkey; None when the answer does not fit the challenge or there are enough."""
    models.Person.objects.select_for_update().get(pk=person_id)
    if models.Passkey.objects.filter(person=person_id).count() >= MOST or not challenge:
        return None
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
        with transaction.atomic():
            row = models.Passkey.objects.create(
                id=uuid4(),
                person_id=person_id,
                credential=bytes_to_base64url(made.credential_id),
                public_key=bytes_to_base64url(made.credential_public_key),
                uses=made.sign_count,
                device=device[:60],
                added_at=at,
            )
    except (*BAD, IntegrityError):
        return None
    record(actor=person_id, verb="add-passkey", thing="person", thing_id=person_id, because="own-choice", at=at)
    return row.pk


@transaction.atomic
def person_of_passkey(answer: str, *, challenge: str, at: datetime) -> models.Person | None:
    """The active person whose passkey answered this challenge, for the first time; None for anything else."""
    try:
        given = webauthn.helpers.parse_authentication_credential_json(answer)
        row = models.Passkey.objects.select_for_update().select_related("person").filter(credential=given.id).first()
        if row is None or not row.person.is_active or not challenge:
            return None
        proved = webauthn.verify_authentication_response(
            credential=given,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except BAD:
        return None
    if not isinstance(claim_key(scope=row.pk, key=f"passkey {challenge}"[:100], body={}, at=at), FirstTime):
        return None
    models.Passkey.objects.filter(pk=row.pk).update(uses=proved.new_sign_count, used_at=at)
    return row.person


@transaction.atomic
def remove_passkey(*, person_id: UUID, passkey_id: UUID, at: datetime) -> bool:
    """Take a passkey of one's own away; it lets nobody in from now on."""
    gone, _ = models.Passkey.objects.filter(pk=passkey_id, person=person_id).delete()
    if gone:
        record(actor=person_id, verb="remove-passkey", thing="person", thing_id=person_id, because="own-choice", at=at)
    return bool(gone)


def _host() -> str:
    return urlsplit(settings.ADDRESS).hostname or "localhost"


def _origin() -> str:
    parts = urlsplit(settings.ADDRESS)
    return f"{parts.scheme}://{parts.netloc}"
