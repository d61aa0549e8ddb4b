"""Make a secret address for a calendar feed, make another in its place, or take it away."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.calendars.models import Feed
from daybreak.calendars.terms import FeedKind
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, fingerprint

SECRET_BYTES = 20
"""160 bits: nobody finds an address by trying."""


@transaction.atomic
def renew_feed(*, person_id: UUID, kind: FeedKind, at: datetime) -> str:
    """Give the person a fresh secret and return it; the address they had before leads nowhere from now on."""
    had = Feed.objects.filter(person=person_id, kind=kind.value).delete()[0]
    feed_id, secret = uuid4(), secrets.token_hex(SECRET_BYTES)
    Feed.objects.create(
        id=feed_id,
        person_id=person_id,
        kind=kind.value,
        secret_sealed=seal(secret, binding("feed", "secret", feed_id)),
        secret_index=fingerprint(secret, column="calendar-feed") or "",
        made_at=at,
    )
    _record("renew-feed" if had else "make-feed", person_id, kind, at)
    return secret


@transaction.atomic
def end_feed(*, person_id: UUID, kind: FeedKind, at: datetime) -> bool:
    """Take the feed away; returns whether there was one."""
    had = bool(Feed.objects.filter(person=person_id, kind=kind.value).delete()[0])
    if had:
        _record("end-feed", person_id, kind, at)
    return had


def _record(verb: str, person_id: UUID, kind: FeedKind, at: datetime) -> None:
    facts = {"kind": kind.value}
    record(actor=person_id, verb=verb, thing="person", thing_id=person_id, because="own-choice", at=at, facts=facts)
