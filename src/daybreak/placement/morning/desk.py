"""What does an instant answer look at, and what does it change? Sites and requests laid out for one request at a time.

A desk is never changed. A ledger is the running count of what is taken: only `admit` and `release` change it.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Floats, Households, Ints, Numbers, Offsets, Sites
from daybreak.placement.morning.candidates import rows_of

Masks = npt.NDArray[np.uint64]

_PLACE = ("x", "y", "z", "opens", "closes", "radius_km")

LAST_BIT = 63
"""Age classes beyond this share one bit: a site is then looked at in vain now and then, and never missed."""


class Desk(NamedTuple):
    """Sites laid out for one request at a time: those of families' ways by rows of latitude, then caregivers by theirs.

    By position: `place` is unit vector, opening and closing in minutes and a caregiver's radius; `site` is the number
    of the site, the needs it takes, and its first room and the one after its last. `rooms` is from and until in months,
    `holds` the age classes of each room as bits. Caregivers begin at position `caregivers`.
    """

    place: Floats
    site: Ints
    east: Floats
    rows: Offsets
    home_rows: Offsets
    bottoms: Floats
    caregivers: int
    rooms: Ints
    holds: Masks
    room_spots: Ints
    site_spots: Ints
    position: Ints
    limits: Ints


class Ledger(NamedTuple):
    """What is taken: children per room (R, T) and site (S, T), and 1 for the household of a caregiver.

    `open` says by position which age classes a site still has a spot for, as bits.
    """

    room_taken: Ints
    site_taken: Ints
    open: Masks

    def copy(self) -> "Ledger":
        """The same, to be changed apart."""
        return Ledger(self.room_taken.copy(), self.site_taken.copy(), self.open.copy())


class Requests(NamedTuple):
    """Requests (n) as `admit` reads them.

    `numbers` is home and work as unit vectors, most detour and worth; `children` is months, needs, since and until of
    up to four; `classes` the age class of each as a bit; `shape` how many children, and whether they stay together.
    """

    numbers: Floats
    children: Ints
    classes: Masks
    shape: Ints


class Decision(NamedTuple):
    """What one household was given: per child the site and the room (-1 for none) and the sessions taken, as bits.

    `minutes` are taken from the value, `price` was asked for the spots. `refused` says that there was a place, but at a
    price above what placing the household is worth.
    """

    taken: Numbers
    minutes: float
    price: float
    refused: bool

    @property
    def placed(self) -> int:
        """How many children have a place."""
        return int((self.taken[:, 0] >= 0).sum())


def desk_of(sites: Sites) -> Desk:
    """Lay out the sites of a morning; the rooms of a site stay from the narrowest to the widest."""
    groups = [rows_of(sites, np.flatnonzero(~sites.in_home)), rows_of(sites, np.flatnonzero(sites.in_home))]
    order = np.concatenate([group.site for group in groups])
    columns = [np.concatenate([getattr(group, name) for group in groups]) for name in _PLACE]
    limits = np.unique(np.concatenate([sites.room_from, sites.room_until]))
    position = np.empty(sites.count, np.int32)
    position[order] = np.arange(sites.count)
    caregivers = len(groups[0].site)
    ages = _bits(np.arange(len(limits) + 1))
    first, last = (np.searchsorted(limits, ends, side="right") for ends in (sites.room_from, sites.room_until - 1))
    holds = [np.bitwise_or.reduce(ages[a : b + 1]) for a, b in zip(first, last, strict=True)]
    return Desk(
        place=np.ascontiguousarray(np.stack(columns, axis=1)),
        site=np.stack(
            [order, sites.takes[order], sites.room_first[:-1][order], sites.room_first[1:][order]], axis=1
        ).astype(np.int32),
        east=np.concatenate([group.east for group in groups]),
        rows=groups[0].first,
        home_rows=groups[1].first + caregivers,
        bottoms=np.array([groups[0].bottom, groups[1].bottom, groups[0].height, sites.radius_km.max(initial=0.0)]),
        caregivers=caregivers,
        rooms=np.ascontiguousarray(np.stack([sites.room_from, sites.room_until], axis=1)),
        holds=np.array(holds, dtype=np.uint64),
        room_spots=sites.room_spots,
        site_spots=sites.spots,
        position=position,
        limits=limits.astype(np.int32),
    )


def _bits(classes: npt.NDArray[np.intp]) -> Masks:
    return np.left_shift(np.uint64(1), np.minimum(classes, LAST_BIT).astype(np.uint64))


def nothing_taken(desk: Desk) -> Ledger:
    """Open the ledger of a morning on which nobody has asked yet."""
    return ledger_of(desk, np.zeros_like(desk.room_spots), np.zeros_like(desk.site_spots))


def ledger_of(desk: Desk, room_taken: Ints, site_taken: Ints) -> Ledger:
    """Open a ledger with spots taken already, as counted elsewhere; at a caregiver the household served counts 1."""
    ledger = Ledger(room_taken.copy(), site_taken.copy(), np.zeros(len(desk.site), np.uint64))
    for at in range(len(desk.site)):
        reopen(desk, ledger, at)
    return ledger


def requests_of(desk: Desk, households: Households) -> Requests:
    """Write requests as `admit` reads them; the order is that of the households."""
    size = np.diff(households.first)
    owner, child = np.repeat(np.arange(households.count), size), np.arange(households.children)
    at = child - households.first[owner]
    children = np.zeros((households.count, 4, 4), np.int32)
    children[owner, at] = np.stack([households.months, households.needs, households.since, households.until], axis=1)
    classes = np.zeros((households.count, 4), np.uint64)
    classes[owner, at] = _bits(np.searchsorted(desk.limits, households.months, side="right"))
    rest = np.stack([households.most_detour, households.worth], axis=1)
    return Requests(
        numbers=np.ascontiguousarray(np.concatenate([households.home, households.work, rest], axis=1)),
        children=children,
        classes=classes,
        shape=np.stack([size, households.together], axis=1).astype(np.int32),
    )


def release(desk: Desk, ledger: Ledger, decision: Decision, child: int | None = None) -> Decision:
    """Give back the spots of a household, or of one of its children; return what it keeps.

    A caregiver is free again when no child of the household is left with her. Raises ValueError when the ledger has no
    such spots, and then changes nothing.
    """
    left = decision.taken.copy()
    left[slice(None) if child is None else child] = -1
    given = decision.taken.copy()
    given[left[:, 0] >= 0] = -1
    given[np.isin(given[:, 0], left[:, 0]) & (given[:, 1] < 0)] = -1
    if not _has(desk, ledger, given):
        raise ValueError("these spots are not taken")
    count_in(desk, ledger, given, -1)
    return decision._replace(taken=left)


@numba.njit(cache=True, nogil=True)
def _has(desk: Desk, ledger: Ledger, taken: Numbers) -> bool:
    """Say whether a ledger has counted all of these spots."""
    for k in range(len(taken)):
        j, room, bits = taken[k, 0], taken[k, 1], taken[k, 2]
        if j < 0:
            continue
        for t in range(desk.site_spots.shape[1]):
            at_site, in_room = 0, 0
            for other in range(len(taken)):
                if taken[other, 0] == j and taken[other, 2] >> t & 1:
                    at_site += 1
                    in_room += taken[other, 1] == room
            if room < 0:
                if ledger.site_taken[j, 0] < 1:
                    return False
            elif bits >> t & 1 and (ledger.site_taken[j, t] < at_site or ledger.room_taken[room, t] < in_room):
                return False
    return True


@numba.njit(cache=True, nogil=True)
def reopen(desk: Desk, ledger: Ledger, at: int) -> None:
    """Write which age classes a site has a spot for."""
    j, first, last = desk.site[at, 0], desk.site[at, 2], desk.site[at, 3]
    open_now = np.uint64(0)
    if at >= desk.caregivers:
        if ledger.site_taken[j, 0] == 0 and desk.site_spots[j, 0] > 0:
            open_now = ~np.uint64(0)
    else:
        room_spots, room_taken, holds = desk.room_spots, ledger.room_taken, desk.holds
        sessions = room_spots.shape[1]
        for t in range(sessions):
            if ledger.site_taken[j, t] < desk.site_spots[j, t]:
                for room in range(first, last):
                    if room_taken[room, t] < room_spots[room, t]:
                        open_now |= holds[room]
    ledger.open[at] = open_now


@numba.njit(cache=True, nogil=True)
def count_in(desk: Desk, ledger: Ledger, taken: Numbers, sign: int) -> None:
    """Count children into (1) or out of (-1) the rooms and sites in `taken`; a caregiver counts the household, once."""
    room_taken, site_taken = ledger.room_taken, ledger.site_taken
    for k in range(len(taken)):
        j, room, bits = taken[k, 0], taken[k, 1], taken[k, 2]
        if j < 0:
            continue
        at = desk.position[j]
        if at >= desk.caregivers:
            site_taken[j, 0] = 1 if sign > 0 else 0
        else:
            for t in range(desk.room_spots.shape[1]):
                if bits >> t & 1:
                    room_taken[room, t] += sign
                    site_taken[j, t] += sign
        reopen(desk, ledger, at)
