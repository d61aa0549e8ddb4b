"""A home answers a held booking, or takes back one it had confirmed; then the family's request looks on at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.care.actions.look import look_on
from daybreak.care.actions.move import as_stored, is_done, move_booking, move_request
from daybreak.care.actions.run import Hands, run, state_of
from daybreak.care.actions.tell import tell_provider
from daybreak.care.models import Attempt, Booking, CareRequest
from daybreak.care.routes import Accepted, Cascade, Declined, Event, News, Phase, Withdrew
from daybreak.care.states import BookingState, By
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.network.actions import release_spots
from daybreak.people.actions import lock_household
from daybreak.plan.actions.charge import give_back

END_LICENSE = "end-license"


@contextmanager
def locked(booking_id: UUID) -> Iterator[Booking | None]:
    """The booking with its household, request and own row locked in that order; None when there is none."""
    with transaction.atomic():
        household_id = Booking.objects.filter(pk=booking_id).values_list("request__household_id", flat=True).first()
        if household_id is None:
            yield None
            return
        lock_household(household_id)
        request = CareRequest.objects.select_for_update().get(bookings=booking_id)
        booking = Booking.objects.select_for_update().get(pk=booking_id)
        booking.request = request
        yield booking


def confirm_booking(*, booking_id: UUID, actor: UUID, at: datetime) -> Decision:
    """The home says yes to a held booking, while the hold lasts."""
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        if is_done(booking, "confirm"):
            return Yes()
        if booking.held_until is not None and booking.held_until <= at:
            return No((Reason("hold-has-ended", {"until": booking.held_until.isoformat()}),))
        state = state_of(booking.request)
        moved = move_booking(booking, "confirm", by=By.PROVIDER, actor=actor, at=at)
        if moved:
            hands = Hands(booking.request, By.PROVIDER, actor, at, booking=booking)
            run(hands, Accepted(str(booking.site_id)), state=state)
        return moved


def decline_booking(*, booking_id: UUID, actor: UUID, at: datetime, because: Reason | None = None) -> Decision:
    """The home says no to a held booking; its spots are free again and the request looks on.

    `because` is told to the family, with the rule behind it: why a home says no is otherwise its own.
    """
    return _lost(booking_id, "decline", by=By.PROVIDER, actor=actor, at=at, because=because)


def withdraw_booking(*, booking_id: UUID, actor: UUID, at: datetime, because: Reason | None = None) -> Decision:
    """The home cancels what it had confirmed; the family does not start again, its request does."""
    return _lost(booking_id, "withdraw", by=By.PROVIDER, actor=actor, at=at, because=because)


def lapse_booking(*, booking_id: UUID, at: datetime) -> Decision:
    """The home did not answer in time; its spots are free again and the request looks on."""
    return _lost(booking_id, "lapse", by=By.CLOCK, actor=None, at=at)


def end_unlicensed_booking(*, booking_id: UUID, at: datetime) -> Decision:
    """The license of the home ended, so the promise does; family and home are told, and the request looks on."""
    return _lost(booking_id, END_LICENSE, by=By.CLOCK, actor=None, at=at, because=Reason("license-ended"))


def _lost(
    booking_id: UUID, verb: str, *, by: By, actor: UUID | None, at: datetime, because: Reason | None = None
) -> Decision:
    """End a booking and give its spots back; then, in a transaction of its own, look on.

    One transaction for both would hold the spots of one home while it waits for those of another, and two homes that
    cancel at once could wait for each other. Between the two the request is due: if this process dies, a worker looks.
    """
    with locked(booking_id) as booking:
        if booking is None:
            return No((Reason("not-allowed"),))
        if by is By.PROVIDER and is_done(booking, verb):
            return Yes()
        if booking.state == BookingState.CONFIRMED.value and booking.leaves_at <= at:
            # Looking again would book hours that have passed; the home says who came instead.
            return No((Reason("too-late-for-that", {"thing": "booking", "state": booking.state, "verb": verb}),))
        request, state = booking.request, state_of(booking.request)
        moved = move_booking(booking, verb, by=by, actor=actor, at=at)
        if isinstance(moved, No):
            return moved
        release_spots(booking_id=booking.pk, at=at)
        give_back(booking_id=booking.pk, because=verb, at=at, actor=actor)
        move_request(request, "look-again", by=by, actor=actor, at=at, due_at=at)
        Attempt.objects.filter(booking=booking).update(reason=as_stored(because) if because else None)
        codes = dict.fromkeys((News.TRYING_ON, News.LOST), _TOLD[verb, because is not None])
        hands = Hands(request, by, actor, at, booking=booking, codes=codes, because=because)
        run(hands, _event(state, str(booking.site_id)), state=state)
        if verb == END_LICENSE:
            tell_provider(booking, "provider-license-ended", at=at)
    look_on(request.pk, at=at)
    return moved


_TOLD = {
    ("decline", False): "care-declined-trying-on",
    ("decline", True): "care-declined-with-reason",
    ("lapse", False): "care-declined-trying-on",
    ("withdraw", False): "care-canceled-by-provider",
    ("withdraw", True): "care-canceled-with-reason",
    (END_LICENSE, True): "care-license-ended",
}
"""What the family is told, by verb and by whether the home gave a reason."""


def _event(state: Cascade, site: str) -> Event:
    """What the end of a booking is to its cascade: a place taken back, or a no, in words or by silence."""
    return Withdrew(site) if state.phase is Phase.CONFIRMED else Declined(site)
