"""Which sites fit a request of a week, and which still have spots on its day?

What fits is decided by placement's own filters (distance, hours, age); a site's spots are counted by day and band. A
caregiver who comes to the home serves one family a day, and at most two infants.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from daybreak.care.week.terms import (
    BAND_AGES,
    CAREGIVER_INFANTS,
    CAREGIVER_KM,
    DETOUR_MINUTES,
    Counts,
    Supply,
    WeekRequest,
)
from daybreak.placement.candidates import Table, filters, reach_of, sift, table_of
from daybreak.placement.ranking import minutes_taken
from daybreak.placement.terms import Child, Household, Kind, Room, Site


class Fit(NamedTuple):
    """A site that fits a request while it has spots, and the minutes it takes."""

    site_id: str
    minutes: float


def site_of(one: Supply) -> Site:
    """A line of supply as placement reads it: a room for each band with spots, none at a caregiver."""
    caregiver = one.kind is Kind.IN_HOME
    rooms = () if caregiver else tuple(_rooms(one))
    return Site(
        site_id=one.site_id,
        kind=one.kind,
        place=one.place,
        opens=one.opens,
        closes=one.closes,
        spots=sum(one.spots),
        rooms=rooms,
        travel_radius_km=CAREGIVER_KM if caregiver else 0.0,
    )


def _rooms(one: Supply) -> Iterable[Room]:
    for band, ((since, until), spots) in enumerate(zip(BAND_AGES, one.spots, strict=True)):
        if spots:
            yield Room(f"{one.site_id}/{band}", one.site_id, since, until, spots)


def household_of(request: WeekRequest) -> Household:
    """A request as placement reads it."""
    children = tuple(Child(f"{request.request_id}/{at}", months) for at, months in enumerate(request.months))
    return Household(
        household_id=request.request_id,
        home=request.home,
        work=request.work,
        starts=request.starts,
        ends=request.ends,
        max_detour_minutes=DETOUR_MINUTES,
        children=children,
        priority=request.priority,
        pay_class=request.pay_class,
        asked_at=request.asked_at.isoformat(),
    )


@dataclass(frozen=True)
class Town:
    """Every site of a week, ready to be compared with one request after the other."""

    supply: Mapping[str, Supply]
    table: Table

    def fits(self, request: WeekRequest) -> tuple[Fit, ...]:
        """The sites that fit a request on an empty day, the least minutes first; equal minutes by name."""
        family = household_of(request)
        reach = reach_of(self.table, family)
        left = np.ones(len(self.table.sites), dtype=np.bool_)
        for child in family.children:
            left &= sift(filters(self.table, reach, family, child))[0]
        found = []
        for at in np.flatnonzero(left):
            site = self.supply[self.table.sites[at].site_id]
            if _holds(site.kind, site.spots, request.needs):
                way = float(reach.minutes[at])
                found.append((minutes_taken(site.kind, way, children=len(family.children), apart=False), site.site_id))
        return tuple(Fit(site_id, minutes) for minutes, site_id in sorted(found))


def town_of(supply: Sequence[Supply]) -> Town:
    """Make a week's sites ready."""
    return Town({one.site_id: one for one in supply}, table_of([site_of(one) for one in supply]))


@dataclass
class Spots:
    """What is taken at each site on each day, and which sites took a day back."""

    supply: Mapping[str, Supply]
    taken: dict[tuple[str, date], list[int]] = field(default_factory=dict)
    withdrawn: set[tuple[str, date]] = field(default_factory=set)

    def has(self, site_id: str, request: WeekRequest) -> bool:
        """Say whether a site that fits still has the spots."""
        key, site = (site_id, request.day), self.supply[site_id]
        if key in self.withdrawn:
            return False
        taken = self.taken.get(key)
        if taken is None:
            return True
        if site.kind is Kind.IN_HOME:
            return not any(taken)
        return all(have - used >= need for have, used, need in zip(site.spots, taken, request.needs, strict=True))

    def take(self, site_id: str, request: WeekRequest) -> bool:
        """Take the spots of a site that fits, or say that they are gone."""
        if not self.has(site_id, request):
            return False
        self._add(site_id, request, 1)
        return True

    def give_back(self, site_id: str, request: WeekRequest) -> None:
        """Give back the spots a request has."""
        self._add(site_id, request, -1)

    def _add(self, site_id: str, request: WeekRequest, sign: int) -> None:
        taken = self.taken.setdefault((site_id, request.day), [0, 0, 0, 0])
        for band, need in enumerate(request.needs):
            taken[band] += sign * need


def _holds(kind: Kind, spots: Counts, needs: Counts) -> bool:
    """Say whether a site that is empty holds the children together."""
    if kind is Kind.IN_HOME and needs[0] > CAREGIVER_INFANTS:
        return False
    return all(have >= need for have, need in zip(spots, needs, strict=True))
