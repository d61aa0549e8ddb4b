"""How good could any plan be, and can the answer be trusted?"""

from dataclasses import replace

import numpy as np

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning.arrays import households_of, sites_of
from daybreak.placement.morning.bound import value_bound
from daybreak.placement.morning.market import market_of
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.solve import bound_of
from daybreak.placement.outcome import figures_of, plan_of
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site

HERE = Point(42.30, -71.10)


def households(count: int, *, together: bool = True, hours: tuple[int, int] = (540, 900)) -> tuple[Household, ...]:
    return tuple(
        Household(
            f"h{at}", HERE, HERE, *hours, 30.0, (Child(f"c{at}", 30),), together, priority=at % 3, asked_at="05:40"
        )
        for at in range(count)
    )


def morning_of(site: Site, count: int, by_session: bool = False) -> Morning:
    some = households(count)
    return Morning((site,), some, tuple(child.child_id for one in some for child in one.children), by_session)


def center(spots: int, **more: object) -> Site:
    return Site("s", Kind.CENTER, HERE, 0, 0, 99, (Room("r", "s", 0, 60, spots, **more),))  # type: ignore[arg-type]


def proven(morning: Morning) -> float:
    return bound_of(sites_of(morning)[0], households_of(morning.households))


def bound_at(morning: Morning, of_room: float) -> float:
    market = market_of(sites_of(morning)[0], households_of(morning.households))
    columns = (market.sites, market.households, market.ages, market.edges, market.kinds)
    prices = Prices(np.full(market.sites.room_spots.shape, of_room), np.zeros(market.sites.spots.shape))
    return value_bound(*columns, prices)[0]


def test_with_spots_for_all_the_bound_is_the_worth_of_all() -> None:
    assert round(proven(morning_of(center(6), 6)), 2) == 2 * (1400 + 1200 + 1000)


def test_with_one_spot_the_bound_is_the_worthiest_child() -> None:
    value = proven(morning_of(center(1), 6))
    assert 1400 <= value < 1400.5


def test_a_caregiver_is_one_household_however_many_spots_she_has() -> None:
    caregiver = Site("s", Kind.IN_HOME, HERE, 0, 0, 4, travel_radius_km=1.0)
    value = proven(morning_of(caregiver, 6))
    assert 1400 <= value < 1400.5


def test_a_session_without_a_spot_bounds_all_whose_care_touches_it() -> None:
    spots = {(0, session): 3 for session in Session} | {(0, Session.AFTERNOON): 1}
    site = center(3, session_spots=spots)
    value = proven(morning_of(site, 6, by_session=True))
    assert 1400 <= value < 1400.5


def test_no_places_and_no_households_are_worth_nothing() -> None:
    assert proven(Morning((), households(2), ("c0", "c1"))) == 0.0
    assert proven(Morning((center(3),), (), ())) == 0.0


def test_prices_handed_in_prove_what_they_prove() -> None:
    morning = morning_of(center(1), 6)
    # At 1400 a spot nobody gains anything, so the spot is all there is.
    assert round(bound_at(morning, 1400.0), 1) == 1400.0
    assert round(bound_at(morning, 1200.0), 1) == 1200.0 + 2 * 200.0
    assert round(bound_at(morning, 0.0), 1) == 7200.0


def test_the_bound_of_a_plan_made_by_the_baseline_is_reported_with_its_gap() -> None:
    market = compile_market(morning_of(center(3), 6))
    plan = plan_of(market, first_come(market))
    assert figures_of(market.morning, plan).value == 1400 + 1200 + 1000
    assert 2 * 1400 + 1200 <= proven(market.morning) < 2 * 1400 + 1200 + 1


def test_siblings_in_different_sessions_may_share_the_one_spot_of_a_site() -> None:
    all_day = {(0, session): 1 for session in Session}
    site = replace(center(1, session_spots=all_day), spots=1, session_spots=all_day)
    children = (Child("c0", 30, starts=540, ends=660), Child("c1", 30, starts=780, ends=900))
    family = replace(households(1)[0], children=children)
    market = compile_market(Morning((site,), (family,), ("c0", "c1"), by_session=True))
    assert set(first_come(market)) == {"c0", "c1"}
    assert round(proven(market.morning), 2) == 2800.0
