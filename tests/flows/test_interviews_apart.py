"""The employer's side cannot open an interview: not by its settings, its code, its pages or its rights.

What each party can see is the table that the promise to respondents is written from; here every line of it is tried.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings

from cast import DAWN
from daybreak.accounts.terms import RoleKind
from daybreak.config import interview_settings
from daybreak.interviews.actions import add_trustee
from daybreak.interviews.models import INTERVIEWS, Answer, Spent, Text, Waiting
from daybreak.interviews.queries import answers_to, leaks
from daybreak.people.actions import add_employer
from daybreak.tickets.actions import report_answers
from daybreak.tickets.models import Invited, Wave
from daybreak.web.interviews.access import SEES, Party, Thing
from interviewed import CLOSES, admitted, answer, invited, new_wave, said, ticket_of, written_words
from web_visits import at_dawn, newcomer, seen, visitor

ROOT = Path(__file__).resolve().parents[2]
OF_INTERVIEWS = ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "SESSION_ENGINE", "MESSAGE_STORAGE")
EMPLOYER = {"DAYBREAK_MODE": "test", "DJANGO_SETTINGS_MODULE": "daybreak.config.settings"}
INTERVIEW = {"DAYBREAK_MODE": "test", "DJANGO_SETTINGS_MODULE": "daybreak.config.interview_settings"}
SERVED = {
    "DAYBREAK_MODE": "production",
    "DAYBREAK_SECRET_KEY": "k" * 60,
    "DAYBREAK_VAULT_KEYS": "a:" + "A" * 43 + "=",
    "DAYBREAK_VAULT_INDEX_KEY": "B" * 43 + "=",
    "DAYBREAK_ADDRESS": "https://care.example.org",
}
KEPT = {
    "DAYBREAK_MODE": "production",
    "DAYBREAK_INTERVIEWS_SECRET_KEY": "s" * 60,
    "DAYBREAK_INTERVIEWS_VAULT_KEYS": "a:" + "C" * 43 + "=",
    "DAYBREAK_INTERVIEWS_ADDRESS": "https://interviews.example.org",
    "DAYBREAK_ADDRESS": "https://care.example.org",
}


def run(code: str, environment: dict[str, str], folder: Path) -> str:
    """What a process with this environment says and nothing of this test's own."""
    clean = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env={**clean, "DAYBREAK_DATA": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


SETUP = "import django; django.setup()\n"


def test_the_employer_s_process_has_no_database_of_that_name_and_no_such_tables(tmp_path: Path) -> None:
    named = run(SETUP + "from django.db import connections; print(list(connections))", EMPLOYER, tmp_path)
    assert named == "['default']"
    opened = run(
        SETUP + "from daybreak.interviews.models import Answer; print(Answer.objects.count())", EMPLOYER, tmp_path
    )
    assert "RuntimeError" in opened
    assert "isn't in an application in INSTALLED_APPS" in opened


def test_the_employer_s_keys_open_nothing_of_the_interviews(tmp_path: Path) -> None:
    sealing = (
        "from uuid import UUID\nfrom daybreak.vault.actions import seal\nfrom daybreak.vault.queries import binding\n"
        "print(seal('said', binding('answer', 'said', UUID(int=1))))"
    )
    sealed = run(SETUP + sealing, INTERVIEW, tmp_path)
    assert sealed.startswith("v1:")
    opening = (
        "from uuid import UUID\nfrom daybreak.vault.queries import binding, reveal\n"
        f"print(reveal({sealed!r}, binding('answer', 'said', UUID(int=1))))"
    )
    assert run(SETUP + opening, INTERVIEW, tmp_path) == "said"
    assert "CannotOpen" in run(SETUP + opening, EMPLOYER, tmp_path)


def test_the_interviews_process_has_no_other_database_and_knows_nobody(tmp_path: Path) -> None:
    asked = run(SETUP + "from django.db import connection; connection.ensure_connection()", INTERVIEW, tmp_path)
    assert "ImproperlyConfigured" in asked
    assert "RuntimeError" in run(SETUP + "import daybreak.accounts.models", INTERVIEW, tmp_path)


PROBLEMS = SETUP + "from daybreak.cli.safety import problems\nprint('\\n'.join(problems()) or 'none')"


@pytest.mark.parametrize(
    ("own", "settings", "foreign", "says"),
    [
        (SERVED, "settings", "DAYBREAK_INTERVIEWS_DATABASE_URL", "is the interviews', and this process serves"),
        (SERVED, "settings", "DAYBREAK_INTERVIEWS_VAULT_KEYS", "is the interviews', and this process serves"),
        (KEPT, "interview_settings", "DATABASE_URL", "is the employer's, and this process keeps the interviews"),
        (KEPT, "interview_settings", "DAYBREAK_VAULT_KEYS", "is the employer's, and this process keeps the interviews"),
    ],
)
def test_neither_starts_with_a_secret_of_the_other(
    own: dict[str, str], settings: str, foreign: str, says: str, tmp_path: Path
) -> None:
    named = {"DJANGO_SETTINGS_MODULE": f"daybreak.config.{settings}"}
    assert run(PROBLEMS, {**own, **named}, tmp_path) == "none"
    value = "postgres://someone@host/name" if foreign.endswith("URL") else SERVED["DAYBREAK_VAULT_KEYS"]
    assert says in run(PROBLEMS, {**own, **named, foreign: value}, tmp_path)


def test_the_interviews_do_not_start_with_the_keys_everybody_knows(tmp_path: Path) -> None:
    named = {"DJANGO_SETTINGS_MODULE": "daybreak.config.interview_settings", "DAYBREAK_MODE": "production"}
    said_so = run(PROBLEMS, named, tmp_path)
    for variable in ("DAYBREAK_INTERVIEWS_SECRET_KEY", "DAYBREAK_INTERVIEWS_VAULT_KEYS", "DAYBREAK_INTERVIEWS_ADDRESS"):
        assert variable in said_so


@pytest.fixture
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


SPOKEN = "said-nobody-knows-by-whom"


def a_finished_wave() -> tuple[str, dict[str, str]]:
    """Twenty people of Harbor Health answered, and the wave is over; returns it and everybody's ticket by person."""
    employer = newcomer()
    add_employer(employer_id=employer, name="Harbor Health", at=DAWN)
    wave = new_wave(employer=employer)
    tickets = {}
    for number in range(20):
        person = invited(wave)
        tickets[str(person)] = ticket_of(wave, person)
        answer(admitted(tickets[str(person)]), said(number, text=f"{SPOKEN} {number}"))
    report_answers(wave=wave, answered=20, day=CLOSES, at=DAWN)
    return wave, tickets


def pages_of(client: Client, paths: list[str]) -> str:
    return " ".join(client.get(path).content.decode() for path in paths)


def columns(*tables: type) -> str:
    """Every row of a database's tables, in words."""
    return " ".join(str(row) for table in tables for row in table.objects.values())  # type: ignore[attr-defined]


@pytest.mark.django_db(databases=["default", "interviews"])
def test_each_party_sees_what_the_promise_says_and_nothing_more(dawn: None, settings: object) -> None:
    wave, tickets = a_finished_wave()
    Wave.objects.update(closes_on=DAWN.date())
    employer = Wave.objects.get(name=wave).employer_id
    desk, store = columns(Invited, Wave), columns(Answer, Text, Spent, Waiting)
    person, ticket = next(iter(tickets.items()))
    readable = " ".join([*written_words().values(), *(str(one.closed) for one in answers_to("pulse-1"))])

    def looks(paths: list[str], kind: RoleKind | None) -> str:
        scope = employer if kind is RoleKind.HR_READER else None
        return pages_of(visitor(newcomer(kind, scope)), paths)

    employers_pages = ["/", "/interviews", "/interviews/responses", f"/interviews/{wave}?blinded=x"]
    hr = looks(employers_pages, RoleKind.HR_READER)
    anybody = looks(employers_pages, None)
    found = {
        Party.MANAGER: seen_in(anybody, person, ticket),
        Party.HR: seen_in(hr, person, ticket),
        Party.CARE_OPERATOR: seen_in(desk, person, ticket) | {Thing.RATE},
        Party.INTERVIEW_OPERATOR: seen_in(store + readable, person, ticket) | {Thing.RATE},
        Party.BOTH_OPERATORS: seen_in(desk + store + readable, person, ticket) | {Thing.RATE},
        Party.TRUSTEE: seen_in(trustee_s_pages(), person, ticket),
    }
    assert {party: set(things) for party, things in SEES.items()} == found


def trustee_s_pages() -> str:
    """Every page of a trustee's, with every text."""
    own = {name: getattr(interview_settings, name) for name in OF_INTERVIEWS}
    with override_settings(**own):
        client = Client()
        client.post("/en/trustee/sign-in", {"key": add_trustee("Ines")})
        texts = [f"/en/trustee/texts/{ref}" for ref in Text.objects.values_list("id", flat=True)]
        return pages_of(client, ["/en/trustee", "/en/trustee/texts", *texts])


def seen_in(text: str, person: str, ticket: str) -> set[Thing]:
    """Which things stand in what somebody can read of one person."""
    found = set()
    if person.replace("-", "") in text.replace("-", ""):
        found.add(Thing.INVITED)
    if person in text and re.search(r"'stamped_digest': '[0-9a-f]{64}'", text):
        found.add(Thing.HAS_TICKET)
    if "100 percent of those who took a ticket answered" in text or "2026-Q1: 20 answers" in text:
        found.add(Thing.RATE)
    if "disruptions/1" in text:
        found.add(Thing.ANSWERS)
    if SPOKEN in text:
        found.add(Thing.TEXTS)
    if ticket in text or ticket.split(".")[1] in text:
        found.add(Thing.WHOSE)
    return found


@pytest.mark.django_db(databases=["default", "interviews"])
@pytest.mark.usefixtures("interviews_web")
def test_the_promise_shows_the_table_that_was_tried(dawn: None) -> None:
    page = seen(Client().get("/en/promise")).said
    assert re.search(r"HR no no yes no no no", page)
    assert re.search(r"The trustee, who is outside your line of managers no no yes no yes no", page)
    whose = [line for party, line in SEES.items() if Thing.WHOSE in line]
    assert whose == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, databases=["default", "interviews"])
def test_the_employer_s_role_may_not_connect_where_the_page_was_followed() -> None:
    page = (ROOT / "docs" / "howto" / "run-the-interviews.md").read_text()
    (block,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    commands = [line for line in block.splitlines() if line]
    where = connections[INTERVIEWS].get_connection_params()
    admin = {name: where[name] for name in ("host", "port", "user", "password") if where.get(name)}
    with psycopg.connect(**admin, dbname="postgres", autocommit=True) as connection:
        for command in ["CREATE ROLE daybreak_care LOGIN", *commands]:
            connection.execute(command)
        try:
            theirs = {**admin, "dbname": "interviews"}
            psycopg.connect(**{**theirs, "user": "daybreak_interviews"}).close()
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(**{**theirs, "user": "daybreak_care"})
        finally:
            for command in (
                "DROP DATABASE IF EXISTS interviews",
                "DROP ROLE IF EXISTS daybreak_interviews",
                "DROP ROLE IF EXISTS daybreak_care",
            ):
                connection.execute(command)


@pytest.mark.django_db(databases=["default", "interviews"])
def test_what_a_database_would_log_or_archive_is_found() -> None:
    assert leaks() == []
    connection = connections[INTERVIEWS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET log_min_duration_statement = 100")
            assert [line.split()[0] for line in leaks()] == ["log_min_duration_statement"]
            cursor.execute("RESET log_min_duration_statement")
        else:
            cursor.execute("PRAGMA secure_delete=OFF")
            assert [line.split()[0] for line in leaks()] == ["secure_delete"]
            cursor.execute("PRAGMA secure_delete=ON")


@pytest.mark.django_db(transaction=True, databases=["default", "interviews"])
def test_a_copy_comes_back_whole_and_without_what_waits(tmp_path: Path) -> None:
    a_finished_wave()
    answer(admitted(ticket_of(Wave.objects.get().name, invited(Wave.objects.get().name))), said(99))
    file = tmp_path / "copy.json"
    call_command(
        "dumpdata", INTERVIEWS, database=INTERVIEWS, exclude=["interviews.Waiting"], output=str(file), verbosity=0
    )
    before = sorted(written_words().values())
    for table in (Answer, Text, Spent, Waiting):
        table.objects.all().delete()  # type: ignore[attr-defined]
    call_command("loaddata", str(file), database=INTERVIEWS, verbosity=0)
    assert sorted(written_words().values()) == before
    assert (Answer.objects.count(), Spent.objects.count(), Waiting.objects.count()) == (20, 20, 0)
