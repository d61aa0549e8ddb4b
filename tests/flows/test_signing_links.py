"""A link signs one person in, once, for a quarter of an hour; and nobody may try for ever."""

import base64
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connections, transaction

from cast import DAWN, clock
from daybreak.accounts import actions
from daybreak.accounts.actions import (
    add_person,
    give_role,
    may_knock,
    person_of_token,
    set_language,
    sign_in,
    sign_in_token,
)
from daybreak.accounts.models import Pace, Person, Role
from daybreak.accounts.pace import Limit
from daybreak.accounts.queries import account_of, accounts_of, people_with, person_at, user_of
from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import events_of

pytestmark = pytest.mark.django_db

QUARTER = 15 * 60


@pytest.fixture
def rosa(db: None) -> UUID:
    return add_person(
        person_id=uuid4(), name="Rosa Delgado", email="Rosa@Example.org", phone="+17165550101", language="es", at=DAWN
    )


def test_a_person_comes_back_as_written(rosa: UUID) -> None:
    account = account_of(rosa)
    assert account is not None
    written = (account.name, account.email, account.phone, account.language, account.roles)
    assert written == ("Rosa Delgado", "Rosa@Example.org", "+17165550101", "es", ())
    assert [event.verb for event in events_of("person", rosa)] == ["add"]


@pytest.mark.parametrize("email", ["rosa@example.org", "ROSA@EXAMPLE.ORG", " Rosa@example.org "])
def test_a_person_is_found_by_mail_in_any_case(rosa: UUID, email: str) -> None:
    assert person_at(email=email) == rosa


def test_a_person_is_found_by_phone_and_never_by_the_wrong_kind_of_address(rosa: UUID) -> None:
    assert person_at(phone="+17165550101") == rosa
    assert person_at(email="+17165550101") is None
    assert person_at(phone="rosa@example.org") is None
    assert (person_at(), person_at(email=" "), person_at(email="theo@example.org")) == (None, None, None)


def test_an_address_belongs_to_one_person(rosa: UUID) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        add_person(person_id=uuid4(), name="Another Rosa", email="rosa@example.ORG", at=DAWN)
    assert Person.objects.count() == 1


def test_the_database_knows_two_languages_only(rosa: UUID) -> None:
    with pytest.raises(IntegrityError, match="a_person_reads_english_or_spanish"), transaction.atomic():
        Person.objects.update(language="fr")


def test_a_role_given_twice_is_held_once_and_recorded_once(rosa: UUID) -> None:
    household = uuid4()
    for _ in range(2):
        give_role(person_id=rosa, kind=RoleKind.PARENT, scope=household, at=DAWN)
    assert Role.objects.count() == 1
    assert [event.verb for event in events_of("person", rosa)].count("give-role") == 1
    assert [account.person_id for account in people_with(RoleKind.PARENT, household)] == [rosa]
    assert people_with(RoleKind.PROVIDER, household) == people_with(RoleKind.PARENT, uuid4()) == []


def test_a_language_is_kept_and_recorded_when_it_changes(rosa: UUID) -> None:
    for language in ("es", "en", "en"):
        set_language(person_id=rosa, language=language, at=DAWN)
    account = account_of(rosa)
    assert account is not None
    assert account.language == "en"
    assert [event.facts for event in events_of("person", rosa) if event.verb == "set-language"] == [{"language": "en"}]


def test_a_link_signs_in_once(rosa: UUID) -> None:
    token = sign_in_token(rosa)
    person = person_of_token(token)
    assert person is not None
    assert person.pk == rosa
    assert sign_in(person, at=DAWN) is True
    assert person_of_token(token) is None
    assert sign_in(person, at=clock(6)) is False
    assert Person.objects.get().last_login == DAWN
    assert [event.verb for event in events_of("person", rosa)].count("sign-in") == 1


def test_looking_at_a_link_does_not_use_it_up(rosa: UUID) -> None:
    token = sign_in_token(rosa)
    assert [person_of_token(token) == user_of(rosa) for _ in range(3)] == [True, True, True]
    assert Person.objects.get().last_login is None


def test_using_one_link_ends_every_other_link_of_that_person(rosa: UUID) -> None:
    older, newer = sign_in_token(rosa), sign_in_token(rosa)
    person = person_of_token(newer)
    assert person is not None
    sign_in(person, at=DAWN)
    assert person_of_token(older) is None


@pytest.mark.parametrize(("age", "opens"), [(0, True), (QUARTER - 1, True), (QUARTER, False), (86400, False)])
def test_a_link_lasts_a_quarter_of_an_hour(rosa: UUID, age: int, opens: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    made_at = 1_772_000_000.0
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: made_at)
    token = sign_in_token(rosa)
    monkeypatch.setattr("sesame.tokens_v2.time.time", lambda: made_at + age)
    assert (person_of_token(token) is not None) is opens


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "token", "A" * 40, "A" * 5000, "á" * 40, "../../etc", "null\x00", "%00", "=" * 30, "' OR 1=1 --"],
)
def test_any_other_text_is_nobodys_link(rosa: UUID, text: str) -> None:
    assert person_of_token(text) is None


def test_a_link_changed_in_any_letter_opens_nothing(rosa: UUID) -> None:
    token = sign_in_token(rosa)
    # The last letter of unpadded base64 can hold bits that decode to nothing; the one before it cannot.
    for place in range(len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        assert person_of_token(token[:place] + other + token[place + 1 :]) is None
    assert person_of_token(token[:-4]) is None


def test_a_link_cannot_be_turned_into_another_persons(rosa: UUID) -> None:
    theo = add_person(person_id=uuid4(), name="Theo", at=DAWN)
    raw = base64.urlsafe_b64decode(sign_in_token(rosa) + "==")
    assert rosa.bytes in raw
    forged = base64.urlsafe_b64encode(raw.replace(rosa.bytes, theo.bytes)).decode().rstrip("=")
    assert person_of_token(forged) is None


def test_who_was_deactivated_has_no_link_no_page_and_no_address(rosa: UUID) -> None:
    token, row = sign_in_token(rosa), user_of(rosa)
    assert row is not None
    Person.objects.update(is_active=False)
    assert person_of_token(token) is None
    assert sign_in(row, at=DAWN) is False
    assert (account_of(rosa), user_of(rosa), person_at(email="rosa@example.org")) == (None, None, None)
    assert accounts_of([rosa]) == []


def at_once(knocks: int, bucket: str, limit: Limit) -> list[bool]:
    together, answers = threading.Barrier(knocks), []

    def knock() -> None:
        try:
            together.wait(timeout=20)
            answers.append(may_knock(bucket, limit, at=DAWN))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=knock) for _ in range(knocks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def test_a_burst_passes_then_time_must_pass(rosa: UUID) -> None:
    limit = Limit(burst=2, per_hour=60)
    moments = [
        DAWN,
        DAWN,
        DAWN,
        DAWN + timedelta(seconds=59),
        DAWN + timedelta(seconds=60),
        DAWN + timedelta(seconds=61),
    ]
    assert [may_knock("a", limit, at=at) for at in moments] == [True, True, False, False, True, False]
    assert may_knock("b", limit, at=DAWN) is True


def test_a_web_process_whose_clock_is_behind_gives_nobody_extra_tries(rosa: UUID) -> None:
    limit, minute = Limit(burst=1, per_hour=60), timedelta(minutes=1)
    assert may_knock("a", limit, at=DAWN + minute) is True
    assert may_knock("a", limit, at=DAWN) is False
    assert may_knock("a", limit, at=DAWN + minute) is False
    assert Pace.objects.get().at == DAWN + minute


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("burst", [1, 3])
def test_of_many_knocks_at_one_moment_only_the_burst_passes(burst: int) -> None:
    answers = at_once(6, "a", Limit(burst=burst, per_hour=1))
    assert sorted(answers) == [False] * (6 - burst) + [True] * burst


@pytest.mark.django_db(transaction=True)
def test_the_last_try_goes_to_one_of_two_at_one_moment() -> None:
    limit = Limit(burst=3, per_hour=1)
    assert [may_knock("a", limit, at=DAWN) for _ in range(2)] == [True, True]
    assert sorted(at_once(2, "a", limit)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_link_followed_twice_at_one_moment_signs_in_once() -> None:
    rosa = add_person(person_id=uuid4(), name="Rosa", at=DAWN)
    token, together, answers = sign_in_token(rosa), threading.Barrier(4), []

    def follow() -> None:
        try:
            person = actions.person_of_token(token)
            together.wait(timeout=20)
            assert person is not None
            answers.append(sign_in(person, at=DAWN))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=follow) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(answers) == [False, False, False, True]
