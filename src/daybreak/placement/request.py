"""Where can this one family go, best first, and why not elsewhere?

Asked while a parent waits, with spots as they stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from daybreak.kernel.decisions import Reason
from daybreak.placement.candidates import Reach, Table, asked_at_site, filters, reach_of, reasons_against, table_of
from daybreak.placement.ranking import WORTH, best_first, minutes_taken, value_of
from daybreak.placement.rooms import Asked, rooms_taken
from daybreak.placement.terms import Candidate, Child, ChildPlace, Household, Ranked, Site, Unplaced
from daybreak.placement.travel import Way


def best_places(
    household: Household,
    sites: Sequence[Site],
    *,
    prices: Mapping[str, float] | None = None,
    worth: Sequence[float] = WORTH,
    ways: Mapping[str, Way] | None = None,
) -> Ranked:
    """Rank the sites that take the whole household together, and say of every other site why it does not.

    `prices` are minutes per child by room_id, or per household by site_id for an in-home caregiver; they order the
    candidates but leave `value` as it is. `worth` is minutes by priority. `ways`, by site_id, are measured minutes that
    stand in the place of the formula.
    """
    return _rank(household, household.children, sites, prices or {}, worth, ways)


def best_places_for_child(
    household: Household,
    child_id: str,
    sites: Sequence[Site],
    *,
    prices: Mapping[str, float] | None = None,
    worth: Sequence[float] = WORTH,
    ways: Mapping[str, Way] | None = None,
) -> Ranked:
    """Rank the sites that take one child of the household on its own, when siblings may go apart.

    Raises ValueError when the household has no such child.
    """
    children = tuple(child for child in household.children if child.child_id == child_id)
    if not children:
        raise ValueError(f"{child_id!r} is no child of household {household.household_id!r}")
    return _rank(household, children, sites, prices or {}, worth, ways)


def price_of(candidate: Candidate, prices: Mapping[str, float]) -> float:
    """Add up what the spots of a candidate cost, in minutes; an in-home caregiver, who has no rooms, costs once.

    >>> rooms = (ChildPlace("Ada", "toddlers", ()), ChildPlace("Ben", "toddlers", ()))
    >>> price_of(Candidate("oaks", rooms, 5.0, 0.0), {"toddlers": 12.0})
    24.0
    """
    if not all(place.room_id for place in candidate.places):
        return prices.get(candidate.site_id, 0.0)
    return sum(prices.get(place.room_id, 0.0) for place in candidate.places)


def _rank(
    household: Household,
    children: Sequence[Child],
    sites: Sequence[Site],
    prices: Mapping[str, float],
    worth: Sequence[float],
    ways: Mapping[str, Way] | None,
) -> Ranked:
    table = table_of(sites)
    reach = reach_of(table, household, ways)
    found: list[Candidate] = []
    costs: list[float] = []
    refused: list[tuple[str, Reason]] = []
    steps = [(child, filters(table, reach, household, child)) for child in children]
    for at, site in enumerate(table.sites):
        reasons = reasons_against(table, at, reach, household, steps)
        candidate = None if reasons else _candidate(household, children, table, reach, at, worth)
        if candidate is None:
            reasons = reasons or (_no_spots(household, children, site),)
            refused.extend((site.site_id, reason) for reason in reasons)
            continue
        found.append(candidate)
        costs.append(price_of(candidate, prices) - candidate.value)
    return Ranked(best_first(found, costs), tuple(refused))


def _candidate(
    household: Household, children: Sequence[Child], table: Table, reach: Reach, at: int, worth: Sequence[float]
) -> Candidate | None:
    site, family = table.sites[at], len(household.children)
    asked = [asked_at_site(household, child, float(reach.way[at])) for child in children]
    rooms = rooms_taken(asked, site, family=family)
    if rooms is None:
        return None
    minutes = float(reach.minutes[at])
    taken = minutes_taken(site.kind, minutes, children=len(children), apart=len(children) < family)
    return Candidate(
        site_id=site.site_id,
        places=tuple(
            ChildPlace(one.child.child_id, room_id, one.sessions) for room_id, one in zip(rooms, asked, strict=True)
        ),
        minutes=minutes,
        value=value_of(worth, household.priority, children=len(children), taken=taken),
    )


def _no_spots(household: Household, children: Sequence[Child], site: Site) -> Reason:
    """Tell siblings whom the site never holds together from a site that is full today."""
    empty = replace(
        site, session_spots=None, rooms=tuple(replace(room, session_spots=None, present={}) for room in site.rooms)
    )
    asked = [Asked(child) for child in children]
    if len(children) > 1 and rooms_taken(asked, empty, family=len(household.children)) is None:
        return Reason(Unplaced.SIBLINGS.value, {"children": len(children), "spots": site.spots})
    return Reason(Unplaced.FULL.value, {"children": len(children), "spots": site.spots})
