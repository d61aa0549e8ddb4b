"""Text messages through the product's own transport to the demo's phone company, over real HTTP."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from django.db import transaction
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from daybreak.accounts.actions import add_person
from daybreak.demo.models import PhoneMessage
from daybreak.demo.phone import ringing
from daybreak.notices.actions import LEASE, post, send_due
from daybreak.notices.models import Notice
from daybreak.notices.terms import Channel, Outcome, Words
from daybreak.notices.transports import Sms

DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
FACTS = {"day": "2026-03-02", "link": "/requests/1"}
NUMBER = "+17165550111"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gateway(live_server: LiveServer, settings: Settings) -> str:
    """The phone company's address, with the settings pointing at it."""
    settings.SMS_ADDRESS = f"{live_server.url}/demo/phone"
    settings.SMS_ACCOUNT, settings.SMS_TOKEN, settings.SMS_FROM = "AC-demo", "a-token", "+17165550100"
    return f"{live_server.url}/demo/phone/2010-04-01/Accounts/AC-demo/Messages.json"


def tell_rosa(*, phone: str = NUMBER, language: str = "en") -> UUID:
    rosa = add_person(person_id=uuid4(), name="Rosa", phone=phone, language=language, at=DAWN)
    with transaction.atomic():
        post(code="care-canceled", to=rosa, facts=FACTS, about=UUID(int=7), at=DAWN)
    return rosa


def test_a_text_message_rings_on_the_phone_it_is_for(gateway: str) -> None:
    tell_rosa(language="es")
    assert send_due(at=DAWN, holder="worker-1") == 1
    (phone,) = ringing()
    assert (phone.number, phone.name) == (NUMBER, "Rosa")
    assert [message.text for message in phone.messages] == [
        "Su solicitud de cuidado para el lunes 2 de marzo está cancelada. "
        "Quien le esperaba ya lo sabe. http://localhost:8000/requests/1"
    ]
    assert Notice.objects.get().provider_message_id == f"SM{PhoneMessage.objects.get().id.hex}"


def test_a_worker_that_dies_after_sending_does_not_make_the_phone_ring_twice(gateway: str) -> None:
    class PowerCut(BaseException):
        pass

    class DiesAfterSending(Sms):
        def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
            super().send(notice=notice, to=to, words=words, language=language)
            raise PowerCut

    tell_rosa()
    with pytest.raises(PowerCut):
        send_due(at=DAWN, holder="worker-1", doors={Channel.SMS: DiesAfterSending})
    assert send_due(at=DAWN + LEASE / 2, holder="worker-2") == 0
    assert send_due(at=DAWN + LEASE * 2, holder="worker-2") == 1
    message = PhoneMessage.objects.get()
    notice = Notice.objects.get()
    assert message.key == str(notice.id)
    assert notice.provider_message_id == f"SM{message.id.hex}"
    assert notice.attempts == 2


def test_a_number_that_is_none_is_given_up(gateway: str) -> None:
    tell_rosa(phone="716 555")
    assert send_due(at=DAWN, holder="worker-1") == 0
    assert Notice.objects.get().given_up_at is not None
    assert PhoneMessage.objects.count() == 0


def test_messages_wait_while_the_token_is_wrong(gateway: str, settings: Settings) -> None:
    class WithOldToken(Sms):
        def __init__(self) -> None:
            super().__init__()
            self._client.auth = httpx.BasicAuth("AC-demo", "last year's token")

    tell_rosa()
    assert send_due(at=DAWN, holder="worker-1", doors={Channel.SMS: WithOldToken}) == 0
    assert send_due(at=DAWN + timedelta(minutes=1), holder="worker-1") == 1
    assert PhoneMessage.objects.count() == 1


def test_messages_wait_while_text_messages_are_not_set_up(gateway: str, settings: Settings) -> None:
    tell_rosa()
    settings.SMS_ACCOUNT = ""
    assert send_due(at=DAWN, holder="worker-1") == 0
    settings.SMS_ACCOUNT = "AC-demo"
    assert send_due(at=DAWN + timedelta(minutes=1), holder="worker-1") == 1


def test_messages_wait_while_the_gateway_cannot_be_reached(gateway: str, settings: Settings) -> None:
    tell_rosa()
    reachable, settings.SMS_ADDRESS = settings.SMS_ADDRESS, "http://127.0.0.1:9"
    assert send_due(at=DAWN, holder="worker-1") == 0
    settings.SMS_ADDRESS = reachable
    assert send_due(at=DAWN + timedelta(minutes=1), holder="worker-1") == 1


def authorized(pair: str = "AC-demo:a-token") -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


MESSAGE = {"To": NUMBER, "From": "+17165550100", "Body": "Good morning"}


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"To": "716-555-0111"}, 400, 21211),
        ({"To": ""}, 400, 21211),
        ({"From": ""}, 400, 21603),
        ({"Body": " "}, 400, 21602),
    ],
    ids=["a number in another spelling", "no number", "no sender", "nothing said"],
)
def test_the_phone_company_refuses_as_twilio_does(
    gateway: str, changed: dict[str, str], status: int, code: int
) -> None:
    answer = httpx.post(gateway, data={**MESSAGE, **changed}, headers=authorized())
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert PhoneMessage.objects.count() == 0


@pytest.mark.parametrize(
    "headers",
    [{}, authorized("AC-demo:guess"), authorized("AC-other:a-token"), {"Authorization": "Basic ***"}],
    ids=["nobody", "a wrong token", "another account", "not base64"],
)
def test_the_phone_company_takes_nothing_from_strangers(gateway: str, headers: dict[str, str]) -> None:
    answer = httpx.post(gateway, data=MESSAGE, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert PhoneMessage.objects.count() == 0


def test_the_phone_company_without_an_account_takes_nothing_at_all(gateway: str, settings: Settings) -> None:
    settings.SMS_ACCOUNT = settings.SMS_TOKEN = ""
    answer = httpx.post(gateway.replace("AC-demo", "-"), data=MESSAGE, headers=authorized(":"))
    assert answer.status_code == 401
