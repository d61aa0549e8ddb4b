"""What stands in the books, and do they add up?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Max, Sum

from daybreak.kernel.money import Money
from daybreak.people.queries import employed_by
from daybreak.plan.books.files import BookLine, Deduction, Imputed
from daybreak.plan.books.months import Month, deductions
from daybreak.plan.models import Account, BudgetCount, Entry, Line, MonthClosed, TaxFact
from daybreak.plan.queries import plans_of
from daybreak.plan.tax.exclusion import limit_of
from daybreak.plan.tax.fairness import Fairness, Given, judge
from daybreak.plan.tax.law import fairness_law, law_of
from daybreak.plan.tax.queries import taxpayers_of
from daybreak.plan.tax.terms import Filing, Taxpayer
from daybreak.plan.terms import Counted, Part, Passbook, PassbookKind, Passed, Posting
from daybreak.rulebook.queries import packaged


@dataclass(frozen=True)
class Drift:
    """A passbook or reserve that says something else than its lines."""

    what: str
    row_id: UUID
    says: int
    lines: int


def lines_of(passbook: Passbook, *, limit: int = 200) -> list[Passed]:
    """The lines of a passbook, the newest first."""
    rows = Line.objects.filter(account_id=passbook.account_id).select_related("entry").order_by("-id")[:limit]
    return [_passed(row) for row in rows]


def balance_of(passbook: Passbook) -> int:
    """What a passbook comes to, lines that wait for their number included."""
    return Line.objects.filter(account_id=passbook.account_id).aggregate(sum=Sum("amount"))["sum"] or 0


def charged_for(booking_ids: Iterable[UUID]) -> dict[UUID, dict[Part, int]]:
    """What bookings have come to so far in the passbooks of people, by part; what was given back taken off."""
    rows = Line.objects.filter(
        entry__booking_id__in=list(booking_ids),
        kind__in=[PassbookKind.ALLOWANCE.value, PassbookKind.COPAYS.value, PassbookKind.TALLY.value],
    )
    found: dict[UUID, dict[Part, int]] = {}
    for booking_id, part, amount in rows.values_list("entry__booking_id", "part").annotate(sum=Sum("amount")):
        found.setdefault(booking_id, {})[Part(part)] = amount
    return found


def held_about(employee_ids: Iterable[UUID]) -> dict[str, list[dict[str, object]]]:
    """What the books and the tax facts say of employees, for a copy of their own data."""
    ids = list(employee_ids)
    entries = Entry.objects.filter(employee_id__in=ids).order_by("at", "pk").prefetch_related("lines")
    facts = TaxFact.objects.filter(employee__in=ids).order_by("pk")
    return {
        "entries": [
            {
                "day": entry.day.isoformat(),
                "verb": entry.verb,
                "because": entry.because,
                "cite": entry.cite,
                "lines": [
                    {"passbook": line.kind, "counted": line.counted, "part": line.part, "amount": line.amount}
                    for line in entry.lines.all()
                ],
            }
            for entry in entries
        ],
        "tax_facts": [
            {"year": fact.year, "filing": fact.filing, "set_aside_cents": fact.fsa, "at": fact.at.isoformat()}
            for fact in facts
        ],
    }


def every_posting(employer_id: UUID) -> Iterator[Posting]:
    """Every line of an employer's books in the order they were written, for a replay."""
    rows = Line.objects.filter(entry__employer=employer_id).order_by("id")
    columns = ("kind", "owner", "since", "counted", "part", "amount")
    for kind, owner, since, counted, part, amount in rows.values_list(*columns).iterator():
        yield Posting(Passbook(PassbookKind(kind), owner, employer_id, since, Counted(counted)), Part(part), amount)


def balances_of(employer_id: UUID) -> dict[Passbook, int]:
    """What each passbook of an employer says it comes to."""
    rows = Account.objects.filter(employer=employer_id)
    return {
        Passbook(PassbookKind(row.kind), row.owner, employer_id, row.since, Counted(row.counted)): row.balance
        for row in rows
    }


def waiting() -> int:
    """How many lines wait for their number."""
    return Line.objects.filter(number=None).count()


def off_balance() -> list[UUID]:
    """Entries whose lines do not come to nothing in each unit; there should be none."""
    sums = Line.objects.values("entry_id", "counted").annotate(sum=Sum("amount")).exclude(sum=0)
    return sorted({row["entry_id"] for row in sums})


def drift() -> list[Drift]:
    """Every passbook whose balance or number of lines is not that of its numbered lines, and every reserve likewise."""
    counted = {
        row["account_id"]: (row["sum"], row["count"], row["last"])
        for row in Line.objects.exclude(number=None)
        .values("account_id")
        .annotate(sum=Sum("amount"), count=Count("id"), last=Max("number"))
    }
    found = []
    for pk, kind, balance, lines in Account.objects.values_list("pk", "kind", "balance", "lines").iterator():
        total, count, last = counted.get(pk, (0, 0, 0))
        if (balance, lines, lines) != (total, count, last):
            found.append(Drift(kind, pk, balance, total))
    spent = dict(Line.objects.filter(kind=PassbookKind.BUDGET.value).values_list("owner").annotate(sum=Sum("amount")))
    for pk, says in BudgetCount.objects.values_list("pk", "spent"):
        if says != spent.get(pk, 0):
            found.append(Drift("budget", pk, says, spent.get(pk, 0)))
    return found


def budgets_of(employer_id: UUID, year_since: date) -> list[tuple[str, int, Money, Money]]:
    """The reserves of a plan year: work site, quarter, what is spent and the most."""
    rows = BudgetCount.objects.filter(employer=employer_id, year_since=year_since)
    columns = rows.order_by("work_site__name", "quarter").annotate(name=F("work_site__name"))
    return [
        (name, quarter, Money(spent), Money(most))
        for name, quarter, spent, most in columns.values_list("name", "quarter", "spent", "most")
    ]


def entry_of(key: str) -> UUID | None:
    """The entry of a deed, or None."""
    return Entry.objects.filter(key=key).values_list("pk", flat=True).first()


def _passed(row: Line) -> Passed:
    entry = row.entry
    return Passed(
        number=row.number,
        amount=row.amount,
        balance=row.balance,
        part=Part(row.part),
        verb=entry.verb,
        because=entry.because,
        day=entry.day,
        at=entry.at,
        cite=entry.cite,
        request_id=entry.request_id,
        booking_id=entry.booking_id,
    )


def book_lines(employer_id: UUID, kinds: Iterable[PassbookKind] = PassbookKind) -> Iterator[BookLine]:
    """Every line of an employer's books as files write it, in the order it was written."""
    rows = Line.objects.filter(entry__employer=employer_id, kind__in=[kind.value for kind in kinds]).order_by("id")
    columns = (
        *("entry_id", "entry__day", "entry__at", "entry__verb", "entry__because", "kind", "owner", "counted", "part"),
        *("amount", "number", "balance", "entry__cite", "entry__request_id", "entry__booking_id", "entry__credit"),
        "entry__reverses_id",
    )
    for row in rows.values_list(*columns).iterator():
        entry_id, day, at, verb, because, kind, owner, counted, part, *rest = row
        yield BookLine(
            *(entry_id, day, at, verb, because, PassbookKind(kind), owner, Counted(counted), Part(part)),
            *rest,
        )


def imputed_in(employer_id: UUID, year: int) -> list[Imputed]:
    """What a calendar year comes to for every employee who was given anything, FSA included, by employee."""
    tallies = tallies_in(employer_id, year)
    known = taxpayers_of(employer_id, year)
    caps = {plan.year.since: plan.tax.highly_paid_most for plan in (stored.plan for stored in plans_of(employer_id))}
    most = next((cap for since, cap in sorted(caps.items(), reverse=True) if since.year <= year), None)
    laws = {filing: law_of(packaged(), year, filing) for filing in Filing}
    found = []
    for employee_id in sorted({*tallies, *known}, key=str):
        taxpayer, _ = known.get(employee_id, (Taxpayer(), False))
        limit = limit_of(taxpayer, laws[taxpayer.filing], most).most
        total = taxpayer.fsa + tallies.get(employee_id, Money(0))
        found.append(Imputed(employee_id, year, total, limit, max(total - limit, Money(0))))
    return found


def tallies_in(employer_id: UUID, year: int) -> dict[UUID, Money]:
    """What each employee was given toward care in a calendar year."""
    rows = Account.objects.filter(employer=employer_id, kind=PassbookKind.TALLY.value, since=date(year, 1, 1))
    return {owner: Money(balance) for owner, balance in rows.values_list("owner", "balance")}


def fairness_in(employer_id: UUID, year: int) -> Fairness:
    """How the tests of section 129(d) stand, over all employees of an employer."""
    return fairness_of((one.employee_id for one in employed_by(employer_id)), employer_id, year)


def fairness_of(employee_ids: Iterable[UUID], employer_id: UUID, year: int) -> Fairness:
    """The same over these employees, users or not."""
    tallies, known = tallies_in(employer_id, year), taxpayers_of(employer_id, year)
    given = []
    for employee_id in employee_ids:
        taxpayer, owner = known.get(employee_id, (Taxpayer(), False))
        amount = taxpayer.fsa + tallies.get(employee_id, Money(0))
        given.append(Given(amount, taxpayer.highly_paid, owner))
    return judge(given, fairness_law(packaged(), date(year, 12, 31)))


@dataclass(frozen=True)
class Closed:
    """A month that was closed."""

    since: date
    closed_at: datetime
    sha256: str
    total: Money


def closed_months(employer_id: UUID) -> list[Closed]:
    """Every closed month, the newest first."""
    rows = MonthClosed.objects.filter(employer=employer_id).order_by("-since")
    return [Closed(row.since, row.closed_at, row.sha256, Money(row.total)) for row in rows]


def deductions_for(employer_id: UUID, month: Month, *, at: datetime) -> tuple[Deduction, ...]:
    """What a month's payroll file takes: as it was closed, or as it would be if it were closed at this moment."""
    closed = closed_months(employer_id)
    own = next((one.closed_at for one in closed if one.since == month.since), at)
    before = next((one.closed_at for one in closed if one.since < month.since), None)
    return deductions(book_lines(employer_id, [PassbookKind.COPAYS]), month, closed_at=own, before=before)


def charged_twice(employer_id: UUID, month: Month) -> int:
    """How often one employee was charged for more than one booking on one day of care, what was given back left out."""
    rows = Entry.objects.filter(employer=employer_id, verb="charge", day__gte=month.since, day__lt=month.until)
    standing = rows.filter(reversed_by=None).values("employee_id", "day").annotate(bookings=Count("id"))
    return standing.filter(bookings__gt=1).count()


def near_the_limit(employer_id: UUID, year: int, within: Money) -> list[Imputed]:
    """Employees whose year has come near the limit or past it."""
    return [one for one in imputed_in(employer_id, year) if one.box10 + within >= one.limit and one.box10 > Money(0)]


def used_before(employer_id: UUID, year_since: date, day: date) -> dict[UUID, int]:
    """What each employee's bookings had used of an allowance in a plan year, for care before a day."""
    rows = Line.objects.filter(
        kind=PassbookKind.ALLOWANCE.value,
        part=Part.DAY.value,
        since=year_since,
        entry__employer=employer_id,
        entry__day__lt=day,
    )
    sums = rows.values_list("entry__employee_id").annotate(sum=Sum("amount"))
    return {employee_id: -amount for employee_id, amount in sums}
