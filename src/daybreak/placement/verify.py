"""Does this plan keep every rule of the morning, whoever made it?

Reads each placement against "What fits" one child at a time, counts rooms and sites anew, and looks for a site that
would still take each child said to be without one (verify_reasons.py). It shares the definition of fit with the
plan-makers and nothing else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from daybreak.kernel.decisions import Fact
from daybreak.placement.candidates import care_hours
from daybreak.placement.hours import covers
from daybreak.placement.outcome import minutes_at
from daybreak.placement.sessions import TOLERANCE, SessionKey, touched
from daybreak.placement.terms import Broken, Child, Household, Kind, Morning, Placement, Plan, Room, Site, Unplaced
from daybreak.placement.travel import kilometers, minutes
from daybreak.placement.verify_reasons import wrong_reasons

MINUTES_OFF = 0.1
"""By how much a stated minute may differ from the true one: plans write at least one decimal."""


@dataclass(frozen=True)
class _Placed:
    """One child at a site that exists, with the room when there is one."""

    household: Household
    child: Child
    site: Site
    room: Room | None
    line: Placement


def broken_rules(morning: Morning, plan: Plan) -> tuple[Broken, ...]:
    """Return every rule of the morning that the plan breaks; none means that the plan is valid."""
    lines, found = _one_line_each(morning, plan)
    placed: list[_Placed] = []
    sites = {site.site_id: site for site in morning.sites}
    for household in morning.households:
        for child in household.children:
            line = lines.get(child.child_id)
            if line is None:
                continue
            problem = _misread(line, sites)
            if problem is not None:
                found.append(problem)
            if line.site_id in sites:
                site = sites[line.site_id]
                room = next((room for room in site.rooms if room.room_id == line.room_id), None)
                placed.append(_Placed(household, child, site, room, line))
    for one in placed:
        found.extend(_misfits(one))
    found.extend(_over_spots(placed, morning))
    found.extend(_caregivers(placed))
    found.extend(_apart(placed))
    found.extend(_wrong_minutes(placed))
    found.extend(wrong_reasons(morning, plan))
    return tuple(found)


def _one_line_each(morning: Morning, plan: Plan) -> tuple[dict[str, Placement], list[Broken]]:
    lines: dict[str, Placement] = {}
    found = []
    known = set(morning.child_ids)
    for line in plan.placements:
        if line.child_id not in known:
            found.append(Broken("unknown-child", line.child_id, line.site_id))
        elif line.child_id in lines:
            found.append(Broken("child-twice", line.child_id, line.site_id))
        else:
            lines[line.child_id] = line
    found.extend(Broken("child-missing", child_id) for child_id in morning.child_ids if child_id not in lines)
    return lines, found


def _misread(line: Placement, sites: Mapping[str, Site]) -> Broken | None:
    if not line.site_id:
        if line.reason not in set(Unplaced):
            return Broken("unknown-reason", line.child_id, facts={"reason": line.reason})
        return Broken("room-without-a-site", line.child_id) if line.room_id else None
    if line.reason:
        return Broken("site-and-reason", line.child_id, line.site_id, {"reason": line.reason})
    if line.site_id not in sites:
        return Broken("unknown-site", line.child_id, line.site_id)
    site = sites[line.site_id]
    if site.kind is Kind.IN_HOME:
        return Broken("room-at-a-caregiver", line.child_id, line.site_id) if line.room_id else None
    if line.room_id not in {room.room_id for room in site.rooms}:
        return Broken("unknown-room", line.child_id, line.site_id, {"room": line.room_id})
    return None


def _way(household: Household, site: Site) -> float:
    from_place = household.home if site.kind is Kind.IN_HOME else site.place
    return minutes(from_place, household.work)


def _misfits(one: _Placed) -> Iterator[Broken]:
    household, child, site = one.household, one.child, one.site
    if site.kind is Kind.IN_HOME:
        far, most, unit = kilometers(household.home, site.place), site.travel_radius_km, "kilometers"
    else:
        far, most, unit = minutes_at(household, site), household.max_detour_minutes, "minutes"
    if far > most + TOLERANCE:
        facts: dict[str, Fact] = {"distance": round(far, 2), "most": most, "unit": unit}
        yield Broken("too-far", child.child_id, site.site_id, facts)
    since, until = care_hours(household, child)
    way = _way(household, site)
    if not covers(site.opens, site.closes, since - way, until + way):
        yield Broken("hours", child.child_id, site.site_id)
    if one.room is not None and not one.room.from_months <= child.months < one.room.until_months:
        yield Broken("age", child.child_id, site.site_id, {"room": one.room.room_id, "months": child.months})
    if child.mildly_ill and not site.takes_mildly_ill:
        yield Broken("needs", child.child_id, site.site_id, {"needs": "mildly-ill"})
    if child.special_needs and not site.takes_special_needs:
        yield Broken("needs", child.child_id, site.site_id, {"needs": "special-needs"})


def _over_spots(placed: Sequence[_Placed], morning: Morning) -> Iterator[Broken]:
    """Count every room and site anew, per session when sessions count apart."""
    holders: dict[str, Room | Site] = {}
    counts: Counter[tuple[str, str, SessionKey | None]] = Counter()
    for one in placed:
        for what, holder in (("site", one.site), ("room", one.room)):
            if holder is None:
                continue
            name = holder.room_id if isinstance(holder, Room) else holder.site_id
            holders[what + name] = holder
            counts.update((what, name, key) for key in _sessions(one, holder, morning.by_session))
    for (what, name, key), count in counts.items():
        holder = holders[what + name]
        most = holder.spots
        if key is not None and holder.session_spots is not None:
            most = min(most, holder.session_spots.get(key, 0))
        if count > most:
            facts: dict[str, Fact] = {"spots": most, "children": count}
            facts |= {"room": name} if what == "room" else {}
            facts |= {"session": key[1].value} if key else {}
            yield Broken(f"{what}-over-spots", site_id=holder.site_id, facts=facts)


def _sessions(one: _Placed, holder: Room | Site, by_session: bool) -> set[SessionKey | None]:
    # An in-home caregiver's spots are children, however their hours lie.
    if not by_session or holder.session_spots is None or one.site.kind is Kind.IN_HOME:
        return {None}
    since, until = care_hours(one.household, one.child)
    way = _way(one.household, one.site)
    return {(0, session) for _, session in touched(since - way, until + way)}


def _caregivers(placed: Sequence[_Placed]) -> Iterator[Broken]:
    served: dict[str, list[_Placed]] = {}
    for one in placed:
        if one.site.kind is Kind.IN_HOME:
            served.setdefault(one.site.site_id, []).append(one)
    for site_id, ones in served.items():
        households = {one.household.household_id for one in ones}
        if len(households) > 1:
            yield Broken("caregiver-serves-two-households", site_id=site_id, facts={"households": len(households)})
        elif len(ones) not in (1, len(ones[0].household.children)):
            facts: dict[str, Fact] = {"children": len(ones), "household": len(ones[0].household.children)}
            yield Broken("caregiver-takes-all-or-one", ones[0].child.child_id, site_id, facts)
        infants = sum(one.child.months < 18 for one in ones)
        if infants > 2:
            yield Broken("caregiver-over-two-infants", site_id=site_id, facts={"infants": infants})


def _apart(placed: Sequence[_Placed]) -> Iterator[Broken]:
    by_household: dict[str, list[_Placed]] = {}
    for one in placed:
        by_household.setdefault(one.household.household_id, []).append(one)
    for ones in by_household.values():
        household = ones[0].household
        whole = len(ones) == len(household.children) and len({one.site.site_id for one in ones}) == 1
        if household.keep_together and not whole:
            facts: dict[str, Fact] = {"placed": len(ones), "household": len(household.children)}
            yield Broken("siblings-apart", ones[0].child.child_id, ones[0].site.site_id, facts)


def _wrong_minutes(placed: Sequence[_Placed]) -> Iterator[Broken]:
    driven: set[tuple[str, str]] = set()
    for one in placed:
        trip = (one.household.household_id, one.site.site_id)
        again = one.site.kind is Kind.IN_HOME and trip in driven
        true = 0.0 if again else minutes_at(one.household, one.site)
        driven.add(trip)
        stated = one.line.minutes
        if stated is None or not abs(stated - true) <= MINUTES_OFF + TOLERANCE:
            facts: dict[str, Fact] = {"stated": stated, "true": round(true, 2)}
            yield Broken("wrong-minutes", one.child.child_id, one.site.site_id, facts)
