"""How are all families who wait, and all open sites, read as one morning that a plan is made for?

A morning counts sessions by name, knows no ages of children already in a room and no days on which a site stays closed.
Each is translated so that no plan for the morning can break what is true of the sites: wherever the morning cannot say
it, a site offers less there than it might. `take_spots` has the last word all the same.

1. Families whose care may touch the same session of two days (the night before and the night after) look alone. The
   others are read in one of three views, which say for each session on which day it is.
2. A site closed on a day of the view takes no part.
3. A room whose license changes with the ages in it is split by age. Imagine children of those ages, as many as ask
   nearby, coming in one after the other while the license holds: the youngest first, or the oldest first, whichever
   lets more in. The split rooms hold what came. Whoever of them really comes, the license holds: fewer children never
   break a limit that more children keep.
4. A caregiver who comes to the home takes part when free all through the hours it is open, and when every child in
   reach is of the ages it takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from daybreak.kernel.spans import DAY
from daybreak.placement.candidates import asked_at_site, care_hours, reach_of, table_of
from daybreak.placement.hours import span_of
from daybreak.placement.outcome import minutes_at
from daybreak.placement.ranking import WORTH, minutes_taken, value_of
from daybreak.placement.ratios import fits
from daybreak.placement.sessions import CLOCK, Session, SessionKey, touched
from daybreak.placement.terms import (
    AgeLimit,
    Candidate,
    Child,
    ChildPlace,
    Household,
    Kind,
    Morning,
    Placement,
    Room,
    Site,
)
from daybreak.placement.travel import minutes

View = Mapping[Session, int]
"""On which day after the day of care each session is, as a morning of this view counts it."""

DAYTIME: View = dict.fromkeys(Session, 0)
BEFORE_DAWN: View = {**DAYTIME, Session.NIGHT: -1}
OVERNIGHT: View = {Session.EARLY: 1, Session.MORNING: 1, Session.AFTERNOON: 1, Session.EVENING: 0, Session.NIGHT: 0}
VIEWS = (DAYTIME, BEFORE_DAWN, OVERNIGHT)


@dataclass(frozen=True)
class Together:
    """A morning, and the room of the network behind each of its rooms."""

    morning: Morning
    rooms: Mapping[str, str]


def view_of(family: Household) -> View | None:
    """The first view that tells apart every session the care may touch at any site in reach; None when none does."""
    way = minutes(family.home, family.work) + family.max_detour_minutes
    spans = [care_hours(family, child) for child in family.children]
    keys = {key for starts, ends in spans for key in touched(starts - way, ends + way)}
    return next((view for view in VIEWS if all(view[session] == day for day, session in keys)), None)


def morning_of(families: Sequence[Household], sites: Sequence[Site], view: View) -> Together:
    """Read families of one view and the sites near them as a morning by session."""
    open_sites = [site for site in sites if not site.closed & set(view.values())]
    asking = _asking_at(families, [site for site in open_sites if _is_special(site)])
    rooms: dict[str, str] = {}
    read: list[Site] = []
    for site in open_sites:
        if site.kind is Kind.IN_HOME:
            caregiver = _caregiver(site, asking[site.site_id], view)
            read.extend([caregiver] if caregiver else [])
            continue
        split = [part for room in site.rooms for part in _parts(room, asking.get(site.site_id, ()), view, rooms)]
        if split:
            spots = _by_name(site.session_spots or {}, view)
            read.append(replace(site, rooms=tuple(split), session_spots=spots, closed=frozenset()))
    child_ids = tuple(child.child_id for family in families for child in family.children)
    return Together(Morning(tuple(read), tuple(families), child_ids, by_session=True), rooms)


def candidate_of(family: Household, site: Site, lines: Sequence[Placement], rooms: Mapping[str, str]) -> Candidate:
    """What a plan gives a family, as a single look would have found it: real rooms, and sessions of real days."""
    way = minutes(site.place, family.work) if site.kind is not Kind.IN_HOME else minutes(family.home, family.work)
    spent = minutes_at(family, site)
    by_child = {line.child_id: line for line in lines}
    count = len(family.children)
    taken = minutes_taken(site.kind, spent, children=count, apart=False)
    return Candidate(
        site_id=site.site_id,
        places=tuple(
            ChildPlace(
                child.child_id,
                rooms.get(by_child[child.child_id].room_id, ""),
                asked_at_site(family, child, way).sessions,
            )
            for child in family.children
        ),
        minutes=spent,
        value=value_of(WORTH, family.priority, children=count, taken=taken),
    )


def price_by_room(prices: Mapping[str, float], rooms: Mapping[str, str]) -> dict[str, float]:
    """Prices by room of the network, and by caregiver as they are; of a split room the least, so that no child is
    refused by the price of another age.

    >>> price_by_room({"oaks/0": 30.0, "oaks/24": 0.0, "sam": 7.0}, {"oaks/0": "oaks", "oaks/24": "oaks"})
    {'oaks': 0.0, 'sam': 7.0}
    """
    found: dict[str, float] = {}
    for name, price in prices.items():
        holder = rooms.get(name, name)
        found[holder] = min(price, found.get(holder, price))
    return found


def _is_special(site: Site) -> bool:
    return site.kind is Kind.IN_HOME or any(room.limits or room.session_limits for room in site.rooms)


def _asking_at(families: Sequence[Household], sites: Sequence[Site]) -> dict[str, list[Child]]:
    """The children in reach of each of these sites."""
    table = table_of(sites)
    asking: dict[str, list[Child]] = {site.site_id: [] for site in sites}
    for family in families:
        for site, near in zip(table.sites, reach_of(table, family).near.tolist(), strict=True):
            if near:
                asking[site.site_id].extend(family.children)
    return asking


def _by_name(spots: Mapping[SessionKey, int], view: View) -> dict[SessionKey, int]:
    return {(0, session): spots.get((view[session], session), 0) for session in Session}


def _parts(room: Room, asking: Sequence[Child], view: View, rooms: dict[str, str]) -> list[Room]:
    """A room as the morning has it: itself, or one room for each age that a limit tells from the others."""
    limits = {session: room.limits_in((view[session], session)) for session in Session}
    if not any(limits.values()):
        rooms[room.room_id] = room.room_id
        spots = _by_name(room.session_spots or {}, view)
        return [replace(room, session_spots=spots, limits=(), present={}, session_limits={})]
    cuts = {limit.under_months for of in limits.values() for limit in of}
    ages = sorted({room.from_months, room.until_months, *cuts})
    bands = [pair for pair in pairwise(ages) if room.from_months <= pair[0] and pair[1] <= room.until_months]
    wanted = [sum(since <= child.months < until for child in asking) for since, until in bands]
    held = {session: _let_in(room, limits[session], bands, wanted, (view[session], session)) for session in Session}
    youngest, oldest = ({session: ways[at] for session, ways in held.items()} for at in (0, 1))
    most = max(youngest, oldest, key=lambda way: sum(map(sum, way.values())))
    parts = []
    for at, (since, until) in enumerate(bands):
        spots = {(0, session): counts[at] for session, counts in most.items()}
        if any(spots.values()):
            name = f"{room.room_id}/{since}"
            rooms[name] = room.room_id
            parts.append(Room(name, room.site_id, since, until, room.spots, session_spots=spots))
    return parts


def _let_in(
    room: Room,
    limits: Sequence[AgeLimit],
    bands: Sequence[tuple[int, int]],
    wanted: Sequence[int],
    key: SessionKey,
) -> tuple[list[int], list[int]]:
    """How many of each age come in while the license holds, when the youngest come first and when the oldest do."""
    left, present = (room.session_spots or {}).get(key, 0), room.present.get(key, ())
    in_turn = list(range(len(bands)))
    return _come(left, present, limits, bands, wanted, in_turn), _come(
        left, present, limits, bands, wanted, in_turn[::-1]
    )


def _come(
    left: int,
    present: Sequence[int],
    limits: Sequence[AgeLimit],
    bands: Sequence[tuple[int, int]],
    wanted: Sequence[int],
    in_turn: Sequence[int],
) -> list[int]:
    ages, counts = list(present), [0] * len(bands)
    for at in in_turn:
        # Between two cuts no limit tells ages apart, so the youngest stands for all.
        months = bands[at][0]
        while counts[at] < min(wanted[at], left) and fits(len(present) + left, limits, ages, [months]):
            ages.append(months)
            counts[at] += 1
    return counts


def _caregiver(site: Site, asking: Sequence[Child], view: View) -> Site | None:
    """A caregiver as the morning has it, whose spots do not change with the session; None when it takes no part."""
    since, until = span_of(site.opens, site.closes)
    names = {session for session, (opens, closes) in CLOCK.items() if _shares(since, until, opens, closes)}
    spots = min(((site.session_spots or {}).get((view[session], session), 0) for session in names), default=0)
    if not spots or not all(site.ages[0] <= child.months < site.ages[1] for child in asking):
        return None
    return replace(site, spots=min(spots, site.spots), session_spots=None, closed=frozenset())


def _shares(since: int, until: int, opens: int, closes: int) -> bool:
    """Say whether opening hours, which repeat daily, share time with a session."""
    return any(min(until + day, closes) > max(since + day, opens) for day in (-DAY, 0, DAY))
