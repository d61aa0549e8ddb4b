"""Who belongs to this household, and what is told about them for a booking?"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from daybreak.people import models
from daybreak.people.terms import ChildOf, ChildProfile, Commute, Employed, HouseholdProfile, PayClass
from daybreak.placement.terms import Point
from daybreak.vault.queries import binding, reveal


def household_of(household_id: UUID, *, person_id: UUID | None = None) -> HouseholdProfile | None:
    """The household as one of its employees asks for it: their own work site and pay class where two are employed.

    None where nobody in it is an employee any more.
    """
    living_there = models.Employee.objects.filter(household=household_id, left_on=None)
    employees = living_there.select_related("household", "work_site")
    employee = (employees.filter(person=person_id).first() if person_id else None) or employees.order_by("id").first()
    if employee is None:
        return None
    household, work = employee.household, employee.work_site
    children, left = _listed_and_left(household.id)
    return HouseholdProfile(
        household_id=household.id,
        employer_id=employee.employer_id,
        home=Point(household.home_latitude, household.home_longitude),
        work=Point(work.latitude, work.longitude),
        work_name=work.name,
        zone=work.zone,
        usual_starts=household.usual_starts,
        usual_ends=household.usual_ends,
        max_detour_minutes=household.max_detour_minutes,
        keep_together=household.keep_together,
        pay_class=PayClass(employee.pay_class),
        children=children,
        left=left,
    )


def employed_as(person_id: UUID, household_id: UUID) -> Employed | None:
    """The employment by which a person asks for a household: their own, else the first one of the household."""
    rows = models.Employee.objects.filter(household=household_id, left_on=None).select_related("work_site")
    found = list(rows.order_by("pk"))
    row = next((row for row in found if row.person_id == person_id), next(iter(found), None))
    return _employed(row) if row else None


def employed_by(employer_id: UUID) -> list[Employed]:
    """Every employee of an employer, in the order of their ids."""
    rows = models.Employee.objects.filter(employer=employer_id).select_related("work_site").order_by("pk")
    return [_employed(row) for row in rows.iterator()]


def _employed(row: models.Employee) -> Employed:
    return Employed(
        employee_id=row.pk,
        person_id=row.person_id,
        employer_id=row.employer_id,
        household_id=row.household_id,
        work_site_id=row.work_site_id,
        work_site=row.work_site.name,
        pay_class=PayClass(row.pay_class),
    )


def employing(household_ids: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """Households and employers, as pairs, where somebody in the one works for the other now."""
    wanted, found = sorted(set(household_ids)), set[tuple[UUID, UUID]]()
    for start in range(0, len(wanted), 500):
        rows = models.Employee.objects.filter(household__in=wanted[start : start + 500], left_on=None)
        found |= set(rows.values_list("household_id", "employer_id"))
    return found


def employer_called(name: str) -> UUID | None:
    """The employer of a name, or None."""
    return models.Employer.objects.filter(name=name).values_list("pk", flat=True).first()


def employers() -> dict[UUID, str]:
    """Every employer's name."""
    return dict(models.Employer.objects.order_by("name").values_list("pk", "name"))


def employer_names() -> dict[UUID, str]:
    """Every employer's name, in order of the names."""
    return dict(models.Employer.objects.order_by("name").values_list("pk", "name"))


def work_sites_of(employer_id: UUID) -> dict[UUID, str]:
    """The names of an employer's work sites."""
    return dict(models.WorkSite.objects.filter(employer=employer_id).order_by("name").values_list("pk", "name"))


def employer_name(employer_id: UUID) -> str:
    """What an employer is called, or nothing where there is none with this id."""
    return models.Employer.objects.filter(pk=employer_id).values_list("name", flat=True).first() or ""


def zone_of_employer(employer_id: UUID) -> str:
    """The time zone of an employer's first work site by name, or nothing where it has none."""
    sites = models.WorkSite.objects.filter(employer=employer_id).order_by("name")
    return sites.values_list("zone", flat=True).first() or ""


def employments_of(person_id: UUID) -> dict[UUID, dict[str, str]]:
    """Where a person is employed, by employee id, for a copy of their data."""
    rows = models.Employee.objects.filter(person=person_id).select_related("employer", "work_site").order_by("id")
    return {
        row.pk: {"employer": row.employer.name, "work_site": row.work_site.name, "pay_class": row.pay_class}
        for row in rows
    }


def said_before_the_roster(person_id: UUID) -> list[str]:
    """What a person said of themselves before a roster named them, as it is kept, for a copy of their data."""
    rows = models.Newcomer.objects.filter(employee__person=person_id).order_by("said_at", "pk")
    return [reveal(row.said_sealed, binding("newcomer", "said", row.pk)) for row in rows]


def child_with_household(child_id: UUID) -> ChildOf | None:
    """A child that stands on a household's list; the caller answers for the right to see it."""
    row = models.Child.objects.filter(pk=child_id, left_at=None).first()
    return ChildOf(row.household_id, _profile(row)) if row else None


def homes_of(household_ids: Iterable[UUID]) -> dict[UUID, Point]:
    """Where households live, for a caregiver who is about to come; the caller answers for the right to see it."""
    rows = models.Household.objects.filter(pk__in=list(household_ids))
    return {row.pk: Point(row.home_latitude, row.home_longitude) for row in rows}


def commutes_of(asked_by: Mapping[UUID, UUID]) -> dict[UUID, Commute]:
    """Where households live and work, by id, as whoever asked for each works; a few queries for all of them.

    `asked_by` names the person by household.
    """
    found: dict[UUID, Commute] = {}
    wanted = sorted(asked_by)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = models.Employee.objects.filter(household__in=some).select_related("household", "work_site")
        for row in rows.order_by("id"):
            household_id = row.household_id
            if household_id in found and row.person_id != asked_by[household_id]:
                continue
            household, work = row.household, row.work_site
            found[household_id] = Commute(
                household_id=household_id,
                home=Point(household.home_latitude, household.home_longitude),
                work=Point(work.latitude, work.longitude),
                max_detour_minutes=household.max_detour_minutes,
                pay_class=PayClass(row.pay_class),
            )
    return found


def children_of(household_id: UUID) -> tuple[ChildProfile, ...]:
    """The children of a household, in the order the family gave."""
    return _listed_and_left(household_id)[0]


def children_named(child_ids: Iterable[UUID]) -> dict[UUID, ChildProfile]:
    """Children by id, for a provider's page; the caller answers for the right to see them."""
    return {row.id: _profile(row) for row in models.Child.objects.filter(pk__in=list(child_ids), erased_at=None)}


def _listed_and_left(household_id: UUID) -> tuple[tuple[ChildProfile, ...], tuple[ChildProfile, ...]]:
    rows = list(models.Child.objects.filter(household=household_id, erased_at=None).order_by("position"))
    listed = tuple(_profile(row) for row in rows if row.left_at is None)
    return listed, tuple(_profile(row) for row in rows if row.left_at is not None)


def _profile(row: models.Child) -> ChildProfile:
    def opened(column: str) -> str:
        return reveal(getattr(row, f"{column}_sealed"), binding("child", column, row.id))

    return ChildProfile(
        child_id=row.id,
        name=opened("name"),
        birth_date=date.fromisoformat(opened("birth_date")),
        care_notes=opened("care_notes"),
        special_needs=row.special_needs,
        allergies=opened("allergies"),
    )
