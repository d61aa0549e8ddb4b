"""A real SMTP server takes the letters: readable, from us, and recognizable when one comes twice."""

import email
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from uuid import UUID, uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import transaction
from pytest_django import Settings

from daybreak.accounts.actions import add_person, person_of_token
from daybreak.accounts.codes.actions import ask_at
from daybreak.notices.actions import LEASE, post, send_due
from daybreak.notices.models import Notice
from daybreak.notices.sign_ins.actions import answer_asks
from daybreak.notices.terms import Channel, Outcome, Words
from daybreak.notices.transports import Mail

DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
BOOKED = {
    "site": "Guardería Niño Jesús",
    "city": "Buffalo",
    "day": "2026-03-02",
    "arrives": "2026-03-02T06:41-05:00",
    "minutes": 6,
    "children": 2,
    "link": "/requests/1",
}

pytestmark = pytest.mark.django_db


class PostOffice:
    """Keeps the letters it is given; `answers` are given to the next recipients instead of taking them."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: list[str] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 Message accepted for delivery"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = False
    settings.ADDRESS = "https://daybreak.harborhealth.example"
    yield office
    controller.stop()


def confirm(*, language: str) -> UUID:
    person = add_person(person_id=uuid4(), name="Rosa", email="rosa@harborhealth.example", language=language, at=DAWN)
    with transaction.atomic():
        post(code="care-confirmed", to=person, facts=BOOKED, about=UUID(int=7), at=DAWN)
    return person


def test_a_confirmed_place_arrives_once_in_the_readers_language(post_office: PostOffice) -> None:
    confirm(language="es")
    assert send_due(at=DAWN, holder="worker-1") == 1
    assert send_due(at=DAWN + timedelta(hours=1), holder="worker-1") == 0
    (letter,) = post_office.letters
    assert letter["To"] == "rosa@harborhealth.example"
    assert letter["Subject"] == "Confirmado para el lunes 2 de marzo"
    assert letter["Content-Language"] == "es"
    body = letter.get_content().replace("\r\n", "\n")
    assert body.startswith(
        "Guardería Niño Jesús, en Buffalo, le espera el lunes 2 de marzo con 2 niños, desde las 6:41."
    )
    assert body.rstrip().endswith("\n\nhttps://daybreak.harborhealth.example/requests/1")


def test_a_letter_is_named_after_its_notice_and_the_name_is_kept(post_office: PostOffice) -> None:
    confirm(language="en")
    send_due(at=DAWN, holder="worker-1")
    notice = Notice.objects.get()
    assert post_office.letters[0]["Message-ID"].strip() == f"<{notice.id}@daybreak.harborhealth.example>"
    assert notice.provider_message_id == f"<{notice.id}@daybreak.harborhealth.example>"


def test_a_worker_that_dies_after_sending_makes_the_letter_come_again_under_the_same_name(
    post_office: PostOffice,
) -> None:
    class PowerCut(BaseException):
        pass

    class DiesAfterSending(Mail):
        def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
            super().send(notice=notice, to=to, words=words, language=language)
            raise PowerCut

    confirm(language="en")
    with pytest.raises(PowerCut):
        send_due(at=DAWN, holder="worker-1", doors={Channel.MAIL: DiesAfterSending})
    assert send_due(at=DAWN + LEASE * 2, holder="worker-2") == 1
    first, again = post_office.letters
    assert first["Message-ID"] == again["Message-ID"]
    assert first.get_content() == again.get_content()


def test_a_letter_turned_away_for_now_comes_later(post_office: PostOffice) -> None:
    confirm(language="en")
    post_office.answers = ["451 Greylisted, try again"]
    assert send_due(at=DAWN, holder="worker-1") == 0
    assert send_due(at=DAWN + timedelta(minutes=1), holder="worker-1") == 1
    assert len(post_office.letters) == 1


def test_a_letter_to_nobody_is_given_up(post_office: PostOffice) -> None:
    confirm(language="en")
    post_office.answers = ["550 No such user"]
    assert send_due(at=DAWN, holder="worker-1") == 0
    assert Notice.objects.get().given_up_at is not None
    assert post_office.letters == []


def test_letters_wait_while_the_post_office_is_closed(settings: Settings, post_office: PostOffice) -> None:
    confirm(language="en")
    open_at, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    assert send_due(at=DAWN, holder="worker-1") == 0
    settings.EMAIL_PORT = open_at
    assert send_due(at=DAWN + timedelta(minutes=1), holder="worker-1") == 1
    assert len(post_office.letters) == 1


def test_the_link_in_a_sign_in_letter_is_made_at_sending_and_signs_that_person_in(post_office: PostOffice) -> None:
    person = add_person(person_id=uuid4(), name="Rosa", email="rosa@harborhealth.example", at=DAWN)
    ask_at(email="rosa@harborhealth.example", at=DAWN)
    assert answer_asks(at=DAWN, holder="worker-1") == 1
    send_due(at=DAWN, holder="worker-1")
    (letter,) = post_office.letters
    token = letter.get_content().split("https://daybreak.harborhealth.example/sign-in/")[1].split()[0]
    signed_in = person_of_token(token)
    assert signed_in is not None
    assert signed_in.pk == person
