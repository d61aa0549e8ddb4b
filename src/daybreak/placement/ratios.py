"""Does a room stay within its license with these children too? The youngest child decides.

A room that mixes ages holds fewer children while a young one is in it. The database recomputes the same rule in the
locked step that takes a spot; this is the reading both are tested against.
"""

from collections.abc import Sequence

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.placement.terms import EVERY_AGE, AgeLimit


def fits(spots: int, limits: Sequence[AgeLimit], present_months: Sequence[int], new_months: Sequence[int]) -> Decision:
    """Say whether a room of `spots` holds the children present and the new ones together; ages are in months.

    >>> two_infants = AgeLimit(under_months=18, most_of_them=2, room_most=4)
    >>> fits(6, [two_infants], [30, 40, 50], [14])
    Yes()
    >>> [reason.code for reason in fits(6, [two_infants], [30, 40, 50, 55], [14]).reasons]
    ['fewer-spots-with-a-young-child']
    """
    together = [*present_months, *new_months]
    reasons = []
    if len(together) > spots:
        reasons.append(Reason("full", {"spots": spots, "children": len(together)}))
    for limit in limits:
        reasons.extend(_broken(limit, together))
    return No(tuple(reasons)) if reasons else Yes()


def room_left(spots: int, limits: Sequence[AgeLimit], present_months: Sequence[int], months: int) -> int:
    """Return how many more children of one age the room holds.

    >>> room_left(6, [AgeLimit(under_months=18, most_of_them=2)], [14, 40], 10)
    1
    """
    left = 0
    while fits(spots, limits, present_months, [months] * (left + 1)):
        left += 1
    return left


def _broken(limit: AgeLimit, together: Sequence[int]) -> list[Reason]:
    young = sum(months < limit.under_months for months in together)
    if not young:
        return []
    facts = {"under_months": limit.under_months, "young": young, "children": len(together)}
    reasons = []
    if limit.most_of_them is not None and young > limit.most_of_them:
        reasons.append(Reason("too-many-young-children", {**facts, "most": limit.most_of_them}, limit.cite))
    if limit.room_most is not None and len(together) > limit.room_most:
        code = "more-than-the-room-may-have" if limit.under_months >= EVERY_AGE else "fewer-spots-with-a-young-child"
        reasons.append(Reason(code, {**facts, "most": limit.room_most}, limit.cite))
    return reasons


def too_many(limits: Sequence[AgeLimit], present_months: Sequence[int]) -> int:
    """Return how many of the children present, the last named first, must go until the rest keep every limit.

    >>> too_many([AgeLimit(EVERY_AGE, room_most=4)], [40, 41, 42, 43, 44, 45])
    2
    """
    kept = len(present_months)
    while kept and not fits(kept, limits, present_months[:kept], ()):
        kept -= 1
    return len(present_months) - kept
