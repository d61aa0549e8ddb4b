"""What must not stop a morning: one row that cannot be worked on, a promise taken back late, care that is over."""

from datetime import timedelta

import pytest

from cast import DAWN, LUCIA, MARISOL, MS_OKAFOR, OKAFOR, ROSA, SAM, Opened, clock
from daybreak.care.actions import look as looking
from daybreak.care.actions.answer import confirm_booking, withdraw_booking
from daybreak.care.actions.clock import work_due
from daybreak.care.models import Booking, CareMove, CareRequest
from daybreak.care.states import BookingState, RequestState
from daybreak.demo.cast import PLACES, made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import offer_spots
from daybreak.network.queries import rooms_on
from daybreak.notices.models import Notice
from daybreak.placement.sessions import Session

pytestmark = pytest.mark.django_db


def only(*keys: str) -> None:
    """Take every other offer back."""
    for place in PLACES:
        if place.key not in keys:
            rooms = [room_day.room.room_id for room_day in rooms_on(made_id(place.key), DAWN.date())]
            none = {(room, session): 0 for room in rooms for session in Session}
            offer_spots(site_id=made_id(place.key), day=DAWN.date(), offers=none, at=DAWN, actor=None)


def test_one_request_that_cannot_be_worked_on_keeps_no_other_family_waiting(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    only()
    poisoned = opened.asked(decide_by=clock(6))
    waiting = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], decide_by=clock(6), at=clock(5, 41))
    honest = looking.household_of

    def fails_for_rosa(household_id, *, person_id):  # type: ignore[no-untyped-def]
        if person_id == ROSA:
            raise RuntimeError("this row cannot be read")
        return honest(household_id, person_id=person_id)

    monkeypatch.setattr(looking, "household_of", fails_for_rosa)
    work_due(at=clock(5, 59), holder="worker")
    assert opened.view(poisoned.request_id).state is RequestState.ASKED
    assert opened.view(waiting.request_id).state is RequestState.UNFILLED
    assert [record.getMessage() for record in caplog.records] == [
        f"due work failed on CareRequest {poisoned.request_id}"
    ]
    monkeypatch.undo()
    work_due(at=clock(6), holder="worker")
    assert opened.view(poisoned.request_id).state is RequestState.UNFILLED


def test_a_promise_taken_back_after_decide_by_leaves_time_to_ask_the_next_home(opened: Opened) -> None:
    only("okafor", "larkin")
    view = opened.asked(decide_by=clock(6))
    assert view.booking is not None
    assert view.booking.site_id == OKAFOR
    assert withdraw_booking(booking_id=view.booking.booking_id, actor=MS_OKAFOR, at=clock(6, 20)) == Yes()
    after = opened.view(view.request_id)
    assert after.decide_by_at == clock(6, 50)
    assert after.booking is not None
    assert (after.booking.state, after.booking.held_until) == (BookingState.HELD, clock(6, 30))
    told = Notice.objects.filter(code="care-canceled-by-provider").first()
    assert told is not None
    assert told.facts["decide_by"] == "2026-03-02T06:50"
    assert confirm_booking(booking_id=after.booking.booking_id, actor=SAM, at=clock(6, 25)) == Yes()


def test_a_promise_taken_back_before_decide_by_leaves_the_familys_own_time(opened: Opened) -> None:
    view = opened.asked(decide_by=clock(6))
    assert view.booking is not None
    withdraw_booking(booking_id=view.booking.booking_id, actor=MS_OKAFOR, at=clock(5, 50))
    assert opened.view(view.request_id).decide_by_at == clock(6)


def test_care_that_is_over_cannot_be_taken_back_and_nobody_is_sent_elsewhere(opened: Opened) -> None:
    booking = opened.asked().booking
    assert booking is not None
    moves, notices = CareMove.objects.count(), Notice.objects.count()
    refused = withdraw_booking(booking_id=booking.booking_id, actor=MS_OKAFOR, at=booking.leaves_at)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["too-late-for-that"]
    assert (CareMove.objects.count(), Notice.objects.count()) == (moves, notices)
    assert Booking.objects.get().state == BookingState.CONFIRMED.value


def test_a_worker_that_was_away_all_day_books_no_hours_that_have_passed(opened: Opened) -> None:
    only()
    view = opened.asked(decide_by=clock(15))
    for room in [made_id(f"room {name} of okafor") for name in ("Mixed ages", "School age")]:
        offers = {(room, session): 2 for session in Session}
        offer_spots(site_id=OKAFOR, day=DAWN.date(), offers=offers, at=clock(15), actor=None)
    work_due(at=clock(15, 30) + timedelta(minutes=1), holder="worker")
    assert opened.view(view.request_id).state is RequestState.UNFILLED
    assert (Booking.objects.count(), CareRequest.objects.count()) == (0, 1)
