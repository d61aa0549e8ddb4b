"""Inputs take the values they should: against closed forms, and against NumPy's own samplers."""

import numpy as np
import pytest

from daybreak.business_case.shapes import Z95, beta_below, beta_of, value_at
from daybreak.business_case.terms import Quantity, Shape, fixed

POINTS = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)


@pytest.mark.parametrize(
    ("a", "b", "below"),
    [
        (1, 1, lambda x: x),
        (2, 1, lambda x: x**2),
        (1, 3, lambda x: 1 - (1 - x) ** 3),
        (2, 2, lambda x: 3 * x**2 - 2 * x**3),
        (0.5, 0.5, lambda x: 2 / np.pi * np.arcsin(np.sqrt(x))),
        (3, 2, lambda x: 4 * x**3 - 3 * x**4),
    ],
)
def test_a_beta_has_the_distribution_of_its_closed_form(a: float, b: float, below: object) -> None:
    x = np.linspace(0.001, 0.999, 97)
    assert callable(below)
    assert np.allclose(beta_below(a, b, x), below(x), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("low", "mean", "high"),
    [(0.16, 0.22, 0.28), (0.05, 0.12, 0.22), (0.25, 0.5, 0.75), (0.005, 0.06, 0.16), (0.9, 0.97, 0.999)],
)
def test_a_share_is_spread_as_numpy_draws_it(low: float, mean: float, high: float) -> None:
    rng = np.random.default_rng(1)
    drawn = value_at(Quantity(Shape.SHARE, low, mean, high), rng.standard_normal(400_000))
    theirs = rng.beta(*beta_of(low, mean, high), 400_000)
    assert np.quantile(drawn, POINTS) == pytest.approx(np.quantile(theirs, POINTS), abs=0.004 * (high - low) + 0.002)
    assert float(np.mean(drawn)) == pytest.approx(mean, abs=0.001)


def test_a_multiple_has_its_90_percent_between_its_ends() -> None:
    multiple = Quantity(Shape.MULTIPLE, 6, 12, 24)
    assert [float(value_at(multiple, z)) for z in (-Z95, 0, Z95)] == pytest.approx([6, 12, 24])


def test_a_triangle_never_leaves_its_ends_and_is_spread_as_numpy_draws_it() -> None:
    rng = np.random.default_rng(2)
    drawn = np.asarray(value_at(Quantity(Shape.TRIANGLE, 10, 15, 30), rng.standard_normal(300_000)))
    assert drawn.min() >= 10
    assert drawn.max() <= 30
    theirs = rng.triangular(10, 15, 30, 300_000)
    assert np.quantile(drawn, POINTS) == pytest.approx(np.quantile(theirs, POINTS), abs=0.06)


def test_a_measured_figure_has_its_margin_and_stays_within_what_it_may_be() -> None:
    measured = Quantity(Shape.MEASURED, 0.02, 0.05, 0.08)
    assert [float(value_at(measured, z)) for z in (-Z95, 0, Z95)] == pytest.approx([0.02, 0.05, 0.08])
    assert float(value_at(measured, -5.0, least=0.0, most=1.0)) == 0.0


def test_a_sure_figure_is_itself_for_every_draw() -> None:
    assert value_at(fixed(230), np.array([-3.0, 0.0, 3.0])) == 230


@pytest.mark.parametrize("mean", [0.5, 0.02])
def test_no_share_is_wider_than_a_share_can_be(mean: float) -> None:
    with pytest.raises(ValueError, match="spread that wide"):
        beta_of(-5, mean, 5)
