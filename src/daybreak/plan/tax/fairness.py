"""Does the benefit favor the highly paid? The tests of section 129(d), as they stand during the year.

A benefit that fails costs the highly paid and the owners their exclusion, so an employer wants to know in June and not
in February. Averages are over all employees, users or not. Not modeled: employees under 21 or in their first year, who
may be left out of the tests; the test of contributions and benefits, which has no figure.
"""

from collections.abc import Collection
from dataclasses import dataclass

from daybreak.kernel.money import Money


@dataclass(frozen=True)
class Given:
    """What one employee was given in the year, FSA included, and which group the tests put them in."""

    amount: Money
    highly_paid: bool = False
    owner: bool = False
    eligible: bool = True


@dataclass(frozen=True)
class FairnessLaw:
    """The figures of the tests, in percent."""

    least_average_percent: int
    most_to_owners_percent: int
    cite: str


@dataclass(frozen=True)
class Fairness:
    """How the tests stand; a share is None where nobody is in a group or nothing was given."""

    average_share: float | None
    """The average of the others, as a share of that of the highly paid."""
    passes_average: bool
    owners_share: float | None
    passes_owners: bool
    eligible_share: float | None
    """The share of the others who are eligible, as a share of that of the highly paid. The law has no figure for it."""
    cite: str

    @property
    def passes(self) -> bool:
        """Whether the tests that have a figure are passed."""
        return self.passes_average and self.passes_owners


def judge(given: Collection[Given], law: FairnessLaw) -> Fairness:
    """Judge a year so far. Where nobody is highly paid, or none of them was given anything, nobody is favored.

    Compared in whole cents, so that exactly 55 percent passes.

    >>> law = FairnessLaw(55, 25, "26 USC 129(d)")
    >>> staff = [Given(Money(2000_00), highly_paid=True), Given(Money(1100_00)), Given(Money(1100_00))]
    >>> judge(staff, law).average_share, judge(staff, law).passes
    (0.55, True)
    >>> judge([*staff, Given(Money(0))], law).passes_average
    False
    """
    high, others = [one for one in given if one.highly_paid], [one for one in given if not one.highly_paid]
    to_high, to_others = (sum(one.amount.cents for one in group) for group in (high, others))
    total, to_owners = to_high + to_others, sum(one.amount.cents for one in given if one.owner)
    passes_average = not to_high or (
        bool(others) and 100 * to_others * len(high) >= law.least_average_percent * to_high * len(others)
    )
    return Fairness(
        average_share=to_others * len(high) / (to_high * len(others)) if to_high and others else None,
        passes_average=passes_average,
        owners_share=to_owners / total if total else None,
        passes_owners=100 * to_owners <= law.most_to_owners_percent * total,
        eligible_share=_eligible_share(high, others),
        cite=law.cite,
    )


def _eligible_share(high: Collection[Given], others: Collection[Given]) -> float | None:
    eligible = sum(one.eligible for one in high)
    if not eligible or not others:
        return None
    return sum(one.eligible for one in others) * len(high) / (len(others) * eligible)
