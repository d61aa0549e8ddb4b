"""Is each child without a place told the true reason, and is nobody told `full` where a site would still take it?"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from daybreak.placement.candidates import (
    Reach,
    asked_at_site,
    by_name,
    filters,
    reach_of,
    sift,
    table_of,
)
from daybreak.placement.rooms import NOBODY, Asked, Tally, rooms_taken
from daybreak.placement.terms import Broken, Child, Household, Kind, Morning, Placement, Plan, Site, Unplaced

Rows = npt.NDArray[np.bool_]


class _AsThingsStand:
    """The plan's own tally, and the questions asked of it."""

    def __init__(self, morning: Morning, plan: Plan) -> None:
        self.morning = morning
        self.table = table_of(morning.sites)
        self.lines: Mapping[str, Placement] = {line.child_id: line for line in reversed(plan.placements)}
        self.tally = _tally_of(morning, self.lines)
        self.refused: set[tuple[str, int]] = set()

    def takes(self, household: Household, children: tuple[Child, ...], at: int, way: float, tally: Tally) -> bool:
        """Say whether the site at a row takes these children, given what the tally counts."""
        site, family = self.table.sites[at], len(household.children)
        asked = [_asked(self.morning, household, child, way) for child in children]
        if tally is self.tally and not self.morning.by_session:
            # What refuses one child of an age refuses every other: remembered, since thousands may be without a place.
            if any((site.site_id, child.months) in self.refused for child in children):
                return False
            for one in asked:
                if rooms_taken([one], site, tally, family=1) is None:
                    self.refused.add((site.site_id, one.child.months))
                    return False
        return rooms_taken(asked, site, tally, family=family) is not None


def wrong_reasons(morning: Morning, plan: Plan) -> tuple[Broken, ...]:
    """Return each child without a place whose reason is not the true one, or is `full` while a site has room."""
    stand = _AsThingsStand(morning, plan)
    return tuple(broken for household in morning.households for broken in _in_household(household, stand))


def _in_household(household: Household, stand: _AsThingsStand) -> Iterator[Broken]:
    unplaced = [child for child in household.children if _is_unplaced(stand.lines.get(child.child_id))]
    if not unplaced:
        return
    reach = reach_of(stand.table, household)
    steps = {child.child_id: sift(filters(stand.table, reach, household, child)) for child in household.children}
    whole = np.logical_and.reduce([left for left, _ in steps.values()])
    for child in unplaced:
        left, emptied = steps[child.child_id]
        stated = stand.lines[child.child_id].reason
        expected = emptied or _by_spots(household, whole, reach, stand)
        if stated != expected:
            facts = {"stated": stated, "true": expected.value}
            yield Broken("wrong-reason", child.child_id, facts=facts)
        elif expected is Unplaced.FULL:
            taker = _taker(household, child, whole if household.keep_together else left, reach, stand)
            if taker is not None:
                yield Broken("not-full", child.child_id, taker.site_id)


def _is_unplaced(line: Placement | None) -> bool:
    return line is not None and not line.site_id


def _by_spots(household: Household, whole: Rows, reach: Reach, stand: _AsThingsStand) -> Unplaced:
    if not household.keep_together:
        return Unplaced.FULL
    rows: list[int] = np.flatnonzero(whole).tolist()
    together = any(stand.takes(household, household.children, at, float(reach.way[at]), NOBODY) for at in rows)
    return Unplaced.FULL if together else Unplaced.SIBLINGS


def _taker(household: Household, child: Child, left: Rows, reach: Reach, stand: _AsThingsStand) -> Site | None:
    """Return a site that would take the child, or its household when siblings stay together, as things stand."""
    for at in np.flatnonzero(left).tolist():
        site, way = stand.table.sites[at], float(reach.way[at])
        children = household.children if household.keep_together else (child,)
        if stand.takes(household, children, at, way, stand.tally):
            return site
        if _completes(household, child, site, stand) and stand.takes(household, household.children, at, way, NOBODY):
            return site
    return None


def _completes(household: Household, child: Child, site: Site, stand: _AsThingsStand) -> bool:
    """Say whether this in-home caregiver serves every other child of the household, and so may take this one too."""
    if site.kind is not Kind.IN_HOME or household.keep_together or len(household.children) == 1:
        return False
    others = [other.child_id for other in household.children if other.child_id != child.child_id]
    return all(other in stand.lines and stand.lines[other].site_id == site.site_id for other in others)


def _asked(morning: Morning, household: Household, child: Child, way: float) -> Asked:
    return by_name(asked_at_site(household, child, way)) if morning.by_session else Asked(child)


def _tally_of(morning: Morning, lines: Mapping[str, Placement]) -> Tally:
    """Count the plan's children in; a room the site does not have counts for the site alone."""
    tally, sites = Tally(), {site.site_id: site for site in morning.sites}
    for household in morning.households:
        reach: dict[str, float] = {}
        for child in household.children:
            line = lines.get(child.child_id)
            if line is None or line.site_id not in sites:
                continue
            site = sites[line.site_id]
            if morning.by_session and site.site_id not in reach:
                reach[site.site_id] = float(reach_of(table_of([site]), household).way[0])
            asked = _asked(morning, household, child, reach.get(site.site_id, 0.0))
            room_id = line.room_id if line.room_id in {room.room_id for room in site.rooms} else ""
            tally.add(site, [room_id], [asked], household.household_id)
    return tally
