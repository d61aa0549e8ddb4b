"""A few families are others: is the mended plan still a plan, and is its bound still one?"""

import numpy as np
import pytest

from daybreak.bench.town import draw_town
from daybreak.placement.morning.arrays import Households
from daybreak.placement.morning.kept import Kept, change, keep
from daybreak.placement.morning.solve import bound_of, where_of
from daybreak.placement.morning.verify import broken_rules


def others_at(households: Households, rows: np.ndarray, *, seed: int) -> Households:
    """The same children, in homes and with work of other families of the town."""
    from_whom = np.random.default_rng(seed).integers(0, households.count, len(rows))
    columns = {name: getattr(households, name).copy() for name in Households._fields}
    for name in ("home", "work", "most_detour", "together", "worth"):
        columns[name][rows] = getattr(households, name)[from_whom]
    return Households(**columns)


def unfilled(kept: Kept) -> list[str]:
    """The rules that the plan breaks, but for spots that are left: a mended plan is finished when it is used."""
    site, room = where_of(kept.market, kept.tally)
    faults = broken_rules(kept.market.sites, kept.market.households, site, room)
    return [fault.rule for fault in faults if fault.rule != "not-full"]


@pytest.mark.parametrize("seed", range(3))
def test_changed_families_are_placed_by_the_rules_and_below_the_bound(seed: int) -> None:
    town = draw_town(600, 1.1, seed)
    kept = keep(town.sites, town.households)
    assert unfilled(kept) == []
    rows = np.random.default_rng(seed).choice(town.households.count, 12, replace=False)
    other = change(kept, others_at(town.households, rows, seed=seed), rows)
    assert unfilled(other) == []
    assert kept.value <= kept.bound
    assert other.value <= other.bound
    # The bound at the old prices is a bound of the new morning, so its best plan is not above it.
    assert bound_of(other.market.sites, other.market.households) <= other.bound + 0.1
    # Nearly all of the new are placed where nearly all were before.
    assert other.value > 0.97 * kept.value


def test_what_was_kept_is_not_touched_by_a_change() -> None:
    town = draw_town(300, 1.0, 7)
    kept = keep(town.sites, town.households)
    before = kept.tally.edge.copy()
    rows = np.arange(5)
    change(kept, others_at(town.households, rows, seed=1), rows)
    assert (kept.tally.edge == before).all()
