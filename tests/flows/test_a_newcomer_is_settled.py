"""Somebody started last week and is on no roster yet: she asks by the page at once, and Dana settles it afterwards."""

from datetime import date, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from cast import DAWN, ROSA, Opened
from daybreak.accounts.actions import sign_in_token
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import RoleKind
from daybreak.audit.models import AuditEvent
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.states import RequestState
from daybreak.care.terms import Ask, RequestView
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Reason
from daybreak.notices.models import Notice
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.people.actions import add_child
from daybreak.people.models import Employee, Newcomer
from daybreak.people.roster.actions.arrivals import welcome
from daybreak.people.roster.actions.newcomers import forget_newcomers
from rosters import brought_in, row, written
from web_visits import at_dawn, newcomer, seen, visitor

pytestmark = pytest.mark.django_db
HARBOR = made_id("Harbor Health")
MAIN = "Harbor Health, main hospital"
MAIL = "jo@example.org"


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    at_dawn(monkeypatch)


def said(**changes: str) -> dict[str, str]:
    return {
        "name": "Jo Newcome",
        "address": MAIL,
        "site": str(made_id(MAIN)),
        "ref": "E0001",
        "pay": "hourly",
        "zip": "14201",
    } | changes


def joined(**changes: str) -> HttpResponse:
    return visitor().post("/join", said(**changes))


def answered() -> None:
    """The worker answers whoever asked."""
    answer_asks(at=DAWN, holder="worker-1", welcome=welcome)


@pytest.fixture
def jo() -> UUID:
    """Jo came in by what she said, and has a child."""
    joined()
    answered()
    person_id = person_at(email=MAIL)
    assert person_id is not None
    add_child(
        child_id=made_id("child of jo"),
        household_id=Employee.objects.get(person=person_id).household_id,
        name="Kit",
        birth_date=date(2023, 5, 1),
        at=DAWN,
    )
    return person_id


@pytest.fixture
def dana() -> UUID:
    return newcomer(RoleKind.CLERK, HARBOR)


def asked(opened: Opened, jo: UUID, day: date | None = None) -> RequestView | No:
    household = Employee.objects.get(person=jo).household_id
    ask = Ask(
        household_id=household,
        child_ids=(made_id("child of jo"),),
        day=day or opened.day,
        starts=time(7),
        ends=time(15, 30),
        decide_by_at=DAWN + timedelta(minutes=30),
    )
    answer = ask_for_care(ask=ask, key=str(uuid4()), actor=jo, at=DAWN)
    return answer if isinstance(answer, No) else opened.view(answer.request_id)


def on_list(tmp_path: Path, *rows: dict[str, str]) -> None:
    brought_in(written(tmp_path, rows), HARBOR, accept_leavers=True)


def test_what_is_said_lets_nobody_in_before_they_have_come_by_the_link() -> None:
    before = Person.objects.count()
    response = joined()
    assert (response.status_code, response["Location"]) == (302, "/sign-in/sent")
    assert (Person.objects.count(), Employee.objects.filter(ref_index=None, newcomer=None).count()) == (
        before,
        Employee.objects.count(),
    )
    answered()
    person_id = person_at(email=MAIL)
    assert person_id is not None
    assert Notice.objects.get(person_id=person_id).code == "sign-in-link"
    client = visitor()
    assert client.post(f"/sign-in/{sign_in_token(person_id)}").status_code == 302
    assert "Hello, Jo." in seen(client.get("/")).said


def test_a_known_address_gets_the_same_answer_and_its_usual_link() -> None:
    known = account_of(ROSA)
    assert known is not None
    assert joined(address=known.email)["Location"] == joined()["Location"]
    answered()
    assert Employee.objects.filter(person=ROSA).count() == 1
    assert set(Notice.objects.filter(person_id=ROSA).values_list("code", flat=True)) == {"sign-in-link"}
    assert Newcomer.objects.filter(employee=None).count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"address": "jo"}, "Write an e-mail address or a phone number"),
        ({"name": ""}, "Write your name"),
        ({"site": "nowhere"}, "Choose where you work."),
        ({"pay": "weekly"}, "Choose how you are paid."),
        ({"zip": "00000"}, "There is no such ZIP code."),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field_and_nothing_is_written(changes: dict[str, str], says: str) -> None:
    response = joined(**changes)
    assert response.status_code == 400
    assert says in seen(response).said
    assert not Newcomer.objects.exists()


def test_she_has_one_request_at_a_time_until_settled(opened: Opened, jo: UUID, dana: UUID, tmp_path: Path) -> None:
    first = asked(opened, jo)
    assert isinstance(first, RequestView)
    tomorrow = opened.day + timedelta(days=1)
    assert asked(opened, jo, day=tomorrow) == No((Reason("one-until-settled"),))
    on_list(tmp_path, row(1, work_site=MAIN, email="other@example.org", phone=""), row(2, work_site=MAIN))
    client = visitor(dana)
    assert "1 Main" not in seen(client.get("/newcomers")).said
    response = client.post(f"/newcomers/{jo}", {"settle": "match", "ref": "e0001"})
    assert response.status_code == 302
    assert isinstance(asked(opened, jo, day=tomorrow), RequestView)
    assert Notice.objects.filter(person_id=jo, code="newcomer-matched").count() == 1
    assert client.get(f"/newcomers/{jo}").status_code == 404


def test_the_list_has_no_name_and_each_look_at_one_is_written_down_and_shown_to_her(jo: UUID, dana: UUID) -> None:
    client = visitor(dana)
    listed = seen(client.get("/newcomers")).said
    assert MAIN in listed
    assert "Jo" not in listed.split()
    assert "Jo Newcome" in seen(client.get(f"/newcomers/{jo}")).said
    [look] = AuditEvent.objects.filter(verb="look-at", thing_id=str(jo))
    assert (look.actor, look.thing, look.because) == (dana, "person", "settle-newcomer")
    assert "to settle one thing" in seen(visitor(jo).get("/account")).said


def test_refusing_closes_her_page_ends_what_is_ahead_and_she_cannot_come_back_by_her_word(
    opened: Opened, jo: UUID, dana: UUID
) -> None:
    first = asked(opened, jo)
    assert isinstance(first, RequestView)
    assert visitor(dana).post(f"/newcomers/{jo}", {"settle": "refuse"}).status_code == 302
    assert opened.view(first.request_id).state is RequestState.CANCELED
    assert {"newcomer-refused", "care-benefit-ended"} <= set(
        Notice.objects.filter(person_id=jo).values_list("code", flat=True)
    )
    assert visitor(jo).get("/ask").status_code == 404
    joined()
    answered()
    assert visitor(jo).get("/ask").status_code == 404
    assert Employee.objects.filter(person=jo, left_on=None).count() == 0


@pytest.mark.parametrize(
    ("ref", "says"), [("E0009", "No employee on the roster has this number now."), ("E0002", "Somebody has come in")]
)
def test_a_number_that_cannot_be_hers_is_refused_and_nothing_changes(
    jo: UUID, dana: UUID, tmp_path: Path, ref: str, says: str
) -> None:
    on_list(tmp_path, row(2, work_site=MAIN, email="rosa@example.org", phone=""))
    joined(address="rosa@example.org")
    answered()
    response = visitor(dana).post(f"/newcomers/{jo}", {"settle": "match", "ref": ref})
    assert response.status_code == 409
    assert says in seen(response).said
    assert Employee.objects.get(person=jo).ref_index is None
    assert not AuditEvent.objects.filter(verb="settle").exists()


def test_the_next_roster_that_has_her_address_settles_it_by_itself(jo: UUID, dana: UUID, tmp_path: Path) -> None:
    followed = brought_in(written(tmp_path, [row(7, email=MAIL, phone="", work_site=MAIN)]), HARBOR).followed
    assert followed is not None
    assert (followed.settled, followed.left) == (1, 0)
    assert "Nobody waits." in seen(visitor(dana).get("/newcomers")).said
    assert Newcomer.objects.get().settled_by is None


def test_a_clerk_of_another_employer_finds_nobody(jo: UUID) -> None:
    other = visitor(newcomer(RoleKind.CLERK, made_id("Lakeshore Logistics")))
    assert "Nobody waits." in seen(other.get("/newcomers")).said
    assert other.get(f"/newcomers/{jo}").status_code == 404
    assert other.post(f"/newcomers/{jo}", {"settle": "refuse"}).status_code == 404
    assert not AuditEvent.objects.filter(verb__in=("settle", "look-at")).exists()


def test_what_nobody_followed_is_forgotten_after_a_day() -> None:
    joined()
    assert forget_newcomers(at=DAWN + timedelta(hours=23)) == 0
    assert forget_newcomers(at=DAWN + timedelta(hours=25)) == 1
    answered()
    assert person_at(email=MAIL) is None
