"""How much of each spot do households want at these prices, when near-equal choices share a household's demand?

The loop in which nearly all the time of finding prices is spent: every choice of every household is valued, and its
share falls off by a softness in minutes (log-sum-exp). Whole households and children going apart are two levels of
choice.
"""

import numba
import numpy as np

from daybreak.placement.morning.arrays import Floats, Households, Ints, Singles, Sites
from daybreak.placement.morning.candidates import Edges
from daybreak.placement.morning.kinds import Kinds
from daybreak.placement.ranking import APART_MINUTES


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
    many = combos > 1
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
