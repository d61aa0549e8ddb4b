"""Whoever comes sees one thing to do, and nobody at a desk sees a family's name."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from cast import DAWN, ROSA, Opened, clock, close_all_but
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.clock import work_due
from daybreak.care.counts.queries import standing_on
from daybreak.care.counts.terms import DayCount
from daybreak.demo.cast import made_id
from daybreak.notices.actions import post
from daybreak.people.actions import add_employee, add_household
from daybreak.people.terms import PayClass
from daybreak.placement.terms import Point
from web_visits import Seen, at_dawn, newcomer, seen, visitor

HARBOR = made_id("Harbor Health")
THEO, DANA, PRIYA, OLU = (made_id(key) for key in ("theo", "dana", "priya", "olu"))
NAMES = ("Rosa", "Delgado", "Ada", "Ben", "Marisol", "Lucía", "rosa@example.org", "Peanut")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def at_the_door(person: UUID) -> Client:
    """A browser whose owner has passed the second step, where a post asks for one."""
    client = visitor(person)
    session = client.session
    session["second-step"] = DAWN.isoformat()
    session.save()
    return client


def face(person: UUID) -> Seen:
    """The first page somebody sees."""
    answer = at_the_door(person).get("/", follow=True)
    assert answer.status_code == 200
    return seen(answer)


def main_actions(page: Seen) -> list[str]:
    """What the largest button leads to: one on each first page."""
    return [str(one["href"]) for one in page.every("a") if {"button", "big"} <= set((one.get("class") or "").split())]


def test_each_face_has_one_next_action_that_leads_somewhere(opened: Opened) -> None:
    opened.asked()
    trustee = newcomer(RoleKind.TRUSTEE)
    for person in (ROSA, THEO, DANA, PRIYA, OLU, trustee):
        (leads_to,) = main_actions(face(person))
        assert at_the_door(person).get(leads_to).status_code == 200, leads_to


def test_a_co_parent_sees_the_familys_requests_and_can_ask(opened: Opened) -> None:
    opened.asked()
    page = face(THEO)
    assert "Hello, Theo." in page.said
    assert "Confirmed" in page.said
    assert "Ada" in page.said
    assert main_actions(page) == ["/ask"]


def test_a_parent_without_children_is_asked_for_them_first(opened: Opened) -> None:
    person, household = newcomer(), uuid4()
    shift = {"usual_starts": clock(7).time(), "usual_ends": clock(15).time()}
    add_household(household_id=household, home=Point(42.9, -78.8), at=DAWN, **shift)
    add_employee(
        employee_id=uuid4(),
        employer_id=HARBOR,
        person_id=person,
        household_id=household,
        work_site_id=made_id("Harbor Health, main hospital"),
        pay_class=PayClass.HOURLY,
        at=DAWN,
    )
    assert main_actions(face(person)) == ["/family/children/new"]
    assert "Add a child" in seen(visitor(person).get("/ask")).said


def test_the_desk_counts_its_own_employers_requests_and_names_nobody(opened: Opened) -> None:
    opened.asked()
    opened.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    assert standing_on(HARBOR, [opened.day]) == {opened.day: DayCount(asked=1, placed=1)}
    page = face(DANA)
    assert "Every family that asked has a place or is being looked after." in page.said
    assert "asked 1 have a place 1 being looked for 0 no place found 0" in page.said
    for name in NAMES:
        assert name not in page.said, name


def test_the_desk_says_first_what_found_no_place_and_leaves_out_what_a_family_took_back(opened: Opened) -> None:
    assert "A calm day: nobody has asked." in face(DANA).said
    close_all_but()
    view = opened.asked()
    assert standing_on(HARBOR, [opened.day])[opened.day] == DayCount(asked=1, looking=1)
    while work_due(at=clock(6, 14), holder="test"):
        pass
    assert opened.view(view.request_id).state == "unfilled"
    assert "1 request found no place." in face(DANA).said
    taken_back = opened.asked(day=opened.day + timedelta(days=1), decide_by=clock(20))
    cancel_request(request_id=taken_back.request_id, actor=ROSA, at=DAWN)
    assert standing_on(HARBOR, [taken_back.day])[taken_back.day] == DayCount()


def test_the_hr_reader_is_told_why_nothing_stands_here_and_what_never_will(opened: Opened) -> None:
    opened.asked()
    page = face(PRIYA)
    assert "Nothing is released yet." in page.said
    assert "Who asked, when, or why" in page.said
    assert not any(character.isdigit() for character in page.said.replace("2026", ""))
    for name in NAMES:
        assert name not in page.said, name


def test_the_operator_is_sent_to_what_is_wrong_first(opened: Opened) -> None:
    assert "Everything runs." in face(OLU).said
    with transaction.atomic():
        facts = {"day": "2026-03-02", "link": "/requests/1"}
        post(code="care-canceled", to=ROSA, facts=facts, about=ROSA, at=DAWN - timedelta(minutes=20))
    page = face(OLU)
    assert "2 messages are late." in page.said
    assert "Start here: run daybreak worker where Daybreak runs." in page.said
    for name in NAMES:
        assert name not in page.said, name


def test_a_caregiver_comes_straight_to_her_day(opened: Opened) -> None:
    page = face(made_id("provider person ines"))
    assert "lunes 2 de marzo" in page.said
