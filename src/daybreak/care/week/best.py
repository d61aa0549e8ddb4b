"""What is the best that the supply of a week allowed anybody? A bound by the placement engine, day by day.

Everybody who asks for a day is placed at once by a plan that knew the whole day. It is generous: it knows who would say
yes, minds neither decide-by nor which routes a family accepts (a family that accepts only its own person is left out),
and nobody's place is taken back. So no service can fill more children than the bound.
"""

from collections.abc import Iterable
from datetime import date
from math import floor

from daybreak.care.week.terms import ACCEPT, DETOUR_MINUTES, Best, Supply, Week
from daybreak.care.week.town import household_of, site_of
from daybreak.placement.morning.solve import place
from daybreak.placement.terms import Morning
from daybreak.placement.verify import columns_of
from daybreak.plan.terms import Route

WORTH = 100_000.0
"""What a placed child counts, in minutes: so much more than any way that the greatest value is the most children."""


def best_possible(week: Week) -> Best:
    """Bound the children that anybody could have placed, and make a plan that comes near."""
    days = sorted({request.day for request in week.requests})
    parts = [_best_on(week, day) for day in days]
    return Best(*(sum(part) for part in zip(*parts, strict=True))) if parts else Best(0, 0, 0)


def _best_on(week: Week, day: date) -> tuple[int, int, int]:
    asking = [one for one in week.requests if one.day == day and set(one.routes) - {Route.OWN}]
    sites = [site_of(one) for one in _willing(week, day)]
    if not asking or not sites:
        return 0, 0, 0
    families = tuple(household_of(one) for one in asking)
    children = tuple(child.child_id for family in families for child in family.children)
    columns = columns_of(Morning(tuple(sites), families, children), (WORTH, WORTH, WORTH))
    solved = place(columns.sites, columns.households)
    placed = solved.site >= 0
    # A child's worth less the longest way still leaves so much, so a value holds at most so many children.
    at_most = floor(solved.bound / (WORTH - DETOUR_MINUTES) + 1e-9)
    first = columns.households.first
    whole = sum(bool(placed[first[at]]) for at in range(len(families)))
    return whole, int(placed.sum()), min(at_most, len(children))


def _willing(week: Week, day: date) -> Iterable[Supply]:
    """The sites that do not take the day back and would say yes to somebody."""
    gone = {one.site_id for one in week.cancellations if one.day == day}
    yes = {site for (site, _), answer in week.answers.items() if answer.answer == ACCEPT}
    return [one for one in week.supply if one.site_id not in gone and (one.instant or one.site_id in yes)]
