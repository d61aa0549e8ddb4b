from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cast import DAWN, MONDAY, clock
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView, Tried
from daybreak.web.story import line_of, percent_gone

NOBODY, OAKS = UUID(int=0), UUID(int=1)


def booked(state: BookingState) -> BookingView:
    return BookingView(NOBODY, NOBODY, NOBODY, OAKS, state, MONDAY, DAWN, clock(15), 0.0, clock(5, 50), ())


def asked(state: RequestState, booking: BookingState | None = None) -> RequestView:
    return RequestView(
        request_id=NOBODY,
        household_id=NOBODY,
        state=state,
        day=MONDAY,
        starts=clock(7).astimezone(ZoneInfo("America/New_York")).time(),
        ends=clock(15, 30).astimezone(ZoneInfo("America/New_York")).time(),
        child_ids=(),
        asked_at=DAWN,
        decide_by_at=clock(6, 10),
        answered_at=None,
        bookings=(booked(booking),) if booking else (),
        tried=(Tried(OAKS, "Little Oaks", "confirmed", None, DAWN),),
        why_not=(),
        considered=0,
        without_offer=0,
    )


@pytest.mark.parametrize(
    ("state", "booking", "kind", "words", "line"),
    [
        (RequestState.ASKED, None, "wait", "Looking", "You know by 6:10 a.m."),
        (RequestState.PLACED, BookingState.HELD, "wait", "A place is asked", "Little Oaks"),
        (RequestState.PLACED, BookingState.CONFIRMED, "good", "Confirmed", "Little Oaks"),
        (RequestState.UNFILLED, None, "stop", "No place found", ""),
        (RequestState.CANCELED, BookingState.CANCELED, "off", "You canceled", ""),
        (RequestState.CLOSED, BookingState.ATTENDED, "good", "Care was given", "Little Oaks"),
        (RequestState.CLOSED, BookingState.MISSED, "off", "Not used", ""),
    ],
)
def test_a_line_says_how_a_request_stands(
    state: RequestState, booking: BookingState | None, kind: str, words: str, line: str
) -> None:
    told = line_of(asked(state, booking), ZoneInfo("America/New_York"))
    assert (told.kind, told.state, told.line) == (kind, words, line)


def test_only_a_request_that_looks_or_has_a_place_is_open() -> None:
    opened = {state for state in RequestState if line_of(asked(state), ZoneInfo("America/New_York")).is_open}
    assert opened == {RequestState.ASKED, RequestState.PLACED}


def test_the_line_to_decide_by_starts_at_nothing_and_ends_full() -> None:
    until = DAWN + timedelta(minutes=30)
    moments = [DAWN - timedelta(minutes=1), DAWN, DAWN + timedelta(minutes=15), until, until + timedelta(hours=1)]
    assert [percent_gone(DAWN, until, at) for at in moments] == [0, 0, 50, 100, 100]
    assert percent_gone(DAWN, DAWN, DAWN) == 100
