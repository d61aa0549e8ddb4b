"""An operator changes the sealing key: everything is sealed anew, everything still opens, nothing else changes."""

import json
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from cast import ADA, DAWN, ROSA, Opened, household_of
from daybreak.accounts.actions import add_person
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of, person_at
from daybreak.audit.models import AuditEvent
from daybreak.cli.main import main
from daybreak.people.models import Child
from daybreak.people.queries import children_of
from daybreak.vault.queries import SealedColumn, sealed_by_other_keys, sealed_columns
from daybreak.vault.seals import key_of

pytestmark = pytest.mark.django_db

FRESH = "fresh:" + "A" * 43 + "="


def rotate(*options: str) -> Result:
    return CliRunner().invoke(main, ["rotate-keys", *options])


def keys_in_use() -> set[str]:
    """The key of every sealed value of every table."""
    found = set()
    for column in sealed_columns():
        values = column.model._default_manager.exclude(**{column.field: ""}).values_list(column.field, flat=True)
        found |= {key_of(value) for value in values}
    return found


def test_every_value_of_every_table_gets_the_new_key_and_says_what_it_said(opened: Opened, settings: Settings) -> None:
    before, family = account_of(ROSA), children_of(household_of("rosa"))
    settings.VAULT_KEYS = f"{FRESH},{settings.VAULT_KEYS}"
    assert keys_in_use() == {"demo"}
    result = rotate("--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["key"], said["broken"], sealed_by_other_keys()) == ("fresh", [], 0)
    assert sum(said["sealed_anew"].values()) == AuditEvent.objects.get(verb="rotate").facts["values"] > 0
    settings.VAULT_KEYS = FRESH
    assert keys_in_use() == {"fresh"}
    assert account_of(ROSA) == before
    assert children_of(household_of("rosa")) == family
    assert person_at(email="rosa@example.org") == ROSA


def test_a_second_run_finds_nothing_to_do_and_writes_nothing(opened: Opened, settings: Settings) -> None:
    settings.VAULT_KEYS = f"{FRESH},{settings.VAULT_KEYS}"
    rotate()
    sealed = list(Person.objects.order_by("pk").values_list("name_sealed", flat=True))
    result = rotate()
    assert result.stdout == "0 values sealed anew with the key fresh.\n"
    assert list(Person.objects.order_by("pk").values_list("name_sealed", flat=True)) == sealed
    assert AuditEvent.objects.filter(verb="rotate").count() == 1


def test_key_names_that_differ_only_in_their_capitals_are_two_keys(opened: Opened, settings: Settings) -> None:
    settings.VAULT_KEYS = f"DEMO:{'A' * 43}=,{settings.VAULT_KEYS}"
    assert rotate().exit_code == 0
    assert keys_in_use() == {"DEMO"}


def test_a_value_that_does_not_open_is_named_and_left_and_the_rest_is_done(opened: Opened, settings: Settings) -> None:
    stolen = Child.objects.exclude(pk=ADA).first().care_notes_sealed or Child.objects.get(pk=ADA).name_sealed
    Child.objects.filter(pk=ADA).update(care_notes_sealed=stolen)
    settings.VAULT_KEYS = f"{FRESH},{settings.VAULT_KEYS}"
    result = rotate()
    assert result.exit_code == 10
    assert f"1 values do not open with any key given: child.care_notes of row {ADA}." in result.stderr
    assert Child.objects.get(pk=ADA).care_notes_sealed == stolen
    assert sealed_by_other_keys() == 1
    assert account_of(ROSA).name == "Rosa Delgado"


def test_more_rows_than_one_batch_are_all_reached(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("daybreak.vault.actions.BATCH", 3)
    people = [add_person(person_id=uuid4(), name=f"Person {number}", at=DAWN) for number in range(10)]
    settings.VAULT_KEYS = f"{FRESH},{settings.VAULT_KEYS}"
    assert "       10  person.name" in rotate().stdout
    assert [account_of(person).name for person in people] == [f"Person {number}" for number in range(10)]


def test_a_process_that_still_seals_with_the_old_key_is_said_to_be_restarted(
    opened: Opened, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process writes a value with the old key each time a round of the rotation has ended."""
    old, both = settings.VAULT_KEYS, f"{FRESH},{settings.VAULT_KEYS}"

    def somebody_writes() -> int:
        settings.VAULT_KEYS = old
        add_person(person_id=uuid4(), name="Theo", at=DAWN)
        settings.VAULT_KEYS = both
        return sealed_by_other_keys()

    settings.VAULT_KEYS = both
    monkeypatch.setattr("daybreak.cli.rotate_keys.sealed_by_other_keys", somebody_writes)
    result = rotate()
    assert result.exit_code == 10
    assert "were sealed with an older key while this ran" in result.stderr
    assert "Nothing is lost." in result.stderr


def test_a_column_is_bound_to_its_table_its_name_and_its_row() -> None:
    columns = {str(column): column for column in sealed_columns()}
    assert {"person.name", "person.email", "person.phone", "child.name", "child.birth_date", "staffer.name"} <= set(
        columns
    )
    assert columns["child.birth_date"].where(ADA).to_bytes().split(b"\x1f") == [
        b"child",
        b"birth_date",
        str(ADA).encode(),
        b"",
    ]
    assert columns["child.name"] == SealedColumn(Child, "name_sealed")
