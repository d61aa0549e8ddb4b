"""What a person is to whom."""

from uuid import UUID

from daybreak.accounts.terms import Account, Role, RoleKind

HOME, OTHER = UUID(int=1), UUID(int=2)
THEO = Account(UUID(int=3), "Theo", "", "", "en", (Role(RoleKind.PARENT, HOME), Role(RoleKind.PROVIDER, OTHER)))


def test_a_role_counts_for_its_own_scope_only() -> None:
    assert THEO.scopes(RoleKind.PARENT) == (HOME,)
    assert THEO.scopes(RoleKind.PROVIDER) == (OTHER,)
    assert THEO.scopes(RoleKind.CLERK) == ()


def test_there_is_no_manager() -> None:
    assert {kind.value for kind in RoleKind} == {"parent", "provider", "clerk", "operator"}
