"""A plan of a drawn town is valid; change one thing in it, and the verifier names the very rule that is broken."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from columns import Columned, planned_town
from daybreak.kernel.spans import DAY
from daybreak.placement.morning.arrays import MILDLY_ILL
from daybreak.placement.morning.unplaced import FULL
from daybreak.placement.morning.verify import Fault, broken_rules
from daybreak.placement.travel import MINUTES_PER_KILOMETER

SEEDS = range(2)


@cache
def town(seed: int) -> Columned:
    return planned_town(900, 1.3, seed)


def faults(plan: Columned, *, told: bool = True) -> tuple[Fault, ...]:
    reasons = plan.told if told else None
    return broken_rules(plan.sites, plan.households, plan.site, plan.room, reasons=reasons)


def sizes(plan: Columned) -> np.ndarray:
    return np.diff(plan.households.first)[plan.owner]


def together(plan: Columned) -> np.ndarray:
    return plan.households.together[plan.owner]


def first(found: np.ndarray) -> int:
    assert len(found), "the town has no such child"
    return int(found[0])


def an_overfull_room(plan: Columned) -> tuple[Columned, str, int]:
    """A child joins a room of its age that is full, at a site that fits it: that of a child like it."""
    sites, months = plan.sites, plan.households.months
    count = np.bincount(plan.room[plan.room >= 0], minlength=len(sites.room_from))
    for child in np.flatnonzero((plan.site < 0) & (sizes(plan) == 1)):
        holds = (sites.room_from <= months[child]) & (months[child] < sites.room_until)
        room = first(np.flatnonzero(holds & (count > 0) & (count == sites.room_spots[:, 0])))
        site = int(np.searchsorted(sites.room_first, room, side="right") - 1)
        return plan.moved(int(child), site, room), "room-over-spots", site
    raise AssertionError("nobody is without a place")


def an_overfull_site(plan: Columned) -> tuple[Columned, str, int]:
    """The whole site holds one child fewer than its rooms."""
    at = plan.site[(plan.site >= 0) & (plan.room >= 0)]
    site = int(np.bincount(at).argmax())
    spots = plan.sites.spots.copy()
    spots[site] = np.count_nonzero(plan.site == site) - 1
    return replace(plan, sites=plan.sites._replace(spots=spots)), "site-over-spots", site


def split_siblings(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero((plan.site >= 0) & together(plan) & (sizes(plan) > 1) & (plan.room >= 0)))
    return plan.moved(child + 1, -1), "siblings-apart", int(plan.site[child])


def two_families_at_one_caregiver(plan: Columned) -> tuple[Columned, str, int]:
    at_caregiver = plan.site[(plan.site >= 0) & (plan.room < 0)]
    child = first(np.flatnonzero((plan.site < 0) & (sizes(plan) == 1)))
    return plan.moved(child, int(at_caregiver[0])), "caregiver-serves-two-households", int(at_caregiver[0])


def a_third_infant_at_a_caregiver(plan: Columned) -> tuple[Columned, str, int]:
    """The household of three at a caregiver turns out to be three infants."""
    child = first(np.flatnonzero((plan.site >= 0) & (plan.room < 0) & (sizes(plan) >= 3)))
    months = plan.households.months.copy()
    months[plan.owner == plan.owner[child]] = 5
    households = plan.households._replace(months=months)
    return replace(plan, households=households), "caregiver-over-two-infants", int(plan.site[child])


def a_part_of_a_household_at_a_caregiver(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero((plan.site >= 0) & (plan.room < 0) & (sizes(plan) >= 3)))
    return plan.moved(child, -1), "caregiver-takes-all-or-one", int(plan.site[child])


def a_closed_site(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero(plan.room >= 0))
    site = int(plan.site[child])
    opens = plan.sites.opens.copy()
    opens[site] = plan.households.since[child] + 1
    return replace(plan, sites=plan.sites._replace(opens=opens)), "hours", site


def a_site_open_on_the_wrong_side_of_midnight(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero(plan.room >= 0))
    site = int(plan.site[child])
    opens, closes = plan.sites.opens.copy(), plan.sites.closes.copy()
    opens[site], closes[site] = closes[site], opens[site]
    assert plan.households.until[child] < DAY
    return replace(plan, sites=plan.sites._replace(opens=opens, closes=closes)), "hours", site


def a_wrong_age(plan: Columned) -> tuple[Columned, str, int]:
    sites, months = plan.sites, plan.households.months
    for child in np.flatnonzero(plan.room >= 0):
        site = plan.site[child]
        rooms = np.arange(sites.room_first[site], sites.room_first[site + 1])
        other = rooms[(months[child] < sites.room_from[rooms]) | (months[child] >= sites.room_until[rooms])]
        if len(other):
            return plan.moved(int(child), int(site), int(other[0])), "age", int(site)
    raise AssertionError("every room holds every age")


def a_room_of_another_site(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero(plan.room >= 0))
    site = int(plan.site[child])
    return plan.moved(child, site, int(plan.sites.room_first[site + 1])), "unknown-room", site


def too_far(plan: Columned) -> tuple[Columned, str, int]:
    """The household now accepts a little less than the detour it was given."""
    sites, households, owner = plan.sites, plan.households, plan.owner
    for child in np.flatnonzero(plan.room >= 0):
        home, work, place = households.home[owner[child]], households.work[owner[child]], sites.place[plan.site[child]]
        ways = [np.arccos(np.clip(a @ b, -1, 1)) for a, b in ((home, place), (place, work), (home, work))]
        detour = (ways[0] + ways[1] - ways[2]) * 6371.0088 * MINUTES_PER_KILOMETER
        if detour > 1:
            most = households.most_detour.copy()
            most[owner[child]] = detour - 0.01
            return replace(plan, households=households._replace(most_detour=most)), "too-far", int(plan.site[child])
    raise AssertionError("nobody drives a detour")


def ill_where_no_ill_child_is_taken(plan: Columned) -> tuple[Columned, str, int]:
    takes = plan.sites.takes[plan.site] & MILDLY_ILL
    child = first(np.flatnonzero((plan.room >= 0) & (takes == 0)))
    needs = plan.households.needs.copy()
    needs[child] |= MILDLY_ILL
    changed = replace(plan, households=plan.households._replace(needs=needs))
    return changed, "needs", int(plan.site[child])


def full_beside_a_free_spot(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero((plan.room >= 0) & (sizes(plan) == 1)))
    return plan.moved(child, -1), "not-full", -1


def a_wrong_reason(plan: Columned) -> tuple[Columned, str, int]:
    child = first(np.flatnonzero(plan.told == FULL))
    told = plan.told.copy()
    told[child] = 1
    return replace(plan, told=told), "wrong-reason", -1


MUTANTS: tuple[Callable[[Columned], tuple[Columned, str, int]], ...] = (
    an_overfull_room,
    an_overfull_site,
    split_siblings,
    two_families_at_one_caregiver,
    a_third_infant_at_a_caregiver,
    a_part_of_a_household_at_a_caregiver,
    a_closed_site,
    a_site_open_on_the_wrong_side_of_midnight,
    a_wrong_age,
    a_room_of_another_site,
    too_far,
    ill_where_no_ill_child_is_taken,
    full_beside_a_free_spot,
    a_wrong_reason,
)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_plan_of_a_town_where_everybody_went_down_the_line_is_valid(seed: int) -> None:
    plan = town(seed)
    assert faults(plan) == ()
    assert np.count_nonzero(plan.site >= 0) > 300
    assert np.count_nonzero(plan.told == FULL) > 50


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_plan_changed_in_one_thing_breaks_that_rule(mutant: Callable, seed: int) -> None:
    plan, rule, site = mutant(town(seed))
    found = faults(plan)
    assert rule in {fault.rule for fault in found}
    if site >= 0:
        assert site in {fault.site for fault in found if fault.rule == rule}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_child_beside_a_free_spot_is_found_also_when_no_reasons_are_given(seed: int) -> None:
    plan, rule, _ = full_beside_a_free_spot(town(seed))
    assert rule in {fault.rule for fault in faults(plan, told=False)}
    assert faults(town(seed), told=False) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_looking_in_two_threads_finds_the_same(seed: int) -> None:
    plan, _, _ = split_siblings(town(seed))
    columns = (plan.sites, plan.households, plan.site, plan.room)
    assert broken_rules(*columns, reasons=plan.told, threads=2) == broken_rules(*columns, reasons=plan.told)
