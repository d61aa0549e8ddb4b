"""Which pilot would settle it, and can this employer run it?

Access is drawn by lot between sites or waves, everybody offered is counted whether or not they use it, and absence
comes from attendance records. The size is that of a two-sample comparison of means with last year's absence as a
covariate; a site's own effect would ask for more, by the design effect of its sites, which is not in these figures.
"""

from dataclasses import dataclass
from math import ceil, sqrt

from daybreak.business_case.accounts import FamilyFlows, Figures, flows, key_of
from daybreak.business_case.shapes import NORMAL
from daybreak.business_case.terms import Inputs, Law

SURE, POWER = 0.95, 0.80
LENGTHS = (6, 12, 24)
"""Months."""


@dataclass(frozen=True)
class Length:
    """A pilot of so many months with all parents of this employer, half of them offered it."""

    months: int
    parents_per_arm: int
    detectable: float | None
    """The smallest effect, in days saved a year for each parent offered it, found in 4 of 5 such pilots; None where
    there is no parent to offer it to."""
    cost: float


@dataclass(frozen=True)
class Pilot:
    """What a pilot must find, how many parents that takes, and what this employer's own parents can show."""

    effect: float
    """Days saved a year for each parent who is offered it, at the medians."""
    effect_to_pay: float | None
    """The same if it just paid for itself; None where no share of used days would be enough."""
    per_arm: int
    per_arm_plain: int
    per_arm_to_pay: int | None
    """Parents in each arm to tell the expected effect from the one that just pays."""
    quits_effect: float
    per_arm_quits: int
    lengths: tuple[Length, ...]

    @property
    def can_find_it(self) -> bool:
        """Whether a year with all of this employer's parents would find the expected effect."""
        return any(
            length.months == 12 and length.detectable is not None and length.detectable <= self.effect
            for length in self.lengths
        )


def per_arm_of(effect: float, spread: float, year_before: float = 0.0) -> int:
    """Parents in each arm to find a difference of means 4 times in 5, at 5 percent, two-sided.

    >>> per_arm_of(0.27, 6), per_arm_of(0.27, 6, 0.5)
    (7752, 5814)
    """
    if effect <= 0:
        return 0
    return ceil(2 * _factor() * spread**2 * (1 - year_before**2) / effect**2)


def per_arm_of_quits(rate: float, cut: float) -> int:
    """Employees in each arm to find that quits fall from `rate` to `rate - cut`."""
    return ceil(2 * _factor() * rate * (1 - rate) / cut**2) if 0 < cut < rate < 1 else 0


def _factor() -> float:
    return (NORMAL.inv_cdf((1 + SURE) / 2) + NORMAL.inv_cdf(POWER)) ** 2


def pilot_of(inputs: Inputs, law: Law, middle: Figures, additionality_to_pay: float | None) -> Pilot:
    """Work out the pilot at the medians of all inputs."""
    year = flows(inputs, law, middle)
    parents = sum(float(family.parents) for family in year.families)
    effect = sum(float(family.saved) for family in year.families) / parents if parents else 0.0
    to_pay = _effect_with(inputs, law, middle, additionality_to_pay, parents)
    spread, before = float(middle["absence_spread"]), float(middle["year_before"])
    quits = _quits(inputs, middle, year.families)
    cut = float(middle["reach"]) * quits * float(middle["quits_cut"])
    apart = abs(effect - to_pay) if to_pay is not None else 0.0
    return Pilot(
        effect=effect,
        effect_to_pay=to_pay,
        per_arm=per_arm_of(effect, spread, before),
        per_arm_plain=per_arm_of(effect, spread),
        per_arm_to_pay=per_arm_of(apart, spread, before) or None,
        quits_effect=cut,
        per_arm_quits=per_arm_of_quits(quits, cut),
        lengths=tuple(_length(months, parents / 2, spread, before, float(year.cost) / 2) for months in LENGTHS),
    )


def _effect_with(
    inputs: Inputs, law: Law, middle: Figures, additionality: float | None, parents: float
) -> float | None:
    if additionality is None or not parents:
        return None
    year = flows(inputs, law, {**middle, "additionality": additionality})
    return sum(float(family.saved) for family in year.families) / parents


def _quits(inputs: Inputs, middle: Figures, families: tuple[FamilyFlows, ...]) -> float:
    users = [float(family.users) for family in families]
    quits = [float(middle[key_of(at, "quits")]) for at in range(len(inputs.families))]
    return sum(u * q for u, q in zip(users, quits, strict=True)) / sum(users) if sum(users) else 0.0


def _length(months: int, arm: float, spread: float, before: float, year_cost: float) -> Length:
    years = months / 12
    error = spread * sqrt(2 * (1 - before**2) / (arm * years)) if arm else None
    return Length(months, int(arm), None if error is None else sqrt(_factor()) * error, year_cost * years)
