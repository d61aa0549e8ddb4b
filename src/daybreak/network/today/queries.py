"""What is open at a site for the rest of today?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import minute_of
from daybreak.network.limits import limits_of
from daybreak.network.models import RoomSession
from daybreak.network.queries import rooms_on
from daybreak.network.staff.queries import rooms_now, too_many_in_room
from daybreak.network.staff.terms import RoomNow, StillOpen, TooMany
from daybreak.network.terms import RoomCard, SiteCard
from daybreak.network.today.left import offers_for, sessions_left, still_open
from daybreak.placement.sessions import Session


@dataclass(frozen=True)
class RoomLeft:
    """A room with the sessions left of today, and how many more children are welcome for all of them.

    `open` is the provider's word; `possible` is what license and staff on duty leave of it, at the age that leaves
    most, and `why` says what stands in the way where that is less.
    """

    room: RoomCard
    open: int
    possible: int
    why: Reason | None


def rooms_left(card: SiteCard, *, at: datetime) -> tuple[date, tuple[RoomLeft, ...]]:
    """Today at a site, and each room that has sessions left."""
    now = at.astimezone(ZoneInfo(card.zone))
    sessions = sessions_left(card.opens, card.closes, minute=minute_of(now.time()))
    if not sessions:
        return now.date(), ()
    counted = [one for one in rooms_now(card.site_id, now.date()) if one.session in sessions]
    rooms = []
    for room in rooms_on(card.site_id, now.date()):
        said = still_open(room.sessions, sessions)
        here = [_most_open(one) for one in counted if one.room_id == room.room.room_id and one.open]
        least = min(here, key=lambda one: one.spots, default=None)
        is_less = least is not None and least.spots < said
        possible = least.spots if least and is_less else said
        rooms.append(RoomLeft(room.room, said, possible, least.because[0] if least and is_less else None))
    return now.date(), tuple(rooms)


def _most_open(room: RoomNow) -> StillOpen:
    return max(room.open, key=lambda one: one.spots)


def too_many_today(card: SiteCard, *, at: datetime) -> tuple[TooMany, ...]:
    """Rooms and sessions left of today with more children than the staff on duty may have, the earliest first."""
    now = at.astimezone(ZoneInfo(card.zone))
    sessions = sessions_left(card.opens, card.closes, minute=minute_of(now.time()))
    rows = RoomSession.objects.filter(site_session__site=card.site_id, day=now.date(), session__in=sessions)
    found = [too_many_in_room(row, limits_of(row.limits), row.own_months) for row in rows.order_by("room__name", "pk")]
    order = list(Session)
    return tuple(sorted((one for one in found if one), key=lambda one: order.index(one.session)))


def offers_left(card: SiteCard, room_id: UUID, open_spots: int, *, at: datetime) -> dict[tuple[UUID, Session], int]:
    """What to offer so that so many more children may come to a room for the rest of today."""
    now = at.astimezone(ZoneInfo(card.zone))
    sessions = sessions_left(card.opens, card.closes, minute=minute_of(now.time()))
    counts = next((room.sessions for room in rooms_on(card.site_id, now.date()) if room.room.room_id == room_id), {})
    return {(room_id, session): spots for session, spots in offers_for(counts, sessions, open_spots=open_spots).items()}
