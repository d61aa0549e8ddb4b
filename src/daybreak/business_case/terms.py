"""What is a business case made of? Quantities that may be uncertain, families of jobs, the law of a year.

Nothing here has a value of its own: every figure comes from an input file or, where the file is silent, from the
library of cited priors, and carries where it is from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Value = float | Numbers
"""One figure, or one for each draw."""


class Shape(StrEnum):
    """How a quantity is spread around its middle; the low and high ends hold 90 percent between them."""

    FIXED = "fixed"
    SHARE = "mean"  # a beta: a share between 0 and 1, its middle is the mean
    MULTIPLE = "median"  # a log-normal: above 0, its middle is the median
    TRIANGLE = "likely"  # a triangle: its ends are the least and the most there can be, its middle the likeliest
    MEASURED = "estimate"  # a normal: an estimate with its margin, as a survey or a quote gives it


class Basis(StrEnum):
    """Where a figure is from, worst last."""

    MEASURED = "measured"  # this employer's own records, with their margin
    QUOTED = "quoted"  # a written offer
    CHOSEN = "chosen"  # part of the plan, or of the wording of the question
    PRIOR = "prior"  # published evidence from elsewhere, or a stated assumption
    CLAIMED = "claimed"  # somebody's claim, loaded to see what follows from it


class Grade(StrEnum):
    """How good the evidence behind a figure is."""

    A = "A"  # register, trial, natural experiment or prospective cohort
    B = "B"  # official survey or official count
    C = "C"  # seller, advocacy, an employer's press or users' own report
    D = "D"  # a derivation or an assumption


@dataclass(frozen=True)
class Said:
    """A text in each language the product speaks."""

    en: str
    es: str

    def by(self, language: str) -> str:
        """The text for a reader of this language."""
        return self.es if language == "es" else self.en


@dataclass(frozen=True)
class Quantity:
    """A figure with its spread and where it is from; a fixed one has its middle at both ends."""

    shape: Shape
    low: float
    middle: float
    high: float
    basis: Basis = Basis.CHOSEN
    grade: Grade | None = None
    source: str = ""

    @property
    def is_uncertain(self) -> bool:
        """Whether a draw may differ from the middle."""
        return self.shape is not Shape.FIXED


def fixed(value: float, basis: Basis = Basis.CHOSEN, source: str = "") -> Quantity:
    """A quantity without a spread.

    >>> fixed(230).is_uncertain
    False
    """
    return Quantity(Shape.FIXED, value, value, value, basis, None, source)


@dataclass(frozen=True)
class Kind:
    """What one input of the model is: its words, its unit, the range that makes sense, and the prior."""

    key: str
    part: str
    unit: str
    least: float
    most: float
    title: Said
    note: Said
    prior: Quantity
    sources: tuple[str, ...]
    learned_by: str
    """How it can be known better: pilot, quote, records or nothing."""


FAMILY_FIGURES = ("pay", "quits", "turnover_cost", "from_home", "unpaid")
"""What a job family says of itself; each may be uncertain, as a survey gives it."""


@dataclass(frozen=True)
class Family:
    """Jobs that are alike in pay, in how often people leave, and in what an absent day means."""

    name: Said
    pay_class: str
    share: float
    figures: Mapping[str, Quantity]


@dataclass(frozen=True)
class Correlation:
    """Two inputs that tend to be high together (above 0) or one high when the other is low (below 0)."""

    one: str
    other: str
    r: float


@dataclass(frozen=True)
class Inputs:
    """Everything a case is worked out from. `quantities` holds every input of the library."""

    title: Said
    year: int
    employees: int
    families: tuple[Family, ...]
    quantities: Mapping[str, Quantity]
    correlations: tuple[Correlation, ...] = ()
    counts_unpaid: bool = True
    takes_credit: bool = True
    is_small_business: bool = False
    claims: tuple[str, ...] = ()
    plan: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Ruled:
    """One figure of the law with who says so."""

    what: str
    value: float
    cite: str
    source: str
    since: str
    confidence: str
    """high, medium or verify, as the rulebook marks it."""


@dataclass(frozen=True)
class Law:
    """What the law said in the year of the case."""

    year: int
    credit_rate: float
    referral_rate: float
    credit_most: float
    exclusion: float
    payroll_rate: float
    rulings: tuple[Ruled, ...] = ()


@dataclass(frozen=True)
class Spread:
    """A figure over all draws: one draw in twenty is below `p05`, half below `p50`, one in twenty above `p95`."""

    p05: float
    p50: float
    p95: float
    mean: float
