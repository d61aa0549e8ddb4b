"""Add a person, give a role, make a link that signs them in once, and slow down whoever knocks too often."""

from datetime import datetime, timedelta
from uuid import UUID

import sesame.utils
from django.contrib.sessions.models import Session
from django.db import transaction

from daybreak.accounts import models, pace
from daybreak.accounts.pace import Limit
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, fingerprint


@transaction.atomic
def add_person(
    *,
    person_id: UUID,
    name: str,
    email: str = "",
    phone: str = "",
    language: str = "en",
    at: datetime,
    actor: UUID | None = None,
) -> UUID:
    """Write a person with sealed name and addresses. Raises IntegrityError when an address is taken."""
    sealed = {
        f"{column}_sealed": seal(value, binding("person", column, person_id))
        for column, value in (("name", name), ("email", email), ("phone", phone))
    }
    models.Person.objects.create(
        id=person_id,
        email_index=fingerprint(email, column="email"),
        phone_index=fingerprint(phone, column="phone"),
        language=language,
        **sealed,
    )
    record(actor=actor, verb="add", thing="person", thing_id=person_id, because="joined", at=at)
    return person_id


@transaction.atomic
def give_role(*, person_id: UUID, kind: RoleKind, scope: UUID, at: datetime, actor: UUID | None = None) -> None:
    """Make a person `kind` for one household, provider or employer; giving it twice changes nothing."""
    _, is_new = models.Role.objects.get_or_create(person_id=person_id, kind=kind.value, scope=scope)
    if is_new:
        facts = {"role": kind.value, "scope": str(scope)}
        record(actor=actor, verb="give-role", thing="person", thing_id=person_id, because="joined", at=at, facts=facts)


@transaction.atomic
def end_role(*, person_id: UUID, kind: RoleKind, scope: UUID, at: datetime, actor: UUID | None = None) -> bool:
    """A person is no longer `kind` for this household, provider or employer; False when they were not."""
    gone, _ = models.Role.objects.filter(person=person_id, kind=kind.value, scope=scope).delete()
    if gone:
        facts = {"role": kind.value, "scope": str(scope)}
        record(actor=actor, verb="end-role", thing="person", thing_id=person_id, because="left", at=at, facts=facts)
    return bool(gone)


@transaction.atomic
def erase_person(*, person_id: UUID, at: datetime, actor: UUID | None) -> None:
    """Empty name and addresses, take every role and way in away and close the account; the id stays for other rows."""
    nothing = {"name_sealed": "", "email_sealed": "", "phone_sealed": "", "email_index": None, "phone_index": None}
    for table in (models.Role, models.Passkey, models.Authenticator, models.Token):
        table._default_manager.filter(person=person_id).delete()
    models.Person.objects.filter(pk=person_id).update(is_active=False, texts_stopped=True, **nothing)
    record(actor=actor, verb="erase", thing="person", thing_id=person_id, because="own-data", at=at)


@transaction.atomic
def set_language(*, person_id: UUID, language: str, at: datetime) -> None:
    """Keep the language a person reads, for pages and messages alike."""
    if models.Person.objects.filter(pk=person_id).exclude(language=language).update(language=language):
        record(
            actor=person_id,
            verb="set-language",
            thing="person",
            thing_id=person_id,
            because="own-choice",
            at=at,
            facts={"language": language},
        )


@transaction.atomic
def set_texts_stopped(*, person_id: UUID, stopped: bool, at: datetime) -> None:
    """Keep whether a person wants text messages at all."""
    if models.Person.objects.filter(pk=person_id).exclude(texts_stopped=stopped).update(texts_stopped=stopped):
        verb = "stop-texts" if stopped else "start-texts"
        record(actor=person_id, verb=verb, thing="person", thing_id=person_id, because="own-choice", at=at)


def sign_in_token(person_id: UUID) -> str:
    """A token that signs this person in once, within a quarter of an hour."""
    return str(sesame.utils.get_token(models.Person.objects.get(pk=person_id)))


def person_of_token(token: str) -> models.Person | None:
    """The person a token was made for while it is fresh and unused; None for every other text."""
    person = sesame.utils.get_user(token, update_last_login=False)
    return person if isinstance(person, models.Person) else None


@transaction.atomic
def sign_in(person: models.Person, *, at: datetime) -> bool:
    """Use up a token: False when another request used it first.

    The compare-and-set on the last sign-in is what makes a link work once even when it is followed twice at one moment.
    """
    unused = models.Person.objects.filter(pk=person.pk, last_login=person.last_login, is_active=True)
    moved = unused.update(last_login=at)
    if moved:
        record(actor=person.pk, verb="sign-in", thing="person", thing_id=person.pk, because="own-choice", at=at)
    return bool(moved)


@transaction.atomic
def may_knock(bucket: str, limit: Limit, *, at: datetime) -> bool:
    """Say whether one more try is allowed for this purpose and knocker, and count it."""
    row, is_new = models.Pace.objects.select_for_update().get_or_create(
        bucket=bucket, defaults={"tokens": limit.burst - 1.0, "at": at}
    )
    if is_new:
        return True
    allowed, tokens = pace.spend(limit, row.tokens, (at - row.at).total_seconds())
    # Two web processes' clocks differ a little; time that was counted is not counted again.
    models.Pace.objects.filter(pk=bucket).update(tokens=tokens, at=max(at, row.at))
    return allowed


def forget_paces(*, at: datetime) -> int:
    """Forget tries of two days ago and earlier: by then every bucket is full again, as if nobody had knocked."""
    return models.Pace.objects.filter(at__lt=at - timedelta(days=2)).delete()[0]


def forget_sessions(*, at: datetime) -> int:
    """Forget sessions that have run out."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]
