"""A second reading of "What fits" and "What is best", from the words of the formats page and from nothing else.

It is slow and shares no code with the product beyond the terms, so that both readings can be held against each other.
"""

from itertools import product
from math import asin, cos, radians, sin, sqrt

from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site

SLACK = 0.000001
WORTH = (1400, 1200, 1000)
SESSIONS = {
    Session.EARLY: (300, 480),
    Session.MORNING: (480, 720),
    Session.AFTERNOON: (720, 1080),
    Session.EVENING: (1080, 1380),
    Session.NIGHT: (1380, 1740),
}

Where = dict[str, tuple[Site, Room | None]]
"""The site and room of each placed child."""


def km(a: Point, b: Point) -> float:
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    inner = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(inner))


def minutes(a: Point, b: Point) -> float:
    return km(a, b) * 1.35 / 28 * 60


def spent(household: Household, site: Site) -> float:
    """The detour, or the caregiver's minutes."""
    if site.kind == Kind.IN_HOME:
        return minutes(site.place, household.home)
    around = minutes(household.home, site.place) + minutes(site.place, household.work)
    return around - minutes(household.home, household.work)


def must_cover(household: Household, child: Child, site: Site) -> tuple[float, float]:
    starts = household.starts if child.starts is None else child.starts
    ends = household.ends if child.ends is None else child.ends
    if ends <= starts:
        ends += 1440
    way = minutes(household.home if site.kind == Kind.IN_HOME else site.place, household.work)
    return starts - way, ends + way


def near(household: Household, site: Site) -> bool:
    if site.kind == Kind.IN_HOME:
        return km(household.home, site.place) <= site.travel_radius_km + SLACK
    return spent(household, site) <= household.max_detour_minutes + SLACK


def is_open(household: Household, child: Child, site: Site) -> bool:
    if site.opens == site.closes:
        return True
    closes = site.closes if site.closes > site.opens else site.closes + 1440
    since, until = must_cover(household, child, site)
    return any(site.opens - SLACK <= since + moved and until + moved <= closes + SLACK for moved in (0, 1440, -1440))


def holds_age(child: Child, site: Site) -> bool:
    return site.kind == Kind.IN_HOME or any(room.from_months <= child.months < room.until_months for room in site.rooms)


def meets_needs(child: Child, site: Site) -> bool:
    return (site.takes_mildly_ill or not child.mildly_ill) and (site.takes_special_needs or not child.special_needs)


def fits(household: Household, child: Child, site: Site) -> bool:
    return (
        near(household, site)
        and is_open(household, child, site)
        and holds_age(child, site)
        and meets_needs(child, site)
    )


def sessions_of(morning: Morning, household: Household, child: Child, site: Site) -> set[Session | None]:
    if not morning.by_session:
        return {None}
    since, until = must_cover(household, child, site)
    return {
        session
        for session, (first, last) in SESSIONS.items()
        for day in (-2, -1, 0, 1, 2)
        if min(until, last + 1440 * day) - max(since, first + 1440 * day) > SLACK
    }


def within_spots(morning: Morning, where: Where) -> bool:
    """Nothing over its spots, a caregiver's rules kept; the rest of "What fits" is asked elsewhere."""
    counts: dict[tuple[str, Session | None], int] = {}
    most: dict[tuple[str, Session | None], int] = {}
    at_caregiver: dict[str, list[tuple[Household, Child]]] = {}
    for household in morning.households:
        for child in household.children:
            site, room = where.get(child.child_id, (None, None))
            if site is None:
                continue
            if site.kind == Kind.IN_HOME:
                at_caregiver.setdefault(site.site_id, []).append((household, child))
            for session in sessions_of(morning, household, child, site):
                for name, holder in (("site " + site.site_id, site), ("room " + (room.room_id if room else ""), room)):
                    if holder is None:
                        continue
                    counts[name, session] = counts.get((name, session), 0) + 1
                    limited = holder.session_spots[0, session] if session and holder.session_spots else holder.spots
                    most[name, session] = min(limited, holder.spots)
    return all(counts[key] <= most[key] for key in counts) and all(map(_caregiver_ok, at_caregiver.values()))


def _caregiver_ok(served: list[tuple[Household, Child]]) -> bool:
    households = {household.household_id for household, _ in served}
    all_or_one = len(served) in (1, len(served[0][0].children))
    return len(households) == 1 and all_or_one and sum(child.months < 18 for _, child in served) <= 2


def take(morning: Morning, household: Household, children: tuple[Child, ...], site: Site, where: Where) -> Where | None:
    """Take the site as the baseline does: children in file order, each the narrowest room that has a spot."""
    if site.kind == Kind.IN_HOME:
        after = where | {child.child_id: (site, None) for child in children}
        return after if within_spots(morning, after) else None
    after = dict(where)
    for child in children:
        rooms = sorted(
            (room for room in site.rooms if room.from_months <= child.months < room.until_months),
            key=lambda room: (room.until_months - room.from_months, room.room_id),
        )
        for room in rooms:
            tried = after | {child.child_id: (site, room)}
            if within_spots(morning, tried):
                after = tried
                break
        else:
            return None
    return after


def cost(household: Household, site: Site, children: int) -> float:
    return spent(household, site) * (1 if site.kind == Kind.IN_HOME else children)


def first_come(morning: Morning) -> Where:
    where: Where = {}
    for household in sorted(morning.households, key=lambda one: (one.asked_at, one.household_id)):
        groups = [household.children]
        if not household.keep_together:
            groups += [(child,) for child in household.children]
        for group in groups:
            taking = [
                (cost(household, site, len(group)), site.site_id, after)
                for site in morning.sites
                if all(fits(household, child, site) for child in group)
                and (after := take(morning, household, group, site, where)) is not None
            ]
            if taking:
                least = min(price for price, _, _ in taking)
                where = min((name, after) for price, name, after in taking if price <= least + SLACK)[1]
                if len(group) == len(household.children):
                    break
    return where


def takes_when_empty(morning: Morning, household: Household, children: tuple[Child, ...], site: Site) -> bool:
    return all(fits(household, child, site) for child in children) and (
        take(morning, household, children, site, {}) is not None
    )


def coverable(morning: Morning, household: Household, child: Child) -> bool:
    groups = [household.children] if household.keep_together else [household.children, (child,)]
    return any(takes_when_empty(morning, household, group, site) for group in groups for site in morning.sites)


def reason(morning: Morning, household: Household, child: Child) -> str:
    """The first filter that leaves no site, for a child that has no place."""
    left = [site for site in morning.sites if near(household, site)]
    if not left:
        return "nothing-in-reach"
    left = [site for site in left if is_open(household, child, site)]
    if not left:
        return "hours"
    left = [site for site in left if holds_age(child, site)]
    if not left:
        return "age"
    left = [site for site in left if meets_needs(child, site)]
    if not left:
        return "needs"
    left = [site for site in left if takes_when_empty(morning, household, household.children, site)]
    return "siblings-do-not-fit-together" if household.keep_together and not left else "full"


def value(morning: Morning, where: Where) -> float:
    total = 0.0
    for household in morning.households:
        placed = [where[child.child_id][0] for child in household.children if child.child_id in where]
        names = [site.site_id for site in placed]
        whole = len(names) == len(household.children) and len(set(names)) == 1
        for site in {site.site_id: site for site in placed}.values():
            total -= cost(household, site, names.count(site.site_id))
        total += len(placed) * WORTH[household.priority]
        if len(household.children) > 1 and not whole:
            total -= 10 * len(placed)
    return total


def is_valid(morning: Morning, where: Where, told: dict[str, str]) -> bool:
    """Whether a plan keeps every rule: who is where, and what each child without a place is told."""
    for household in morning.households:
        placed = [child for child in household.children if child.child_id in where]
        at = {where[child.child_id][0].site_id for child in placed}
        if household.keep_together and placed and not (len(placed) == len(household.children) and len(at) == 1):
            return False
        for child in household.children:
            if child in placed and not _place_fits(household, child, *where[child.child_id]):
                return False
            if child not in placed and not _told_right(morning, household, child, where, told[child.child_id]):
                return False
    return within_spots(morning, where)


def _place_fits(household: Household, child: Child, site: Site, room: Room | None) -> bool:
    right_room = site.kind == Kind.IN_HOME or (
        room is not None and room.from_months <= child.months < room.until_months
    )
    return right_room and fits(household, child, site)


def _told_right(morning: Morning, household: Household, child: Child, where: Where, told: str) -> bool:
    group = household.children if household.keep_together else (child,)
    would_take = any(
        all(fits(household, one, site) for one in group) and take(morning, household, group, site, where) is not None
        for site in morning.sites
    )
    return told == reason(morning, household, child) and not (told == "full" and would_take)


def best_value(morning: Morning) -> float:
    """The value of the best plan there is, by trying every one; only for a handful of children and spots."""
    options = [_options(morning, household) for household in morning.households]
    best = 0.0
    for choice in product(*options):
        where: Where = {}
        for part in choice:
            where.update(part)
        if within_spots(morning, where):
            best = max(best, value(morning, where))
    return best


def _options(morning: Morning, household: Household) -> list[Where]:
    """Everything one household could be given: nothing, or any room of any site that fits for each child."""
    per_child = []
    for child in household.children:
        places: list[tuple[Site, Room | None] | None] = [None]
        for site in morning.sites:
            if fits(household, child, site):
                held = [room for room in site.rooms if room.from_months <= child.months < room.until_months]
                places += [(site, room) for room in held] if site.kind != Kind.IN_HOME else [(site, None)]
        per_child.append([(child.child_id, place) for place in places])
    found = []
    for choice in product(*per_child):
        where = {child_id: place for child_id, place in choice if place is not None}
        together = len(where) == len(household.children) and len({site.site_id for site, _ in where.values()}) == 1
        if where and household.keep_together and not together:
            continue
        if within_spots(morning, where):
            found.append(where)
    return found
