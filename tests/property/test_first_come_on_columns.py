"""First come, first served on columns is first come, first served, child for child and room for room."""

import pytest
from hypothesis import given, settings

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning.ages import ages_of
from daybreak.placement.morning.arrays import households_of, narrowest_first, sites_of
from daybreak.placement.morning.candidates import find_candidates
from daybreak.placement.morning.first_come import first_come as first_come_on_columns
from daybreak.placement.terms import Chosen, Morning
from mornings import mornings, town


def chosen_on_columns(morning: Morning) -> Chosen:
    """Who goes where, by name, as the compiled line has it."""
    sites, ordered = sites_of(morning)
    households = households_of(morning.households)
    ages = ages_of(sites, households)
    places = first_come_on_columns(sites, households, ages, find_candidates(sites, households, ages))
    rooms = [room.room_id for site in ordered for room in narrowest_first(site)]
    children = [child.child_id for household in morning.households for child in household.children]
    return {
        child: (ordered[site].site_id, rooms[room] if room >= 0 else "")
        for child, site, room in zip(children, places.site, places.room, strict=True)
        if site >= 0
    }


@given(mornings(most_sites=5, most_households=7, most_children=4))
@settings(max_examples=300)
def test_on_any_small_morning(morning: Morning) -> None:
    assert chosen_on_columns(morning) == first_come(compile_market(morning))


@pytest.mark.parametrize("seed", range(4))
def test_on_a_town_where_most_sites_fill(seed: int) -> None:
    morning = town(600, seed)
    expected = first_come(compile_market(morning))
    assert chosen_on_columns(morning) == expected
    assert 100 < len(expected) < 500
