"""The words of signing in."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class RoleKind(StrEnum):
    """What a person can be. A manager is nothing here, on purpose."""

    PARENT = "parent"
    PROVIDER = "provider"
    CLERK = "clerk"
    OPERATOR = "operator"


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
