"""What is the state of a request or booking, and whom does a home expect?"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from daybreak.care.models import Attempt, Booking, CareRequest
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, PlacedChild, RequestView, Tried, WhyNot
from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import Span

_OPEN = (RequestState.ASKED.value, RequestState.PLACED.value)


def request_view(request_id: UUID) -> RequestView | None:
    """A care request as its family sees it, or None."""
    row = _requests().filter(pk=request_id).first()
    return _request(row) if row else None


def requests_of(household_id: UUID, *, limit: int = 20) -> list[RequestView]:
    """A household's requests, newest first."""
    return [_request(row) for row in _requests().filter(household=household_id).order_by("-asked_at", "pk")[:limit]]


def booking_view(booking_id: UUID) -> BookingView | None:
    """A booking as both sides see it, or None."""
    row = _bookings().filter(pk=booking_id).first()
    return _booking(row) if row else None


def bookings_on(site_id: UUID, day: date) -> list[BookingView]:
    """Every booking of a site on a day, in all states, by time of arrival."""
    return [_booking(row) for row in _bookings().filter(site=site_id, day=day).order_by("arrives_at", "pk")]


def open_spans(household_id: UUID) -> Iterable[tuple[UUID, Span, set[UUID]]]:
    """The hours and children of each request of a household that is still looking or placed."""
    rows = CareRequest.objects.filter(household=household_id, state__in=_OPEN).prefetch_related("children")
    for row in rows.order_by("asked_at", "pk"):
        yield row.pk, Span(row.starts_at, row.ends_at), {child.child_id for child in row.children.all()}


def _bookings() -> "QuerySet[Booking]":
    return Booking.objects.select_related("request").prefetch_related("children__room")


def _requests() -> "QuerySet[CareRequest]":
    return CareRequest.objects.prefetch_related(
        "children",
        Prefetch("bookings", _bookings().order_by("-created_at", "pk")),
        Prefetch("tried", Attempt.objects.select_related("site", "booking").order_by("at", "pk")),
    )


def _booking(row: Booking) -> BookingView:
    return BookingView(
        booking_id=row.pk,
        request_id=row.request_id,
        household_id=row.request.household_id,
        site_id=row.site_id,
        state=BookingState(row.state),
        day=row.day,
        arrives_at=row.arrives_at,
        leaves_at=row.leaves_at,
        minutes=row.minutes,
        held_until=row.held_until,
        children=tuple(
            PlacedChild(child.child_id, child.room_id, child.room.name, child.months) for child in row.children.all()
        ),
    )


def _request(row: CareRequest) -> RequestView:
    return RequestView(
        request_id=row.pk,
        household_id=row.household_id,
        state=RequestState(row.state),
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        child_ids=tuple(child.child_id for child in row.children.all()),
        asked_at=row.asked_at,
        decide_by_at=row.decide_by_at,
        answered_at=row.answered_at,
        bookings=tuple(_booking(booking) for booking in row.bookings.all()),
        tried=tuple(_tried(attempt) for attempt in row.tried.all()),
        why_not=tuple(WhyNot(Reason(line["code"], line["facts"], line["cite"]), line["sites"]) for line in row.why_not),
        considered=row.considered,
        without_offer=row.without_offer,
    )


def _tried(row: Attempt) -> Tried:
    reason = Reason(row.reason["code"], row.reason["facts"]) if row.reason else None
    outcome = row.booking.state if row.booking else "gone"
    return Tried(row.site_id, row.site.name, outcome, reason, row.at)
