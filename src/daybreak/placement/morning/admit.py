"""Which spot is a family promised the moment it asks? The one that costs least, its price counted in, in microseconds.

A price says what a spot is worth to whoever else may still ask, so the last infant spot is not given to a family with
five other choices. Without prices this is nearest first.

1. Look only at sites with a spot for somebody of the household, before any distance is computed.
2. Keep those that pass distance, hours and needs, as in candidates.py.
3. Whole: the site that takes all children for the least minutes and prices together. Equal cost falls to the first in
   order of site_id, and equal rooms to the narrowest.
4. Where children may go apart: each in file order to its own least, when no site takes all or when apart is worth more.
5. Count the spots taken; or, if asked to refuse and the cost is above the worth, leave the household to wait.
"""

from typing import Any, NamedTuple

import numba
import numpy as np

from daybreak.placement.morning.arrays import Bits, Bools, Floats, Ints, Numbers
from daybreak.placement.morning.candidates import (
    FAR_KM,
    Grid,
    apart_km,
    is_within,
    kilometers_of,
    runs_in_box,
    sessions_touched,
)
from daybreak.placement.morning.desk import Decision, Desk, Ledger, Masks, Requests, count_in
from daybreak.placement.morning.prices import Prices
from daybreak.placement.morning.sharing import SHARED, give_rooms, own_rooms
from daybreak.placement.ranking import APART_MINUTES
from daybreak.placement.rooms import INFANT_MONTHS, INFANTS_PER_CAREGIVER
from daybreak.placement.sessions import TOLERANCE
from daybreak.placement.travel import MINUTES_PER_KILOMETER

MARGIN = 40.0
"""Minutes per child by which the cost must exceed the worth before a household is refused.

Worth comes in few sizes: where many are left over, a price is the worth of the last who gets a spot, give or take some
minutes that must not decide."""

ANY_PRICE = 1e7

Decided = tuple[Numbers, float, float, bool]
Found = tuple[Numbers, Floats, Numbers, Bits]


class Answers(NamedTuple):
    """Decisions on a line of n households, as columns: `taken` is (n, 4, 3), the rest (n,)."""

    taken: Numbers
    minutes: Floats
    price: Floats
    refused: Bools

    def of(self, at: int, size: int) -> Decision:
        """The decision on one of them, a household of `size` children."""
        return Decision(self.taken[at, :size], float(self.minutes[at]), float(self.price[at]), bool(self.refused[at]))


def admit(desk: Desk, ledger: Ledger, requests: Requests, at: int, prices: Prices, *, refuse: bool = False) -> Decision:
    """Answer one request and count what it takes into the ledger.

    `refuse` leaves a household to the waiting line when its best choice costs MARGIN more than it is worth. Only for
    prices fresh from the morning itself: prices forecast too high would turn away half a town.
    """
    columns = tuple(desk), tuple(ledger), tuple(requests)
    return Decision(*_admit(*columns, at, prices.room, prices.site, refuse))


def admit_line(
    desk: Desk,
    ledger: Ledger,
    requests: Requests,
    line: Numbers,
    prices: Prices,
    *,
    refuse: bool = False,
) -> Answers:
    """Answer many requests, one after the other in the order given, as `admit` would."""
    columns = tuple(desk), tuple(ledger), tuple(requests)
    return Answers(*_admit_line(*columns, line, prices.room, prices.site, refuse))


@numba.njit(cache=True, nogil=True)
def _admit(
    desk_columns: tuple[Any, ...],
    ledger_columns: tuple[Any, ...],
    request_columns: tuple[Any, ...],
    h: int,
    room_price: Floats,
    site_price: Floats,
    refuse: bool,
) -> Decided:
    """One answer. Tuples come without their names, whose reading would cost more than the answer."""
    desk, ledger, requests = Desk(*desk_columns), Ledger(*ledger_columns), Requests(*request_columns)
    return _decide(desk, ledger, requests, h, room_price, site_price, refuse)


@numba.njit(cache=True, nogil=True)
def _admit_line(
    desk_columns: tuple[Any, ...],
    ledger_columns: tuple[Any, ...],
    request_columns: tuple[Any, ...],
    line: Numbers,
    room_price: Floats,
    site_price: Floats,
    refuse: bool,
) -> tuple[Numbers, Floats, Floats, Bools]:
    """One answer after the other."""
    desk, ledger, requests = Desk(*desk_columns), Ledger(*ledger_columns), Requests(*request_columns)
    taken = np.full((len(line), 4, 3), -1, np.int64)
    minutes, price, refused = np.zeros(len(line)), np.zeros(len(line)), np.zeros(len(line), np.bool_)
    for one in range(len(line)):
        given, minutes[one], price[one], refused[one] = _decide(
            desk, ledger, requests, line[one], room_price, site_price, refuse
        )
        taken[one, : len(given)] = given
    return taken, minutes, price, refused


@numba.njit(cache=True, nogil=True)
def _decide(
    desk: Desk, ledger: Ledger, requests: Requests, h: int, room_price: Floats, site_price: Floats, refuse: bool
) -> Decided:
    """Choose for one household and count what it takes; the fields of a Decision."""
    size, together = requests.shape[h, 0], requests.shape[h, 1]
    most = requests.numbers[h, 7] + MARGIN if refuse else ANY_PRICE
    found = _look(desk, ledger, requests, h)
    whole = np.full((size, 3), -1, np.int64)
    minutes, price = _least(desk, ledger, requests, h, room_price, site_price, found, (1 << size) - 1, whole)
    refused = size * most < minutes + price < np.inf
    if refused:
        whole[:] = -1
    gain = size * most - minutes - price if whole[0, 0] >= 0 else -1.0
    if size > 1 and not together:
        apart, lone_minutes, lone_price, lone_gain, lone_refused = _one_by_one(
            desk, ledger, requests, h, room_price, site_price, found, most
        )
        if lone_gain > gain + TOLERANCE:
            return apart, lone_minutes, lone_price, lone_refused
        count_in(desk, ledger, apart, -1)
    count_in(desk, ledger, whole, 1)
    if whole[0, 0] < 0:
        return whole, 0.0, 0.0, refused
    return whole, minutes, price, False


@numba.njit(cache=True, nogil=True)
def _one_by_one(
    desk: Desk,
    ledger: Ledger,
    requests: Requests,
    h: int,
    room_price: Floats,
    site_price: Floats,
    found: Found,
    most: float,
) -> tuple[Numbers, float, float, float, bool]:
    """Count in each child at its own least; what is taken, its minutes, price and gain, and whether one was refused."""
    size = requests.shape[h, 0]
    apart, one = np.full((size, 3), -1, np.int64), np.full((size, 3), -1, np.int64)
    minutes, price, gain, refused = 0.0, 0.0, 0.0, False
    for k in range(size):
        way, paid = _least(desk, ledger, requests, h, room_price, site_price, found, 1 << k, one)
        if one[k, 0] >= 0 and way + APART_MINUTES + paid > most:
            refused = True
        elif one[k, 0] >= 0:
            count_in(desk, ledger, one, 1)
            apart[k] = one[k]
            minutes, price, gain = minutes + way + APART_MINUTES, price + paid, gain + most - way - APART_MINUTES - paid
        one[k] = -1
    return apart, minutes, price, gain, refused


@numba.njit(cache=True, nogil=True)
def _look(desk: Desk, ledger: Ledger, requests: Requests, h: int) -> Found:
    """Sites with a spot that fit at least one child alone: positions, minutes, who fits as bits, sessions touched."""
    home, work = requests.numbers[h, :3], requests.numbers[h, 3:6]
    most, size, together = requests.numbers[h, 6] + TOLERANCE, requests.shape[h, 0], requests.shape[h, 1]
    classes, everyone = requests.classes[h], (1 << size) - 1
    needs = requests.children[h, :, 1]
    wanted, needed, many = np.uint64(0), 3, desk.room_spots.shape[1] > 1
    for k in range(size):
        wanted |= classes[k]
        needed &= needs[k]
    place, site, is_open = desk.place, desk.site, ledger.open
    commute = apart_km(home, work)
    commute_minutes = commute * MINUTES_PER_KILOMETER
    spans = np.empty((max(len(desk.rows), len(desk.home_rows)), 2), np.int64)
    n, room = 0, 64
    at_of, minutes, who = np.empty(room, np.int64), np.empty(room, np.float64), np.empty(room, np.int64)
    touched = np.ones((room if many else 1, 4), np.uint8)
    for group in range(2):
        if group == 0:
            grid = Grid(desk.bottoms[0], desk.bottoms[2], desk.rows, desk.east)
            middle = home + work
            middle = middle / max(1e-12, np.sqrt((middle * middle).sum()))
            reach = (commute + most / MINUTES_PER_KILOMETER) / 2 if commute < FAR_KM else 2 * FAR_KM
        else:
            grid = Grid(desk.bottoms[1], desk.bottoms[2], desk.home_rows, desk.east)
            middle, reach = home, desk.bottoms[3] + TOLERANCE
        if grid.first[0] == grid.first[-1]:
            continue
        for run in range(runs_in_box(grid, middle, reach, spans)):
            for at in range(spans[run, 0], spans[run, 1]):
                if is_open[at] & wanted == 0 or site[at, 1] & needed != needed:
                    continue
                spent = _kilometers_to(place, at, home)
                if group == 0:
                    way = _kilometers_to(place, at, work) * MINUTES_PER_KILOMETER
                    spent = spent * MINUTES_PER_KILOMETER + way - commute_minutes
                    if spent > most:
                        continue
                else:
                    if spent > place[at, 5]:
                        continue
                    way, spent = commute_minutes, spent * MINUTES_PER_KILOMETER
                bits = _who_fits(
                    requests.children[h], classes, size, place[at, 3], place[at, 4], site[at, 1], is_open[at], way
                )
                if bits == 0 or (together and bits != everyone):
                    continue
                if n == room:
                    at_of, minutes, who = np.append(at_of, at_of), np.append(minutes, minutes), np.append(who, who)
                    if many:
                        touched = np.concatenate((touched, touched))
                    room *= 2
                at_of[n], minutes[n], who[n] = at, max(spent, 0.0), bits
                for k in range(size if many else 0):
                    touched[n, k] = sessions_touched(requests.children[h, k, 2] - way, requests.children[h, k, 3] + way)
                n += 1
    return at_of[:n], minutes[:n], who[:n], touched


@numba.njit(cache=True, nogil=True, inline="always")
def _kilometers_to(place: Floats, at: int, point: Floats) -> float:
    """Kilometers from the site at a position to a point."""
    x, y, z = place[at, 0] - point[0], place[at, 1] - point[1], place[at, 2] - point[2]
    return kilometers_of(0.25 * (x * x + y * y + z * z))


@numba.njit(cache=True, nogil=True)
def _who_fits(
    children: Ints,
    classes: Masks,
    size: int,
    opens: float,
    closes: float,
    takes: int,
    is_open: np.uint64,
    way: float,
) -> int:
    """The children whom a site in reach fits, as bits: hours, needs, and a room for the age with a spot in it."""
    bits = 0
    for k in range(size):
        ok = children[k, 1] & takes == children[k, 1] and is_open & classes[k] != 0
        if ok and is_within(opens, closes, children[k, 2] - way, children[k, 3] + way):
            bits |= 1 << k
    return bits


@numba.njit(cache=True, nogil=True)
def _least(
    desk: Desk,
    ledger: Ledger,
    requests: Requests,
    h: int,
    room_price: Floats,
    site_price: Floats,
    found: Found,
    wanted: int,
    taken: Numbers,
) -> tuple[float, float]:
    """Find the site that costs least for the children wanted; write what they take; return its minutes and price."""
    at_of, minutes, who, touched = found
    site, size, children = desk.site, requests.shape[h, 0], requests.children[h]
    heads, infants = 0, 0
    for k in range(size):
        if wanted >> k & 1:
            heads += 1
            infants += children[k, 0] < INFANT_MONTHS
    costs, least = np.full(len(at_of), np.inf), np.inf
    room_table, room_spots, site_spots = desk.rooms, desk.room_spots, desk.site_spots
    room_taken, site_taken = ledger.room_taken, ledger.site_taken
    rooms, work = np.empty(4, np.int64), (np.empty(4, np.int64), np.empty(4, np.int64), np.empty(5, np.float64))
    for one in range(len(at_of)):
        if who[one] & wanted != wanted:
            continue
        at = at_of[one]
        j = site[at, 0]
        if at >= desk.caregivers:
            # A caregiver whom one sibling has taken is not open to the next.
            if heads <= site_spots[j, 0] and infants <= INFANTS_PER_CAREGIVER and site_taken[j, 0] == 0:
                costs[one] = minutes[one] + site_price[j, 0]
        else:
            way = heads * minutes[one]
            if way > least + TOLERANCE:
                continue
            paid = SHARED
            if len(touched) == 1:
                paid = own_rooms(
                    room_table, room_spots, room_taken, room_price, children, wanted, site[at, 2], site[at, 3], rooms
                )
                if heads + site_taken[j, 0] > site_spots[j, 0]:
                    continue
            if paid == SHARED:
                bits = touched[one if len(touched) > 1 else 0]
                most = least + TOLERANCE - way
                paid = give_rooms(desk, ledger, room_price, site_price, children, wanted, at, bits, most, rooms, work)
            else:
                paid += heads * site_price[j, 0]
            costs[one] = way + paid
        least = min(least, costs[one])
    if least == np.inf:
        return np.inf, 0.0
    chosen = -1
    for one in range(len(at_of)):
        if costs[one] <= least + TOLERANCE and (chosen < 0 or site[at_of[one], 0] < site[at_of[chosen], 0]):
            chosen = one
    at = at_of[chosen]
    bits = touched[chosen if len(touched) > 1 else 0]
    if at >= desk.caregivers:
        way = minutes[chosen]
        rooms[:] = -1
    else:
        way = heads * minutes[chosen]
        give_rooms(desk, ledger, room_price, site_price, children, wanted, at, bits, np.inf, rooms, work)
    for k in range(size):
        if wanted >> k & 1:
            taken[k, 0], taken[k, 1], taken[k, 2] = site[at, 0], rooms[k], bits[k]
    return way, costs[chosen] - way
