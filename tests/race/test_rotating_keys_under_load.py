"""Keys are rotated while people read and write: everybody reads what was written last, and no old key is left."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from django.db import connection
from pytest_django import Settings

from cast import DAWN
from daybreak.accounts.actions import add_person
from daybreak.accounts.models import Person
from daybreak.accounts.queries import account_of
from daybreak.cli.main import main
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, sealed_by_other_keys

# One at a time: each of these opens many connections.
pytestmark = [pytest.mark.xdist_group("race"), pytest.mark.django_db(transaction=True)]

PEOPLE = 400
WRITERS = 4
READERS = 4


def test_nothing_is_lost_while_others_read_and_write(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daybreak.vault.actions.BATCH", 20)
    people = [add_person(person_id=uuid4(), name="before", phone=f"+1716555{n:04d}", at=DAWN) for n in range(PEOPLE)]
    settings.VAULT_KEYS = "fresh:" + "A" * 43 + "=," + settings.VAULT_KEYS
    done = Event()
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        # Each writer has people of its own, so that it knows what must stand there in the end.
        written = [pool.submit(write_until, done, people[number::WRITERS], number) for number in range(WRITERS)]
        read = [pool.submit(read_until, done, people, number) for number in range(READERS)]
        result = CliRunner().invoke(main, ["rotate-keys"])
        done.set()
        last = {person: name for future in written for person, name in future.result().items()}
        reads = sum(future.result() for future in read)
    assert result.exit_code == 0, result.output
    assert last
    assert reads
    assert sealed_by_other_keys() == 0
    for number, person in enumerate(people):
        account = account_of(person)
        assert account is not None
        assert (account.name, account.phone) == (last.get(person, "before"), f"+1716555{number:04d}")


def write_until(done: Event, people: list[UUID], seed: int) -> dict[UUID, str]:
    """Give people new names until the rotation has ended; returns the last name of each."""
    dice, last = Random(seed), {}
    try:
        while not done.is_set() or not last:
            person, name = dice.choice(people), f"name {dice.random()}"
            Person.objects.filter(pk=person).update(name_sealed=seal(name, binding("person", "name", person)))
            last[person] = name
    finally:
        connection.close()
    return last


def read_until(done: Event, people: list[UUID], seed: int) -> int:
    """Read people until the rotation has ended; every value must open. Returns how many were read."""
    dice, count = Random(seed), 0
    try:
        while not done.is_set() or not count:
            account = account_of(dice.choice(people))
            assert account is not None
            assert account.name == "before" or account.name.startswith("name ")
            count += 1
    finally:
        connection.close()
    return count
