"""The last infant spot is for the family that has no other: instant answers on mornings small enough to see through."""

import numpy as np
import pytest

from daybreak.bench.instant import answer, answer_live
from daybreak.bench.instant import day_of as bench_day
from daybreak.bench.recount import Recount
from daybreak.placement.morning.admit import MARGIN, admit
from daybreak.placement.morning.arrays import Sites, households_of, sites_of
from daybreak.placement.morning.desk import (
    Decision,
    Desk,
    Ledger,
    Requests,
    desk_of,
    nothing_taken,
    release,
    requests_of,
)
from daybreak.placement.morning.prices import Prices, no_prices
from daybreak.placement.morning.reprice import prices_ahead, prices_now, spots_left
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site

HOME, NEAR, FAR = Point(42.30, -71.10), Point(42.31, -71.10), Point(42.33, -71.10)


def family(name: str, *months: int, together: bool = True, priority: int = 1) -> Household:
    children = tuple(Child(f"{name}{at}", age) for at, age in enumerate(months))
    return Household(name, HOME, HOME, 540, 900, 60.0, children, together, priority)


def center(name: str, place: Point, infants: int, older: int) -> Site:
    rooms = (Room(f"{name}-infants", name, 0, 18, infants), Room(f"{name}-older", name, 18, 60, older))
    return Site(name, Kind.CENTER, place, 0, 0, infants + older, rooms)


class Counter:
    """A desk with a ledger, ready to be asked."""

    def __init__(self, sites: tuple[Site, ...], *households: Household) -> None:
        self.sites: Sites = sites_of(Morning(sites, households, ()))[0]
        self.desk: Desk = desk_of(self.sites)
        self.ledger: Ledger = nothing_taken(self.desk)
        self.requests: Requests = requests_of(self.desk, households_of(households))

    def ask(self, at: int, prices: Prices | None = None, *, refuse: bool = False) -> Decision:
        return admit(self.desk, self.ledger, self.requests, at, prices or no_prices(self.sites), refuse=refuse)

    def priced(self, *rooms: float) -> Prices:
        return no_prices(self.sites)._replace(room=np.array(rooms).reshape(-1, 1))


def test_without_prices_the_nearest_is_taken_and_then_the_next() -> None:
    morning = Counter((center("a", FAR, 1, 0), center("b", NEAR, 1, 0)), family("x", 6), family("y", 6), family("z", 6))
    assert [morning.ask(at).taken[0, 0] for at in range(3)] == [1, 0, -1]


def test_of_two_that_cost_the_same_the_first_by_name_is_taken() -> None:
    morning = Counter((center("b", NEAR, 1, 0), center("a", NEAR, 1, 0)), family("x", 6))
    assert morning.ask(0).taken[0, 0] == 0


def test_a_price_sends_a_family_farther_when_the_way_costs_less_than_the_price() -> None:
    sites = center("a", NEAR, 1, 0), center("b", FAR, 1, 0)
    way = [Counter((site,), family("x", 6)).ask(0).minutes for site in sites]
    less, more = way[1] - way[0] - 0.1, way[1] - way[0] + 0.1
    morning = Counter(sites, family("x", 6), family("y", 6))
    assert morning.ask(0, morning.priced(less, 0, 0, 0)).taken[0, 0] == 0
    release(morning.desk, morning.ledger, Decision(np.array([[0, 0, 1]]), 0.0, 0.0, False))
    decision = morning.ask(1, morning.priced(more, 0, 0, 0))
    assert decision.taken[0, 0] == 1
    assert decision.price == 0.0


def test_a_price_above_the_worth_and_the_margin_is_refused_only_when_asked_to() -> None:
    sites = (center("a", HOME, 1, 0),)
    for above, refuse, placed in ((1.0, True, 0), (-1.0, True, 1), (1.0, False, 1)):
        morning = Counter(sites, family("x", 6, priority=2))
        decision = morning.ask(0, morning.priced(1000 + MARGIN + above, 0.0), refuse=refuse)
        assert (decision.placed, decision.refused) == (placed, not placed)
        assert morning.ledger.room_taken[0, 0] == placed


def test_siblings_go_apart_only_when_they_may() -> None:
    sites = center("a", NEAR, 1, 0), center("b", NEAR, 1, 0)
    morning = Counter(sites, family("x", 6, 7), family("y", 6, 7, together=False))
    assert morning.ask(0).placed == 0
    decision = morning.ask(1)
    assert decision.taken[:, 0].tolist() == [0, 1]
    assert decision.minutes > 20


def test_siblings_who_may_go_apart_stay_whole_while_that_is_worth_as_much() -> None:
    morning = Counter((center("a", NEAR, 2, 0), center("b", NEAR, 2, 0)), family("x", 6, 7, together=False))
    assert morning.ask(0).taken[:, 0].tolist() == [0, 0]


def test_a_caregiver_serves_one_household_until_its_last_child_is_given_back() -> None:
    caregiver = Site("c", Kind.IN_HOME, HOME, 0, 0, 3, travel_radius_km=2.0)
    morning = Counter((caregiver,), family("x", 6, 30), family("y", 40), family("z", 1, 2, 3))
    both = morning.ask(0)
    assert (both.placed, morning.ask(1).placed) == (2, 0)
    left = release(morning.desk, morning.ledger, both, 0)
    assert (left.placed, morning.ask(1).placed) == (1, 0)
    assert release(morning.desk, morning.ledger, left).placed == 0
    assert morning.ask(2).placed == 0, "three infants are too many"
    assert morning.ask(1).placed == 1


def test_what_is_not_taken_cannot_be_given_back() -> None:
    morning = Counter((center("a", NEAR, 2, 2),), family("x", 6, 30))
    decision = morning.ask(0)
    release(morning.desk, morning.ledger, decision)
    before = morning.ledger.copy()
    with pytest.raises(ValueError, match="not taken"):
        release(morning.desk, morning.ledger, decision)
    assert all((now == then).all() for now, then in zip(morning.ledger, before, strict=True))


def test_prices_ahead_keep_the_last_infant_spot_for_who_has_no_other() -> None:
    """Older children may go to both centers, infants only to the one that is nearer for all."""
    mixed = Site("a", Kind.CENTER, NEAR, 0, 0, 2, (Room("a-mixed", "a", 0, 60, 2),))
    morning = Counter(
        (mixed, center("b", FAR, 0, 2)), *(family(name, 30) for name in "xy"), *(family(n, 6) for n in "vw")
    )
    households = households_of([*(family(name, 30) for name in "xy"), *(family(name, 6) for name in "vw")])
    prices = prices_ahead(morning.sites, households)
    assert [morning.ask(at, prices).placed for at in range(4)] == [1, 1, 1, 1]
    morning.ledger = nothing_taken(morning.desk)
    assert [morning.ask(at).placed for at in range(4)] == [1, 1, 0, 0]


def test_prices_now_look_at_the_spots_left() -> None:
    sites = center("a", NEAR, 1, 0), Site("c", Kind.IN_HOME, HOME, 0, 0, 3, travel_radius_km=2.0)
    morning = Counter(sites, family("x", 6), family("y", 6))
    for at in range(2):
        morning.ask(at)
    left = spots_left(morning.sites, morning.ledger)
    assert left.room_spots.sum() == 0
    assert left.spots.sum() == 0
    waiting = households_of([family("z", 6)])
    found = prices_now(morning.sites, morning.ledger, waiting, no_prices(morning.sites))
    assert found.room.shape == morning.sites.room_spots.shape


def test_on_a_drawn_morning_prices_place_more_than_nearest_first() -> None:
    day = bench_day(1_000, 1.0, 4)
    prices = prices_ahead(day.town.sites, day.forecast, days=3)
    nearest = answer(day, no_prices(day.town.sites))
    assert answer(day, prices).placed > 1.05 * nearest.placed
    assert answer_live(day, prices, 1.0, refuse=True).placed > 1.05 * nearest.placed


@pytest.mark.parametrize(
    ("taken", "broken"),
    [
        ([[0, 1, 1]], "a room does not hold the age"),
        ([[1, -1, 1]], "a caregiver lives too far away"),
        ([[2, 2, 1]], "a site is too far away"),
        ([[3, 3, 1]], "a site is not open"),
    ],
)
def test_the_second_count_sees_what_does_not_fit(taken: list[list[int]], broken: str) -> None:
    away = Point(43.30, -71.10)
    sites = (
        center("a", NEAR, 1, 1),
        Site("b", Kind.IN_HOME, away, 0, 0, 3, travel_radius_km=2.0),
        Site("c", Kind.CENTER, away, 0, 0, 9, (Room("c", "c", 0, 60, 9),)),
        Site("d", Kind.CENTER, NEAR, 600, 700, 9, (Room("d", "d", 0, 60, 9),)),
    )
    columns = sites_of(Morning(sites, (), ()))[0]
    book = Recount(columns, households_of([family("x", 6)]))
    assert book.add(0, np.array(taken)) == broken


def test_the_second_count_sees_what_is_over() -> None:
    sites = center("a", NEAR, 1, 1), Site("b", Kind.IN_HOME, HOME, 0, 0, 3, travel_radius_km=2.0)
    morning = Counter(sites)
    households = [family("x", 6), family("y", 6), family("z", 6, 7, 8), family("w", 6, 30)]
    book = Recount(morning.sites, households_of(households))
    assert book.add(0, np.array([[0, 0, 1]])) == ""
    assert not book.agrees(morning.ledger), "the ledger has nothing"
    assert book.add(1, np.array([[0, 0, 1]])) == "a room is over its spots"
    assert book.add(2, np.array([[1, -1, 1]] * 3)) == "more than two infants at a caregiver"
    assert book.add(3, np.array([[1, -1, 1], [-1, -1, -1]])) == "two families at one caregiver"
    book.remove(2, np.full((3, 3), -1))
    book.remove(3, np.full((2, 3), -1))
    assert book.add(3, np.array([[1, -1, 1], [-1, -1, -1]])) == "siblings who stay together went apart"
