"""Which requests of a household, and which bookings of sites, may stand in a calendar?"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from daybreak.care.blocks.terms import Arrival, Planned
from daybreak.care.models import CareMove, CareRequest
from daybreak.care.queries import bookings_since, requests_of
from daybreak.care.terms import RequestView
from daybreak.kernel.spans import Span

MOST = 60
"""Requests of a household a feed tells of, newest first: two months of asking every working day."""


def plans_of(household_id: UUID) -> list[Planned]:
    """A household's newest requests, each with its shift and its changes."""
    return _planned(requests_of(household_id, limit=MOST))


def plan_of(view: RequestView) -> Planned:
    """One request with its shift and its changes."""
    return _planned([view])[0]


def arrivals_since(site_ids: Collection[UUID], day: date) -> list[Arrival]:
    """Bookings of these sites since a day, each with its changes."""
    bookings = bookings_since(site_ids, day)
    changes = _changes("booking", [one.booking_id for one in bookings])
    return [Arrival(one, *changes[one.booking_id]) for one in bookings if one.booking_id in changes]


def _planned(views: list[RequestView]) -> list[Planned]:
    ids = [view.request_id for view in views]
    rows = CareRequest.objects.filter(pk__in=ids).values_list("pk", "starts_at", "ends_at")
    shifts = {pk: Span(starts, ends) for pk, starts, ends in rows}
    changes = _changes("request", ids)
    return [Planned(view, shifts[view.request_id], *changes[view.request_id]) for view in views]


def _changes(of: str, ids: Iterable[UUID]) -> dict[UUID, tuple[datetime, int]]:
    rows = CareMove.objects.filter(**{f"{of}__in": list(ids)}).values(of)
    counted = rows.annotate(last=Max("at"), moves=Count("pk")).values_list(of, "last", "moves")
    return {pk: (last, moves) for pk, last, moves in counted}
