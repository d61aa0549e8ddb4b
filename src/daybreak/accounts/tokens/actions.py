"""Make a token of the API, use it, end it. The text is shown once; what is kept opens nothing."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.accounts import models
from daybreak.accounts.hats import Hat
from daybreak.accounts.terms import Scope
from daybreak.accounts.tokens.queries import KeptToken, kept, scopes_of
from daybreak.audit.actions import record
from daybreak.vault.queries import fingerprint

PREFIX = "daybreak_"
"""By which a scanner of published secrets recognizes one."""
MOST = 20
LASTS = timedelta(days=365)
USED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_token(*, person_id: UUID, hat: Hat, scopes: Collection[Scope], name: str, at: datetime) -> str | None:
    """A new token for the hat worn now, in clear for this one time; None without a scope or with too many tokens."""
    models.Person.objects.select_for_update().get(pk=person_id)
    wanted = [scope.value for scope in scopes_of(hat) if scope in scopes]
    if not wanted or models.Token.objects.filter(person=person_id).count() >= MOST:
        return None
    text = PREFIX + secrets.token_hex(32)
    row = models.Token.objects.create(
        id=uuid4(),
        person_id=person_id,
        fingerprint=fingerprint(text, column="token") or "",
        name=name[:60],
        hat=hat.key,
        scopes=wanted,
        made_at=at,
        until_at=at + LASTS,
    )
    facts = {"token": str(row.pk), "hat": hat.key, "scopes": " ".join(wanted)}
    record(
        actor=person_id, verb="make-token", thing="person", thing_id=person_id, because="own-choice", at=at, facts=facts
    )
    return text


@transaction.atomic
def end_token(*, person_id: UUID, token_id: UUID, at: datetime) -> bool:
    """End a token of one's own; it opens nothing from now on."""
    gone, _ = models.Token.objects.filter(pk=token_id, person=person_id).delete()
    if gone:
        facts = {"token": str(token_id)}
        record(
            actor=person_id,
            verb="end-token",
            thing="person",
            thing_id=person_id,
            because="own-choice",
            at=at,
            facts=facts,
        )
    return bool(gone)


def use_token(text: str, *, at: datetime) -> KeptToken | None:
    """The token that reads so, while it lasts; None for every other text."""
    found = models.Token.objects.filter(fingerprint=fingerprint(text, column="token"), person__is_active=True)
    row = found.filter(until_at__gt=at).first()
    if row is None:
        return None
    if row.used_at is None or at - row.used_at >= USED_EVERY:
        models.Token.objects.filter(pk=row.pk).update(used_at=at)
    return kept(row)


def forget_tokens(*, at: datetime) -> int:
    """Forget tokens that ended a month ago and earlier; until then their owner sees why a program stopped."""
    return models.Token.objects.filter(until_at__lt=at - timedelta(days=30)).delete()[0]
