"""People are told the way they chose, a text that can wait lets them sleep, and nothing is ever left untold."""

from datetime import time

import pytest
from django.db import transaction

from cast import DAWN, ROSA, Opened, clock
from daybreak.accounts.models import Person
from daybreak.notices.actions import post
from daybreak.notices.models import ContactWish, Notice
from daybreak.notices.queries import contact_of
from daybreak.notices.terms import Contact
from web_visits import at_dawn, seen, visitor

WAITING = {"day": "2026-03-02", "decide_by": "2026-03-02T06:10", "link": "/requests/1"}


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def tell(code: str, facts: dict[str, str], *, key: str = "") -> list[tuple[str, bool]]:
    """Post to Rosa at dawn; how each message travels, and whether it goes at once."""
    Notice.objects.all().delete()
    with transaction.atomic():
        post(code=code, to=ROSA, facts=facts, about=ROSA, at=DAWN, key=key)
    rows = Notice.objects.order_by("channel").values_list("channel", "due_at")
    return [(channel, due_at == DAWN) for channel, due_at in rows]


def test_the_page_keeps_ways_and_quiet_hours_in_the_time_of_the_work_site(opened: Opened) -> None:
    rosa = visitor(ROSA)
    assert "rosa@example.org" in seen(rosa.get("/contact")).said
    said = {"text": "1", "quiet_from": "21:00", "quiet_until": "05:30"}
    assert rosa.post("/contact", said)["Location"] == "/contact"
    assert contact_of(ROSA) == Contact(False, True, time(21), time(5, 30), "America/New_York")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"quiet_from": "", "quiet_until": ""}, "Then nobody could tell you that a place was found."),
        ({"mail": "1", "quiet_from": "21:00", "quiet_until": ""}, "Write both times like 21:00 and 05:30"),
        ({"mail": "1", "quiet_from": "9", "quiet_until": "soon"}, "Write both times like 21:00 and 05:30"),
        ({"mail": "1", "quiet_from": "21:00", "quiet_until": "21:00"}, "These hours would never end."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(opened: Opened, said: dict[str, str], sentence: str) -> None:
    answer = visitor(ROSA).post("/contact", said)
    assert answer.status_code == 400
    assert sentence in seen(answer).said
    assert ContactWish.objects.count() == 0


def test_messages_go_the_way_that_was_chosen(opened: Opened) -> None:
    assert tell("care-waiting", WAITING) == [("mail", True), ("sms", True)]
    visitor(ROSA).post("/contact", {"mail": "1"})
    assert tell("care-waiting", WAITING) == [("mail", True)]
    visitor(ROSA).post("/contact", {"text": "1"})
    assert tell("care-waiting", WAITING) == [("sms", True)]


def test_who_cannot_be_reached_the_chosen_way_is_told_the_other(opened: Opened) -> None:
    visitor(ROSA).post("/contact", {"text": "1"})
    Person.objects.filter(pk=ROSA).update(texts_stopped=True)
    assert tell("care-waiting", WAITING) == [("mail", True)]


def test_a_sign_in_link_goes_every_way_whatever_was_chosen(opened: Opened) -> None:
    visitor(ROSA).post("/contact", {"mail": "1"})
    assert tell("sign-in-link", {"sign_in": "/sign-in/", "sign_in_code": "x"}) == [("mail", True), ("sms", True)]


def test_in_quiet_hours_a_text_that_can_wait_waits_and_an_answer_does_not(opened: Opened) -> None:
    visitor(ROSA).post("/contact", {"mail": "1", "text": "1", "quiet_from": "21:00", "quiet_until": "06:00"})
    assert tell("care-waiting", WAITING) == [("mail", True), ("sms", False)]
    assert Notice.objects.get(channel="sms").due_at == clock(6)
    booked = {"site": "Little Oaks", "day": "2026-03-02", "decide_by": "2026-03-02T06:10", "link": "/requests/1"}
    assert tell("care-canceled-by-provider", booked) == [("mail", True), ("sms", True)]
