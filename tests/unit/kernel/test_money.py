"""Money is whole cents; nothing is lost in a split."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.money import Money

CENTS = st.integers(-(10**12), 10**12)
WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(lambda weights: sum(weights) > 0)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("0", 0), ("12.50", 1250), ("12.5", 1250), (7500, 750000), (Decimal("-0.01"), -1), ("3.1E+2", 31000)],
)
def test_dollars_become_whole_cents(amount: Decimal | int | str, cents: int) -> None:
    assert Money.dollars(amount) == Money(cents)


@pytest.mark.parametrize("amount", ["0.005", "12.345", "-0.001", "NaN", "Infinity"])
def test_a_fraction_of_a_cent_is_never_rounded_in_silence(amount: str) -> None:
    with pytest.raises(ValueError, match="dollars is not a whole number of cents"):
        Money.dollars(amount)


@pytest.mark.parametrize("text", ["", "ten", "$5", "1,000", "1.2.3"])
def test_text_that_is_not_a_number_is_not_an_amount(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount in dollars"):
        Money.dollars(text)


def test_amounts_are_added_taken_away_and_multiplied() -> None:
    copay = Money.dollars("15.25")
    assert copay + Money(75) == Money.dollars(16)
    assert copay - Money.dollars(20) == Money(-475)
    assert copay * 3 == Money.dollars("45.75")
    assert -copay == Money(-1525)


def test_amounts_are_ordered() -> None:
    assert sorted([Money(5), Money(-5), Money(0)]) == [Money(-5), Money(0), Money(5)]


@pytest.mark.parametrize(
    ("cents", "words"),
    [(0, "$0.00"), (5, "$0.05"), (-5, "-$0.05"), (123456789, "$1,234,567.89"), (-750000, "-$7,500.00")],
)
def test_an_amount_reads_as_dollars(cents: int, words: str) -> None:
    assert str(Money(cents)) == words


def test_odd_cents_go_to_the_largest_remainders_and_then_to_the_earlier_shares() -> None:
    assert Money(100).split([1, 1, 1]) == [Money(34), Money(33), Money(33)]


def test_a_share_of_nothing_is_nothing() -> None:
    assert Money(100).split([0, 1, 0]) == [Money(0), Money(100), Money(0)]
    assert Money(0).split([2, 1]) == [Money(0), Money(0)]


def test_a_debt_is_split_like_a_credit() -> None:
    assert Money(-100).split([1, 1, 1]) == [Money(-34), Money(-33), Money(-33)]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [3, -1]])
def test_shares_need_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Shares need weights that are not negative and not all zero"):
        Money(100).split(weights)


@given(CENTS, WEIGHTS)
def test_a_split_returns_every_cent_and_no_share_is_off_by_a_cent(cents: int, weights: list[int]) -> None:
    shares = Money(cents).split(weights)
    assert sum(share.cents for share in shares) == cents
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share.cents * sum(weights) - cents * weight) < sum(weights)


@given(CENTS)
def test_an_amount_written_out_reads_back_the_same(cents: int) -> None:
    assert Money.dollars(str(Money(cents)).replace("$", "").replace(",", "")) == Money(cents)
