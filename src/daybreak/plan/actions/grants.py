"""Open passbooks with what the plan grants, carry over what may be taken along, give more in hardship, end a year.

A passbook is opened when it is first needed. What another version of the plan grants more or less is a line of its own;
less never takes back what was used.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.plan import ledger
from daybreak.plan.actions.books import Deed, hold, write, write_all
from daybreak.plan.allowance import in_units
from daybreak.plan.models import Account, Line
from daybreak.plan.queries import plan_before
from daybreak.plan.terms import Passbook, PassbookKind, Posting, StoredPlan


def opened(stored: StoredPlan, owners: Iterable[UUID], *, at: datetime) -> dict[Passbook, Account]:
    """Hold the allowances of a plan year for these owners, with all that the plan grants written into them.

    Works in the caller's transaction.
    """
    plan, employer_id = stored.plan, stored.employer_id
    held = hold(ledger.allowance_of(plan, employer_id, owner) for owner in owners)
    for passbook, row in held.items():
        if row.granted != plan.allowance.amount:
            _grant(stored, passbook, row, at)
        if row.lines == 1:
            # Just opened: its first line is the grant.
            _carry_over(stored, passbook, row, at)
    return held


@transaction.atomic
def give_hardship(*, stored: StoredPlan, owner: UUID, amount: int, because: str, at: datetime, actor: UUID) -> Decision:
    """Give somebody more than the plan's amount, up to its most for hardship; `because` is a code, never a story."""
    passbook = ledger.allowance_of(stored.plan, stored.employer_id, owner)
    held, terms = opened(stored, [owner], at=at), stored.plan.allowance
    given = Line.objects.filter(account_id=passbook.account_id, entry__verb="hardship").values_list("amount", flat=True)
    left = terms.hardship - sum(given)
    if not 0 < amount <= left:
        facts = {"left": in_units(terms.unit, left), "wanted": in_units(terms.unit, amount)}
        return No((Reason("hardship-spent", facts, terms.cite),))
    key = f"hardship:{passbook.account_id}:{held[passbook].lines}"
    deed = _deed(stored, key, "hardship", because, at, actor=actor)
    write(deed, ledger.granted(passbook, amount), held)
    record(actor=actor, verb="give-hardship", thing="passbook", thing_id=passbook.account_id, because=because, at=at)
    return Yes()


@transaction.atomic
def end_year(*, stored: StoredPlan, owner: UUID, at: datetime) -> None:
    """Take back what is left of a plan year that is over, after what may be taken along has been; twice is once."""
    if at.date() < stored.plan.year.until:
        return
    passbook = ledger.allowance_of(stored.plan, stored.employer_id, owner)
    held = hold([passbook])
    key = f"end-year:{passbook.account_id}:{held[passbook].lines}"
    deed = _deed(stored, key, "end-year", "year-over", at)
    write(deed, ledger.granted(passbook, -held[passbook].balance), held)


def end_years(
    *, stored: StoredPlan, at: datetime, progress: Callable[[int], None] = lambda _: None, limit: int = 1000
) -> int:
    """End a plan year that is over for everybody, a batch of passbooks a transaction; returns how many had days left.

    `progress` is told how many are done. Stopped in the middle, it goes on where it was.
    """
    if at.date() < stored.plan.year.until:
        return 0
    left = Account.objects.filter(
        kind=PassbookKind.ALLOWANCE.value, employer=stored.employer_id, since=stored.plan.year.since, balance__gt=0
    )
    done = 0
    while owners := list(left.order_by("pk").values_list("owner", flat=True)[:limit]):
        with transaction.atomic():
            held = hold(ledger.allowance_of(stored.plan, stored.employer_id, owner) for owner in owners)
            write_all(_endings(stored, held, at), held)
        done += len(owners)
        progress(done)
    return done


def _endings(stored: StoredPlan, held: dict[Passbook, Account], at: datetime) -> list[tuple[Deed, tuple[Posting, ...]]]:
    return [
        (
            _deed(stored, f"end-year:{passbook.account_id}:{row.lines}", "end-year", "year-over", at),
            ledger.granted(passbook, -row.balance),
        )
        for passbook, row in held.items()
        if row.balance
    ]


def _grant(stored: StoredPlan, passbook: Passbook, row: Account, at: datetime) -> None:
    """Grant what this version of the plan gives, or the difference to what was granted before."""
    more = max(stored.plan.allowance.amount - row.granted, -row.balance)
    row.granted += more
    key = f"grant:{passbook.account_id}:{row.lines}"
    write(_deed(stored, key, "grant", "plan", at), ledger.granted(passbook, more), {passbook: row})


def _carry_over(stored: StoredPlan, passbook: Passbook, row: Account, at: datetime) -> None:
    """Move what the plan of the year before lets be taken along, from its passbook into this one."""
    before = plan_before(stored)
    if before is None or before.plan.allowance.unit is not stored.plan.allowance.unit:
        return
    old = ledger.allowance_of(before.plan, stored.employer_id, passbook.owner)
    if not Account.objects.filter(pk=old.account_id).exists():
        return
    held = {**hold([old]), passbook: row}
    along = min(before.plan.allowance.carry_over, held[old].balance)
    lines = (*ledger.granted(old, -along), *ledger.granted(passbook, along))
    write(_deed(stored, f"carry-over:{passbook.account_id}:{row.lines}", "carry-over", "plan", at), lines, held)


def _deed(stored: StoredPlan, key: str, verb: str, because: str, at: datetime, *, actor: UUID | None = None) -> Deed:
    return Deed(
        key=key,
        verb=verb,
        because=because,
        employer_id=stored.employer_id,
        day=stored.plan.since,
        at=at,
        plan_id=stored.plan_id,
        cite=stored.plan.allowance.cite,
        actor=actor,
    )
