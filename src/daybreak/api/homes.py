"""A provider's or caregiver's program sees whom it expects, answers, and says who came and what was earned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.params.functions import Query

from daybreak.accounts.terms import Scope
from daybreak.api.callers import Caller, caller_of, operation
from daybreak.api.pages import CURSOR, LIMIT, paged
from daybreak.api.problems import NOT_FOUND, Problem
from daybreak.api.shapes import (
    BookingShape,
    BookingsShape,
    EarnedShape,
    SiteShape,
    SitesShape,
    booking_shape,
    earned_shape,
    site_shape,
)
from daybreak.api.writes import KEY, once
from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_attended, mark_fetched, mark_missed
from daybreak.care.queries import booking_view, bookings_on, earned_between
from daybreak.care.terms import BookingView
from daybreak.kernel.decisions import Decision, Reason
from daybreak.network.queries import site_card, sites_of
from daybreak.network.terms import SiteCard
from daybreak.people.queries import children_named
from daybreak.web.access import Thing, shows_names, shows_notes

router = Router(tags=["homes"])
FARTHEST = timedelta(days=366)
DAY: Any = Query(None, description="Today where the site is, when left out")


class AnswerShape(Schema):
    """Yes or no to a booking that waits for it."""

    answer: Literal["accept", "decline"]


class AttendanceShape(Schema):
    """Whether the children came, or were fetched."""

    came: Literal["yes", "no", "fetched"]


@operation(router, "GET", "/sites", "list-sites", Scope.SITES_READ, SitesShape)
def list_sites(request: HttpRequest, cursor: str = CURSOR, limit: int = LIMIT) -> SitesShape:
    """The sites one speaks for, by name"""
    caller = caller_of(request)
    cards = [card for provider_id in dict.fromkeys(caller.account.providers) for card in sites_of(provider_id)]
    page, then = paged(cards, lambda card: (card.name, str(card.site_id)), cursor=cursor, limit=limit)
    return SitesShape(items=[site_shape(card) for card in page], next=then)


@operation(router, "GET", "/sites/{site_id}", "read-site", Scope.SITES_READ, SiteShape)
def read_site(request: HttpRequest, site_id: UUID) -> SiteShape:
    """One site"""
    return site_shape(own_site(caller_of(request), site_id))


@operation(router, "GET", "/sites/{site_id}/bookings", "list-bookings", Scope.SITES_READ, BookingsShape)
def list_bookings(
    request: HttpRequest, site_id: UUID, day: date | None = DAY, cursor: str = CURSOR, limit: int = LIMIT
) -> BookingsShape:
    """A day's bookings by arrival; names once children are coming, care notes around their time"""
    caller = caller_of(request)
    card = own_site(caller, site_id)
    found = bookings_on(site_id, day_near(caller, card, day))
    page, then = paged(found, _by_arrival, cursor=cursor, limit=limit)
    return BookingsShape(items=[_shape(caller, booking) for booking in page], next=then)


@operation(router, "GET", "/bookings/{booking_id}", "read-booking", Scope.SITES_READ, BookingShape)
def read_booking(request: HttpRequest, booking_id: UUID) -> BookingShape:
    """One booking"""
    caller = caller_of(request)
    return _shape(caller, _own(caller, booking_id))


@operation(router, "POST", "/bookings/{booking_id}/answer", "answer-booking", Scope.SITES_WRITE, BookingShape)
def answer(request: HttpRequest, booking_id: UUID, said: AnswerShape, key: str = KEY) -> BookingShape:
    """Say yes or no to a booking that waits for an answer"""
    act = {"accept": confirm_booking, "decline": decline_booking}[said.answer]
    return _move(caller_of(request), booking_id, key, said.answer, act)


@operation(router, "POST", "/bookings/{booking_id}/withdraw", "withdraw-booking", Scope.SITES_WRITE, BookingShape)
def withdraw(request: HttpRequest, booking_id: UUID, key: str = KEY) -> BookingShape:
    """Cancel a confirmed booking; the family's request looks for another place at once"""
    return _move(caller_of(request), booking_id, key, "withdraw", withdraw_booking)


@operation(router, "POST", "/bookings/{booking_id}/attendance", "mark-attendance", Scope.SITES_WRITE, BookingShape)
def attendance(request: HttpRequest, booking_id: UUID, said: AttendanceShape, key: str = KEY) -> BookingShape:
    """Say whether the children came, and when they were fetched"""
    act = {"yes": mark_attended, "no": mark_missed, "fetched": mark_fetched}[said.came]
    return _move(caller_of(request), booking_id, key, said.came, act)


@operation(router, "GET", "/sites/{site_id}/earned", "list-earned", Scope.SITES_READ, EarnedShape)
def list_earned(
    request: HttpRequest, site_id: UUID, since: date, until: date, cursor: str = CURSOR, limit: int = LIMIT
) -> EarnedShape:
    """What a site earned from one day up to and not including another, at most a year apart"""
    caller = caller_of(request)
    card = own_site(caller, site_id)
    since, until = day_near(caller, card, since), day_near(caller, card, until)
    lines = earned_between(site_id, since, until)
    page, then = paged(lines, lambda line: (line.day.isoformat(), str(line.booking_id)), cursor=cursor, limit=limit)
    return EarnedShape(items=[earned_shape(line) for line in page], next=then)


def own_site(caller: Caller, site_id: UUID) -> SiteCard:
    """A site of the caller's own. Raises a problem for any other, and for one that is not there."""
    card = site_card(site_id)
    caller.require(Thing(provider_id=card.provider_id if card else None))
    if card is None:
        raise Problem(404, NOT_FOUND)
    return card


def day_near(caller: Caller, card: SiteCard, day: date | None, *, years: int = 1) -> date:
    """A day within a year, or so many, of today where the site is; today when none is named."""
    today = caller.at.astimezone(ZoneInfo(card.zone)).date()
    if day is not None and abs(day - today) > FARTHEST * years:
        raise Problem(409, Reason("day-too-far", {"day": day.isoformat()}))
    return day or today


def _own(caller: Caller, booking_id: UUID) -> BookingView:
    booking = booking_view(booking_id)
    card = site_card(booking.site_id) if booking else None
    caller.require(Thing(provider_id=card.provider_id if card else None))
    if booking is None:
        raise Problem(404, NOT_FOUND)
    return booking


def _move(caller: Caller, booking_id: UUID, key: str, said: str, act: Callable[..., Decision]) -> BookingShape:
    _own(caller, booking_id)
    return once(
        caller,
        key,
        booking_id,
        {"said": said, "thing": str(booking_id)},
        do=lambda: act(booking_id=booking_id, actor=caller.person_id, at=caller.at),
        show=lambda _: _shape(caller, _own(caller, booking_id)),
    )


def _shape(caller: Caller, booking: BookingView) -> BookingShape:
    named = children_named(child.child_id for child in booking.children) if shows_names(booking) else {}
    return booking_shape(booking, named, with_notes=shows_notes(booking, at=caller.at))


def _by_arrival(booking: BookingView) -> tuple[str, ...]:
    return booking.arrives_at.isoformat(), str(booking.booking_id)
