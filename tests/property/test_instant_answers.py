"""Instant answers agree with a slow reading of what fits, with first come, first served, and with a second count."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import fits_again
from daybreak.bench.instant import fuzz
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning.admit import MARGIN, admit, admit_line
from daybreak.placement.morning.arrays import households_of, narrowest_first, sites_of
from daybreak.placement.morning.desk import Decision, Desk, desk_of, ledger_of, nothing_taken, release, requests_of
from daybreak.placement.morning.prices import Prices, no_prices
from daybreak.placement.ranking import WORTH
from daybreak.placement.sessions import CLOCK
from daybreak.placement.terms import Child, Household, Kind, Morning, Room, Site
from mornings import mornings

Where = fits_again.Where


class Slowly:
    """The same decision in the words of the formats page, by trying every way of sharing rooms."""

    def __init__(self, morning: Morning, sites: Sequence[Site], prices: Prices) -> None:
        self.morning, self.sites, self.where = morning, sites, Where()
        rooms = [(site.site_id, room.room_id) for site in sites for room in narrowest_first(site)]
        self._room_price = dict(zip(rooms, prices.room.tolist(), strict=True))
        self._site_price = dict(zip((site.site_id for site in sites), prices.site.tolist(), strict=True))
        self._columns = list(CLOCK) if morning.by_session else [None]

    def decide(self, household: Household, *, refuse: bool) -> tuple[float, float]:
        """Take for a household what an instant answer takes; return its minutes and price."""
        most = WORTH[household.priority] + MARGIN if refuse else 1e7
        everybody, before = household.children, self.where
        whole = self._least(household, everybody)
        if whole is not None and whole[0] > len(everybody) * most:
            whole = None
        gain = -1.0 if whole is None else len(everybody) * most - whole[0]
        if len(everybody) > 1 and not household.keep_together:
            apart_gain, minutes, price = 0.0, 0.0, 0.0
            for child in everybody:
                one = self._least(household, (child,))
                if one is not None and one[0] + 10 <= most:
                    apart_gain += most - one[0] - 10
                    minutes, price, self.where = minutes + one[1] + 10, price + one[0] - one[1], one[2]
            if apart_gain > gain + fits_again.SLACK:
                return minutes, price
        self.where = before
        if whole is None:
            return 0.0, 0.0
        self.where = whole[2]
        return whole[1], whole[0] - whole[1]

    def _least(self, household: Household, children: tuple[Child, ...]) -> tuple[float, float, Where] | None:
        found = [
            (fits_again.cost(household, site, len(children)), *taking)
            for site in self.sites
            if all(fits_again.fits(household, child, site) for child in children)
            and (taking := self._give_rooms(household, children, site)) is not None
        ]
        if not found:
            return None
        least = min(way + price for way, price, _ in found)
        way, price, after = next(one for one in found if one[0] + one[1] <= least + fits_again.SLACK)
        return way + price, way, after

    def _give_rooms(self, household: Household, children: tuple[Child, ...], site: Site) -> tuple[float, Where] | None:
        if site.kind is Kind.IN_HOME:
            after = self.where | {child.child_id: (site, None) for child in children}
            price = self._site_price[site.site_id][0]
            return (price, after) if fits_again.within_spots(self.morning, after) else None
        best: tuple[float, Where] | None = None
        for rooms in product(narrowest_first(site), repeat=len(children)):
            pairs = list(zip(children, rooms, strict=True))
            if not all(room.from_months <= child.months < room.until_months for child, room in pairs):
                continue
            after = self.where | {child.child_id: (site, room) for child, room in pairs}
            price = sum(self._price(household, child, site, room) for child, room in pairs)
            if (best is None or price < best[0] - fits_again.SLACK) and fits_again.within_spots(self.morning, after):
                best = price, after
        return best

    def _price(self, household: Household, child: Child, site: Site, room: Room) -> float:
        touched = fits_again.sessions_of(self.morning, household, child, site)
        at_site, in_room = self._site_price[site.site_id], self._room_price[site.site_id, room.room_id]
        return sum(at_site[at] + in_room[at] for at, session in enumerate(self._columns) if session in touched)


def in_turn(morning: Morning) -> list[int]:
    some = morning.households
    return sorted(range(len(some)), key=lambda at: (some[at].asked_at, some[at].household_id))


def named(
    household: Household, decision: Decision, sites: Sequence[Site]
) -> Iterable[tuple[str, tuple[str, str] | None]]:
    first = np.cumsum([0, *(len(site.rooms) for site in sites)])
    for child, (site, room, _) in zip(household.children, decision.taken.tolist(), strict=True):
        if site < 0:
            yield child.child_id, None
        else:
            rooms = narrowest_first(sites[site])
            yield child.child_id, (sites[site].site_id, rooms[room - first[site]].room_id if room >= 0 else "")


def some_prices(draw: st.DrawFn, desk: Desk) -> Prices:
    levels = st.sampled_from((0.0, 0.0, 5.0, 30.0, 700.0, 1300.0))
    room = [draw(levels) for _ in range(desk.room_spots.size)]
    site = [draw(levels) for _ in range(desk.site_spots.size)]
    return Prices(
        np.array(room, dtype=float).reshape(desk.room_spots.shape),
        np.array(site, dtype=float).reshape(desk.site_spots.shape),
    )


@settings(max_examples=400)
@given(mornings(), st.data(), st.booleans())
def test_an_answer_is_the_one_that_a_slow_reading_gives(morning: Morning, data: st.DataObject, refuse: bool) -> None:
    sites, ordered = sites_of(morning)
    desk, ledger = desk_of(sites), nothing_taken(desk_of(sites))
    prices = data.draw(st.composite(some_prices)(desk))
    requests, slowly = requests_of(desk, households_of(morning.households)), Slowly(morning, ordered, prices)
    told = []
    for at in in_turn(morning):
        household = morning.households[at]
        decision = admit(desk, ledger, requests, at, prices, refuse=refuse)
        minutes, price = slowly.decide(household, refuse=refuse)
        expected = {
            child.child_id: (found[0].site_id, found[1].room_id if found[1] else "")
            if (found := slowly.where.get(child.child_id))
            else None
            for child in household.children
        }
        assert dict(named(household, decision, ordered)) == expected
        assert abs(decision.minutes - minutes) < 1e-5
        assert abs(decision.price - price) < 1e-5
        assert fits_again.within_spots(morning, slowly.where)
        told.append((household, decision))
        if decision.placed and data.draw(st.integers(0, 3)) == 0:
            kept = release(desk, ledger, decision)
            assert kept.placed == 0
            slowly.where = {name: place for name, place in slowly.where.items() if name not in expected}
            told.pop()
    for _, decision in told:
        release(desk, ledger, decision)
    fresh = nothing_taken(desk)
    assert all((after == before).all() for after, before in zip(ledger, fresh, strict=True))


@given(mornings())
def test_without_prices_single_children_are_first_come_first_served(morning: Morning) -> None:
    alone = tuple(replace(one, children=one.children[:1]) for one in morning.households)
    morning = replace(morning, households=alone, child_ids=tuple(one.children[0].child_id for one in alone))
    sites, ordered = sites_of(morning)
    desk = desk_of(sites)
    ledger, requests = nothing_taken(desk), requests_of(desk, households_of(alone))
    given_now = {}
    for at in in_turn(morning):
        decision = admit(desk, ledger, requests, at, no_prices(sites))
        given_now |= {name: place for name, place in named(alone[at], decision, ordered) if place is not None}
    assert given_now == first_come(compile_market(morning))


@given(mornings(), st.data())
def test_a_line_is_answered_as_its_households_one_by_one(morning: Morning, data: st.DataObject) -> None:
    sites, _ = sites_of(morning)
    desk = desk_of(sites)
    prices, refuse = data.draw(st.composite(some_prices)(desk)), data.draw(st.booleans())
    requests, line = requests_of(desk, households_of(morning.households)), np.array(in_turn(morning))
    one_by_one, together = nothing_taken(desk), nothing_taken(desk)
    answers = admit_line(desk, together, requests, line, prices, refuse=refuse)
    for number, at in enumerate(line.tolist()):
        alone = admit(desk, one_by_one, requests, at, prices, refuse=refuse)
        same = answers.of(number, len(alone.taken))
        assert (alone.taken == same.taken).all()
        assert alone[1:] == same[1:]
    assert all((a == b).all() for a, b in zip(one_by_one, together, strict=True))
    again = ledger_of(desk, together.room_taken, together.site_taken)
    assert (again.open == together.open).all()


def test_thousands_of_asks_and_releases_pass_a_second_count() -> None:
    assert fuzz(6_000, seed=5)["broken"] == 0
