"""Close a month for payroll: its file is made, its digest kept; what comes later is a correction in the next."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people.queries import employer_names
from daybreak.plan.books.files import deductions_csv
from daybreak.plan.books.months import Month, month_of, total
from daybreak.plan.books.queries import closed_months, deductions_for
from daybreak.plan.models import MonthClosed


@transaction.atomic
def close_month(*, employer_id: UUID, month: Month, at: datetime, actor: UUID | None) -> Decision:
    """Close a month that is over, in its order; closed already is done, and two clerks at once close it once."""
    if employer_id not in employer_names():
        return No((Reason("not-allowed"),))
    closed = closed_months(employer_id)
    if any(one.since == month.since for one in closed):
        return Yes()
    if at.date() < month.until:
        return No((Reason("month-not-over", {"day": month.until.isoformat()}),))
    if closed and month_of(closed[0].since).until != month.since:
        return No((Reason("months-in-order", {"day": month_of(closed[0].since).until.isoformat()}),))
    found = deductions_for(employer_id, month, at=at)
    digest = sha256(deductions_csv(found).encode()).hexdigest()
    try:
        with transaction.atomic():
            row = MonthClosed.objects.create(
                id=uuid4(),
                employer_id=employer_id,
                since=month.since,
                closed_at=at,
                closed_by=actor,
                sha256=digest,
                total=total(found).cents,
            )
    except IntegrityError:
        return Yes()
    facts = {"month": month.since.isoformat(), "sha256": digest}
    record(actor=actor, verb="close", thing="month", thing_id=row.pk, because="payroll", at=at, facts=facts)
    return Yes()
