"""Do published sums come out? Each claim's own figures worked out again, the way its authors say they did.

A deduction is not a return: whatever an employer spends is deducted, on this benefit or on any other thing, so a case
that adds the tax saved on the cost counts money that every other use of it would bring as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from daybreak.business_case.library import Check
from daybreak.business_case.terms import Law

_HOW: Mapping[str, Callable[[tuple[float, ...]], float]] = {
    "sum": sum,
    "mean": lambda parts: sum(parts) / len(parts),
    "each": lambda parts: parts[0] * parts[1],
    "per": lambda parts: parts[0] / parts[1],
    "more": lambda parts: parts[1] / parts[0] - 1,
    "less_than_one": lambda parts: 1 - parts[0],
    "per_dollar": lambda parts: 1 + parts[0],
}


def worked_out(check: Check) -> float:
    """Return what the parts really come to."""
    return float(_HOW[check.how](check.parts))


def agrees(check: Check) -> bool:
    """Say whether the printed figure is what the parts come to, rounded as it was printed."""
    digits = len(f"{check.published:.10f}".rstrip("0").partition(".")[2])
    return round(worked_out(check), digits) == check.published


@dataclass(frozen=True)
class Recovered:
    """What part of a cost comes back by one way of counting: through taxes, and in all with the other gains."""

    way: str
    through_tax: float
    in_all: float


def recovered_as_published(figures: Mapping[str, float]) -> Recovered:
    """Count as Patagonia did: the credit and the tax on the whole cost, both as a return.

    >>> told = {"cost": 1e6, "credit": 150e3, "tax": 0.35, "retention": 0.30, "engagement": 0.11}
    >>> round(recovered_as_published(told).in_all, 4)
    0.91
    """
    through_tax = (figures["credit"] + figures["tax"] * figures["cost"]) / figures["cost"]
    return Recovered("as-published", through_tax, through_tax + _others(figures))


def recovered_by_law(figures: Mapping[str, float], law: Law, corporate_rate: float) -> Recovered:
    """Count a deduction as a return, but by the law of a year: the credit is limited and cuts the deduction."""
    cost = figures["cost"]
    credit = min(law.credit_rate * cost, law.credit_most)
    through_tax = (credit + corporate_rate * (cost - credit)) / cost
    return Recovered(f"law-of-{law.year}", through_tax, through_tax + _others(figures))


def recovered_by_credit_alone(figures: Mapping[str, float]) -> Recovered:
    """Count only what no other spending would bring back: the credit."""
    through_tax = figures["credit"] / figures["cost"]
    return Recovered("credit-alone", through_tax, through_tax + _others(figures))


def _others(figures: Mapping[str, float]) -> float:
    return figures["retention"] + figures["engagement"]
