"""A provider's or caregiver's program says what is offered, and how a site is described to families."""

from collections.abc import Callable
from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from daybreak.accounts.terms import Scope
from daybreak.api.callers import Caller, caller_of, operation
from daybreak.api.homes import DAY, day_near, own_site
from daybreak.api.problems import Problem
from daybreak.api.shapes import Clock, OffersShape, SiteShape, Weekday, offers_shape, site_shape
from daybreak.api.writes import KEY, once
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.kernel.spans import parse_clock
from daybreak.network.actions import offer_spots, set_hours, set_instant
from daybreak.network.caregivers.actions import set_languages, set_rate, set_reach, set_week, write_check
from daybreak.network.caregivers.terms import Checked, CheckKind, SaidBy
from daybreak.network.queries import rooms_on
from daybreak.network.staff.actions import say_back, say_gone
from daybreak.network.staff.queries import staff_of
from daybreak.network.terms import SiteCard
from daybreak.network.today.actions import set_open
from daybreak.network.weekdays import mask_of
from daybreak.placement.terms import Kind

router = Router(tags=["offers"])


class OpenShape(Schema):
    """So many more children may come to a room for the rest of today."""

    room_id: UUID
    open: int = Field(ge=0, le=500)


class HoursShape(Schema):
    """When a site is open. Equal times mean always; a close before the opening is on the next day."""

    opens: Clock
    closes: Clock
    weekdays: list[Weekday] = Field(min_length=1, max_length=7)


class NewBookingsShape(Schema):
    """Whether bookings are confirmed at once or the home is asked first."""

    instant: bool


class StafferShape(Schema):
    """Somebody on the staff, by the name the director gave."""

    staffer_id: UUID
    name: str
    part: str


class StaffShape(Schema):
    """The staff of a site."""

    items: list[StafferShape]
    next: str | None


class GoneShape(Schema):
    """Somebody is not on duty today, or is after all."""

    state: Literal["gone", "back"]


class TouchedShape(Schema):
    """The bookings of rooms that now have a child too many."""

    booking_ids: list[UUID]


class DayHoursShape(Schema):
    """A caregiver's hours on one day of the week."""

    weekday: Weekday
    starts: Clock
    ends: Clock


class WeekShape(Schema):
    """A caregiver's week; a day that is left out is a day off."""

    days: list[DayHoursShape] = Field(max_length=7)


class ReachShape(Schema):
    """For which ages a caregiver comes, and how far."""

    from_months: int = Field(ge=0, le=216)
    until_months: int = Field(ge=0, le=216)
    radius_km: float = Field(ge=0, le=1000)


class LanguagesShape(Schema):
    """Languages spoken with the children; those not known here are left out."""

    languages: list[str] = Field(max_length=30)


class RateShape(Schema):
    """Whole cents for one child and day, from today on."""

    cents: int = Field(ge=0, le=10_000_000)


class CheckShape(Schema):
    """What was looked into; families read that it is the site's own word."""

    kind: CheckKind
    done_on: date
    valid_until: date | None = None


@operation(router, "GET", "/sites/{site_id}/offers", "read-offers", Scope.SITES_READ, OffersShape)
def read_offers(request: HttpRequest, site_id: UUID, day: date | None = DAY) -> OffersShape:
    """What each room offers on a day, and how much of it is taken"""
    caller = caller_of(request)
    wanted = day_near(caller, own_site(caller, site_id), day)
    return offers_shape(wanted, rooms_on(site_id, wanted))


@operation(router, "PUT", "/sites/{site_id}/offers", "set-offers", Scope.SITES_WRITE, OffersShape)
def set_offers(request: HttpRequest, site_id: UUID, said: OffersShape, key: str = KEY) -> OffersShape:
    """Offer so many spots, by room and session; what is not named stays as it is"""
    caller = caller_of(request)
    card = own_site(caller, site_id)
    day = day_near(caller, card, said.day)
    offers = {(one.room_id, one.session): one.spots for one in said.offers}
    if strange := {room_id for room_id, _ in offers} - {room.room_id for room in card.rooms}:
        raise Problem(409, Reason("room-not-here", {"room_id": str(min(strange))}))
    return once(
        caller,
        key,
        site_id,
        {
            "thing": str(site_id),
            "day": day,
            "offers": sorted(f"{room} {session} {spots}" for (room, session), spots in offers.items()),
        },
        do=lambda: offer_spots(site_id=site_id, day=day, offers=offers, at=caller.at, actor=caller.person_id),
        show=lambda _: offers_shape(day, rooms_on(site_id, day)),
    )


@operation(router, "POST", "/sites/{site_id}/open-spots", "set-open-spots", Scope.SITES_WRITE, OffersShape)
def set_open_spots(request: HttpRequest, site_id: UUID, said: OpenShape, key: str = KEY) -> OffersShape:
    """Say how many more children may come to a room for the rest of today"""
    caller = caller_of(request)
    card = own_site(caller, site_id)
    if said.room_id not in {room.room_id for room in card.rooms}:
        raise Problem(409, Reason("room-not-here", {"room_id": str(said.room_id)}))
    today, room_id, spots = day_near(caller, card, None), said.room_id, said.open
    return once(
        caller,
        key,
        site_id,
        {**said.dict(), "thing": str(site_id)},
        do=lambda: set_open(site_id=site_id, room_id=room_id, open_spots=spots, at=caller.at, actor=caller.person_id),
        show=lambda _: offers_shape(today, rooms_on(site_id, today)),
    )


@operation(router, "PUT", "/sites/{site_id}/hours", "set-hours", Scope.SITES_WRITE, SiteShape)
def put_hours(request: HttpRequest, site_id: UUID, said: HoursShape, key: str = KEY) -> SiteShape:
    """Say when a site is open"""
    caller = caller_of(request)
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_hours(
            site_id=site_id,
            opens=parse_clock(said.opens),
            closes=parse_clock(said.closes),
            weekdays=mask_of(said.weekdays),
            at=caller.at,
            actor=caller.person_id,
        ),
    )


@operation(router, "PUT", "/sites/{site_id}/new-bookings", "set-new-bookings", Scope.SITES_WRITE, SiteShape)
def put_new_bookings(request: HttpRequest, site_id: UUID, said: NewBookingsShape, key: str = KEY) -> SiteShape:
    """Choose whether bookings are confirmed at once"""
    caller = caller_of(request)
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_instant(site_id=site_id, instant=said.instant, at=caller.at, actor=caller.person_id),
    )


@operation(router, "GET", "/sites/{site_id}/staff", "list-staff", Scope.SITES_READ, StaffShape)
def list_staff(request: HttpRequest, site_id: UUID) -> StaffShape:
    """Who works at a site"""
    own_site(caller_of(request), site_id)
    staff = staff_of(site_id)
    items = [StafferShape(staffer_id=one.staffer_id, name=one.name, part=one.part.value) for one in staff]
    return StaffShape(items=items, next=None)


@operation(router, "POST", "/sites/{site_id}/staff/{staffer_id}", "say-staff-gone", Scope.SITES_WRITE, TouchedShape)
def post_staff(request: HttpRequest, site_id: UUID, staffer_id: UUID, said: GoneShape, key: str = KEY) -> TouchedShape:
    """Say that somebody is not there today, or is after all; the answer names every booking that touches"""
    caller = caller_of(request)
    today = day_near(caller, own_site(caller, site_id), None)
    act = {"gone": say_gone, "back": say_back}[said.state]
    touched: list[UUID] = []

    def do() -> Decision:
        answer = act(site_id=site_id, day=today, staffer_id=staffer_id, at=caller.at, actor=caller.person_id)
        touched.extend(answer.booking_ids)
        return Yes() if answer else No(answer.reasons)

    body = {**said.dict(), "thing": str(site_id), "staffer": str(staffer_id)}
    return once(caller, key, site_id, body, do=do, show=lambda _: TouchedShape(booking_ids=touched))


@operation(router, "PUT", "/sites/{site_id}/week", "set-week", Scope.SITES_WRITE, SiteShape)
def put_week(request: HttpRequest, site_id: UUID, said: WeekShape, key: str = KEY) -> SiteShape:
    """Say a caregiver's week; the next four weeks are offered this way"""
    caller = caller_of(request)
    _caregivers(own_site(caller, site_id))
    week = {one.weekday: (parse_clock(one.starts), parse_clock(one.ends)) for one in said.days}
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_week(site_id=site_id, week=week, at=caller.at, actor=caller.person_id),
    )


@operation(router, "PUT", "/sites/{site_id}/reach", "set-reach", Scope.SITES_WRITE, SiteShape)
def put_reach(request: HttpRequest, site_id: UUID, said: ReachShape, key: str = KEY) -> SiteShape:
    """Say for which ages a caregiver comes, and how far"""
    caller = caller_of(request)
    _caregivers(own_site(caller, site_id))
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_reach(site_id=site_id, **said.dict(), at=caller.at, actor=caller.person_id),
    )


@operation(router, "PUT", "/sites/{site_id}/languages", "set-languages", Scope.SITES_WRITE, SiteShape)
def put_languages(request: HttpRequest, site_id: UUID, said: LanguagesShape, key: str = KEY) -> SiteShape:
    """Say which languages are spoken with the children"""
    caller = caller_of(request)
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_languages(site_id=site_id, languages=said.languages, at=caller.at, actor=caller.person_id),
    )


@operation(router, "PUT", "/sites/{site_id}/rate", "set-rate", Scope.SITES_WRITE, SiteShape)
def put_rate(request: HttpRequest, site_id: UUID, said: RateShape, key: str = KEY) -> SiteShape:
    """Say what is taken for one child and day from today on"""
    caller = caller_of(request)
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: set_rate(site_id=site_id, cents=said.cents, at=caller.at, actor=caller.person_id),
    )


@operation(router, "POST", "/sites/{site_id}/checks", "add-check", Scope.SITES_WRITE, SiteShape)
def add_check(request: HttpRequest, site_id: UUID, said: CheckShape, key: str = KEY) -> SiteShape:
    """Write down a check as the site's own word"""
    caller = caller_of(request)
    check = Checked(said.kind, said.done_on, said.valid_until, SaidBy.THEMSELVES)
    return _describe(
        caller,
        own_site(caller, site_id),
        key,
        said,
        lambda: write_check(site_id=site_id, check=check, at=caller.at, actor=caller.person_id),
    )


def _caregivers(card: SiteCard) -> None:
    """A site that families come to has opening hours and rooms instead."""
    if card.kind is not Kind.IN_HOME:
        raise Problem(409, Reason("only-for-caregivers"))


def _describe(caller: Caller, card: SiteCard, key: str, said: Schema, do: Callable[[], object]) -> SiteShape:
    return once(
        caller,
        key,
        card.site_id,
        {"shape": type(said).__name__, "thing": str(card.site_id), **said.dict()},
        do=do,
        show=lambda _: site_shape(own_site(caller, card.site_id)),
    )
