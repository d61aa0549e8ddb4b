"""Who belongs to a family here, who was invited, and what waits for this person's answer?"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.accounts.queries import account_of, family_of
from daybreak.accounts.terms import FAMILY_KINDS, RoleKind
from daybreak.people import models
from daybreak.vault.queries import binding, reveal


@dataclass(frozen=True)
class Sharer:
    """Somebody who answers for the children, as the family sees them."""

    person_id: UUID
    name: str
    kind: RoleKind


@dataclass(frozen=True)
class Invited:
    """An invitation that waits, as either side sees it."""

    invitation_id: UUID
    household_id: UUID
    invited_by: str
    person_id: UUID
    name: str
    kind: RoleKind
    invited_at: datetime


def sharers_of(household_id: UUID) -> list[Sharer]:
    """Everybody who answers for the children of a household; its parents first, then by name."""
    found = []
    for account in family_of(household_id):
        kinds = [role.kind for role in account.roles if role.scope == household_id and role.kind in FAMILY_KINDS]
        kind = RoleKind.PARENT if RoleKind.PARENT in kinds else kinds[0]
        found.append(Sharer(account.person_id, account.name, kind))
    return sorted(found, key=lambda one: (one.kind is not RoleKind.PARENT, one.name))


def invited_to(household_id: UUID) -> list[Invited]:
    """Who was invited to a household and has not answered, the oldest first."""
    return _waiting(household=household_id)


def invitations_for(person_id: UUID) -> list[Invited]:
    """What waits for this person's answer, the oldest first."""
    return _waiting(person=person_id)


def _waiting(**whose: UUID) -> list[Invited]:
    rows = models.Invitation.objects.filter(answer="", **whose).order_by("invited_at", "pk")
    return [
        Invited(
            row.pk,
            row.household_id,
            host.name if (host := account_of(row.invited_by_id)) else "",
            row.person_id,
            reveal(row.name_sealed, binding("invitation", "name", row.pk)),
            RoleKind(row.kind),
            row.invited_at,
        )
        for row in rows
    ]
