"""Nothing opens that the table does not open: every address and operation, every role, and two outsiders."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from uuid import UUID, uuid4

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from api_calls import Program, program
from cast import ADA, DAWN, DEE, LARKIN, MONDAY, MS_OKAFOR, OKAFOR, ROSA, Opened, household_of
from daybreak.accounts.models import Pace, Person
from daybreak.accounts.queries import account_of
from daybreak.accounts.terms import Account, RoleKind
from daybreak.api.surface import api
from daybreak.audit.models import AuditEvent
from daybreak.calendars.actions import renew_feed
from daybreak.calendars.terms import FeedKind
from daybreak.care.terms import RequestView
from daybreak.demo.cast import made_id
from daybreak.demo.opening import open_day
from daybreak.kernel.decisions import Yes
from daybreak.kernel.errors import LostRace
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.terms import NewContract
from daybreak.network.queries import site_card
from daybreak.people.roster.actions.arrivals import arrive
from daybreak.people.roster.actions.newcomers import say_newcomer
from daybreak.people.roster.terms import Said
from daybreak.people.terms import PayClass
from daybreak.web import access, parents
from daybreak.web.access import PAGES, ROUTES, TABLE, Purpose, Thing, Who, names_a_person
from daybreak.web.doors import Visit, about, for_anybody
from daybreak.web.entering import SECOND_STEP
from web_visits import at_dawn, newcomer, seen, visitor

HARBOR = made_id("Harbor Health")


def our_patterns() -> list[URLPattern]:
    """Every address but the API's, which are walked beside these, and the demo's, which are never in production."""
    patterns = []
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "demo":
                continue
            patterns += [pattern for pattern in entry.url_patterns if isinstance(pattern, URLPattern)]
        else:
            patterns.append(entry)
    return patterns


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def test_every_address_is_in_the_table_and_every_line_of_it_has_an_address() -> None:
    assert {pattern.name for pattern in our_patterns()} == set(PAGES)


@pytest.mark.parametrize("pattern", our_patterns(), ids=lambda pattern: str(pattern.name))
def test_every_view_goes_through_the_door_of_its_purpose(pattern: URLPattern) -> None:
    callback: Callable[..., HttpResponse] = pattern.callback
    assert getattr(callback, "purpose", None) is PAGES[pattern.name or ""]


def things_of(view: RequestView) -> dict[str, object]:
    """What each part of an address is: Rosa's own request and booking, Ms. Okafor's site.

    A page about another thing adds one of Rosa's, of Ms. Okafor's or of Harbor Health's here.
    """
    assert view.booking is not None
    contract = NewContract(uuid4(), LARKIN, HARBOR, "2026-9", MONDAY, None, {}, 1, time(6))
    assert add_contract(contract, at=DAWN) == Yes()
    return {
        "contract_id": contract.contract_id,
        "request_id": view.request_id,
        "booking_id": view.booking.booking_id,
        "site_id": OKAFOR,
        "token": "not-a-token",
        "place": "oh",
        "child_id": ADA,
        "person_id": waiting_newcomer(),
        "secret": renew_feed(person_id=ROSA, kind=FeedKind.FAMILY, at=DAWN),
        "month": "2026-02",
        "file": "deductions.csv",
        "wave": "pulse-2026-q1",
    }


def waiting_newcomer() -> UUID:
    """Somebody who said that she works at Harbor Health, came in, and waits for its clerk."""
    said = Said("Jo", "jo@example.org", "", "", "", made_id("Harbor Health, main hospital"), PayClass.HOURLY)
    say_newcomer(said, at=DAWN)
    person_id = arrive(email="jo@example.org", at=DAWN)
    assert person_id is not None
    return person_id


def address(pattern: URLPattern, things: Mapping[str, object]) -> str:
    parts = pattern.pattern.converters
    assert set(parts) <= set(things), f"{pattern.name}: say in things_of what {set(parts) - set(things)} is"
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(things[part[1]]), str(pattern.pattern))


def opens(response: HttpResponse) -> bool:
    """A page that is not there, or that sends a stranger to sign in, has not opened."""
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/sign-in")
    return response.status_code != 404 and not to_sign_in


def everybody() -> dict[str, UUID | None]:
    """Every role at the cast's own things, and the same roles elsewhere."""
    harbor, family = HARBOR, household_of("rosa")
    home = site_card(OKAFOR)
    assert home is not None
    return {
        "nobody": None,
        "rosa": ROSA,
        "co-parent": newcomer(RoleKind.CO_PARENT, family),
        "guardian": newcomer(RoleKind.GUARDIAN, family),
        "okafor": MS_OKAFOR,
        "caregiver": newcomer(RoleKind.CAREGIVER, home.provider_id),
        "dana": newcomer(RoleKind.CLERK, harbor),
        "hr": newcomer(RoleKind.HR_READER, harbor),
        "trustee": newcomer(RoleKind.TRUSTEE),
        "operator": newcomer(RoleKind.OPERATOR),
        "no role": newcomer(),
        # From another employer, with a household of her own.
        "other parent": made_id("marisol"),
        "other provider": DEE,
        "other caregiver": made_id("provider person ines"),
        "other clerk": newcomer(RoleKind.CLERK),
    }


FAMILIES = {"rosa", "co-parent", "guardian", "other parent"}
HOMES = {"okafor", "caregiver", "other provider", "other caregiver"}
SIGNED_IN = FAMILIES | HOMES | {"dana", "other clerk", "hr", "trustee", "operator", "no role"}
INSIDERS = {
    Who.ANYBODY: SIGNED_IN | {"nobody"},
    Who.TESTER: SIGNED_IN | {"nobody"},
    Who.SIGNED_IN: SIGNED_IN,
    Who.ANY_PARENT: FAMILIES,
    Who.FAMILY: FAMILIES - {"other parent"},
    Who.HOST: {"rosa", "other parent"},
    Who.ANY_PROVIDER: HOMES,
    Who.PROVIDER: {"okafor", "caregiver"},
    Who.DIRECTOR: {"okafor"},
    Who.ANY_CLERK: {"dana", "other clerk"},
    Who.CLERK: {"dana"},
    Who.CLERK_FOR_ONE: {"dana"},
    Who.HR_READER: {"hr"},
    Who.TRUSTEE: {"trustee"},
    Who.OPERATOR: {"operator"},
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_opens_that_the_table_does_not_open(opened: Opened, method: str) -> None:
    things = things_of(opened.asked())
    opened_by: dict[str, set[str]] = {}
    for name, person in everybody().items():
        client = visitor(person)
        for pattern in our_patterns():
            if pattern.name == "sign-out":
                continue
            path = address(pattern, things)
            # What is sent is no answer to any form: what must show is whether the door opens, not what is behind it.
            response = getattr(client, method)(path)
            assert response.status_code < 500, path
            if opens(response):
                opened_by.setdefault(pattern.name or "", set()).add(name)
    expected = {name: INSIDERS[TABLE[purpose]] for name, purpose in PAGES.items() if name != "sign-out"}
    if method == "post":
        # A stranger who posts to the first sign-in page is answered there, and the rest need no body to show the door.
        expected |= {name: opened_by[name] for name, purpose in PAGES.items() if purpose is Purpose.COME_IN}
    assert {name: opened_by.get(name, set()) for name in expected} == expected


def test_each_look_at_a_named_person_is_written_down_with_its_purpose(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page that the table opens to a clerk for one named person leaves the record; so does a new one."""
    things, dana = things_of(opened.asked()), everybody()["dana"]
    for pattern in our_patterns():
        purpose = PAGES[pattern.name or ""]
        if names_a_person(purpose):
            before = AuditEvent.objects.filter(actor=dana, verb="look-at", because=purpose).count()
            visitor(dana).get(address(pattern, things))
            assert AuditEvent.objects.filter(actor=dana, verb="look-at", because=purpose).count() == before + 1

    monkeypatch.setitem(access.TABLE, Purpose.SEE_REQUEST, Who.CLERK_FOR_ONE)
    shown = []

    @about("person_id", Purpose.SEE_REQUEST, account_of, lambda _: Thing(employer_id=HARBOR))
    def page(request: HttpRequest, visit: Visit, person: Account) -> HttpResponse:
        shown.append(person.name)
        raise RuntimeError("the view breaks after it has shown a name")

    request = RequestFactory().get("/")
    request.user = Person.objects.get(pk=dana)
    request.session = {SECOND_STEP: DAWN.isoformat()}
    with pytest.raises(RuntimeError):
        page(request, person_id=ROSA)
    look = AuditEvent.objects.get(verb="look-at", thing="person", thing_id=str(ROSA))
    assert (look.actor, look.because, shown) == (dana, "see-request", ["Rosa Delgado"])
    for outsider in (everybody()["other clerk"], everybody()["hr"], ROSA):
        request.user = Person.objects.get(pk=outsider)
        with pytest.raises(Http404):
            page(request, person_id=ROSA)
    assert shown == ["Rosa Delgado"]
    assert AuditEvent.objects.filter(verb="look-at", thing="person", thing_id=str(ROSA)).count() == 1


def test_a_page_about_a_named_person_cannot_go_through_a_door_that_writes_nothing_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(access.TABLE, Purpose.SEE_REQUEST, Who.CLERK_FOR_ONE)
    with pytest.raises(ValueError, match="writes each look down"):
        for_anybody(Purpose.SEE_REQUEST)


def test_a_caregiver_sees_the_day_and_is_told_nothing_of_a_staff_it_does_not_have(opened: Opened) -> None:
    ines = visitor(made_id("provider person ines"))
    assert ines.get(f"/sites/{made_id('ines')}/today").status_code == 200
    assert ines.post(f"/sites/{made_id('ines')}/now/staff", {"staffer": "x", "is": "gone"}).status_code == 404


def test_what_is_missing_and_what_is_forbidden_look_the_same(opened: Opened) -> None:
    view = opened.asked()
    client = visitor(made_id("marisol"))
    forbidden, missing = client.get(f"/requests/{view.request_id}"), client.get(f"/requests/{uuid4()}")
    assert forbidden.status_code == missing.status_code == 404
    assert seen(forbidden).said == seen(missing).said


def test_a_stranger_cannot_learn_whether_a_request_exists(opened: Opened) -> None:
    view = opened.asked()
    answers = [visitor().get(f"/requests/{ref}").status_code for ref in (view.request_id, uuid4())]
    assert answers == [302, 302]


def test_an_outsider_who_posts_changes_nothing(opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    before, card = AuditEvent.objects.count(), site_card(OKAFOR)
    theirs = visitor(DEE)
    for path, said in (
        (f"/requests/{view.request_id}/cancel", {}),
        (f"/bookings/{view.booking.booking_id}/answer", {"answer": "decline"}),
        (f"/bookings/{view.booking.booking_id}/attendance", {"came": "yes"}),
        (f"/bookings/{view.booking.booking_id}/withdraw", {}),
        (f"/sites/{OKAFOR}/offers", {}),
        (f"/sites/{OKAFOR}/hours", {"opens": "07:00", "closes": "08:00"}),
        (f"/sites/{OKAFOR}/new-bookings", {"answer": "ask-first"}),
        (f"/sites/{OKAFOR}/now/spots", {"room": str(made_id("room Mixed ages of okafor")), "open": "1"}),
        (f"/sites/{OKAFOR}/now/staff", {"staffer": str(made_id("okafor")), "is": "gone"}),
        (f"/sites/{OKAFOR}/about", {"part": "rate", "rate": "90"}),
        (f"/sites/{OKAFOR}/week", {"starts-0": "07:00", "ends-0": "18:00"}),
        (f"/bookings/{view.booking.booking_id}/cannot-take", {}),
    ):
        assert theirs.post(path, said).status_code == 404, path
    assert opened.view(view.request_id) == view
    assert AuditEvent.objects.count() == before
    assert site_card(OKAFOR) == card


@pytest.mark.django_db
def test_whoever_has_no_page_yet_is_told_so_plainly() -> None:
    open_day(DAWN.date(), DAWN)
    page = seen(visitor(newcomer()).get("/"))
    assert "There is no page for your role yet." in page.said
    assert "Rosa" not in page.said


def test_a_lost_race_is_a_sentence_and_not_a_broken_page(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    view = opened.asked()

    def lose(**_: object) -> None:
        raise LostRace("somebody was first")

    monkeypatch.setattr(parents, "cancel_request", lose)
    answer = visitor(ROSA).post(f"/requests/{view.request_id}/cancel")
    assert answer.status_code == 409
    assert "What you sent was not done." in seen(answer).said


# The API: every operation with every role

BODIES: Mapping[str, object] = {
    "answer-booking": {"answer": "accept"},
    "mark-attendance": {"came": "yes"},
    "set-offers": {"day": "2026-03-02", "offers": []},
    "set-open-spots": {"room_id": str(UUID(int=0)), "open": 1},
    "set-hours": {"opens": "07:00", "closes": "18:00", "weekdays": [0]},
    "set-new-bookings": {"instant": True},
    "say-staff-gone": {"state": "gone"},
    "set-week": {"days": []},
    "set-reach": {"from_months": 0, "until_months": 12, "radius_km": 5},
    "set-languages": {"languages": []},
    "set-rate": {"cents": 100},
    "add-check": {"kind": "identity", "done_on": "2026-01-10"},
    "add-contract": {"site_id": str(OKAFOR), "number": "1", "from_day": "2026-03-02", "released_clock": "06:30"},
    "end-contract": {"until_day": "2026-03-03"},
    "ask-for-care": {
        "child_ids": [str(UUID(int=0))],
        "day": "2026-03-02",
        "starts": "07:00",
        "ends": "08:00",
        "decide_by_at": "2026-03-02T06:10:00-05:00",
    },
}
"""What each write sends so that it can be read; an operation without a line here sends nothing."""
QUERIES = {"list-earned": {"since": "2026-03-01", "until": "2026-03-02"}}


def operations() -> dict[str, tuple[str, str]]:
    """Every operation by name, with its method and path."""
    return {
        operation["operationId"]: (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, operation in methods.items()
    }


OPERATIONS = operations()


def test_every_operation_is_in_the_table_and_every_line_of_it_is_an_operation() -> None:
    assert set(OPERATIONS) == set(ROUTES)
    assert set(ROUTES.values()) | set(PAGES.values()) == set(Purpose)


def call_it(who: Program, name: str, things: Mapping[str, object]) -> int:
    method, path = OPERATIONS[name]
    missing = set(re.findall(r"{(\w+)}", path)) - set(things)
    assert not missing, f"{name}: say in things_of what {missing} is"
    path = re.sub(r"{(\w+)}", lambda part: str(things[part[1]]), path)
    return who.call(method, path, BODIES.get(name), query=QUERIES.get(name)).status_code


def test_no_operation_opens_that_the_table_does_not_open(opened: Opened) -> None:
    things = {**things_of(opened.asked()), "staffer_id": made_id("okafor")}
    opened_by: dict[str, set[str]] = {name: set() for name in OPERATIONS}
    for who, person in everybody().items():
        caller = program(person)
        for name in OPERATIONS:
            # How often somebody may knock is another test's; here each knocks once.
            Pace.objects.all().delete()
            status = call_it(caller, name, things)
            assert status < 500, (who, name)
            assert status not in (400, 422), f"{name} was not read; give it a body in BODIES"
            # A refusal of the thing's own state is an answer from behind the door.
            if status not in (401, 403, 404):
                opened_by[name].add(who)
    # Whoever has no role, or one without scopes, cannot have a token.
    without = {"no role", "hr", "trustee", "operator"}
    assert opened_by == {name: INSIDERS[TABLE[purpose]] - without for name, purpose in ROUTES.items()}


def test_a_program_is_answered_alike_of_what_is_missing_and_what_is_anothers(opened: Opened) -> None:
    view = opened.asked()
    theirs = program(made_id("marisol"))
    answers = [theirs.call("GET", f"/requests/{ref}") for ref in (view.request_id, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_an_outsiders_program_changes_nothing(opened: Opened) -> None:
    view = opened.asked()
    things = {**things_of(view), "staffer_id": made_id("okafor")}
    callers = [
        program(everybody()[who]) for who in ("other parent", "other provider", "other caregiver", "other clerk")
    ]
    before = AuditEvent.objects.count()
    for caller in callers:
        for name, (method, path) in OPERATIONS.items():
            if method != "GET" and "{" in path:
                assert call_it(caller, name, things) in (403, 404), name
    assert AuditEvent.objects.count() == before
    assert opened.view(view.request_id) == view
