"""Write an entry into the books, and number the lines that wait. The only module that writes lines and balances.

The passbooks of people are locked before anything is decided by them, in the order of their ids, so that two who spend
the last day at once take turns. Lines of shared passbooks name their account and touch no row; a worker numbers them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import connection, transaction

from daybreak.plan.ledger import off_balance
from daybreak.plan.models import Account, Entry, Line
from daybreak.plan.terms import OF_PEOPLE, Counted, Part, Passbook, PassbookKind, Posting

BATCH = 1000
"""Lines numbered in one transaction."""


@dataclass(frozen=True)
class Deed:
    """What an entry is about, beside its lines."""

    key: str
    verb: str
    because: str
    employer_id: UUID
    day: date
    at: datetime
    plan_id: UUID | None = None
    cite: str = ""
    credit: str = ""
    employee_id: UUID | None = None
    request_id: UUID | None = None
    booking_id: UUID | None = None
    reverses_id: UUID | None = None
    actor: UUID | None = None


def is_written(key: str) -> bool:
    """Say whether a deed stands in the books already."""
    return Entry.objects.filter(key=key).exists()


def hold(passbooks: Iterable[Passbook]) -> dict[Passbook, Account]:
    """Lock passbooks of people, made where they are not there yet, until the caller's transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("Passbooks are held in the transaction that writes into them.")
    wanted = {passbook.account_id: passbook for passbook in passbooks}
    held = _locked(wanted)
    if len(held) < len(wanted):
        Account.objects.bulk_create(
            (_row(passbook) for account_id, passbook in sorted(wanted.items()) if account_id not in held),
            ignore_conflicts=True,
        )
        held = _locked(wanted)
    return {wanted[pk]: row for pk, row in held.items()}


def write(deed: Deed, lines: Iterable[Posting], held: Mapping[Passbook, Account]) -> UUID | None:
    """Write an entry with its lines; `held` are the people's passbooks among them. Nothing where there are no lines.

    Raises ValueError for lines that do not balance: no entry may make or lose a cent.
    """
    postings = tuple(lines)
    if left := off_balance(postings):
        raise ValueError(f"The lines of {deed.key} leave {left} over.")
    if not postings:
        return None
    entry = Entry.objects.create(id=uuid4(), **vars(deed))
    Line.objects.bulk_create(_line(entry, posting, held.get(posting.passbook)) for posting in postings)
    for passbook in dict.fromkeys(posting.passbook for posting in postings if posting.passbook.kind in OF_PEOPLE):
        row = held[passbook]
        Account.objects.filter(pk=row.pk).update(lines=row.lines, balance=row.balance, granted=row.granted)
    return entry.pk


def write_all(deeds: Iterable[tuple[Deed, tuple[Posting, ...]]], held: Mapping[Passbook, Account]) -> int:
    """Write many entries at once, as `write` does one; returns how many."""
    entries: list[Entry] = []
    lines: list[Line] = []
    touched: dict[UUID, Account] = {}
    for deed, postings in deeds:
        if left := off_balance(postings):
            raise ValueError(f"The lines of {deed.key} leave {left} over.")
        entry = Entry(id=uuid4(), **vars(deed))
        entries.append(entry)
        lines += [_line(entry, posting, held.get(posting.passbook)) for posting in postings]
        touched |= {row.pk: row for one in postings if (row := held.get(one.passbook)) is not None}
    Entry.objects.bulk_create(entries)
    Line.objects.bulk_create(lines)
    Account.objects.bulk_update(touched.values(), ["lines", "balance", "granted"], batch_size=200)
    return len(entries)


@transaction.atomic
def number_waiting(*, limit: int = BATCH) -> int:
    """Number lines of shared passbooks that wait, oldest first, each with the balance after it; returns how many."""
    waiting = list(Line.objects.filter(number=None).select_related("entry").order_by("id")[:limit])
    if not waiting:
        return 0
    books = {line.account_id: passbook_of(line) for line in waiting}
    _make(books)
    accounts = {row.pk: row for row in Account.objects.select_for_update().filter(pk__in=books).order_by("pk")}
    # Another worker may have numbered some of them while this one waited for the rows.
    lines = list(Line.objects.filter(pk__in=[line.pk for line in waiting], number=None).order_by("id"))
    for line in lines:
        row = accounts[line.account_id]
        row.lines, row.balance = row.lines + 1, row.balance + line.amount
        line.number, line.balance = row.lines, row.balance
    Line.objects.bulk_update(lines, ["number", "balance"], batch_size=200)
    for row in accounts.values():
        Account.objects.filter(pk=row.pk).update(lines=row.lines, balance=row.balance)
    return len(lines)


def postings_of(entry: Entry) -> tuple[Posting, ...]:
    """The lines of an entry as postings, in the order they were written."""
    lines = entry.lines.select_related("entry").order_by("id")
    return tuple(Posting(passbook_of(line), Part(line.part), line.amount) for line in lines)


def _locked(wanted: Mapping[UUID, Passbook]) -> dict[UUID, Account]:
    return {row.pk: row for row in Account.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}


def _make(books: Mapping[UUID, Passbook]) -> None:
    there = set(Account.objects.filter(pk__in=books).values_list("pk", flat=True))
    missing = [_row(book) for pk, book in sorted(books.items()) if pk not in there]
    Account.objects.bulk_create(missing, ignore_conflicts=True)


def _row(passbook: Passbook) -> Account:
    return Account(
        id=passbook.account_id,
        kind=passbook.kind.value,
        owner=passbook.owner,
        employer_id=passbook.employer_id,
        since=passbook.since,
        counted=passbook.counted.value,
    )


def _line(entry: Entry, posting: Posting, row: Account | None) -> Line:
    """A line, numbered at once where its passbook is held."""
    book = posting.passbook
    if book.kind in OF_PEOPLE:
        if row is None:
            raise LookupError(f"The passbook {book.kind} is written without being held.")
        row.lines, row.balance = row.lines + 1, row.balance + posting.amount
    return Line(
        entry=entry,
        account_id=book.account_id,
        kind=book.kind.value,
        owner=book.owner,
        since=book.since,
        counted=book.counted.value,
        part=posting.part.value,
        amount=posting.amount,
        number=row.lines if row else None,
        balance=row.balance if row else None,
    )


def passbook_of(line: Line) -> Passbook:
    """The passbook a line stands in."""
    return Passbook(PassbookKind(line.kind), line.owner, line.entry.employer_id, line.since, Counted(line.counted))
