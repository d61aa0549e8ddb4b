"""A notice stands beside what it tells: posted once, kept or gone with the deed, tried again, given up aloud."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from daybreak.accounts.actions import add_person
from daybreak.accounts.codes.actions import ask_at
from daybreak.accounts.models import Person
from daybreak.audit.queries import events_of
from daybreak.notices.actions import LEASE, post, send_due
from daybreak.notices.models import Notice
from daybreak.notices.queries import told_about
from daybreak.notices.terms import Channel, Never, Outcome, TryAgain, Words
from daybreak.notices.transports import Memory

DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
BOOKING = UUID(int=7)
FACTS = {"day": "2026-03-02", "link": "/requests/1"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa() -> UUID:
    """Rosa reads Spanish here, and has mail and a phone."""
    return add_person(
        person_id=uuid4(), name="Rosa", email="rosa@harborhealth.example", phone="+17165550111", language="es", at=DAWN
    )


@pytest.fixture
def dana() -> UUID:
    """Dana has mail only."""
    return add_person(person_id=uuid4(), name="Dana", email="dana@harborhealth.example", at=DAWN)


def tell(person: UUID, *, about: UUID = BOOKING, key: str | None = None) -> int:
    with transaction.atomic():
        return post(code="care-canceled", to=person, facts=FACTS, about=about, at=DAWN, key=key)


def doors(mail: Memory, sms: Memory) -> dict[Channel, Callable[[], Memory]]:
    return {Channel.MAIL: lambda: mail, Channel.SMS: lambda: sms}


def test_a_person_is_told_by_every_way_they_can_be_reached_in_their_language(rosa: UUID) -> None:
    assert tell(rosa) == 2
    mail, sms = Memory(), Memory()
    assert send_due(at=DAWN, holder="worker-1", doors=doors(mail, sms)) == 2
    assert [(to, words.subject) for _, to, words in mail.sent] == [
        ("rosa@harborhealth.example", "Cancelado: lunes 2 de marzo")
    ]
    assert [to for _, to, _ in sms.sent] == ["+17165550111"]
    assert [told.sent_at is not None for told in told_about(BOOKING)] == [True, True]


def test_a_person_without_a_phone_gets_mail_only(dana: UUID) -> None:
    assert tell(dana) == 1
    assert [told.channel for told in told_about(BOOKING)] == [Channel.MAIL]


def test_a_person_who_cannot_be_reached_breaks_nothing_and_the_poster_learns_it() -> None:
    theo = add_person(person_id=uuid4(), name="Theo", at=DAWN)
    assert tell(theo) == 0
    assert tell(uuid4()) == 0
    assert Notice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_refused_and_writes_nothing() -> None:
    dana = add_person(person_id=uuid4(), name="Dana", email="dana@harborhealth.example", at=DAWN)
    with pytest.raises(RuntimeError, match="belongs in the transaction"):
        post(code="care-canceled", to=dana, facts=FACTS, about=BOOKING, at=DAWN)
    assert Notice.objects.count() == 0


def test_a_deed_that_is_rolled_back_leaves_no_notice(rosa: UUID) -> None:
    with transaction.atomic():
        assert post(code="care-canceled", to=rosa, facts=FACTS, about=BOOKING, at=DAWN) == 2
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0


def test_the_same_news_posted_twice_is_one_notice_for_each_way(rosa: UUID) -> None:
    tell(rosa)
    tell(rosa)
    assert Notice.objects.count() == 2


def test_the_same_news_about_another_booking_or_with_another_key_is_told_again(rosa: UUID) -> None:
    tell(rosa)
    tell(rosa, about=UUID(int=8))
    tell(rosa, key="the second time")
    assert Notice.objects.count() == 6


@pytest.mark.parametrize(
    ("code", "facts", "error"),
    [("care-canceled", {"day": "2026-03-02"}, KeyError), ("care-cancelled", FACTS, KeyError)],
    ids=["a fact is missing", "the code is unknown"],
)
def test_what_cannot_be_worded_is_never_posted(
    rosa: UUID, code: str, facts: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error), transaction.atomic():
        post(code=code, to=rosa, facts=facts, about=BOOKING, at=DAWN)
    assert Notice.objects.count() == 0


def test_what_did_not_get_through_is_tried_again_a_little_later(dana: UUID) -> None:
    tell(dana)
    mail = Memory(TryAgain("smtp-451"))
    assert send_due(at=DAWN, holder="worker-1", doors=doors(mail, Memory())) == 0
    assert send_due(at=DAWN + timedelta(seconds=4), holder="worker-1", doors=doors(mail, Memory())) == 0
    assert mail.sent == []
    assert send_due(at=DAWN + timedelta(seconds=10), holder="worker-1", doors=doors(mail, Memory())) == 1
    assert Notice.objects.get().attempts == 2


def test_one_message_that_must_wait_does_not_hold_up_the_next(dana: UUID, rosa: UUID) -> None:
    tell(dana)
    tell(rosa)
    mail, sms = Memory(TryAgain("smtp-451")), Memory()
    assert send_due(at=DAWN, holder="worker-1", doors=doors(mail, sms)) == 2


def test_messages_that_cannot_be_made_do_not_hold_up_those_behind_them(dana: UUID, rosa: UUID) -> None:
    for number in range(3):
        tell(dana, key=str(number))
    Person.objects.filter(pk=dana).update(email_sealed="v1:lost:AAAA")
    tell(rosa)
    mail = Memory()
    assert send_due(at=DAWN, holder="worker-1", doors=doors(mail, Memory())) == 2
    assert [to for _, to, _ in mail.sent] == ["rosa@harborhealth.example"]
    danas = Notice.objects.filter(person=dana)
    assert list(danas.values_list("sent_at", "given_up_at", "attempts", "lease_holder")) == [(None, None, 1, "")] * 3
    assert danas.filter(due_at__gt=DAWN).count() == 3


def test_an_address_that_would_forge_a_header_gets_no_mail_and_is_not_told_to_the_log(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = add_person(person_id=uuid4(), name="Rosa", email="rosa@example.org\nBcc: all@example.org", at=DAWN)
    tell(person)
    assert send_due(at=DAWN, holder="worker-1") == 0
    assert [told.given_up_at is not None for told in told_about(BOOKING)] == [True]
    assert "mail-no-such-address" in caplog.text
    assert "example.org" not in caplog.text


def test_a_shut_door_is_knocked_at_once_and_the_other_way_stays_open(dana: UUID, rosa: UUID) -> None:
    tell(dana)
    tell(rosa)
    shut: list[Outcome] = [TryAgain("smtp-unreachable", door_shut=True)] * 2
    mail, sms = Memory(*shut), Memory()
    assert send_due(at=DAWN, holder="worker-1", doors=doors(mail, sms)) == 1
    assert [to for _, to, _ in sms.sent] == ["+17165550111"]
    assert sorted(Notice.objects.filter(channel="mail").values_list("attempts", flat=True)) == [0, 1]


def test_a_number_that_does_not_exist_is_given_up_at_once_and_written_down(rosa: UUID) -> None:
    tell(rosa)
    sms = Memory(Never("sms-21211"))
    assert send_due(at=DAWN, holder="worker-1", doors=doors(Memory(), sms)) == 1
    notice = Notice.objects.get(channel="sms")
    assert (notice.sent_at, notice.due_at) == (None, None)
    assert notice.given_up_at is not None
    (event,) = events_of("notice", notice.id)
    assert (event.verb, event.because) == ("give-up", "sms-21211")
    assert event.facts == {"code": "care-canceled", "channel": "sms", "attempts": 1}
    assert send_due(at=DAWN + timedelta(days=2), holder="worker-1", doors=doors(Memory(), sms)) == 0


def test_after_a_day_of_trying_a_notice_is_given_up(dana: UUID) -> None:
    tell(dana)
    mail = Memory(*[TryAgain("smtp-451")] * 3)
    send_due(at=DAWN + timedelta(hours=23), holder="worker-1", doors=doors(mail, Memory()))
    assert Notice.objects.get().given_up_at is None
    send_due(at=DAWN + timedelta(hours=24), holder="worker-1", doors=doors(mail, Memory()))
    assert Notice.objects.get().given_up_at is not None


def test_a_notice_is_one_workers_until_its_lease_ends(dana: UUID) -> None:
    tell(dana)

    class PowerCut(BaseException):
        pass

    class DiesWhileSending(Memory):
        def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
            raise PowerCut

    with pytest.raises(PowerCut):
        send_due(at=DAWN, holder="worker-1", doors=doors(DiesWhileSending(), Memory()))
    mail = Memory()
    assert send_due(at=DAWN + LEASE / 2, holder="worker-2", doors=doors(mail, Memory())) == 0
    assert send_due(at=DAWN + LEASE * 2, holder="worker-2", doors=doors(mail, Memory())) == 1
    assert [notice for notice, _, _ in mail.sent] == [str(Notice.objects.get().id)]


def test_a_worker_that_was_slow_still_counts_the_message_as_told(dana: UUID) -> None:
    """Its lease ran out and another worker holds the notice; what the gateway took must not be sent a third time."""
    tell(dana)
    second = Memory(TryAgain("smtp-451"))

    class Slow(Memory):
        def send(self, *, notice: str, to: str, words: Words, language: str) -> Outcome:
            send_due(at=DAWN + LEASE * 2, holder="worker-2", doors=doors(second, Memory()))
            return super().send(notice=notice, to=to, words=words, language=language)

    assert send_due(at=DAWN, holder="worker-1", doors=doors(Slow(), Memory())) == 1
    notice = Notice.objects.get()
    assert notice.sent_at is not None
    assert (notice.due_at, notice.given_up_at) == (None, None)


def test_no_childs_name_and_no_token_stands_in_the_outbox(dana: UUID) -> None:
    facts = {"sign_in": "/sign-in/", "sign_in_code": str(ask_at(email="dana@harborhealth.example", at=DAWN))}
    with transaction.atomic():
        post(code="sign-in-link", to=dana, facts=facts, about=dana, at=DAWN)
    mail = Memory()
    send_due(at=DAWN, holder="worker-1", doors=doors(mail, Memory()))
    ((_, _, words),) = mail.sent
    token = words.text.split("/sign-in/")[1].split()[0]
    assert len(token) > 20
    assert Notice.objects.get().facts == facts
    (code,) = re.findall(r"\b[0-9]{6}\b", words.text.replace(token, ""))
    assert code not in str(Notice.objects.values())
