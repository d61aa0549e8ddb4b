"""Why this place, and why not the others? Codes and facts for one family; words are found elsewhere.

A family that is told "full" wants to know how many sites were looked at and what stood in the way at each. A site with
one single reason is a near miss: it is the one a parent, or the desk, can do something about.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.kernel.decisions import Reason
from daybreak.placement.terms import Candidate, Plan, Ranked, Unplaced


@dataclass(frozen=True)
class Explanation:
    """What became of every site that was looked at.

    `rank` is 1 for the best candidate and None when none was taken. `passed_over` are better candidates that were not
    taken. `sites_by_reason` counts each refused site once, under the first reason in the order of the filters.
    """

    looked_at: int
    chosen: Candidate | None
    rank: int | None
    passed_over: tuple[Candidate, ...]
    sites_by_reason: Mapping[str, int]
    near_misses: tuple[tuple[str, Reason], ...]


def explain(ranked: Ranked, *, taken: str = "") -> Explanation:
    """Explain the place at site `taken`, or with none taken, why every site was refused.

    Raises ValueError when the site is no candidate.
    """
    at = next((at for at, candidate in enumerate(ranked.candidates) if candidate.site_id == taken), None)
    if taken and at is None:
        raise ValueError(f"{taken!r} is not among the candidates")
    by_site: dict[str, list[Reason]] = {}
    for site_id, reason in ranked.refused:
        by_site.setdefault(site_id, []).append(reason)
    first = Counter(_first(reasons) for reasons in by_site.values())
    return Explanation(
        looked_at=len(ranked.candidates) + len(by_site),
        chosen=None if at is None else ranked.candidates[at],
        rank=None if at is None else at + 1,
        passed_over=ranked.candidates if at is None else ranked.candidates[:at],
        sites_by_reason={reason.value: first[reason.value] for reason in Unplaced if first[reason.value]},
        near_misses=tuple((site_id, reasons[0]) for site_id, reasons in by_site.items() if len(reasons) == 1),
    )


def children_by_reason(plan: Plan) -> Mapping[str, int]:
    """Count the children without a place by the reason they are told, in the order of the filters.

    >>> from daybreak.placement.terms import Placement
    >>> children_by_reason(Plan((Placement("Ada", "oaks"), Placement("Ben", reason="full"))))
    {'full': 1}
    """
    counts = Counter(line.reason for line in plan.placements if not line.site_id)
    return {reason.value: counts[reason.value] for reason in Unplaced if counts[reason.value]}


def _first(reasons: Sequence[Reason]) -> str:
    order = [reason.value for reason in Unplaced]
    return min((reason.code for reason in reasons), key=order.index)
