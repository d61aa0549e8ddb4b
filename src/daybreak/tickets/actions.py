"""Open a wave, invite to it, stamp one ticket for each person invited, and forget all of it when its time is over."""

import hashlib
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.notices.actions import post
from daybreak.tickets import models
from daybreak.tickets.openssl import CannotSign, blind_sign
from daybreak.tickets.terms import Milestone, Occasion, Window
from daybreak.tickets.windows import window_of
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, reveal

KEY_BITS = 2048
"""Blinding hides perfectly whatever the length; the length keeps tickets from being forged while a wave is open."""
KEPT_AFTER = timedelta(days=30)
"""How long invitations outlive their wave: time enough for the rate to be reported, and then who was asked is gone."""


@transaction.atomic
def open_wave(
    *, employer_id: UUID, occasion: Occasion, quarter: str, closes_on: date, at: datetime, actor: UUID | None = None
) -> str:
    """Make a wave with a key of its own and return its name. Raises IntegrityError when it is open already."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    wave_id = uuid4()
    name = f"{occasion}-{quarter.lower()}-{secrets.token_hex(3)}"
    models.Wave.objects.create(
        id=wave_id,
        employer_id=employer_id,
        name=name,
        occasion=occasion,
        quarter=quarter,
        closes_on=closes_on,
        public_key=public.decode(),
        private_key_sealed=seal(b64encode(private).decode(), binding("wave", "private_key", wave_id)),
    )
    record(actor=actor, verb="open", thing="wave", thing_id=wave_id, because="interviews", at=at)
    return name


@transaction.atomic
def invite(*, wave: str, person_id: UUID, milestone: Milestone, at: datetime, actor: UUID | None = None) -> Window | No:
    """Invite one person, once, and send the link; nobody before an offer is accepted."""
    row = models.Wave.objects.get(name=wave)
    window = window_of(milestone)
    if isinstance(window, No):
        return window
    if milestone.occasion != row.occasion:
        return No((Reason("wave-is-for-another-occasion", {"wave": wave}),))
    # A window that opens late in a wave must not promise days on which its tickets are taken no more.
    window = Window(window.opens_on, min(window.closes_on, row.closes_on))
    _, is_new = models.Invited.objects.get_or_create(
        wave=row, person_id=person_id, defaults={"opens_on": window.opens_on, "closes_on": window.closes_on}
    )
    if is_new:
        record(actor=actor, verb="invite", thing="wave", thing_id=row.id, because="interviews", at=at)
        post(
            code="interview-open",
            to=person_id,
            facts={"link": "/interviews"},
            about=row.id,
            at=at,
            key=f"{wave}:{person_id}",
        )
    return window


@transaction.atomic
def invite_everybody(
    *, wave: str, people: Sequence[tuple[UUID, Milestone]], at: datetime, actor: UUID | None = None
) -> int | No:
    """Invite everybody of a list, or nobody when one of them may not be; returns how many."""
    for person_id, milestone in people:
        window = invite(wave=wave, person_id=person_id, milestone=milestone, at=at, actor=actor)
        if isinstance(window, No):
            transaction.set_rollback(True)
            return window
    return len(people)


def stamp(*, wave: str, person_id: UUID, blinded: bytes, day: date) -> bytes | No:
    """Stamp one blinded message for a person, and only ever this one: a second ticket is refused.

    The same message again gets the same stamp, so that a lost answer is not a lost ticket. There is no audit event, on
    purpose: its moment, beside when answers came in, would tell on people. Nothing here has seen the ticket.
    """
    row = models.Invited.objects.select_related("wave").filter(wave__name=wave, person=person_id).first()
    if row is None:
        return No((Reason("not-invited"),))
    if not Window(row.opens_on, row.closes_on).is_open(day):
        return No((Reason("interview-not-open"),))
    digest = hashlib.sha256(blinded).hexdigest()
    try:
        signed = blind_sign(_private_key(row.wave), row.wave.public_key.encode(), blinded)
    except CannotSign:
        return No((Reason("not-a-blinded-message"),))
    models.Invited.objects.filter(pk=row.pk, stamped_digest="").update(stamped_digest=digest)
    # Whichever message was first holds the place; the database decides between two that come at once.
    stands = models.Invited.objects.filter(pk=row.pk, stamped_digest=digest).exists()
    return signed if stands else No((Reason("ticket-taken"),))


@transaction.atomic
def report_answers(*, wave: str, answered: int, day: date, at: datetime, actor: UUID | None = None) -> Yes | No:
    """Write down how many answers the trustee counted, once the wave is over."""
    row = models.Wave.objects.select_for_update().get(name=wave)
    if day < row.closes_on:
        return No((Reason("wave-not-over", {"wave": wave}),))
    models.Wave.objects.filter(pk=row.pk).update(answered=answered)
    record(actor=actor, verb="report", thing="wave", thing_id=row.id, because="interviews", at=at)
    return Yes()


def forget_invitations(*, day: date) -> int:
    """Forget who was invited to waves that are long over. The rate stays with the wave; the private key goes."""
    over = models.Wave.objects.filter(closes_on__lt=day - KEPT_AFTER)
    gone, _ = models.Invited.objects.filter(wave__in=over.values("pk")).delete()
    over.exclude(private_key_sealed="").update(private_key_sealed="")
    return gone


def forget_person(*, person_id: UUID) -> int:
    """Forget what one person was invited to, whether or not they took a ticket. Their answers nobody can find."""
    return models.Invited.objects.filter(person=person_id).delete()[0]


def _private_key(wave: models.Wave) -> bytes:
    return b64decode(reveal(wave.private_key_sealed, binding("wave", "private_key", wave.id)))
