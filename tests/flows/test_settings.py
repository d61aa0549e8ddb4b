"""Every sentence with which Daybreak refuses to serve, and writers that take turns."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from pytest_django import Settings

from cast import DAWN
from daybreak.accounts.models import Person
from daybreak.cli.safety import problems, refuse_if_unsafe
from daybreak.config.settings import DEMO_SECRET_KEY, DEMO_VAULT_INDEX_KEY, DEMO_VAULT_KEYS
from daybreak.due.actions import claim_key
from daybreak.kernel.errors import BadInput

KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
HOWTO = "Make one as docs/howto/run-in-production.md says."
DEMOS = "is the demo's, which everybody knows. Make your own."


@pytest.fixture
def production(settings: Settings) -> Settings:
    settings.MODE = "production"
    settings.SECRET_KEY = "s" * 60
    settings.VAULT_KEYS = f"a:{KEY}"
    settings.VAULT_INDEX_KEY = KEY
    settings.ADDRESS = "https://care.example.org"
    settings.INTERVIEWS_ADDRESS = "https://interviews.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    return settings


def test_good_settings_have_no_problem(production: Settings) -> None:
    assert list(problems()) == []
    refuse_if_unsafe()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "not-set", f"DAYBREAK_SECRET_KEY is not set. {HOWTO}"),
        ("SECRET_KEY", DEMO_SECRET_KEY, f"DAYBREAK_SECRET_KEY {DEMOS}"),
        ("SECRET_KEY", "x" * 49, "DAYBREAK_SECRET_KEY has 49 characters. Use at least 50."),
        ("VAULT_KEYS", "", f"DAYBREAK_VAULT_KEYS is not set. {HOWTO}"),
        ("VAULT_KEYS", DEMO_VAULT_KEYS, f"DAYBREAK_VAULT_KEYS {DEMOS}"),
        ("VAULT_KEYS", f"a:{KEY},{DEMO_VAULT_KEYS}", f"DAYBREAK_VAULT_KEYS {DEMOS}"),
        ("VAULT_KEYS", DEMO_VAULT_KEYS.replace("demo:", "ours:"), f"DAYBREAK_VAULT_KEYS {DEMOS}"),
        ("VAULT_INDEX_KEY", "", f"DAYBREAK_VAULT_INDEX_KEY is not set. {HOWTO}"),
        ("VAULT_INDEX_KEY", DEMO_VAULT_INDEX_KEY, f"DAYBREAK_VAULT_INDEX_KEY {DEMOS}"),
        (
            "VAULT_KEYS",
            "a:???",
            "The vault cannot use its keys: The key a is not base64. "
            "Correct DAYBREAK_VAULT_KEYS or DAYBREAK_VAULT_INDEX_KEY.",
        ),
        (
            "ADDRESS",
            "http://care.example.org",
            "DAYBREAK_ADDRESS is not an https:// address. Set it to the one people use; links in messages need it.",
        ),
        (
            "CLOCK_AHEAD",
            60.0,
            "DAYBREAK_CLOCK_AHEAD is for the demo and tests. Take it away: production runs on the real clock.",
        ),
        (
            "TRAVEL",
            "google:https://maps.example.org",
            "DAYBREAK_TRAVEL names no service of travel times. "
            "Set it to one like osrm:http://localhost:5000, or take it away.",
        ),
        (
            "EMAIL_BACKEND",
            "daybreak.demo.mailbox.Mailbox",
            "DAYBREAK_MAIL_BACKEND is the demo's mailbox. Take it away: families get their mail by SMTP.",
        ),
    ],
)
def test_each_problem_has_its_sentence(production: Settings, name: str, value: object, sentence: str) -> None:
    setattr(production, name, value)
    assert list(problems()) == [sentence]
    with pytest.raises(BadInput) as refused:
        refuse_if_unsafe()
    assert str(refused.value) == f"Daybreak does not start like this. {sentence}"


def test_text_messages_do_not_travel_in_the_clear(production: Settings) -> None:
    production.SMS_ACCOUNT = "AC1"
    assert list(problems()) == []
    production.SMS_ADDRESS = "http://gateway.example.org"
    assert list(problems()) == [
        "DAYBREAK_SMS_ADDRESS is not an https:// address. Set it to one: phone numbers and your token go there."
    ]


def test_no_sentence_prints_a_key(production: Settings) -> None:
    production.SECRET_KEY, production.VAULT_KEYS = "short-secret", KEY
    said = " ".join(problems())
    assert "short-secret" not in said
    assert KEY not in said


def test_the_demo_and_tests_may_use_what_production_may_not(settings: Settings) -> None:
    for mode in ("demo", "test"):
        settings.MODE = mode
        assert list(problems()) == []


@pytest.mark.django_db(transaction=True)
def test_writers_of_many_threads_all_get_through_and_none_is_lost() -> None:
    """Read, then write, in one transaction: without turns SQLite answers that the database is locked."""
    person = uuid4()
    Person.objects.create(id=person, name_sealed="0")
    failed: list[BaseException] = []

    def add_ten() -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    row = Person.objects.select_for_update().get(pk=person)
                    with transaction.atomic():
                        row.name_sealed = str(int(row.name_sealed) + 1)
                        row.save(update_fields=["name_sealed"])
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add_ten) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failed == []
    assert Person.objects.get(pk=person).name_sealed == "80"


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_ends_in_the_middle_of_its_write_blocks_nobody() -> None:
    def leave_in_the_middle() -> None:
        whole = transaction.atomic()
        whole.__enter__()
        Person.objects.create(id=UUID(int=1))
        connection.close()

    thread = threading.Thread(target=leave_in_the_middle)
    thread.start()
    thread.join(timeout=30)
    with transaction.atomic():
        claim_key(scope=UUID(int=2), key="after", body={}, at=DAWN)
    assert Person.objects.count() == 0
