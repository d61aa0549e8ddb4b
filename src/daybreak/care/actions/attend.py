"""The home says whether the children came."""

from datetime import datetime, timedelta
from uuid import UUID

from daybreak.care.actions.answer import locked
from daybreak.care.actions.move import move_booking, move_request
from daybreak.care.states import By
from daybreak.kernel.decisions import Decision, No, Reason

EARLY = timedelta(hours=2)
"""How long before the agreed time children may come and be ticked off."""


def mark_attended(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children came; not before the day of care, so that nobody ticks off tomorrow by mistake."""
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        if at < booking.arrives_at - EARLY:
            return No((Reason("not-yet", {"from": (booking.arrives_at - EARLY).isoformat()}),))
        moved = move_booking(booking, "attend", by=By.PROVIDER, actor=actor, at=at)
        if moved:
            move_request(booking.request, "close", by=By.PROVIDER, actor=actor, at=at)
        return moved


def mark_missed(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children did not come; not before they were due. Only the home says so: a missing tick is no absence."""
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        if at < booking.arrives_at:
            return No((Reason("not-yet", {"from": booking.arrives_at.isoformat()}),))
        moved = move_booking(booking, "miss", by=By.PROVIDER, actor=actor, at=at)
        if moved:
            move_request(booking.request, "close", by=By.PROVIDER, actor=actor, at=at)
        return moved
