"""What is a spot worth this morning? A price for every room, site and caregiver, from which everything else follows.

Prices solve the dual of the placement problem: at the right prices every household, left to itself, wants what it has
in the best plan. They are found by descent on the smoothed dual, in which near-equal choices share a household's demand
(log-sum-exp), with Adam's running means and a temperature that falls; see docs/algorithms/prices.md.

1. Look up, per age class and site, the cheapest room that holds it.
2. Value every choice of every household at these prices; share the demand among the choices near the best.
3. Move prices toward what too many want and away from what nobody wants; cool down; repeat.
"""

from typing import NamedTuple

import numba
import numpy as np

from daybreak.placement.morning.ages import Ages
from daybreak.placement.morning.arrays import Floats, Households, Ints, Singles, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.demand import soft_demand, spread_demand
from daybreak.placement.morning.kinds import Kinds
from daybreak.placement.morning.threads import in_parts


class Prices(NamedTuple):
    """Minutes per spot: `room` (R, T) and `site` (S, T), none negative. A caregiver's is its site's, per household."""

    room: Floats
    site: Floats


def no_prices(sites: Sites) -> Prices:
    """Every spot for nothing."""
    return Prices(np.zeros(sites.room_spots.shape), np.zeros(sites.spots.shape))


@numba.njit(cache=True, nogil=True)
def price_table(sites: Sites, ages: Ages, combos: Ints, room_price: Floats, site_price: Floats) -> tuple[Singles, Ints]:
    """Per kind and site, the price a child pays there and the room it takes (-1 for none): two (K, S) arrays.

    At a caregiver's the price is that of the household, paid once.
    """
    kinds, count = len(ages.months) * len(combos), len(sites.in_home)
    table, cheapest = np.full((kinds, count), np.float32(1e9)), np.full((kinds, count), np.int32(-1))
    months, in_home, room_first = ages.months, sites.in_home, sites.room_first
    room_from, room_until, room_spots = sites.room_from, sites.room_until, sites.room_spots
    sessions = room_spots.shape[1]
    for kind in range(kinds):
        age, bits = months[kind // len(combos)], combos[kind % len(combos)]
        for j in range(count):
            if in_home[j]:
                table[kind, j] = site_price[j, 0]
                continue
            for room in range(room_first[j], room_first[j + 1]):
                if age < room_from[room] or age >= room_until[room]:
                    continue
                price = 0.0
                for t in range(sessions):
                    if bits >> t & 1:
                        price += room_price[room, t] + site_price[j, t] if room_spots[room, t] > 0 else 1e9
                if price < table[kind, j]:
                    table[kind, j], cheapest[kind, j] = price, room
    return table, cheapest


class Course(NamedTuple):
    """How a search cools down: softness in minutes at first and at last, and by how much a price moves per pass."""

    warmest: float
    coolest: float
    first_step: float
    last_step: float


COLD = Course(warmest=150.0, coolest=1.0, first_step=400.0, last_step=1.5)
"""From no prices at all."""
WARM = Course(warmest=8.0, coolest=1.0, first_step=30.0, last_step=1.5)
"""From the prices of a morning much like this one."""


class Descent(NamedTuple):
    """A search for prices that has come some way: where it is (rooms, then sites), its running means, its passes."""

    at: Floats
    drift: Floats
    spread: Floats
    turn: int


def begin(sites: Sites, start: Prices | None = None) -> Descent:
    """Begin a search at given prices, or at none."""
    prices = start or no_prices(sites)
    at = np.concatenate([prices.room.ravel(), prices.site.ravel()])
    return Descent(at, np.zeros_like(at), np.zeros_like(at), 0)


def prices_at(sites: Sites, descent: Descent) -> Prices:
    """The prices where a search is."""
    split = sites.room_spots.size
    return Prices(descent.at[:split].reshape(sites.room_spots.shape), descent.at[split:].reshape(sites.spots.shape))


def descend(
    sites: Sites,
    households: Households,
    ages: Ages,
    edges: Edges,
    kinds: Kinds,
    descent: Descent,
    *,
    until: int,
    passes: int,
    course: Course,
    share: float = 1.0,
    threads: int = 1,
) -> Descent:
    """Go on to pass `until` of `passes` over the edges given; `share` is the part of the households."""
    limits = np.concatenate([sites.room_spots.ravel(), site_limits(sites).ravel()])
    scarce = np.isfinite(limits) & (limits > 0)
    spots, size = np.where(scarce, limits, 0.0), np.sqrt(np.maximum(np.where(scarce, limits, 0.0), 1.0))
    at, drift, spread, turn = descent
    shape = (len(ages.months) * len(kinds.combos), sites.count)
    wanted = [(np.zeros(shape, np.float32), np.zeros(sites.count, np.float32)) for _ in range(threads)]
    while turn < until:
        done, turn = turn / max(1, passes - 1), turn + 1
        softness = course.warmest * (course.coolest / course.warmest) ** min(1.0, done * 1.1)
        now = prices_at(sites, Descent(at, drift, spread, turn))
        table, cheapest = price_table(sites, ages, kinds.combos, now.room, now.site)
        free = list(wanted)

        def look(
            since: int,
            last: int,
            table: Singles = table,
            softness: float = softness,
            free: list[tuple[Singles, Singles]] = free,
        ) -> None:
            kinds_wanted, caregivers_wanted = free.pop()
            soft_demand(
                households, ages.of_child, edges, kinds, table, softness, since, last, kinds_wanted, caregivers_wanted
            )

        in_parts(look, households.count, threads)
        used = wanted[: threads - len(free)]
        room_wanted, site_wanted = spread_demand(
            sites,
            kinds.combos,
            cheapest,
            np.sum([part[0] for part in used], axis=0),
            np.sum([part[1] for part in used], axis=0),
        )
        demand = np.concatenate([room_wanted.ravel(), site_wanted.ravel()]) / share
        slope = np.where(scarce, spots - demand, 0.0) / size
        # Adam's two running means: a steady pull moves a price faster than a pull that changes sides.
        drift = 0.9 * drift + 0.1 * slope
        spread = 0.9 * spread + 0.1 * slope * slope
        step = course.first_step * (course.last_step / course.first_step) ** done / (1 - 0.9**turn)
        at = np.maximum(0.0, at - step * drift / (np.sqrt(spread / (1 - 0.9**turn)) + 0.01))
    return Descent(at, drift, spread, turn)


def site_limits(sites: Sites) -> Floats:
    """Spots of each site and session; infinite where its rooms never fill it, so that its price stays 0."""
    owner = np.repeat(np.arange(sites.count), np.diff(sites.room_first))
    in_rooms = np.zeros(sites.spots.shape)
    np.add.at(in_rooms, owner, sites.room_spots)
    limits = np.where(in_rooms <= sites.spots, np.inf, sites.spots.astype(np.float64))
    limits[sites.in_home] = np.inf
    limits[sites.in_home, 0] = 1.0
    return limits
