"""A family cancels, or its benefit ends. The spots are free again in the same moment, and the home learns of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.care.actions.move import move_booking, move_request
from daybreak.care.actions.tell import tell_family, tell_provider
from daybreak.care.models import Booking, CareRequest
from daybreak.care.states import CAME, BookingState, By
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.network.actions import release_spots
from daybreak.people.actions import lock_household
from daybreak.plan.actions.charge import give_back


@transaction.atomic
def cancel_request(*, request_id: UUID, actor: UUID, at: datetime) -> Decision:
    """Cancel a request and the booking it has; refused once care was given or the request has ended."""
    return _end(request_id, "cancel", "care-canceled", by=By.FAMILY, actor=actor, at=at)


@transaction.atomic
def end_benefit(*, request_id: UUID, at: datetime) -> Decision:
    """End the request of a family that has no right to the benefit any more; refused as a cancellation is.

    Nothing is kept of what it was charged: the family did not cancel.
    """
    return _end(request_id, "end-benefit", "care-benefit-ended", by=By.CLOCK, actor=None, at=at)


def _end(request_id: UUID, verb: str, code: str, *, by: By, actor: UUID | None, at: datetime) -> Decision:
    household_id = CareRequest.objects.filter(pk=request_id).values_list("household_id", flat=True).first()
    if household_id is None:
        return No((Reason("not-allowed"),))
    lock_household(household_id)
    request = CareRequest.objects.select_for_update().get(pk=request_id)
    live = (BookingState.HELD.value, BookingState.CONFIRMED.value)
    booking = Booking.objects.select_for_update().filter(request=request, state__in=live).first()
    attended = Booking.objects.filter(request=request, state__in=[state.value for state in CAME]).exists()
    if attended:
        return No((Reason("too-late-for-that", {"thing": "request", "state": "attended", "verb": verb}),))
    moved = move_request(request, verb, by=by, actor=actor, at=at)
    if isinstance(moved, No):
        return moved
    if booking is not None:
        # Nothing was promised while the home had not answered, so a hold costs nothing however late it is canceled.
        is_costly = by is By.FAMILY and booking.state == BookingState.CONFIRMED.value
        before = booking.arrives_at - at if is_costly else None
        move_booking(booking, verb, by=by, actor=actor, at=at)
        release_spots(booking_id=booking.pk, at=at)
        give_back(booking_id=booking.pk, because=verb, at=at, family_canceled_before=before, actor=actor)
        tell_provider(booking, "provider-canceled", at=at)
    tell_family(request, code, at=at)
    return moved
