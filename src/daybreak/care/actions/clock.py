"""What the clock does: look again for those who wait, tell those whose time has come, end holds nobody answered.

Each due row is worked on in a transaction of its own. A worker that dies in the middle loses nothing: its transaction
never was, and its lease runs out.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import transaction

from daybreak.care import looking
from daybreak.care.actions.answer import lapse_booking
from daybreak.care.actions.look import look
from daybreak.care.actions.move import move_request
from daybreak.care.actions.tell import tell_family
from daybreak.care.models import Booking, CareRequest
from daybreak.care.states import BookingState, By, RequestState
from daybreak.due.actions import lease
from daybreak.people.actions import lock_household
from daybreak.people.queries import household_of

LEASE = timedelta(seconds=60)

Row = TypeVar("Row", CareRequest, Booking)

log = logging.getLogger(__name__)


def work_due(*, at: datetime, holder: str, limit: int = 20) -> int:
    """Do what is due on requests and bookings; returns how many rows were worked on."""
    requests = CareRequest.objects.filter(state=RequestState.ASKED.value)
    waiting = lease(requests, at=at, holder=holder, lease_for=LEASE, limit=limit)
    for row in waiting:
        _alone(row, look_again, at=at)
    held = Booking.objects.filter(state=BookingState.HELD.value)
    ending = lease(held, at=at, holder=holder, lease_for=LEASE, limit=limit)
    for booking in ending:
        _alone(booking, _lapse, at=at)
    return len(waiting) + len(ending)


def _alone(row: Row, work: Callable[[Row, datetime], object], at: datetime) -> None:
    """Work on one row so that another family does not wait for a row that cannot be worked on."""
    try:
        work(row, at)
    except Exception:
        # What it wrote is rolled back; it comes again when its lease has run out.
        log.exception("due work failed on %s %s", type(row).__name__, row.pk)


def _lapse(leased: Booking, at: datetime) -> None:
    lapse_booking(booking_id=leased.pk, at=at)


@transaction.atomic
def look_again(leased: CareRequest, at: datetime) -> None:
    """Look once more for a request that waits, or say plainly that nothing was found when its time is up."""
    lock_household(leased.household_id)
    row = CareRequest.objects.select_for_update().get(pk=leased.pk)
    if row.state != RequestState.ASKED.value or row.lease_holder != leased.lease_holder:
        return  # The family canceled meanwhile, or the lease went to another worker.
    household = household_of(row.household_id, person_id=row.asked_by_id)
    is_over = row.ends_at <= at
    if household is not None and not is_over and look(row, household, by=By.CLOCK, actor=None, at=at):
        return
    if is_over or looking.is_out_of_time(at, row.decide_by_at):
        move_request(row, "run-out", by=By.CLOCK, actor=None, at=at)
        tell_family(row, "care-unfilled", at=at)
        return
    CareRequest.objects.filter(pk=row.pk).update(leased_until=None, lease_holder="")
