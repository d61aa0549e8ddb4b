"""A family comes later than agreed, to bring the children or to fetch them, and the home is told."""

from datetime import datetime, timedelta
from uuid import UUID

from daybreak.audit.actions import record
from daybreak.care.actions.answer import locked
from daybreak.care.actions.tell import tell_provider
from daybreak.care.states import BookingState
from daybreak.kernel.decisions import Decision, No, Reason, Yes


def say_late(*, booking_id: UUID, minutes: int, actor: UUID, at: datetime) -> Decision:
    """Tell the home by how many minutes the family is later than agreed; nothing of the booking changes.

    Before the children came, the time they come is meant; afterwards, the time they are fetched.
    """
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        state = BookingState(booking.state)
        if state not in (BookingState.CONFIRMED, BookingState.ATTENDED):
            return No((Reason("too-late-for-that", {"thing": "booking", "state": state.value, "verb": "say-late"}),))
        agreed_at = booking.arrives_at if state is BookingState.CONFIRMED else booking.leaves_at
        code = "provider-family-late" if state is BookingState.CONFIRMED else "provider-fetched-late"
        facts = {"minutes": minutes}
        record(actor=actor, verb="say-late", thing="booking", thing_id=booking.pk, because="care", at=at, facts=facts)
        tell_provider(booking, code, at=at, expected_at=agreed_at + timedelta(minutes=minutes), again=at.isoformat())
        return Yes()
