"""What a rule is: figures with the days they held, who says so, and worked examples.

A rule file becomes one `Rule`. Asking it about a day gives a `Ruling`: the figure together with its citation, so that a
decision can show where it comes from and store which version of the file it used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from daybreak.kernel.errors import BadRule

Scalar = int | Decimal | str | bool | date | time
Figure = Scalar | tuple["Figure", ...] | Mapping[str, "Figure"]
"""A number, text, yes or no, day or time of day; or a list or table of them. Never a float."""


class Confidence(StrEnum):
    """How sure whoever read the source was."""

    HIGH = "high"  # read in the law's or the agency's own words, or in several sources that agree
    MEDIUM = "medium"  # read in fewer or shorter sources, or the first day was inferred
    VERIFY = "verify"  # a figure or a date could not be confirmed


class Gap(StrEnum):
    """Why a rule has no figure for a day; an example may expect one of these."""

    BEFORE_FIRST = "before_first"
    ENDED = "ended"


@dataclass(frozen=True)
class Value:
    """What held from `since` up to, and not including, the next value or `until`."""

    since: date
    until: date | None
    figure: Figure
    cite: str
    source: str
    read_on: date
    confidence: Confidence


@dataclass(frozen=True)
class Example:
    """A case worked by hand: asked on `day` with `given`, the rule answers `expect`, or has the gap `expect_error`."""

    day: date
    given: Mapping[str, str]
    expect: Figure | None
    expect_error: Gap | None
    because: str


@dataclass(frozen=True)
class Rule:
    """One rule file: `values` in order of their days; `by` names what selects among the figures, such as filing.

    Every value has the same keys, but for those in `may_lack`, which the law sets only sometimes.
    """

    path: str
    title: str
    unit: str
    by: str | None
    digits: int
    review_by: date
    values: tuple[Value, ...]
    examples: tuple[Example, ...]
    sha256: str
    may_lack: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ruling:
    """What held on a day, says who, since when, and in which version of which file."""

    value: Figure
    cite: str
    source: str
    since: date
    confidence: Confidence
    path: str
    sha256: str

    @property
    def caution(self) -> str:
        """The words to show beside an answer that nobody could confirm; empty for all others."""
        if self.confidence is not Confidence.VERIFY:
            return ""
        return "Not confirmed: a figure or a date of this rule could not be checked against its source."

    def whole(self, key: str = "") -> int:
        """Return the figure, or the one called `key` in a table of figures, as a whole number.

        Raises BadRule when there is no such key or it is not a whole number.
        """
        figure: Figure | None = self.value
        if key:
            figure = self.value.get(key) if isinstance(self.value, Mapping) else None
        if isinstance(figure, int) and not isinstance(figure, bool):
            return figure
        name = f"'{key}'" if key else "its figure"
        raise BadRule(
            f"{self.path}: {name} is not a whole number in the value from {self.since}. The code that asks needs one. "
            "Correct the rule file, or the name the code asks for."
        )


@dataclass(frozen=True)
class Change:
    """One step of a rule: on `day` the figure `before` gave way to `after`; None where the rule began or ended."""

    path: str
    title: str
    day: date
    before: Figure | None
    after: Figure | None
    cite: str
    confidence: Confidence
