"""Does this plan keep every rule of the morning? Asked of the raw columns, for any plan, whoever made it.

Every plan passes here before it is used. Nothing is shared with the plan-makers but the columns and the constants of
"What fits"; see docs/algorithms/verifier.md. Who has a place is looked at all at once, who has none in unplaced.py.

1. Read where each child is: a site and a room of it, or nowhere.
2. Ask each place for distance, hours, age and needs.
3. Count rooms and sites anew, per session; ask what caregivers and siblings may.
4. Ask why each other child has no place, and whether a site would still take it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from daybreak.kernel.decisions import Fact
from daybreak.kernel.spans import DAY
from daybreak.placement.morning.arrays import MILDLY_ILL, SPECIAL_NEEDS, Bools, Floats, Households, Ints, Sites
from daybreak.placement.morning.balls import Numbers, balls_of
from daybreak.placement.morning.unplaced import FULL, NO_REASON, REASONS, Asked, Codes, Left, takers, true_reasons
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.sessions import CLOCK, TOLERANCE, touched_by_name
from daybreak.placement.travel import EARTH_RADIUS_KM, MINUTES_PER_KILOMETER

NOWHERE, NOT_SAID = -1, -2
"""Instead of a site: the child has no place; the plan says nothing of the child."""
MINUTES_OFF = 0.1
"""By how much a stated minute may differ from the true one: plans write at least one decimal."""


@dataclass(frozen=True)
class Fault:
    """One rule that a plan breaks: its code, and the numbers of child, site and room where there is one."""

    rule: str
    child: int = -1
    site: int = -1
    room: int = -1
    facts: Mapping[str, Fact] = field(default_factory=dict)


class _Placed(NamedTuple):
    """Children who are at a site that exists, in order: P rows.

    `spent` is the detour, or the caregiver's way; `since` and `until` are what the site must cover; `room` is -1 where
    the site has no such room.
    """

    child: Numbers
    household: Numbers
    site: Numbers
    room: Numbers
    in_home: Bools
    spent: Floats
    from_home_km: Floats
    since: Floats
    until: Floats


def broken_rules(
    sites: Sites,
    households: Households,
    site: Ints | Numbers,
    room: Ints | Numbers,
    *,
    minutes: Floats | None = None,
    reasons: Codes | None = None,
    threads: int = 1,
) -> tuple[Fault, ...]:
    """Return every rule that a plan breaks; none means that it is valid.

    `site` and `room` (C) are numbers in the order of `sites`, -1 for none. `minutes` (C; not a number where none is
    stated) and `reasons` (C; codes of unplaced.REASONS, NO_REASON for none) are checked where they are given.
    """
    at, in_room = np.asarray(site, dtype=np.int64), np.asarray(room, dtype=np.int64)
    placed = _read(sites, households, at, in_room)
    faults = [*_misread(sites, at, in_room, reasons)]
    faults += _misfits(sites, households, placed)
    faults += _over_spots(sites, placed)
    faults += _caregivers(households, placed)
    faults += _apart(households, placed)
    if minutes is not None:
        faults += _wrong_minutes(placed, minutes)
    faults += _wrong_reasons(sites, households, at, placed, reasons, threads)
    return tuple(faults)


def _read(sites: Sites, households: Households, site: Numbers, room: Numbers) -> _Placed:
    """Measure every place that a plan gives."""
    child = np.flatnonzero((site >= 0) & (site < sites.count))
    household = np.repeat(np.arange(households.count), np.diff(households.first))[child]
    at, in_room = site[child], room[child]
    has_room = (sites.room_first[at] <= in_room) & (in_room < sites.room_first[at + 1])
    home, work, place = households.home[household], households.work[household], sites.place[at]
    from_home, to_work, commute = _kilometers(home, place), _kilometers(place, work), _kilometers(home, work)
    in_home = sites.in_home[at]
    way = np.where(in_home, commute, to_work) * MINUTES_PER_KILOMETER
    detour = np.maximum(from_home + to_work - commute, 0.0)
    return _Placed(
        child=child,
        household=household,
        site=at,
        room=np.where(has_room, in_room, -1),
        in_home=in_home,
        spent=np.where(in_home, from_home, detour) * MINUTES_PER_KILOMETER,
        from_home_km=from_home,
        since=households.since[child] - way,
        until=households.until[child] + way,
    )


def _kilometers(a: Floats, b: Floats) -> Floats:
    straight = np.sqrt(((a - b) ** 2).sum(axis=1))
    around: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(straight / 2, 1.0))
    return around


def _misread(sites: Sites, site: Numbers, room: Numbers, reasons: Codes | None) -> Iterator[Fault]:
    """Each line that cannot be meant: one fault a child, the first that there is."""
    told = np.full(len(site), NO_REASON) if reasons is None else reasons
    nowhere, exists = site == NOWHERE, (site >= 0) & (site < sites.count)
    at = np.where(exists, site, 0)
    with_rooms = exists & ~sites.in_home[at] if sites.count else exists
    in_range = (sites.room_first[at] <= room) & (room < sites.room_first[at + with_rooms])
    unknown = np.zeros_like(nowhere) if reasons is None else nowhere & ((told < 0) | (told >= len(REASONS)))
    for rule, wrong in (
        ("unknown-reason", unknown),
        ("room-without-a-site", nowhere & ~unknown & (room != -1)),
        ("site-and-reason", ~nowhere & (site != NOT_SAID) & (told != NO_REASON)),
        ("unknown-site", ~exists & ~nowhere & (site != NOT_SAID) & (told == NO_REASON)),
        ("room-at-a-caregiver", exists & ~with_rooms & (told == NO_REASON) & (room != -1)),
        ("unknown-room", with_rooms & (told == NO_REASON) & ~in_range),
    ):
        for child in np.flatnonzero(wrong).tolist():
            yield Fault(rule, child, int(site[child]) if rule != "room-without-a-site" else -1)


def _misfits(sites: Sites, households: Households, placed: _Placed) -> Iterator[Fault]:
    most = np.where(placed.in_home, sites.radius_km[placed.site], households.most_detour[placed.household])
    distance = np.where(placed.in_home, placed.from_home_km, placed.spent)
    for at in np.flatnonzero(distance > most + TOLERANCE).tolist():
        unit = "kilometers" if placed.in_home[at] else "minutes"
        facts: dict[str, Fact] = {"distance": round(float(distance[at]), 2), "most": float(most[at]), "unit": unit}
        yield _fault("too-far", placed, at, facts)
    for at in np.flatnonzero(~_open(sites, placed)).tolist():
        yield _fault("hours", placed, at)
    months = households.months[placed.child]
    in_room = np.flatnonzero(placed.room >= 0)
    room = placed.room[in_room]
    held = (sites.room_from[room] <= months[in_room]) & (months[in_room] < sites.room_until[room])
    for at in in_room[~held].tolist():
        yield _fault("age", placed, at, {"months": int(months[at])}, room=int(placed.room[at]))
    for bit, name in ((MILDLY_ILL, "mildly-ill"), (SPECIAL_NEEDS, "special-needs")):
        unmet = (households.needs[placed.child] & bit > 0) & (sites.takes[placed.site] & bit == 0)
        for at in np.flatnonzero(unmet).tolist():
            yield _fault("needs", placed, at, {"needs": name})


def _fault(rule: str, placed: _Placed, at: int, facts: Mapping[str, Fact] | None = None, *, room: int = -1) -> Fault:
    return Fault(rule, int(placed.child[at]), int(placed.site[at]), room, facts or {})


def _open(sites: Sites, placed: _Placed) -> Bools:
    """Whether one opening holds the span, moved by no day or by one day either way; equal hours are always open."""
    opens, closes = sites.opens[placed.site], sites.closes[placed.site]
    last = np.where(closes > opens, closes, closes + DAY)
    covered: Bools = opens == closes
    for moved in (-DAY, 0, DAY):
        covered = covered | ((placed.since + moved >= opens - TOLERANCE) & (placed.until + moved <= last + TOLERANCE))
    return covered


def _touches(sites: Sites, placed: _Placed) -> Bools:
    """Which sessions count a child; at a caregiver a child counts as one, however its hours lie."""
    if sites.sessions == 1:
        return np.ones((len(placed.child), 1), dtype=np.bool_)
    touches = touched_by_name(placed.since, placed.until)
    touches[placed.in_home] = np.arange(sites.sessions) == 0
    return touches


def _counts(sites: Sites, placed: _Placed) -> tuple[Numbers, Numbers]:
    """Count the children of every room (R, T) and site (S, T) anew."""
    touches = _touches(sites, placed)
    rooms, at_sites = np.zeros(sites.room_spots.shape, dtype=np.int64), np.zeros(sites.spots.shape, dtype=np.int64)
    np.add.at(at_sites, placed.site, touches)
    in_room = placed.room >= 0
    np.add.at(rooms, placed.room[in_room], touches[in_room])
    return rooms, at_sites


def _over_spots(sites: Sites, placed: _Placed) -> Iterator[Fault]:
    sessions = [session.value for session in CLOCK]
    owner = np.repeat(np.arange(sites.count), np.diff(sites.room_first))
    rooms, at_sites = _counts(sites, placed)
    for what, count, spots in (("site", at_sites, sites.spots), ("room", rooms, sites.room_spots)):
        for row, t in np.argwhere(count > spots).tolist():
            facts: dict[str, Fact] = {"spots": int(spots[row, t]), "children": int(count[row, t])}
            site = int(owner[row]) if what == "room" else row
            if sites.sessions > 1 and not sites.in_home[site]:
                facts["session"] = sessions[t]
            yield Fault(f"{what}-over-spots", site=site, room=row if what == "room" else -1, facts=facts)


def _caregivers(households: Households, placed: _Placed) -> Iterator[Fault]:
    rows = np.flatnonzero(placed.in_home)
    rows = rows[np.argsort(placed.site[rows], kind="stable")]
    for ones in np.split(rows, np.flatnonzero(np.diff(placed.site[rows])) + 1):
        # Most caregivers serve one child, or nobody at all.
        if len(ones) < 2:
            continue
        child, site = int(placed.child[ones[0]]), int(placed.site[ones[0]])
        families = len(np.unique(placed.household[ones]))
        size = int(np.diff(households.first)[placed.household[ones[0]]])
        if families > 1:
            yield Fault("caregiver-serves-two-households", site=site, facts={"households": families})
        elif len(ones) != size:
            facts: dict[str, Fact] = {"children": len(ones), "household": size}
            yield Fault("caregiver-takes-all-or-one", child, site, facts=facts)
        infants = int((households.months[placed.child[ones]] < INFANT_MONTHS).sum())
        if infants > INFANTS_PER_CAREGIVER:
            yield Fault("caregiver-over-two-infants", site=site, facts={"infants": infants})


def _apart(households: Households, placed: _Placed) -> Iterator[Fault]:
    """Households that stay together, placed only in part or at more than one site."""
    size = np.diff(households.first)
    count = np.bincount(placed.household, minlength=households.count)
    lowest, highest = np.full(households.count, np.iinfo(np.int64).max), np.full(households.count, -1)
    np.minimum.at(lowest, placed.household, placed.site)
    np.maximum.at(highest, placed.household, placed.site)
    apart = households.together & (count > 0) & ((count < size) | (lowest != highest))
    first_row = np.searchsorted(placed.household, np.arange(households.count))
    for h in np.flatnonzero(apart).tolist():
        facts: dict[str, Fact] = {"placed": int(count[h]), "household": int(size[h])}
        yield _fault("siblings-apart", placed, int(first_row[h]), facts)


def minutes_of(sites: Sites, households: Households, site: Numbers) -> Floats:
    """Return the minutes (C) that a plan takes for each child, as plans state them; not a number without a place."""
    placed = _read(sites, households, site, np.full_like(site, -1))
    minutes = np.full(len(site), np.nan)
    minutes[placed.child] = _true_minutes(placed)
    return minutes


def _true_minutes(placed: _Placed) -> Floats:
    true = placed.spent.copy()
    # A caregiver drives once, for the first child of the household there.
    rows = np.flatnonzero(placed.in_home)
    trips = np.column_stack([placed.household[rows], placed.site[rows]])
    _, first = np.unique(trips, axis=0, return_index=True)
    again = np.ones(len(rows), dtype=np.bool_)
    again[first] = False
    true[rows[again]] = 0.0
    return true


def _wrong_minutes(placed: _Placed, minutes: Floats) -> Iterator[Fault]:
    true = _true_minutes(placed)
    stated = minutes[placed.child]
    for at in np.flatnonzero(~(np.abs(stated - true) <= MINUTES_OFF + TOLERANCE)).tolist():
        said = None if np.isnan(stated[at]) else float(stated[at])
        yield _fault("wrong-minutes", placed, at, {"stated": said, "true": round(float(true[at]), 2)})


def _wrong_reasons(
    sites: Sites, households: Households, site: Numbers, placed: _Placed, reasons: Codes | None, threads: int
) -> Iterator[Fault]:
    """Each child without a place who is told another reason than the true one, or `full` where a site has room."""
    nowhere = site == NOWHERE
    about = np.zeros(households.count, dtype=np.bool_)
    about[np.repeat(np.arange(households.count), np.diff(households.first))[nowhere]] = True
    asked = Asked(sites, households, balls_of(sites), site)
    true = true_reasons(asked, about, threads).reason
    wrong = np.zeros_like(nowhere) if reasons is None else nowhere & (reasons != true)
    rooms, at_sites = _counts(sites, placed)
    serving = np.zeros(sites.count, dtype=np.bool_)
    serving[placed.site[placed.in_home]] = True
    left = Left(
        rooms=(sites.room_spots - rooms).astype(np.int32),
        sites=(sites.spots - at_sites).astype(np.int32),
        serving=serving,
    )
    taker = takers(asked, left, nowhere & ~wrong & (true == FULL), threads)
    for child in np.flatnonzero(wrong | (taker >= 0)).tolist():
        if wrong[child]:
            stated = int(reasons[child]) if reasons is not None else -1
            known = REASONS[stated].value if 0 <= stated < len(REASONS) else ""
            yield Fault("wrong-reason", child, facts={"stated": known, "true": REASONS[true[child]].value})
        else:
            yield Fault("not-full", child, int(taker[child]))
