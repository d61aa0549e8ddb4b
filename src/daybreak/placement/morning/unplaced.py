"""Why has a child no place, could it have had one, and would a site take it as things stand?

The verifier's own reading of "What fits", over the raw columns: for each household asked about, sites one after the
other until the answers are known. First the sites where the plan has its children, which settles most; then every ball
of sites that may be in reach. Households and sites are never laid out against each other.

1. How many filters does each child pass at some site, one after the other: distance, hours, age, needs?
2. Does some empty site take the whole household, or a child of it alone?
3. As the plan stands, which is the first site that would still take a child told `full`, or its household?
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.kernel.spans import DAY
from daybreak.placement.morning.arrays import Bits, Bools, Households, Ints, Sites
from daybreak.placement.morning.balls import Balls, Numbers, balls_of, kilometers, may_reach
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.sessions import CLOCK, TOLERANCE
from daybreak.placement.terms import Unplaced
from daybreak.placement.travel import MINUTES_PER_KILOMETER

Codes = npt.NDArray[np.int8]

REASONS = tuple(Unplaced)
"""The reasons by their code, in the order of the filters."""
NO_REASON, SIBLINGS, FULL = (
    np.int8(-1),
    np.int8(REASONS.index(Unplaced.SIBLINGS)),
    np.int8(REASONS.index(Unplaced.FULL)),
)
ALL_FILTERS = 4

_BEGINS = np.array([span[0] for span in CLOCK.values()], dtype=np.float64)
_ENDS = np.array([span[1] for span in CLOCK.values()], dtype=np.float64)


class Told(NamedTuple):
    """Why each child (C) has no place, as a code, NO_REASON for one that has; and whether it is coverable."""

    reason: Codes
    coverable: Bools


class Left(NamedTuple):
    """What is left: spots in rooms (R, T) and at sites (S, T), and which caregivers (S) serve somebody already."""

    rooms: Ints
    sites: Ints
    serving: Bools


class Asked(NamedTuple):
    """A morning, its sites in balls, and the site that the plan names for each child (C), -1 for none."""

    sites: Sites
    households: Households
    balls: Balls
    site: Numbers


class _Family(NamedTuple):
    """One household: its number, children, way to work and the longest one it accepts, in kilometers."""

    h: int
    first: int
    size: int
    commute: float
    longest: float


def everything(sites: Sites) -> Left:
    """What is left when nobody has a place."""
    return Left(sites.room_spots, sites.spots, np.zeros(len(sites.in_home), dtype=np.bool_))


def reasons(sites: Sites, households: Households, site: Numbers, *, threads: int = 1) -> Told:
    """Say of every child whether it is coverable, and why it has no place if `site` (C) names none for it."""
    asked = Asked(sites, households, balls_of(sites), site.astype(np.int64))
    told = true_reasons(asked, np.ones(len(households.together), dtype=np.bool_), threads)
    return Told(np.where(site < 0, told.reason, NO_REASON), told.coverable)


def true_reasons(asked: Asked, about: Bools, threads: int) -> Told:
    """Return why each child of the households asked `about` (H) would have no place, and whether it is coverable."""
    households = asked.households
    passed = np.zeros(len(households.months), dtype=np.int8)
    covered = np.zeros(len(households.months), dtype=np.bool_)
    empty = everything(asked.sites)
    in_parts(lambda since, until: _look(asked, empty, about, since, until, passed, covered), len(about), threads)
    together = np.repeat(households.together, np.diff(households.first))
    spots = np.where(together & ~covered, SIBLINGS, FULL)
    return Told(np.where(passed < ALL_FILTERS, passed, spots).astype(np.int8), covered)


def takers(asked: Asked, left: Left, full: Bools, threads: int) -> Numbers:
    """Return per child told `full` the first site that would take it, or its household, as things stand; else -1."""
    found = np.full(len(full), -1, dtype=np.int64)
    some, empty = _some_left(asked.sites, left), everything(asked.sites)
    in_parts(
        lambda since, until: _find_takers(asked, left, empty, some, full, since, until, found),
        len(asked.households.together),
        threads,
    )
    return found


def _some_left(sites: Sites, left: Left) -> Bools:
    """Which sites have a spot left in some session, in a room and in all; a caregiver, who serves nobody."""
    in_rooms = np.zeros(len(sites.in_home), dtype=np.bool_)
    owner = np.repeat(np.arange(len(sites.in_home)), np.diff(sites.room_first))
    in_rooms[owner[(left.rooms > 0).any(axis=1)]] = True
    some: Bools = np.where(sites.in_home, ~left.serving, in_rooms & (left.sites > 0).any(axis=1))
    return some


@numba.njit(cache=True, nogil=True)
def _look(asked: Asked, empty: Left, about: Bools, begin: int, end: int, passed: Codes, covered: Bools) -> None:
    """Look at sites for each household asked about until nothing more can be learned."""
    touched = np.ones(4, np.uint8)
    for h in range(begin, end):
        if not about[h]:
            continue
        family = _family(asked.households, h)
        children = slice(family.first, family.first + family.size)
        for j in asked.site[children]:
            if 0 <= j < len(asked.sites.in_home):
                _learn(asked, family, j, empty, touched, passed, covered)
        for b in range(len(asked.balls.size)):
            if covered[children].all():
                break
            if _may_reach(asked, family, b):
                for j in asked.balls.site[asked.balls.first[b] : asked.balls.first[b + 1]]:
                    _learn(asked, family, j, empty, touched, passed, covered)


@numba.njit(cache=True, nogil=True)
def _learn(asked: Asked, family: _Family, j: int, empty: Left, touched: Bits, passed: Codes, covered: Bools) -> None:
    """Ask one empty site how far each child of a household comes, and whether it takes it, or all who stay together."""
    fits = _fits(asked, family, j, touched, passed)
    for k in range(family.size):
        who = _who(asked.households, family, k)
        if not covered[family.first + k] and fits & who == who:
            covered[family.first + k] = _takes(asked, family, who, j, touched, empty)


@numba.njit(cache=True, nogil=True)
def _find_takers(
    asked: Asked, left: Left, empty: Left, some: Bools, full: Bools, begin: int, end: int, found: Numbers
) -> None:
    """Write per child told `full` the first site that would take it, among all with anything left."""
    touched, passed = np.ones(4, np.uint8), np.zeros(len(full), np.int8)
    for h in range(begin, end):
        family = _family(asked.households, h)
        if not full[family.first : family.first + family.size].any():
            continue
        for b in range(len(asked.balls.size)):
            if _may_reach(asked, family, b):
                for j in asked.balls.site[asked.balls.first[b] : asked.balls.first[b + 1]]:
                    if some[j]:
                        _offer(asked, family, j, left, touched, passed, full, found)
        for k in range(family.size):
            j = _serves_the_others(asked, family, k)
            if j >= 0 and full[family.first + k] and _fits(asked, family, j, touched, passed) >> k & 1:
                _note(found, family.first + k, j, _takes(asked, family, (1 << family.size) - 1, j, touched, empty))


@numba.njit(cache=True, nogil=True)
def _offer(
    asked: Asked, family: _Family, j: int, left: Left, touched: Bits, passed: Codes, full: Bools, found: Numbers
) -> None:
    """Ask one site, as things stand, whether it takes the children told `full`, or all who stay together."""
    fits = _fits(asked, family, j, touched, passed)
    for k in range(family.size):
        who = _who(asked.households, family, k)
        if full[family.first + k] and fits & who == who:
            _note(found, family.first + k, j, _takes(asked, family, who, j, touched, left))


@numba.njit(cache=True, nogil=True)
def _note(found: Numbers, child: int, j: int, takes: bool) -> None:
    """Keep the first of the sites that take a child."""
    if takes and (found[child] < 0 or j < found[child]):
        found[child] = j


@numba.njit(cache=True, nogil=True)
def _family(households: Households, h: int) -> _Family:
    first = households.first[h]
    commute = kilometers(households.home[h], households.work[h])
    longest = commute + (households.most_detour[h] + TOLERANCE) / MINUTES_PER_KILOMETER
    return _Family(h, first, households.first[h + 1] - first, commute, longest)


@numba.njit(cache=True, nogil=True)
def _may_reach(asked: Asked, family: _Family, b: int) -> bool:
    home, work = asked.households.home[family.h], asked.households.work[family.h]
    return may_reach(asked.balls, b, home, work, family.longest)


@numba.njit(cache=True, nogil=True)
def _who(households: Households, family: _Family, k: int) -> int:
    """Who must be taken for child k to have a place, as bits: the child alone, or all who stay together."""
    return (1 << family.size) - 1 if households.together[family.h] else 1 << k


@numba.njit(cache=True, nogil=True)
def _serves_the_others(asked: Asked, family: _Family, k: int) -> int:
    """Return the caregiver where the plan has every child of a household that may go apart but child k; else -1."""
    if family.size == 1 or asked.households.together[family.h]:
        return -1
    j = asked.site[family.first + (1 if k == 0 else 0)]
    for other in range(family.size):
        if other != k and asked.site[family.first + other] != j:
            return -1
    return j if 0 <= j < len(asked.sites.in_home) and asked.sites.in_home[j] else -1


@numba.njit(cache=True, nogil=True)
def _fits(asked: Asked, family: _Family, j: int, touched: Bits, passed: Codes) -> int:
    """Which children of a household a site fits, as bits; notes the sessions each touches and how far each has come."""
    sites, households = asked.sites, asked.households
    from_home = kilometers(households.home[family.h], sites.place[j])
    if sites.in_home[j]:
        near, way = from_home <= sites.radius_km[j] + TOLERANCE, family.commute
    else:
        way = kilometers(sites.place[j], households.work[family.h])
        near = from_home + way <= family.longest
    if not near:
        return 0
    fits = 0
    for k in range(family.size):
        child = family.first + k
        since = households.since[child] - way * MINUTES_PER_KILOMETER
        until = households.until[child] + way * MINUTES_PER_KILOMETER
        filters = _filters_passed(sites, households, child, j, since, until)
        passed[child] = max(passed[child], filters)
        fits |= (filters == ALL_FILTERS) << k
        if sites.room_spots.shape[1] > 1:
            touched[k] = _sessions(since, until)
    return fits


@numba.njit(cache=True, nogil=True)
def _filters_passed(sites: Sites, households: Households, child: int, j: int, since: float, until: float) -> int:
    """How many filters a child passes at a site that is near, one after the other: 4 when the site fits it."""
    if not _open(sites.opens[j], sites.closes[j], since, until):
        return 1
    held = sites.in_home[j]
    for room in range(sites.room_first[j], sites.room_first[j + 1]):
        held |= sites.room_from[room] <= households.months[child] < sites.room_until[room]
    if not held:
        return 2
    return 4 if sites.takes[j] & households.needs[child] == households.needs[child] else 3


@numba.njit(cache=True, nogil=True)
def _open(opens: int, closes: int, since: float, until: float) -> bool:
    """Say whether one opening holds the span, moved by no day or by one day either way; equal hours are always open."""
    if opens == closes:
        return True
    first, last = opens - TOLERANCE, (closes if closes > opens else closes + DAY) + TOLERANCE
    inside = False
    for moved in (-DAY, 0, DAY):
        inside |= since + moved >= first and until + moved <= last
    return inside


@numba.njit(cache=True, nogil=True)
def _sessions(since: float, until: float) -> int:
    """The sessions that a span touches, as bits, whichever day it is."""
    bits = 0
    for session in range(len(_BEGINS)):
        for day in range(-2, 4):
            shared = min(until, _ENDS[session] + day * DAY) - max(since, _BEGINS[session] + day * DAY)
            if shared > TOLERANCE:
                bits |= 1 << session
    return bits


@numba.njit(cache=True, nogil=True)
def _takes(asked: Asked, family: _Family, who: int, j: int, touched: Bits, left: Left) -> bool:
    """Say whether a site that fits takes some children of a household (`who`, as bits) beside those who are there."""
    sites, months = asked.sites, asked.households.months
    if sites.in_home[j]:
        count = infants = 0
        for k in range(family.size):
            if who >> k & 1:
                count += 1
                infants += months[family.first + k] < INFANT_MONTHS
        free = not left.serving[j] and count <= sites.spots[j, 0]
        return free and (count in (1, family.size)) and infants <= INFANTS_PER_CAREGIVER
    for t in range(left.sites.shape[1]):
        wanted = 0
        for k in range(family.size):
            wanted += (who >> k & 1) & (touched[k] >> t & 1)
        if wanted > 0 and wanted > left.sites[j, t]:
            return False
    return _rooms_take(asked, family, who, j, touched, left)


@numba.njit(cache=True, nogil=True)
def _rooms_take(asked: Asked, family: _Family, who: int, j: int, touched: Bits, left: Left) -> bool:
    """Give each child, in file order, the narrowest room of its age that has a spot; nobody may be left over."""
    sites, months = asked.sites, asked.households.months
    taken = np.full(4, -1, np.int64)
    for k in range(family.size):
        if not who >> k & 1:
            continue
        for room in range(sites.room_first[j], sites.room_first[j + 1]):
            held = sites.room_from[room] <= months[family.first + k] < sites.room_until[room]
            if held and _spot(room, k, taken, touched, left):
                taken[k] = room
                break
        if taken[k] < 0:
            return False
    return True


@numba.njit(cache=True, nogil=True)
def _spot(room: int, k: int, taken: Numbers, touched: Bits, left: Left) -> bool:
    """Say whether a room has a spot for child k in each of its sessions beside the siblings before it."""
    for t in range(left.rooms.shape[1]):
        if touched[k] >> t & 1:
            used = 0
            for other in range(k):
                used += taken[other] == room and (touched[other] >> t & 1) == 1
            if used >= left.rooms[room, t]:
                return False
    return True
