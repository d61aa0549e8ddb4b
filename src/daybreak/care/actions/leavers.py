"""Employees have left: what their families had asked for does not stand any more, and nobody waits for them.

Each request ends in a transaction of its own. If the process dies in between, the next run ends those that are left: it
looks at every open request, not only at those of one employer.
"""

from datetime import datetime

from daybreak.care.actions.cancel import end_benefit
from daybreak.care.queries import without_employee


def end_for_leavers(*, at: datetime) -> int:
    """End every open request for care ahead that no employee stands behind; returns how many."""
    return sum(bool(end_benefit(request_id=request_id, at=at)) for request_id in without_employee(at=at))
