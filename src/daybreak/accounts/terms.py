"""The words of signing in."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class RoleKind(StrEnum):
    """What a person can be. A manager is nothing here, on purpose."""

    PARENT = "parent"  # of a household, brought here by an employer
    CO_PARENT = "co-parent"  # invited by a parent of the household
    GUARDIAN = "guardian"  # likewise, answering for the children in place of a parent
    PROVIDER = "provider"  # speaks for a provider's sites
    CAREGIVER = "caregiver"  # comes to the family's home
    CLERK = "clerk"  # of an employer's benefits desk
    HR_READER = "hr-reader"  # reads what an employer was released, and nothing else
    TRUSTEE = "trustee"  # keeps interviews and stories, and is nobody's employee here
    OPERATOR = "operator"  # runs this Daybreak


FAMILY_KINDS = frozenset({RoleKind.PARENT, RoleKind.CO_PARENT, RoleKind.GUARDIAN})
"""Those who answer for the children of a household."""
PROVIDER_KINDS = frozenset({RoleKind.PROVIDER, RoleKind.CAREGIVER})
"""Those who speak for a provider."""
STAFF_KINDS = frozenset(RoleKind) - FAMILY_KINDS - PROVIDER_KINDS
"""Those who work for an employer, a trust or this Daybreak: they come in by two steps."""


class Way(StrEnum):
    """How somebody came in."""

    LINK = "link"
    CODE = "code"
    PASSKEY = "passkey"
    DEMO = "demo"  # by one tap on the demo's first page


class Scope(StrEnum):
    """What a token of the API may be used for, within what its hat opens."""

    CARE_READ = "care:read"
    CARE_WRITE = "care:write"
    SITES_READ = "sites:read"
    SITES_WRITE = "sites:write"
    DESK_READ = "desk:read"
    DESK_WRITE = "desk:write"


@dataclass(frozen=True)
class Role:
    """What a person is to one household, provider or employer."""

    kind: RoleKind
    scope: UUID


@dataclass(frozen=True)
class Account:
    """A person as their own pages and messages need them."""

    person_id: UUID
    name: str
    email: str
    phone: str
    language: str
    roles: tuple[Role, ...]
    texts_stopped: bool = False

    def scopes(self, kind: RoleKind) -> tuple[UUID, ...]:
        """The households, providers or employers this person is `kind` for."""
        return tuple(role.scope for role in self.roles if role.kind is kind)

    @property
    def households(self) -> tuple[UUID, ...]:
        """The households this person is a parent, co-parent or guardian of."""
        return tuple(role.scope for role in self.roles if role.kind in FAMILY_KINDS)

    @property
    def providers(self) -> tuple[UUID, ...]:
        """The providers this person speaks for, as one or as its caregiver."""
        return tuple(role.scope for role in self.roles if role.kind in PROVIDER_KINDS)
