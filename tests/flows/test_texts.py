"""A provider's whole morning by text, through the gateway's own door, in two languages."""

from collections.abc import Callable
from datetime import datetime, time
from itertools import count
from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from cast import (
    ADA,
    BEN,
    DEE,
    LITTLE_OAKS,
    LUCIA,
    MARISOL,
    MONDAY,
    MS_OKAFOR,
    OKAFOR,
    ROSA,
    SAM,
    Opened,
    clock,
    close_all_but,
)
from daybreak.accounts.actions import set_language
from daybreak.accounts.models import Person
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.models import Booking, Talk
from daybreak.care.states import BookingState, RequestState
from daybreak.demo.cast import made_id
from daybreak.network.models import RoomSession
from daybreak.network.queries import drift, rooms_on
from daybreak.notices.models import Notice
from daybreak.notices.queries import sentence, worded
from daybreak.notices.signatures import signature
from daybreak.placement.sessions import Session
from web_visits import at_dawn, newcomer

pytestmark = pytest.mark.django_db

PHONES = {MS_OKAFOR: "+17165550111", DEE: "+17165550112", SAM: "+17165550113", ROSA: "+17165550101"}
NUMBERS = count(1)
EARLY = clock(5, 45)
TOKEN = "gateway-token"

Text = Callable[..., str]


def call(body: str, sender: str, *, sid: str | None = None, signed: str | None = None) -> tuple[int, bytes]:
    fields = {"MessageSid": sid or f"SM{next(NUMBERS)}", "From": sender, "To": "+17165550100", "Body": body}
    said = signature(TOKEN, "http://testserver/texts", fields.items()) if signed is None else signed
    answer = Client().post("/texts", fields, headers={"X-Twilio-Signature": said})
    return answer.status_code, answer.content


@pytest.fixture
def text(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Text:
    """Text as somebody of the cast at a moment, and read what comes back."""
    settings.ADDRESS, settings.SMS_TOKEN = "http://testserver", TOKEN

    def said(body: str, who: UUID = MS_OKAFOR, at: datetime = EARLY, sid: str | None = None) -> str:
        at_dawn(monkeypatch, at)
        before = set(Notice.objects.values_list("pk", flat=True))
        status, _ = call(body, PHONES[who], sid=sid)
        assert status == 200
        answers = Notice.objects.filter(person_id=who, code__startswith="text-").exclude(pk__in=before)
        assert {one.channel for one in answers} <= {"sms"}
        return "".join(worded(one.code, one.facts, one.language).sms for one in answers)

    return said


def held(opened: Opened, **how: object) -> Booking:
    close_all_but("larkin")
    view = opened.asked(**how)
    assert view.booking is not None
    return Booking.objects.get(pk=view.booking.booking_id)


def test_who_comes_today_is_told_without_a_name(opened: Opened, text: Text) -> None:
    assert "nobody is expected" in text("Today")
    opened.asked()
    answer = text("today please")
    assert "1) 2 children at 6:49 a.m." in answer
    assert f"/sites/{OKAFOR}/today" in answer
    assert not any(name in answer for name in ("Ada", "Ben", "Peanut"))


@pytest.mark.parametrize("word", ["YES", "Sí, gracias", "si", "ok"])
def test_one_word_accepts_the_one_family_that_waits(opened: Opened, text: Text, word: str) -> None:
    booking = held(opened)
    assert "Accepted: 2 children, 6:" in text(word, SAM)
    booking.refresh_from_db()
    assert booking.state == BookingState.CONFIRMED


def test_one_word_declines_it_and_the_familys_request_looks_on(opened: Opened, text: Text) -> None:
    booking = held(opened)
    assert "Canceled: 2 children" in text("No", SAM)
    booking.refresh_from_db()
    assert booking.state == BookingState.DECLINED
    assert opened.view(booking.request_id).state is RequestState.ASKED
    assert drift() == []


def test_of_two_families_one_is_chosen_by_its_number_and_the_list_may_change_meanwhile(
    opened: Opened, text: Text
) -> None:
    first = held(opened, children=[ADA])
    second = held(opened, who=MARISOL, household="marisol", children=[LUCIA])
    answer = text("yes", SAM)
    assert "Which family do you accept?" in answer
    lines = [line for line in answer.splitlines() if line[:2] in ("1)", "2)")]
    assert len(lines) == 2
    assert text("2", SAM).startswith("Accepted: 1 child")
    states = set(Booking.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True))
    assert states == {BookingState.HELD.value, BookingState.CONFIRMED.value}
    chosen = Booking.objects.get(state=BookingState.CONFIRMED)
    assert chosen.arrives_at == max(first.arrives_at, second.arrives_at)


def test_a_confirmed_place_is_taken_away_only_after_one_more_yes(opened: Opened, text: Text) -> None:
    opened.asked()
    assert "This is confirmed. To cancel it, text YES." in text("no")
    assert Booking.objects.get().state == BookingState.CONFIRMED
    assert "Canceled: 2 children" in text("yes")
    assert Booking.objects.filter(state=BookingState.WITHDRAWN).count() == 1


def test_an_old_question_is_answered_by_nothing(opened: Opened, text: Text) -> None:
    opened.asked()
    text("no")
    assert "No family waits" in text("yes", at=clock(7, 46))
    assert Booking.objects.get().state == BookingState.CONFIRMED


def test_children_come_and_are_fetched_by_one_word_each(opened: Opened, text: Text) -> None:
    opened.asked()
    assert "Nobody is there" in text("OUT", at=clock(6, 50))
    assert "Written down: 2 children came." in text("IN", at=clock(6, 51))
    assert "Nobody is expected who has not come" in text("in", at=clock(6, 52))
    assert "Written down: 2 children fetched." in text("salieron", at=clock(15, 40))
    assert Booking.objects.get().state == BookingState.FETCHED


def test_an_answer_about_what_is_gone_meanwhile_is_refused_in_words(opened: Opened, text: Text) -> None:
    held(opened, children=[ADA])
    held(opened, who=MARISOL, household="marisol", children=[LUCIA])
    text("yes", SAM)
    first = Booking.objects.order_by("arrives_at")[0]
    cancel_request(request_id=first.request_id, actor=ROSA, at=opened.at)
    assert "This was settled otherwise in the meantime." in text("1", SAM)
    assert Booking.objects.filter(state=BookingState.HELD).count() == 1


def test_a_room_that_has_closed_since_the_question_is_refused_in_words(opened: Opened, text: Text) -> None:
    assert "In which room?" in text("SPOTS 1", at=clock(17, 30))
    assert "This place has no such room." in text("1", at=clock(18, 31))


def test_too_early_is_said_with_its_reason(opened: Opened, text: Text) -> None:
    opened.asked(starts=time(15), ends=time(18))
    assert "It is too early for that. Nothing was changed." in text("IN")


def test_spots_are_offered_and_taken_back_by_text(opened: Opened, text: Text) -> None:
    assert "1) Mixed ages: 3 spots" in text("spots")
    assert "In which room?" in text("SPOTS 1")
    assert "1) Mixed ages: 1 spot" in text("1")
    opened.asked(children=[BEN])
    assert "1) Mixed ages: 2 spots" in text("cupos 2 mixed")
    mixed, _ = rooms_on(OKAFOR, MONDAY)
    counts = {(count.spots, count.taken) for count in mixed.sessions.values()}
    assert (3, 1) in counts
    assert "so 101 spots is too many" in text("spots 100 mixed")
    assert drift() == []


def test_the_same_message_delivered_twice_is_done_and_answered_once(opened: Opened, text: Text) -> None:
    booking = held(opened)
    assert text("yes", SAM, sid="SM-once")
    assert text("yes", SAM, sid="SM-once") == ""
    booking.refresh_from_db()
    assert booking.moves.filter(verb="confirm").count() == 1


def test_what_is_not_clear_changes_nothing_and_says_what_can_be_texted(opened: Opened, text: Text) -> None:
    opened.asked()
    for body in ("see you tomorrow", "", "9999", "🙂", "x" * 5000):
        assert "That was not clear, and nothing was changed." in text(body)
    assert "TODAY who comes." in text("help")
    assert Booking.objects.get().state == BookingState.CONFIRMED


def test_stop_ends_texts_and_start_brings_them_back(opened: Opened, text: Text) -> None:
    assert "sends no more text messages" in text("STOP")
    opened.asked()
    assert set(Notice.objects.filter(person_id=MS_OKAFOR, code="provider-new-booking").values_list("channel")) == {
        ("mail",)
    }
    assert "come again" in text("start")
    assert not Person.objects.get(pk=MS_OKAFOR).texts_stopped


def test_whoever_has_neither_children_nor_a_home_is_told_where_to_go(opened: Opened, text: Text) -> None:
    PHONES[clerk := newcomer(RoleKind.CLERK, phone="+17165550199")] = "+17165550199"
    assert "Your page has the rest" in text("today", clerk)


def test_a_number_nobody_knows_learns_nothing(opened: Opened, text: Text) -> None:
    opened.asked()
    known = call("today", PHONES[MS_OKAFOR])
    before = Notice.objects.count()
    assert call("today", "+15005550006") == known
    assert Notice.objects.count() == before
    assert not Talk.objects.exclude(person_id=MS_OKAFOR).exists()


@pytest.mark.parametrize("signed", ["", "bm9wZQ==", "ñ"])
def test_a_call_without_the_gateways_signature_does_nothing(opened: Opened, text: Text, signed: str) -> None:
    held(opened)
    status, _ = call("yes", PHONES[SAM], signed=signed)
    assert status == 403
    assert Booking.objects.get().state == BookingState.HELD


def test_without_a_token_no_call_is_believed(opened: Opened, text: Text, settings: Settings) -> None:
    settings.SMS_TOKEN = ""
    fields = {"MessageSid": "SM1", "From": PHONES[SAM], "Body": "yes"}
    said = signature("", "http://testserver/texts", fields.items())
    assert Client().post("/texts", fields, headers={"X-Twilio-Signature": said}).status_code == 403


def test_more_texts_than_anybody_sends_are_left_unread(opened: Opened, text: Text) -> None:
    for _ in range(20):
        assert text("help")
    assert text("help") == ""


WORDS = {
    "en": ("ILL", "there are too many: 1 child", "With", "Canceled: 1 child"),
    "es": ("ENFERMA", "sobran: 1 niño", "Con", "Cancelado: 1 niño"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_directors_morning_by_text_alone(opened: Opened, text: Text, language: str) -> None:
    """An educator is ill: two spots fewer, and one family cannot be taken; it reads why, with the rule."""
    ill, too_many, _, canceled = WORDS[language]
    set_language(person_id=DEE, language=language, at=opened.at)
    close_all_but("little-oaks")
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], starts=time(7, 30))
    assert view.booking is not None
    assert view.booking.site_id == LITTLE_OAKS
    before = text("spots" if language == "en" else "cupos", DEE)
    assert "2) Toddlers: 2" in before

    asked = text(ill, DEE)
    assert asked.count("Toddlers") == 2
    assert "Amara" not in asked
    answer = text(f"{ill} Lena", DEE)
    assert too_many in answer
    assert answer.count("1)") == 1

    assert canceled in text("1", DEE)
    assert "2) Toddlers: 0" in text("spots", DEE)
    after = opened.view(view.request_id)
    lost = next(one for one in after.tried if one.site_id == LITTLE_OAKS)
    assert lost.reason is not None
    assert "418-1" in lost.reason.cite
    told = Notice.objects.filter(person_id=MARISOL, code="care-canceled-with-reason").first()
    assert told is not None
    words = worded(told.code, told.facts, told.language).sms
    assert sentence(lost.reason, "es") in words
    toddlers = RoomSession.objects.get(
        room=made_id("room Toddlers of little-oaks"), day=MONDAY, session=Session.MORNING
    )
    assert toddlers.taken == 0
    assert any(limit["room_most"] == 5 for limit in toddlers.limits)
    assert drift() == []
