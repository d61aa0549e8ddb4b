"""Which value does a quantity take, given how far out on a normal curve the draw lies?

Every input is an increasing function of one standard normal number. That makes a Gaussian copula a matter of drawing
normals that go together, makes a median the value at zero, and lets one table serve draws, swings and break-even alike.
"""

from functools import lru_cache
from math import lgamma, log, sqrt
from statistics import NormalDist

import numpy as np

from daybreak.business_case.terms import Numbers, Quantity, Shape, Value

NORMAL = NormalDist()
Z95 = NORMAL.inv_cdf(0.95)
"""Half of a 90 percent interval, in standard deviations."""
REACH = 6.0
CELLS = 2400
GRID = np.linspace(-REACH, REACH, CELLS + 1)
TINY = 1e-15
STEPS = 4001


def value_at(quantity: Quantity, z: Value, *, least: float = -np.inf, most: float = np.inf) -> Value:
    """Return the value of a quantity where a standard normal number is `z`, kept between `least` and `most`.

    >>> from daybreak.business_case.terms import fixed
    >>> value_at(fixed(230), 1.0)
    230
    >>> round(float(value_at(Quantity(Shape.MULTIPLE, 90, 125, 180), 0.0)))
    125
    """
    if quantity.shape is Shape.FIXED:
        return quantity.middle
    if quantity.shape is Shape.SHARE:
        return _looked_up(_beta_table(quantity.low, quantity.middle, quantity.high), z)
    if quantity.shape is Shape.TRIANGLE:
        return _looked_up(_triangle_table(quantity.low, quantity.middle, quantity.high), z)
    if quantity.shape is Shape.MULTIPLE:
        found = quantity.middle * np.exp(np.multiply(z, log(quantity.high / quantity.low) / (2 * Z95)))
    else:
        found = quantity.middle + np.multiply(z, (quantity.high - quantity.low) / (2 * Z95))
    return np.clip(found, least, most)


def _looked_up(table: Numbers, z: Value) -> Value:
    """Between two points of the grid along a straight line; the grid is even, so no search is needed."""
    place = np.clip(np.multiply(np.add(z, REACH), CELLS / (2 * REACH)), 0, CELLS - 1e-9)
    cell = place.astype(np.intp)
    return np.asarray(table[cell] + (place - cell) * np.diff(table, append=table[-1])[cell])


def beta_of(low: float, mean: float, high: float) -> tuple[float, float]:
    """Return the two parameters of the beta with this mean, whose standard deviation is that of the 90 percent range.

    Raises ValueError when no beta is that wide.

    >>> [round(part, 2) for part in beta_of(0.25, 0.50, 0.75)]
    [4.91, 4.91]
    """
    spread = (high - low) / (2 * Z95)
    concentration = mean * (1 - mean) / spread**2 - 1
    if concentration <= 0:
        raise ValueError("No share between 0 and 1 is spread that wide around this mean.")
    return mean * concentration, (1 - mean) * concentration


def beta_below(a: float, b: float, x: Numbers) -> Numbers:
    """Return the part of a beta's draws that lies below each `x`: the regularized incomplete beta function.

    By its continued fraction (Abramowitz and Stegun 26.5.8, evaluated after Lentz), from whichever side converges.

    >>> beta_below(2, 2, np.array([0.25, 0.5])).round(6).tolist()
    [0.15625, 0.5]
    """
    swapped = x > (a + 1) / (a + b + 2)
    first, second = np.where(swapped, b, a), np.where(swapped, a, b)
    y = np.where(swapped, 1 - x, x)
    with np.errstate(divide="ignore"):
        front = np.exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * np.log(x) + b * np.log1p(-x))
    part = front * _fraction(first, second, y) / first
    return np.where(swapped, 1 - part, part)


def _fraction(a: Numbers, b: Numbers, x: Numbers) -> Numbers:
    upper = np.ones_like(x)
    lower = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    total = lower.copy()
    for m in range(1, 2000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        lower, upper = 1 / _away_from_zero(1 + even * lower), _away_from_zero(1 + even / upper)
        total = total * lower * upper
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        lower, upper = 1 / _away_from_zero(1 + odd * lower), _away_from_zero(1 + odd / upper)
        change = lower * upper
        total = total * change
        if float(np.abs(change - 1).max()) < 1e-12:
            break
    return total


def _away_from_zero(x: Numbers) -> Numbers:
    return np.where(np.abs(x) < 1e-300, 1e-300, x)


@lru_cache(maxsize=256)
def _beta_table(low: float, mean: float, high: float) -> Numbers:
    """The share at each normal number of the grid, by turning the distribution function around."""
    a, b = beta_of(low, mean, high)
    # On the scale of log odds both tails get as many steps as the middle.
    middle, width = log(mean / (1 - mean)), 10 * (1 / sqrt(a) + 1 / a + 1 / sqrt(b) + 1 / b)
    odds = np.linspace(middle - width, middle + width, STEPS)
    below = beta_below(a, b, np.clip(1 / (1 + np.exp(-odds)), TINY, 1 - TINY))
    known = (below > TINY) & (below < 1 - TINY)
    z = np.array([NORMAL.inv_cdf(part) for part in below[known].tolist()])
    steps = np.concatenate(([True], np.diff(z) > 0))
    return np.asarray(1 / (1 + np.exp(-np.interp(GRID, z[steps], odds[known][steps]))))


@lru_cache(maxsize=256)
def _triangle_table(low: float, likely: float, high: float) -> Numbers:
    below = np.array([NORMAL.cdf(z) for z in GRID.tolist()])
    turn = (likely - low) / (high - low)
    rising = low + np.sqrt(below * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - below) * (high - low) * (high - likely))
    return np.where(below < turn, rising, falling)
