"""Which bookings of a month stood to the end, as a plan looks at them?"""

from datetime import date
from uuid import UUID

from daybreak.care.covered import route_to, shift_minutes
from daybreak.care.models import Booking
from daybreak.care.states import KEEPS_SPOTS, BookingState
from daybreak.network.queries import site_card
from daybreak.plan.terms import Booked

STOOD = sorted(state.value for state in KEEPS_SPOTS - {BookingState.HELD})


def booked_in(employer_id: UUID, since: date, until: date) -> list[Booked]:
    """Bookings of an employer's families for days of care from one day up to another, in the order they were made."""
    rows = Booking.objects.filter(
        request__employer=employer_id, request__day__gte=since, request__day__lt=until, state__in=STOOD
    )
    rows = rows.select_related("request").prefetch_related("children").order_by("created_at", "pk")
    cards = {site_id: site_card(site_id) for site_id in sorted({row.site_id for row in rows})}
    found = []
    for row in rows:
        card, request = cards[row.site_id], row.request
        if card is not None:
            found.append(
                Booked(
                    booking_id=row.pk,
                    request_id=request.pk,
                    employer_id=employer_id,
                    household_id=request.household_id,
                    person_id=request.asked_by_id,
                    child_ids=tuple(child.child_id for child in row.children.all()),
                    day=request.day,
                    minutes=shift_minutes(request.starts_at, request.ends_at),
                    route=route_to(card),
                    site_id=row.site_id,
                    provider_id=card.provider_id,
                )
            )
    return found
