"""Which plan holds for an employer on a day, and what does it say?"""

from datetime import date
from functools import lru_cache
from uuid import UUID

from daybreak.plan import models
from daybreak.plan.plan_file import read_plan
from daybreak.plan.terms import Plan, StoredPlan


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


def _stored(employer_id: UUID, plan_id: UUID, digest: str) -> StoredPlan:
    return StoredPlan(plan_id, employer_id, _read(plan_id, digest))


@lru_cache(maxsize=64)
def _read(plan_id: UUID, digest: str) -> Plan:
    """The terms of a stored file; a plan never changes, so each process reads it once."""
    return read_plan(models.PlanFile.objects.values_list("text", flat=True).get(pk=plan_id), source=digest[:12])
