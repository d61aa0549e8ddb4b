"""What the demo's phones and mailboxes show to whoever looks."""

import base64
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from daybreak.accounts.actions import add_person
from daybreak.demo.models import Letter
from daybreak.demo.phone import SHOWN
from daybreak.notices.actions import post, send_due
from daybreak.notices.terms import Channel, Outcome, Words
from daybreak.notices.transports import Mail

DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
ROSA, THEO = "+17165550111", "+17165550112"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def phone_company(settings: Settings) -> None:
    settings.SMS_ACCOUNT, settings.SMS_TOKEN = "AC-demo", "a-token"


def text(client: Client, to: str, body: str) -> None:
    answer = client.post(
        "/demo/phone/2010-04-01/Accounts/AC-demo/Messages.json",
        {"To": to, "From": "+17165550100", "Body": body},
        headers={"Authorization": f"Basic {base64.b64encode(b'AC-demo:a-token').decode()}"},
    )
    assert answer.status_code == 201


def test_the_phone_that_rang_last_stands_first_with_its_newest_message_last(client: Client) -> None:
    add_person(person_id=uuid4(), name="Rosa Delgado", phone=ROSA, at=DAWN)
    text(client, ROSA, "first to Rosa")
    text(client, THEO, "to Theo")
    text(client, ROSA, "second to Rosa")
    # Above the phones stand links from which one can text, with numbers of their own.
    page = client.get("/demo/phones").content.decode().partition('class="phones"')[2]
    places = [page.index(words) for words in ("Rosa Delgado", "first to Rosa", "second to Rosa", THEO, "to Theo")]
    assert places == sorted(places)


def test_a_link_in_a_message_can_be_followed_and_markup_cannot(client: Client) -> None:
    text(client, ROSA, "Look: http://localhost:8000/requests/1 <script>alert(1)</script>")
    page = client.get("/demo/phones").content.decode()
    assert '<a href="http://localhost:8000/requests/1"' in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_phones_screen_holds_the_last_messages_only(client: Client) -> None:
    for number in range(SHOWN + 1):
        text(client, ROSA, f"message {number}.")
    page = client.get("/demo/phones").content.decode()
    assert "message 0." not in page
    assert f"message {SHOWN}." in page


@pytest.mark.parametrize("page", ["/demo/phones", "/demo/mail"])
def test_the_page_looks_again_by_itself_until_it_is_told_to_be_still(client: Client, page: str) -> None:
    assert client.get(page).headers["Refresh"] == "3"
    assert "Refresh" not in client.get(f"{page}?still").headers


@pytest.mark.parametrize(
    ("page", "said"), [("/demo/phones", "No phone has rung yet"), ("/demo/mail", "No mail has come yet")]
)
def test_an_empty_page_says_what_to_do(client: Client, page: str, said: str) -> None:
    assert said in client.get(page).content.decode()


def test_mail_of_the_demo_is_shown_and_a_letter_sent_twice_is_one(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "daybreak.demo.mailbox.Mailbox"
    rosa = add_person(person_id=uuid4(), name="Rosa", email="rosa@harborhealth.example", language="es", at=DAWN)
    with transaction.atomic():
        facts = {"day": "2026-03-02", "link": "/requests/1"}
        post(code="care-canceled", to=rosa, facts=facts, about=UUID(int=7), at=DAWN)

    class SendsTwice(Mail):
        def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
            super().send(notice=notice, to=to, words=words, language=language)
            return super().send(notice=notice, to=to, words=words, language=language)

    assert send_due(at=DAWN, holder="worker-1", doors={Channel.MAIL: SendsTwice}) == 1
    assert Letter.objects.count() == 1
    page = client.get("/demo/mail").content.decode()
    assert "Cancelado: lunes 2 de marzo" in page
    assert '<a href="http://localhost:8000/requests/1"' in page
