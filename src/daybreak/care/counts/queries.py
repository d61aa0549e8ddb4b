"""How do the requests of an employer's families stand, day by day? Counts only; no id leaves this module."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from daybreak.care.counts.terms import DayCount
from daybreak.care.models import CareRequest
from daybreak.care.states import RequestState

PLACED = (RequestState.PLACED.value, RequestState.CLOSED.value)


def standing_on(employer_id: UUID, days: Collection[date]) -> dict[date, DayCount]:
    """The counts of each of these days, in one query."""
    rows = (
        CareRequest.objects.filter(employer=employer_id, day__in=list(days))
        .exclude(state=RequestState.CANCELED.value)
        .values("day")
        .annotate(
            asked=Count("pk"),
            looking=Count("pk", filter=Q(state=RequestState.ASKED.value)),
            placed=Count("pk", filter=Q(state__in=PLACED)),
            unfilled=Count("pk", filter=Q(state=RequestState.UNFILLED.value)),
        )
    )
    found = {row["day"]: DayCount(row["asked"], row["looking"], row["placed"], row["unfilled"]) for row in rows}
    return {day: found.get(day, DayCount()) for day in days}
