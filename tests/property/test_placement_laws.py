"""Laws of placement over small random mornings."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from daybreak.placement import market as compiled
from daybreak.placement.first_come import first_come
from daybreak.placement.market import Market, compile_market
from daybreak.placement.morning.rounds import place_round
from daybreak.placement.outcome import figures_of, plan_of
from daybreak.placement.terms import Morning, Plan
from daybreak.placement.verify import broken_rules
from fits_again import best_value, coverable, fits, reason, value
from fits_again import first_come as first_come_again
from mornings import mornings


def plan_for(morning: Morning) -> tuple[Market, Plan]:
    market = compile_market(morning)
    return market, plan_of(market, first_come(market))


@given(mornings())
def test_what_fits_is_what_a_second_reading_of_the_page_says(morning: Morning) -> None:
    market = compile_market(morning)
    found = set()
    for at, household in enumerate(morning.households):
        edges = market.edges(at)
        for row, bits in zip(market.site[edges], market.fits[edges], strict=True):
            found |= {
                (child.child_id, market.table.sites[row].site_id)
                for k, child in enumerate(household.children)
                if bits >> k & 1
            }
    expected = {
        (child.child_id, site.site_id)
        for household in morning.households
        for child in household.children
        for site in morning.sites
        if fits(household, child, site)
    }
    assert found == expected


@given(mornings())
def test_first_come_first_served_is_what_a_second_reading_of_the_page_gives(morning: Morning) -> None:
    _, plan = plan_for(morning)
    expected = first_come_again(morning)
    assert {line.child_id: (line.site_id, line.room_id) for line in plan.placements if line.site_id} == {
        child_id: (site.site_id, room.room_id if room else "") for child_id, (site, room) in expected.items()
    }
    assert abs(figures_of(morning, plan).value - value(morning, expected)) < 0.001


@given(mornings())
def test_reasons_and_coverable_children_are_those_of_a_second_reading(morning: Morning) -> None:
    market, plan = plan_for(morning)
    told = {line.child_id: line.reason for line in plan.placements if not line.site_id}
    pairs = [(household, child) for household in morning.households for child in household.children]
    assert told == {
        child.child_id: reason(morning, household, child) for household, child in pairs if child.child_id in told
    }
    expected = [
        [coverable(morning, household, child) for child in household.children] for household in morning.households
    ]
    assert [list(row) for row in compiled.coverable(market)] == expected


@given(mornings())
def test_the_verifier_accepts_every_plan_of_first_come_first_served(morning: Morning) -> None:
    _, plan = plan_for(morning)
    assert broken_rules(morning, plan) == ()


@given(mornings())
def test_every_plan_by_prices_keeps_every_rule_and_is_worth_at_least_first_come_first_served(morning: Morning) -> None:
    _, served = plan_for(morning)
    made = place_round(morning)
    assert broken_rules(morning, made.plan) == ()
    assert figures_of(morning, served).value - 0.01 <= figures_of(morning, made.plan).value <= made.value_bound + 0.01


@given(mornings(most_sites=3, most_households=3, most_children=2))
def test_the_plan_of_a_small_morning_is_the_best_there_is(morning: Morning) -> None:
    made = place_round(morning)
    assert abs(figures_of(morning, made.plan).value - best_value(morning)) < 0.01
    assert abs(made.value_bound - best_value(morning)) < 0.01


@given(mornings(), st.data())
def test_the_order_of_sites_and_rooms_in_the_files_changes_nothing(morning: Morning, data: st.DataObject) -> None:
    _, plan = plan_for(morning)
    shuffled = tuple(
        replace(site, rooms=tuple(data.draw(st.permutations(site.rooms))))
        for site in data.draw(st.permutations(morning.sites))
    )
    _, other = plan_for(replace(morning, sites=shuffled))
    assert other == plan


@given(mornings())
def test_no_room_and_no_site_ever_holds_more_than_its_spots(morning: Morning) -> None:
    _, plan = plan_for(morning)
    for site in morning.sites:
        if not morning.by_session:
            assert sum(line.site_id == site.site_id for line in plan.placements) <= site.spots
            for room in site.rooms:
                assert sum(line.room_id == room.room_id for line in plan.placements) <= room.spots
