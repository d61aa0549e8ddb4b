"""What came of a morning? From who goes where to one line per child, and to the figures people compare plans by.

A household counts as whole when all of its children are at one site, however a plan-maker got there.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.placement.market import Market, reason_alone
from daybreak.placement.ranking import WORTH, minutes_taken, value_of
from daybreak.placement.terms import Chosen, Household, Kind, Morning, Placement, Plan, Site
from daybreak.placement.travel import detour, minutes


@dataclass(frozen=True)
class Figures:
    """What a plan achieves; `value`, and `taken` (all that was taken from the value), are minutes, unrounded."""

    placed: int
    placed_by_priority: tuple[int, int, int]
    value: float
    taken: float
    placed_by_pay_class: Mapping[str, int]

    @property
    def minutes_mean(self) -> float:
        """Minutes taken from the value per placed child; 0 when nobody is placed."""
        return self.taken / self.placed if self.placed else 0.0


def minutes_at(household: Household, site: Site) -> float:
    """Return the household's detour by the site, or the in-home caregiver's way to it."""
    if site.kind is Kind.IN_HOME:
        return minutes(household.home, site.place)
    return detour(household.home, site.place, household.work)


def plan_of(market: Market, chosen: Chosen) -> Plan:
    """Write down one placement per child, in the order of the children's file, with minutes or the reason."""
    sites = {site.site_id: site for site in market.table.sites}
    lines: dict[str, Placement] = {}
    for at, household in enumerate(market.morning.households):
        shown: set[str] = set()
        for k, child in enumerate(household.children):
            if child.child_id not in chosen:
                lines[child.child_id] = Placement(child.child_id, reason=reason_alone(market, at, k).value)
                continue
            site_id, room_id = chosen[child.child_id]
            way = minutes_at(household, sites[site_id])
            # A caregiver drives once, so only the first of the children there carries the minutes.
            once = sites[site_id].kind is Kind.IN_HOME and site_id in shown
            lines[child.child_id] = Placement(child.child_id, site_id, room_id, 0.0 if once else way)
            shown.add(site_id)
    return Plan(tuple(lines[child_id] for child_id in market.morning.child_ids))


def figures_of(morning: Morning, plan: Plan, worth: Sequence[float] = WORTH) -> Figures:
    """Add up what a plan is worth, from its sites alone: the minutes a plan states are not believed."""
    sites = {site.site_id: site for site in morning.sites}
    where = {line.child_id: line.site_id for line in plan.placements if line.site_id in sites}
    by_priority, by_pay_class = [0, 0, 0], dict.fromkeys(("hourly", "salaried"), 0)
    value = taken = 0.0
    for household in morning.households:
        at = [where[child.child_id] for child in household.children if child.child_id in where]
        lost = _taken(household, [sites[site_id] for site_id in at])
        value += value_of(worth, household.priority, children=len(at), taken=lost)
        taken += lost
        by_priority[household.priority] += len(at)
        by_pay_class[household.pay_class] = by_pay_class.get(household.pay_class, 0) + len(at)
    return Figures(
        placed=sum(by_priority),
        placed_by_priority=(by_priority[0], by_priority[1], by_priority[2]),
        value=value,
        taken=taken,
        placed_by_pay_class=by_pay_class,
    )


def _taken(household: Household, sites: Sequence[Site]) -> float:
    at = {site.site_id: site for site in sites}
    whole = len(at) == 1 and len(sites) == len(household.children)
    apart = len(household.children) > 1 and not whole
    children_at = Counter(site.site_id for site in sites)
    return sum(
        minutes_taken(site.kind, minutes_at(household, site), children=children_at[site_id], apart=apart)
        for site_id, site in at.items()
    )
