"""What fits? For one household, every site that could take a child, and for each that could not, all the reasons.

The one definition that plan-makers, the request of one family and the verifier share: distance, then hours, then age,
then needs, each over all sites at once. Whether the spots suffice is the question of rooms.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daybreak.kernel.decisions import Fact, Reason
from daybreak.kernel.spans import clock_of
from daybreak.placement.hours import cover, covers, open_through, span_of
from daybreak.placement.rooms import Asked
from daybreak.placement.sessions import TOLERANCE, Session, SessionKey, touched
from daybreak.placement.terms import Child, Household, Kind, Site, Unplaced
from daybreak.placement.travel import Places, Way, detours, kilometers_to, minutes, minutes_to, places_of

CLOSED = "closed-that-day"
"""Why a site whose hours would do does not fit: it does not open on a day that is needed."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Table:
    """Sites as columns, in order of site_id (as text), so that one household is compared with all of them at once."""

    sites: tuple[Site, ...]
    places: Places
    in_home: Bools
    ages: Ints
    """From and until months for each site; asked of in-home caregivers only."""
    opens: Ints
    closes: Ints
    radius: Floats
    takes_mildly_ill: Bools
    takes_special_needs: Bools
    room_site: Ints
    room_from: Ints
    room_until: Ints
    closing: Ints
    """Rows of the sites that stay closed on some day around the day of care."""


@dataclass(frozen=True)
class Reach:
    """One household and every site of a table.

    `minutes` is the detour, or the way of an in-home caregiver; `way` is what the site must cover before work and
    after it, all in minutes.
    """

    minutes: Floats
    way: Floats
    kilometers: Floats
    near: Bools


def table_of(sites: Sequence[Site]) -> Table:
    """Turn sites into columns, in order of site_id."""
    by_id = tuple(sorted(sites, key=lambda site: site.site_id))
    rooms = [(at, room.from_months, room.until_months) for at, site in enumerate(by_id) for room in site.rooms]
    columns = np.array(rooms, dtype=np.int64).reshape(-1, 3).T
    return Table(
        sites=by_id,
        places=places_of([site.place for site in by_id]),
        in_home=np.array([site.kind is Kind.IN_HOME for site in by_id], dtype=np.bool_),
        ages=np.array([site.ages for site in by_id], dtype=np.int64).reshape(-1, 2),
        opens=np.array([site.opens for site in by_id], dtype=np.int64),
        closes=np.array([site.closes for site in by_id], dtype=np.int64),
        radius=np.array([site.travel_radius_km for site in by_id], dtype=np.float64),
        takes_mildly_ill=np.array([site.takes_mildly_ill for site in by_id], dtype=np.bool_),
        takes_special_needs=np.array([site.takes_special_needs for site in by_id], dtype=np.bool_),
        room_site=columns[0],
        room_from=columns[1],
        room_until=columns[2],
        closing=np.array([at for at, site in enumerate(by_id) if site.closed], dtype=np.int64),
    )


def reach_of(table: Table, household: Household, ways: Mapping[str, Way] | None = None) -> Reach:
    """Measure the way between one household and every site, and say which are near enough.

    `ways`, by site_id, stand in the place of the formula; whether a caregiver is near goes by distance in any case.
    """
    straight = kilometers_to(household.home, table.places)
    around = detours(household.home, household.work, table.places)
    spent = np.where(table.in_home, minutes_to(household.home, table.places), around)
    way = np.where(table.in_home, minutes(household.home, household.work), minutes_to(household.work, table.places))
    for at, site in enumerate(table.sites if ways else ()):
        if ways and (measured := ways.get(site.site_id)):
            spent[at], way[at] = measured.spent, measured.around_work
    near = np.where(
        table.in_home, straight <= table.radius + TOLERANCE, spent <= household.max_detour_minutes + TOLERANCE
    )
    return Reach(minutes=spent, way=way, kilometers=straight, near=near)


def care_hours(household: Household, child: Child) -> tuple[int, int]:
    """Return the working day around which this child needs care: its own if it has one, else the household's."""
    if child.starts is None or child.ends is None:
        return span_of(household.starts, household.ends)
    return span_of(child.starts, child.ends)


def open_for(table: Table, reach: Reach, hours: tuple[int, int]) -> Bools:
    """Say which sites cover the hours and the way before and after, on days they open."""
    since, until = hours[0] - reach.way, hours[1] + reach.way
    covered = cover(table.opens, table.closes, since, until)
    for at in table.closing:
        site = table.sites[at]
        covered[at] &= open_through(site.opens, site.closes, site.closed, float(since[at]), float(until[at]))
    return covered


def ages_held(table: Table, months: int) -> Bools:
    """Say which sites have a room for the age, whatever its spots; an in-home caregiver says for itself."""
    held = table.in_home & (table.ages[:, 0] <= months) & (months < table.ages[:, 1])
    held[table.room_site[(table.room_from <= months) & (months < table.room_until)]] = True
    return held


def needs_met(table: Table, child: Child) -> Bools:
    """Say which sites take a child who is mildly ill, or has special needs, or both, or neither."""
    met = np.ones(len(table.sites), dtype=np.bool_)
    if child.mildly_ill:
        met &= table.takes_mildly_ill
    if child.special_needs:
        met &= table.takes_special_needs
    return met


Steps = tuple[tuple[Unplaced, Bools], ...]


def filters(table: Table, reach: Reach, household: Household, child: Child) -> Steps:
    """Return what each filter lets through for one child on its own, in the order in which reasons are given."""
    return (
        (Unplaced.NOTHING_IN_REACH, reach.near),
        (Unplaced.HOURS, open_for(table, reach, care_hours(household, child))),
        (Unplaced.AGE, ages_held(table, child.months)),
        (Unplaced.NEEDS, needs_met(table, child)),
    )


def sift(steps: Steps) -> tuple[Bools, Unplaced | None]:
    """Apply the filters one after the other; return the sites left and the first filter that left none."""
    left = np.ones_like(steps[0][1])
    emptied = None
    for name, passes in steps:
        left = left & passes
        if emptied is None and not left.any():
            emptied = name
    return left, emptied


def asked_at_site(household: Household, child: Child, way: float) -> Asked:
    """Return the child with the sessions its care touches where `way` minutes lie before and after the hours."""
    since, until = care_hours(household, child)
    return Asked(child, touched(since - way, until + way))


def by_name(asked: Asked) -> Asked:
    """Count sessions by name alone, on day 0: a morning in files has one night, whichever day it starts on."""
    seen: dict[Session, SessionKey] = {session: (0, session) for _, session in asked.sessions}
    return Asked(asked.child, tuple(seen.values()))


def reasons_against(
    table: Table, at: int, reach: Reach, household: Household, steps: Sequence[tuple[Child, Steps]]
) -> tuple[Reason, ...]:
    """Return every reason why the site at one row does not fit all of the children, with the facts that decided.

    `steps` holds the filters of each child, made once for all sites.
    """
    site = table.sites[at]
    reasons = (
        [] if reach.near[at] else [Reason(Unplaced.NOTHING_IN_REACH.value, _distance_facts(site, reach, at, household))]
    )
    for child, passed in steps:
        for name, passes in passed[1:]:
            if not passes[at]:
                way = float(reach.way[at])
                code = CLOSED if name is Unplaced.HOURS and _only_closed(site, way, household, child) else name.value
                reasons.append(Reason(code, _child_facts(name, site, way, household, child)))
    return tuple(reasons)


def _distance_facts(site: Site, reach: Reach, at: int, household: Household) -> dict[str, Fact]:
    if site.kind is Kind.IN_HOME:
        return {"kilometers": round(float(reach.kilometers[at]), 2), "most": site.travel_radius_km}
    return {"minutes": round(float(reach.minutes[at]), 1), "most": household.max_detour_minutes}


def _child_facts(name: Unplaced, site: Site, way: float, household: Household, child: Child) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"child": child.child_id}
    if name is Unplaced.AGE:
        return {**facts, "months": child.months}
    if name is Unplaced.NEEDS:
        needs = ("mildly-ill",) * child.mildly_ill + ("special-needs",) * child.special_needs
        return {**facts, "needs": ", ".join(needs)}
    since, until = care_hours(household, child)
    return {
        **facts,
        "opens": _clock(site.opens),
        "closes": _clock(site.closes),
        "needed_from": _clock(int((since - way) // 1)),
        "needed_until": _clock(int(-((-until - way) // 1))),
    }


def _only_closed(site: Site, way: float, household: Household, child: Child) -> bool:
    """Say whether the site's hours would do, and it stays closed on a day of them."""
    since, until = care_hours(household, child)
    return bool(site.closed) and covers(site.opens, site.closes, since - way, until + way)


def _clock(minute: int) -> str:
    return f"{clock_of(minute):%H:%M}"
