"""Who is this person, and who has this address?"""

from collections.abc import Collection, Iterable
from uuid import UUID

from daybreak.accounts import models
from daybreak.accounts.terms import FAMILY_KINDS, PROVIDER_KINDS, Account, Role, RoleKind
from daybreak.vault.queries import binding, fingerprint, reveal


def account_of(person_id: UUID) -> Account | None:
    """The person with names and addresses opened, or None."""
    return next(iter(accounts_of([person_id])), None)


def accounts_of(person_ids: Iterable[UUID]) -> list[Account]:
    """The people with these ids, in the order of their ids."""
    rows = (
        models.Person.objects.filter(pk__in=list(person_ids), is_active=True).prefetch_related("roles").order_by("pk")
    )
    return [_account(row) for row in rows]


def person_at(*, email: str = "", phone: str = "") -> UUID | None:
    """Who is reached at this address, found by its blind index."""
    if email and (index := fingerprint(email, column="email")):
        return person_with("email", index)
    if phone and (index := fingerprint(phone, column="phone")):
        return person_with("phone", index)
    return None


def person_with(column: str, address_index: str) -> UUID | None:
    """Whose e-mail or phone has this blind index."""
    people = models.Person.objects.filter(is_active=True, **{f"{column}_index": address_index})
    return people.values_list("pk", flat=True).first()


def people_with(kind: RoleKind, scope: UUID) -> list[Account]:
    """Everybody who is `kind` for one household, provider or employer."""
    return _people({kind}, scope)


def family_of(household_id: UUID) -> list[Account]:
    """Everybody who answers for the children of a household."""
    return _people(FAMILY_KINDS, household_id)


def speakers_of(provider_id: UUID) -> list[Account]:
    """Everybody who speaks for a provider, a caregiver among them."""
    return _people(PROVIDER_KINDS, provider_id)


def is_one(person_id: UUID, kind: RoleKind, scope: UUID) -> bool:
    """Say whether an active person is `kind` for this household, provider or employer."""
    return _is_any(person_id, {kind}, scope)


def is_family(person_id: UUID, household_id: UUID) -> bool:
    """Say whether an active person answers for the children of this household."""
    return _is_any(person_id, FAMILY_KINDS, household_id)


def others_in(scope: UUID, person_id: UUID) -> bool:
    """Say whether anybody else has a role in this household or for this provider."""
    return models.Role.objects.filter(scope=scope, person__is_active=True).exclude(person=person_id).exists()


def user_of(person_id: UUID) -> models.Person | None:
    """The row Django's sign-in wants; everything else asks for an account."""
    return models.Person.objects.filter(pk=person_id, is_active=True).first()


def _people(kinds: Collection[RoleKind], scope: UUID) -> list[Account]:
    return accounts_of(models.Role.objects.filter(kind__in=kinds, scope=scope).values_list("person_id", flat=True))


def _is_any(person_id: UUID, kinds: Collection[RoleKind], scope: UUID) -> bool:
    held = models.Role.objects.filter(person=person_id, kind__in=kinds, scope=scope, person__is_active=True)
    return held.exists()


def _account(row: models.Person) -> Account:
    def opened(column: str) -> str:
        return reveal(getattr(row, f"{column}_sealed"), binding("person", column, row.pk))

    roles = tuple(Role(RoleKind(role.kind), role.scope) for role in row.roles.all())
    return Account(row.pk, opened("name"), opened("email"), opened("phone"), row.language, roles, row.texts_stopped)
