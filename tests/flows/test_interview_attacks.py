"""Our own attacks on our own store: who said what? Each has a twin with one safeguard taken away, in which it succeeds.

The attacker knows the exact order in which people answered, holds every key, and reads every row. What is allowed is
once in a batch of 20, and 2 points of luck: 1/20 + 0.02.
"""

import math
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connections

from blinding import Blinded, blind, public
from daybreak.interviews import actions, answering, mixing
from daybreak.interviews.models import INTERVIEWS, Answer, Spent, Text, Waiting
from daybreak.interviews.queries import answers_to
from daybreak.interviews.terms import BATCH, Admission, Answers
from daybreak.tickets.actions import stamp
from daybreak.tickets.models import Invited, Wave
from interviewed import MONDAY, QUARTER, admitted, anybody, invited, key_of, new_wave, ticket_of, written_words

ALLOWED = 1 / BATCH + 0.02
MANY, FEW = 2000, 100


def rate(right: int, of: int) -> str:
    """A success rate with its 95 percent interval (Wilson)."""
    z, share = 1.96, right / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{share:.3f} ({middle - half:.3f} to {middle + half:.3f}), allowed {ALLOWED:.3f}"


def crowd(count: int) -> list[Admission]:
    """So many people answer, one after another; person n ticks n, and writes n and more words the larger n is."""
    people = [anybody(number) for number in range(count)]
    for number, one in enumerate(people):
        answers = Answers({"number": (str(number),)}, {"one_day/1": f"{number} " + "so " * (number % 97)})
        actions.take_answers(admission=one, question_set="pulse-1", answers=answers, quarter=moment(number))
    assert Answer.objects.count() == count
    return people


def moment(number: int) -> str:
    """The finest moment that a row keeps of its writer."""
    return QUARTER


def rows_of(table: str) -> list[str]:
    """The rows of a table as they lie in its file."""
    connection = connections[INTERVIEWS]
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    key = "digest" if table == "interviews_spent" else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {place}")
        return [str(row[0]).replace("-", "") for row in cursor.fetchall()]


def said_by_row() -> dict[str, int]:
    """The truth: which number lies in which row of answers, in the order of the rows' ids."""
    ids = [row.hex for row in Answer.objects.order_by("id").values_list("id", flat=True)]
    return dict(zip(ids, (int(kept.closed["number"][0]) for kept in answers_to("pulse-1")), strict=True))


def written_by_row() -> dict[str, int]:
    return {row.replace("-", ""): int(text.split()[0]) for row, text in written_words().items()}


def by_order(people: list[Admission]) -> int:
    """The n-th row as it lies in the file is the n-th person's."""
    truth = said_by_row()
    return sum(truth[row] == number for number, row in enumerate(rows_of("interviews_answer")))


def by_row_id(people: list[Admission]) -> int:
    """The n-th row in the order of ids is the n-th person's."""
    return sum(said == number for number, said in enumerate(said_by_row().values()))


def by_time(people: list[Admission]) -> int:
    """Rows in the order of the only date they have, and as they lie in the file within it."""
    truth, place = said_by_row(), {row: number for number, row in enumerate(rows_of("interviews_answer"))}
    dated = [(row.quarter, place[row.id.hex], row.id.hex) for row in Answer.objects.all()]
    # Within one date the order of the file is the other attack; here the date alone must tell.
    dates = [date for date, _, _ in dated]
    alone = [row for date, _, row in sorted(dated) if dates.count(date) == 1]
    return sum(truth[row] == number for number, row in enumerate(alone))


def by_size(people: list[Admission]) -> int:
    """Who wrote more has the longer row: the ranks of what people are known to have said, and of what is stored."""
    truth = written_by_row()
    known = sorted(range(len(people)), key=lambda number: (number % 97, number))
    stored = sorted(Text.objects.all(), key=lambda row: (len(row.words_sealed), row.id))
    return sum(truth[row.id.hex] == number for number, row in zip(known, stored, strict=True))


def by_spent_ticket(people: list[Admission]) -> int:
    """A phone was seized, and its ticket is the n-th of those used up: so the n-th answer is its owner's."""
    truth, answers = said_by_row(), rows_of("interviews_answer")
    place = {digest: number for number, digest in enumerate(rows_of("interviews_spent"))}
    return sum(truth[answers[place[one.digest]]] == number for number, one in enumerate(people))


def text_to_answer(people: list[Admission]) -> int:
    """The n-th text and the n-th answer are one person's."""
    answers, texts = said_by_row(), written_by_row()
    pairs = zip(rows_of("interviews_answer"), rows_of("interviews_text"), strict=True)
    return sum(answers[answer] == texts[text] for answer, text in pairs)


ATTACKS: list[Callable[[list[Admission]], int]] = [
    by_order, by_row_id, by_time, by_size, by_spent_ticket, text_to_answer,
]  # fmt: skip


@pytest.mark.django_db(databases=["default", "interviews"])
def test_nobody_is_found_by_order_time_row_size_or_ticket() -> None:
    people = crowd(MANY)
    rates = {attack.__name__: attack(people) for attack in ATTACKS}
    told = {name: rate(right, MANY) for name, right in rates.items()}
    assert {name: told[name] for name, right in rates.items() if right / MANY > ALLOWED} == {}


class Unshuffled:
    """Dice that leave everything where it was."""

    class SystemRandom:
        def shuffle(self, things: list[object]) -> None:
            pass


@contextmanager
def without(safeguard: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take one safeguard away."""
    with patch.context() as changed:
        if safeguard in ("shuffling", "random ids", "sorting"):
            changed.setattr(actions, "secrets", Unshuffled)
            # The mixing room itself lies in the order of digests; a store that does not shuffle keeps that of arrival
            # too.
            changed.setattr(actions, "sorted", lambda things, key=None: list(things), raising=False)
        if safeguard == "random ids":
            numbers = iter(range(1, 10**6))
            changed.setattr(actions, "uuid4", lambda: UUID(int=next(numbers)))
        if safeguard == "batches":
            changed.setattr(mixing, "BATCH", 1)
        if safeguard == "quarters":
            changed.setattr(mixing, "BATCH", 1)
            changed.setitem(globals(), "moment", lambda number: f"{number:07d}")
        if safeguard == "padding":
            changed.setattr(answering, "_padded", lambda value, room: answering.json.dumps(value))
        yield


@pytest.mark.django_db(databases=["default", "interviews"])
@pytest.mark.parametrize(
    ("safeguard", "attack"),
    [
        ("shuffling", by_order),
        ("random ids", by_row_id),
        ("batches", by_order),
        ("quarters", by_time),
        ("padding", by_size),
        ("sorting", by_spent_ticket),
        ("shuffling", text_to_answer),
    ],
    ids=lambda one: one if isinstance(one, str) else one.__name__,
)
def test_the_attack_succeeds_where_the_safeguard_is_missing(
    safeguard: str, attack: Callable[[list[Admission]], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with without(safeguard, monkeypatch):
        people = crowd(FEW)
        assert attack(people) / FEW > ALLOWED


def file_after_a_batch() -> tuple[list[str], bytes]:
    """What waited, sealed, and every byte of the database's files after the batch that it went into."""
    waited: list[str] = []
    for number in range(BATCH):
        answers = Answers({"number": (str(number),)}, {})
        actions.take_answers(admission=anybody(number), question_set="pulse-1", answers=answers, quarter=QUARTER)
        waited += Waiting.objects.values_list("said_sealed", flat=True)
    assert not Waiting.objects.exists()
    name = Path(str(connections[INTERVIEWS].settings_dict["NAME"]))
    return waited, b"".join(file.read_bytes() for file in name.parent.glob(f"{name.name}*"))


def on_sqlite() -> bool:
    return connections[INTERVIEWS].vendor == "sqlite"


@pytest.mark.django_db(transaction=True, databases=["default", "interviews"])
def test_the_database_s_files_hold_nothing_of_what_waited() -> None:
    if not on_sqlite():
        # There a truncated table gets a new file; which file it was is what there is to look at.
        assert file_number_changes_with_each_arrival()
        return
    waited, held = file_after_a_batch()
    assert len(waited) == BATCH * (BATCH - 1) // 2
    assert sum(one.encode()[40:120] in held for one in waited) == 0


def file_number_changes_with_each_arrival() -> bool:
    seen = []
    for number in range(3):
        answers = Answers({"number": (str(number),)}, {})
        actions.take_answers(admission=anybody(number), question_set="pulse-1", answers=answers, quarter=QUARTER)
        with connections[INTERVIEWS].cursor() as cursor:
            cursor.execute("SELECT relfilenode FROM pg_class WHERE relname = 'interviews_waiting'")
            seen.append(cursor.fetchone()[0])
    return len(set(seen)) == 3


@pytest.mark.django_db(transaction=True, databases=["default", "interviews"])
def test_a_database_that_does_not_overwrite_keeps_it_and_this_test_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    if not on_sqlite():
        monkeypatch.setattr(actions, "_rewrite_room", deleted_and_written_anew)
        assert not file_number_changes_with_each_arrival()
        return
    with connections[INTERVIEWS].cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    try:
        waited, held = file_after_a_batch()
        assert sum(one.encode()[40:120] in held for one in waited) > 0
    finally:
        with connections[INTERVIEWS].cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")


def deleted_and_written_anew(room: str, waiting: list[Waiting]) -> None:
    """What PostgreSQL would do by itself: dead rows stay in the file."""
    Waiting.objects.filter(room=room).delete()
    Waiting.objects.bulk_create(list(waiting))


def copied(folder: Path, *leave_out: str) -> str:
    file = folder / "copy.json"
    call_command(
        "dumpdata", "interviews", database="interviews", exclude=list(leave_out), output=str(file), verbosity=0
    )
    return file.read_text()


@pytest.mark.django_db(databases=["default", "interviews"])
def test_a_backup_holds_nothing_that_waits_and_no_order(tmp_path: Path) -> None:
    people = crowd(BATCH)
    late = anybody(99)
    actions.take_answers(admission=late, question_set="pulse-1", answers=Answers({}, {}), quarter=QUARTER)
    with_waiting, without_waiting = copied(tmp_path), copied(tmp_path, "interviews.Waiting")
    assert late.digest in with_waiting
    assert late.digest not in without_waiting
    places = [without_waiting.index(digest) for digest in sorted(one.digest for one in people)]
    assert places == sorted(places)
    ids = [str(row) for row in Answer.objects.order_by("id").values_list("id", flat=True)]
    assert [without_waiting.index(row) for row in ids] == sorted(without_waiting.index(row) for row in ids)


def pairs_found(covers: list[Blinded], tickets: list[str], pem: str) -> int:
    """A hostile desk kept all it was sent, a hostile store every ticket: each ticket goes to the cover nearest to it.

    What lies between a cover and a ticket is the factor that hid it, raised to the public exponent. Any factor is as
    likely as any other, so there is nothing to go by but its size; a browser that drew none would give 1.
    """
    numbers = public(pem).public_numbers()
    found = 0
    for place, ticket in enumerate(tickets):
        signature = int.from_bytes(urlsafe_b64decode(ticket.rpartition(".")[2] + "=="))
        undone = pow(pow(signature, numbers.e, numbers.n), -1, numbers.n)
        between = [int.from_bytes(cover.sent) * undone % numbers.n for cover in covers]
        found += between.index(min(between)) == place
    return found


def colluding(factor: int | None, count: int) -> int:
    wave = new_wave()
    pem = key_of(wave).public_key
    covers, tickets = [], []
    for _ in range(count):
        mine = blind(wave, pem, factor=factor)
        stamped = stamp(wave=wave, person_id=invited(wave), blinded=mine.sent, day=MONDAY)
        assert isinstance(stamped, bytes)
        covers.append(mine)
        tickets.append(mine.ticket(stamped))
    return pairs_found(covers, tickets, pem)


@pytest.mark.django_db(databases=["default", "interviews"])
def test_a_desk_and_a_store_that_keep_everything_cannot_pair_people_with_tickets() -> None:
    assert colluding(None, FEW) / FEW <= ALLOWED


@pytest.mark.django_db(databases=["default", "interviews"])
def test_a_browser_that_does_not_cover_its_ticket_is_found() -> None:
    assert colluding(1, 30) == 30


def values_in(*tables: type) -> set[str]:
    """Every value of a table that is long enough to be no coincidence."""
    found = set()
    for table in tables:
        for row in table.objects.values():  # type: ignore[attr-defined]
            found |= {str(value) for value in row.values() if len(str(value)) >= 8}
    return found


@pytest.mark.django_db(databases=["default", "interviews"])
def test_desk_and_store_have_no_value_in_common_but_the_key_of_the_wave() -> None:
    wave = new_wave()
    for number in range(BATCH):
        admission = admitted(ticket_of(wave, invited(wave)))
        actions.take_answers(
            admission=admission,
            question_set="pulse-1",
            answers=Answers({"number": (str(number),)}, {}),
            quarter=QUARTER,
        )
    assert Answer.objects.count() == BATCH
    desk, store = values_in(Invited, Wave), values_in(Answer, Text, Spent, Waiting)
    assert desk & store == set()
    Spent.objects.create(digest=Invited.objects.first().stamped_digest)  # type: ignore[union-attr]
    assert desk & values_in(Spent) != set()
