"""What is best? Placing a child is worth minutes; the way, and going apart, take some of them back.

A child's worth is so much more than any way that placing one more child almost always wins. Both plan-makers and the
request of one family rank by this value.
"""

from collections.abc import Sequence

from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.terms import Candidate, Kind

WORTH = (1400.0, 1200.0, 1000.0)
"""Minutes that a placed child is worth, for priority 0, 1 and 2."""

APART_MINUTES = 10.0
"""Taken for each placed child of a household of two or more that is not placed whole at one site."""


def minutes_taken(kind: Kind, minutes: float, *, children: int, apart: bool) -> float:
    """Return what is taken from the value when children of one household go to one site.

    `minutes` is the household's detour, counted once per child, or an in-home caregiver's way, counted once.

    >>> minutes_taken(Kind.CENTER, 6.5, children=2, apart=False)
    13.0
    >>> minutes_taken(Kind.IN_HOME, 6.5, children=1, apart=True)
    16.5
    """
    way = minutes if kind is Kind.IN_HOME else minutes * children
    return way + (APART_MINUTES * children if apart else 0.0)


def value_of(worth: Sequence[float], priority: int, *, children: int, taken: float) -> float:
    """Return the worth of placing the children less the minutes taken.

    >>> value_of(WORTH, 0, children=2, taken=13.0)
    2787.0
    """
    return worth[priority] * children - taken


def best_first(candidates: Sequence[Candidate], costs: Sequence[float]) -> tuple[Candidate, ...]:
    """Order candidates by cost, least first; equal cost (within the tolerance) falls to the smaller site_id."""
    waiting = sorted(zip(costs, candidates, strict=True), key=lambda pair: (pair[0], pair[1].site_id))
    ordered: list[Candidate] = []
    while waiting:
        equal = [pair for pair in waiting if pair[0] <= waiting[0][0] + TOLERANCE]
        ordered.extend(candidate for _, candidate in sorted(equal, key=lambda pair: pair[1].site_id))
        waiting = waiting[len(equal) :]
    return tuple(ordered)
