"""Laws of the business case: ledgers add up, a worse price never helps, nothing saved is no gain, seeds repeat."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.business_case import drawing
from daybreak.business_case.accounts import Flows, flows, key_of, net_value, return_on_cost
from daybreak.business_case.drawing import figures_at, limits_of, quantities_of, uncertain
from daybreak.business_case.input_file import read_inputs
from daybreak.business_case.inputs_text import to_toml
from daybreak.business_case.ledgers import LEDGERS, ledgers, resources
from daybreak.business_case.links import changed, changes, written
from daybreak.business_case.queries import case_of, known, law, library, start
from daybreak.business_case.terms import Inputs, Quantity, Shape, Value, fixed

STARTS = ("a-skeptics-case", "unpaid-hours-counted", "as-sellers-reckon")
PLACES = st.floats(0.001, 0.999)
"""How far between what an input may be a figure lies."""
HIGHEST = {"empty_spots": 5e6, "referral": 5e6, "price": 900.0, "fee": 90.0, "admin": 40.0, "pay": 400_000.0}


def spread_out(key: str, place: float) -> float:
    least, most = limits_of(key, library().kinds)
    most = min(most, HIGHEST.get(key.rpartition(".")[2], most))
    return least + place * (most - least)


@st.composite
def years(draw: st.DrawFn) -> tuple[Inputs, dict[str, Value]]:
    """Any inputs within what they may be, a hundred of each at once."""
    inputs = start(draw(st.sampled_from(STARTS)))
    inputs = replace(
        inputs,
        counts_unpaid=draw(st.booleans()),
        takes_credit=draw(st.booleans()),
        is_small_business=draw(st.booleans()),
        year=draw(st.sampled_from((2020, 2025, 2026))),
        employees=draw(st.integers(1, 400_000)),
    )
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    x: dict[str, Value] = {
        key: np.array([spread_out(key, place) for place in rng.random(100)]) for key in quantities_of(inputs)
    }
    return inputs, x


def year_of(inputs: Inputs, x: Mapping[str, Value]) -> Flows:
    return flows(inputs, law(inputs.year, is_small_business=inputs.is_small_business), x)


@given(years())
def test_three_ledgers_add_up_to_work_done_less_care_used(given_year: tuple[Inputs, dict[str, Value]]) -> None:
    inputs, x = given_year
    then = law(inputs.year, is_small_business=inputs.is_small_business)
    year = flows(inputs, then, x)
    booked = ledgers(then, year, x)
    together = sum(booked.of(ledger) for ledger in LEDGERS)
    scale = np.maximum(np.abs(np.asarray(resources(year))), np.asarray(year.cost))
    assert np.all(np.abs(together - resources(year)) <= 1e-9 * scale)
    assert np.all(np.abs(np.asarray(booked.of("employer")) - net_value(year, x)) <= 1e-9 * scale)
    for line in booked.lines:
        if line.name in ("regained", "imputed", "credit", "income_tax"):
            assert np.all(np.abs(np.asarray(line.total)) <= 1e-9 * scale), f"{line.name} is a transfer and must cancel"


@given(years(), st.floats(0.0, 200.0))
def test_a_higher_price_or_fee_never_improves_the_case(
    given_year: tuple[Inputs, dict[str, Value]], more: float
) -> None:
    inputs, x = given_year
    before = np.asarray(net_value(year_of(inputs, x), x))
    for key in ("price", "fee", "admin", "empty_spots"):
        worse = {**x, key: x[key] + more}
        after = np.asarray(net_value(year_of(inputs, worse), worse))
        assert np.all(after <= before + 1e-9 * np.abs(before) + 1e-6), key


@given(years())
def test_zero_additionality_saves_no_workday_and_gives_no_absence_benefit(
    given_year: tuple[Inputs, dict[str, Value]],
) -> None:
    inputs, x = given_year
    year = year_of(inputs, {**x, "additionality": 0.0})
    assert np.all(np.asarray(year.saved) == 0)
    assert np.all(np.asarray(year.work) == 0)
    assert np.all(np.asarray(year.regained) == 0)


@given(years())
def test_no_day_is_saved_that_was_not_lost_or_not_used(given_year: tuple[Inputs, dict[str, Value]]) -> None:
    inputs, x = given_year
    for family in year_of(inputs, x).families:
        assert np.all(np.asarray(family.saved) <= np.asarray(family.days) * (1 + 1e-12))
        assert np.all(
            np.asarray(family.saved) <= np.asarray(family.users * x["days_lost"] * x["neediness"]) * (1 + 1e-12)
        )


@given(years())
def test_pay_that_is_regained_moves_money_and_makes_none(given_year: tuple[Inputs, dict[str, Value]]) -> None:
    inputs, x = given_year
    counted, left_out = (year_of(replace(inputs, counts_unpaid=on), x) for on in (True, False))
    assert np.allclose(np.asarray(resources(counted)), np.asarray(resources(left_out)))
    assert np.all(np.asarray(net_value(counted, x)) <= np.asarray(net_value(left_out, x)) + 1e-6)


@given(years())
def test_the_return_and_the_net_value_agree_on_the_sign(given_year: tuple[Inputs, dict[str, Value]]) -> None:
    inputs, x = given_year
    year = year_of(inputs, x)
    net, back = np.asarray(net_value(year, x)), np.asarray(return_on_cost(year))
    surely = np.abs(net) > 1e-3
    assert np.all(np.sign(net[surely]) == np.sign(back[surely]))


@given(years())
def test_the_credit_never_exceeds_the_years_most_nor_the_spending(given_year: tuple[Inputs, dict[str, Value]]) -> None:
    inputs, x = given_year
    then = law(inputs.year, is_small_business=inputs.is_small_business)
    year = flows(inputs, then, x)
    assert np.all(np.asarray(year.credit) <= then.credit_most)
    assert np.all(np.asarray(year.credit) <= np.asarray(year.care + year.referral) + 1e-9)


@settings(max_examples=8)
@given(st.integers(0, 2**40), st.sampled_from(STARTS))
def test_the_same_seed_gives_the_same_digits_and_another_seed_others(seed: int, name: str) -> None:
    one, again, other = (
        case_of(start(name), np.random.default_rng(number), draws=2_000) for number in (seed, seed, seed + 1)
    )
    assert one.answer == again.answer
    assert one.sensitivities == again.sensitivities
    assert one.knowing == again.knowing
    assert one.histogram == again.histogram
    assert one.answer.roi != other.answer.roi


@pytest.mark.parametrize("block", [1_000, 7_000, 50_000])
def test_how_draws_are_cut_into_blocks_changes_nothing_in_the_answer(
    block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = case_of(start("unpaid-hours-counted"), np.random.default_rng(5), draws=20_000)
    monkeypatch.setattr(drawing, "BLOCK", block)
    cut = case_of(start("unpaid-hours-counted"), np.random.default_rng(5), draws=20_000)
    assert cut.answer.roi == whole.answer.roi
    assert cut.answer.net.p05 == whole.answer.net.p05
    assert cut.histogram == whole.histogram


@settings(max_examples=20)
@given(st.sampled_from(("reach", "price", "additionality", "fee")))
def test_fixing_one_input_leaves_the_draws_of_all_others_as_they_were(key: str) -> None:
    inputs = start("a-skeptics-case")
    sure = replace(inputs, quantities={**inputs.quantities, key: fixed(inputs.quantities[key].middle)})
    kinds = library().kinds
    (_, z, _), (_, z_sure, _) = (
        next(drawing.drawn(one, kinds, np.random.default_rng(3), 500)) for one in (inputs, sure)
    )
    assert set(z) - set(z_sure) == {key}
    assert all(np.array_equal(z[name], z_sure[name]) for name in z_sure)


def test_correlated_inputs_go_together_as_the_file_says_and_keep_their_own_spread() -> None:
    inputs, kinds = start("unpaid-hours-counted"), library().kinds
    blocks = [*drawing.drawn(inputs, kinds, np.random.default_rng(11), 200_000)]
    z = {key: np.concatenate([block[1][key] for block in blocks]) for key in uncertain(inputs)}
    for pair in inputs.correlations:
        assert np.corrcoef(z[pair.one], z[pair.other])[0, 1] == pytest.approx(pair.r, abs=0.01)
    for key in uncertain(inputs):
        assert z[key].std() == pytest.approx(1, abs=0.01)
        assert z[key].mean() == pytest.approx(0, abs=0.01)


@st.composite
def quantities(draw: st.DrawFn, key: str) -> Quantity:
    """A figure an analyst might type for an input: sure, or a range of its own kind."""
    least, most = limits_of(key, library().kinds)
    most = min(most, HIGHEST.get(key.rpartition(".")[2], most))
    places = sorted(draw(st.lists(st.integers(1, 99), min_size=3, max_size=3, unique=True)))
    low, middle, high = (round(least + place / 100 * (most - least), 6) for place in places)
    if draw(st.booleans()):
        return fixed(middle)
    prior = library().kinds[key].prior
    shape = prior.shape if prior.is_uncertain else Shape.TRIANGLE
    if shape is Shape.SHARE:
        shape = Shape.TRIANGLE if (high - low) ** 2 >= 4 * middle * (1 - middle) else shape
    return Quantity(shape, low, middle, high) if low > 0 or shape is Shape.TRIANGLE else fixed(middle)


@given(st.data(), st.sampled_from(STARTS), st.integers(1, 500_000), st.booleans())
def test_a_link_carries_every_change_there_and_back(
    data: st.DataObject, name: str, employees: int, takes_credit: bool
) -> None:
    inputs = start(name)
    keys = data.draw(st.lists(st.sampled_from(("reach", "price", "copay", "additionality")), unique=True))
    own = {key: data.draw(quantities(key)) for key in keys}
    own = {key: value for key, value in own.items() if value.shape in (Shape.FIXED, inputs.quantities[key].shape)}
    tried = replace(inputs, employees=employees, takes_credit=takes_credit, quantities={**inputs.quantities, **own})
    said = dict(changes(tried, inputs))
    back, reading = changed(inputs, said, known())
    assert reading.problems.found == []
    assert changes(back, inputs) == changes(tried, inputs)
    assert {key: written(value) for key, value in back.quantities.items()} == {
        key: written(value) for key, value in tried.quantities.items()
    }
    assert (back.employees, back.takes_credit) == (employees, takes_credit)


@given(st.data(), st.sampled_from(STARTS))
def test_an_input_file_written_from_a_case_reads_as_the_same_case(data: st.DataObject, name: str) -> None:
    inputs = start(name)
    keys = data.draw(st.lists(st.sampled_from(sorted(inputs.quantities)), unique=True, max_size=5))
    tried = replace(inputs, quantities={**inputs.quantities, **{key: data.draw(quantities(key)) for key in keys}})
    assert read_inputs(to_toml(tried, library().kinds), known()) == tried


@given(st.floats(-6, 6), st.floats(0, 3))
def test_every_input_rises_with_its_normal_number(z: float, more: float) -> None:
    inputs, kinds = start("a-skeptics-case"), library().kinds
    keys = uncertain(inputs)
    low, high = (figures_at(inputs, kinds, dict.fromkeys(keys, at)) for at in (z, z + more))
    for key in keys:
        least, most = limits_of(key, kinds)
        assert least <= float(low[key]) <= float(high[key]) + 1e-12 <= most + 1e-9


def test_the_first_family_is_the_first_key() -> None:
    assert key_of(0, "pay") in quantities_of(start("a-skeptics-case"))
