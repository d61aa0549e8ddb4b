"""Which copays are due to payroll for a month, what changed since it was last closed, and what looks wrong?

Never before care: a copay is due for the month its care was in. What is written after a month was closed, such as a
late cancellation, stands in the next file as a correction. A file depends on its month and the moments of closing
alone, so it comes out the same to the byte however often it is made. Months are closed one after the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from daybreak.kernel.money import Money
from daybreak.plan.books.files import BookLine, Deduction
from daybreak.plan.terms import PassbookKind


@dataclass(frozen=True)
class Month:
    """A calendar month, half-open."""

    since: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until


def month_of(day: date) -> Month:
    """The month a day lies in.

    >>> month_of(date(2026, 12, 31)).until
    datetime.date(2027, 1, 1)
    """
    since = day.replace(day=1)
    return Month(since, date(since.year + since.month // 12, since.month % 12 + 1, 1))


def deductions(
    lines: Iterable[BookLine], month: Month, *, closed_at: datetime, before: datetime | None
) -> tuple[Deduction, ...]:
    """What a month's file takes: its own copays, and corrections of earlier months.

    `closed_at` is when the month is closed, `before` when the month before was; a line of an earlier month counts if it
    was written between the two, and the first file takes all that went before. Care that lies after the month is never
    due yet, and what adds up to nothing for one employee's day of care is left out.
    """
    due = [
        line
        for line in lines
        if line.kind is PassbookKind.COPAYS
        and line.at < closed_at
        and (line.day in month or (line.day < month.since and (before is None or line.at >= before)))
    ]
    sums: dict[tuple[object, date], int] = {}
    for line in due:
        key = (line.owner, line.day)
        sums[key] = sums.get(key, 0) + line.amount
    last = {(line.owner, line.day): line for line in due}
    found = [
        Deduction(line.owner, line.day, Money(sums[key]), line.entry_id, line.day < month.since)
        for key, line in last.items()
        if sums[key]
    ]
    return tuple(sorted(found, key=lambda one: (str(one.employee_id), one.day)))


def total(found: Iterable[Deduction]) -> Money:
    """The sum of a file."""
    return sum((one.amount for one in found), Money(0))
