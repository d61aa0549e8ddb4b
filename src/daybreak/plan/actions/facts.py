"""Write what an employer says of an employee for the taxes of a year. Earlier statements stay; the newest counts."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.plan.models import TaxFact
from daybreak.plan.tax.facts_file import Said
from daybreak.plan.tax.terms import Taxpayer


@transaction.atomic
def say_all(said: Iterable[Said], *, year: int, at: datetime, actor: UUID | None = None) -> int:
    """Write the statements of a file, all or none; returns how many."""
    count = 0
    for one in said:
        say_tax_facts(
            employee_id=one.employee_id, year=year, taxpayer=one.taxpayer, owner=one.owner, at=at, actor=actor
        )
        count += 1
    return count


@transaction.atomic
def say_tax_facts(
    *, employee_id: UUID, year: int, taxpayer: Taxpayer, owner: bool = False, at: datetime, actor: UUID | None = None
) -> None:
    """Write one statement: filing, FSA, incomes where they are known, whether highly paid or an owner."""
    earned, other = taxpayer.earned_income, taxpayer.spouse_income
    TaxFact.objects.create(
        employee_id=employee_id,
        year=year,
        filing=taxpayer.filing.value,
        fsa=taxpayer.fsa.cents,
        earned_income=earned.cents if earned is not None else None,
        spouse_income=other.cents if other is not None else None,
        highly_paid=taxpayer.highly_paid,
        owner=owner,
        at=at,
    )
    record(
        actor=actor,
        verb="say-tax-facts",
        thing="employee",
        thing_id=employee_id,
        because="plan",
        at=at,
        facts={"year": year},
    )
