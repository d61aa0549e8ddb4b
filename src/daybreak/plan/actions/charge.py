"""A booking is counted and charged in its own transaction, and given back in the one that ends it.

Nothing is charged for care that does not happen: what a provider, the clock or Daybreak ends is given back whole. Only
a family's own late cancellation, or its not coming, may cost what its plan says. No money moves before care; copays are
collected afterwards by the payroll file.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.kernel.money import Money
from daybreak.people.queries import employed_as
from daybreak.people.terms import Employed
from daybreak.plan import ledger
from daybreak.plan.actions.books import Deed, hold, is_written, postings_of, write
from daybreak.plan.actions.grants import opened
from daybreak.plan.allowance import owners_of, spent_up
from daybreak.plan.cancellation import kept_parts
from daybreak.plan.copay import cost_of
from daybreak.plan.ledger import Owners, budget_id
from daybreak.plan.models import BudgetCount, Entry
from daybreak.plan.queries import plan_called, plan_on, price_of
from daybreak.plan.terms import OF_PEOPLE, Booked, Part, Passbook, PassbookKind, Posting, StoredPlan, Use


def charge(booked: Booked, *, at: datetime, actor: UUID | None = None) -> Decision:
    """Count a booking against the plan of its day; No, with the plan's paragraph, when it is not covered.

    Works in the transaction that takes the spots: a refusal is for the caller to roll back. Without a plan nothing is
    counted. The same booking twice is charged once. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A booking is charged in the transaction that makes it.")
    # Read.
    stored, employed = plan_on(booked.employer_id, booked.day), employed_as(booked.person_id, booked.household_id)
    key = f"charge:{booked.booking_id}"
    if stored is None or employed is None or is_written(key):
        return Yes()
    plan = stored.plan
    cost = cost_of(plan, Use(booked.route, employed.pay_class, len(booked.child_ids), booked.minutes))
    if isinstance(cost, No):
        return cost
    price = price_of(booked.site_id, booked.employer_id, booked.day, len(booked.child_ids))
    owners = owners_of(plan.allowance, employed, booked.child_ids)
    allowances = opened(stored, owners, at=at)

    # Decide.
    least = min(row.balance for row in allowances.values())
    if least < cost.amount:
        return No((spent_up(plan.allowance, left=least, wanted=cost.amount),))
    budget = plan.budget_of(employed.work_site, booked.day)
    if budget is not None and not _draw(_row_of(stored, employed, booked), ledger.drawn(cost, price)):
        return No((Reason("budget-spent", {}, budget.cite),))

    # Write.
    books = Owners(
        employer_id=booked.employer_id,
        employee_id=employed.employee_id,
        allowances=owners,
        provider_id=booked.provider_id,
        budget_id=_row_of(stored, employed, booked) if budget else None,
    )
    lines = ledger.charged(plan, books, booked.day, cost, price)
    deed = Deed(
        key=key,
        verb="charge",
        because="booked",
        employer_id=booked.employer_id,
        day=booked.day,
        at=at,
        plan_id=stored.plan_id,
        cite=cost.cite,
        credit=plan.routes[booked.route].credit.value,
        employee_id=employed.employee_id,
        request_id=booked.request_id,
        booking_id=booked.booking_id,
        actor=actor,
    )
    write(deed, lines, {**hold(_people(lines) - allowances.keys()), **allowances})
    return Yes()


def give_back(
    *,
    booking_id: UUID,
    because: str,
    at: datetime,
    family_canceled_before: timedelta | None = None,
    actor: UUID | None = None,
) -> None:
    """Reverse what a booking was charged; nothing where it was charged nothing, or was given back before.

    `because` is a code, such as withdraw. `family_canceled_before` is how long before arrival the family itself
    canceled what was confirmed; only then may the plan keep a part. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("What a booking was charged is given back in the transaction that ends it.")
    entry = Entry.objects.filter(key=f"charge:{booking_id}").first()
    if entry is None or entry.plan_id is None or is_written(f"give-back:{booking_id}"):
        return
    terms = plan_called(entry.plan_id).plan.cancellation
    kept = kept_parts(terms, family_canceled_before)
    lines = ledger.taken_back(postings_of(entry), kept)
    for line in lines:
        if line.part is Part.BUDGET and line.passbook.kind is PassbookKind.BUDGET:
            BudgetCount.objects.filter(pk=line.passbook.owner).update(spent=F("spent") + line.amount)
    deed = Deed(
        key=f"give-back:{booking_id}",
        verb="give-back",
        because=because,
        employer_id=entry.employer_id,
        day=entry.day,
        at=at,
        plan_id=entry.plan_id,
        cite=terms.cite if kept else entry.cite,
        credit=entry.credit,
        employee_id=entry.employee_id,
        request_id=entry.request_id,
        booking_id=booking_id,
        reverses_id=entry.pk,
        actor=actor,
    )
    write(deed, lines, hold(_people(lines)))


def _people(lines: Iterable[Posting]) -> set[Passbook]:
    return {line.passbook for line in lines if line.passbook.kind in OF_PEOPLE}


def _row_of(stored: StoredPlan, employed: Employed, booked: Booked) -> UUID:
    return budget_id(employed.work_site_id, stored.plan.year, booked.day)


def _draw(budget: UUID, amount: Money) -> bool:
    """Take from a reserve if it holds so much: one conditional update, and a look at the row count."""
    rows = BudgetCount.objects.filter(pk=budget, spent__lte=F("most") - amount.cents)
    return bool(rows.update(spent=F("spent") + amount.cents))
