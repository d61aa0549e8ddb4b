"""What the clock does: look again for those who wait, tell those whose time has come, end holds nobody answered.

Each due row is worked on in a transaction of its own. A worker that dies in the middle loses nothing: its transaction
never was, and its lease runs out.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from daybreak.care.actions.answer import lapse_booking
from daybreak.care.actions.look import look_on
from daybreak.care.models import Booking, CareRequest
from daybreak.care.states import BookingState, RequestState
from daybreak.due.actions import lease

LEASE = timedelta(seconds=60)

Row = TypeVar("Row", CareRequest, Booking)

log = logging.getLogger(__name__)


def work_due(*, at: datetime, holder: str, limit: int = 20) -> int:
    """Do what is due on requests and bookings; returns how many rows were worked on."""
    requests = CareRequest.objects.filter(state=RequestState.ASKED.value)
    waiting = lease(requests, at=at, holder=holder, lease_for=LEASE, limit=limit)
    for row in waiting:
        _alone(row, _look_again, at=at)
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


def _look_again(leased: CareRequest, at: datetime) -> None:
    look_on(leased.pk, at=at, lease_holder=leased.lease_holder)


def _lapse(leased: Booking, at: datetime) -> None:
    lapse_booking(booking_id=leased.pk, at=at)
