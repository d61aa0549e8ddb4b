"""The tables of states are complete: all is reachable, nothing is a trap, and the docs show what the code does."""

from pathlib import Path

import pytest

from daybreak.care.states import (
    BOOKING_MOVES,
    KEEPS_SPOTS,
    REQUEST_MOVES,
    BookingState,
    By,
    Move,
    RequestState,
    find,
    picture,
)

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "states.md"
TABLES = [(REQUEST_MOVES, RequestState), (BOOKING_MOVES, BookingState)]


@pytest.mark.parametrize(("moves", "states"), TABLES, ids=["request", "booking"])
def test_every_state_is_reached_from_the_start(moves: tuple[Move, ...], states: type) -> None:
    reached, frontier = set(), {None}
    while frontier:
        frontier = {move.after for move in moves if move.before in frontier} - reached
        reached |= frontier
    assert reached == set(states)


@pytest.mark.parametrize(("moves", "states"), TABLES, ids=["request", "booking"])
def test_a_verb_leads_from_a_state_to_one_state_only(moves: tuple[Move, ...], states: type) -> None:
    assert len({(move.before, move.verb) for move in moves}) == len(moves)


def test_a_request_always_ends_or_can_still_be_answered() -> None:
    ends = {state for state in RequestState if not any(move.before is state for move in REQUEST_MOVES)}
    assert ends == {RequestState.UNFILLED, RequestState.CANCELED, RequestState.CLOSED}


def test_only_a_home_declines_or_says_who_came_and_was_fetched() -> None:
    homes = {"decline", "withdraw", "attend", "miss", "fetch"}
    assert {move.verb for move in BOOKING_MOVES if move.by == {By.PROVIDER}} == homes


def test_spots_are_kept_exactly_until_a_booking_is_lost() -> None:
    lost = {BookingState.DECLINED, BookingState.LAPSED, BookingState.CANCELED, BookingState.WITHDRAWN}
    assert set(BookingState) - KEEPS_SPOTS == lost


def test_a_move_the_table_does_not_have_is_not_found() -> None:
    assert find(BOOKING_MOVES, BookingState.CANCELED, "confirm", By.PROVIDER) is None
    assert find(BOOKING_MOVES, BookingState.HELD, "confirm", By.FAMILY) is None


def test_the_page_shows_the_tables_as_they_are() -> None:
    page = PAGE.read_text()
    assert picture(REQUEST_MOVES) in page
    assert picture(BOOKING_MOVES) in page
