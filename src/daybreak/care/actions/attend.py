"""The home says whether the children came, and when they were fetched. The same tap twice is one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from daybreak.care.actions.answer import locked
from daybreak.care.actions.move import is_done, move_booking, move_request
from daybreak.care.models import Booking
from daybreak.care.states import By
from daybreak.kernel.decisions import Decision, No, Reason, Yes

EARLY = timedelta(hours=2)
"""How long before the agreed time children may come and be ticked off."""


def mark_attended(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children came; not before the day of care, so that nobody ticks off tomorrow by mistake."""
    return _mark(booking_id, "attend", lambda booking: booking.arrives_at - EARLY, actor=actor, at=at)


def mark_missed(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children did not come; not before they were due. Only the home says so: a missing tick is no absence."""
    return _mark(booking_id, "miss", lambda booking: booking.arrives_at, actor=actor, at=at)


def mark_fetched(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children who came have been fetched."""
    return _mark(booking_id, "fetch", lambda booking: booking.arrives_at - EARLY, actor=actor, at=at)


def _mark(booking_id: UUID, verb: str, since: Callable[[Booking], datetime], *, actor: UUID, at: datetime) -> Decision:
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        if is_done(booking, verb):
            return Yes()
        if at < since(booking):
            return No((Reason("not-yet", {"from": since(booking).isoformat()}),))
        moved = move_booking(booking, verb, by=By.PROVIDER, actor=actor, at=at)
        if moved and verb != "fetch":
            move_request(booking.request, "close", by=By.PROVIDER, actor=actor, at=at)
        return moved
