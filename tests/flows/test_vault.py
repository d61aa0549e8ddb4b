"""What a thief of the database file reads: no name, no birth date, no note, no address."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from cast import DAWN
from daybreak.accounts.actions import add_person
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of, person_at
from daybreak.people.actions import add_child, add_household
from daybreak.people.models import Child
from daybreak.people.queries import children_of
from daybreak.placement.terms import Point
from daybreak.vault.seals import CannotOpen, key_of

SECRETS = ("Rosamunde Quillfeather", "rosamunde@example.org", "+17165559999", "Adalbertine", "2025-01-17", "Peanut pen")


def write_family() -> tuple[object, object]:
    person, household, child = uuid4(), uuid4(), uuid4()
    name, email, phone, child_name, born, notes = SECRETS
    add_person(person_id=person, name=name, email=email, phone=phone, at=DAWN)
    home = Point(42.8480, -78.8130)
    add_household(household_id=household, home=home, usual_starts=time(7), usual_ends=time(15), at=DAWN)
    birth = date.fromisoformat(born)
    add_child(child_id=child, household_id=household, name=child_name, birth_date=birth, care_notes=notes, at=DAWN)
    return person, household


def stored() -> Iterator[bytes]:
    """Everything the database holds: SQLite's file and its log, or every row of every table as text."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        for part in (file, file.with_name(file.name + "-wal")):
            if part.exists():
                yield part.read_bytes()
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from (row[0].encode() for row in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_no_private_word_stands_in_the_database() -> None:
    person, household = write_family()
    content = b"\n".join(stored())
    assert str(person).encode().replace(b"-", b"") in content.replace(b"-", b"")
    found = [
        secret for secret in SECRETS for form in (secret, secret.lower(), secret.upper()) if form.encode() in content
    ]
    assert found == []
    account = account_of(person)
    assert account is not None
    assert (account.name, account.email, account.phone) == SECRETS[:3]
    [child] = children_of(household)
    assert (child.name, child.birth_date.isoformat(), child.care_notes) == SECRETS[3:]


@pytest.mark.django_db
def test_a_note_copied_to_another_child_does_not_open() -> None:
    _, household = write_family()
    _, other = write_sibling(household)
    Child.objects.filter(pk=other).update(care_notes_sealed=Child.objects.exclude(pk=other).get().care_notes_sealed)
    with pytest.raises(CannotOpen):
        children_of(household)


def write_sibling(household: object) -> tuple[object, object]:
    child = uuid4()
    add_child(child_id=child, household_id=household, name="Ben", birth_date=date(2022, 1, 1), care_notes="-", at=DAWN)
    return household, child


@pytest.mark.django_db
def test_after_a_new_key_is_put_first_old_rows_open_and_new_rows_use_it(settings: Settings) -> None:
    person, _ = write_family()
    settings.VAULT_KEYS = "fresh:" + "A" * 43 + "=," + settings.VAULT_KEYS
    account = account_of(person)
    assert account is not None
    assert account.name == SECRETS[0]
    assert person_at(email=SECRETS[1]) == person
    newcomer = add_person(person_id=uuid4(), name="Theo", at=DAWN)
    assert key_of(Person.objects.get(pk=person).name_sealed) == "demo"
    assert key_of(Person.objects.get(pk=newcomer).name_sealed) == "fresh"


@pytest.mark.django_db
def test_the_same_name_is_sealed_differently_each_time() -> None:
    first, second = (add_person(person_id=uuid4(), name="Theo", at=DAWN) for _ in range(2))
    sealed = {Person.objects.get(pk=pk).name_sealed for pk in (first, second)}
    assert len(sealed) == 2


@pytest.mark.django_db
def test_an_empty_note_stays_empty_and_a_person_without_address_has_no_index() -> None:
    people = [Person.objects.get(pk=add_person(person_id=uuid4(), name="Theo", at=DAWN)) for _ in range(2)]
    assert [(one.email_sealed, one.email_index, one.phone_index) for one in people] == [("", None, None)] * 2
