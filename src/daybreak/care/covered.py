"""Which of the places that fit does the employer's plan cover? By its routes, and by what is left of the allowance."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from daybreak.care.pricing import Admitted
from daybreak.kernel.decisions import No, Reason
from daybreak.network.terms import SiteCard
from daybreak.placement.terms import Kind
from daybreak.plan.allowance import spent_up
from daybreak.plan.copay import cost_of
from daybreak.plan.covering import least_left
from daybreak.plan.terms import Route, Standing, Use


def route_to(card: SiteCard) -> Route:
    """The route by which a site is taken: a caregiver comes home, a place confirms at once or is asked."""
    if card.kind is Kind.IN_HOME:
        return Route.IN_HOME
    return Route.PLACE if card.instant else Route.ASK


def shift_minutes(starts_at: datetime, ends_at: datetime) -> int:
    """What a plan counts of a request: the shift; the way there and back is nobody's allowance."""
    return round((ends_at - starts_at).total_seconds() / 60)


def keep_covered(
    admitted: Admitted,
    cards: Mapping[str, SiteCard],
    standing: Standing | None,
    child_ids: Collection[UUID],
    minutes: int,
) -> Admitted:
    """Leave out the places whose route the plan does not have, or for which too little is left."""
    if standing is None:
        return admitted
    why = {route: _why_not(standing, route, child_ids, minutes) for route in Route}
    refused = [
        (one.site_id, reason)
        for one in admitted.candidates
        if (reason := why[route_to(cards[one.site_id])]) is not None
    ]
    out = {site_id for site_id, _ in refused}
    kept = tuple(one for one in admitted.candidates if one.site_id not in out)
    return replace(admitted, candidates=kept, refused=(*admitted.refused, *refused))


def _why_not(standing: Standing, route: Route, child_ids: Collection[UUID], minutes: int) -> Reason | None:
    plan = standing.stored.plan
    cost = cost_of(plan, Use(route, standing.employed.pay_class, len(child_ids), minutes))
    if isinstance(cost, No):
        return cost.reasons[0]
    left = least_left(standing, child_ids)
    return spent_up(plan.allowance, left=left, wanted=cost.amount) if cost.amount > left else None
