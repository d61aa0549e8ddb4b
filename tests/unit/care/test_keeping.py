"""Whatever becomes of a request, its blocks say one word, end after they start, and keep their ids."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from daybreak.calendars.terms import Standing
from daybreak.care.blocks.keeping import blocks_of, kept
from daybreak.care.blocks.terms import Planned
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView
from daybreak.kernel.spans import Span

SEVEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHIFT = Span(SEVEN, SEVEN + timedelta(hours=8))
REQUEST = UUID(int=1)


def planned(state: RequestState, booked: BookingState | None = None, *, early: int = 11, late: int = 11) -> Planned:
    booking = BookingView(
        booking_id=uuid4(),
        request_id=REQUEST,
        household_id=uuid4(),
        site_id=uuid4(),
        state=booked or BookingState.HELD,
        day=SEVEN.date(),
        arrives_at=SHIFT.start_at - timedelta(minutes=early),
        leaves_at=SHIFT.end_at + timedelta(minutes=late),
        minutes=4.0,
        held_until=None,
        children=(),
    )
    view = RequestView(
        request_id=REQUEST,
        household_id=uuid4(),
        state=state,
        day=SEVEN.date(),
        starts=time(7),
        ends=time(15),
        child_ids=(),
        asked_at=SEVEN,
        decide_by_at=SEVEN,
        answered_at=None,
        bookings=(booking,) if booked else (),
        tried=(),
        why_not=(),
        considered=0,
        without_offer=0,
    )
    return Planned(view, SHIFT, SEVEN, 3)


EVERY = [(state, booked) for state in RequestState for booked in (None, *BookingState)]


@pytest.mark.parametrize(("state", "booked"), EVERY)
def test_every_state_has_the_same_three_entries_with_one_title(
    state: RequestState, booked: BookingState | None
) -> None:
    entries = blocks_of(planned(state, booked), title="Hold")
    first = blocks_of(planned(RequestState.ASKED), title="Hold")
    assert [entry.uid for entry in entries] == [entry.uid for entry in first]
    assert {(entry.title, entry.line, entry.page) for entry in entries} == {("Hold", "", "")}
    assert all(entry.starts_at <= entry.ends_at for entry in entries)
    assert all(entry.starts_at < entry.ends_at for entry in kept(entries))


@pytest.mark.parametrize("booked", [BookingState.CONFIRMED, BookingState.ATTENDED, BookingState.FETCHED])
def test_a_sure_place_leaves_the_ways_and_not_the_shift(booked: BookingState) -> None:
    before, after = kept(blocks_of(planned(RequestState.PLACED, booked), title="Hold"))
    assert (before.starts_at, before.ends_at) == (SHIFT.start_at - timedelta(minutes=11), SHIFT.start_at)
    assert (after.starts_at, after.ends_at) == (SHIFT.end_at, SHIFT.end_at + timedelta(minutes=11))


@pytest.mark.parametrize(
    ("state", "booked", "standing"),
    [
        (RequestState.ASKED, None, Standing.OPEN),
        (RequestState.PLACED, BookingState.HELD, Standing.OPEN),
        (RequestState.ASKED, BookingState.WITHDRAWN, Standing.OPEN),
        (RequestState.UNFILLED, None, Standing.SURE),
    ],
)
def test_while_nothing_is_sure_and_when_nothing_was_found_the_shift_is_kept(
    state: RequestState, booked: BookingState | None, standing: Standing
) -> None:
    (whole,) = kept(blocks_of(planned(state, booked), title="Hold"))
    assert (whole.starts_at, whole.ends_at, whole.standing) == (SHIFT.start_at, SHIFT.end_at, standing)


def test_a_canceled_request_keeps_nothing() -> None:
    assert kept(blocks_of(planned(RequestState.CANCELED, BookingState.CANCELED), title="Hold")) == ()


def test_a_place_at_the_door_of_work_leaves_nothing_to_keep() -> None:
    sure = planned(RequestState.PLACED, BookingState.CONFIRMED, early=0, late=0)
    assert kept(blocks_of(sure, title="Hold")) == ()
