"""The second step of whoever has a post: a code from an app, by RFC 6238, or one of the spare codes on paper."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

import pyotp
from django.db import transaction

from daybreak.accounts import models
from daybreak.accounts.second_step.queries import secret_of
from daybreak.audit.actions import record
from daybreak.kernel.refs import ALPHABET
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, fingerprint

SPARES = 8
LETTERS = 10
"""Of 31: 49 bits, far beyond what a limited number of tries can meet."""
STEP = 30


@transaction.atomic
def begin_app(*, person_id: UUID, at: datetime) -> str:
    """The secret for a new app, the same one until it is confirmed. Raises LookupError once one is confirmed."""
    models.Person.objects.select_for_update().get(pk=person_id)
    row = models.Authenticator.objects.filter(person=person_id).first()
    if row is not None:
        if row.confirmed_at is not None:
            raise LookupError("This person has an app already; its secret is not shown again.")
        return secret_of(row)
    row_id, secret = uuid4(), pyotp.random_base32()
    sealed = seal(secret, binding("authenticator", "secret", row_id))
    models.Authenticator.objects.create(id=row_id, person_id=person_id, secret_sealed=sealed)
    record(actor=person_id, verb="begin-app", thing="person", thing_id=person_id, because="own-choice", at=at)
    return secret


@transaction.atomic
def confirm_app(*, person_id: UUID, code: str, at: datetime) -> tuple[str, ...]:
    """Take the first code of a new app; returns the spare codes, which are shown once, or nothing for a wrong code."""
    row = models.Authenticator.objects.select_for_update().filter(person=person_id, confirmed_at=None).first()
    if row is None or not _takes(row, code, at):
        return ()
    models.Authenticator.objects.filter(pk=row.pk).update(confirmed_at=at)
    spares = tuple("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(SPARES))
    models.SpareCode.objects.bulk_create(
        models.SpareCode(authenticator=row, fingerprint=_spare(code)) for code in spares
    )
    record(actor=person_id, verb="confirm-app", thing="person", thing_id=person_id, because="own-choice", at=at)
    return spares


@transaction.atomic
def take_code(*, person_id: UUID, code: str, at: datetime) -> bool:
    """Say whether this is the app's code of now, or a spare one, and use it up."""
    row = models.Authenticator.objects.select_for_update().filter(person=person_id).first()
    if row is None or row.confirmed_at is None:
        return False
    by_app = _takes(row, code, at)
    spent = 0 if by_app else models.SpareCode.objects.filter(authenticator=row, fingerprint=_spare(code)).delete()[0]
    if not by_app and not spent:
        return False
    facts = {"by": "app" if by_app else "spare-code"}
    record(
        actor=person_id,
        verb="second-step",
        thing="person",
        thing_id=person_id,
        because="own-choice",
        at=at,
        facts=facts,
    )
    return True


@transaction.atomic
def forget_app(*, person_id: UUID, at: datetime, actor: UUID | None) -> bool:
    """Forget a lost app and its spare codes; the next sign-in sets up a new one. For the operator's command."""
    gone, _ = models.Authenticator.objects.filter(person=person_id).delete()
    if gone:
        record(actor=actor, verb="forget-app", thing="person", thing_id=person_id, because="lost-device", at=at)
    return bool(gone)


def _takes(row: models.Authenticator, code: str, at: datetime) -> bool:
    """One half minute early or late is forgiven. The compare-and-set keeps one code from being taken twice."""
    now = int(at.timestamp()) // STEP
    app = pyotp.TOTP(secret_of(row))
    # All three are looked at whichever fits, so that how long it takes says nothing.
    fits = [step for step in (now - 1, now, now + 1) if pyotp.utils.strings_equal(code, app.generate_otp(step))]
    unused = models.Authenticator.objects.filter(pk=row.pk, last_step__lt=fits[-1] if fits else 0)
    return bool(fits) and bool(unused.update(last_step=fits[-1]))


def _spare(code: str) -> str:
    return fingerprint("".join(code.split()).upper().replace("-", ""), column="spare-code") or ""
