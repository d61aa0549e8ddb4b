"""The words of placement: households and children who need a spot, sites and rooms that have one, and where each goes.

Times of day are whole minutes after midnight; an end at or before its start is on the next day. Ages are whole months.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from daybreak.kernel.decisions import Fact, Reason
from daybreak.placement.sessions import SessionKey


class Kind(StrEnum):
    """What a site is: a center, a licensed family child care home, or a caregiver who comes to the family's home."""

    CENTER = "center"
    FAMILY_HOME = "family_home"
    IN_HOME = "in_home"


class Unplaced(StrEnum):
    """Why a child has no place: the first of these filters, in this order, that leaves no site."""

    NOTHING_IN_REACH = "nothing-in-reach"
    HOURS = "hours"
    AGE = "age"
    NEEDS = "needs"
    SIBLINGS = "siblings-do-not-fit-together"
    FULL = "full"


@dataclass(frozen=True)
class Point:
    """A place on earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Child:
    """One child who needs care; `starts` and `ends` only when they differ from the household's."""

    child_id: str
    months: int
    mildly_ill: bool = False
    special_needs: bool = False
    starts: int | None = None
    ends: int | None = None


@dataclass(frozen=True)
class Household:
    """One to four children, in file order, and the working day around which they need care.

    `starts` and `ends` are the hours of work; what a site must cover is longer by the way between.
    """

    household_id: str
    home: Point
    work: Point
    starts: int
    ends: int
    max_detour_minutes: float
    children: tuple[Child, ...]
    keep_together: bool = True
    priority: int = 1
    pay_class: str = "hourly"
    asked_at: str = ""


EVERY_AGE = 18 * 12
"""Every child is younger, in months: an age limit under it holds whoever is in the room."""


@dataclass(frozen=True)
class AgeLimit:
    """While any child younger than `under_months` is in the room, at most `most_of_them` such children and at most
    `room_most` children in all; None leaves that part unlimited. `cite` is the law where a law says so."""

    under_months: int
    most_of_them: int | None = None
    room_most: int | None = None
    cite: str = ""


@dataclass(frozen=True)
class Room:
    """Where children of an age range (half-open, in months) are cared for.

    `spots` is what the room holds when empty. `session_spots` is what each session has left, when sessions count apart;
    a session it does not name has none. `present` holds the ages already there per session, for `limits`; both are as
    they stand when somebody asks, and `present` is read only beside `session_spots`. `session_limits` replaces `limits`
    in the sessions it names, where staff on duty set what the room may hold.
    """

    room_id: str
    site_id: str
    from_months: int
    until_months: int
    spots: int
    limits: tuple[AgeLimit, ...] = ()
    session_spots: Mapping[SessionKey, int] | None = None
    present: Mapping[SessionKey, tuple[int, ...]] = field(default_factory=dict)
    session_limits: Mapping[SessionKey, tuple[AgeLimit, ...]] = field(default_factory=dict)

    def limits_in(self, key: SessionKey | None) -> tuple[AgeLimit, ...]:
        """The limits that hold in a session."""
        return self.limits if key is None else self.session_limits.get(key, self.limits)


@dataclass(frozen=True)
class Site:
    """A place with rooms, or an in-home caregiver without any, who serves one household only.

    `spots` caps the whole site and `session_spots` what each session has left, as in Room. `ages` are the months,
    half-open, that an in-home caregiver takes; elsewhere the rooms say it.
    """

    site_id: str
    kind: Kind
    place: Point
    opens: int
    closes: int
    spots: int
    rooms: tuple[Room, ...] = ()
    takes_mildly_ill: bool = False
    takes_special_needs: bool = False
    travel_radius_km: float = 0.0
    session_spots: Mapping[SessionKey, int] | None = None
    closed: frozenset[int] = frozenset()
    """Days around the day of care, 0 itself, on which it does not open; a night's opening belongs to its first day."""
    ages: tuple[int, int] = (0, EVERY_AGE)


@dataclass(frozen=True)
class Morning:
    """Every household that asked and every site that may take children; `child_ids` is the order of the file.

    With `by_session`, rooms and sites carry `session_spots` under day 0: a session's name is the same spot on any day.
    """

    sites: tuple[Site, ...]
    households: tuple[Household, ...]
    child_ids: tuple[str, ...]
    by_session: bool = False


@dataclass(frozen=True)
class ChildPlace:
    """The room one child takes (empty at an in-home caregiver) and the sessions its care touches there."""

    child_id: str
    room_id: str
    sessions: tuple[SessionKey, ...]


@dataclass(frozen=True)
class Candidate:
    """A site that takes the children asked about, with a room for each.

    `minutes` is the detour, or the caregiver's minutes; `value` is what placing them is worth less all minutes taken.
    """

    site_id: str
    places: tuple[ChildPlace, ...]
    minutes: float
    value: float


@dataclass(frozen=True)
class Ranked:
    """Sites that take the children, best first, and each reason why another site does not."""

    candidates: tuple[Candidate, ...]
    refused: tuple[tuple[str, Reason], ...]


@dataclass(frozen=True)
class Placement:
    """Where one child goes, or why nowhere: `site_id` is empty exactly when `reason` is set."""

    child_id: str
    site_id: str = ""
    room_id: str = ""
    minutes: float | None = None
    reason: str = ""


@dataclass(frozen=True)
class Plan:
    """One placement per child, in the order of the children's file."""

    placements: tuple[Placement, ...]


Chosen = Mapping[str, tuple[str, str]]
"""The site and room of each child that has a place, by child_id: what a plan-maker hands over."""


@dataclass(frozen=True)
class Broken:
    """One rule that a plan breaks: its code, and the child and site it is broken for where there is one."""

    rule: str
    child_id: str = ""
    site_id: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
