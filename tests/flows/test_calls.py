"""A call by keypad, in the shapes a gateway reads: the same moves as by text, and nothing for whoever is not known."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cast import ADA, BEN, ROSA, Opened, clock, close_all_but
from daybreak.accounts.actions import set_language
from daybreak.care.models import Booking, CareRequest
from daybreak.care.states import BookingState
from daybreak.notices.models import Notice
from daybreak.notices.signatures import signature
from web_visits import at_dawn

pytestmark = pytest.mark.django_db

ROSAS, SAMS, STRANGER = "+17165550101", "+17165550113", "+15005550006"
ATTESTED = "TN-Validation-Passed-A"
CALLS = count(1)
TOKEN = "gateway-token"

Call = Callable[..., list[ElementTree.Element]]


def gateway(where: str, *, signed: str | None = None, **fields: str) -> tuple[int, str]:
    said = signature(TOKEN, f"http://testserver{where}", fields.items()) if signed is None else signed
    answer = Client().post(where, fields, headers={"X-Twilio-Signature": said})
    return answer.status_code, answer.content.decode()


@pytest.fixture
def call(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call from a number, press keys where the call says they go, and give what each answer holds."""
    settings.ADDRESS, settings.SMS_TOKEN = "http://testserver", TOKEN

    def called(number: str, *presses: str, attested: str = ATTESTED) -> list[ElementTree.Element]:
        fields = {"CallSid": f"CA{next(CALLS)}", "From": number, "StirVerstat": attested}
        where, answers = "/calls", []
        at = clock(5, 45)
        for digits in ("", *presses):
            at += timedelta(seconds=10)
            at_dawn(monkeypatch, at)
            status, body = gateway(where, **fields, **({"Digits": digits} if digits else {}))
            assert status == 200
            answers.append(ElementTree.fromstring(body))
            gather = answers[-1].find("Gather")
            where = gather.get("action", "") if gather is not None else where
        return answers

    return called


def said(answer: ElementTree.Element) -> str:
    return " ".join(say.text or "" for say in answer.iter("Say"))


def test_a_call_begins_at_a_menu_in_the_callers_language(opened: Opened, call: Call) -> None:
    (menu,) = call(ROSAS)
    (gather,) = menu.findall("Gather")
    assert (gather.get("input"), gather.get("method"), gather.get("action")) == ("dtmf", "POST", "/calls?press=1")
    assert "To ask for care, press 1." in said(menu)
    set_language(person_id=ROSA, language="es", at=opened.at)
    (menu,) = call(ROSAS)
    assert {say.get("language") for say in menu.iter("Say")} == {"es-MX"}
    assert "Para pedir cuidado, marque 1." in said(menu)


def test_care_is_asked_for_by_keys_alone_and_the_answer_is_heard(opened: Opened, call: Call) -> None:
    _, who, day, hours, by, answer = call(ROSAS, "1", "12", "1", "1", "1")
    assert "For the child of 14 months, press 1. For the child of 4 years, press 2." in said(who)
    assert "For Monday, March 2, press 1." in said(day)
    assert "For 7:00 a.m. to 3:30 p.m., press 1 and pound." in said(hours)
    assert "By 6:20 a.m., press 1." in said(by)
    (gather,) = by.findall("Gather")
    assert gather.get("numDigits") == "1"
    assert "Number 1, Monday, March 2: confirmed, Ms. Okafor's family child care home" in said(answer)
    assert "To ask for care, press 1." in said(answer)
    (request,) = CareRequest.objects.all()
    assert {child.child_id for child in request.children.all()} == {ADA, BEN}
    assert not any(name in said(one) for one in (who, day, hours, by, answer) for name in ("Ada", "Ben"))
    # What a call says is told by message as well, as to everybody; nothing is sent for the call itself.
    assert not Notice.objects.filter(code__startswith="text-").exists()


def test_a_home_answers_by_key_and_a_2_leaves_everything_as_it_is(opened: Opened, call: Call) -> None:
    close_all_but("larkin")
    view = opened.asked()
    assert view.booking is not None
    *_, accepted = call(SAMS, "2")
    assert "Accepted: 2 children" in said(accepted)
    booking = Booking.objects.get(pk=view.booking.booking_id)
    assert booking.state == BookingState.CONFIRMED
    _, sure, left = call(SAMS, "3", "2")
    assert "To cancel it, press 1. To leave it, press 2." in said(sure)
    assert "To hear who comes today, press 1." in said(left)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED
    *_, spots = call(SAMS, "72")
    assert "In which room? Press its number. Number 1: Mixed ages" in said(spots)


def test_a_press_delivered_twice_is_done_once(opened: Opened, call: Call) -> None:
    call(ROSAS, "1", "12", "1", "1", "1")
    fields = {"CallSid": f"CA{next(CALLS) - 1}", "From": ROSAS, "StirVerstat": ATTESTED, "Digits": "1"}
    status, body = gateway("/calls?press=5", **fields)
    assert status == 200
    assert "<Gather" in body
    assert CareRequest.objects.count() == 1


def test_a_number_nobody_knows_and_one_nobody_vouches_for_hear_the_same(opened: Opened, call: Call) -> None:
    opened.asked()
    strangers = [
        call(STRANGER),
        call(ROSAS, attested=""),
        call(ROSAS, attested="TN-Validation-Passed-B"),
        call(ROSAS, "2", attested=""),
    ]
    heard = {said(answer) for answers in strangers for answer in answers}
    assert heard == {"This is Daybreak. This number answers people it knows. Goodbye."}
    assert not [gather for answers in strangers for answer in answers for gather in answer.iter("Gather")]


def test_what_was_asked_by_text_is_not_answered_by_the_first_key_of_a_call(opened: Opened, call: Call) -> None:
    view = opened.asked()
    call(ROSAS, "3")
    *_, again = call(ROSAS, "1")
    assert "Who needs care?" in said(again)
    assert opened.view(view.request_id).state == "placed"


@pytest.mark.parametrize("signed", ["", "bm9wZQ=="])
def test_a_call_without_the_gateways_signature_is_not_believed(opened: Opened, call: Call, signed: str) -> None:
    status, body = gateway("/calls", signed=signed, CallSid="CA1", From=ROSAS, StirVerstat=ATTESTED)
    assert status == 403
    assert "press" not in body


def test_a_line_left_open_ends(opened: Opened, call: Call) -> None:
    status, body = gateway("/calls?press=41", CallSid="CA9", From=ROSAS, StirVerstat=ATTESTED, Digits="2")
    assert status == 200
    assert "<Gather" not in body
