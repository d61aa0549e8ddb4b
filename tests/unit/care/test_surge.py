"""When families wait for a round, how long, and when a request goes its own way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care import surge
from daybreak.care.looking import IN_HAND
from daybreak.care.surge import ALONE_FROM, MANY, Past, alone_at, is_over, is_surge, looks_alone, may_wait, spots_left
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Candidate, ChildPlace, Kind, Point, Room, Site

SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
EARLY, MORNING = (0, Session.EARLY), (0, Session.MORNING)


@pytest.mark.parametrize(
    ("asking", "spots", "waits"),
    [(MANY - 1, 0, False), (MANY, 2 * MANY, False), (MANY, 2 * MANY - 1, True), (MANY, 0, True), (300, 700, False)],
)
def test_families_wait_for_a_round_when_many_ask_for_more_than_half_of_what_is_left(
    asking: int, spots: int, waits: bool
) -> None:
    assert is_surge(asking=asking, spots=spots) is waits


@given(asking=st.integers(0, 500), spots=st.integers(0, 500))
def test_more_who_ask_and_fewer_spots_never_end_the_waiting(asking: int, spots: int) -> None:
    if is_surge(asking=asking, spots=spots):
        assert is_surge(asking=asking + 1, spots=spots)
        assert is_surge(asking=asking, spots=max(spots - 1, 0))
        assert not is_over(waiting=asking)


@given(left=st.integers(-10, 60))
def test_who_waits_for_a_round_can_still_be_placed_alone_and_have_a_home_asked(left: int) -> None:
    decide_by = SIX + timedelta(minutes=left)
    if may_wait(SIX, decide_by):
        alone = alone_at(SIX, decide_by)
        assert SIX <= alone <= decide_by - ALONE_FROM
        assert alone <= SIX + surge.WITHOUT_A_ROUND
        assert decide_by - alone > IN_HAND


def test_a_request_goes_its_own_way_once_a_home_said_no_or_one_site_refused_it_twice() -> None:
    assert not looks_alone([])
    assert not looks_alone([Past("oaks", False), Past("larkin", False)])
    assert looks_alone([Past("oaks", False), Past("larkin", False), Past("oaks", False)])
    assert looks_alone([Past("oaks", True)])


def test_spots_left_are_those_of_the_scarcest_session_and_of_the_license() -> None:
    rooms = (
        Room("a", "oaks", 0, 24, 4, session_spots={EARLY: 3, MORNING: 1}),
        Room("b", "oaks", 24, 60, 4, session_spots={EARLY: 3, MORNING: 4}),
    )
    oaks = Site("oaks", Kind.CENTER, Point(0, 0), 0, 0, 8, rooms, session_spots={EARLY: 4, MORNING: 8})
    sam = Site("sam", Kind.IN_HOME, Point(0, 0), 0, 0, 3, session_spots={EARLY: 3, MORNING: 0})
    both = (ChildPlace("Ada", "a", (EARLY, MORNING)),)
    early = (ChildPlace("Ada", "", (EARLY,)),)
    assert spots_left([Candidate("oaks", both, 1.0, 1.0)], [oaks, sam]) == 4
    assert spots_left([Candidate("oaks", both, 1.0, 1.0), Candidate("sam", early, 1.0, 1.0)], [oaks, sam]) == 7
    assert spots_left([Candidate("sam", both, 1.0, 1.0)], [oaks, sam]) == 0
