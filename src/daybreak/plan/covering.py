"""Does the plan cover what a family is about to ask for, and what would each route come to?

The last word has the charge, in the transaction that takes the spots; this is said before anything is asked.
"""

from collections.abc import Collection
from uuid import UUID

from daybreak.kernel.decisions import Decision, No, Yes
from daybreak.plan.allowance import spent_up
from daybreak.plan.copay import cost_of
from daybreak.plan.terms import Cost, Per, Route, Standing, Use


def costs_of(standing: Standing, *, children: int, minutes: int) -> dict[Route, Cost]:
    """What each route of the plan would come to for this family, in the plan's order."""
    found = {}
    for route in standing.stored.plan.routes:
        cost = cost_of(standing.stored.plan, Use(route, standing.employed.pay_class, children, minutes))
        if not isinstance(cost, No):
            found[route] = cost
    return found


def decide(standing: Standing | None, child_ids: Collection[UUID], *, minutes: int) -> Decision:
    """Say whether enough is left for at least one route; a family whose employer has no plan is covered."""
    if standing is None:
        return Yes()
    plan = standing.stored.plan
    costs = costs_of(standing, children=len(child_ids), minutes=minutes)
    if not costs:
        refused = cost_of(plan, Use(next(iter(plan.routes)), standing.employed.pay_class, len(child_ids), minutes))
        return refused if isinstance(refused, No) else Yes()
    left, wanted = least_left(standing, child_ids), min(cost.amount for cost in costs.values())
    return Yes() if wanted <= left else No((spent_up(plan.allowance, left=left, wanted=wanted),))


def least_left(standing: Standing, child_ids: Collection[UUID]) -> int:
    """What is left for these children: with an allowance for each child, of the one who has least."""
    if standing.stored.plan.allowance.per is Per.CHILD:
        return min(standing.left[child_id] for child_id in child_ids)
    return next(iter(standing.left.values()))
