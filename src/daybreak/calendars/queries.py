"""Whose feed is at this address, and which address does a person have?"""

from uuid import UUID

from daybreak.calendars.models import Feed
from daybreak.calendars.terms import FeedKind, FeedOwner
from daybreak.vault.queries import binding, fingerprint, reveal


def feed_at(secret: str) -> FeedOwner | None:
    """Whose feed this secret opens; None for every other text."""
    index = fingerprint(secret, column="calendar-feed")
    row = Feed.objects.filter(secret_index=index).first() if index else None
    return FeedOwner(row.person_id, FeedKind(row.kind)) if row else None


def secrets_of(person_id: UUID) -> dict[FeedKind, str]:
    """The secrets of a person's feeds, for their own page."""
    rows = Feed.objects.filter(person=person_id)
    return {FeedKind(row.kind): reveal(row.secret_sealed, binding("feed", "secret", row.pk)) for row in rows}


def held_about(person_id: UUID) -> list[dict[str, object]]:
    """What a copy of a person's data says of their feeds; the secrets stand on their own page only."""
    rows = Feed.objects.filter(person=person_id).order_by("kind")
    return [{"kind": row.kind, "made_at": row.made_at.isoformat()} for row in rows]
