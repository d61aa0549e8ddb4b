"""The home says whether the children came, and when they were fetched. The same tap twice is one.

Of siblings one may come and the other not, or later; each is written down by itself. A booking is attended once
somebody came, and fetched once everybody who came has been fetched.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from daybreak.audit.actions import record
from daybreak.care.actions.answer import locked
from daybreak.care.actions.move import is_done, move_booking, move_request
from daybreak.care.models import BookedChild, Booking
from daybreak.care.states import BookingState, By
from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.plan.actions.charge import give_back

EARLY = timedelta(hours=2)
"""How long before the agreed time children may come and be ticked off."""


def mark_attended(
    *, booking_id: UUID, actor: UUID, at: datetime, child_ids: Collection[UUID] | None = None
) -> Decision:
    """These children came, all of the booking where none is named; the others have not, and may come later.

    Not before the day of care, so that nobody ticks off tomorrow by mistake.
    """
    with locked(booking_id) as booking:
        if booking is None or not _are_its(booking, child_ids):
            return No((Reason("not-allowed"),))
        if is_done(booking, "attend"):
            late = BookedChild.objects.filter(booking=booking, child_id__in=child_ids or (), came_at=None)
            _noted(booking, "attend", late.update(came_at=at), actor=actor, at=at)
            return Yes()
        moved = _move(booking, "attend", lambda booking: booking.arrives_at - EARLY, actor=actor, at=at)
        if moved:
            _named(booking, child_ids).update(came_at=at)
        return moved


def mark_missed(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The children did not come; not before they were due. Only the home says so: a missing tick is no absence."""
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        is_new = not is_done(booking, "miss")
        moved = _move(booking, "miss", lambda booking: booking.arrives_at, actor=actor, at=at)
        if moved and is_new:
            # No care, so nothing to tax; whether the day counts as used is what the plan says of canceling late.
            late = booking.arrives_at - at
            give_back(booking_id=booking.pk, because="miss", at=at, family_canceled_before=late, actor=actor)
        return moved


def mark_fetched(*, booking_id: UUID, actor: UUID, at: datetime, child_ids: Collection[UUID] | None = None) -> Decision:
    """These children have been fetched, everybody who is still there where none is named."""
    with locked(booking_id) as booking:
        if booking is None or not _are_its(booking, child_ids):
            return No((Reason("not-allowed"),))
        there = BookedChild.objects.filter(booking=booking, came_at__isnull=False, fetched_at=None)
        leaving = there if child_ids is None else there.filter(child_id__in=child_ids)
        stays = there.exclude(pk__in=leaving.values("pk")).exists()
        if booking.state == BookingState.ATTENDED.value and stays:
            _noted(booking, "fetch", leaving.update(fetched_at=at), actor=actor, at=at)
            return Yes()
        moved = _move(booking, "fetch", lambda booking: booking.arrives_at - EARLY, actor=actor, at=at)
        if moved:
            leaving.update(fetched_at=at)
        return moved


def _are_its(booking: Booking, child_ids: Collection[UUID] | None) -> bool:
    """Whether a booking has every child that is named, and somebody is named where not all are meant."""
    if child_ids is None:
        return True
    named = set(child_ids)
    return bool(named) and _named(booking, named).count() == len(named)


def _named(booking: Booking, child_ids: Collection[UUID] | None) -> QuerySet[BookedChild]:
    rows = BookedChild.objects.filter(booking=booking)
    return rows if child_ids is None else rows.filter(child_id__in=child_ids)


def _noted(booking: Booking, verb: str, children: int, *, actor: UUID, at: datetime) -> None:
    """Write down that the booking stays in its state and some of its children moved."""
    if children:
        facts: dict[str, Fact] = {"state": booking.state, "children": children}
        record(actor=actor, verb=verb, thing="booking", thing_id=booking.pk, because="care", at=at, facts=facts)


def _move(booking: Booking, verb: str, since: Callable[[Booking], datetime], *, actor: UUID, at: datetime) -> Decision:
    if is_done(booking, verb):
        return Yes()
    if at < since(booking):
        return No((Reason("not-yet", {"from": since(booking).isoformat()}),))
    moved = move_booking(booking, verb, by=By.PROVIDER, actor=actor, at=at)
    if moved and verb != "fetch":
        move_request(booking.request, "close", by=By.PROVIDER, actor=actor, at=at)
    return moved
