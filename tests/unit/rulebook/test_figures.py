"""Figures are compared exactly and shown plainly."""

from datetime import date, time
from decimal import Decimal

import pytest

from daybreak.rulebook.figures import changed, differences, frozen, kind, problems, same, words


@pytest.mark.parametrize(
    ("figure", "name"),
    [
        (3, "a number"),
        (Decimal("0.5"), "a number"),
        (False, "yes or no"),
        ("hourly", "text"),
        (date(2026, 1, 1), "a day"),
        (time(5, 0), "a time of day"),
        ([1], "a list"),
        ((1,), "a list"),
        ({"a": 1}, "a table"),
        (1.5, "unknown"),
    ],
)
def test_a_figure_has_a_kind_a_sentence_can_name(figure: object, name: str) -> None:
    assert kind(figure) == name


@pytest.mark.parametrize("text", ["7500", "7,500", "$7,500", "12.5%", "-3", " 10 ", "1_000"])
def test_a_number_in_quotes_is_not_a_figure(text: str) -> None:
    assert len(list(problems(text, name="amount", digits=0))) == 1


@pytest.mark.parametrize("text", ["unlimited", "606 CMR 7.10", "first day", "3 days"])
def test_words_with_digits_in_them_are_text(text: str) -> None:
    assert list(problems(text, name="amount", digits=0)) == []


def test_zeros_after_the_point_still_count_as_digits() -> None:
    assert list(problems(Decimal("10.00"), name="amount", digits=2)) == []
    assert len(list(problems(Decimal("10.000"), name="amount", digits=2))) == 1
    assert list(problems(Decimal("1E+3"), name="amount", digits=2)) == []


def test_numbers_are_the_same_by_value_and_nothing_is_the_same_across_kinds() -> None:
    assert same(Decimal("2500.00"), 2500)
    assert same({"a": (1, {"b": True})}, {"a": (1, {"b": True})})
    assert not same(1, True)
    assert not same("1", 1)
    assert not same((1, 2), (1,))
    assert not same({"a": 1}, {"b": 1})
    assert not same(None, 0)


def test_a_difference_deep_in_a_table_is_named_by_its_path() -> None:
    first = {"toddler": {"most": 9, "months": [15, 33]}}
    other = {"toddler": {"most": "nine", "months": [15]}, "infant": {"most": 7}}
    assert list(differences(first, other)) == ["has 'infant'", "makes 'toddler.most' text instead of a number"]


def test_a_table_in_place_of_a_number_is_a_difference() -> None:
    assert list(differences(9, {"most": 9})) == ["makes 'amount' a table instead of a number"]
    assert list(differences({"most": 9}, 9)) == ["makes 'amount' a number instead of a table"]


def test_only_what_changed_is_named() -> None:
    before = {"home": {"most": 6, "extra": 2}, "group": {"most": 10}}
    after = {"home": {"most": 6, "extra": 2}, "group": {"most": 12}}
    assert list(changed(before, after)) == [("group.most", 10, 12)]
    assert list(changed(None, 5)) == [("amount", None, 5)]
    assert list(changed({"most": 6}, None)) == [("amount", {"most": 6}, None)]
    assert list(changed(after, after)) == []


def test_a_figure_reads_as_words() -> None:
    assert words({"home": {"most_children": 6}, "group": {"most_children": 12}}) == (
        "home: most children 6; group: most children 12"
    )
    assert words((True, False, time(5, 0), Decimal("0.35"))) == "yes no 05:00:00 0.35"
    assert words(None) == "nothing"


def test_a_float_never_becomes_a_figure() -> None:
    with pytest.raises(TypeError, match="is not a figure"):
        frozen({"share": 0.35})
