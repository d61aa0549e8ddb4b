"""Which rooms of a site do siblings take together, for the least price?

Mostly each child's own cheapest room has a spot for it, and nothing needs to be tried. Where two children want the same
last spot, every way of sharing the rooms is: at most four children make few ways.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Bits, Floats, Ints, Numbers
from daybreak.placement.morning.desk import Desk, Ledger
from daybreak.placement.sessions import TOLERANCE

SHARED = -1.0
"""Not a price: some spot is wanted twice."""


@numba.njit(cache=True, nogil=True)
def own_rooms(
    limits: Ints,
    spots: Ints,
    taken: Ints,
    price: Floats,
    children: Ints,
    wanted: int,
    first: int,
    last: int,
    cheapest: Numbers,
) -> float:
    """Return the price of rooms when each child takes its own cheapest, or SHARED when that needs a spot twice.

    For mornings whose sessions are not counted apart; inf when a child finds no room at all.
    """
    total = 0.0
    for k in range(len(children)):
        if not wanted >> k & 1:
            continue
        least = np.inf
        for room in range(first, last):
            is_free = limits[room, 0] <= children[k, 0] < limits[room, 1] and taken[room, 0] < spots[room, 0]
            if is_free and price[room, 0] < least - TOLERANCE:
                least, cheapest[k] = price[room, 0], room
        if least == np.inf:
            return np.inf
        heads = 1
        for sibling in range(k):
            heads += (wanted >> sibling & 1) and cheapest[sibling] == cheapest[k]
        if taken[cheapest[k], 0] + heads > spots[cheapest[k], 0]:
            return SHARED
        total += least
    return total


@numba.njit(cache=True, nogil=True)
def give_rooms(
    desk: Desk,
    ledger: Ledger,
    room_price: Floats,
    site_price: Floats,
    children: Ints,
    wanted: int,
    at: int,
    touched: Bits,
    most: float,
    rooms: Numbers,
    work: tuple[Numbers, Numbers, Floats],
) -> float:
    """Write the rooms in which a site takes the children wanted for the least price, and return it; inf above `most`.

    Every way of sharing the rooms is tried, each child from the narrowest: at most four children make few ways.
    """
    j, first, last = desk.site[at, 0], desk.site[at, 2], desk.site[at, 3]
    (who, now, paid), count = work, 0
    for k in range(len(children)):
        if wanted >> k & 1:
            who[count] = k
            count += 1
    paid[0] = 0.0
    for t in range(desk.site_spots.shape[1]):
        heads = 0
        for i in range(count):
            heads += touched[who[i]] >> t & 1
        if heads and ledger.site_taken[j, t] + heads > desk.site_spots[j, t]:
            return np.inf
        paid[0] += heads * site_price[j, t]
    best, i = np.inf, 0
    now[0] = first - 1
    while i >= 0:
        now[i] += 1
        if now[i] == last:
            i -= 1
            continue
        paid[i + 1] = paid[i] + _spot_price(desk, ledger, room_price, children, who, now, i, touched)
        if paid[i + 1] > most or paid[i + 1] >= best - TOLERANCE:
            continue
        if i + 1 < count:
            i += 1
            now[i] = first - 1
            continue
        best = paid[count]
        for one in range(count):
            rooms[who[one]] = now[one]
    return best


@numba.njit(cache=True, nogil=True)
def _spot_price(
    desk: Desk, ledger: Ledger, room_price: Floats, children: Ints, who: Numbers, now: Numbers, i: int, touched: Bits
) -> float:
    """What a child pays for a room beside the siblings who chose before it; inf when it does not hold the child."""
    room, months, bits = now[i], children[who[i], 0], touched[who[i]]
    if months < desk.rooms[room, 0] or months >= desk.rooms[room, 1]:
        return np.inf
    paid = 0.0
    for t in range(desk.room_spots.shape[1]):
        if bits >> t & 1:
            used = ledger.room_taken[room, t]
            for other in range(i):
                used += now[other] == room and touched[who[other]] >> t & 1
            if used >= desk.room_spots[room, t]:
                return np.inf
            paid += room_price[room, t]
    return paid
