"""One household, two employers: each parent asks from their own work, and nothing of a child stands in the open."""

from datetime import date, time
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from cast import ADA, BEN, DAWN, ROSA, Opened, household_of
from daybreak.accounts.actions import add_person
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import RoleKind
from daybreak.care.models import CareRequest
from daybreak.demo.cast import made_id
from daybreak.people import queries
from daybreak.people.actions import add_child, add_employee
from daybreak.people.models import Child
from daybreak.people.terms import PayClass

pytestmark = pytest.mark.django_db

HOME = household_of("rosa")


@pytest.fixture
def theo(opened: Opened) -> UUID:
    """Rosa's partner, salaried at another employer."""
    person = add_person(person_id=uuid4(), name="Theo", at=DAWN)
    add_employee(
        employee_id=uuid4(),
        employer_id=made_id("Lakeshore Logistics"),
        person_id=person,
        household_id=HOME,
        work_site_id=made_id("Lakeshore Logistics, warehouse"),
        pay_class=PayClass.SALARIED,
        at=DAWN,
    )
    return person


def test_each_parent_asks_from_their_own_work_and_pay_class(theo: UUID) -> None:
    hers, his = (queries.household_of(HOME, person_id=person) for person in (ROSA, theo))
    assert hers is not None
    assert his is not None
    assert (hers.work_name, hers.pay_class) == ("Harbor Health, main hospital", PayClass.HOURLY)
    assert (his.work_name, his.pay_class) == ("Lakeshore Logistics, warehouse", PayClass.SALARIED)
    assert hers.employer_id != his.employer_id
    assert (hers.home, hers.children) == (his.home, his.children)


def test_an_employee_is_a_parent_of_the_household(theo: UUID) -> None:
    account = account_of(theo)
    assert account is not None
    assert account.scopes(RoleKind.PARENT) == (HOME,)


def test_a_request_belongs_to_the_employer_of_whoever_asked(theo: UUID, opened: Opened) -> None:
    opened.asked(who=theo)
    assert CareRequest.objects.get().employer_id == made_id("Lakeshore Logistics")


def test_nobody_is_employed_twice_by_one_employer(theo: UUID) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_employee(
            employee_id=uuid4(),
            employer_id=made_id("Lakeshore Logistics"),
            person_id=theo,
            household_id=HOME,
            work_site_id=made_id("Lakeshore Logistics, warehouse"),
            pay_class=PayClass.HOURLY,
            at=DAWN,
        )


def test_children_stay_in_the_order_the_family_gave(opened: Opened) -> None:
    youngest = add_child(child_id=UUID(int=0), household_id=HOME, name="Zoe", birth_date=date(2026, 1, 1), at=DAWN)
    assert [child.child_id for child in queries.children_of(HOME)] == [ADA, BEN, youngest]
    assert list(Child.objects.filter(household=HOME).order_by("position").values_list("position", flat=True)) == [
        0,
        1,
        2,
    ]


def test_a_household_nobody_works_for_and_one_that_does_not_exist_look_alike(opened: Opened) -> None:
    assert queries.household_of(uuid4()) is None
    assert queries.children_of(uuid4()) == ()
    assert queries.children_named([uuid4()]) == {}


def test_what_is_told_of_a_child_is_sealed_to_its_row(opened: Opened) -> None:
    row = Child.objects.get(pk=ADA)
    sealed = (row.name_sealed, row.birth_date_sealed, row.care_notes_sealed, row.allergies_sealed)
    assert all(text.startswith("v1:demo:") for text in sealed)
    assert len(set(sealed)) == 4
    named = queries.children_named([ADA])[ADA]
    assert (named.name, named.allergies, named.care_notes[:7]) == ("Ada", "Peanut allergy.", "The pen")


def test_a_home_is_kept_to_about_a_hundred_meters(opened: Opened) -> None:
    found = queries.household_of(HOME)
    assert found is not None
    assert (found.home.latitude, found.home.longitude) == (42.848, -78.813)
    assert (found.usual_starts, found.usual_ends) == (time(7), time(15, 30))
