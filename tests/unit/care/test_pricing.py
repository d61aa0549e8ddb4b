"""What a spot costs a family, and when that may keep it from being tried."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care.looking import IN_HAND
from daybreak.care.pricing import FRESH, Prices, admit, prices_of
from daybreak.care.terms import PriceSource, SpotPrice
from daybreak.placement.ranking import WORTH
from daybreak.placement.request import best_places
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Point, Room, Site

SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
LATER = SIX + timedelta(hours=1)
HOME, WORK = Point(42.85, -78.81), Point(42.90, -78.86)
NEAR, FAR = UUID(int=1), UUID(int=2)
DAY_SESSIONS = (Session.EARLY, Session.MORNING, Session.AFTERNOON)


def center(room_id: UUID, latitude: float) -> Site:
    place = Point(latitude, -78.835)
    rooms = (Room(str(room_id), f"site {room_id}", 0, 60, spots=4),)
    return Site(f"site {room_id}", Kind.CENTER, place, opens=300, closes=1320, spots=4, rooms=rooms)


def price(minutes: float, source: PriceSource = PriceSource.LIVE, **also: object) -> SpotPrice:
    facts = {"holder_id": NEAR, "computed_at": SIX} | also
    return SpotPrice(minutes=minutes, source=source, **facts)  # type: ignore[arg-type]  # named as in the dataclass


ROSA = Household("rosa", HOME, WORK, 420, 930, 30.0, children=(Child("Ada", 14),))
SITES = (center(NEAR, 42.875), center(FAR, 42.89))


def order(prices: Prices) -> list[str]:
    return [one.site_id for one in best_places(ROSA, SITES, prices=prices.minutes).candidates]


def test_without_prices_the_nearest_comes_first() -> None:
    nothing = prices_of([], DAY_SESSIONS, at=SIX)
    ranked = best_places(ROSA, SITES).candidates
    assert order(nothing) == [one.site_id for one in ranked]
    assert [one.minutes for one in ranked] == sorted(one.minutes for one in ranked)
    assert admit(ranked, nothing, at=SIX, decide_by_at=LATER).candidates == ranked


def test_a_price_sends_a_family_with_another_choice_there() -> None:
    first = order(prices_of([], DAY_SESSIONS, at=SIX))[0]
    dear = UUID(first.removeprefix("site "))
    assert order(prices_of([price(200.0, holder_id=dear)], DAY_SESSIONS, at=SIX))[-1] == first


@pytest.mark.parametrize(
    ("source", "age", "left", "is_refused"),
    [
        (PriceSource.LIVE, timedelta(0), timedelta(hours=1), True),
        (PriceSource.LIVE, FRESH, timedelta(hours=1), True),
        (PriceSource.LIVE, FRESH + timedelta(seconds=1), timedelta(hours=1), False),
        (PriceSource.FORECAST, timedelta(0), timedelta(hours=1), False),
        (PriceSource.LIVE, timedelta(0), IN_HAND + timedelta(seconds=1), True),
        (PriceSource.LIVE, timedelta(0), IN_HAND, False),
        (PriceSource.LIVE, timedelta(0), timedelta(0), False),
    ],
)
def test_only_a_fresh_live_price_refuses_and_never_in_the_last_two_minutes(
    source: PriceSource, age: timedelta, left: timedelta, is_refused: bool
) -> None:
    prices = prices_of([price(WORTH[1] + 1, source, computed_at=SIX - age)], DAY_SESSIONS, at=SIX)
    ranked = best_places(ROSA, SITES[:1], prices=prices.minutes).candidates
    admitted = admit(ranked, prices, at=SIX, decide_by_at=SIX + left)
    assert [reason.code for _, reason in admitted.refused] == ["wanted-by-many"] * is_refused
    assert admitted.candidates == (() if is_refused else ranked)


def test_a_family_takes_what_is_worth_exactly_its_price() -> None:
    (only,) = best_places(ROSA, SITES[:1]).candidates
    for minutes, is_refused in ((only.value, False), (only.value + 0.01, True)):
        prices = prices_of([price(minutes)], DAY_SESSIONS, at=SIX)
        assert bool(admit([only], prices, at=SIX, decide_by_at=LATER).refused) is is_refused


def test_siblings_pay_for_each_and_are_refused_when_one_of_their_rooms_is_too_dear() -> None:
    both = Household("rosa", HOME, WORK, 420, 930, 30.0, children=(Child("Ada", 14), Child("Ben", 48)))
    (candidate,) = best_places(both, SITES[:1]).candidates
    for minutes, is_refused in ((candidate.value / 2, False), (candidate.value / 2 + 1, True)):
        prices = prices_of([price(minutes)], DAY_SESSIONS, at=SIX)
        assert bool(admit([candidate], prices, at=SIX, decide_by_at=LATER).refused) is is_refused


def test_of_a_forecast_and_the_live_morning_the_later_counts_alone() -> None:
    forecast = price(300.0, PriceSource.FORECAST, computed_at=SIX - timedelta(hours=8))
    live = price(20.0, computed_at=SIX - timedelta(minutes=5))
    assert prices_of([forecast, live], DAY_SESSIONS, at=SIX).minutes == {str(NEAR): 20.0}
    newer = price(300.0, PriceSource.FORECAST, computed_at=SIX)
    assert prices_of([newer, live], DAY_SESSIONS, at=SIX).minutes == {str(NEAR): 300.0}


def test_the_price_of_the_whole_day_and_of_its_sessions_add_up() -> None:
    prices = [price(5.0), price(7.0, session=Session.MORNING), price(9.0, session=Session.NIGHT)]
    assert prices_of(prices, DAY_SESSIONS, at=SIX).minutes == {str(NEAR): 12.0}


@given(minutes=st.floats(0, 5000), age=st.integers(-10, 600), left=st.integers(-60, 4000))
def test_who_is_refused_could_have_been_told_of_another_place_in_time(minutes: float, age: int, left: int) -> None:
    prices = prices_of([price(minutes, computed_at=SIX - timedelta(seconds=age))], DAY_SESSIONS, at=SIX)
    ranked = best_places(ROSA, SITES, prices=prices.minutes).candidates
    decide_by = SIX + timedelta(seconds=left)
    admitted = admit(ranked, prices, at=SIX, decide_by_at=decide_by)
    assert {one.site_id for one in admitted.candidates} | {site for site, _ in admitted.refused} == {
        one.site_id for one in ranked
    }
    if admitted.refused:
        assert decide_by - SIX > IN_HAND
        assert 0 <= age <= FRESH.total_seconds()
