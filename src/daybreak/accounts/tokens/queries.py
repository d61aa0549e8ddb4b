"""Which tokens has a person, and which scopes can a hat give to one?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.accounts import models
from daybreak.accounts.hats import Hat
from daybreak.accounts.terms import FAMILY_KINDS, PROVIDER_KINDS, RoleKind, Scope


@dataclass(frozen=True)
class KeptToken:
    """A token as its owner and the API see it; its text is nowhere."""

    token_id: UUID
    person_id: UUID
    name: str
    hat: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    until_at: datetime
    used_at: datetime | None


def tokens_of(person_id: UUID) -> list[KeptToken]:
    """A person's tokens, the newest first."""
    return [kept(row) for row in models.Token.objects.filter(person=person_id).order_by("-made_at", "pk")]


def scopes_of(hat: Hat) -> tuple[Scope, ...]:
    """The scopes that mean something with this hat."""
    kinds = {role.kind for role in hat.roles}
    found: list[Scope] = []
    if kinds & FAMILY_KINDS:
        found += [Scope.CARE_READ, Scope.CARE_WRITE]
    if kinds & PROVIDER_KINDS:
        found += [Scope.SITES_READ, Scope.SITES_WRITE]
    if RoleKind.CLERK in kinds:
        found += [Scope.DESK_READ, Scope.DESK_WRITE]
    return tuple(found)


def kept(row: models.Token) -> KeptToken:
    """A row in its owner's words; for this package only."""
    scopes = tuple(Scope(scope) for scope in row.scopes)
    return KeptToken(row.pk, row.person_id, row.name, row.hat, scopes, row.made_at, row.until_at, row.used_at)
