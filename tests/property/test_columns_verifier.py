"""Over random mornings: what the verifier says of those without a place is what the two other readings say."""

import numpy as np
from hypothesis import given

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market, coverable, reason_alone
from daybreak.placement.morning.unplaced import REASONS, reasons
from daybreak.placement.outcome import plan_of
from daybreak.placement.terms import Morning
from daybreak.placement.verify import columns_of, said_by
from fits_again import coverable as coverable_again
from fits_again import reason as reason_again
from mornings import mornings


def children_of(morning: Morning) -> list:
    return [(household, child) for household in morning.households for child in household.children]


@given(mornings(most_sites=6, most_children=4))
def test_the_true_reason_and_who_is_coverable_are_those_of_every_reading(morning: Morning) -> None:
    market, columns = compile_market(morning), columns_of(morning)
    plan = plan_of(market, first_come(market))
    said = said_by(columns, {line.child_id: line for line in plan.placements})
    told = reasons(columns.sites, columns.households, said.site)
    assert told.reason.tolist() == said.reasons.tolist()
    assert told.coverable.tolist() == [one for household in coverable(market) for one in household]
    assert told.coverable.tolist() == [coverable_again(morning, *pair) for pair in children_of(morning)]


@given(mornings(most_sites=6, most_children=4))
def test_with_nobody_placed_every_child_has_its_own_reason(morning: Morning) -> None:
    market, columns = compile_market(morning), columns_of(morning)
    told = reasons(columns.sites, columns.households, np.full(len(columns.child_ids), -1))
    expected = [
        reason_alone(market, at, k)
        for at, household in enumerate(morning.households)
        for k in range(len(household.children))
    ]
    assert [REASONS[code] for code in told.reason] == expected
    assert [REASONS[code].value for code in told.reason] == [
        reason_again(morning, *pair) for pair in children_of(morning)
    ]
