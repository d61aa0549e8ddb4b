"""Who is where, and what is taken, while a plan is being made: the one thing here that changes.

Units are those of choices.py. Occupants of a site are a linked list, so that a search finds whom it could move.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Households, Ints, Numbers, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.rooms import find_rooms

LONGEST_JOURNAL = 1 << 16


class Tally(NamedTuple):
    """`edge` (units) is where a unit is, or -1; `room` (C) the room of each child; `head`, `after`, `before` the lists.

    Every move is written to the journal: the unit, the edge it left (-1 when it was put somewhere) and its rooms
    there, so that moves tried in vain are taken back exactly. `written` (1) is how many lines it has.
    """

    room_taken: Ints
    site_taken: Ints
    edge: npt.NDArray[np.int64]
    room: npt.NDArray[np.int64]
    head: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]
    before: npt.NDArray[np.int64]
    journal: npt.NDArray[np.int64]
    written: npt.NDArray[np.int64]

    def copy(self) -> "Tally":
        """The same, to be changed apart."""
        return Tally._make(column.copy() for column in self)


def nobody_placed(sites: Sites, households: Households) -> Tally:
    """Nothing taken, nobody anywhere."""
    units = households.count + households.children
    return Tally(
        room_taken=np.zeros_like(sites.room_spots),
        site_taken=np.zeros_like(sites.spots),
        edge=np.full(units, -1, np.int64),
        room=np.full(households.children, -1, np.int64),
        head=np.full(sites.count, -1, np.int64),
        after=np.full(units, -1, np.int64),
        before=np.full(units, -1, np.int64),
        journal=np.empty((LONGEST_JOURNAL, 6), np.int64),
        written=np.zeros(1, np.int64),
    )


@numba.njit(cache=True, nogil=True)
def fits_now(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, unit: int, e: int, rooms: Numbers
) -> bool:
    """Say whether a unit fits on an edge as things stand, and write the room of each child into `rooms`."""
    count = len(households.together)
    j = edges.site[e]
    if sites.in_home[j]:
        return bool(tally.site_taken[j, 0] == 0)
    h = owner[unit]
    if unit < count:
        wanted = (1 << (households.first[h + 1] - households.first[h])) - 1
    else:
        wanted = 1 << (unit - count - households.first[h])
    touched = edges.touched[e if len(edges.touched) > 1 else 0]
    return find_rooms(sites, households, h, wanted, j, touched, tally.room_taken, tally.site_taken, rooms) > 0


@numba.njit(cache=True, nogil=True)
def count_unit(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, unit: int, e: int, sign: int
) -> None:
    """Count a unit in or out of its rooms and its site; `tally.room` says which rooms."""
    count = len(households.together)
    j = edges.site[e]
    if sites.in_home[j]:
        tally.site_taken[j, 0] += sign
        return
    h = owner[unit]
    first = households.first[h]
    begin, end = (first, households.first[h + 1]) if unit < count else (unit - count, unit - count + 1)
    sessions = sites.spots.shape[1]
    at = e if len(edges.touched) > 1 else 0
    for child in range(begin, end):
        for t in range(sessions):
            if edges.touched[at, child - first] >> t & 1:
                tally.room_taken[tally.room[child], t] += sign
                tally.site_taken[j, t] += sign


@numba.njit(cache=True, nogil=True)
def put(
    sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, unit: int, e: int, rooms: Numbers
) -> None:
    """Place a unit on an edge in the rooms found for it."""
    count = len(households.together)
    h = owner[unit]
    first = households.first[h]
    if not sites.in_home[edges.site[e]]:
        begin, end = (first, households.first[h + 1]) if unit < count else (unit - count, unit - count + 1)
        for child in range(begin, end):
            tally.room[child] = rooms[child - first]
    _write(tally, unit, -1)
    tally.edge[unit] = e
    count_unit(sites, households, edges, tally, owner, unit, e, 1)
    j = edges.site[e]
    tally.after[unit], tally.before[unit] = tally.head[j], -1
    if tally.head[j] >= 0:
        tally.before[tally.head[j]] = unit
    tally.head[j] = unit


@numba.njit(cache=True, nogil=True)
def _write(tally: Tally, unit: int, edge: int) -> int:
    """Add a line to the journal; return its number."""
    line = int(tally.written[0])
    tally.journal[line, 0], tally.journal[line, 1] = unit, edge
    tally.written[0] += 1
    return line


@numba.njit(cache=True, nogil=True)
def take_back(sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, until: int) -> None:
    """Undo every move written since the journal had `until` lines."""
    for line in range(tally.written[0] - 1, until - 1, -1):
        unit, edge = tally.journal[line, 0], tally.journal[line, 1]
        if edge < 0:
            take_out(sites, households, edges, tally, owner, unit)
        else:
            put(sites, households, edges, tally, owner, unit, edge, tally.journal[line, 2:])
    tally.written[0] = until


@numba.njit(cache=True, nogil=True)
def take_out(sites: Sites, households: Households, edges: Edges, tally: Tally, owner: Numbers, unit: int) -> None:
    """Take a unit from where it is."""
    e = tally.edge[unit]
    j = edges.site[e]
    line = _write(tally, unit, e)
    count = len(households.together)
    h = owner[unit]
    first = households.first[h]
    begin, end = (first, households.first[h + 1]) if unit < count else (unit - count, unit - count + 1)
    for child in range(begin, end):
        tally.journal[line, 2 + child - first] = tally.room[child]
    count_unit(sites, households, edges, tally, owner, unit, e, -1)
    tally.edge[unit] = -1
    after, before = tally.after[unit], tally.before[unit]
    if before >= 0:
        tally.after[before] = after
    else:
        tally.head[j] = after
    if after >= 0:
        tally.before[after] = before


def owners(households: Households) -> npt.NDArray[np.int64]:
    """The household of every unit."""
    return np.concatenate(
        [np.arange(households.count), np.repeat(np.arange(households.count), np.diff(households.first))]
    )
