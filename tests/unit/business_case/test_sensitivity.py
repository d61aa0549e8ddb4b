"""Sensitivities come to what can be worked out by hand for cases simple enough for it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from daybreak.business_case import sensitivity
from daybreak.business_case.accounts import flows, net_value
from daybreak.business_case.drawing import figures_at, uncertain
from daybreak.business_case.queries import law, library, start
from daybreak.business_case.sensitivity import Worth, break_even, knowing, swings, variance_shares, worth_together
from daybreak.business_case.shapes import NORMAL
from daybreak.business_case.terms import Inputs, Quantity, Shape, fixed


def only(**quantities: Quantity) -> Inputs:
    """The skeptic's case with every input sure but these."""
    inputs = start("a-skeptics-case")
    sure = {key: fixed(quantity.middle) for key, quantity in inputs.quantities.items()}
    return replace(inputs, takes_credit=False, quantities={**sure, **quantities})


FEE = Quantity(Shape.MEASURED, 10, 12, 14)
ADMIN = Quantity(Shape.MEASURED, 1, 2, 3)


def test_two_inputs_that_only_add_up_share_the_variance_by_their_squares() -> None:
    inputs = only(fee=FEE, admin=ADMIN)
    first, total = variance_shares(inputs, law(2026), library().kinds, uncertain(inputs), np.random.default_rng(1))
    assert first == pytest.approx([0.8, 0.2], abs=0.05)
    assert total == pytest.approx([0.8, 0.2], abs=0.05)


def test_what_is_left_out_of_first_shares_is_in_the_total_ones() -> None:
    inputs = start("a-skeptics-case")
    first, total = variance_shares(inputs, law(2026), library().kinds, uncertain(inputs), np.random.default_rng(1))
    assert first.sum() < 1 < total.sum()
    assert np.all(total >= first - 0.06)


def test_a_swing_is_what_the_year_gives_at_both_ends() -> None:
    inputs = only(fee=FEE, admin=ADMIN)
    low, high = swings(inputs, law(2026), library().kinds, uncertain(inputs))
    # 250,000 employees, 4 dollars from end to end, a quarter of it saved in tax.
    assert (low - high).tolist() == pytest.approx([250_000 * 4 * 0.75, 250_000 * 2 * 0.75])


def test_at_its_break_even_value_the_year_comes_to_nothing() -> None:
    inputs, kinds = start("a-skeptics-case"), library().kinds
    keys = uncertain(inputs)
    middle = figures_at(inputs, kinds, {})
    for key, value in zip(keys, break_even(inputs, law(2026), kinds, keys), strict=True):
        if value is not None:
            x = {**middle, key: value}
            assert abs(float(net_value(flows(inputs, law(2026), x), x))) < 1, key


def test_an_input_that_cannot_turn_the_answer_has_no_break_even_value() -> None:
    inputs, kinds = start("a-skeptics-case"), library().kinds
    keys = uncertain(inputs)
    found = dict(zip(keys, break_even(inputs, law(2026), kinds, keys), strict=True))
    assert found["days_lost"] is None


def worth(z: Mapping[str, np.ndarray], net: np.ndarray) -> Worth:
    found = Worth(tuple(z))
    found.add(z, net)
    return found


def test_knowing_the_one_thing_that_decides_is_worth_the_mean_of_what_is_gained() -> None:
    z = np.random.default_rng(3).standard_normal(400_000)
    # A decision made now gains nothing on average; made after knowing, it gains E[max(z, 0)] = 1 / sqrt(2 pi).
    assert worth({"it": z}, z).of("it") == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.01)
    assert worth_together([z[:20_000]], z[:20_000]) == pytest.approx(1 / np.sqrt(2 * np.pi), abs=0.01)


def test_knowing_what_does_not_matter_is_worth_next_to_nothing() -> None:
    rng = np.random.default_rng(4)
    z, net = rng.standard_normal(400_000), rng.standard_normal(400_000)
    assert worth({"it": z}, net).of("it") < 0.02
    assert worth_together([z[:20_000]], net[:20_000]) < 0.02


def test_knowing_is_worth_nothing_when_the_decision_is_plain() -> None:
    z = np.random.default_rng(5).standard_normal(50_000)
    for sure in (z + 20, z - 20):
        assert worth({"it": z}, sure).of("it") == pytest.approx(0, abs=1e-9)


def test_draws_taken_in_blocks_are_worth_the_same() -> None:
    z = np.random.default_rng(6).standard_normal(10_000)
    blocks = Worth(("it",))
    for at in range(0, 10_000, 2_500):
        blocks.add({"it": z[at : at + 2_500]}, z[at : at + 2_500])
    assert blocks.of("it") == pytest.approx(worth({"it": z}, z).of("it"))


def test_the_table_of_bins_agrees_with_a_search() -> None:
    z = np.random.default_rng(7).standard_normal(100_000)
    edges = [NORMAL.inv_cdf(at / sensitivity.BINS) for at in range(1, sensitivity.BINS)]
    exact = np.searchsorted(edges, z)
    table = sensitivity.CELLS[np.clip((z + 4) * 1024 + 0.5, 0, 8192).astype(int)]
    assert (exact != table).mean() < 0.03
    assert np.abs(exact - table).max() <= 1


def test_no_part_is_worth_more_than_everything() -> None:
    rng = np.random.default_rng(8)
    z = {key: rng.standard_normal(20_000) for key in ("reach", "price", "parents")}
    net = sum(z.values()) + 0.3
    found = knowing(library().kinds, z, np.asarray(net))
    assert max(found.pilot, found.quote, found.records) <= found.everything
