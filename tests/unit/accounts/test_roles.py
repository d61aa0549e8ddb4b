"""What a person is to whom."""

from uuid import UUID

from daybreak.accounts.terms import FAMILY_KINDS, PROVIDER_KINDS, STAFF_KINDS, Account, Role, RoleKind

HOME, OTHER = UUID(int=1), UUID(int=2)
THEO = Account(UUID(int=3), "Theo", "", "", "en", (Role(RoleKind.PARENT, HOME), Role(RoleKind.PROVIDER, OTHER)))


def test_a_role_counts_for_its_own_scope_only() -> None:
    assert THEO.scopes(RoleKind.PARENT) == (HOME,)
    assert THEO.scopes(RoleKind.PROVIDER) == (OTHER,)
    assert THEO.scopes(RoleKind.CLERK) == ()


def test_there_is_no_manager() -> None:
    assert {kind.value for kind in RoleKind} == {
        *("parent", "co-parent", "guardian", "provider", "caregiver"),
        *("clerk", "hr-reader", "trustee", "operator"),
    }


def test_every_role_is_of_a_family_a_provider_or_the_staff_and_of_one_of_them_only() -> None:
    assert set(RoleKind) == FAMILY_KINDS | PROVIDER_KINDS | STAFF_KINDS
    assert len(FAMILY_KINDS) + len(PROVIDER_KINDS) + len(STAFF_KINDS) == len(RoleKind)


def test_a_co_parent_and_a_guardian_belong_to_the_household_and_a_caregiver_to_the_provider() -> None:
    roles = (Role(RoleKind.CO_PARENT, HOME), Role(RoleKind.GUARDIAN, OTHER), Role(RoleKind.CAREGIVER, OTHER))
    both = Account(UUID(int=4), "Ana", "", "", "en", roles)
    assert both.households == (HOME, OTHER)
    assert both.providers == (OTHER,)
