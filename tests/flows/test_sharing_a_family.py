"""Two parents share a household, with one employer, two or none; a guardian too; and sharing ends again."""

from datetime import time
from uuid import UUID, uuid4

import pytest

from cast import ADA, BEN, DAWN, ROSA, Opened, household_of
from daybreak.accounts.actions import end_role, give_role
from daybreak.accounts.queries import account_of, family_of
from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import events_of
from daybreak.care.actions.ask import Asked, ask_for_care
from daybreak.care.terms import Ask
from daybreak.demo.cast import made_id
from daybreak.notices.models import Notice
from daybreak.people.actions import add_employee, add_household
from daybreak.people.models import Employee, Invitation
from daybreak.people.queries import household_of as profile_of
from daybreak.people.sharing.actions import MOST, answer_invitation, invite
from daybreak.people.sharing.queries import invitations_for
from daybreak.people.terms import PayClass
from daybreak.placement.terms import Point
from web_visits import at_dawn, newcomer, seen, visitor

HOME = household_of("rosa")
THEO = {"name": "Andrés Vega", "address": "andres@example.org", "as": "co-parent"}


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    """Rosa's household before anybody shares it: the cast's Theo was invited long ago."""
    at_dawn(monkeypatch)
    end_role(person_id=made_id("theo"), kind=RoleKind.CO_PARENT, scope=HOME, at=DAWN)


def invited(**said: str) -> UUID:
    """Somebody Rosa has just invited by the page."""
    page = seen(visitor(ROSA).post("/family/people/invite", {**THEO, **said}, follow=True))
    assert "Invited. Nothing of your family is shared before they accept." in page.said
    return Invitation.objects.latest("invited_at", "pk").person_id


def accept(person_id: UUID, answer: str = "accept") -> None:
    waiting = Invitation.objects.get(person=person_id, answer="")
    visitor(person_id).post("/invitations", {"invitation": str(waiting.pk), "answer": answer})


def test_an_invited_co_parent_sees_nothing_before_they_accept_and_everything_after(opened: Opened) -> None:
    request = opened.asked()
    theo = invited()
    assert list(Notice.objects.filter(person=theo).values_list("code", flat=True)) == ["family-invitation"]
    browser = visitor(theo)
    assert browser.get(f"/requests/{request.request_id}").status_code == 404
    assert "Rosa Delgado invites you to share a family's care." in seen(browser.get("/", follow=True)).said
    assert "Ada" not in seen(browser.get("/invitations")).said

    accept(theo)
    assert browser.get(f"/requests/{request.request_id}").status_code == 200
    assert "Ada" in seen(browser.get("/ask")).said
    page = seen(browser.get("/family/people")).said
    assert "Rosa Delgado Parent" in page
    assert "Andrés Vega Co-parent · you" in page
    assert "Invite somebody" not in page


def test_a_co_parent_asks_and_cancels_and_the_children_have_one_request_for_one_morning(opened: Opened) -> None:
    theo = invited()
    accept(theo)
    mine = opened.ask(who=theo)
    assert isinstance(mine, Asked)
    hers = opened.ask()
    assert isinstance(hers, Asked)
    assert (hers.request_id, hers.is_new) == (mine.request_id, False)
    assert visitor(theo).post(f"/requests/{mine.request_id}/cancel").status_code == 302


def test_declining_shares_nothing() -> None:
    theo = invited()
    accept(theo, "decline")
    assert family_of(HOME) == [account_of(ROSA)]
    assert visitor(theo).get("/ask").status_code == 404
    assert invitations_for(theo) == []


def test_a_message_names_neither_who_invites_nor_a_child() -> None:
    theo = invited()
    assert Notice.objects.get(person=theo).facts == {"sign_in": "/sign-in/"}


def test_the_name_an_invitation_shows_is_the_one_the_family_gave() -> None:
    """Whether the address was known is not to be seen; whoever has another name here keeps it to themselves."""
    known = account_of(made_id("marisol"))
    assert known is not None
    visitor(ROSA).post("/family/people/invite", {**THEO, "address": known.email})
    page = seen(visitor(ROSA).get("/family/people")).said
    assert "Andrés Vega invited, has not answered yet" in page
    assert known.name not in page


def test_inviting_twice_is_one_invitation() -> None:
    theo = invited()
    visitor(ROSA).post("/family/people/invite", THEO)
    assert Invitation.objects.filter(person=theo).count() == 1


def test_a_guardian_is_invited_alike() -> None:
    aunt = invited(name="Ana", address="(317) 555-0199", **{"as": "guardian"})
    accept(aunt)
    account = account_of(aunt)
    assert account is not None
    assert account.phone == "+13175550199"
    assert [role.kind for role in account.roles] == [RoleKind.GUARDIAN]


@pytest.mark.parametrize("said", [{"address": "theo"}, {"name": ""}, {"as": "manager"}])
def test_what_cannot_be_read_is_said_and_nobody_is_invited(said: dict[str, str]) -> None:
    visitor(ROSA).post("/family/people/invite", {**THEO, **said})
    assert Invitation.objects.count() == 0


def test_only_a_parent_whom_an_employer_brought_here_invites() -> None:
    theo = invited()
    accept(theo)
    assert visitor(theo).post("/family/people/invite", {**THEO, "address": "x@example.org"}).status_code == 404
    refused = invite(
        household_id=HOME,
        name="X",
        email="x@example.org",
        phone="",
        language="en",
        kind=RoleKind.GUARDIAN,
        actor=theo,
        at=DAWN,
    )
    assert not refused
    assert Invitation.objects.count() == 1


def test_nobody_is_made_a_parent_by_invitation() -> None:
    refused = invite(
        household_id=HOME,
        name="X",
        email="x@example.org",
        phone="",
        language="en",
        kind=RoleKind.PARENT,
        actor=ROSA,
        at=DAWN,
    )
    assert not refused


def test_a_family_is_full_at_some_point_and_says_so() -> None:
    for number in range(MOST - 1):
        give_role(person_id=newcomer(), kind=RoleKind.GUARDIAN, scope=HOME, at=DAWN)
        assert len(family_of(HOME)) == number + 2
    page = seen(visitor(ROSA).post("/family/people/invite", THEO, follow=True)).said
    assert "A family has at most 6 people here, invited ones included. Nobody was invited." in page
    assert Invitation.objects.count() == 0


def test_somebody_elses_invitation_cannot_be_answered_and_one_taken_back_cannot_either() -> None:
    theo = invited()
    waiting = Invitation.objects.get()
    outsider = made_id("marisol")
    assert not answer_invitation(invitation_id=waiting.pk, person_id=outsider, accepts=True, at=DAWN)
    visitor(ROSA).post("/family/people/end", {"person": str(theo)})
    assert not answer_invitation(invitation_id=waiting.pk, person_id=theo, accepts=True, at=DAWN)
    assert [account.person_id for account in family_of(HOME)] == [ROSA]


def test_a_parent_ends_the_sharing_and_a_co_parent_may_leave(opened: Opened) -> None:
    request = opened.asked()
    theo = invited()
    accept(theo)
    visitor(ROSA).post("/family/people/end", {"person": str(theo)})
    assert visitor(theo).get(f"/requests/{request.request_id}").status_code == 404
    visitor(ROSA).post("/family/people/invite", THEO)
    accept(theo)
    assert "Dee" not in seen(visitor(theo).get("/family/people")).said
    visitor(theo).post("/family/people/end", {"person": str(theo)})
    assert visitor(theo).get("/ask").status_code == 404
    verbs = [event.verb for event in events_of("household", HOME)]
    assert [verbs.count(verb) for verb in ("invite", "accept-invitation", "end-sharing")] == [2, 2, 2]


def test_neither_a_co_parent_nor_an_outsider_takes_a_parents_family_away() -> None:
    theo = invited()
    accept(theo)
    for actor in (theo, made_id("marisol")):
        visitor(actor).post("/family/people/end", {"person": str(ROSA)})
    visitor(made_id("marisol")).post("/family/people/end", {"person": str(theo)})
    assert {account.person_id for account in family_of(HOME)} == {ROSA, theo}


def test_two_parents_with_two_employers_ask_each_by_their_own(opened: Opened) -> None:
    """Theo's own household, made by his employer's roster, has no children: accepting brings his job into Rosa's."""
    theo, elsewhere = newcomer(), uuid4()
    marisols = Employee.objects.get(person=made_id("marisol"))
    add_household(household_id=elsewhere, home=Point(42.9, -78.8), usual_starts=time(6), usual_ends=time(14), at=DAWN)
    add_employee(
        employee_id=uuid4(),
        employer_id=marisols.employer_id,
        person_id=theo,
        household_id=elsewhere,
        work_site_id=marisols.work_site_id,
        pay_class=PayClass.HOURLY,
        at=DAWN,
    )
    account = account_of(theo)
    assert account is not None
    invited(address=account.email)
    accept(theo)
    account = account_of(theo)
    assert account is not None
    assert account.households == (HOME, HOME)
    his, hers = profile_of(HOME, person_id=theo), profile_of(HOME, person_id=ROSA)
    assert his is not None
    assert hers is not None
    assert (his.employer_id, hers.employer_id) == (marisols.employer_id, made_id("Harbor Health"))
    assert his.children == hers.children
    wish = Ask(
        household_id=HOME,
        child_ids=(ADA, BEN),
        day=opened.day,
        starts=time(7),
        ends=time(15, 30),
        decide_by_at=opened.at.replace(minute=59),
    )
    assert isinstance(ask_for_care(ask=wish, key="theo", actor=theo, at=DAWN), Asked)
    page = seen(visitor(theo).get("/hats")).said
    assert page.count("Your family") == 1


def test_a_parent_with_children_of_their_own_keeps_their_family_beside_the_shared_one() -> None:
    marisol = account_of(made_id("marisol"))
    assert marisol is not None
    invited(address=marisol.email)
    accept(marisol.person_id)
    after = account_of(marisol.person_id)
    assert after is not None
    assert set(after.households) == {HOME, household_of("marisol")}
