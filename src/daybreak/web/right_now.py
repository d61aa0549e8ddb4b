"""The rest of today on one page: how many more children may come, who of the staff is not there, whom that touches.

Each button is one tap and says a whole number or a fact, never "one more", so that a tap sent twice is done once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daybreak.care.actions.answer import decline_booking, withdraw_booking
from daybreak.care.queries import booking_view
from daybreak.care.states import BookingState
from daybreak.care.terms import BookingView
from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.network.queries import site_card
from daybreak.network.staff.actions import say_back, say_gone
from daybreak.network.staff.queries import staff_of, staff_on
from daybreak.network.staff.terms import StaffSaid, TooMany
from daybreak.network.terms import SiteCard
from daybreak.network.today.actions import set_open
from daybreak.network.today.queries import RoomLeft, rooms_left, too_many_today
from daybreak.web.access import Purpose
from daybreak.web.doors import Visit, about_booking, about_site
from daybreak.web.failures import tell_decision
from daybreak.web.templatetags import said


@dataclass(frozen=True)
class OnDutyLine:
    """One of the staff today, as the page lists them."""

    staffer_id: UUID
    name: str
    room: str
    starts: datetime
    ends: datetime
    is_gone: bool


@dataclass(frozen=True)
class Over:
    """A room with children too many, why, and the bookings of whom one cannot be taken."""

    room: str
    over: int
    why: str
    bookings: tuple[BookingView, ...]
    arrivals: tuple[tuple[BookingView, datetime], ...]


@about_site(Purpose.SEE_SITE_DAY)
@never_cache
@require_safe
def page(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """Rooms, staff and, where there are too many children, the families it touches."""
    day, rooms = rooms_left(card, at=visit.at)
    context = {
        "card": card,
        "day": day,
        "rooms": [(room, _steps(room)) for room in rooms],
        "staff": _staff(card, day),
        "over": _over(card, too_many_today(card, at=visit.at)),
    }
    return render(request, "web/site_now.html", context)


def _steps(room: RoomLeft) -> tuple[int | None, int | None]:
    """The numbers that one fewer and one more would be."""
    return (room.open - 1 if room.open > 0 else None, room.open + 1 if room.open < room.room.licensed_spots else None)


def _staff(card: SiteCard, day: date) -> list[OnDutyLine]:
    names = {one.staffer_id: one.name for one in staff_of(card.site_id)}
    rooms = {room.room_id: room.name for room in card.rooms}
    lines = [
        OnDutyLine(
            hours.staffer_id,
            names.get(hours.staffer_id, ""),
            rooms.get(room.room_id, ""),
            datetime.combine(day, hours.starts),
            datetime.combine(day, hours.ends),
            hours.gone_from is not None,
        )
        for room in staff_on(card.site_id, day)
        for hours in room.hours
    ]
    return sorted(lines, key=lambda line: (line.room, line.starts, line.name))


def _over(card: SiteCard, found: tuple[TooMany, ...]) -> list[Over]:
    """Each room once, by its worst session, with every booking that any of its sessions touches."""
    names = {room.room_id: room.name for room in card.rooms}
    lines = []
    for room_id in dict.fromkeys(one.room_id for one in found):
        here = [one for one in found if one.room_id == room_id]
        worst = max(here, key=lambda one: one.over)
        ids = dict.fromkeys(booking_id for one in here for booking_id in one.booking_ids)
        bookings = tuple(view for booking_id in ids if (view := booking_view(booking_id)))
        arrivals = tuple((view, view.arrives_at.astimezone(ZoneInfo(card.zone))) for view in bookings)
        room = names.get(room_id, card.name) if room_id else card.name
        lines.append(Over(room, worst.over, said.sentence(worst.reason), bookings, arrivals))
    return lines


@about_site(Purpose.OFFER_SPOTS)
@require_POST
def spots(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """So many more children may come to a room for the rest of today."""
    room_id, open_spots = _uuid(request.POST.get("room", "")), request.POST.get("open", "")
    if room_id is None or not (open_spots.isascii() and open_spots.isdecimal() and len(open_spots) < 6):
        return redirect("site-now", card.site_id)
    decision = set_open(
        site_id=card.site_id, room_id=room_id, open_spots=int(open_spots), at=visit.at, actor=visit.me.person_id
    )
    tell_decision(request, decision, gettext("Saved."))
    return redirect("site-now", card.site_id)


@about_site(Purpose.SAY_STAFF_GONE)
@require_POST
def staff(request: HttpRequest, visit: Visit, card: SiteCard) -> HttpResponse:
    """An educator is not there today, or is after all."""
    staffer_id = _uuid(request.POST.get("staffer", ""))
    act: Callable[..., StaffSaid] | None = {"gone": say_gone, "back": say_back}.get(request.POST.get("is", ""))
    if staffer_id is None or act is None:
        return redirect("site-now", card.site_id)
    day = visit.at.astimezone(ZoneInfo(card.zone)).date()
    answer = act(site_id=card.site_id, day=day, staffer_id=staffer_id, at=visit.at, actor=visit.me.person_id)
    decision = Yes() if answer else No(answer.reasons)
    tell_decision(request, decision, gettext("Written down. What your rooms may take is counted anew."))
    return redirect("site-now", card.site_id)


@about_booking(Purpose.WITHDRAW_BOOKING)
@require_POST
def cannot_take(request: HttpRequest, visit: Visit, booking: BookingView) -> HttpResponse:
    """Say no to a family because the staff on duty may not have so many; it is told the rule."""
    card = site_card(booking.site_id)
    why = _why_not(card, booking, visit.at) if card else None
    end = decline_booking if booking.state is BookingState.HELD else withdraw_booking
    done = gettext("Canceled. The family has been told why, and Daybreak looks for another place for them.")
    decision = end(booking_id=booking.booking_id, actor=visit.me.person_id, at=visit.at, because=why)
    tell_decision(request, decision, done)
    return redirect("site-now", booking.site_id)


def _why_not(card: SiteCard, booking: BookingView, at: datetime) -> Reason | None:
    touched = [one for one in too_many_today(card, at=at) if booking.booking_id in one.booking_ids]
    return max(touched, key=lambda one: one.over).reason if touched else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
