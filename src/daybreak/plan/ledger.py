"""What does a booking write into the books? Double entry: what one passbook gains others lose, in the same unit.

    allowance   days or minutes somebody may still use       against  granted, what the employer has promised
    copays      what an employee owes                         against  care, what care costs the employer
    provider    what a provider is owed (below zero)          against  care
    tally       what an employee was given toward care        against  tallies
    budget      what a budget has paid for                    against  set aside

The passbooks of people (allowance, copays, tally) are written with the booking. The others are touched by every booking
of an employer or a provider, so their lines wait, and a worker numbers them in batches.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from daybreak.kernel.money import Money
from daybreak.plan.terms import Cost, Counted, Part, Passbook, Plan, Posting, Unit, Year, quarter_of
from daybreak.plan.terms import PassbookKind as Kind


@dataclass(frozen=True)
class Owners:
    """Whose passbooks a booking touches."""

    employer_id: UUID
    employee_id: UUID
    allowances: tuple[UUID, ...]
    """The employee, the household, or each child."""
    provider_id: UUID
    budget_id: UUID | None = None


def counted_in(unit: Unit) -> Counted:
    """What an allowance is counted in."""
    return Counted.DAYS if unit is Unit.DAYS else Counted.MINUTES


def allowance_of(plan: Plan, employer_id: UUID, owner: UUID) -> Passbook:
    """The passbook of what somebody may still use in a plan year."""
    return Passbook(Kind.ALLOWANCE, owner, employer_id, plan.year.since, counted_in(plan.allowance.unit))


def of_year(kind: Kind, owner: UUID, employer_id: UUID, day: date) -> Passbook:
    """A passbook in money, of the calendar year a day lies in."""
    return Passbook(kind, owner, employer_id, date(day.year, 1, 1), Counted.CENTS)


def budget_id(work_site_id: UUID, year: Year, day: date) -> UUID:
    """The row of the reserve that care for a work site on a day is drawn from."""
    return budget_row(work_site_id, year, quarter_of(year, day))


def budget_row(work_site_id: UUID, year: Year, quarter: int) -> UUID:
    """The row of a work site's reserve in a quarter of a plan year."""
    return uuid5(work_site_id, f"budget {year.since} {quarter}")


def granted(passbook: Passbook, amount: int) -> tuple[Posting, ...]:
    """What is promised, or taken back where the amount is below zero."""
    against = replace(passbook, kind=Kind.GRANTED, owner=passbook.employer_id)
    return _pair(passbook, against, Part.GRANT, amount)


def charged(plan: Plan, owners: Owners, day: date, cost: Cost, price: Money | None) -> tuple[Posting, ...]:
    """What a booking writes; `price` is what the provider takes, None where nobody has said."""
    employer = owners.employer_id

    def money(kind: Kind, owner: UUID) -> Passbook:
        return of_year(kind, owner, employer, day)

    lines: list[Posting] = []
    for owner in owners.allowances:
        passbook = allowance_of(plan, employer, owner)
        lines += _pair(passbook, replace(passbook, kind=Kind.GRANTED, owner=employer), Part.DAY, -cost.amount)
    care = money(Kind.CARE, employer)
    lines += _pair(money(Kind.COPAYS, owners.employee_id), care, Part.COPAY, cost.copay.cents)
    if price is not None:
        lines += _pair(care, money(Kind.PROVIDER, owners.provider_id), Part.COST, price.cents)
    tally = money(Kind.TALLY, owners.employee_id)
    lines += _pair(tally, money(Kind.TALLIES, employer), Part.TALLY, cost.tally.cents)
    if owners.budget_id is not None:
        lines += _pair(
            money(Kind.BUDGET, owners.budget_id), money(Kind.SET_ASIDE, employer), Part.BUDGET, drawn(cost, price).cents
        )
    return tuple(lines)


def drawn(cost: Cost, price: Money | None) -> Money:
    """What a booking takes of a reserve: what the provider takes, or the fair value where nobody has said, less copay.

    >>> cost = Cost(1, Money(1500), Money(8600), "4.1")
    >>> str(drawn(cost, Money(9500))), str(drawn(cost, None))
    ('$80.00', '$71.00')
    """
    return max((price if price is not None else cost.fair_value) - cost.copay, Money(0))


def taken_back(lines: Iterable[Posting], kept: frozenset[Part] = frozenset()) -> tuple[Posting, ...]:
    """The lines that reverse others, but for the parts that are kept."""
    return tuple(replace(line, amount=-line.amount) for line in lines if line.part not in kept)


def off_balance(lines: Iterable[Posting]) -> Mapping[Counted, int]:
    """What is left over in each unit; empty when the lines balance.

    >>> book = Passbook(Kind.TALLY, UUID(int=1), UUID(int=2), date(2026, 1, 1), Counted.CENTS)
    >>> off_balance(_pair(book, replace(book, kind=Kind.TALLIES), Part.TALLY, 100))
    {}
    """
    sums: Counter[Counted] = Counter()
    for line in lines:
        sums[line.passbook.counted] += line.amount
    return {counted: left for counted, left in sums.items() if left}


def replayed(lines: Iterable[Posting]) -> dict[Passbook, int]:
    """Every balance, from the lines alone."""
    balances: dict[Passbook, int] = {}
    for line in lines:
        balances[line.passbook] = balances.get(line.passbook, 0) + line.amount
    return balances


def _pair(gains: Passbook, against: Passbook, part: Part, amount: int) -> tuple[Posting, ...]:
    if not amount:
        return ()
    return (Posting(gains, part, amount), Posting(against, part, -amount))
