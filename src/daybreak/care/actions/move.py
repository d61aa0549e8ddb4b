"""Change the state of a request or booking, only along its table, only from the state it really is in.

The update carries the old state in its condition and the row count is looked at, so that of two people who act at the
same moment one moves the row and the other learns that it has moved.
"""

from datetime import datetime
from uuid import UUID

from daybreak.audit.actions import record
from daybreak.care.models import Booking, CareMove, CareRequest
from daybreak.care.states import BOOKING_MOVES, REQUEST_MOVES, BookingState, By, RequestState, find, leads_to
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.kernel.errors import LostRace


def move_request(
    row: CareRequest, verb: str, *, by: By, actor: UUID | None, at: datetime, due_at: datetime | None = None
) -> Decision:
    """Move a request and say when it is next due; No when the table has no such move from where it stands."""
    before = RequestState(row.state)
    move = find(REQUEST_MOVES, before, verb, by)
    if move is None:
        return _refused("request", before.value, verb)
    answered_at = None if move.after is RequestState.ASKED else at
    moved = CareRequest.objects.filter(pk=row.pk, state=before.value).update(
        state=move.after.value,
        answered_at=answered_at,
        due_at=due_at,
        in_round=False,
        leased_until=None,
        lease_holder="",
    )
    if not moved:
        raise LostRace("The request moved on while it was being worked on; nothing was written.")
    row.state, row.answered_at, row.due_at, row.in_round = move.after.value, answered_at, due_at, False
    _write_down(row.pk, None, before.value, verb, move.after.value, by=by, actor=actor, at=at)
    return Yes()


def move_booking(
    row: Booking, verb: str, *, by: By, actor: UUID | None, at: datetime, due_at: datetime | None = None
) -> Decision:
    """Move a booking and say when it is next due; No when the table has no such move from where it stands."""
    before = BookingState(row.state)
    move = find(BOOKING_MOVES, before, verb, by)
    if move is None:
        return _refused("booking", before.value, verb)
    held_until = row.held_until if move.after is BookingState.HELD else None
    moved = Booking.objects.filter(pk=row.pk, state=before.value).update(
        state=move.after.value, held_until=held_until, due_at=due_at, leased_until=None, lease_holder=""
    )
    if not moved:
        raise LostRace("The booking moved on while it was being worked on; nothing was written.")
    row.state, row.held_until, row.due_at = move.after.value, held_until, due_at
    _write_down(row.request_id, row.pk, before.value, verb, move.after.value, by=by, actor=actor, at=at)
    return Yes()


def is_done(row: Booking, verb: str) -> bool:
    """Say whether a provider's tap has been done before: the same answer twice is one answer."""
    after = leads_to(BOOKING_MOVES, verb, By.PROVIDER)
    return after is not None and row.state == after.value


def began(row: CareRequest | Booking, verb: str, *, by: By, actor: UUID | None, at: datetime) -> None:
    """Write down the first move of a row that was just made. Raises ValueError when the table does not start so."""
    is_request = isinstance(row, CareRequest)
    move = find(REQUEST_MOVES if is_request else BOOKING_MOVES, None, verb, by)
    if move is None or move.after.value != row.state:
        raise ValueError(f"No {type(row).__name__} begins with {verb} by {by}.")
    request_id, booking_id = (row.pk, None) if isinstance(row, CareRequest) else (row.request_id, row.pk)
    _write_down(request_id, booking_id, "", verb, row.state, by=by, actor=actor, at=at)


def as_stored(reason: Reason) -> dict[str, object]:
    """A reason as its column holds it; queries read it back."""
    return {"code": reason.code, "facts": dict(reason.facts), "cite": reason.cite}


def _refused(thing: str, before: str, verb: str) -> No:
    return No((Reason("too-late-for-that", {"thing": thing, "state": before, "verb": verb}),))


def _write_down(
    request_id: UUID,
    booking_id: UUID | None,
    before: str,
    verb: str,
    after: str,
    *,
    by: By,
    actor: UUID | None,
    at: datetime,
) -> None:
    CareMove.objects.create(
        request_id=request_id,
        booking_id=booking_id,
        verb=verb,
        before=before,
        after=after,
        by=by.value,
        actor=actor,
        at=at,
    )
    thing, thing_id = ("booking", booking_id) if booking_id else ("care-request", request_id)
    record(actor=actor, verb=verb, thing=thing, thing_id=str(thing_id), because="care", at=at, facts={"state": after})
