"""The code of a message signs in once, in the browser that asked; it is not guessed, and nothing tells who is known."""

import random
import re
import sys
from collections import Counter
from datetime import timedelta
from types import FrameType
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cast import DAWN, ROSA, Opened
from daybreak.accounts.codes.actions import LASTS, WRONG_ALLOWED, code_of, person_of_code
from daybreak.accounts.models import Device, Pace, SignInAsk
from daybreak.accounts.queries import account_of
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.web.pacing import CODE_AT
from web_visits import at_dawn, seen, visitor


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    at_dawn(monkeypatch)


def rosas_address() -> str:
    account = account_of(ROSA)
    assert account is not None
    return account.email


def ask(address: str) -> tuple[Client, UUID]:
    """A browser that asked at this address, and the asking."""
    browser = visitor()
    browser.post("/sign-in", {"address": address})
    return browser, UUID(browser.cookies["asked"].value)


def test_the_code_signs_in_where_it_was_asked_for_and_works_once() -> None:
    browser, ask_id = ask(rosas_address())
    assert "Or type the code from the message" in seen(browser.get("/sign-in/sent")).said
    code = code_of(ask_id)
    assert re.fullmatch("[0-9]{6}", code)
    assert browser.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "})["Location"] == "/"
    assert "Hello, Rosa." in seen(browser.get("/")).said
    assert Device.objects.get().way == "code"

    again = visitor()
    again.cookies["asked"] = str(ask_id)
    assert again.post("/sign-in/code", {"code": code}).status_code == 400


def test_the_code_is_worth_nothing_in_another_browser() -> None:
    _, ask_id = ask(rosas_address())
    for cookie in ("", "x", str(UUID(int=0))):
        thief = visitor()
        thief.cookies["asked"] = cookie
        assert thief.post("/sign-in/code", {"code": code_of(ask_id)}).status_code == 400
        assert "_auth_user_id" not in thief.session


def test_five_wrong_codes_end_the_right_one() -> None:
    browser, ask_id = ask(rosas_address())
    right = code_of(ask_id)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(WRONG_ALLOWED):
        answer = browser.post("/sign-in/code", {"code": wrong})
        assert answer.status_code == 400
        assert "That is not the code, or it is too old." in seen(answer).said
    assert browser.post("/sign-in/code", {"code": right}).status_code == 400
    assert "_auth_user_id" not in browser.session


def test_an_address_under_attack_takes_no_codes_for_a_while_however_many_are_asked_for_and_its_links_still_work() -> (
    None
):
    answers = []
    for _ in range(4):
        browser, ask_id = ask(rosas_address())
        wrong = f"{(int(code_of(ask_id)) + 1) % 1_000_000:06d}"
        answers += [browser.post("/sign-in/code", {"code": wrong}).status_code for _ in range(WRONG_ALLOWED - 1)]
    assert answers == [400] * CODE_AT.burst + [429] * (len(answers) - CODE_AT.burst)
    assert Pace.objects.filter(bucket__startswith="code at").count() == 1


@pytest.mark.parametrize(("age", "lets_in"), [(LASTS - timedelta(seconds=1), True), (LASTS, False)])
def test_a_code_lasts_a_quarter_of_an_hour(age: timedelta, lets_in: bool) -> None:
    _, ask_id = ask(rosas_address())
    assert (person_of_code(ask_id, code_of(ask_id), at=DAWN + age) is not None) is lets_in


def test_the_right_code_of_an_address_nobody_has_lets_nobody_in() -> None:
    _, ask_id = ask("nobody@example.org")
    assert person_of_code(ask_id, code_of(ask_id), at=DAWN) is None


def test_no_code_and_no_address_stands_in_the_table() -> None:
    _, ask_id = ask(rosas_address())
    stored = str(SignInAsk.objects.values())
    assert rosas_address().partition("@")[0] not in stored
    assert code_of(ask_id) not in stored


def work_of(browser: Client, path: str, said: dict[str, str]) -> Counter[str]:
    """What one post makes the machine do: every statement to the database, every call of ours and of the libraries."""
    calls: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and any(
            part in frame.f_code.co_filename for part in ("daybreak", "pyotp", "cryptography", "hmac", "django/db")
        ):
            calls[f"{frame.f_code.co_filename}:{frame.f_code.co_qualname}"] += 1

    with CaptureQueriesContext(
        connection,
    ) as queries:
        sys.setprofile(count)
        try:
            browser.post(path, said)
        finally:
            sys.setprofile(None)
    for query in queries:
        # Which row is meant is no work: ids, fingerprints, sealed values, moments and names are blotted out.
        calls[re.sub(r"'[^']*'|\"s[0-9]+_x[0-9]+\"|\b[0-9.]+\b", "?", query["sql"])] += 1
    return calls


def test_asking_does_the_same_work_for_a_known_and_an_unknown_address() -> None:
    work_of(visitor(), "/sign-in", {"address": "warm@example.org"})
    rng = random.Random(20260302)
    # One length and one kind, so that what is sealed and read is as long.
    known, works = rosas_address(), {True: [], False: []}
    for _ in range(16):
        is_known = rng.random() < 0.5
        address = known if is_known else known.replace(known[:3], "xyz")
        Pace.objects.all().delete()
        works[is_known].append(work_of(visitor(), "/sign-in", {"address": address}))
    assert len(works[True]) > 3 < len(works[False])
    first = works[True][0]
    assert sum(first.values()) > 100
    assert [work - first | first - work for work in works[True] + works[False]] == [Counter()] * 16


def test_a_wrong_code_costs_the_same_work_for_a_known_and_an_unknown_address() -> None:
    works = []
    for address in (rosas_address(), "nobody@example.org") * 4:
        browser, ask_id = ask(address)
        wrong = f"{(int(code_of(ask_id)) + 1) % 1_000_000:06d}"
        Pace.objects.all().delete()
        works.append(work_of(browser, "/sign-in/code", {"code": wrong}))
    assert sum(works[2].values()) > 100
    assert [work - works[2] | works[2] - work for work in works[3:]] == [Counter()] * 5


def test_the_worker_sends_one_message_for_an_asking_and_none_where_nobody_is_known() -> None:
    ask(rosas_address())
    ask("nobody@example.org")
    assert answer_asks(at=DAWN, holder="worker-1") == 2
    assert answer_asks(at=DAWN + timedelta(hours=1), holder="worker-2") == 0
