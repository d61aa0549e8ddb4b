"""Whoever asks gets all that is held about them, and whoever wants to go is gone; what stays says why."""

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from cast import ADA, BEN, DAWN, MONDAY, MS_OKAFOR, ROSA, Opened, clock, household_of
from daybreak.accounts.actions import add_person, end_role, give_role
from daybreak.accounts.models import Person, Role
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import broken_at, events_of
from daybreak.care.actions.attend import mark_attended
from daybreak.care.models import Booking, CareRequest, StandingRequest
from daybreak.care.standing.actions import add_district, add_standing
from daybreak.care.standing.terms import Standing
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.notices.models import Notice
from daybreak.own_data.actions import erase, take_copy
from daybreak.people.models import Child, Household
from daybreak.people.queries import children_named, children_of
from daybreak.people.telling.actions import name_fetcher, tell_answer
from daybreak.people.telling.terms import Question
from web_visits import at_dawn, newcomer, seen, visitor

HOME = household_of("rosa")
HERS = ("Rosa Delgado", "rosa@example.org", "716 555 0101", "Ada", "Ben", "Peanut allergy", "Call Theo", "Theo Delgado")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def told(opened: Opened) -> Opened:
    # Theo comes back where a story is about two adults.
    end_role(person_id=made_id("theo"), kind=RoleKind.CO_PARENT, scope=HOME, at=DAWN)
    tell_answer(household_id=HOME, question=Question.EMERGENCY, said="Call Theo.", at=DAWN, actor=ROSA)
    name_fetcher(household_id=HOME, name="Theo Delgado", tie="father", phone="716 555 0199", at=DAWN, actor=ROSA)
    return opened


def opened_words() -> str:
    """Everything about Rosa's family that can still be opened with the keys."""
    account = account_of(ROSA)
    children = [*children_of(HOME), *children_named([ADA, BEN]).values()]
    return f"{account} {children} {take_copy(person_id=ROSA, actor=None, at=DAWN)}"


def test_the_copy_holds_what_was_told_asked_and_done(told: Opened) -> None:
    view = told.asked()
    answer = visitor(ROSA).post("/my-data/copy")
    assert answer["Content-Disposition"] == 'attachment; filename="daybreak-my-data.json"'
    held = json.loads(answer.content)
    text = answer.content.decode()
    for word in ("Rosa Delgado", "rosa@example.org", "+17165550101", "Peanut allergy.", "Call Theo.", "Theo Delgado"):
        assert word in text, word
    assert [child["name"] for child in held["household"][0]["children"]] == ["Ada", "Ben"]
    assert [request["name"] for request in held["requests"]] == [view.name]
    assert held["requests"][0]["bookings"][0]["site"] == "Ms. Okafor's family child care home"
    assert {message["code"] for message in held["messages"]} == {"care-confirmed"}
    assert held["employment"][0]["employer"] == "Harbor Health"
    assert {"take-copy", "ask"} <= {event["verb"] for event in held["record"]}


def test_the_copy_holds_nothing_of_another_family(told: Opened) -> None:
    told.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    text = visitor(ROSA).post("/my-data/copy").content.decode()
    assert "Marisol" not in text
    assert "Luc" not in text
    assert visitor(newcomer()).get("/my-data").status_code == 200
    assert "Ada" not in visitor(newcomer()).post("/my-data/copy").content.decode()


def test_copies_are_counted_so_that_a_stolen_phone_cannot_draw_them_all_day(told: Opened) -> None:
    rosa = visitor(ROSA)
    assert [rosa.post("/my-data/copy").status_code for _ in range(6)] == [200] * 5 + [429]


def test_the_last_adult_takes_the_household_along(told: Opened) -> None:
    told.asked()
    rosa = visitor(ROSA)
    page = seen(rosa.get("/my-data/erase"))
    assert "1 care request that is open is canceled" in page.said
    assert "This stays, and why" in page.said
    answer = rosa.post("/my-data/erase")
    assert (answer.status_code, person_at(email="rosa@example.org")) == (400, ROSA)

    assert "You are erased." in seen(rosa.post("/my-data/erase", {"sure": "1"})).said
    assert person_at(email="rosa@example.org") is None
    assert rosa.get("/family")["Location"].startswith("/sign-in")
    for word in HERS:
        assert word not in opened_words(), word
    assert Role.objects.filter(person=ROSA).count() == 0
    assert [row.name_sealed + row.birth_date_sealed for row in Child.objects.filter(household=HOME)] == ["", ""]
    home = Household.objects.get(pk=HOME)
    assert (home.home_latitude, home.home_longitude) == (42.8986, -78.8672)


def test_what_was_asked_is_canceled_and_the_home_is_told(told: Opened) -> None:
    told.asked()
    assert erase(person_id=ROSA, actor=ROSA, at=DAWN) == Yes()
    assert CareRequest.objects.get().state == "canceled"
    assert Booking.objects.get().state == "canceled"
    assert Notice.objects.filter(person=MS_OKAFOR, code="provider-canceled").exists()
    mine = Notice.objects.filter(person=ROSA)
    assert {(row.due_at, str(row.facts)) for row in mine} == {(None, "{}")}


def test_what_was_asked_for_days_without_school_ends(told: Opened) -> None:
    district = add_district(name="Queen City", zone="America/New_York", at=DAWN)
    hours = (time(7), time(15, 30), time(5, 30), time(5))
    add_standing(Standing(HOME, district, (ADA,), *hours, MONDAY, date(2026, 6, 30)), actor=ROSA, at=DAWN)
    assert erase(person_id=ROSA, actor=ROSA, at=DAWN) == Yes()
    assert StandingRequest.objects.get().ended_at == DAWN


def test_the_record_stays_whole_and_names_nobody(told: Opened) -> None:
    told.asked()
    erase(person_id=ROSA, actor=ROSA, at=DAWN)
    assert broken_at() is None
    assert "erase" in {event.verb for event in events_of("person", ROSA)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM audit_auditevent")
        facts = str(cursor.fetchall())
    for word in HERS:
        assert word not in facts, word


def test_with_another_adult_there_the_family_stays(told: Opened) -> None:
    give_role(person_id=made_id("theo"), kind=RoleKind.CO_PARENT, scope=HOME, at=DAWN)
    view = told.asked()
    assert "Your family stays" in seen(visitor(ROSA).get("/my-data/erase")).said
    assert erase(person_id=ROSA, actor=ROSA, at=DAWN) == Yes()
    assert [child.name for child in children_of(HOME)] == ["Ada", "Ben"]
    assert told.view(view.request_id).booking is not None
    assert account_of(ROSA) is None


def test_nobody_is_erased_while_the_children_are_at_a_place(told: Opened) -> None:
    view = told.asked()
    assert view.booking is not None
    at = clock(7, 10)
    assert mark_attended(booking_id=view.booking.booking_id, actor=MS_OKAFOR, at=at) == Yes()
    decision = erase(person_id=ROSA, actor=ROSA, at=at)
    assert isinstance(decision, No)
    assert [reason.code for reason in decision.reasons] == ["care-going-on"]
    assert account_of(ROSA) is not None
    assert [child.name for child in children_of(HOME)] == ["Ada", "Ben"]


def test_the_only_one_who_speaks_for_a_booked_site_stays_until_the_children_are_home(told: Opened) -> None:
    view = told.asked()
    decision = erase(person_id=MS_OKAFOR, actor=MS_OKAFOR, at=DAWN)
    assert isinstance(decision, No)
    assert [(reason.code, reason.facts) for reason in decision.reasons] == [("only-speaker", {"number": 1})]
    page = seen(visitor(MS_OKAFOR).post("/my-data/erase", {"sure": "1"}))
    assert "Nobody else speaks for a site of yours that has bookings ahead (sites: 1)." in page.said
    assert told.view(view.request_id).booking == view.booking

    second = add_person(person_id=made_id("second speaker"), name="Second", at=DAWN)
    give_role(person_id=second, kind=RoleKind.PROVIDER, scope=made_id("provider of okafor"), at=DAWN)
    assert erase(person_id=MS_OKAFOR, actor=MS_OKAFOR, at=DAWN + timedelta(minutes=1)) == Yes()


@pytest.mark.django_db(transaction=True)
def test_the_commands_do_the_same_for_whoever_runs_it(tmp_path: Path) -> None:
    add_person(person_id=ROSA, name="Rosa Delgado", email="rosa@example.org", at=DAWN)
    run = CliRunner()
    out = tmp_path / "rosa.json"
    assert run.invoke(main, ["export", "rosa@example.org", "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text())["person"]["name"] == "Rosa Delgado"
    assert out.stat().st_mode & 0o077 == 0
    looked = run.invoke(main, ["erase", str(ROSA)])
    assert looked.exit_code == 0
    assert "Say --yes to do it." in looked.output
    assert Person.objects.get(pk=ROSA).is_active
    done = run.invoke(main, ["erase", str(ROSA), "--yes"])
    assert done.exit_code == 0
    assert "The record of who did what only grows" in done.output
    assert not Person.objects.get(pk=ROSA).is_active
    gone = run.invoke(main, ["export", "rosa@example.org"])
    assert gone.exit_code == 10
    assert "rosa@example.org" not in gone.output
