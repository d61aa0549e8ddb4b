"""Add an employer, its work sites, a household, the employees in it and its children."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from daybreak.accounts.actions import give_role
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.people import models
from daybreak.people.telling.actions import write_child
from daybreak.people.telling.terms import ChildSaid
from daybreak.people.terms import PayClass
from daybreak.placement.terms import Point


@transaction.atomic
def add_employer(*, employer_id: UUID, name: str, at: datetime, actor: UUID | None = None) -> UUID:
    """Write an employer."""
    models.Employer.objects.create(id=employer_id, name=name)
    record(actor=actor, verb="add", thing="employer", thing_id=employer_id, because="joined", at=at)
    return employer_id


@transaction.atomic
def add_work_site(
    *,
    work_site_id: UUID,
    employer_id: UUID,
    name: str,
    point: Point,
    zone: str,
    at: datetime,
    actor: UUID | None = None,
) -> UUID:
    """Write a place where employees work."""
    models.WorkSite.objects.create(
        id=work_site_id,
        employer_id=employer_id,
        name=name,
        latitude=point.latitude,
        longitude=point.longitude,
        zone=zone,
    )
    record(actor=actor, verb="add", thing="work-site", thing_id=work_site_id, because="joined", at=at)
    return work_site_id


@transaction.atomic
def add_household(
    *,
    household_id: UUID,
    home: Point,
    usual_starts: time,
    usual_ends: time,
    at: datetime,
    max_detour_minutes: int = 30,
    keep_together: bool = True,
    actor: UUID | None = None,
) -> UUID:
    """Write a household. The home is kept to three decimals of a degree, about a hundred meters: enough to drive by."""
    models.Household.objects.create(
        id=household_id,
        home_latitude=round(home.latitude, 3),
        home_longitude=round(home.longitude, 3),
        usual_starts=usual_starts,
        usual_ends=usual_ends,
        max_detour_minutes=max_detour_minutes,
        keep_together=keep_together,
    )
    record(actor=actor, verb="add", thing="household", thing_id=household_id, because="joined", at=at)
    return household_id


@transaction.atomic
def add_employee(
    *,
    employee_id: UUID,
    employer_id: UUID,
    person_id: UUID,
    household_id: UUID,
    work_site_id: UUID,
    pay_class: PayClass,
    at: datetime,
    actor: UUID | None = None,
) -> UUID:
    """Write an employee and make the person a parent of the household."""
    models.Employee.objects.create(
        id=employee_id,
        employer_id=employer_id,
        person_id=person_id,
        household_id=household_id,
        work_site_id=work_site_id,
        pay_class=pay_class.value,
    )
    give_role(person_id=person_id, kind=RoleKind.PARENT, scope=household_id, at=at, actor=actor)
    record(actor=actor, verb="add", thing="employee", thing_id=employee_id, because="joined", at=at)
    return employee_id


@transaction.atomic
def add_child(
    *,
    child_id: UUID,
    household_id: UUID,
    name: str,
    birth_date: date,
    at: datetime,
    care_notes: str = "",
    special_needs: bool = False,
    actor: UUID | None = None,
) -> UUID:
    """Write a child with name, birth date and care notes sealed."""
    said = ChildSaid(name, birth_date, "", care_notes, special_needs)
    write_child(child_id=child_id, household_id=household_id, said=said, at=at, actor=actor)
    return child_id


def lock_household(household_id: UUID) -> None:
    """Make two writes about one household take turns; taken before any spot, so that nobody waits in a circle."""
    models.Household.objects.select_for_update().get(pk=household_id)
