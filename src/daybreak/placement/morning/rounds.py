"""One round: everybody who waits is placed at once, the plan is verified, and every spot has its price.

From terms to terms; between them everything is columns (solve.py). Nothing that breaks a rule ever leaves this module.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from daybreak.placement.morning import unplaced, verify
from daybreak.placement.morning.arrays import Bools, Floats, Ints, Numbers
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.solve import EXACT_CHILDREN, Effort, Solved, place
from daybreak.placement.ranking import WORTH
from daybreak.placement.sessions import CLOCK
from daybreak.placement.terms import Child, Household, Kind, Morning, Placement, Plan, Point, Room, Site
from daybreak.placement.verify import Columns, columns_of

FOR_AN_EDUCATOR = 4
"""Spots that an educator more opens in an explanation: what most states allow one educator of infants."""
WORTH_NAMING = 1.0
"""Minutes below which nobody is told that a spot is wanted."""


@dataclass(frozen=True)
class Round:
    """A verified plan, and what it is worth beside what any plan could be.

    `prices` are minutes per child by room_id, for the whole day, and per household by site_id for in-home caregivers.
    """

    plan: Plan
    prices: Mapping[str, float]
    value: float
    value_bound: float


def place_round(
    morning: Morning,
    *,
    start: Mapping[str, float] | None = None,
    worth: Sequence[float] = WORTH,
    effort: Effort = Effort.USUAL,
    threads: int = 1,
) -> Round:
    """Place a morning; `start` are the prices of a round before it, where there was one.

    Raises RuntimeError when the plan breaks a rule, which would be a bug of the engine; nothing may be booked then.
    """
    columns = columns_of(morning, worth)
    first = None if start is None else _prices_from(columns, start)
    solved = place(columns.sites, columns.households, start=first, effort=effort, threads=threads)
    plan, _ = plan_from(columns, morning, solved.site, solved.room, threads=threads)
    return Round(plan, _prices_by_name(columns, solved), solved.value, solved.bound)


def plan_from(
    columns: Columns, morning: Morning, site: Ints | Numbers, room: Ints | Numbers, *, threads: int = 1
) -> tuple[Plan, Bools]:
    """Write a plan in columns down as lines, verified; returns it, and which children are coverable.

    Raises RuntimeError when it breaks a rule.
    """
    at, in_room = np.asarray(site, dtype=np.int64), np.asarray(room, dtype=np.int64)
    told = unplaced.reasons(columns.sites, columns.households, at, threads=threads)
    minutes = verify.minutes_of(columns.sites, columns.households, at)
    faults = verify.broken_rules(
        columns.sites, columns.households, at, in_room, minutes=minutes, reasons=told.reason, threads=threads
    )
    if faults:
        raise RuntimeError(f"The plan breaks {len(faults)} rules, first {faults[0]}; it must not be used.")
    lines = {
        child_id: _line(columns, child_id, int(at[child]), int(in_room[child]), float(minutes[child]), told, child)
        for child, child_id in enumerate(columns.child_ids)
    }
    return Plan(tuple(lines[child_id] for child_id in morning.child_ids)), told.coverable


def most_wanted(columns: Columns, solved: Solved, *, count: int) -> list[dict[str, object]]:
    """Name the rooms of which one more spot would be worth most, by their prices, and the caregiver wanted most.

    A price near what placing a child is worth says that the spot would place one more child; a caregiver's is that of a
    whole household. Where plans are exact, a room also says how many `children` more would have had a place with
    FOR_AN_EDUCATOR spots more.
    """
    sites, prices = columns.sites, solved.prices
    owner = np.repeat(np.arange(sites.count), np.diff(sites.room_first))
    of_rooms = (prices.room + prices.site[owner]).max(axis=1, initial=0.0)
    wanted: list[dict[str, object]] = []
    for room in np.argsort(-of_rooms, kind="stable")[:count].tolist():
        if of_rooms[room] > WORTH_NAMING:
            site_id, room_id = columns.rooms[room]
            wanted.append({"site_id": site_id, "room_id": room_id, "minutes": float(of_rooms[room])})
            if columns.households.children <= EXACT_CHILDREN:
                wanted[-1]["children"] = _placed_more(columns, solved, room)
    of_caregivers = np.where(sites.in_home, prices.site[:, 0], 0.0)
    if of_caregivers.max(initial=0.0) > WORTH_NAMING:
        j = int(of_caregivers.argmax())
        wanted.append({"site_id": columns.site_ids[j], "room_id": "", "minutes": float(of_caregivers[j])})
    return wanted


def _placed_more(columns: Columns, solved: Solved, room: int) -> int:
    """Count the children more that an exact plan places with FOR_AN_EDUCATOR spots more in a room and in its site."""
    sites = columns.sites
    j = int(np.searchsorted(sites.room_first, room, side="right")) - 1
    rooms, whole = sites.room_spots.copy(), sites.spots.copy()
    rooms[room] += FOR_AN_EDUCATOR
    whole[j] += FOR_AN_EDUCATOR
    more = place(sites._replace(room_spots=rooms, spots=whole), columns.households, start=solved.prices)
    return int((more.site >= 0).sum() - (solved.site >= 0).sum())


def warm_up() -> None:
    """Compile every loop, or read it from the cache, by placing a few made-up families; seconds at first."""
    for by_session in (False, True):
        place_round(_few_families(by_session=by_session))


def _line(
    columns: Columns, child_id: str, site: int, room: int, minutes: float, told: unplaced.Told, child: int
) -> Placement:
    if site < 0:
        return Placement(child_id, reason=unplaced.REASONS[told.reason[child]].value)
    return Placement(child_id, columns.site_ids[site], columns.rooms[room][1] if room >= 0 else "", minutes)


def _prices_by_name(columns: Columns, solved: Solved) -> dict[str, float]:
    sites, prices = columns.sites, solved.prices
    owner = np.repeat(np.arange(sites.count), np.diff(sites.room_first))
    by_room: Floats = (prices.room + prices.site[owner]).sum(axis=1)
    named = {name: float(price) for (_, name), price in zip(columns.rooms, by_room, strict=True)}
    caregivers = np.flatnonzero(sites.in_home)
    return named | {columns.site_ids[j]: float(prices.site[j, 0]) for j in caregivers.tolist()}


def _prices_from(columns: Columns, named: Mapping[str, float]) -> Prices:
    """Spread prices of the whole day over its sessions: only a start, from which the search goes on."""
    sites = columns.sites
    room = np.array([named.get(name, 0.0) for _, name in columns.rooms], dtype=np.float64)
    prices = Prices(np.repeat(room[:, None] / sites.sessions, sites.sessions, axis=1), np.zeros(sites.spots.shape))
    for j in np.flatnonzero(sites.in_home).tolist():
        prices.site[j, 0] = named.get(columns.site_ids[j], 0.0)
    return prices


def _few_families(*, by_session: bool) -> Morning:
    """A dozen families of every kind around a center, a home and a caregiver, with too few spots for all."""
    sessions = {(0, session): 3 for session in CLOCK} if by_session else None
    places = [Point(42.0 + 0.01 * at, -87.0) for at in range(4)]
    sites = tuple(
        Site(
            site_id=f"site-{at}",
            kind=(Kind.CENTER, Kind.CENTER, Kind.FAMILY_HOME, Kind.IN_HOME)[at],
            place=places[at],
            opens=0,
            closes=0,
            spots=4,
            rooms=()
            if at == 3
            else (
                Room(f"young-{at}", f"site-{at}", 0, 36, 2, session_spots=sessions),
                Room(f"all-{at}", f"site-{at}", 12, 156, 3, session_spots=sessions),
            ),
            travel_radius_km=9.0,
            session_spots=sessions,
        )
        for at in range(4)
    )
    families = tuple(
        Household(
            household_id=f"family-{at}",
            home=places[at % 4],
            work=places[(at + 1) % 4],
            starts=420,
            ends=900,
            max_detour_minutes=30.0,
            children=tuple(Child(f"child-{at}-{k}", 10 + 13 * (at + k)) for k in range(1 + at % 3)),
            keep_together=at % 2 == 0,
            priority=at % 3,
            asked_at="05:40",
        )
        for at in range(12)
    )
    children = tuple(child.child_id for family in families for child in family.children)
    return Morning(sites, families, children, by_session)
