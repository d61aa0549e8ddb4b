"""How well do coders agree, beyond what chance would give?

Krippendorff's alpha is 1 less the disagreement observed over the disagreement expected, for any number of coders, with
values missing, at four levels of measurement (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011).
Fleiss' kappa wants the same number of codings of every unit (J. L. Fleiss, 1971).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LEVELS = ("nominal", "ordinal", "interval", "ratio")
Matrix = NDArray[np.float64]


def krippendorff_alpha(units: Sequence[Sequence[float | None]], level: str = "nominal") -> float | None:
    """Alpha of `units`, each the values its coders gave it, None for missing.

    Units with fewer than two values say nothing and drop out. None where there is nothing to disagree about: a single
    value throughout, or no unit with two. Raises ValueError for a level that is none of LEVELS, or negative ratios.

    >>> krippendorff_alpha([[1, 1], [2, 2], [3, 3]])
    1.0
    >>> krippendorff_alpha([[1, 1], [1, None]]) is None
    True
    """
    paired = [[value for value in unit if value is not None] for unit in units]
    paired = [unit for unit in paired if len(unit) >= 2]
    values = np.unique([value for unit in paired for value in unit]) if paired else np.array([])
    if len(values) < 2:
        return None
    coincidences = _coincidences(paired, values)
    totals = coincidences.sum(axis=1)
    distance = _distances(values, totals, level)
    observed = float((coincidences * distance).sum())
    expected = float((np.outer(totals, totals) * distance).sum() / (totals.sum() - 1))
    return 1.0 - observed / expected


def _coincidences(units: Sequence[Sequence[float]], values: Matrix) -> Matrix:
    """How often each two values met in a unit; a unit of m values has m (m - 1) pairs, weighed 1 / (m - 1)."""
    matrix = np.zeros((len(values), len(values)))
    for unit in units:
        counts = np.array([unit.count(value) for value in values], dtype=float)
        matrix += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return matrix


def _distances(values: Matrix, totals: Matrix, level: str) -> Matrix:
    """The squared difference between each two values, as the level of measurement sees it."""
    first, second = values[:, None], values[None, :]
    if level == "nominal":
        differ: Matrix = (first != second).astype(float)
        return differ
    if level == "ordinal":
        # Ranks between two values, the ends counted by half.
        middle: Matrix = np.cumsum(totals) - totals / 2
        ranks: Matrix = (middle[:, None] - middle[None, :]) ** 2
        return ranks
    if level == "interval":
        return (first - second) ** 2
    if level == "ratio":
        if values.min() < 0:
            raise ValueError("A ratio scale has no values below zero.")
        both = first + second
        return np.divide(first - second, both, out=np.zeros_like(both), where=both != 0) ** 2
    raise ValueError(f"{level!r} is none of {', '.join(LEVELS)}.")


def fleiss_kappa(units: Sequence[Sequence[object | None]]) -> float | None:
    """Kappa over the units that every coder coded; None where there is none, or only one value was given.

    >>> fleiss_kappa([["a", "a"], ["b", "b"]])
    1.0
    """
    coders = max((len(unit) for unit in units), default=0)
    whole = [list(unit) for unit in units if len(unit) == coders and None not in unit]
    values = sorted({str(value) for unit in whole for value in unit})
    if coders < 2 or len(values) < 2:
        return None
    counts = np.array([[[str(one) for one in unit].count(value) for value in values] for unit in whole], dtype=float)
    by_unit = ((counts**2).sum(axis=1) - coders) / (coders * (coders - 1))
    by_chance = float(((counts.sum(axis=0) / counts.sum()) ** 2).sum())
    return (float(by_unit.mean()) - by_chance) / (1 - by_chance)
