"""The record is written with the deed, only grows, and shows when somebody reached past the database's guard."""

import threading
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction

from cast import DAWN, ROSA
from daybreak.audit import actions
from daybreak.audit.actions import chain_batch, record
from daybreak.audit.models import AuditEvent, AuditLink
from daybreak.audit.queries import broken_at, events_of, waiting

pytestmark = pytest.mark.django_db


def write(count: int, thing_id: UUID | None = None) -> None:
    for number in range(count):
        with transaction.atomic():
            record(
                actor=ROSA,
                verb="ask",
                thing="care-request",
                thing_id=thing_id or uuid4(),
                because="care",
                at=DAWN,
                facts={"number": number, "share": 0.1, "word": "á", "none": None},
            )


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused_and_not_written() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the deed"):
        record(actor=None, verb="ask", thing="x", thing_id="1", because="care", at=DAWN)
    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_no_event() -> None:
    with transaction.atomic():
        record(actor=None, verb="ask", thing="x", thing_id="1", because="care", at=DAWN)
        transaction.set_rollback(True)
    assert AuditEvent.objects.count() == 0


def test_events_of_a_thing_are_those_of_no_other() -> None:
    request = uuid4()
    write(2, request)
    write(1)
    assert [
        event.facts["number"] for event in sorted(events_of("care-request", request), key=lambda e: str(e.facts))
    ] == [
        0,
        1,
    ]
    assert events_of("booking", request) == []


@pytest.mark.parametrize("table", [AuditEvent, AuditLink])
def test_the_database_refuses_to_change_the_record(table: type[AuditEvent] | type[AuditLink]) -> None:
    write(1)
    chain_batch()
    change = {"verb": "cancel"} if table is AuditEvent else {"digest": "0" * 64}
    with pytest.raises(DatabaseError, match="the audit record is only added to"), transaction.atomic():
        table.objects.update(**change)
    assert (AuditEvent.objects.get().verb, broken_at()) == ("ask", None)


@pytest.mark.parametrize("table", ["audit_auditlink", "audit_auditevent"])
def test_postgresql_refuses_to_delete_and_elsewhere_the_chain_shows_it(table: str) -> None:
    write(3)
    chain_batch()
    if connection.vendor == "postgresql":
        with (
            pytest.raises(DatabaseError, match="the audit record is only added to"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")
        assert (AuditEvent.objects.count(), broken_at()) == (3, None)
    else:
        AuditLink.objects.filter(number=2).delete()
        assert broken_at() == 2


def test_the_worker_links_every_event_once_and_in_batches() -> None:
    write(5)
    assert waiting() == 5
    assert [chain_batch(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert (waiting(), broken_at()) == (0, None)
    assert list(AuditLink.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    write(1)
    assert (chain_batch(), broken_at(), AuditLink.objects.count()) == (1, None, 6)


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_the_guard_away_and_changes_an_event_is_found() -> None:
    write(3)
    chain_batch()
    third = AuditLink.objects.get(number=2).event_id
    without_guard(f"UPDATE audit_auditevent SET verb = 'cancel' WHERE id = '{spelled_id(third)}'")
    assert broken_at() == 2


def spelled_id(row: UUID) -> str:
    return row.hex if connection.vendor == "sqlite" else str(row)


def without_guard(change: str) -> None:
    """Change the table as somebody with the database's own password could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
            cursor.execute(change)
            cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'audit_auditevent_only_grows'")
        (guard,) = cursor.fetchone()
        cursor.execute("DROP TRIGGER audit_auditevent_only_grows")
        cursor.execute(change)
        cursor.execute(guard)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_fork_the_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    write(6)
    together = threading.Barrier(2)
    honest = actions.digest
    first_call = threading.local()

    def slow(previous: str, event: dict[str, object]) -> str:
        # On PostgreSQL both have read the same last link when they pass here; on SQLite one waits for the other.
        if connection.vendor == "postgresql" and not getattr(first_call, "was", False):
            first_call.was = True
            together.wait(timeout=20)
        return honest(previous, event)

    monkeypatch.setattr(actions, "digest", slow)
    linked: list[int] = []

    def work() -> None:
        try:
            linked.append(chain_batch(limit=4))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(timeout=60)
    assert len(linked) == 2
    assert sum(linked) == AuditLink.objects.count() == (4 if connection.vendor == "postgresql" else 6)
    monkeypatch.setattr(actions, "digest", honest)
    chain_batch()
    assert (waiting(), broken_at(), AuditLink.objects.count()) == (0, None, 6)
