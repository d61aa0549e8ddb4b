from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cast import DAWN, MONDAY, clock
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView, Tried
from daybreak.web.story import Step, dated, line_of, percent_gone

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


@pytest.mark.parametrize(
    ("state", "booking", "hours"),
    [
        (RequestState.ASKED, None, ""),
        (RequestState.PLACED, BookingState.HELD, "The answer comes by 5:50 a.m."),
        (RequestState.PLACED, BookingState.CONFIRMED, "Care from 5:40 a.m."),
        (RequestState.UNFILLED, None, "Shift 7:00 a.m. to 3:30 p.m."),
    ],
)
def test_a_line_never_gives_the_shift_for_the_hours_of_care(
    state: RequestState, booking: BookingState | None, hours: str
) -> None:
    assert line_of(asked(state, booking), ZoneInfo("America/New_York")).hours == hours


def test_a_timeline_says_the_day_first_and_where_a_new_one_begins() -> None:
    zone = ZoneInfo("America/New_York")
    moments = [
        clock(20),
        clock(23, 59),
        clock(0, 0, MONDAY + timedelta(days=1)),
        clock(5, 0, MONDAY + timedelta(days=1)),
    ]
    steps = [Step("off", "", "", moment.astimezone(zone)) for moment in moments]
    assert [step.is_dated for step in dated(steps)] == [True, False, True, False]


def test_only_a_request_that_looks_or_has_a_place_is_open() -> None:
    opened = {state for state in RequestState if line_of(asked(state), ZoneInfo("America/New_York")).is_open}
    assert opened == {RequestState.ASKED, RequestState.PLACED}


def test_the_line_to_decide_by_starts_at_nothing_and_ends_full() -> None:
    until = DAWN + timedelta(minutes=30)
    moments = [DAWN - timedelta(minutes=1), DAWN, DAWN + timedelta(minutes=15), until, until + timedelta(hours=1)]
    assert [percent_gone(DAWN, until, at) for at in moments] == [0, 0, 50, 100, 100]
    assert percent_gone(DAWN, DAWN, DAWN) == 100
