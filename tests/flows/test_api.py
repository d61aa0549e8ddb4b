"""A program does what a parent and a provider do on the pages: asks, answers, offers; a write sent twice is one."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from api_calls import Program, program
from cast import ADA, BEN, DAWN, LARKIN, MS_OKAFOR, OKAFOR, ROSA, SAM, Opened, close_all_but, household_of
from daybreak.accounts.actions import end_role
from daybreak.accounts.devices.actions import end_everywhere
from daybreak.accounts.models import Token
from daybreak.accounts.terms import RoleKind, Scope
from daybreak.accounts.tokens.actions import LASTS, end_token, use_token
from daybreak.api import callers
from daybreak.audit.models import AuditEvent
from daybreak.care.models import CareRequest
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import Reason
from daybreak.notices.queries import sentence
from daybreak.web import clock
from web_visits import at_dawn, newcomer, seen, visitor

WISH = {
    "child_ids": [str(ADA), str(BEN)],
    "day": "2026-03-02",
    "starts": "07:00",
    "ends": "15:30",
    "decide_by_at": "2026-03-02T06:10:00-05:00",
}


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    at_dawn(monkeypatch)


def problem(answer: Any, status: int) -> dict[str, Any]:
    """A refusal as a program reads it."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert set(said) == {"status", "code", "message", "facts", "cite", "more", "next"}
    return said


def test_a_parents_program_asks_sees_the_place_and_cancels() -> None:
    rosas = program(ROSA)
    family = rosas.get("/household")
    assert [child["name"] for child in family["children"]] == ["Ada", "Ben"]
    request = rosas.write("POST", "/requests", WISH, status=201)
    assert request["booking"]["state"] == "confirmed"
    assert rosas.get(f"/places/{request['booking']['site_id']}")["name"] == "Ms. Okafor's family child care home"
    assert rosas.get(f"/requests/{request['request_id']}") == request
    assert rosas.get("/requests")["items"] == [request]
    canceled = rosas.write("POST", f"/requests/{request['request_id']}/cancel")
    assert (canceled["state"], canceled["booking"]) == ("canceled", None)
    again = problem(rosas.call("POST", f"/requests/{request['request_id']}/cancel"), 409)
    assert again["code"] == "too-late-for-that"


def test_the_same_write_sent_twice_is_one_and_a_key_stands_for_one_write_only() -> None:
    rosas, key = program(ROSA), str(uuid4())
    first, second = (rosas.write("POST", "/requests", WISH, key=key, status=201) for _ in range(2))
    assert first == second
    assert CareRequest.objects.count() == 1
    other = rosas.call("POST", "/requests", {**WISH, "starts": "08:00"}, key=key)
    assert problem(other, 409)["code"] == "key-used-for-something-else"

    path, key = f"/requests/{first['request_id']}/cancel", str(uuid4())
    once, twice = (rosas.write("POST", path, key=key) for _ in range(2))
    assert once == twice
    events = AuditEvent.objects.filter(thing="care-request", verb="cancel", thing_id=first["request_id"])
    assert events.count() == 1


def test_a_write_that_was_refused_may_be_sent_again_under_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    booking, key = program(ROSA).write("POST", "/requests", WISH, status=201)["booking"], str(uuid4())
    path = f"/bookings/{booking['booking_id']}/attendance"
    okafors = program(MS_OKAFOR)
    early = problem(okafors.call("POST", path, {"came": "no"}, key=key), 409)
    assert early["code"] == "not-yet"
    later = DAWN + timedelta(hours=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert okafors.write("POST", path, {"came": "no"}, key=key)["state"] == "missed"


@pytest.mark.parametrize("key", [None, "", "two words", "k" * 61])
def test_a_write_without_a_key_of_its_own_is_not_read(key: str | None) -> None:
    headers = {"Authorization": f"Bearer {program(ROSA).token}"} | ({"Idempotency-Key": key} if key is not None else {})
    answer = Client().post("/api/v1/requests", WISH, content_type="application/json", headers=headers)
    assert problem(answer, 422)["code"] == "not-readable"
    assert CareRequest.objects.count() == 0


def test_a_refusal_has_a_code_a_sentence_in_the_readers_language_its_facts_and_its_rule() -> None:
    wish = {**WISH, "child_ids": [str(made_id("child Lucía"))]}
    said = problem(
        program(made_id("marisol")).call("POST", "/requests", {**wish, "decide_by_at": "2026-03-02T04:00:00-05:00"}),
        409,
    )
    assert said["code"]
    assert said["message"] != sentence(Reason(said["code"], said["facts"], said["cite"]), "en")
    close_all_but()
    tried = program(ROSA).write("POST", "/requests", WISH, status=201)
    assert tried["booking"] is None
    assert all(why["reason"]["message"] for why in tried["why_not"])


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"starts": "25:00"}, "body.said.starts"),
        ({"day": "02/30/2026"}, "body.said.day"),
        ({"child_ids": []}, "body.said.child_ids"),
        ({"decide_by_at": "2026-03-02T06:10:00"}, "body.said.decide_by_at"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_repeated(change: dict[str, object], where: str) -> None:
    said = problem(program(ROSA).call("POST", "/requests", {**WISH, **change}), 422)
    assert (said["code"], said["facts"]) == ("not-readable", {"where": where})
    assert where in said["message"]


@pytest.mark.parametrize(
    "change", [{"day": "9999-12-31"}, {"day": "0001-01-01"}, {"decide_by_at": "9999-12-31T23:59:59Z"}]
)
def test_a_day_beyond_the_calendar_is_refused_and_breaks_nothing(change: dict[str, str]) -> None:
    assert problem(program(ROSA).call("POST", "/requests", {**WISH, **change}), 409)["code"] == "day-too-far"


def test_a_providers_program_answers_marks_and_reads_names_and_notes_only_when_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    close_all_but("larkin")
    request = program(ROSA).write("POST", "/requests", WISH, status=201)
    booking = request["booking"]
    assert booking["state"] == "held"
    sams = program(SAM)
    (asked,) = sams.get(f"/sites/{LARKIN}/bookings")["items"]
    assert [child["name"] for child in asked["children"]] == [None, None]
    path = f"/bookings/{booking['booking_id']}"
    accepted = sams.write("POST", f"{path}/answer", {"answer": "accept"})
    assert [child["name"] for child in accepted["children"]] == ["Ada", "Ben"]
    shown = sams.get(path)["children"][0]["care_notes"]
    arrives = DAWN.fromisoformat(booking["arrives_at"])
    monkeypatch.setattr(clock, "now", lambda: arrives)
    assert sams.get(path)["children"][0]["care_notes"]
    assert shown is None or arrives - DAWN <= timedelta(hours=2)
    assert sams.write("POST", f"{path}/attendance", {"came": "yes"})["state"] == "attended"
    assert sams.write("POST", f"{path}/attendance", {"came": "fetched"})["state"] == "fetched"
    (line,) = sams.get(f"/sites/{LARKIN}/earned", since="2026-03-01", until="2026-03-03")["items"]
    assert (line["booking_id"], line["children"]) == (booking["booking_id"], 2)


def test_a_provider_withdraws_and_the_familys_request_looks_on() -> None:
    request = program(ROSA).write("POST", "/requests", WISH, status=201)
    okafors = program(MS_OKAFOR)
    gone = okafors.write("POST", f"/bookings/{request['booking']['booking_id']}/withdraw")
    assert gone["state"] == "withdrawn"
    after = program(ROSA).get(f"/requests/{request['request_id']}")
    assert after["booking"] is None or after["booking"]["site_id"] != str(OKAFOR)


def test_a_providers_program_offers_and_describes_its_site() -> None:
    okafors = program(MS_OKAFOR)
    (site,) = okafors.get("/sites")["items"]
    assert okafors.get(f"/sites/{OKAFOR}") == site
    offers = okafors.get(f"/sites/{OKAFOR}/offers", day="2026-03-02")
    one = next(offer for offer in offers["offers"] if offer["session"] == "morning")
    said = {"day": "2026-03-02", "offers": [{**one, "spots": 1}]}
    after = okafors.write("PUT", f"/sites/{OKAFOR}/offers", said)
    assert {**one, "spots": 1} in after["offers"]
    too_many = problem(okafors.call("PUT", f"/sites/{OKAFOR}/offers", {**said, "offers": [{**one, "spots": 500}]}), 409)
    assert too_many["code"] == "more-than-licensed"
    opened = okafors.write("POST", f"/sites/{OKAFOR}/open-spots", {"room_id": one["room_id"], "open": 2})
    assert next(offer for offer in opened["offers"] if offer["session"] == "morning")["spots"] == 2
    hours = {"opens": "06:00", "closes": "19:00", "weekdays": [0, 1, 2, 3, 4]}
    assert okafors.write("PUT", f"/sites/{OKAFOR}/hours", hours)["weekdays"] == [0, 1, 2, 3, 4]
    assert okafors.write("PUT", f"/sites/{OKAFOR}/new-bookings", {"instant": False})["instant"] is False
    assert okafors.write("PUT", f"/sites/{OKAFOR}/languages", {"languages": ["es", "xx"]})["languages"] == ["es"]
    okafors.write("PUT", f"/sites/{OKAFOR}/rate", {"cents": 95_00})
    okafors.write("POST", f"/sites/{OKAFOR}/checks", {"kind": "first-aid-and-cpr", "done_on": "2026-01-10"})
    strange = {"day": "2026-03-02", "offers": [{**one, "room_id": str(uuid4())}]}
    assert problem(okafors.call("PUT", f"/sites/{OKAFOR}/offers", strange), 409)["code"] == "room-not-here"


def test_a_caregivers_program_says_the_week() -> None:
    ines = made_id("ines")
    hers = program(made_id("provider person ines"))
    week = {"days": [{"weekday": 0, "starts": "06:00", "ends": "18:00"}]}
    assert hers.write("PUT", f"/sites/{ines}/week", week)["opens"] == "06:00"
    hers.write("PUT", f"/sites/{ines}/reach", {"from_months": 6, "until_months": 120, "radius_km": 12})
    assert problem(hers.call("GET", f"/sites/{ines}/staff"), 404)["code"] == "not-found-here"


def test_a_director_says_who_is_gone_and_reads_whom_that_touches() -> None:
    site = made_id("little-oaks")
    dees = program(made_id("provider person little-oaks"))
    staff = dees.get(f"/sites/{site}/staff")["items"]
    assert staff
    answer = dees.write("POST", f"/sites/{site}/staff/{staff[0]['staffer_id']}", {"state": "gone"})
    assert answer == {"booking_ids": []}
    dees.write("POST", f"/sites/{site}/staff/{staff[0]['staffer_id']}", {"state": "back"})


def test_a_clerks_program_keeps_the_contracts_of_its_employer_and_reads_no_family(opened: Opened) -> None:
    harbor, site = made_id("Harbor Health"), made_id("larkin")
    desk = program(newcomer(RoleKind.CLERK, harbor))
    assert desk.get("/employer") == {"employer_id": str(harbor), "name": "Harbor Health"}
    before = desk.get("/contracts")["items"]
    said = {
        "site_id": str(site),
        "number": "Larkin 2026",
        "from_day": "2026-03-02",
        "released_clock": "06:30",
        "share": 1,
    }
    key = str(uuid4())
    made, again = (desk.write("POST", "/contracts", said, key=key, status=201) for _ in range(2))
    assert made == again
    assert len(desk.get("/contracts")["items"]) == len(before) + 1
    second = problem(desk.call("POST", "/contracts", {**said, "number": "Larkin 2026, again"}), 409)
    assert second["code"] == "employer-has-a-contract-here"
    ended = desk.write("POST", f"/contracts/{made['contract_id']}/end", {"until_day": "2026-06-01"})
    assert ended["until_day"] == "2026-06-01"
    assert problem(desk.call("GET", "/household"), 403)["code"] == "scope-missing"
    other = program(newcomer(RoleKind.CLERK))
    assert problem(other.call("POST", f"/contracts/{made['contract_id']}/end", {"until_day": "2026-06-02"}), 404)
    nowhere = {**said, "site_id": str(uuid4())}
    assert problem(desk.call("POST", "/contracts", nowhere), 409)["code"] == "place-not-here"


def test_pages_of_requests_follow_one_another_and_miss_nothing(opened: Opened) -> None:
    for days in range(1, 8):
        opened.asked(day=opened.day + timedelta(days=days), decide_by=opened.at + timedelta(hours=2))
    rosas = program(ROSA)
    whole = [one["request_id"] for one in rosas.get("/requests", limit="100")["items"]]
    found: list[str] = []
    cursor = ""
    for _ in range(4):
        page = rosas.get("/requests", limit="2", cursor=cursor)
        found += [one["request_id"] for one in page["items"]]
        cursor = page["next"] or ""
    assert (found, cursor) == (whole, "")
    assert len(set(whole)) == 7


@pytest.mark.parametrize("cursor", ["x", "!!", "e30", "W10", "WzFd", "WyJ4Il0", "WyJ4IiwieSJd"])
def test_a_cursor_that_no_page_gave_is_refused(cursor: str) -> None:
    answer = program(ROSA).call("GET", "/requests", query={"cursor": cursor})
    assert problem(answer, 400)["code"] == "cursor-not-known"


@pytest.mark.parametrize("token", ["", "x", "daybreak_" + "0" * 64, "é"])
def test_no_token_opens_nothing(token: str) -> None:
    answer = Program(token).call("GET", "/household")
    assert problem(answer, 401)["code"] == "token-not-known"
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_does_only_what_its_scopes_say() -> None:
    reads = program(ROSA, scopes={Scope.CARE_READ})
    assert reads.get("/household")
    said = problem(reads.call("POST", "/requests", WISH), 403)
    assert (said["code"], said["facts"]) == ("scope-missing", {"scope": "care:write"})
    assert CareRequest.objects.count() == 0


def test_a_token_ends_with_its_year_its_owner_their_role_and_sign_out_everywhere() -> None:
    for end in (
        lambda: end_token(person_id=ROSA, token_id=Token.objects.get().pk, at=DAWN),
        lambda: Token.objects.update(until_at=DAWN),
        lambda: end_everywhere(person_id=ROSA, at=DAWN),
    ):
        Token.objects.all().delete()
        rosas = program(ROSA)
        assert rosas.call("GET", "/household").status_code == 200
        end()
        assert rosas.call("GET", "/household").status_code == 401
    rosas = program(ROSA)
    end_role(person_id=ROSA, kind=RoleKind.PARENT, scope=household_of("rosa"), at=DAWN)
    assert problem(rosas.call("GET", "/household"), 404)["code"] == "not-found-here"


def test_only_a_fingerprint_of_a_token_is_kept_and_it_lasts_a_year() -> None:
    rosas = program(ROSA)
    assert rosas.token.removeprefix("daybreak_") not in str(Token.objects.values())
    assert use_token(rosas.token, at=DAWN + LASTS - timedelta(seconds=1)) is not None
    assert use_token(rosas.token, at=DAWN + LASTS) is None


def test_a_flood_of_calls_is_told_when_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(callers, "PACE", type(callers.PACE)(burst=3, per_hour=60))
    rosas = program(ROSA)
    answers = [rosas.call("GET", "/token") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert problem(answers[-1], 429)["code"] == "too-many-tries"
    assert answers[-1]["Retry-After"] == "60"


def test_an_address_that_is_none_is_a_problem_too() -> None:
    assert problem(program(ROSA).call("GET", "/nowhere"), 404)["code"] == "not-found-here"
    assert problem(Client().get("/api/"), 404)["code"] == "not-found-here"


def test_a_person_makes_a_token_on_the_page_sees_it_once_and_ends_it() -> None:
    browser = visitor(ROSA)
    nothing = browser.post("/account/tokens", {"name": "my calendar"})
    assert nothing.status_code == 400
    made = browser.post("/account/tokens", {"name": "my calendar", "scope": ["care:read", "desk:write"]})
    page = seen(made)
    assert "Copy your token now." in page.said
    text = next(word for word in page.said.split() if word.startswith("daybreak_"))
    assert Program(text).get("/token")["scopes"] == ["care:read"]
    again = seen(browser.get("/account/tokens")).said
    assert text not in again
    assert "my calendar care:read · until March 2, 2027" in again
    browser.post("/account/tokens", {"end": str(Token.objects.get().pk)})
    assert Program(text).call("GET", "/token").status_code == 401


def test_nobody_ends_somebody_elses_token() -> None:
    rosas = program(ROSA)
    visitor(MS_OKAFOR).post("/account/tokens", {"end": str(Token.objects.get().pk)})
    assert rosas.call("GET", "/token").status_code == 200
