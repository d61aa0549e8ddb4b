"""An employee of a roster comes in by mail or phone, leaves with the roster, and comes back with it."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core import mail
from pytest_django import Settings

from cast import DAWN, ROSA, Opened, household_of
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import RoleKind
from daybreak.audit.models import AuditEvent
from daybreak.notices.actions import send_due
from daybreak.notices.models import Notice
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.own_data.actions import erase
from daybreak.people import queries
from daybreak.people.models import Employee, Household
from daybreak.people.roster.actions.arrivals import arrive, welcome
from daybreak.people.roster.actions.follow import end_employments
from daybreak.placement.terms import Point
from rosters import CLINIC, brought_in, harbor, row, written
from web_visits import at_dawn, seen, visitor

pytestmark = pytest.mark.django_db

MAIL = "employee1@harbor.example"


@pytest.fixture
def employer_id(tmp_path: Path) -> UUID:
    employer_id = harbor()
    brought_in(written(tmp_path, [row(number) for number in range(1, 31)]), employer_id)
    return employer_id


def arrived(**address: str) -> UUID:
    person_id = arrive(**address or {"email": MAIL}, at=DAWN)
    assert person_id is not None
    return person_id


def test_the_first_link_makes_a_person_and_a_household_of_what_the_roster_says(
    employer_id: UUID, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    at_dawn(monkeypatch)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = visitor()
    assert client.post("/sign-in", {"address": MAIL.upper()}).status_code == 302
    assert answer_asks(at=DAWN, holder="test", welcome=welcome) == 1
    send_due(at=DAWN, holder="test")
    [sent] = mail.outbox
    assert sent.to == [MAIL]
    link = re.search(r"/sign-in/\S+", sent.body)
    assert link is not None
    assert client.post(link[0]).status_code == 302
    assert "Employee" in seen(client.get("/")).said
    person_id = person_at(email=MAIL)
    assert person_id is not None
    account = account_of(person_id)
    assert account is not None
    assert (account.name, account.phone, account.language) == ("Employee Number1", "+17165550001", "en")
    household = queries.household_of(account.scopes(RoleKind.PARENT)[0], person_id=person_id)
    assert household is not None
    assert (household.home, household.work_name, household.usual_starts.hour) == (
        Point(42.897, -78.886),
        "Main hospital",
        7,
    )


def test_the_second_time_nothing_is_made(employer_id: UUID) -> None:
    person_id = arrived()
    events = AuditEvent.objects.count()
    assert arrived(phone="+17165550001") == person_id
    assert (Person.objects.count(), Household.objects.count(), AuditEvent.objects.count()) == (1, 1, events)


@pytest.mark.parametrize("address", [{"email": "stranger@harbor.example"}, {"phone": "+17165559999"}, {}])
def test_a_stranger_is_nobody_and_leaves_no_row(employer_id: UUID, address: dict[str, str]) -> None:
    assert arrive(**address, at=DAWN) is None
    assert (Person.objects.count(), Employee.objects.count(), Notice.objects.count()) == (0, 0, 0)


def test_somebody_whose_last_day_is_over_is_nobody(employer_id: UUID, tmp_path: Path) -> None:
    brought_in(written(tmp_path, [row(1, end_date="2026-02-27"), row(2)]), employer_id, accept_leavers=True)
    assert arrive(email=MAIL, at=DAWN) is None


def test_an_address_given_by_a_later_roster_is_no_way_in_to_somebody_who_has_come(
    employer_id: UUID, tmp_path: Path
) -> None:
    person_id = arrived()
    rows = [row(1, email="somebody.else@harbor.example", phone=""), *(row(number) for number in range(2, 31))]
    brought_in(written(tmp_path, rows), employer_id)
    assert arrive(email="somebody.else@harbor.example", at=DAWN) is None
    assert arrived() == person_id
    assert Person.objects.count() == 1


def test_before_somebody_has_come_the_newest_roster_says_how_they_do(employer_id: UUID, tmp_path: Path) -> None:
    rows = [row(1, email="new@harbor.example"), *(row(number) for number in range(2, 31))]
    brought_in(written(tmp_path, rows), employer_id)
    assert arrive(email=MAIL, at=DAWN) is None
    assert arrived(email="new@harbor.example")


def test_whoever_is_gone_from_the_roster_loses_access_and_has_it_again_when_they_are_back(
    employer_id: UUID, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_dawn(monkeypatch)
    person_id = arrived()
    client = visitor(person_id)
    assert client.get("/ask").status_code == 200
    rows = [row(number) for number in range(2, 31)]
    followed = brought_in(written(tmp_path, rows), employer_id).followed
    assert followed is not None
    assert (followed.left, followed.back) == (1, 0)
    assert client.get("/ask").status_code == 404
    assert AuditEvent.objects.filter(verb="leave", because="roster").count() == 1
    followed = brought_in(written(tmp_path, [row(1, work_site=CLINIC), *rows]), employer_id).followed
    assert followed is not None
    assert (followed.left, followed.back) == (0, 1)
    assert client.get("/ask").status_code == 200
    household = queries.household_of(Employee.objects.get().household_id, person_id=person_id)
    assert household is not None
    assert household.work_name == CLINIC


def test_access_ends_when_the_last_day_is_over_everywhere(employer_id: UUID, tmp_path: Path) -> None:
    person_id = arrived()
    rows = [row(1, end_date="2026-03-02"), *(row(number) for number in range(2, 31))]
    brought_in(written(tmp_path, rows), employer_id)
    [employee] = Employee.objects.all()
    for hours, left in ((0, 0), (24, 0), (26, 1), (27, 0)):
        # DAWN is 10:40 of March 2 in Greenwich, so the day is over at noon of March 3 there.
        assert end_employments(at=DAWN + timedelta(hours=hours)) == left
    employee.refresh_from_db()
    assert str(employee.left_on) == "2026-03-03"
    account = account_of(person_id)
    assert account is not None
    assert account.scopes(RoleKind.PARENT) == ()


def test_a_new_number_with_the_old_address_is_the_same_employee(employer_id: UUID, tmp_path: Path) -> None:
    person_id = arrived()
    rows = [row(1, employee_id="N-1"), *(row(number) for number in range(2, 31))]
    followed = brought_in(written(tmp_path, rows), employer_id).followed
    assert followed is not None
    assert (followed.left, followed.renumbered) == (0, 1)
    assert arrived() == person_id
    assert brought_in(written(tmp_path, rows[1:]), employer_id).followed.left == 1


def test_whoever_erased_themselves_may_come_again_as_somebody_new(employer_id: UUID, tmp_path: Path) -> None:
    person_id = arrived()
    assert erase(person_id=person_id, actor=person_id, at=DAWN)
    again = arrived()
    assert again != person_id
    household, other = (Employee.objects.get(person=one).household_id for one in (person_id, again))
    assert household != other
    rows = [row(number) for number in range(1, 31)]
    assert brought_in(written(tmp_path, rows), employer_id).changes_nothing


def test_a_parent_whom_another_employer_lists_too_keeps_the_household(opened: Opened, tmp_path: Path) -> None:
    employer_id = harbor()
    brought_in(written(tmp_path, [row(1, email="rosa@example.org", name="R. Delgado")]), employer_id)
    assert arrived(email="rosa@example.org") == ROSA
    account = account_of(ROSA)
    assert account is not None
    assert account.name == "Rosa Delgado"
    assert account.scopes(RoleKind.PARENT) == (household_of("rosa"),)
    assert Employee.objects.filter(person=ROSA).count() == 2
    # Leaving one of two employers ends nothing of the household.
    brought_in(written(tmp_path, [row(2)]), employer_id)
    assert opened.asked() is not None


def test_an_address_that_is_somebody_elses_stays_theirs(opened: Opened, tmp_path: Path) -> None:
    employer_id = harbor()
    brought_in(written(tmp_path, [row(1, phone=account_of(ROSA).phone)]), employer_id)
    newcomer = account_of(arrived())
    assert newcomer is not None
    assert (newcomer.email, newcomer.phone) == (MAIL, "")
    assert person_at(phone=account_of(ROSA).phone) == ROSA
