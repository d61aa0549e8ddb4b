"""How is a figure said? Money, returns, chances and days, in the reader's language, never more digits than are known.

Pure: whoever presents hands in the function that finds a phrase in the reader's language.
"""

from collections.abc import Callable
from dataclasses import dataclass

from daybreak.business_case.terms import Said, Spread

MINUS = "\u2212"


@dataclass(frozen=True)
class Wording:
    """A reader's language: its name, and how a phrase is found in it."""

    language: str
    gettext: Callable[[str], str]

    def said(self, text: Said) -> str:
        """A text of the library or of an input file."""
        return text.by(self.language)

    def money(self, amount: float) -> str:
        """An amount of dollars with as many digits as a decision needs.

        >>> english = Wording("en", str)
        >>> english.money(6_722_000), english.money(-431_200), english.money(243.4), english.money(0)
        ('$6.7 million', '\u2212$431,000', '$243', '$0')
        """
        size = abs(amount)
        if size >= 999_500_000:
            text = self.gettext("${amount} billion").format(amount=f"{size / 1e9:,.1f}")
        elif size >= 999_500:
            text = self.gettext("${amount} million").format(amount=f"{size / 1e6:,.1f}")
        elif size >= 10_000:
            text = f"${round(size, -3):,.0f}"
        else:
            text = f"${size:,.0f}"
        return f"{MINUS}{text}" if amount < 0 and text != "$0" else text

    def millions(self, amount: float) -> str:
        """An amount as millions, for a table whose heading says so.

        >>> Wording("en", str).millions(-3_730_000)
        '\u22123.7'
        """
        return signed(amount / 1e6, 1)

    def percent(self, share: float, *, digits: int = 0) -> str:
        """A share as a percentage.

        >>> Wording("en", str).percent(-0.0896)
        '\u22129%'
        """
        return f"{signed(share * 100, digits)}%"

    def range_of(self, spread: Spread, show: Callable[[float], str]) -> str:
        """The two ends of a 90 percent interval."""
        return self.gettext("{low} to {high}").format(low=show(spread.p05), high=show(spread.p95))

    def chance(self, share: float) -> str:
        """A chance as a natural frequency."""
        return self.gettext("{count} in 100").format(count=f"{share * 100:.0f}")

    def count(self, number: float) -> str:
        """A whole number of people or days, rounded to three digits that mean something.

        >>> Wording("en", str).count(27_106.2), Wording("en", str).count(265.3)
        ('27,100', '265')
        """
        if abs(number) < 1000:
            return signed(number, 0)
        digits = 3 - len(str(int(abs(number))))
        return signed(round(number, digits), 0)


def signed(number: float, digits: int) -> str:
    """A number with a true minus sign, and no minus before a zero.

    >>> signed(-0.04, 1), signed(-1234.5, 0)
    ('0.0', '\u22121,234')
    """
    text = f"{abs(number):,.{digits}f}"
    return f"{MINUS}{text}" if number < 0 and text.strip("0.,") else text


def by_unit(words: Wording, unit: str, value: float) -> str:
    """A value of an input as its unit asks for.

    >>> by_unit(Wording("en", str), "share", 0.12), by_unit(Wording("en", str), "multiple", 1.28)
    ('12%', '1.28')
    """
    if unit == "share":
        return words.percent(value, digits=0 if abs(value * 100 - round(value * 100)) < 0.05 else 1)
    if unit == "dollars":
        return words.money(value) if abs(value) >= 100 else f"${value:,.2f}".removesuffix(".00")
    return f"{value:,.2f}".rstrip("0").rstrip(".")
