"""Is every spot that was given really there? A second count, in plain arithmetic, that shares nothing with the desk.

It follows a ledger event by event: an event can only break what it touches, so that is checked at once, and from time
to time everything is counted again.
"""

from collections import Counter
from math import atan2, sqrt

import numpy as np
import numpy.typing as npt

from daybreak.placement.morning.arrays import Households, Sites
from daybreak.placement.morning.desk import Ledger

KM, MINUTES, SLACK, DAY = 6371.0088, 1.35 / 28 * 60, 0.000001, 1440
Taken = npt.NDArray[np.int64]


class Recount:
    """Who is where, for a morning whose sessions are not counted apart."""

    def __init__(self, sites: Sites, households: Households) -> None:
        self._sites, self._households = sites, households
        self._homes, self._works = households.home.tolist(), households.work.tolist()
        self._places = sites.place.tolist()
        self._first = households.first.tolist()
        self._months, self._needs = households.months.tolist(), households.needs.tolist()
        self._hours = list(zip(households.since.tolist(), households.until.tolist(), strict=True))
        self._most, self._together = households.most_detour.tolist(), households.together.tolist()
        self._in_home, self._radius = sites.in_home.tolist(), sites.radius_km.tolist()
        self._opens, self._closes, self._takes = sites.opens.tolist(), sites.closes.tolist(), sites.takes.tolist()
        self._spots, self._room_spots = sites.spots[:, 0].tolist(), sites.room_spots[:, 0].tolist()
        self._rooms = list(
            zip(
                np.repeat(np.arange(sites.count), np.diff(sites.room_first)).tolist(),
                sites.room_from.tolist(),
                sites.room_until.tolist(),
                strict=True,
            )
        )
        self.where: dict[int, tuple[tuple[int, int], ...]] = {}
        self._in_room: Counter[int] = Counter()
        self._at_site: Counter[int] = Counter()
        self._serves: dict[int, int] = {}

    def add(self, h: int, taken: Taken) -> str:
        """Count a household in; return which rule that breaks, or nothing."""
        places = tuple((int(row[0]), int(row[1])) for row in taken)
        if all(site < 0 for site, _ in places):
            return ""
        self.where[h] = places
        broken = self._family(h, places)
        for k, (site, room) in enumerate(places):
            if site >= 0:
                broken = broken or self._child(h, self._first[h] + k, site, room)
                broken = self._count(h, site, room) or broken
        return broken

    def remove(self, h: int, kept: Taken) -> None:
        """Count a household out, but for what it keeps."""
        for site, room in self.where.pop(h):
            if site >= 0:
                self._at_site[site] -= 1
                self._in_room[room] -= room >= 0
                if self._in_home[site]:
                    self._serves.pop(site, None)
        left = tuple((int(row[0]), int(row[1])) for row in kept)
        if any(site >= 0 for site, _ in left):
            self.where[h] = left
            for site, room in left:
                if site >= 0:
                    self._count(h, site, room)

    def agrees(self, ledger: Ledger) -> bool:
        """Count everything again from who is where: nothing is over, and the ledger says the same."""
        rooms, sites = np.zeros(len(self._rooms), np.int64), np.zeros(len(self._places), np.int64)
        for places in self.where.values():
            for site, room in places:
                if site >= 0:
                    sites[site] += 1
                    if room >= 0:
                        rooms[room] += 1
        household = np.where(self._sites.in_home, np.minimum(sites, 1), sites)
        return bool(
            (rooms <= self._sites.room_spots[:, 0]).all()
            and (sites <= self._sites.spots[:, 0]).all()
            and (ledger.room_taken[:, 0] == rooms).all()
            and (ledger.site_taken[:, 0] == household).all()
        )

    def _count(self, h: int, site: int, room: int) -> str:
        self._at_site[site] += 1
        if self._in_home[site] and self._serves.setdefault(site, h) != h:
            return "two families at one caregiver"
        if self._at_site[site] > self._spots[site]:
            return "a site is over its spots"
        if self._in_home[site]:
            return ""
        self._in_room[room] += 1
        return "a room is over its spots" if self._in_room[room] > self._room_spots[room] else ""

    def _family(self, h: int, places: tuple[tuple[int, int], ...]) -> str:
        sites = {site for site, _ in places}
        if self._together[h] and (len(sites) > 1 or -1 in sites):
            return "siblings who stay together went apart"
        for site in sites - {-1}:
            if self._in_home[site]:
                here = [k for k, (other, _) in enumerate(places) if other == site]
                if len(here) not in (1, len(places)):
                    return "a caregiver takes neither one child nor all"
                if sum(self._months[self._first[h] + k] < 18 for k in here) > 2:
                    return "more than two infants at a caregiver"
        return ""

    def _child(self, h: int, child: int, site: int, room: int) -> str:
        needs = self._needs[child]
        if needs & ~self._takes[site]:
            return "a site does not take these needs"
        home, work, place = self._homes[h], self._works[h], self._places[site]
        if self._in_home[site]:
            if room >= 0:
                return "a caregiver has no rooms"
            if _km(home, place) > self._radius[site] + SLACK:
                return "a caregiver lives too far away"
            way = _km(home, work) * MINUTES
        else:
            of, since, until = self._rooms[room]
            if room < 0 or of != site or not since <= self._months[child] < until:
                return "a room does not hold the age"
            way = _km(place, work) * MINUTES
            if _km(home, place) * MINUTES + way - _km(home, work) * MINUTES > self._most[h] + SLACK:
                return "a site is too far away"
        starts, ends = self._hours[child]
        return "" if self._is_open(site, starts - way, ends + way) else "a site is not open"

    def _is_open(self, site: int, since: float, until: float) -> bool:
        opens, closes = self._opens[site], self._closes[site]
        if opens == closes:
            return True
        if closes < opens:
            closes += DAY
        moved = DAY * ((since - opens + SLACK) // DAY)
        return bool(until - moved <= closes + SLACK)


def _km(a: list[float], b: list[float]) -> float:
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    return KM * atan2(sqrt(x * x + y * y + z * z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
