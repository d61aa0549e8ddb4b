"""When is a caregiver there, and what was looked into?"""

from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from daybreak.network.caregivers.terms import Checked, CheckKind, SaidBy, Week
from daybreak.network.models import Check, Rate, WeeklyHours


def week_of(site_id: UUID) -> Week:
    """A caregiver's hours by day of the week; empty while no week was said."""
    rows = WeeklyHours.objects.filter(site=site_id).order_by("weekday")
    return {row.weekday: (row.starts, row.ends) for row in rows}


def hours_on(site_ids: Collection[UUID], day: date) -> dict[UUID, tuple[time, time]]:
    """The hours of a day of those whose week names it, in one query."""
    rows = WeeklyHours.objects.filter(site__in=site_ids, weekday=day.weekday())
    return {site_id: (starts, ends) for site_id, starts, ends in rows.values_list("site_id", "starts", "ends")}


def checks_of(site_id: UUID) -> tuple[Checked, ...]:
    """The newest check of each kind, by kind, from whoever said it last."""
    rows = Check.objects.filter(site=site_id).order_by("done_on", "at")
    newest = {CheckKind(row.kind): row for row in rows}
    return tuple(
        Checked(kind, row.done_on, row.valid_until, SaidBy(row.said_by), row.source)
        for kind in CheckKind
        if (row := newest.get(kind))
    )


def rate_on(site_id: UUID, day: date) -> int | None:
    """What a provider takes for one child and day by its own word, in cents; None where it has said nothing."""
    rates = Rate.objects.filter(site=site_id, from_day__lte=day).order_by("-from_day", "-at", "-pk")
    return rates.values_list("cents", flat=True).first()
