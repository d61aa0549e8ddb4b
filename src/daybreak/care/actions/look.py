"""Look for a place for one open request: try the sites that fit, best first, until one has the spots.

Between reading and taking, another family may have been first; `take_spots` then says so and the next site is tried,
so the family never sees a place that is gone.
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.care import looking
from daybreak.care.actions.move import as_stored, began, move_booking, move_request
from daybreak.care.actions.tell import tell_about_booking, tell_family
from daybreak.care.models import Attempt, BookedChild, Booking, CareRequest
from daybreak.care.states import BookingState, By, RequestState
from daybreak.kernel.decisions import No
from daybreak.kernel.spans import minute_of
from daybreak.network.actions import take_spots
from daybreak.network.terms import Nearby, SiteCard, SpotWanted
from daybreak.network.ways.actions import measure_ways
from daybreak.network.ways.queries import open_on_the_way, service
from daybreak.people.actions import lock_household
from daybreak.people.queries import household_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement import terms as placement
from daybreak.placement.request import best_places
from daybreak.placement.travel import minutes


def look(row: CareRequest, household: HouseholdProfile, *, by: By, actor: UUID | None, at: datetime) -> bool:
    """Try to place an asked request now; True when a place is confirmed or a home is being asked.

    Works inside the caller's transaction, which holds the household's lock.
    """
    # Read.
    found = open_on_the_way(
        home=household.home,
        work=household.work,
        max_detour_minutes=household.max_detour_minutes,
        day=row.day,
        employer_id=row.employer_id,
        at=at,
    )
    nearby = found.nearby
    said_no = {str(site) for site in row.bookings.values_list("site_id", flat=True)}

    # Decide.
    family = _family(row, household)
    ranked = best_places(family, nearby.sites, ways=found.ways)
    instant = {site_id for site_id, card in nearby.cards.items() if card.instant}
    to_try = looking.order(ranked.candidates, instant=instant, declined=said_no)
    hold_until = looking.held_until(at, row.decide_by_at)

    # Write and tell.
    _write_down_why(row, ranked, nearby)
    for candidate in (*to_try.at_once, *(to_try.to_ask if hold_until else ())):
        card = nearby.cards[candidate.site_id]
        measured = found.ways.get(candidate.site_id)
        way = measured.around_work if measured else minutes(card.point, household.work)
        if _try(row, candidate, card, way, hold_until, by=by, actor=actor, at=at):
            return True
    CareRequest.objects.filter(pk=row.pk).update(due_at=looking.next_look(at, row.decide_by_at))
    if by is By.FAMILY:
        tell_family(row, "care-waiting", at=at)
    return False


def look_on(request_id: UUID, *, at: datetime, lease_holder: str | None = None) -> None:
    """Look again for a request that waits, or say plainly that nothing was found when its time is up.

    Does nothing when the family canceled meanwhile, or when the lease this look was made under went to another worker.
    """
    if service() and (row := CareRequest.objects.filter(pk=request_id, state=RequestState.ASKED.value).first()):
        measure_for(row.household_id, person_id=row.asked_by_id, day=row.day, at=at)
    _look_on(request_id, at=at, lease_holder=lease_holder)


def measure_for(household_id: UUID, *, person_id: UUID, day: date, at: datetime) -> None:
    """Have the ways of a household measured, where a service is set up, before a look holds any lock."""
    household = household_of(household_id, person_id=person_id) if service() else None
    if household is not None:
        measure_ways(
            home=household.home,
            work=household.work,
            max_detour_minutes=household.max_detour_minutes,
            day=day,
            employer_id=household.employer_id,
            at=at,
        )


@transaction.atomic
def _look_on(request_id: UUID, *, at: datetime, lease_holder: str | None) -> None:
    lock_household(CareRequest.objects.values_list("household_id", flat=True).get(pk=request_id))
    row = CareRequest.objects.select_for_update().get(pk=request_id)
    if row.state != RequestState.ASKED.value or lease_holder not in (None, row.lease_holder):
        return
    household = household_of(row.household_id, person_id=row.asked_by_id)
    is_over = row.ends_at <= at
    if household is not None and not is_over and look(row, household, by=By.CLOCK, actor=None, at=at):
        return
    if is_over or looking.is_out_of_time(at, row.decide_by_at):
        move_request(row, "run-out", by=By.CLOCK, actor=None, at=at)
        tell_family(row, "care-unfilled", at=at)
        return
    CareRequest.objects.filter(pk=row.pk).update(leased_until=None, lease_holder="")


def _family(row: CareRequest, household: HouseholdProfile) -> placement.Household:
    children = tuple(
        placement.Child(str(child.child_id), child.months, child.mildly_ill, child.special_needs)
        for child in row.children.all()
    )
    return placement.Household(
        household_id=str(household.household_id),
        home=household.home,
        work=household.work,
        # Not modeled: a site in another time zone than the work site; its hours are read on the family's clock.
        starts=minute_of(row.starts),
        ends=minute_of(row.ends),
        max_detour_minutes=household.max_detour_minutes,
        children=children,
        pay_class=household.pay_class.value,
    )


def _write_down_why(row: CareRequest, ranked: placement.Ranked, nearby: Nearby) -> None:
    lines = looking.why_not(looking.with_contracts(ranked.refused, nearby.kept))
    row.considered = len(ranked.candidates) + sum(line.sites for line in lines)
    row.without_offer = nearby.in_reach_without_offer
    row.why_not = [{**as_stored(line.reason), "sites": line.sites} for line in lines]
    row.save(update_fields=["considered", "without_offer", "why_not"])


def _try(
    row: CareRequest,
    candidate: placement.Candidate,
    card: SiteCard,
    way: float,
    hold_until: datetime | None,
    *,
    by: By,
    actor: UUID | None,
    at: datetime,
) -> bool:
    booking_id = uuid4()
    taken = take_spots(
        booking_id=booking_id,
        household_id=row.household_id,
        site_id=card.site_id,
        wanted=_wanted(row, candidate, card),
        at=at,
        employer_id=row.employer_id,
    )
    if isinstance(taken, No):
        reason = taken.reasons[0]
        Attempt.objects.create(request=row, site_id=card.site_id, reason=as_stored(reason), at=at)
        return False
    arrives_at, leaves_at = looking.care_hours(row.starts_at, row.ends_at, way)
    booking = Booking.objects.create(
        id=booking_id,
        request=row,
        site_id=card.site_id,
        state=BookingState.HELD.value,
        day=arrives_at.astimezone(ZoneInfo(card.zone)).date(),
        arrives_at=arrives_at,
        leaves_at=leaves_at,
        minutes=candidate.minutes,
        # A place that confirms at once is held for no longer than this transaction.
        held_until=at if card.instant else hold_until,
        due_at=None if card.instant else hold_until,
        created_at=at,
    )
    _write_children(booking, row, candidate, card)
    Attempt.objects.create(request=row, site_id=card.site_id, booking=booking, at=at)
    began(booking, "hold", by=by, actor=actor, at=at)
    move_request(row, "place", by=by, actor=actor, at=at)
    if card.instant:
        # The home said beforehand that these spots are given without asking, so the clock may confirm for it.
        move_booking(booking, "confirm", by=By.CLOCK, actor=None, at=at)
    tell_about_booking(row, booking, at=at)
    return True


def _wanted(row: CareRequest, candidate: placement.Candidate, card: SiteCard) -> list[SpotWanted]:
    months = _months(row)
    return [
        SpotWanted(
            child_id=UUID(place.child_id),
            months=months[place.child_id],
            room_id=_room(place, card),
            sessions=tuple((row.day + timedelta(days=offset), session) for offset, session in place.sessions),
        )
        for place in candidate.places
    ]


def _write_children(booking: Booking, row: CareRequest, candidate: placement.Candidate, card: SiteCard) -> None:
    months = _months(row)
    BookedChild.objects.bulk_create(
        BookedChild(
            booking=booking,
            child_id=UUID(place.child_id),
            room_id=_room(place, card),
            months=months[place.child_id],
            position=position,
        )
        for position, place in enumerate(candidate.places)
    )


def _months(row: CareRequest) -> dict[str, int]:
    return {str(child.child_id): child.months for child in row.children.all()}


def _room(place: placement.ChildPlace, card: SiteCard) -> UUID:
    """The room a child takes; placement names none at an in-home caregiver, who has only one."""
    return UUID(place.room_id) if place.room_id else card.rooms[0].room_id
