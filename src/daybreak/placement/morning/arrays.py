"""A whole morning as columns: sites with their rooms, and households with their children, ready for compiled loops.

Nothing here is ever changed in place. Sites are in order of site_id, rooms of a site from the narrowest age range to
the widest, and households and children in the order of their files, so that equal inputs give equal plans.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from daybreak.placement.candidates import care_hours
from daybreak.placement.ranking import WORTH
from daybreak.placement.sessions import CLOCK, SessionKey
from daybreak.placement.terms import Household, Kind, Morning, Point, Room, Site

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

MILDLY_ILL, SPECIAL_NEEDS = 1, 2
MOST_CHILDREN = 4


class Sites(NamedTuple):
    """Sites (S) and rooms (R) of a morning with T sessions: one when the day is taken whole, else those of CLOCK.

    `place` is (S, 3) unit vectors, `takes` the needs a site takes as bits. Rooms of site s are room_first[s] up to
    room_first[s + 1]; an in-home caregiver has none. `spots` is (S, T) and `room_spots` (R, T).
    """

    place: Floats
    in_home: Bools
    opens: Ints
    closes: Ints
    takes: Bits
    radius_km: Floats
    spots: Ints
    room_first: Offsets
    room_from: Ints
    room_until: Ints
    room_spots: Ints

    @property
    def count(self) -> int:  # type: ignore[override]  # a tuple counts its elements; nobody asks columns that
        """How many sites there are."""
        return len(self.spots)

    @property
    def sessions(self) -> int:
        """How many sessions are counted apart."""
        return int(self.room_spots.shape[1])


class Households(NamedTuple):
    """Households (H) and children (C); the children of household h are first[h] up to first[h + 1].

    `home` and `work` are (H, 3) unit vectors. `worth` is minutes per placed child. `turn` is the household's place in
    the line of first come, first served. `since` and `until` are the hours of work around which each child needs care,
    in minutes after midnight, the end after the start.
    """

    home: Floats
    work: Floats
    most_detour: Floats
    together: Bools
    worth: Floats
    turn: Ints
    first: Offsets
    months: Ints
    needs: Bits
    since: Ints
    until: Ints

    @property
    def count(self) -> int:  # type: ignore[override]  # a tuple counts its elements; nobody asks columns that
        """How many households there are."""
        return len(self.together)

    @property
    def children(self) -> int:
        """How many children there are."""
        return len(self.months)


def unit_vectors(latitude: Floats, longitude: Floats) -> Floats:
    """Turn degrees into (n, 3) unit vectors, whose distances keep their precision however near two points are.

    >>> unit_vectors(np.array([0.0, 90.0]), np.array([0.0, 0.0])).round(6).tolist()
    [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    north, east = np.radians(latitude), np.radians(longitude)
    return np.ascontiguousarray(
        np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
    )


def sites_of(morning: Morning) -> tuple[Sites, tuple[Site, ...]]:
    """Return the sites of a morning as columns, and the sites in the order of the columns."""
    ordered = tuple(sorted(morning.sites, key=lambda site: site.site_id))
    keys: list[SessionKey | None] = [(0, session) for session in CLOCK] if morning.by_session else [None]
    rooms = [room for site in ordered for room in narrowest_first(site)]
    columns = Sites(
        place=_vectors([site.place for site in ordered]),
        in_home=np.array([site.kind is Kind.IN_HOME for site in ordered], dtype=np.bool_),
        opens=np.array([site.opens for site in ordered], dtype=np.int32),
        closes=np.array([site.closes for site in ordered], dtype=np.int32),
        takes=np.array(
            [site.takes_mildly_ill * MILDLY_ILL + site.takes_special_needs * SPECIAL_NEEDS for site in ordered],
            dtype=np.uint8,
        ),
        radius_km=np.array([site.travel_radius_km for site in ordered], dtype=np.float64),
        spots=np.array([_spots(site, keys) for site in ordered], dtype=np.int32).reshape(-1, len(keys)),
        room_first=np.cumsum([0, *(len(site.rooms) for site in ordered)], dtype=np.int64),
        room_from=np.array([room.from_months for room in rooms], dtype=np.int32),
        room_until=np.array([room.until_months for room in rooms], dtype=np.int32),
        room_spots=np.array([_spots(room, keys) for room in rooms], dtype=np.int32).reshape(-1, len(keys)),
    )
    return columns, ordered


def households_of(households: Sequence[Household], worth: Sequence[float] = WORTH) -> Households:
    """Return households as columns, in their own order; `worth` is minutes by priority."""
    children = [(household, child) for household in households for child in household.children]
    hours = np.array([care_hours(household, child) for household, child in children], dtype=np.int32).reshape(-1, 2)
    line = sorted(range(len(households)), key=lambda at: (households[at].asked_at, households[at].household_id))
    turn = np.empty(len(households), dtype=np.int32)
    turn[line] = np.arange(len(households), dtype=np.int32)
    return Households(
        home=_vectors([household.home for household in households]),
        work=_vectors([household.work for household in households]),
        most_detour=np.array([household.max_detour_minutes for household in households], dtype=np.float64),
        together=np.array([household.keep_together for household in households], dtype=np.bool_),
        worth=np.array([worth[household.priority] for household in households], dtype=np.float64),
        turn=turn,
        first=np.cumsum([0, *(len(household.children) for household in households)], dtype=np.int64),
        months=np.array([child.months for _, child in children], dtype=np.int32),
        needs=np.array(
            [child.mildly_ill * MILDLY_ILL + child.special_needs * SPECIAL_NEEDS for _, child in children],
            dtype=np.uint8,
        ),
        since=np.ascontiguousarray(hours[:, 0]),
        until=np.ascontiguousarray(hours[:, 1]),
    )


def _vectors(points: Sequence[Point]) -> Floats:
    degrees = np.array([(point.latitude, point.longitude) for point in points], dtype=np.float64).reshape(-1, 2)
    return unit_vectors(degrees[:, 0], degrees[:, 1])


def narrowest_first(site: Site) -> list[Room]:
    """Return the rooms of a site in the order in which a child looks at them."""
    return sorted(site.rooms, key=lambda room: (room.until_months - room.from_months, room.room_id))


def _spots(holder: Room | Site, keys: Sequence[SessionKey | None]) -> list[int]:
    if holder.session_spots is None:
        return [holder.spots] * len(keys)
    return [holder.spots if key is None else min(holder.spots, holder.session_spots.get(key, 0)) for key in keys]
