"""What is open at a site for the rest of today?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.kernel.spans import minute_of
from daybreak.network.limits import limits_of
from daybreak.network.models import RoomSession
from daybreak.network.queries import rooms_on
from daybreak.network.staff.queries import too_many_in_room
from daybreak.network.staff.terms import TooMany
from daybreak.network.terms import RoomCard, SiteCard
from daybreak.network.today.left import offers_for, sessions_left, still_open
from daybreak.placement.sessions import Session


@dataclass(frozen=True)
class RoomLeft:
    """A room with the sessions left of today, and how many more children may come for all of them."""

    room: RoomCard
    open: int
    sessions: tuple[Session, ...]


def rooms_left(card: SiteCard, *, at: datetime) -> tuple[date, tuple[RoomLeft, ...]]:
    """Today at a site, and each room that has sessions left."""
    now = at.astimezone(ZoneInfo(card.zone))
    sessions = sessions_left(card.opens, card.closes, minute=minute_of(now.time()))
    if not sessions:
        return now.date(), ()
    rooms = rooms_on(card.site_id, now.date())
    return now.date(), tuple(RoomLeft(room.room, still_open(room.sessions, sessions), sessions) for room in rooms)


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
