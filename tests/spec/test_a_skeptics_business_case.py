"""The skeptic's case from the input file in the docs: the table it was designed with, within the noise of the draws.

The prototype drew 200,000 years; its figures were printed with two digits. Each figure here may differ by the noise of
both runs and the rounding of the printed one.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from daybreak.business_case.case import Case
from daybreak.business_case.input_file import read_inputs
from daybreak.business_case.pilot import per_arm_of
from daybreak.business_case.queries import case_of, known, start_texts
from daybreak.business_case.terms import Spread

DOCS = Path(__file__).resolve().parents[2] / "docs" / "start" / "cases"


@cache
def case(name: str = "a-skeptics-case") -> Case:
    text = (DOCS / f"{name}.toml").read_text()
    return case_of(read_inputs(text, known(), source=f"{name}.toml"), np.random.default_rng(2024), draws=200_000)


def near(spread: Spread, low: float, middle: float, high: float, *, by: float) -> None:
    found = (spread.p05, spread.p50, spread.p95)
    assert found == pytest.approx((low, middle, high), abs=by), found


def test_the_files_in_the_docs_are_those_that_come_with_the_product() -> None:
    assert {file.stem: file.read_text() for file in DOCS.glob("*.toml")} == start_texts()


def test_uses_and_cost() -> None:
    near(case().amounts["days"], 9_400, 27_300, 68_600, by=900)
    near(case().amounts["cost"], 3.8e6, 6.7e6, 12.3e6, by=0.12e6)


def test_benefits_and_credit() -> None:
    near(case().amounts["work"], 1.1e6, 3.9e6, 12.6e6, by=0.2e6)
    near(case().amounts["leavers"], 0.1e6, 1.2e6, 6.0e6, by=0.12e6)
    near(case().amounts["credit"], 0.22e6, 0.50e6, 0.50e6, by=0.01e6)


def test_the_return_is_about_minus_9_percent_and_it_pays_in_43_of_100_draws() -> None:
    near(case().answer.net, -3.7e6, -0.4e6, 5.8e6, by=0.12e6)
    near(case().answer.roi, -0.65, -0.09, 1.05, by=0.03)
    assert case().answer.chance == pytest.approx(0.43, abs=0.01)
    assert case().answer.net.mean == pytest.approx(0.13e6, abs=0.05e6)


def test_without_any_effect_on_who_leaves_it_is_minus_34_percent() -> None:
    near(case().answer.roi_without_retention, -0.76, -0.34, 0.53, by=0.03)
    assert case().answer.chance_without_retention == pytest.approx(0.22, abs=0.01)


def test_with_sellers_inputs_the_same_employer_gets_230_percent() -> None:
    near(case("as-sellers-reckon").answer.roi, 0.50, 2.30, 5.46, by=0.08)


def test_loading_the_sellers_claim_into_the_skeptics_case_shows_the_same_beside_it() -> None:
    (claimed,) = case().as_claimed
    assert claimed.claim.name == "seller-formula"
    near(claimed.answer.roi, 0.50, 2.30, 5.46, by=0.08)
    own = case("as-sellers-reckon").answer.roi
    near(claimed.answer.roi, own.p05, own.p50, own.p95, by=0.02)


def test_it_just_pays_at_these_values() -> None:
    even = {one.key: one.break_even for one in case().sensitivities}
    assert even["additionality"] == pytest.approx(0.53, abs=0.005)
    assert even["reach"] == pytest.approx(0.126, abs=0.001)
    assert even["quits_cut"] == pytest.approx(0.059, abs=0.0005)
    assert even["price"] == pytest.approx(114, abs=1)


def test_what_matters_most_one_at_a_time() -> None:
    swings = {one.key: one.swing / 1e6 for one in case().sensitivities}
    wanted = {
        "fee": 3.4,
        "day_multiple": 3.3,
        "additionality": 3.3,
        "reach": 3.2,
        "quits_cut": 3.0,
        "price": 1.8,
        "turnover_scale": 1.5,
        "days_used": 1.4,
        "parents": 1.1,
    }
    assert list(swings)[:9] == list(wanted)
    assert {key: swings[key] for key in wanted} == pytest.approx(wanted, abs=0.1)
    assert max(swing for key, swing in swings.items() if key not in wanted) < 0.8


def test_what_it_is_worth_to_know() -> None:
    knowing = case().knowing
    assert knowing.everything == pytest.approx(1.05e6, abs=0.05e6)
    assert knowing.pilot == pytest.approx(0.76e6, abs=0.06e6)
    alone = {one.key: one.worth_knowing / 1e6 for one in case().sensitivities}
    assert {key: alone[key] for key in ("reach", "additionality", "day_multiple", "quits_cut", "fee")} == pytest.approx(
        {"reach": 0.41, "additionality": 0.40, "day_multiple": 0.39, "quits_cut": 0.37, "fee": 0.37}, abs=0.06
    )


def test_a_day_of_hourly_work_does_not_carry_its_share_of_the_fixed_fee() -> None:
    hourly, professional, leader = case().families
    assert hourly.gain_per_day.p50 == pytest.approx(153, abs=4)
    assert hourly.work_per_day.p50 == pytest.approx(104, abs=3)
    assert professional.gain_per_day.p50 == pytest.approx(350, abs=9)
    assert leader.gain_per_day.p50 == pytest.approx(489, abs=12)
    near(case().amounts["cost_per_day"], 140, 243, 554, by=12)
    assert hourly.gain_per_day.p50 < case().amounts["cost_per_day"].p50 < professional.gain_per_day.p50


def test_all_together_correlated_and_with_unpaid_hours_counted_it_pays_less() -> None:
    whole = case("unpaid-hours-counted")
    assert whole.answer.roi.p50 < case().answer.roi.p50 - 0.1
    assert whole.answer.chance == pytest.approx(0.31, abs=0.015)
    assert whole.ledgers["employee"].mean > case().ledgers["employee"].mean


def test_the_pilot_of_the_note_takes_7750_parents_in_each_arm() -> None:
    assert per_arm_of(0.27, 6) == pytest.approx(7_750, abs=5)
    assert per_arm_of(0.27, 6, 0.5) == pytest.approx(5_800, abs=20)
    assert case().pilot.can_find_it
    assert case().pilot.per_arm_quits > 100_000


def test_replacing_a_leaver_costs_what_the_note_says() -> None:
    assert [round(leaver.cost, -2) for leaver in case().leavers] == [6_100, 45_500, 102_000]
