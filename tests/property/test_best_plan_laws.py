"""Laws of the best plan and of the bound over small mornings, by integer programming and by trying every plan."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.placement.morning.ages import ages_of
from daybreak.placement.morning.arrays import Households, Sites, households_of, sites_of
from daybreak.placement.morning.bound import value_bound
from daybreak.placement.morning.candidates import find_candidates
from daybreak.placement.morning.kinds import kinds_of
from daybreak.placement.morning.prices import Prices, no_prices
from daybreak.placement.morning.solve import place
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site
from fits_again import best_value
from mornings import mornings

OFF = 0.01
"""Minutes that single-precision detours may be off, for a handful of children."""


def in_columns(morning: Morning) -> tuple[Sites, Households]:
    return sites_of(morning)[0], households_of(morning.households)


def exact_value(morning: Morning) -> float:
    return place(*in_columns(morning)).value


@given(mornings(most_sites=3, most_households=3, most_children=2))
def test_the_integer_program_finds_the_best_plan_of_all(morning: Morning) -> None:
    assert abs(exact_value(morning) - best_value(morning)) < OFF


@given(mornings(most_sites=3, most_households=3, most_children=2), st.data())
def test_no_prices_however_wrong_put_the_bound_below_the_best_plan(morning: Morning, data: st.DataObject) -> None:
    sites, households = in_columns(morning)
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages)
    rooms, at_sites = (
        np.array(
            data.draw(st.lists(st.one_of(st.just(0.0), st.floats(0, 3000)), min_size=spots.size, max_size=spots.size)),
            dtype=np.float64,
        ).reshape(spots.shape)
        for spots in (sites.room_spots, sites.spots)
    )
    bound, _ = value_bound(sites, households, ages, edges, kinds_of(edges, sites), Prices(rooms, at_sites))
    assert bound >= best_value(morning) - 0.000001


def test_one_place_that_fits_is_priced_in_the_sessions_its_care_touches() -> None:
    """A room for evenings and nights alone: with a single edge, sessions are still looked up."""
    here, spots = (
        Point(42.30, -71.10),
        {(0, session): int(session in (Session.EVENING, Session.NIGHT)) for session in Session},
    )
    site = Site(
        "s",
        Kind.CENTER,
        here,
        0,
        0,
        1,
        (Room("r", "s", 0, 18, 1, session_spots=spots),),
        session_spots={(0, session): 1 for session in Session},
    )
    late = Household("h", here, here, 18 * 60, 0, 0.0, (Child("c", 5),), priority=0, asked_at="05:10")
    sites, households = in_columns(Morning((site,), (late,), ("c",), by_session=True))
    ages = ages_of(sites, households)
    edges = find_candidates(sites, households, ages)
    assert edges.count == 1
    bound, _ = value_bound(sites, households, ages, edges, kinds_of(edges, sites), no_prices(sites))
    assert 1400 <= bound < 1400 + OFF


@settings(max_examples=50)
@given(mornings(most_sites=6, most_households=8, most_children=4), st.data())
def test_the_best_value_does_not_depend_on_names_and_order(morning: Morning, data: st.DataObject) -> None:
    names = data.draw(st.permutations([site.site_id for site in morning.sites]))
    renamed = tuple(_named(site, name) for site, name in zip(morning.sites, names, strict=True))
    other = replace(
        morning,
        sites=tuple(data.draw(st.permutations(renamed))),
        households=tuple(_with_children_in_order(data, one) for one in data.draw(st.permutations(morning.households))),
    )
    assert abs(exact_value(other) - exact_value(morning)) < OFF


def _named(site: Site, name: str) -> Site:
    rooms = tuple(replace(room, room_id=f"{name}r{at}", site_id=name) for at, room in enumerate(reversed(site.rooms)))
    return replace(site, site_id=name, rooms=rooms)


def _with_children_in_order(data: st.DataObject, household: Household) -> Household:
    return replace(household, children=tuple(data.draw(st.permutations(household.children))))


@settings(max_examples=50)
@given(mornings(most_sites=6, most_households=8, most_children=4, sessions=False), st.data())
def test_one_more_spot_never_lowers_the_best_value(morning: Morning, data: st.DataObject) -> None:
    if not morning.sites:
        return
    at = data.draw(st.integers(0, len(morning.sites) - 1))
    site = morning.sites[at]
    more = replace(
        site,
        spots=site.spots + 1,
        rooms=tuple(replace(room, spots=room.spots + 1) for room in site.rooms[:1]) + site.rooms[1:],
    )
    roomier = replace(morning, sites=(*morning.sites[:at], more, *morning.sites[at + 1 :]))
    assert exact_value(roomier) >= exact_value(morning) - OFF
