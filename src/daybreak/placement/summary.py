"""How good is this plan, beside what any plan could reach and what first come, first served would have done?

The figures of summary.json. A child is coverable when a site would take it (or its household) if nobody else had asked;
rates are placed per coverable children, so that a family nobody could serve counts for and against no plan.
"""

from collections.abc import Mapping, Sequence

from daybreak.placement.outcome import Figures, figures_of
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Morning, Plan

PAY_CLASSES = ("hourly", "salaried")


def summary_of(
    morning: Morning,
    plan: Plan,
    *,
    coverable: Sequence[bool],
    first_come: Plan,
    value_bound: float,
    worth: Sequence[float],
) -> dict[str, object]:
    """Return the figures of a plan as they stand in summary.json, without those of the run (seconds, memory, seed).

    `coverable` says of each child, by household and in it, whether anything could be done for it.
    """
    baseline = figures_of(morning, first_come, worth)
    figures = figures_of(morning, plan, worth)
    return {
        **reached(morning, figures, coverable=coverable, value_bound=value_bound),
        "first_come": {
            "placed": baseline.placed,
            "value": baseline.value,
            "minutes_mean": baseline.minutes_mean,
        },
    }


def reached(morning: Morning, figures: Figures, *, coverable: Sequence[bool], value_bound: float) -> dict[str, object]:
    """Return what a plan reaches: children, value, and the rate of each pay class (None where nobody is coverable)."""
    could = coverable_by_pay_class(morning, coverable)
    value_bound = not_below(value_bound, figures.value)
    return {
        "children": len(morning.child_ids),
        "coverable": sum(could.values()),
        "placed": figures.placed,
        "placed_by_priority": {str(priority): count for priority, count in enumerate(figures.placed_by_priority)},
        "value": figures.value,
        "value_bound": value_bound,
        "gap": gap(figures.value, value_bound),
        "minutes_mean": figures.minutes_mean,
        "rate_by_pay_class": {
            name: figures.placed_by_pay_class.get(name, 0) / could[name] if could[name] else None
            for name in PAY_CLASSES
        },
    }


def not_below(value_bound: float, value: float) -> float:
    """Return the bound, or the value where that exceeds it by no more than adding up floats may.

    >>> not_below(100.0, 100.00000000001), not_below(100.0, 75.0), not_below(100.0, 101.0)
    (100.00000000001, 100.0, 100.0)
    """
    return value if value_bound < value <= value_bound + TOLERANCE else value_bound


def gap(value: float, value_bound: float) -> float:
    """Return the share of the bound that a plan may be short of; 0 when nothing could be placed.

    >>> gap(75.0, 100.0), gap(0.0, 0.0)
    (0.25, 0.0)
    """
    # A plan that breaks rules may be worth more than any that keeps them.
    return max((value_bound - value) / value_bound, 0.0) if value_bound else 0.0


def coverable_by_pay_class(morning: Morning, coverable: Sequence[bool]) -> Mapping[str, int]:
    """Count the coverable children of each pay class."""
    counts = dict.fromkeys(PAY_CLASSES, 0)
    at = 0
    for household in morning.households:
        size = len(household.children)
        counts[household.pay_class] = counts.get(household.pay_class, 0) + int(sum(coverable[at : at + size]))
        at += size
    return counts
