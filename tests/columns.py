"""Plans for mornings that exist as columns only: down the line, with nothing of the verifier in it."""

from dataclasses import dataclass, replace

import numpy as np

from daybreak.bench.town import draw_town
from daybreak.placement.morning.ages import ages_of
from daybreak.placement.morning.arrays import Households, Sites
from daybreak.placement.morning.candidates import WHOLE, Edges, find_candidates
from daybreak.placement.morning.rooms import find_rooms
from daybreak.placement.morning.unplaced import reasons


@dataclass(frozen=True)
class Columned:
    """A morning in columns, and a plan for it: site, room and reason of each child."""

    sites: Sites
    households: Households
    site: np.ndarray
    room: np.ndarray
    told: np.ndarray

    def moved(self, child: int, site: int, room: int = -1) -> "Columned":
        """The same plan with one child elsewhere, or with no place and told that all is full."""
        at, rooms, told = self.site.copy(), self.room.copy(), self.told.copy()
        at[child], rooms[child], told[child] = site, room, -1 if site >= 0 else 5
        return replace(self, site=at, room=rooms, told=told)

    @property
    def owner(self) -> np.ndarray:
        """The household of each child."""
        return np.repeat(np.arange(self.households.count), np.diff(self.households.first))


def planned_town(children: int, tightness: float, seed: int) -> Columned:
    """A drawn town whose households took, one after the other, the nearest place that was left."""
    town = draw_town(children, tightness, seed)
    return planned(town.sites, town.households)


def planned(sites: Sites, households: Households) -> Columned:
    """Go down the line; each household takes the nearest place whole, or else its children do one by one."""
    edges = find_candidates(sites, households, ages_of(sites, households))
    site, room = np.full(households.children, -1), np.full(households.children, -1)
    taken = (np.zeros_like(sites.room_spots), np.zeros_like(sites.spots))
    for h in np.argsort(households.turn):
        size = int(households.first[h + 1] - households.first[h])
        groups = [((1 << size) - 1, int(WHOLE))]
        if size > 1 and not households.together[h]:
            groups += [(1 << k, 1 << k) for k in range(size)]
        for who, flag in groups:
            _take_nearest(sites, households, edges, int(h), who, flag, taken, site, room)
            if site[households.first[h]] >= 0 and flag == WHOLE:
                break
    return Columned(sites, households, site, room, reasons(sites, households, site).reason)


def _take_nearest(
    sites: Sites,
    households: Households,
    edges: Edges,
    h: int,
    who: int,
    flag: int,
    taken: tuple[np.ndarray, np.ndarray],
    site: np.ndarray,
    room: np.ndarray,
) -> None:
    of_h = np.arange(edges.first[h], edges.first[h + 1])
    rooms = np.full(4, -1)
    children = [households.first[h] + k for k in range(4) if who >> k & 1]
    for e in of_h[np.argsort(edges.minutes[of_h], kind="stable")]:
        j, touched = edges.site[e], edges.touched[e if len(edges.touched) > 1 else 0]
        if not edges.flags[e] & flag:
            continue
        if sites.in_home[j]:
            if taken[1][j, 0] == 0:
                taken[1][j, 0] = len(children)
                site[children] = j
                return
        elif find_rooms(sites, households, h, who, j, touched, taken[0], taken[1], rooms):
            site[children] = j
            for child in children:
                k = child - households.first[h]
                room[child] = rooms[k]
                used = (touched[k] >> np.arange(sites.sessions) & 1).astype(np.int32)
                taken[0][rooms[k]] += used
                taken[1][j] += used
            return
