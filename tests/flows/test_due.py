"""What is due goes to one worker; what is sent twice is done once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from cast import DAWN, ROSA, Opened, clock
from daybreak.care.models import CareRequest
from daybreak.due.actions import Again, FirstTime, claim_key, lease, put_off
from daybreak.due.models import IdempotencyKey
from daybreak.kernel.decisions import No
from daybreak.notices.actions import post
from daybreak.notices.models import Notice

MINUTE = timedelta(minutes=1)


def take(holder: str, *, at=DAWN, limit: int = 10) -> list[Notice]:  # type: ignore[no-untyped-def]
    return lease(Notice.objects.all(), at=at, holder=holder, lease_for=MINUTE, limit=limit)


@pytest.fixture
def three(opened: Opened) -> list[UUID]:
    """Three notices, due a minute apart."""
    for minute in range(3):
        with transaction.atomic():
            facts = {"sign_in": "/sign-in/", "sign_in_code": str(ROSA)}
            at = DAWN - minute * MINUTE
            post(code="sign-in-link", to=ROSA, facts=facts, about=ROSA, at=at, key=str(minute))
    Notice.objects.filter(channel="mail").delete()
    return list(Notice.objects.order_by("due_at").values_list("pk", flat=True))


def test_the_longest_due_are_handed_out_first(three: list[UUID]) -> None:
    assert [row.pk for row in take("one", limit=2)] == three[:2]
    assert [row.pk for row in take("two", limit=2)] == three[2:]
    assert take("three") == []


def test_a_leased_row_says_who_has_it_until_when_and_how_often_it_was_tried(three: list[UUID]) -> None:
    [row] = take("one", limit=1)
    stored = Notice.objects.get(pk=row.pk)
    for seen in (row, stored):
        assert (seen.lease_holder, seen.leased_until, seen.attempts) == ("one", DAWN + MINUTE, 1)


def test_nothing_is_handed_out_before_its_time(three: list[UUID]) -> None:
    assert [row.pk for row in take("one", at=DAWN - MINUTE)] == three[:2]
    Notice.objects.update(due_at=None, leased_until=None)
    assert take("two", at=DAWN + 60 * MINUTE) == []


def test_a_lease_that_ran_out_is_handed_on_and_counted(three: list[UUID]) -> None:
    take("one")
    assert take("two", at=DAWN + MINUTE - timedelta(microseconds=1)) == []
    again = take("two", at=DAWN + MINUTE)
    assert [(row.pk, row.lease_holder, row.attempts) for row in again] == [(pk, "two", 2) for pk in three]


def test_a_row_is_put_off_by_its_holder_only(three: list[UUID]) -> None:
    [lost] = take("one", limit=1)
    [mine] = take("two", at=DAWN + MINUTE, limit=1)
    assert lost.pk == mine.pk
    assert put_off(lost, until=clock(9)) is False
    assert Notice.objects.get(pk=mine.pk).lease_holder == "two"
    assert put_off(mine, until=clock(9)) is True
    stored = Notice.objects.get(pk=mine.pk)
    assert (stored.due_at, stored.leased_until, stored.lease_holder) == (clock(9), None, "")
    assert put_off(mine, until=None) is False
    assert Notice.objects.get(pk=mine.pk).due_at == clock(9)


def test_the_same_worker_with_a_newer_lease_does_not_take_its_older_one_for_it(three: list[UUID]) -> None:
    [old] = take("one", limit=1)
    [new] = take("one", at=DAWN + MINUTE, limit=1)
    assert (put_off(old, until=None), put_off(new, until=None)) == (False, True)


def at_once(work: Callable[[], object], threads: int) -> list[object]:
    """Let threads do the same at one moment; returns what each got."""
    together, got, failed = threading.Barrier(threads), [], []

    def run() -> None:
        try:
            together.wait(timeout=20)
            got.append(work())
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    running = [threading.Thread(target=run) for _ in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join(timeout=60)
    assert failed == []
    return got


@pytest.fixture
def open_to_threads(transactional_db: None, opened: Opened) -> Opened:
    return opened


def test_workers_at_one_moment_never_get_the_same_row(open_to_threads: Opened, three: list[UUID]) -> None:
    got = at_once(lambda: [row.pk for row in take(str(uuid4())[:40], limit=1)], threads=6)
    handed_out = [pk for rows in got for pk in rows]
    assert len(handed_out) == len(set(handed_out))
    assert set(handed_out) | {row.pk for row in take("last")} == set(three)


@pytest.mark.django_db
def test_a_key_is_new_once_and_then_gives_the_first_answer() -> None:
    answer = uuid4()
    with transaction.atomic():
        first = claim_key(scope=ROSA, key="tap", body={"day": "Monday"}, at=DAWN)
        assert isinstance(first, FirstTime)
        first.remember(answer)
    with transaction.atomic():
        assert claim_key(scope=ROSA, key="tap", body={"day": "Monday"}, at=clock(9)) == Again(answer)
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_a_key_with_another_body_is_refused_and_the_first_stands() -> None:
    with transaction.atomic():
        claim_key(scope=ROSA, key="tap", body={"day": "Monday"}, at=DAWN)
        refused = claim_key(scope=ROSA, key="tap", body={"day": "Tuesday"}, at=DAWN)
    assert isinstance(refused, No)
    assert [(reason.code, dict(reason.facts)) for reason in refused.reasons] == [
        ("key-used-for-something-else", {"key": "tap"})
    ]
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_use_the_same_key() -> None:
    with transaction.atomic():
        claims = [claim_key(scope=uuid4(), key="tap", body={}, at=DAWN) for _ in range(2)]
    assert [type(claim) for claim in claims] == [FirstTime, FirstTime]


@pytest.mark.django_db
def test_the_order_in_which_a_body_is_told_does_not_matter() -> None:
    with transaction.atomic():
        claim_key(scope=ROSA, key="tap", body={"a": 1, "b": 2}, at=DAWN)
        assert claim_key(scope=ROSA, key="tap", body={"b": 2, "a": 1}, at=DAWN) == Again(None)


@pytest.mark.django_db(transaction=True)
def test_a_key_is_claimed_in_the_transaction_of_its_write_or_not_at_all() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the write"):
        claim_key(scope=ROSA, key="tap", body={}, at=DAWN)
    with transaction.atomic():
        claim_key(scope=ROSA, key="tap", body={}, at=DAWN)
        transaction.set_rollback(True)
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_one_moment_are_one_first_time() -> None:
    answer = uuid4()

    def tap() -> FirstTime | Again | No:
        with transaction.atomic():
            claim = claim_key(scope=ROSA, key="tap", body={"day": "Monday"}, at=DAWN)
            if isinstance(claim, FirstTime):
                claim.remember(answer)
            return claim

    claims = at_once(tap, threads=4)
    assert sorted(type(claim).__name__ for claim in claims) == ["Again", "Again", "Again", "FirstTime"]
    assert [claim for claim in claims if isinstance(claim, Again)] == [Again(answer)] * 3


def test_two_taps_of_one_family_at_one_moment_are_one_request(open_to_threads: Opened) -> None:
    answers = at_once(lambda: open_to_threads.ask(key="tap"), threads=4)
    assert len({answer.request_id for answer in answers}) == 1  # type: ignore[attr-defined]
    assert sorted(answer.is_new for answer in answers) == [False, False, False, True]  # type: ignore[attr-defined]
    assert CareRequest.objects.count() == 1
