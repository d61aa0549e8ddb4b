"""An answer is yes, or no with every reason."""

import pytest

from daybreak.kernel.decisions import No, Reason, Yes, all_of

SPENT = Reason("allowance-spent", {"left": 1, "wanted": 2}, "Harbor Health plan 2026, 3.1")
CLOSED = Reason("hours", {"opens": "07:00"})


def test_yes_is_true_and_no_is_false() -> None:
    assert Yes()
    assert not No((SPENT,))


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="A refusal must give at least one reason"):
        No(())


def test_a_refusal_keeps_all_reasons_in_the_order_they_were_found() -> None:
    assert all_of([Yes(), No((SPENT,)), Yes(), No((CLOSED, SPENT))]) == No((SPENT, CLOSED, SPENT))


def test_nothing_against_it_is_a_yes() -> None:
    assert all_of([Yes(), Yes()]) == Yes()
    assert all_of([]) == Yes()


def test_a_reason_without_facts_or_paragraph_has_empty_ones() -> None:
    assert Reason("full") == Reason("full", {}, "")
    assert Reason("full").facts is not Reason("full").facts
