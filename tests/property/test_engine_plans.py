"""Every plan that the engine makes of a random morning is valid by two readings, and worth what no plan exceeds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.placement.morning.first_come import Places
from daybreak.placement.morning.solve import Effort, bound_of, place, place_first_come
from daybreak.placement.morning.unplaced import REASONS, reasons
from daybreak.placement.morning.verify import broken_rules
from daybreak.placement.terms import Morning, Room, Site
from daybreak.placement.verify import Columns, columns_of
from fits_again import Where, best_value, is_valid, value
from mornings import mornings

OFF = 0.01
"""Minutes that single-precision detours may be off, for a handful of children."""


def as_told(morning: Morning, columns: Columns, site: np.ndarray, room: np.ndarray) -> tuple[Where, dict[str, str]]:
    """Who is where, and what the others are told, in the words of the second reading."""
    sites = {one.site_id: one for one in morning.sites}
    rooms = {one.room_id: one for one in (room for site in morning.sites for room in site.rooms)}
    told = reasons(columns.sites, columns.households, site).reason
    where: dict[str, tuple[Site, Room | None]] = {
        child_id: (sites[columns.site_ids[site[at]]], rooms[columns.rooms[room[at]][1]] if room[at] >= 0 else None)
        for at, child_id in enumerate(columns.child_ids)
        if site[at] >= 0
    }
    return where, {child_id: REASONS[told[at]].value for at, child_id in enumerate(columns.child_ids) if site[at] < 0}


def check_plan(morning: Morning, columns: Columns, site: np.ndarray, room: np.ndarray) -> float:
    """The plan is valid by both readings; return what it is worth."""
    told = reasons(columns.sites, columns.households, site).reason
    assert broken_rules(columns.sites, columns.households, site, room, reasons=told) == ()
    where, words = as_told(morning, columns, site, room)
    assert is_valid(morning, where, words)
    return value(morning, where)


@settings(max_examples=60)
@given(mornings(most_sites=6, most_households=8, most_children=4), st.sampled_from((Effort.QUICK, Effort.USUAL)))
def test_every_plan_is_valid_and_no_better_than_its_bound(morning: Morning, effort: Effort) -> None:
    columns = columns_of(morning)
    solved = place(columns.sites, columns.households, effort=effort)
    reached = check_plan(morning, columns, solved.site, solved.room)
    assert abs(reached - solved.value) < OFF
    assert reached <= solved.bound + OFF


@settings(max_examples=60)
@given(mornings(most_sites=3, most_households=3, most_children=2))
def test_a_small_morning_is_placed_as_well_as_can_be(morning: Morning) -> None:
    columns, best = columns_of(morning), best_value(morning)
    solved = place(columns.sites, columns.households)
    assert abs(solved.value - best) < OFF
    assert solved.bound >= best - OFF
    assert bound_of(columns.sites, columns.households) >= best - OFF


@settings(max_examples=40)
@given(mornings(most_sites=6, most_households=6, most_children=4))
def test_prices_of_one_morning_start_the_next_whatever_they_are(morning: Morning) -> None:
    columns = columns_of(morning)
    first = place(columns.sites, columns.households)
    again = place(columns.sites, columns.households, start=first.prices)
    check_plan(morning, columns, again.site, again.room)
    assert again.value <= first.bound + OFF


@settings(max_examples=60)
@given(mornings(most_sites=6, most_households=8, most_children=4))
def test_first_come_first_served_on_columns_is_a_valid_plan_too(morning: Morning) -> None:
    columns = columns_of(morning)
    served: Places = place_first_come(columns.sites, columns.households)
    check_plan(morning, columns, served.site, served.room)
