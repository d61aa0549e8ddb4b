"""Which plan holds for an employer on a day, and what does it say?"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from daybreak.kernel.money import Money
from daybreak.network.caregivers.queries import rate_on
from daybreak.network.contracts.queries import contracts_on
from daybreak.people.queries import employed_as
from daybreak.plan import models
from daybreak.plan.allowance import owners_of
from daybreak.plan.ledger import allowance_of, of_year
from daybreak.plan.plan_file import read_plan
from daybreak.plan.terms import Passbook, PassbookKind, Plan, Standing, StoredPlan


def plan_on(employer_id: UUID, day: date) -> StoredPlan | None:
    """The plan that decides about care on a day, or None where the employer has none for it."""
    held = models.PlanFile.objects.filter(employer=employer_id, since__lte=day, year_until__gt=day)
    row = held.order_by("-since").values_list("pk", "sha256").first()
    return _stored(employer_id, *row) if row else None


def plan_called(plan_id: UUID) -> StoredPlan:
    """A plan by its row, as it was when it decided."""
    row = models.PlanFile.objects.only("employer_id", "sha256").get(pk=plan_id)
    return _stored(row.employer_id, row.pk, row.sha256)


def plans_of(employer_id: UUID) -> list[StoredPlan]:
    """Every plan of an employer, the one that takes effect last first."""
    rows = models.PlanFile.objects.filter(employer=employer_id).order_by("-since").values_list("pk", "sha256")
    return [_stored(employer_id, pk, digest) for pk, digest in rows]


def standing_of(person_id: UUID, household_id: UUID, child_ids: Iterable[UUID], day: date) -> Standing | None:
    """Where a family stands on a day of care; None while its employer has no plan for it."""
    employed = employed_as(person_id, household_id)
    stored = plan_on(employed.employer_id, day) if employed else None
    if employed is None or stored is None:
        return None
    owners = owners_of(stored.plan.allowance, employed, child_ids)
    tally = of_year(PassbookKind.TALLY, employed.employee_id, employed.employer_id, day)
    return Standing(
        stored=stored,
        employed=employed,
        left={owner: left_of(stored, owner) for owner in owners},
        tallied=Money(_balance(tally) or 0),
    )


def left_of(stored: StoredPlan, owner: UUID) -> int:
    """What is left of an allowance; a passbook nobody has needed yet will open with the grant and what comes along."""
    plan = stored.plan
    passbook = allowance_of(plan, stored.employer_id, owner)
    row = models.Account.objects.filter(pk=passbook.account_id).values_list("balance", "granted").first()
    if row is not None:
        balance, granted = row
        return max(balance + plan.allowance.amount - granted, 0)
    before = plan_before(stored)
    if before is None or before.plan.allowance.unit is not plan.allowance.unit:
        return plan.allowance.amount
    old = _balance(allowance_of(before.plan, stored.employer_id, owner)) or 0
    return plan.allowance.amount + min(before.plan.allowance.carry_over, old)


def _balance(passbook: Passbook) -> int | None:
    rows = models.Account.objects.filter(pk=passbook.account_id)
    return rows.values_list("balance", flat=True).first()


def plan_before(stored: StoredPlan) -> StoredPlan | None:
    """The last plan of the plan year before, where one year ends when the other begins."""
    rows = models.PlanFile.objects.filter(employer=stored.employer_id, year_until=stored.plan.year.since)
    row = rows.order_by("-since").values_list("pk", "sha256").first()
    return _stored(stored.employer_id, *row) if row else None


def price_of(site_id: UUID, employer_id: UUID, day: date, children: int) -> Money | None:
    """What a provider takes for a booking: by its contract with the employer, else by its own word, or None."""
    contracts = (one.rate_cents for one in contracts_on(site_id, day) if one.employer_id == employer_id)
    rate = next((cents for cents in contracts if cents is not None), None)
    rate = rate_on(site_id, day) if rate is None else rate
    return None if rate is None else Money(rate) * children


def _stored(employer_id: UUID, plan_id: UUID, digest: str) -> StoredPlan:
    return StoredPlan(plan_id, employer_id, _read(plan_id, digest))


@lru_cache(maxsize=64)
def _read(plan_id: UUID, digest: str) -> Plan:
    """The terms of a stored file; a plan never changes, so each process reads it once."""
    return read_plan(models.PlanFile.objects.values_list("text", flat=True).get(pk=plan_id), source=digest[:12])
