"""How does a provider's day stand as they text, and what were they last asked?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.care.earning import total_cents
from daybreak.care.models import Talk
from daybreak.care.queries import bookings_since, earned_between
from daybreak.care.states import BookingState
from daybreak.care.terms import BookingView
from daybreak.care.texts.terms import Act, Educator, Family, Question, RoomOpen, Standing
from daybreak.kernel.decisions import Reason
from daybreak.network.staff.queries import staff_of, staff_on
from daybreak.network.terms import SiteCard
from daybreak.network.today.queries import rooms_left

ANSWERABLE = timedelta(hours=2)
"""For how long a bare number answers the last question; later nobody remembers what it was."""


def standing_of(cards: Sequence[SiteCard], *, at: datetime) -> Standing:
    """The day of all of these sites together, each by its own clock. Raises IndexError without a site."""
    first = cards[0]
    days = {card.site_id: _today(card, at) for card in cards}
    by_id = {card.site_id: card for card in cards}
    bookings = bookings_since(list(days), min(days.values()))
    today = [one for one in bookings if one.state is BookingState.HELD or one.day == days[one.site_id]]
    return Standing(
        site=first.name,
        day=days[first.site_id],
        link=f"/sites/{first.site_id}/today" if len(cards) == 1 else "/sites",
        families=tuple(_family(one, by_id[one.site_id]) for one in today),
        rooms=tuple(
            RoomOpen(card.site_id, left.room.room_id, left.room.name, left.possible)
            for card in cards
            for left in rooms_left(card, at=at)[1]
        ),
        educators=tuple(one for card in cards for one in _educators(card, days[card.site_id])),
        earned_cents=sum(_earned_this_week(card.site_id, days[card.site_id]) for card in cards),
    )


def _today(card: SiteCard, at: datetime) -> date:
    return at.astimezone(ZoneInfo(card.zone)).date()


def _family(booking: BookingView, card: SiteCard) -> Family:
    comes, leaves = (
        moment.astimezone(ZoneInfo(card.zone)).replace(tzinfo=None).isoformat(timespec="minutes")
        for moment in (booking.arrives_at, booking.leaves_at)
    )
    return Family(booking.booking_id, booking.state, comes, leaves, len(booking.children))


def _educators(card: SiteCard, day: date) -> list[Educator]:
    """Everybody on duty on a day who has not been said to be gone, once each, by room and hours."""
    rooms = {room.room_id: room.name for room in card.rooms}
    names = {one.staffer_id: one.name for one in staff_of(card.site_id)}
    found: dict[UUID, Educator] = {}
    for room in staff_on(card.site_id, day):
        for hours in room.hours:
            if hours.gone_from is None and hours.staffer_id not in found:
                found[hours.staffer_id] = Educator(
                    staffer_id=hours.staffer_id,
                    site_id=card.site_id,
                    name=names.get(hours.staffer_id, ""),
                    room=rooms.get(room.room_id, ""),
                    starts=hours.starts.isoformat("minutes"),
                    ends=hours.ends.isoformat("minutes"),
                )
    return sorted(found.values(), key=lambda one: (one.room, one.starts, one.staffer_id))


def _earned_this_week(site_id: UUID, today: date) -> int:
    monday = today - timedelta(days=today.weekday())
    return total_cents(earned_between(site_id, monday, monday + timedelta(days=7)))


def last_question(person_id: UUID, *, at: datetime) -> Question | None:
    """What this person was asked by text a while ago at most, or None."""
    talk = Talk.objects.filter(pk=person_id, at__gt=at - ANSWERABLE).first()
    asked = talk.asked if talk else None
    if asked is None:
        return None
    because = asked["because"]
    return Question(
        act=Act(asked["act"]),
        choices=tuple(UUID(one) for one in asked["choices"]),
        number=asked["number"],
        because=Reason(because["code"], because["facts"], because["cite"]) if because else None,
    )
