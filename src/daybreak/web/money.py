"""What would a booking use of the family's allowance, what would it cost, and would it be taxed? Said before asking."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext, ngettext

from daybreak.kernel.errors import BadInput
from daybreak.kernel.money import Money
from daybreak.people.terms import HouseholdProfile
from daybreak.plan.allowance import in_units
from daybreak.plan.covering import costs_of, least_left
from daybreak.plan.queries import standing_of
from daybreak.plan.tax.queries import SoFar, so_far
from daybreak.plan.terms import Cost, Route, Standing, Unit
from daybreak.web.doors import Visit


@dataclass(frozen=True)
class Price:
    """What one way of getting care would come to."""

    where: str
    pays: str
    cite: str


def before_asking(
    visit: Visit, household: HouseholdProfile, child_ids: Collection[UUID], day: date, minutes: int
) -> dict[str, object] | None:
    """What the third screen says of allowance, copay and taxes; None where the employer has no plan for the day."""
    standing = standing_of(visit.me.person_id, household.household_id, child_ids, day)
    if standing is None or not child_ids or minutes < 1:
        return None
    costs = costs_of(standing, children=len(child_ids), minutes=minutes)
    if not costs:
        return None
    unit, left = standing.stored.plan.allowance.unit, least_left(standing, child_ids)
    uses = min(cost.amount for cost in costs.values())
    # What an employer gave one parent, and what they set aside from pay, is theirs alone to see.
    is_mine = standing.employed.person_id == visit.me.person_id
    tax = tax_of(standing, day) if is_mine else None
    over = max((tax.over(cost.tally) for cost in costs.values()), default=Money(0)) if tax else Money(0)
    return {
        "plan": standing.stored.plan.title,
        "uses": amount_words(unit, uses),
        "left": amount_words(unit, left),
        "is_mine": is_mine,
        "prices": list(_prices(costs)),
        "over": str(over) if over > Money(0) else "",
        "limit": str(tax.limit.most) if tax else "",
        "cite": tax.law.cites[0] if tax else "",
    }


def amount_words(unit: Unit, amount: int) -> str:
    """Days, or hours with a decimal where they have one."""
    said = in_units(unit, amount)
    if unit is Unit.DAYS:
        return ngettext("%(count)d day", "%(count)d days", amount) % {"count": amount}
    return gettext("%(count)s hours") % {"count": f"{said:g}"}


def tax_of(standing: Standing, day: date) -> SoFar | None:
    """Where the employee stands with the taxes of the year of care; None for a year no rule covers."""
    most = standing.stored.plan.tax.highly_paid_most
    try:
        return so_far(standing.employed.employee_id, day.year, standing.tallied, plan_most=most)
    except BadInput:
        return None


def _prices(costs: dict[Route, Cost]) -> Iterator[Price]:
    """Routes that cost the same are said once: most families do not mind how a place came about."""
    said = set()
    for route, cost in costs.items():
        where = _where(route)
        price = Price(where, str(cost.copay) if cost.copay > Money(0) else "", cost.cite)
        if price not in said:
            said.add(price)
            yield price


def _where(route: Route) -> str:
    if route is Route.IN_HOME:
        return gettext("With a caregiver in your home")
    if route is Route.OWN:
        return gettext("With somebody of your own")
    return gettext("At a home or center")
