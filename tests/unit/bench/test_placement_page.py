"""The page of the placement benchmark says what was measured, and for each bar whether it was met."""

from daybreak.bench.placement import Size, ratios
from daybreak.bench.placement_page import Row, page_of, picture

ARMS = {
    "ours": {
        "placed": 98,
        "coverable": 99,
        "value": 990.0,
        "gap": 0.002,
        "peak_mb": 200.0,
        "seconds": {"solve": 1.0, "verify": 0.5, "total": 1.5},
        "warm_seconds": 1.0,
        "one_percent_seconds": 0.012,
        "one_percent_gap": 0.0021,
        "one_percent_gap_before": 0.002,
    },
    "baseline": {"placed": 95, "seconds": {"candidates": 0.5, "arcs": 0.25, "solve": 0.75, "total": 1.5}},
    "first_come": {"placed": 80, "value": 800.0},
}
RUN = {
    **ARMS,
    "n": 100,
    "tightness": 1.0,
    "metros": 1,
    "ratio": ratios(ARMS),
    "machine": {"cores": 2, "memory_gb": 24, "python": "3.11"},
}


def test_ratios_count_everything_of_ours_and_only_solving_of_the_flow() -> None:
    assert ratios(ARMS) == {
        "seconds_cold": 1.5,
        "seconds_cold_from_arrays": 1.0,
        "seconds_warm": 1.0,
        "children_to_baseline": 1.0316,
        "children_to_first_come": 1.225,
        "value_to_first_come": 1.2375,
        "one_percent_to_cold": 0.008,
        "placed_to_coverable": 0.9899,
    }


def test_each_bar_is_met_or_not() -> None:
    row = Row(Size(100), gap=0.12, to_first_come=1.22, cold=1.5, warm=0.9, mended=1.0)
    fair = {"points_apart": 0.8, "points_apart_without": 9.0, "share_fewer": 0.0005}
    page = page_of("placement-x", {"date": "2026-11-24", "commit": "abc", "runs": [RUN], "fair": fair}, [row])
    lines = [line for line in page.splitlines() if line.endswith("met |")]
    assert [line.endswith("| met |") for line in lines] == [False, True, False, True, True, True, True]
    assert "| 100, 1 | gap, percent at most 0.12 | 0.2 | not met |" in lines
    assert "![Children placed of a hundred, first come and ours](placement-x.svg)" in page


def test_the_picture_shows_both_shares_of_each_town() -> None:
    drawn = picture([RUN, RUN])
    assert drawn.count("98.0 ours") == 2
    assert drawn.count("80.0 first come") == 2
