"""What does a program read and write? Ids, days, `HH:MM` clocks of the site or work, moments with their zone."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field

from daybreak.api.problems import ReasonShape, worded
from daybreak.care.earning import Earned
from daybreak.care.terms import BookingView, RequestView
from daybreak.network.terms import RoomDay, SiteCard
from daybreak.network.weekdays import days_of
from daybreak.people.terms import ChildProfile, HouseholdProfile
from daybreak.placement.sessions import Session

Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["07:00"])]
Weekday = Annotated[int, Field(ge=0, le=6, description="Monday is 0")]


class TokenShape(Schema):
    """The token that calls: what it acts as, what it may do, until when."""

    name: str
    acts_as: str
    scopes: list[str]
    households: list[UUID]
    employer_id: UUID | None
    providers: list[UUID]
    until_at: datetime


class ChildShape(Schema):
    """A child of the family."""

    child_id: UUID
    name: str
    months: int
    special_needs: bool


class HouseholdShape(Schema):
    """The family, and what it told once."""

    household_id: UUID
    employer_id: UUID
    work: str
    zone: str
    usual_starts: Clock
    usual_ends: Clock
    max_detour_minutes: int
    keep_together: bool
    children: list[ChildShape]


class AskShape(Schema):
    """A care request to be made. An end at or before the start is on the next day."""

    child_ids: list[UUID] = Field(min_length=1, max_length=20)
    day: date
    starts: Clock
    ends: Clock
    decide_by_at: AwareDatetime
    mildly_ill: list[UUID] = Field(default=[], max_length=20)


class BookedChildShape(Schema):
    """A child of a booking. Name and notes are there only for whom and while they may be seen."""

    child_id: UUID
    months: int
    room_id: UUID
    room: str
    name: str | None = None
    care_notes: str | None = None


class BookingShape(Schema):
    """The promise of one site."""

    booking_id: UUID
    called: str
    request_id: UUID
    site_id: UUID
    state: str
    day: date
    arrives_at: datetime
    leaves_at: datetime
    held_until: datetime | None
    came_at: datetime | None
    fetched_at: datetime | None
    children: list[BookedChildShape]


class BookingsShape(Schema):
    """A page of bookings."""

    items: list[BookingShape]
    next: str | None


class TriedShape(Schema):
    """A site that was tried, what came of it, and why."""

    site_id: UUID | None
    site: str
    outcome: str
    at: datetime
    reason: ReasonShape | None


class WhyNotShape(Schema):
    """How many places do not fit for one reason."""

    reason: ReasonShape
    sites: int


class RequestShape(Schema):
    """A care request: what is sure, what was tried, until when Daybreak looks."""

    request_id: UUID
    called: str
    state: str
    day: date
    starts: Clock
    ends: Clock
    child_ids: list[UUID]
    asked_at: datetime
    decide_by_at: datetime
    answered_at: datetime | None
    booking: BookingShape | None
    tried: list[TriedShape]
    why_not: list[WhyNotShape]


class RequestsShape(Schema):
    """A page of requests."""

    items: list[RequestShape]
    next: str | None


class RoomShape(Schema):
    """A room by name and ages in months, half-open."""

    room_id: UUID
    name: str
    from_months: int
    until_months: int
    licensed_spots: int


class SiteShape(Schema):
    """A site as its pages show it."""

    site_id: UUID
    name: str
    kind: str
    city: str
    zip_code: str
    zone: str
    opens: Clock | None
    closes: Clock | None
    weekdays: list[Weekday]
    instant: bool
    license_number: str
    capacity: int
    languages: list[str]
    rooms: list[RoomShape]


class SitesShape(Schema):
    """A page of sites."""

    items: list[SiteShape]
    next: str | None


class OfferShape(Schema):
    """The spots one room offers in one session; `taken` is told, not set."""

    room_id: UUID
    session: Session
    spots: int = Field(ge=0, le=99_999)
    taken: int = Field(default=0, json_schema_extra={"readOnly": True})


class OffersShape(Schema):
    """What a site offers on a day."""

    day: date
    offers: list[OfferShape] = Field(max_length=500)


class EarnedLineShape(Schema):
    """One booking's earning; the amount is unknown while no rate is stated."""

    booking_id: UUID
    day: date
    children: int
    rate_cents: int | None
    cents: int | None
    paid_by: date | None
    cite: str


class EarnedShape(Schema):
    """A page of what a site earned."""

    items: list[EarnedLineShape]
    next: str | None


def clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def household_shape(household: HouseholdProfile, today: date) -> HouseholdShape:
    """A family for its own parent."""
    return HouseholdShape(
        household_id=household.household_id,
        employer_id=household.employer_id,
        work=household.work_name,
        zone=household.zone,
        usual_starts=clock(household.usual_starts),
        usual_ends=clock(household.usual_ends),
        max_detour_minutes=household.max_detour_minutes,
        keep_together=household.keep_together,
        children=[
            ChildShape(
                child_id=child.child_id,
                name=child.name,
                months=child.months_on(today),
                special_needs=child.special_needs,
            )
            for child in household.children
        ],
    )


def booking_shape(
    booking: BookingView,
    profiles: dict[UUID, ChildProfile] | None = None,
    *,
    with_notes: bool = False,
) -> BookingShape:
    """A booking; names and notes only of the children handed over with it."""
    known = profiles or {}
    return BookingShape(
        booking_id=booking.booking_id,
        called=booking.name,
        request_id=booking.request_id,
        site_id=booking.site_id,
        state=booking.state.value,
        day=booking.day,
        arrives_at=booking.arrives_at,
        leaves_at=booking.leaves_at,
        held_until=booking.held_until,
        came_at=booking.came_at,
        fetched_at=booking.fetched_at,
        children=[
            BookedChildShape(
                child_id=child.child_id,
                months=child.months,
                room_id=child.room_id,
                room=child.room_name,
                name=known[child.child_id].name if child.child_id in known else None,
                care_notes=known[child.child_id].care_notes if with_notes and child.child_id in known else None,
            )
            for child in booking.children
        ],
    )


def request_shape(view: RequestView, language: str) -> RequestShape:
    """A request for its own family."""
    return RequestShape(
        request_id=view.request_id,
        called=view.name,
        state=view.state.value,
        day=view.day,
        starts=clock(view.starts),
        ends=clock(view.ends),
        child_ids=list(view.child_ids),
        asked_at=view.asked_at,
        decide_by_at=view.decide_by_at,
        answered_at=view.answered_at,
        booking=booking_shape(view.booking) if view.booking else None,
        tried=[
            TriedShape(
                site_id=one.site_id,
                site=one.site_name,
                outcome=str(one.outcome),
                at=one.at,
                reason=worded(one.reason, language) if one.reason else None,
            )
            for one in view.tried
        ],
        why_not=[WhyNotShape(reason=worded(one.reason, language), sites=one.sites) for one in view.why_not],
    )


def site_shape(card: SiteCard) -> SiteShape:
    """A site."""
    return SiteShape(
        site_id=card.site_id,
        name=card.name,
        kind=card.kind.value,
        city=card.city,
        zip_code=card.zip_code,
        zone=card.zone,
        opens=clock(card.opens) if card.opens is not None else None,
        closes=clock(card.closes) if card.closes is not None else None,
        weekdays=list(days_of(card.weekdays)),
        instant=card.instant,
        license_number=card.license_number,
        capacity=card.capacity,
        languages=list(card.languages),
        rooms=[
            RoomShape(
                room_id=room.room_id,
                name=room.name,
                from_months=room.from_months,
                until_months=room.until_months,
                licensed_spots=room.licensed_spots,
            )
            for room in card.rooms
        ],
    )


def offers_shape(day: date, rooms: tuple[RoomDay, ...]) -> OffersShape:
    """What rooms offer on a day, session by session."""
    return OffersShape(
        day=day,
        offers=[
            OfferShape(room_id=one.room.room_id, session=session, spots=count.spots, taken=count.taken)
            for one in rooms
            for session, count in sorted(one.sessions.items(), key=lambda item: list(Session).index(item[0]))
        ],
    )


def earned_shape(line: Earned) -> EarnedLineShape:
    """A line of what was earned."""
    return EarnedLineShape(
        booking_id=line.booking_id,
        day=line.day,
        children=line.children,
        rate_cents=line.rate_cents,
        cents=line.cents,
        paid_by=line.paid_by,
        cite=line.cite,
    )
