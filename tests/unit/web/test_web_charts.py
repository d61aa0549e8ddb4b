import pytest

from daybreak.web.charts import Figure, bars, interval


def test_the_longest_bar_is_the_greatest_value_and_zero_has_none() -> None:
    chart = bars((Figure("Mon", 0, "0"), Figure("Tue", 8, "8")), title="Tuesday has most", what="Day", unit="Spots")
    assert chart.bars[0].width == "0.0"
    assert float(chart.bars[1].end) < chart.width


def test_the_table_says_what_the_bars_say() -> None:
    chart = bars((Figure("Mon", 2, "2"),), title="Monday", what="Day", unit="Spots")
    assert [(row.head, row.cells[0].text) for row in chart.rows] == [("Mon", "2")]


def test_a_bar_cannot_show_less_than_nothing() -> None:
    with pytest.raises(ValueError, match="below zero"):
        bars((Figure("Mon", -1, "-1"),), title="", what="", unit="")


def test_an_interval_without_its_value_is_refused() -> None:
    with pytest.raises(ValueError, match="holds its value"):
        interval(0.5, 0.4, 0.6, scale=(0, 1), title="", said="", ends=("", ""))
