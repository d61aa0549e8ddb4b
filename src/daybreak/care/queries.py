"""What is the state of a request or booking, and whom does a home expect?"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from daybreak.care import surge
from daybreak.care.earning import Agreed, Earned, earned
from daybreak.care.models import Attempt, Booking, CareMove, CareRequest, RequestedChild, SpotPrice, Surge
from daybreak.care.states import CAME, BookingState, By, RequestState
from daybreak.care.surge import Past
from daybreak.care.terms import (
    BookingView,
    Given,
    Moved,
    PlacedChild,
    PriceSource,
    RequestView,
    SiteDay,
    Touched,
    Tried,
    WhyNot,
)
from daybreak.care.terms import SpotPrice as Price
from daybreak.kernel.decisions import Reason
from daybreak.kernel.refs import spoken
from daybreak.kernel.spans import Span
from daybreak.network.caregivers.queries import rate_on
from daybreak.network.contracts.queries import contracts_on
from daybreak.network.license_lists.queries import licensed_days
from daybreak.network.reach import around
from daybreak.people.queries import employing
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Point

_OPEN = (RequestState.ASKED.value, RequestState.PLACED.value)


def request_view(request_id: UUID) -> RequestView | None:
    """A care request as its family sees it, or None."""
    row = _requests().filter(pk=request_id).first()
    return _request(row) if row else None


def requests_of(
    household_id: UUID, *, limit: int = 20, after: tuple[datetime, UUID] | None = None
) -> list[RequestView]:
    """A household's requests, newest first; `after` is the moment and id of the last one of the page before."""
    rows = _requests().filter(household=household_id)
    if after is not None:
        rows = rows.filter(Q(asked_at__lt=after[0]) | Q(asked_at=after[0], pk__gt=after[1]))
    return [_request(row) for row in rows.order_by("-asked_at", "pk")[:limit]]


def booking_view(booking_id: UUID) -> BookingView | None:
    """A booking as both sides see it, or None."""
    row = _bookings().filter(pk=booking_id).first()
    return _booking(row) if row else None


def bookings_on(site_id: UUID, day: date) -> list[BookingView]:
    """Every booking of a site on a day, in all states, by time of arrival."""
    return [_booking(row) for row in _bookings().filter(site=site_id, day=day).order_by("arrives_at", "pk")]


_THERE = ~Q(state__in=[state.value for state in CAME]) | Q(children__came_at__isnull=False)
"""Children who are expected, or of bookings whose children came, those who did."""


def days_of_sites(site_ids: Collection[UUID], *, since: date) -> list[SiteDay]:
    """Every day, from one on, for which these sites expect children or owe an answer; in one query for all of them."""
    states = [state.value for state in (BookingState.HELD, BookingState.CONFIRMED, *CAME)]
    held = Q(state=BookingState.HELD.value)
    counted = (
        Booking.objects.filter(site__in=site_ids, day__gte=since, state__in=states)
        .values("site_id", "day")
        .annotate(coming=Count("children", filter=~held & _THERE), asked=Count("pk", filter=held, distinct=True))
    )
    return [SiteDay(row["site_id"], row["day"], row["coming"], row["asked"]) for row in counted.order_by("day", "site")]


def bookings_since(site_ids: Collection[UUID], day: date) -> list[BookingView]:
    """Every booking of these sites from a day on that stands or waits for an answer, by time of arrival."""
    states = [state.value for state in (BookingState.HELD, BookingState.CONFIRMED, *CAME)]
    rows = _bookings().filter(site__in=site_ids, day__gte=day, state__in=states)
    return [_booking(row) for row in rows.order_by("arrives_at", "pk")]


def earned_between(site_id: UUID, since: date, until: date) -> tuple[Earned, ...]:
    """What a site earned from one day up to and not including another, booking by booking, by day."""
    given = _came_between(site_id, since, until)
    days = sorted({one.day for one in given})
    agreed = {
        (contract.employer_id, day): Agreed(contract.rate_cents, contract.pays_within_days, contract.number)
        for day in days
        for contract in contracts_on(site_id, day)
    }
    return earned(given, agreed, {day: rate_on(site_id, day) for day in days})


def _came_between(site_id: UUID, since: date, until: date) -> list[Given]:
    rows = Booking.objects.filter(
        site=site_id, day__gte=since, day__lt=until, state__in=[state.value for state in CAME]
    ).annotate(coming=Count("children", filter=_THERE))
    columns = ("pk", "day", "coming", "request__employer_id")
    return [Given(*row) for row in rows.order_by("day", "arrives_at", "pk").values_list(*columns)]


def open_spans(household_id: UUID) -> Iterable[tuple[UUID, Span, set[UUID]]]:
    """The hours and children of each request of a household that is still looking or placed."""
    rows = CareRequest.objects.filter(household=household_id, state__in=_OPEN).prefetch_related("children")
    for row in rows.order_by("asked_at", "pk"):
        yield row.pk, Span(row.starts_at, row.ends_at), {child.child_id for child in row.children.all()}


def prices_on(day: date, holder_ids: Collection[UUID]) -> list[Price]:
    """Every price of these rooms and caregivers on a day, from every source."""
    found: list[Price] = []
    # Most days nobody has made prices, and a city has thousands of rooms to ask about.
    wanted = sorted(holder_ids) if SpotPrice.objects.filter(day=day).exists() else []
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = SpotPrice.objects.filter(Q(room__in=some) | Q(caregiver__in=some), day=day).order_by("pk")
        found += [
            Price(
                holder_id=holder_id,
                minutes=row.minutes,
                source=PriceSource(row.source),
                computed_at=row.computed_at,
                session=Session(row.session) if row.session else None,
                at_caregiver=row.room_id is None,
            )
            for row in rows
            if (holder_id := row.room_id or row.caregiver_id)
        ]
    return found


def asking_near(home: Point, *, day: date, zone: str, but: UUID, at: datetime) -> int:
    """Children near a home, of requests for a day other than this one, that look for a place or asked lately.

    Never more than a few hundred are counted: so many are as good as any number.
    """
    box = around(home, surge.NEARBY_KM)
    children = RequestedChild.objects.filter(
        Q(request__state=RequestState.ASKED.value) | Q(request__asked_at__gt=at - surge.LATELY),
        request__day=day,
        request__zone=zone,
        request__household__home_latitude__range=(box.south, box.north),
        request__household__home_longitude__range=(box.west, box.east),
    )
    return children.exclude(request=but)[:300].count()


def past_of(request_id: UUID) -> list[Past]:
    """Every site that was tried for a request, the first one first."""
    rows = Attempt.objects.filter(request=request_id).order_by("at", "pk").values_list("site_id", "booking_id")
    return [Past(str(site_id), booking_id is not None) for site_id, booking_id in rows]


def sites_had_before(household_id: UUID, day: date) -> set[UUID]:
    """The sites that had a household's children on an earlier day."""
    came = Booking.objects.filter(
        request__household=household_id, day__lt=day, state__in=[state.value for state in CAME]
    )
    return set(came.values_list("site_id", flat=True))


def is_surge(day: date, zone: str) -> bool:
    """Say whether families who wait for a day are being placed together, in rounds."""
    return Surge.objects.filter(day=day, zone=zone, due_at__isnull=False).exists()


def overdue(*, at: datetime) -> list[UUID]:
    """Requests that still look although their decide-by has passed, longest ago first."""
    late = CareRequest.objects.filter(state=RequestState.ASKED.value, decide_by_at__lt=at)
    return list(late.order_by("decide_by_at", "pk").values_list("pk", flat=True))


def request_of(row_id: UUID) -> UUID | None:
    """The request with this id, or that of the booking with it, or None."""
    if CareRequest.objects.filter(pk=row_id).exists():
        return row_id
    return Booking.objects.filter(pk=row_id).values_list("request_id", flat=True).first()


def called(name: str, *, since: datetime) -> UUID | None:
    """The request of a spoken name such as R-7F3KQ2MN or B-..., among those asked since a moment; the newest one.

    Names are made from ids and stand in no index, so every id of these days is read.
    """
    requests = CareRequest.objects.filter(asked_at__gte=since).order_by("-asked_at").values_list("pk", "pk")
    bookings = Booking.objects.filter(created_at__gte=since).order_by("-created_at").values_list("pk", "request_id")
    prefix = name[:1]
    rows = {"R": requests, "B": bookings}.get(prefix)
    if rows is None:
        return None
    return next((request_id for row_id, request_id in rows.iterator() if spoken(prefix, row_id) == name), None)


def nobody_said_who_came(employer_id: UUID, since: date, until: date, *, at: datetime) -> list[UUID]:
    """Bookings of an employer's families whose day is over and of whom nobody has said whether the children came."""
    rows = Booking.objects.filter(
        request__employer=employer_id,
        day__gte=since,
        day__lt=until,
        state=BookingState.CONFIRMED.value,
        leaves_at__lte=at,
    )
    return list(rows.order_by("day", "pk").values_list("pk", flat=True))


def zone_of(request_id: UUID) -> str:
    """The time zone in which a request's family reads its clock."""
    return CareRequest.objects.values_list("zone", flat=True).get(pk=request_id)


def moves_of(request_id: UUID) -> list[Moved]:
    """Every change of state of a request and its bookings, oldest first."""
    rows = CareMove.objects.filter(request=request_id).order_by("at", "pk")
    return [Moved(row.at, row.verb, row.before, row.after, By(row.by), row.booking_id) for row in rows]


def bookings_touched(site_ids: Collection[UUID], *, at: datetime) -> list[Touched]:
    """Every booking, held or confirmed and not yet over, at sites whose licenses would end now."""
    found: list[Touched] = []
    wanted = sorted(site_ids)
    for start in range(0, len(wanted), 500):
        found += [_touched(row) for row in _live(at).filter(site__in=wanted[start : start + 500])]
    return found


def without_employee(*, at: datetime) -> list[UUID]:
    """Open requests, for care still ahead, of families in which nobody works for the employer any more."""
    rows = CareRequest.objects.filter(state__in=_OPEN, starts_at__gt=at).order_by("starts_at", "pk")
    asked = list(rows.values_list("pk", "household_id", "employer_id"))
    employed = employing(household_id for _, household_id, _ in asked)
    return [request_id for request_id, *pair in asked if tuple(pair) not in employed]


def unlicensed_bookings(*, at: datetime) -> list[Touched]:
    """Every booking, held or confirmed and not yet over, that no license of its site covers."""
    rows = list(_live(at))
    covered = licensed_days({(row.site_id, row.day) for row in rows})
    return [_touched(row) for row in rows if (row.site_id, row.day) not in covered]


def _live(at: datetime) -> "QuerySet[Booking]":
    live = (BookingState.HELD.value, BookingState.CONFIRMED.value)
    rows = Booking.objects.filter(state__in=live, leaves_at__gt=at).select_related("site")
    return rows.annotate(expected=Count("children")).order_by("arrives_at", "pk")


def _touched(row: Any) -> Touched:
    return Touched(row.pk, row.request_id, row.site_id, row.site.name, row.day, row.expected, BookingState(row.state))


def _bookings() -> "QuerySet[Booking]":
    return Booking.objects.select_related("request").prefetch_related("children__room", "moves")


def _requests() -> "QuerySet[CareRequest]":
    return CareRequest.objects.prefetch_related(
        "children",
        Prefetch("bookings", _bookings().order_by("-created_at", "pk")),
        Prefetch("tried", Attempt.objects.select_related("site", "booking").order_by("at", "pk")),
    )


def _booking(row: Booking) -> BookingView:
    moved = {move.verb: move.at for move in row.moves.all()}
    return BookingView(
        booking_id=row.pk,
        request_id=row.request_id,
        household_id=row.request.household_id,
        site_id=row.site_id,
        state=BookingState(row.state),
        day=row.day,
        arrives_at=row.arrives_at,
        leaves_at=row.leaves_at,
        minutes=row.minutes,
        held_until=row.held_until,
        children=tuple(
            PlacedChild(child.child_id, child.room_id, child.room.name, child.months, child.came_at, child.fetched_at)
            for child in row.children.all()
        ),
        came_at=moved.get("attend"),
        fetched_at=moved.get("fetch"),
    )


def _request(row: CareRequest) -> RequestView:
    return RequestView(
        request_id=row.pk,
        household_id=row.household_id,
        state=RequestState(row.state),
        day=row.day,
        starts=row.starts,
        ends=row.ends,
        child_ids=tuple(child.child_id for child in row.children.all()),
        asked_at=row.asked_at,
        decide_by_at=row.decide_by_at,
        answered_at=row.answered_at,
        bookings=tuple(_booking(booking) for booking in row.bookings.all()),
        tried=tuple(_tried(attempt) for attempt in row.tried.all()),
        why_not=tuple(WhyNot(_reason(line), line["sites"]) for line in row.why_not),
        considered=row.considered,
        without_offer=row.without_offer,
        joined_at=row.joined_at,
        in_round=row.in_round,
    )


def _tried(row: Attempt) -> Tried:
    reason = _reason(row.reason) if row.reason else None
    outcome = row.booking.state if row.booking else "gone"
    return Tried(row.site_id, row.site.name, outcome, reason, row.at)


def _reason(stored: Mapping[str, Any]) -> Reason:
    """A reason as `care.actions.move.as_stored` wrote it; the oldest rows have no citation."""
    return Reason(stored["code"], stored["facts"], stored.get("cite", ""))
