"""Which districts are known, when do they close, and what do families want then?"""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from daybreak.care.models import Closure, District, StandingRequest
from daybreak.care.standing.terms import Announced, Closed, ClosureKind, Standing, StandingView
from daybreak.care.standing.terms import District as Known


def districts() -> list[Known]:
    """Every district, by name."""
    return [Known(row.pk, row.name, row.zone) for row in District.objects.order_by("name")]


def district_named(name: str) -> Known | None:
    """The district of this name, however it is capitalized, or None."""
    row = District.objects.filter(name__iexact=name.strip()).first()
    return Known(row.pk, row.name, row.zone) if row else None


def closures_for(employer_id: UUID | None, *, since: date) -> list[Announced]:
    """Closures from a day on that hold for an employer's families, soonest first."""
    rows = Closure.objects.filter(Q(employer=None) | Q(employer=employer_id), day__gte=since)
    return [
        Announced(row.pk, row.district.name, closed_of(row), row.due_at)
        for row in rows.select_related("district").order_by("day", "district__name", "pk")
    ]


def standing_of(household_id: UUID) -> list[StandingView]:
    """A household's standing requests, newest first."""
    rows = StandingRequest.objects.filter(household=household_id).select_related("district")
    return [
        StandingView(
            standing_id=row.pk,
            standing=standing_row(row),
            district=row.district.name,
            is_ended=row.ended_at is not None,
            asked=tuple((one.day, one.request_id) for one in sorted(row.asked.all(), key=lambda one: one.day)[::-1]),
        )
        for row in rows.prefetch_related("children", "asked").order_by("-asked_at", "pk")
    ]


def wanted_by(closure: Closure) -> "QuerySet[StandingRequest]":
    """The standing requests that a closure turns into care requests, the oldest first."""
    rows = StandingRequest.objects.filter(
        district=closure.district_id, ended_at=None, from_day__lte=closure.day, until_day__gte=closure.day
    ).exclude(asked__day=closure.day)
    if closure.employer_id is not None:
        rows = rows.filter(employer=closure.employer_id)
    return rows.prefetch_related("children").order_by("asked_at", "pk")


def closed_of(row: Closure) -> Closed:
    """A closure as rules read it."""
    return Closed(row.district_id, row.day, ClosureKind(row.kind), row.hour)


def standing_row(row: StandingRequest) -> Standing:
    """A standing request as rules read it."""
    return Standing(
        household_id=row.household_id,
        district_id=row.district_id,
        child_ids=tuple(child.child_id for child in row.children.all()),
        starts=row.starts,
        ends=row.ends,
        decide_by=row.decide_by,
        told_from=row.told_from,
        from_day=row.from_day,
        until_day=row.until_day,
    )
