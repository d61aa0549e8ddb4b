"""Many people take a ticket and answer at once: none is lost or doubled. DAYBREAK_TICKETS=10000 runs long."""

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from daybreak.accounts.models import Person
from daybreak.interviews.actions import Taken
from daybreak.interviews.models import Answer, Spent, Waiting
from daybreak.interviews.terms import BATCH
from daybreak.tickets.models import Invited, Wave
from interviewed import CLOSES, MONDAY, admitted, answer, new_wave, said, ticket_of, written_words

TICKETS = int(os.environ.get("DAYBREAK_TICKETS", "240"))
CLIENTS = 8

pytestmark = [
    pytest.mark.timeout(3600),
    pytest.mark.xdist_group("race"),
    pytest.mark.django_db(transaction=True, databases=["default", "interviews"]),
]


def everybody_invited(wave: str) -> list[UUID]:
    """So many people with an invitation each, written at once."""
    people = [uuid4() for _ in range(TICKETS)]
    Person.objects.bulk_create([Person(id=one) for one in people], batch_size=500)
    row = Wave.objects.get(name=wave)
    Invited.objects.bulk_create(
        [Invited(wave=row, person_id=one, opens_on=MONDAY, closes_on=CLOSES) for one in people], batch_size=500
    )
    return people


def test_none_is_lost_and_none_is_doubled() -> None:
    wave = new_wave()
    people = everybody_invited(wave)

    def come(number: int) -> bool:
        try:
            admission = admitted(ticket_of(wave, people[number]))
            # Every tenth sends twice, as a phone on a bad network does.
            taken = [answer(admission, said(number)) for _ in range(2 if number % 10 == 0 else 1)]
            return isinstance(taken[0], Taken)
        finally:
            if number % 50 == 0:
                connections.close_all()

    with ThreadPoolExecutor(CLIENTS) as pool:
        assert all(pool.map(come, range(TICKETS)))
        # Threads keep their connections, and a test's database is not dropped while one is open: each closes its own.
        everybody = Barrier(CLIENTS)

        def leave(_: int) -> None:
            everybody.wait()
            connections.close_all()

        list(pool.map(leave, range(CLIENTS)))
    assert Invited.objects.exclude(stamped_digest="").count() == TICKETS
    assert len(set(Invited.objects.values_list("stamped_digest", flat=True))) == TICKETS
    written = Counter(written_words().values())
    assert set(written.values()) <= {1}
    assert len(written) == Answer.objects.count() == Spent.objects.count()
    assert Answer.objects.count() + Waiting.objects.count() == TICKETS
    assert Waiting.objects.count() < BATCH
