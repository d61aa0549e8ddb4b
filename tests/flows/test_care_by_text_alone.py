"""A whole request by text alone, on the demo's phones and through the gateway's own door: no page is opened.

Marisol picks at night. At half past nine in the evening nobody can stay with Lucía, and her phone knows no web page.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from cast import LUCIA, MARISOL, MONDAY, Opened, clock, open_cast
from daybreak.care.models import Booking, CareRequest, RequestedChild
from daybreak.care.states import BookingState, RequestState
from daybreak.cli.worker import round_of_work
from daybreak.demo.cast import made_id
from daybreak.demo.models import PhoneMessage
from daybreak.kernel.decisions import Yes
from daybreak.network.caregivers.actions import set_week
from daybreak.network.queries import drift
from web_visits import at_dawn

MARISOLS, INES_PHONE, ROSAS = "+17165550102", "+17165550115", "+17165550101"
INES = made_id("ines")
OURS = "+17165550100"
EVENING = clock(21, 30)


@dataclass
class Night:
    """The demo's phones at a moment that each text moves on by half a minute."""

    monkeypatch: pytest.MonkeyPatch
    opened: Opened
    at: datetime = EVENING

    def text(self, number: str, body: str) -> str:
        """Send a text from a phone of the demo and read what comes back to it."""
        self.at += timedelta(seconds=30)
        at_dawn(self.monkeypatch, self.at)
        before = set(PhoneMessage.objects.values_list("pk", flat=True))
        answer = Client().post(f"/demo/phones/{number}", {"say": body})
        assert answer.headers["Location"].endswith("?sent")
        self.work()
        came = PhoneMessage.objects.filter(to=number).exclude(pk__in=before).order_by("at", "pk")
        return "\n".join(came.values_list("body", flat=True))

    def work(self) -> None:
        """Let the worker do what is due."""
        while round_of_work(self.at, "story"):
            pass

    def last(self, number: str) -> str:
        """The newest message a phone received."""
        return str(PhoneMessage.objects.filter(to=number).order_by("at", "pk").values_list("body", flat=True).last())


@pytest.fixture
def night(
    transactional_db: None, live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Night:
    settings.ADDRESS = live_server.url
    settings.SMS_ADDRESS = f"{live_server.url}/demo/phone"
    settings.SMS_ACCOUNT = settings.SMS_TOKEN = "demo"
    settings.SMS_FROM = OURS
    settings.EMAIL_BACKEND = "daybreak.demo.mailbox.Mailbox"
    return Night(monkeypatch, open_cast())


def comes_at_night(*days: int) -> None:
    """Let Inés come from six in the evening to nine in the morning."""
    week = dict.fromkeys(days or range(7), (time(18), time(9)))
    assert set_week(site_id=INES, week=week, at=EVENING, actor=None) == Yes()


def test_a_request_by_text_alone_in_spanish_at_night_ends_with_a_caregiver_at_the_door(night: Night) -> None:
    comes_at_night()
    assert "¿Para qué día?" in night.text(MARISOLS, "Cuidado")
    # Half past nine: today's usual shift is over, so tomorrow stands first; she writes the day herself.
    hours = night.text(MARISOLS, "esta noche")
    assert "¿a qué horas trabaja?" in hours
    assert "de las 8:00 a las 16:30" in hours
    assert "Eso no son dos horas" in night.text(MARISOLS, "a las diez")
    choice = night.text(MARISOLS, "de 22 a 6:30")
    assert "1 niño, sin malestar: lunes 2 de marzo, de las 22:00 a las 6:30." in choice
    assert "1) a las 21:50" in choice
    assert "Inés Quiroga" in night.text(MARISOLS, "1")

    asked = night.last(INES_PHONE)
    assert "SI o NO" in asked
    assert "Lucía" not in asked
    assert "Aceptado: 1 niño" in night.text(INES_PHONE, "Sí")
    assert night.last(MARISOLS).startswith("Confirmado: Inés Quiroga")
    assert "confirmado, Inés Quiroga" in night.text(MARISOLS, "estado")

    (request,) = CareRequest.objects.all()
    assert (request.state, request.day, request.starts, request.ends) == (
        RequestState.PLACED.value,
        MONDAY,
        time(22),
        time(6, 30),
    )
    (booking,) = Booking.objects.all()
    assert (booking.site_id, booking.state) == (INES, BookingState.CONFIRMED.value)
    assert booking.arrives_at < clock(22) < clock(6, 30, MONDAY + timedelta(days=1)) < booking.leaves_at
    said = PhoneMessage.objects.exclude(to=OURS).values_list("body", flat=True)
    assert not any("Lucía" in body for body in said)
    assert drift() == []


def test_she_comes_later_and_the_caregiver_is_told_then_she_no_longer_needs_it(night: Night) -> None:
    comes_at_night()
    night.text(MARISOLS, "cuidado esta noche 22-6:30 antes de las 21:50")
    night.text(MARISOLS, "si")
    night.text(INES_PHONE, "si")
    assert "Inés Quiroga ya sabe que usted llega 20 minutos más tarde" in night.text(MARISOLS, "voy tarde 20")
    assert "Más tarde de lo acordado: la familia de 1 niño" in night.last(INES_PHONE)
    assert "Si ya no necesita esto, escriba SI." in night.text(MARISOLS, "NO")
    assert Booking.objects.get().state == BookingState.CONFIRMED.value
    assert "cancelada" in night.text(MARISOLS, "si")
    assert Booking.objects.get().state == BookingState.CANCELED.value
    assert "1 niño menos" in night.last(INES_PHONE)
    assert drift() == []


def test_the_same_text_delivered_twice_asks_once(night: Night) -> None:
    comes_at_night()
    wish = "care tonight 22-6:30 by 21:50"
    night.text(MARISOLS, wish)
    night.text(MARISOLS, "yes")
    assert "Eso ya está pedido" in night.text(MARISOLS, wish) + night.text(MARISOLS, "yes")
    assert CareRequest.objects.count() == 1


def test_a_feverish_child_at_eleven_goes_only_where_a_mild_illness_is_taken(night: Night) -> None:
    night.at = clock(11)
    night.text(MARISOLS, "Lucía tiene fiebre ahora")
    night.text(MARISOLS, "1")
    (request,) = CareRequest.objects.all()
    assert request.starts == time(11, 0)
    assert RequestedChild.objects.get().mildly_ill
    (booking,) = Booking.objects.all()
    assert booking.site_id == INES


def test_stop_is_honored_and_a_wish_after_it_begins_with_start(night: Night) -> None:
    for word in ("CANCEL", "ALTO"):
        assert "ya no envía mensajes de texto" in night.text(MARISOLS, word)
        assert "escriba EMPEZAR" in night.text(MARISOLS, "cuidado")
        assert not CareRequest.objects.exists()
        night.text(MARISOLS, "EMPEZAR")
    assert "¿Para qué día?" in night.text(MARISOLS, "cuidado")
    assert "ALTO: no más mensajes" in night.text(MARISOLS, "ayuda")


def test_a_refused_wish_is_said_in_words_and_goes_on_from_there(night: Night) -> None:
    night.text(MARISOLS, f"care {date(2026, 8, 3):%-m/%-d} 8-4")
    answer = night.text(MARISOLS, "1")
    assert "90 días" in answer
    assert "martes 3 de marzo, de las 8:00 a las 16:00" in night.text(MARISOLS, "mañana")
    assert not CareRequest.objects.exists()


def test_of_two_families_each_reads_only_its_own(night: Night) -> None:
    comes_at_night()
    night.text(MARISOLS, "cuidado esta noche 22-6:30 antes de las 21:50")
    night.text(MARISOLS, "si")
    assert "Nothing is asked for" in night.text(ROSAS, "status")
    assert "No home expects you" in night.text(ROSAS, "late 10")
    assert Booking.objects.get().children.get().child_id == LUCIA
    assert CareRequest.objects.get().asked_by_id == MARISOL
