"""The words of the network: sites as pages show them, spots as they are asked for, offered and taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from daybreak.kernel.decisions import Reason
from daybreak.network.weekdays import EVERY_DAY
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point, Site


class Located(StrEnum):
    """How we know where a site is."""

    GIVEN = "given"
    ZIP_CENTROID = "zip-centroid"
    """The middle of its ZIP code: the list did not say where it is."""


@dataclass(frozen=True)
class SpotWanted:
    """One child's spots in one room, in each session its care touches; night belongs to the day it starts on."""

    child_id: UUID
    months: int
    room_id: UUID
    sessions: tuple[tuple[date, Session], ...]


@dataclass(frozen=True)
class RoomCard:
    """A room by name and ages in months, half-open."""

    room_id: UUID
    name: str
    from_months: int
    until_months: int
    licensed_spots: int


@dataclass(frozen=True)
class SiteCard:
    """What a page shows of a site. Hours are None while nobody has said them."""

    site_id: UUID
    provider_id: UUID
    name: str
    kind: Kind
    point: Point
    located: Located
    zone: str
    city: str
    zip_code: str
    opens: time | None
    closes: time | None
    instant: bool
    license_number: str
    license_status: str
    capacity: int
    rooms: tuple[RoomCard, ...]
    simulated: bool = False
    """Whether its hours or what it offers on the day asked about are the demo's, not its own."""
    weekdays: int = EVERY_DAY
    """The days it opens, as weekdays.py counts them."""
    hours_listed: bool = False
    """Whether its hours and days are its license list's, not its own word."""
    address: str = ""
    languages: tuple[str, ...] = ()
    travel_radius_km: float = 0.0
    drop_in: bool = False
    """Whether its license is one for care by the hour without enrollment."""


@dataclass(frozen=True)
class SpotCount:
    """What one room offers in one session, and how many children have a spot."""

    spots: int
    taken: int
    simulated: bool


@dataclass(frozen=True)
class RoomDay:
    """One room on one day for its provider's page: sessions without an offer are left out."""

    room: RoomCard
    day: date
    sessions: Mapping[Session, SpotCount]


@dataclass(frozen=True)
class Taken:
    """One child's spot, for the provider's page and for the audit of counters."""

    booking_id: UUID
    household_id: UUID
    child_id: UUID
    months: int
    room_id: UUID
    day: date
    session: Session


@dataclass(frozen=True)
class Drift:
    """A counter that differs from the rows it counts."""

    counter: str
    """`room` or `site`."""
    counter_id: UUID
    says: int
    rows: int


@dataclass(frozen=True)
class PlaceNear:
    """A licensed place on a family's way: what it is, the minutes it adds, and whether it offers spots that day."""

    card: SiteCard
    minutes: float
    offers: bool


@dataclass(frozen=True)
class PlacesNear:
    """The first of the places on a family's way, and how many there are."""

    places: tuple[PlaceNear, ...]
    in_all: int


@dataclass(frozen=True)
class Nearby:
    """Sites that offer spots within reach, as placement reads them, with a card for each."""

    sites: tuple[Site, ...]
    cards: Mapping[str, SiteCard]
    """By `site_id` as placement spells it."""
    in_reach_without_offer: int
    """Licensed sites in reach that offer nothing on the day."""
    kept: Mapping[str, Reason] = field(default_factory=dict)
    """By `site_id`, why spots of a site are not this family's: a contract keeps them for others."""


@dataclass(frozen=True)
class NewRoom:
    """A room to be added with its site."""

    room_id: UUID
    name: str
    from_months: int
    until_months: int
    licensed_spots: int
    limits: tuple[AgeLimit, ...] = ()


@dataclass(frozen=True)
class NewLicense:
    """A license to be added with its site."""

    number: str
    program: str
    status: str
    capacity: int
    source: str
    from_day: date | None = None


@dataclass(frozen=True)
class NewSite:
    """A site to be added; its id and its rooms' ids are made by whoever adds it."""

    site_id: UUID
    provider_id: UUID
    external_ref: str
    name: str
    kind: Kind
    point: Point
    zone: str
    rooms: tuple[NewRoom, ...]
    license: NewLicense
    located: Located = Located.GIVEN
    city: str = ""
    zip_code: str = ""
    opens: time | None = None
    closes: time | None = None
    takes_mildly_ill: bool = False
    takes_special_needs: bool = False
    travel_radius_km: float = 0.0
    instant: bool = False
    address: str = ""
    weekdays: int = EVERY_DAY
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Offer:
    """What the demo's simulation has one site offer on a day, with the hours it makes up if none are known."""

    site_id: UUID
    opens: time
    closes: time
    spots: Mapping[tuple[UUID, Session], int] = field(default_factory=dict)
