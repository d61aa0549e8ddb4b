"""As what does somebody act just now? Whoever has a post as well as a family wears one hat at a time.

The roles of everyday life, a family's and a home's, are worn together: a parent at dawn chooses nothing. A post at an
employer, a trust or this Daybreak is put on by itself and alone, so that a clerk at the desk sees no family, not even
their own, and a parent on the bus opens no desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from daybreak.accounts.terms import FAMILY_KINDS, STAFF_KINDS, Account, Role, RoleKind

EVERYDAY = "everyday"


@dataclass(frozen=True)
class Hat:
    """Roles that are worn together. `key` names it in a form."""

    key: str
    roles: tuple[Role, ...]

    @property
    def post(self) -> RoleKind | None:
        """The post it stands for, or None for everyday life."""
        return next((role.kind for role in self.roles if role.kind in STAFF_KINDS), None)

    @property
    def household_id(self) -> UUID | None:
        """The family it is about, if any."""
        return next((role.scope for role in self.roles if role.kind in FAMILY_KINDS), None)


def hats_of(account: Account) -> tuple[Hat, ...]:
    """Every hat of a person: everyday life first, one for each family when there are several, then each post.

    >>> home, harbor = UUID(int=1), UUID(int=2)
    >>> theo = Account(UUID(int=3), "Theo", "", "", "en", (Role(RoleKind.PARENT, home), Role(RoleKind.CLERK, harbor)))
    >>> [hat.key for hat in hats_of(theo)]
    ['everyday', 'clerk-00000000-0000-0000-0000-000000000002']
    """
    everyday = [role for role in account.roles if role.kind not in STAFF_KINDS]
    families = _families(everyday)
    care = tuple(role for role in everyday if role.kind not in FAMILY_KINDS)
    hats = [Hat(EVERYDAY, (*families[:1], *care))] if everyday else []
    hats += [Hat(f"family-{role.scope}", (role, *care)) for role in families[1:]]
    posts = [role for role in account.roles if role.kind in STAFF_KINDS]
    return (*hats, *(Hat(f"{role.kind}-{role.scope}", (role,)) for role in posts))


def hat_of(account: Account, key: str) -> Hat | None:
    """The hat with this key; else the first one, which is everyday life where there is any."""
    hats = hats_of(account)
    return next((hat for hat in hats if hat.key == key), hats[0] if hats else None)


def wearing(account: Account, hat: Hat | None) -> Account:
    """The person with the roles of one hat, and no others."""
    return replace(account, roles=hat.roles if hat else ())


def _families(roles: Iterable[Role]) -> list[Role]:
    """One role for each household; being its parent counts before being invited to it."""
    found: dict[UUID, Role] = {}
    for role in sorted(roles, key=lambda role: role.kind is not RoleKind.PARENT):
        if role.kind in FAMILY_KINDS:
            found.setdefault(role.scope, role)
    return list(found.values())
