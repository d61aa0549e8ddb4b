"""Ask to be let in at an address, and come in by the code that was sent there.

A code is made by RFC 4226 from a secret that is sealed in the row of the asking. It is made when the message is sent
and when it is checked, and stored nowhere. It works in the browser that asked and in no other, for a quarter of an
hour, and five wrong ones end it. Every step does the same work for an address that nobody has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp
from django.db import transaction

from daybreak.accounts import models
from daybreak.due.actions import lease, put_off
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, fingerprint, reveal

LASTS = timedelta(minutes=15)
WRONG_ALLOWED = 5
LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Asking:
    """One asking that the worker answers, and whose address it is, if anybody's."""

    ask_id: UUID
    person_id: UUID | None
    asked_at: datetime
    column: str
    """What kind of address it is, email or phone."""
    address_index: str


@transaction.atomic
def ask_at(*, email: str = "", phone: str = "", at: datetime) -> UUID:
    """Write down that somebody wants in at this address; the worker looks up whose it is and sends."""
    column = "email" if email else "phone"
    ask_id = uuid4()
    models.SignInAsk.objects.create(
        id=ask_id,
        column=column,
        address_index=fingerprint(email or phone, column=column) or "",
        secret_sealed=seal(pyotp.random_base32(), binding("signinask", "secret", ask_id)),
        asked_at=at,
        due_at=at,
    )
    return ask_id


def asks_due(*, at: datetime, holder: str, limit: int = 20) -> list[Asking]:
    """Lease askings that nobody has answered yet; `answered` gives each back."""
    rows = lease(models.SignInAsk.objects.all(), at=at, holder=holder, lease_for=LEASE, limit=limit)
    return [
        Asking(row.pk, person.pk if (person := _person(row)) else None, row.asked_at, row.column, row.address_index)
        for row in rows
    ]


def answered(ask_id: UUID) -> None:
    """An asking is answered once."""
    for row in models.SignInAsk.objects.filter(pk=ask_id):
        put_off(row, until=None)


def code_of(ask_id: UUID) -> str:
    """The code of an asking, for the message that carries it; the same one in mail and text."""
    row = models.SignInAsk.objects.get(pk=ask_id)
    return pyotp.HOTP(reveal(row.secret_sealed, binding("signinask", "secret", row.pk))).at(0)


@transaction.atomic
def person_of_code(ask_id: UUID, code: str, *, at: datetime) -> models.Person | None:
    """The person whom this code lets in, using it up; None for every other code, and the wrong one is counted."""
    row = models.SignInAsk.objects.select_for_update().filter(pk=ask_id).first()
    if row is None:
        return None
    secret = reveal(row.secret_sealed, binding("signinask", "secret", row.pk))
    is_right = pyotp.HOTP(secret).verify(code, 0)
    is_open = row.used_at is None and row.wrong < WRONG_ALLOWED and at < row.asked_at + LASTS
    # Whose address it is, is looked up for the right code only: a wrong one costs the same whoever is known.
    person = _person(row) if is_right and is_open else None
    lets_in = person is not None
    models.SignInAsk.objects.filter(pk=row.pk).update(
        used_at=at if lets_in else row.used_at, wrong=row.wrong if lets_in else min(row.wrong + 1, WRONG_ALLOWED)
    )
    return person


def address_of_ask(ask_id: UUID) -> str:
    """The blind index of the address of an asking, under which tries are counted; empty for one that is not there."""
    return models.SignInAsk.objects.filter(pk=ask_id).values_list("address_index", flat=True).first() or ""


def forget_asks(*, at: datetime) -> int:
    """Forget askings whose codes are long over."""
    return models.SignInAsk.objects.filter(asked_at__lt=at - timedelta(days=1)).delete()[0]


def _person(row: models.SignInAsk) -> models.Person | None:
    return models.Person.objects.filter(**{f"{row.column}_index": row.address_index}, is_active=True).first()
