"""Agreement equals what is published, and means what it says."""

import csv
from pathlib import Path

import pytest

from daybreak.interviews.agreement import fleiss_kappa, krippendorff_alpha

PUBLISHED = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}


@pytest.mark.real_data
@pytest.mark.parametrize(("level", "alpha"), PUBLISHED.items())
def test_alpha_equals_krippendorff_s_own_figures(real_data: Path, level: str, alpha: float) -> None:
    with (real_data / "coder_agreement" / "krippendorff_example.csv").open() as file:
        units = [[float(cell) if cell else None for cell in row[1:]] for row in list(csv.reader(file))[1:]]
    found = krippendorff_alpha(units, level)
    assert found is not None
    assert round(found, 3) == alpha


def test_alpha_of_a_case_worked_by_hand() -> None:
    # Two coders, four units, one disagreement: observed 2 of 8 pairs; a appears 5 times, b 3 times, so by chance
    # 2 * 5 * 3 / (8 * 7) = 30 / 56 of pairs differ. 1 - (2 / 8) / (30 / 56) = 8 / 15.
    units = [[0, 0], [0, 0], [1, 1], [0, 1]]
    assert krippendorff_alpha(units) == pytest.approx(8 / 15)


def test_kappa_equals_the_table_of_fleiss_s_method() -> None:
    # Ten subjects, 14 raters, five categories: the worked example of the method, kappa 0.210.
    counts = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    units = [[str(category) for category, times in enumerate(row) for _ in range(times)] for row in counts]
    found = fleiss_kappa(units)
    assert found is not None
    assert round(found, 3) == 0.210


def test_coders_who_disagree_more_than_chance_are_below_zero() -> None:
    assert (krippendorff_alpha([[0, 1], [1, 0]]) or 0) < 0
    assert (fleiss_kappa([["a", "b"], ["b", "a"]]) or 0) < 0


def test_where_there_is_nothing_to_disagree_about_there_is_no_figure() -> None:
    assert krippendorff_alpha([[1, 1], [1, 1]]) is None
    assert krippendorff_alpha([]) is None
    assert fleiss_kappa([["a", None], ["b", None]]) is None


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="none of"):
        krippendorff_alpha([[1, 2]], "cardinal")
    with pytest.raises(ValueError, match="below zero"):
        krippendorff_alpha([[-1, 2]], "ratio")
