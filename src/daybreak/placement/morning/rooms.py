"""Which room does each child of a household take, given what is taken already? The rule of one family, compiled.

A child looks at the rooms of its age from the narrowest to the widest. Where that leaves a sibling without a room,
every other way of sharing the rooms is tried too: at most four children make few ways.
"""

import numba

from daybreak.placement.morning.arrays import Bits, Households, Ints, Numbers, Sites


@numba.njit(cache=True, nogil=True)
def find_rooms(
    sites: Sites,
    households: Households,
    h: int,
    wanted: int,
    j: int,
    touched: Bits,
    room_taken: Ints,
    site_taken: Ints,
    rooms: Numbers,
) -> int:
    """Find a room for each child whose bit is set in `wanted`, at a site that is no caregiver's.

    Returns 0 when there is none, 1 when the narrowest free rooms did, 2 when others had to be tried. `touched[k]` holds
    the sessions of child k as bits, `room_taken` (R, T) and `site_taken` (S, T) what is taken; rooms[k] is written.
    """
    first = households.first[h]
    size = households.first[h + 1] - first
    for t in range(sites.spots.shape[1]):
        heads = 0
        for k in range(size):
            heads += (wanted >> k & 1) & (touched[k] >> t & 1)
        if site_taken[j, t] + heads > sites.spots[j, t] and heads:
            return 0
    begin, end = sites.room_first[j], sites.room_first[j + 1]
    for k in range(size):
        rooms[k] = -1
    k, answer = 0, 1
    while True:
        while k < size and not wanted >> k & 1:
            k += 1
        if k == size:
            return answer
        room = begin if rooms[k] < 0 else rooms[k] + 1
        rooms[k] = -1
        while room < end and not _has_spot(sites, households.months[first + k], k, room, touched, room_taken, rooms):
            room += 1
        if room < end:
            rooms[k] = room
            k += 1
            continue
        # Nothing left for this child: the sibling before it tries its next room.
        answer = 2
        k -= 1
        while k >= 0 and not wanted >> k & 1:
            k -= 1
        if k < 0:
            return 0


@numba.njit(cache=True, nogil=True, inline="always")
def _has_spot(sites: Sites, months: int, k: int, room: int, touched: Bits, room_taken: Ints, rooms: Numbers) -> bool:
    """Say whether a room holds the age and has a spot beside the siblings who have already chosen it."""
    if months < sites.room_from[room] or months >= sites.room_until[room]:
        return False
    for t in range(sites.room_spots.shape[1]):
        if touched[k] >> t & 1:
            used = room_taken[room, t]
            for other in range(k):
                if rooms[other] == room and touched[other] >> t & 1:
                    used += 1
            if used >= sites.room_spots[room, t]:
                return False
    return True
