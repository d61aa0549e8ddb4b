"""Does this site take these children as things stand, and which room does each take?

A child takes, of the site's rooms for its age, the one with the narrowest age range that has a spot, ties by room_id;
children choose in file order, and the site takes them only if nobody is left without a room. An in-home caregiver has
no rooms and serves one household: all of its children or exactly one. Both plan-makers, the request of one family and
the verifier ask this one rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from daybreak.placement.ratios import fits
from daybreak.placement.sessions import SessionKey
from daybreak.placement.terms import Child, Kind, Room, Site

INFANT_MONTHS = 18
INFANTS_PER_CAREGIVER = 2

Counts = dict[tuple[str, SessionKey | None], int]


@dataclass(frozen=True)
class Asked:
    """One child at one site, with the sessions its care touches there."""

    child: Child
    sessions: tuple[SessionKey, ...] = ()


@dataclass
class Tally:
    """Who has taken what so far: children per room and per site (and session), and the household each caregiver serves.

    The one mutable thing of this package; it lives only inside the function that makes or checks a plan.
    """

    rooms: Counts = field(default_factory=dict)
    sites: Counts = field(default_factory=dict)
    served: dict[str, str] = field(default_factory=dict)

    def add(self, site: Site, rooms: Sequence[str], asked: Sequence[Asked], household_id: str) -> None:
        """Count the children in; `rooms` names the room of each, in the same order."""
        if site.kind is Kind.IN_HOME:
            self.served[site.site_id] = household_id
        by_id = {room.room_id: room for room in site.rooms}
        for room_id, one in zip(rooms, asked, strict=True):
            for key in _keys(site, one):
                self.sites[site.site_id, key] = self.sites.get((site.site_id, key), 0) + 1
            if room_id:
                for key in _keys(by_id[room_id], one):
                    self.rooms[room_id, key] = self.rooms.get((room_id, key), 0) + 1


NOBODY = Tally()
"""Nothing taken yet; never added to."""


def rooms_taken(asked: Sequence[Asked], site: Site, tally: Tally = NOBODY, *, family: int) -> tuple[str, ...] | None:
    """Return the room of each child in order, or None when the site does not take them all.

    `family` is the number of children of the household, all of one household. Looks at ages, spots and age limits only;
    distance, hours and needs are asked elsewhere (see candidates.py).

    >>> small, large = Room("small", "S", 12, 24, spots=1), Room("large", "S", 0, 60, spots=3)
    >>> oaks = Site("S", Kind.CENTER, place=None, opens=0, closes=0, spots=4, rooms=(large, small))
    >>> rooms_taken([Asked(Child("Ada", 14)), Asked(Child("Cleo", 15))], oaks, family=2)
    ('small', 'large')
    """
    if not _site_has_spots(asked, site, tally):
        return None
    if site.kind is Kind.IN_HOME:
        return ("",) * len(asked) if _caregiver_takes(asked, site, tally, family) else None
    given: list[tuple[str, Asked]] = []
    narrowest_first = sorted(site.rooms, key=lambda room: (room.until_months - room.from_months, room.room_id))
    for one in asked:
        room = next((room for room in narrowest_first if _room_takes(one, room, given, tally)), None)
        if room is None:
            return None
        given.append((room.room_id, one))
    return tuple(room_id for room_id, _ in given)


def _keys(holder: Room | Site, one: Asked) -> tuple[SessionKey | None, ...]:
    return (None,) if holder.session_spots is None else one.sessions


def _spots(holder: Room | Site, key: SessionKey | None) -> int:
    if key is None or holder.session_spots is None:
        return holder.spots
    return min(holder.spots, holder.session_spots.get(key, 0))


def _site_has_spots(asked: Sequence[Asked], site: Site, tally: Tally) -> bool:
    wanted: dict[SessionKey | None, int] = {}
    for one in asked:
        for key in _keys(site, one):
            wanted[key] = wanted.get(key, 0) + 1
    return all(tally.sites.get((site.site_id, key), 0) + count <= _spots(site, key) for key, count in wanted.items())


def _caregiver_takes(asked: Sequence[Asked], site: Site, tally: Tally, family: int) -> bool:
    if site.site_id in tally.served or len(asked) not in (1, family) or len(asked) > site.spots:
        return False
    return sum(one.child.months < INFANT_MONTHS for one in asked) <= INFANTS_PER_CAREGIVER


def _room_takes(one: Asked, room: Room, given: Sequence[tuple[str, Asked]], tally: Tally) -> bool:
    if not room.from_months <= one.child.months < room.until_months:
        return False
    siblings = [other for room_id, other in given if room_id == room.room_id]
    for key in _keys(room, one):
        ages = [other.child.months for other in siblings if key is None or key in other.sessions]
        left = _spots(room, key) - tally.rooms.get((room.room_id, key), 0)
        if len(ages) + 1 > left:
            return False
        if limits := room.limits_in(key):
            present = () if key is None else room.present.get(key, ())
            if not fits(len(present) + left, limits, [*present, *ages], [one.child.months]):
                return False
    return True
