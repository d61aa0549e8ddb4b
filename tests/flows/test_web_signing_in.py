"""Sign in by a link that works once; the answer never tells whether an address is known."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from cast import MS_OKAFOR, ROSA, Opened
from daybreak.accounts.actions import sign_in_token
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of
from daybreak.notices.models import Notice
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.web import clock
from daybreak.web.pacing import SIGN_IN_AT, SIGN_IN_FROM
from web_visits import at_dawn, seen, visitor


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    at_dawn(monkeypatch)


def rosas() -> tuple[str, str]:
    account = account_of(ROSA)
    assert account is not None
    return account.email, account.phone


def test_a_known_and_an_unknown_address_get_the_same_answer() -> None:
    known, unknown = (
        visitor().post("/sign-in", {"address": address}, follow=True) for address in (rosas()[0], "nobody@example.org")
    )
    assert seen(known).said == seen(unknown).said
    assert "If we know this address, a link is on its way." in seen(known).said
    assert Notice.objects.count() == 0
    assert answer_asks(at=clock.now(), holder="worker-1") == 2
    assert set(Notice.objects.values_list("person_id", "code")) == {(ROSA, "sign-in-link")}
    assert answer_asks(at=clock.now(), holder="worker-1") == 0


def test_a_phone_number_is_known_however_it_is_written() -> None:
    phone = rosas()[1]
    written = f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
    visitor().post("/sign-in", {"address": written})
    answer_asks(at=clock.now(), holder="worker-1")
    assert set(Notice.objects.values_list("person_id", flat=True)) == {ROSA}


def test_what_is_no_address_is_said_at_the_field() -> None:
    answer = visitor().post("/sign-in", {"address": "rosa"})
    assert answer.status_code == 400
    assert "That is neither an e-mail address nor a phone number." in seen(answer).said
    assert Notice.objects.count() == 0


def test_looking_at_the_link_does_not_use_it_up_and_pressing_the_button_does() -> None:
    link = f"/sign-in/{sign_in_token(ROSA)}"
    browser = visitor()
    for _ in range(3):
        assert "One tap and you are in." in seen(browser.get(link)).said
    assert browser.post(link)["Location"] == "/"
    assert "Hello, Rosa." in seen(browser.get("/")).said


def test_a_link_works_once() -> None:
    link = f"/sign-in/{sign_in_token(ROSA)}"
    assert visitor().post(link).status_code == 302
    second = visitor()
    answer = second.post(link)
    assert answer.status_code == 410
    assert "This link no longer works." in seen(answer).said
    assert "_auth_user_id" not in second.session


def test_the_last_sign_in_is_the_edges_moment() -> None:
    visitor().post(f"/sign-in/{sign_in_token(ROSA)}")
    assert Person.objects.get(pk=ROSA).last_login == clock.now()


@pytest.mark.parametrize("token", ["x", "A" * 300, "..", "%00"])
def test_a_token_that_is_none_says_what_to_do(token: str) -> None:
    answer = visitor().post(f"/sign-in/{token}")
    assert answer.status_code in (404, 410)


def test_who_was_sent_to_sign_in_comes_back_to_where_they_wanted(opened: Opened) -> None:
    wanted = f"/requests/{opened.asked().request_id}"
    browser = visitor()
    asked = browser.get(wanted)
    assert asked["Location"].startswith("/sign-in?next=")
    browser.get(asked["Location"])
    assert Session.objects.count() == 0
    assert browser.post(f"/sign-in/{sign_in_token(ROSA)}")["Location"] == wanted
    assert browser.cookies["where-to"].value == ""


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\\\example.org"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(elsewhere: str) -> None:
    browser = visitor()
    browser.get("/sign-in", {"next": elsewhere})
    assert browser.post(f"/sign-in/{sign_in_token(ROSA)}")["Location"] == "/"


def test_the_language_chosen_on_the_way_in_stays_with_the_person() -> None:
    browser = visitor()
    browser.post("/language", {"language": "es", "next": "/sign-in"})
    browser.post(f"/sign-in/{sign_in_token(ROSA)}")
    account = account_of(ROSA)
    assert account is not None
    assert account.language == "es"


def test_signing_out_ends_the_session() -> None:
    browser = visitor(MS_OKAFOR)
    assert browser.get("/sign-out").status_code == 405
    browser.post("/sign-out")
    assert browser.get("/sites").status_code == 302


def test_one_address_is_not_flooded_and_the_page_says_when_to_try_again() -> None:
    address = rosas()[0]
    answers = [visitor().post("/sign-in", {"address": address}) for _ in range(SIGN_IN_AT.burst + 1)]
    assert [answer.status_code for answer in answers] == [302] * SIGN_IN_AT.burst + [429]
    assert "Try again in 5 minutes." in seen(answers[-1]).said
    assert answers[-1]["Retry-After"] == "300"


def test_one_network_address_cannot_try_many_others() -> None:
    answers = [visitor().post("/sign-in", {"address": f"a{n}@example.org"}) for n in range(SIGN_IN_FROM.burst + 1)]
    assert [answer.status_code for answer in answers] == [302] * SIGN_IN_FROM.burst + [429]
    other = Client(REMOTE_ADDR="198.51.100.7").post("/sign-in", {"address": "b@example.org"})
    assert other.status_code == 302


def test_an_ipv6_customer_is_one_network_however_many_addresses_they_use() -> None:
    answers = [
        Client(REMOTE_ADDR=f"2001:db8::{n:x}").post("/sign-in", {"address": f"a{n}@example.org"})
        for n in range(SIGN_IN_FROM.burst + 1)
    ]
    assert [answer.status_code for answer in answers] == [302] * SIGN_IN_FROM.burst + [429]
    other = Client(REMOTE_ADDR="2001:db8:0:1::1").post("/sign-in", {"address": "b@example.org"})
    assert other.status_code == 302


def test_a_session_from_before_signing_in_is_worth_nothing_after() -> None:
    browser = visitor()
    planted = browser.session.session_key
    browser.post(f"/sign-in/{sign_in_token(ROSA)}")
    assert browser.session.session_key != planted
    stranger = visitor()
    stranger.cookies["daybreak"] = planted or ""
    assert stranger.get("/ask").status_code == 302


def test_nothing_personal_stands_in_the_pages_before_signing_in() -> None:
    text = " ".join(seen(visitor().get(path)).said for path in ("/", "/sign-in", "/sign-in/sent"))
    assert not re.search("Rosa|Ada|Okafor", text)
    assert mail.outbox == []
