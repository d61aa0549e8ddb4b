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
from daybreak.placement.morning.threads import in_parts
from daybreak.placement.ranking import APART_MINUTES

IN_HOME = 64
"""Flag of an edge to an in-home caregiver, set when edges are made ready for the passes."""


class Prices(NamedTuple):
    """Minutes per spot: `room` (R, T) and `site` (S, T), none negative. A caregiver's is its site's, per household."""

    room: Floats
    site: Floats


class Kinds(NamedTuple):
    """What a child takes at a site: an age class in a set of sessions (K kinds).

    `of_touched` maps the sessions' bits to their number among `combos`; the kind is age class x combos + number.
    """

    combos: Ints
    of_touched: Ints


def kinds_of(edges: Edges, sites: Sites) -> Kinds:
    """Collect the sets of sessions that care touches."""
    combos = np.unique(edges.touched).astype(np.int32) if sites.sessions > 1 else np.ones(1, dtype=np.int32)
    of_touched = np.zeros(256, dtype=np.int32)
    of_touched[combos] = np.arange(len(combos))
    return Kinds(combos, of_touched)


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


@numba.njit(cache=True, nogil=True, inline="always")
def _exponential(x: np.float32) -> np.float32:
    """exp(x) for x up to 0, within some percent: enough to share demand, and free of branches."""
    y = max(np.float32(1.0) + x * np.float32(1 / 64), np.float32(0.0))
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    y = y * y
    return y * y


@numba.njit(cache=True, nogil=True, fastmath=True)
def soft_demand(
    households: Households,
    of_child: Ints,
    edges: Edges,
    kinds: Kinds,
    table: Singles,
    softness: float,
    begin: int,
    end: int,
    wanted: Singles,
    caregivers: Singles,
) -> None:
    """Add to `wanted` (K, S) and `caregivers` (S) how much of each some households want, near-equal choices shared."""
    wanted[:] = 0
    caregivers[:] = 0
    first, site, minutes, flags, touched = edges.first, edges.site, edges.minutes, edges.flags, edges.touched
    child_first, worth, together = households.first, households.worth, households.together
    of_touched, combos = kinds.of_touched, len(kinds.combos)
    many = len(touched) > 1
    most = 1
    for h in range(begin, end):
        most = max(most, first[h + 1] - first[h])
    buffer, lone = np.empty(most, np.float32), np.empty((4, most), np.float32)
    lone_sum, kind = np.empty(4, np.float32), np.empty(4, np.int64)
    warm, never = np.float32(1.0 / softness), np.float32(-1e9)
    count = table.shape[1]
    flat, flat_wanted = table.ravel(), wanted.ravel()
    for h in range(begin, end):
        since, degree = first[h], first[h + 1] - first[h]
        if degree == 0:
            continue
        child, size = child_first[h], child_first[h + 1] - child_first[h]
        each = np.float32(worth[h])
        for k in range(size):
            kind[k] = of_child[child + k] * combos * count
        top, apart = np.float32(0.0), never
        if size == 1 and not many:
            of_kind = kind[0]
            for i in range(degree):
                value = each - minutes[since + i] - flat[of_kind + site[since + i]]
                buffer[i] = value
                top = max(top, value)
        else:
            for i in range(degree):
                e = since + i
                j, value = site[e], never
                if flags[e] & 64:
                    value = size * each - minutes[e] - flat[kind[0] + j]
                else:
                    value = size * (each - minutes[e])
                    for k in range(size):
                        value -= flat[kind[k] + (of_touched[touched[e, k]] * count if many else 0) + j]
                if not flags[e] & 16:
                    value = never
                buffer[i] = value
                top = max(top, value)
            if size > 1 and not together[h]:
                apart = np.float32(0.0)
                for k in range(size):
                    lone_top = np.float32(0.0)
                    for i in range(degree):
                        e = since + i
                        value = each - minutes[e] - np.float32(APART_MINUTES)
                        value -= flat[kind[k] + (of_touched[touched[e, k]] * count if many else 0) + site[e]]
                        if not flags[e] >> k & 1:
                            value = never
                        lone[k, i] = value
                        lone_top = max(lone_top, value)
                    total = _exponential(-lone_top * warm)
                    for i in range(degree):
                        lone[k, i] = _exponential((lone[k, i] - lone_top) * warm)
                        total += lone[k, i]
                    lone_sum[k] = total
                    apart += lone_top + np.float32(softness) * np.log(total)
                top = max(top, apart)
        total = _exponential(-top * warm)
        for i in range(degree):
            buffer[i] = _exponential((buffer[i] - top) * warm)
            total += buffer[i]
        share_apart = _exponential((apart - top) * warm)
        scale = np.float32(1.0) / (total + share_apart)
        for i in range(degree):
            share = buffer[i] * scale
            if share < np.float32(1e-4):
                continue
            e = since + i
            if flags[e] & 64:
                caregivers[site[e]] += share
            elif size == 1 and not many:
                flat_wanted[kind[0] + site[e]] += share
            else:
                for k in range(size):
                    flat_wanted[kind[k] + (of_touched[touched[e, k]] * count if many else 0) + site[e]] += share
        share_apart *= scale
        if share_apart > np.float32(1e-4):
            for k in range(size):
                scale = share_apart / lone_sum[k]
                for i in range(degree):
                    share = lone[k, i] * scale
                    if share < np.float32(1e-4):
                        continue
                    e = since + i
                    if flags[e] & 64:
                        caregivers[site[e]] += share
                    else:
                        flat_wanted[kind[k] + (of_touched[touched[e, k]] * count if many else 0) + site[e]] += share


@numba.njit(cache=True, nogil=True)
def spread_demand(
    sites: Sites, combos: Ints, cheapest: Ints, wanted: Singles, caregivers: Singles
) -> tuple[Floats, Floats]:
    """Turn demand by kind and site into demand for rooms (R, T) and sites (S, T)."""
    rooms, at_sites = np.zeros(sites.room_spots.shape), np.zeros(sites.spots.shape)
    in_home = sites.in_home
    sessions = sites.spots.shape[1]
    for kind in range(len(wanted)):
        bits = combos[kind % len(combos)]
        for j in range(len(in_home)):
            if wanted[kind, j] > 0 and cheapest[kind, j] >= 0:
                for t in range(sessions):
                    if bits >> t & 1:
                        rooms[cheapest[kind, j], t] += wanted[kind, j]
                        at_sites[j, t] += wanted[kind, j]
    for j in range(len(in_home)):
        if in_home[j]:
            at_sites[j, 0] += caregivers[j]
    return rooms, at_sites


@numba.njit(cache=True, nogil=True)
def best_gains(
    households: Households,
    of_child: Ints,
    edges: Edges,
    kinds: Kinds,
    table: Singles,
    begin: int,
    end: int,
    gains: Floats,
) -> None:
    """Write into `gains` (H) what each household gains at most at these prices, over every edge given."""
    first, site, minutes, flags, touched = edges.first, edges.site, edges.minutes, edges.flags, edges.touched
    child_first, worth, together = households.first, households.worth, households.together
    of_touched, combos = kinds.of_touched, len(kinds.combos)
    many = len(touched) > 1
    kind, lone = np.empty(4, np.int64), np.empty(4, np.float64)
    for h in range(begin, end):
        child, size = child_first[h], child_first[h + 1] - child_first[h]
        for k in range(size):
            kind[k] = of_child[child + k] * combos
            lone[k] = 0.0
        best = 0.0
        parts = size > 1 and not together[h]
        for e in range(first[h], first[h + 1]):
            j = site[e]
            if flags[e] & 16:
                if flags[e] & 64:
                    value = size * worth[h] - minutes[e] - table[kind[0], j]
                else:
                    value = size * (worth[h] - minutes[e])
                    for k in range(size):
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                best = max(best, value)
            if parts:
                for k in range(size):
                    if flags[e] >> k & 1:
                        value = worth[h] - minutes[e] - APART_MINUTES
                        value -= table[kind[k] + (of_touched[touched[e, k]] if many else 0), j]
                        lone[k] = max(lone[k], value)
        apart = 0.0
        if parts:
            for k in range(size):
                apart += lone[k]
        gains[h] = max(best, apart)


def value_bound(
    sites: Sites, households: Households, ages: Ages, edges: Edges, kinds: Kinds, prices: Prices, *, threads: int = 1
) -> tuple[float, Floats]:
    """Return a value that no plan exceeds, for any prices of at least 0, and what each household gains at them.

    Whoever made a plan, no household gains more in it than its best at these prices, and no more spots are paid for
    than there are. Prices are looked up as 32-bit floats; what that may be off is added.
    """
    table, _ = price_table(sites, ages, kinds.combos, prices.room, prices.site)
    gains = np.zeros(households.count)
    in_parts(
        lambda since, until: best_gains(households, ages.of_child, edges, kinds, table, since, until, gains),
        households.count,
        threads,
    )
    limits = site_limits(sites)
    paid = float(
        (sites.room_spots * prices.room).sum() + (np.where(np.isfinite(limits), limits, 0) * prices.site).sum()
    )
    largest = max(float(prices.room.max(initial=0.0)), float(prices.site.max(initial=0.0)), 1000.0)
    rounding = households.children * 4 * largest * float(np.finfo(np.float32).eps)
    return float(gains.sum()) + paid + rounding, gains
