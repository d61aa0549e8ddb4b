"""How much is it? Whole cents, and a split that returns every one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, order=True)
class Money:
    """An amount in US dollars, kept as whole cents; it may be negative."""

    cents: int

    @classmethod
    def dollars(cls, amount: Decimal | int | str) -> "Money":
        """Read dollars with at most two digits after the point.

        Raises ValueError for text that is not a number, and for a fraction of a cent: where one can arise, the caller
        says how it rounds.

        >>> Money.dollars("12.50")
        Money(cents=1250)
        """
        try:
            cents = Decimal(amount) * 100
        except InvalidOperation as error:
            raise ValueError(f"{amount!r} is not an amount in dollars") from error
        if not cents.is_finite() or cents != cents.to_integral_value():
            raise ValueError(f"{amount} dollars is not a whole number of cents")
        return cls(int(cents))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __mul__(self, times: int) -> "Money":
        return Money(self.cents * times)

    def __str__(self) -> str:
        sign = "-" if self.cents < 0 else ""
        return f"{sign}${abs(self.cents) // 100:,}.{abs(self.cents) % 100:02d}"

    def split(self, weights: Sequence[int]) -> list["Money"]:
        """Share the amount by whole weights; odd cents go to the largest remainders, earlier shares first.

        Raises ValueError when no weight is positive or one is negative.

        >>> [str(share) for share in Money(100).split([1, 1, 1])]
        ['$0.34', '$0.33', '$0.33']
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("Shares need weights that are not negative and not all zero.")
        sign, amount = (-1 if self.cents < 0 else 1), abs(self.cents)
        shares = [amount * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
        for i in by_remainder[: amount - sum(shares)]:
            shares[i] += 1
        return [Money(sign * share) for share in shares]
