"""Take one place for one request: its spots, then the booking that is held or confirmed.

A single look and a round come through here, so that there is one way from a spot to a promise.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.care import looking
from daybreak.care.actions.move import as_stored, began, move_booking, move_request
from daybreak.care.covered import route_to, shift_minutes
from daybreak.care.models import Attempt, BookedChild, Booking, CareRequest
from daybreak.care.states import BookingState, By
from daybreak.kernel.decisions import Decision, No
from daybreak.network.actions import take_spots
from daybreak.network.terms import SiteCard, SpotWanted
from daybreak.placement import terms as placement
from daybreak.plan.actions.charge import charge
from daybreak.plan.terms import Booked


def try_place(
    row: CareRequest,
    candidate: placement.Candidate,
    card: SiteCard,
    way: float,
    hold_until: datetime | None,
    *,
    by: By,
    actor: UUID | None,
    at: datetime,
) -> Booking | None:
    """Take the spots of a candidate and return its booking; None when they went to somebody else, with the reason kept.

    `way` is the minutes between the site and work. Works inside the caller's transaction, which holds the household's
    lock.
    """
    booking_id = uuid4()
    taken = _charge_and_take(booking_id, row, candidate, card, actor=actor, at=at)
    if isinstance(taken, No):
        reason = taken.reasons[0]
        Attempt.objects.create(request=row, site_id=card.site_id, reason=as_stored(reason), at=at)
        return None
    arrives_at, leaves_at = looking.care_hours(row.starts_at, row.ends_at, way)
    # Once work has begun, nobody comes before now.
    arrives_at = max(arrives_at, at)
    booking = Booking.objects.create(
        id=booking_id,
        request=row,
        site_id=card.site_id,
        state=BookingState.HELD.value,
        day=arrives_at.astimezone(ZoneInfo(card.zone)).date(),
        arrives_at=arrives_at,
        leaves_at=leaves_at,
        minutes=candidate.minutes,
        # A place that confirms at once is held for no longer than this transaction.
        held_until=at if card.instant else hold_until,
        due_at=None if card.instant else hold_until,
        created_at=at,
    )
    _write_children(booking, row, candidate, card)
    Attempt.objects.create(request=row, site_id=card.site_id, booking=booking, at=at)
    began(booking, "hold", by=by, actor=actor, at=at)
    move_request(row, "place", by=by, actor=actor, at=at)
    if card.instant:
        # The home said beforehand that these spots are given without asking, so the clock may confirm for it.
        move_booking(booking, "confirm", by=By.CLOCK, actor=None, at=at)
    return booking


def _charge_and_take(
    booking_id: UUID,
    row: CareRequest,
    candidate: placement.Candidate,
    card: SiteCard,
    *,
    actor: UUID | None,
    at: datetime,
) -> Decision:
    """Count the booking against the employer's plan and take its spots: both, or neither."""
    with transaction.atomic():
        decision = charge(_booked(booking_id, row, candidate, card), at=at, actor=actor)
        if not isinstance(decision, No):
            decision = take_spots(
                booking_id=booking_id,
                household_id=row.household_id,
                site_id=card.site_id,
                wanted=_wanted(row, candidate, card),
                at=at,
                employer_id=row.employer_id,
            )
        if isinstance(decision, No):
            transaction.set_rollback(True)
        return decision


def _booked(booking_id: UUID, row: CareRequest, candidate: placement.Candidate, card: SiteCard) -> Booked:
    """The booking as the plan looks at it."""
    return Booked(
        booking_id=booking_id,
        request_id=row.pk,
        employer_id=row.employer_id,
        household_id=row.household_id,
        person_id=row.asked_by_id,
        child_ids=tuple(UUID(place.child_id) for place in candidate.places),
        day=row.day,
        minutes=shift_minutes(row.starts_at, row.ends_at),
        route=route_to(card),
        site_id=card.site_id,
        provider_id=card.provider_id,
    )


def _wanted(row: CareRequest, candidate: placement.Candidate, card: SiteCard) -> list[SpotWanted]:
    months = _months(row)
    return [
        SpotWanted(
            child_id=UUID(place.child_id),
            months=months[place.child_id],
            room_id=_room(place, card),
            sessions=tuple((row.day + timedelta(days=offset), session) for offset, session in place.sessions),
        )
        for place in candidate.places
    ]


def _write_children(booking: Booking, row: CareRequest, candidate: placement.Candidate, card: SiteCard) -> None:
    months = _months(row)
    BookedChild.objects.bulk_create(
        BookedChild(
            booking=booking,
            child_id=UUID(place.child_id),
            room_id=_room(place, card),
            months=months[place.child_id],
            position=position,
        )
        for position, place in enumerate(candidate.places)
    )


def _months(row: CareRequest) -> dict[str, int]:
    return {str(child.child_id): child.months for child in row.children.all()}


def _room(place: placement.ChildPlace, card: SiteCard) -> UUID:
    """The room a child takes; placement names none at an in-home caregiver, who has only one."""
    return UUID(place.room_id) if place.room_id else card.rooms[0].room_id
