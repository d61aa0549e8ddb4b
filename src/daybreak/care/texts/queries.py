"""How does the day of a provider or a family stand as they text, and what were they last asked?"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.accounts.terms import Account
from daybreak.care.earning import total_cents
from daybreak.care.models import Talk
from daybreak.care.queries import bookings_since, earned_between, requests_of
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView
from daybreak.care.texts.keeping import as_question
from daybreak.care.texts.terms import Educator, Family, FamilyStanding, Kin, Question, RoomOpen, Standing, Wish
from daybreak.network.queries import site_card, sites_of
from daybreak.network.staff.queries import staff_of, staff_on
from daybreak.network.terms import SiteCard
from daybreak.network.today.queries import rooms_left
from daybreak.people.queries import household_of
from daybreak.placement.travel import minutes

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


def family_standing_of(account: Account, household_id: UUID, *, at: datetime) -> FamilyStanding | None:
    """The day of a household as one of its parents texts, by the clock of their work; None when there is none."""
    household = household_of(household_id, person_id=account.person_id)
    if household is None:
        return None
    zone = ZoneInfo(household.zone)
    now = at.astimezone(zone)
    still = [view for view in requests_of(household_id, limit=12) if _is_open(view, at)]
    return FamilyStanding(
        household_id=household_id,
        at=at,
        now=now.replace(tzinfo=None),
        zone=household.zone,
        children=tuple(Kin(one.child_id, one.name, one.months_on(now.date())) for one in household.children),
        usual_starts=household.usual_starts,
        usual_ends=household.usual_ends,
        commute_minutes=minutes(household.home, household.work),
        link=f"/requests/{still[0].request_id}" if len(still) == 1 else "/",
        wishes=tuple(_wish(view, zone) for view in sorted(still, key=lambda view: (view.day, view.starts, view.name))),
        texts_stopped=account.texts_stopped,
    )


def _is_open(view: RequestView, at: datetime) -> bool:
    """Whether something may still come of a request, the children fetched included."""
    if view.state in (RequestState.ASKED, RequestState.PLACED):
        return True
    booking = view.booking
    return booking is not None and booking.state is BookingState.ATTENDED and at < booking.leaves_at


def _wish(view: RequestView, zone: ZoneInfo) -> Wish:
    decide_by = _clock_of(view.decide_by_at, zone)
    booking = view.booking
    card = site_card(booking.site_id) if booking else None
    if booking is None or card is None:
        return Wish(view.request_id, view.state, view.day, decide_by)
    return Wish(
        request_id=view.request_id,
        state=view.state,
        day=view.day,
        decide_by=decide_by,
        booking_id=booking.booking_id,
        booking=booking.state,
        site=card.name,
        comes=_clock_of(booking.arrives_at, zone),
        leaves=_clock_of(booking.leaves_at, zone),
        until=_clock_of(booking.held_until or view.decide_by_at, zone),
    )


def _clock_of(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def menu_of(account: Account) -> str:
    """The menu a call begins with: of a provider's day where somebody speaks for a site, else of a family's."""
    speaks_for_a_site = any(sites_of(provider) for provider in account.providers)
    return "call-provider-menu" if speaks_for_a_site else "call-family-menu"


def _today(card: SiteCard, at: datetime) -> date:
    return at.astimezone(ZoneInfo(card.zone)).date()


def _family(booking: BookingView, card: SiteCard) -> Family:
    comes, leaves = (_clock_of(moment, ZoneInfo(card.zone)) for moment in (booking.arrives_at, booking.leaves_at))
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
    return as_question(asked)
