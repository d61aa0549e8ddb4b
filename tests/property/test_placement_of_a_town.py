"""The laws of placement on mornings of a town, where sites fill up and most families come too late for the best."""

import pytest

from daybreak.placement.explain import children_by_reason
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning.rounds import place_round
from daybreak.placement.outcome import figures_of, plan_of
from daybreak.placement.verify import broken_rules
from fits_again import first_come as first_come_again
from mornings import town


@pytest.mark.parametrize("seed", range(3))
def test_first_come_first_served_is_that_of_the_second_reading(seed: int) -> None:
    morning = town(90, seed)
    expected = first_come_again(morning)
    assert first_come(compile_market(morning)) == {
        child_id: (site.site_id, room.room_id if room else "") for child_id, (site, room) in expected.items()
    }
    assert len(expected) > 20


@pytest.mark.parametrize("seed", range(3))
def test_a_full_town_is_placed_by_the_rules_and_by_prices_close_to_its_bound(seed: int) -> None:
    morning = town(900, seed)
    market = compile_market(morning)
    plan = plan_of(market, first_come(market))
    assert broken_rules(morning, plan) == ()
    assert children_by_reason(plan)["full"] > 100
    made = place_round(morning)
    assert broken_rules(morning, made.plan) == ()
    value, served = figures_of(morning, made.plan), figures_of(morning, plan)
    assert value.placed > served.placed
    # Prices and mending come within a fortieth of a percent here; a plan made by accident would not.
    assert served.value < value.value <= made.value_bound <= 1.003 * value.value
