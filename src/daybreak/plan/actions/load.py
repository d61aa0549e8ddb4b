"""Load an employer's plan: the whole file or nothing, word for word, with its digest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.errors import BadInput
from daybreak.people.queries import employer_called, work_sites_of
from daybreak.plan import models
from daybreak.plan.ledger import budget_row
from daybreak.plan.plan_file import FIX, read_plan
from daybreak.plan.terms import Plan, StoredPlan


@transaction.atomic
def load_plan(text: str, *, source: str, at: datetime, actor: UUID | None = None) -> StoredPlan:
    """Store a plan that can be trusted; the same file again changes nothing.

    Raises BadInput with every problem, for an employer or work site nobody added, and for a day on which another
    version of the plan already takes effect: what has decided once is never replaced.
    """
    # Read.
    plan = read_plan(text, source=source)
    employer_id = employer_called(plan.employer)
    if employer_id is None:
        raise BadInput(f"There is no employer called {plan.employer!r}.", source=source, do=FIX)
    same_day = models.PlanFile.objects.filter(employer=employer_id, since=plan.since).first()
    if same_day is not None and same_day.sha256 == plan.sha256:
        return StoredPlan(same_day.pk, employer_id, plan)

    # Decide.
    if same_day is not None:
        problem = (
            f"Another version of the plan of {plan.employer} takes effect on {plan.since}, and it may have decided."
        )
        raise BadInput(problem, source=source, do="Nothing was loaded. Give this version a later 'takes_effect'.")
    others = models.PlanFile.objects.filter(
        employer=employer_id, year_since__lt=plan.year.until, year_until__gt=plan.year.since
    )
    if others.exclude(year_since=plan.year.since, year_until=plan.year.until).exists():
        problem = f"Another plan of {plan.employer} has a plan year that overlaps this one without being the same."
        raise BadInput(problem, source=source, do="Nothing was loaded. Give both the same days, or none in common.")
    work_sites = {name: pk for pk, name in work_sites_of(employer_id).items()}
    unknown = sorted({budget.work_site for budget in plan.budgets} - work_sites.keys())
    if unknown:
        raise BadInput(f"{plan.employer} has no work site called {unknown[0]!r}.", source=source, do=FIX)

    # Write.
    plan_id = uuid4()
    models.PlanFile.objects.create(
        id=plan_id,
        employer_id=employer_id,
        year_since=plan.year.since,
        year_until=plan.year.until,
        since=plan.since,
        text=text,
        sha256=plan.sha256,
        loaded_at=at,
        loaded_by=actor,
    )
    _lay_out_budgets(plan, work_sites, employer_id, source)
    facts = {"sha256": plan.sha256, "since": plan.since.isoformat()}
    record(actor=actor, verb="load", thing="plan", thing_id=plan_id, because="plan", at=at, facts=facts)
    return StoredPlan(plan_id, employer_id, plan)


def _lay_out_budgets(plan: Plan, work_sites: Mapping[str, UUID], employer_id: UUID, source: str) -> None:
    """A counter for each reserve; another version of the plan may change its most, but not below what is spent."""
    for budget in plan.budgets:
        work_site_id = work_sites[budget.work_site]
        row_id = budget_row(work_site_id, plan.year, budget.quarter)
        what = {
            "employer_id": employer_id,
            "work_site_id": work_site_id,
            "year_since": plan.year.since,
            "quarter": budget.quarter,
        }
        models.BudgetCount.objects.get_or_create(id=row_id, defaults={**what, "most": budget.most.cents})
        rows = models.BudgetCount.objects.filter(pk=row_id, spent__lte=budget.most.cents)
        if not rows.update(most=budget.most.cents):
            problem = (
                f"The reserve of {budget.work_site} in quarter {budget.quarter} is below what was spent of it already."
            )
            raise BadInput(problem, source=source, do=FIX)
