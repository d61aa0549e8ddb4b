"""Look for a place for one open request: try the sites that fit, best first, until one has the spots.

Between reading and taking, another family may have been first; `take_spots` then says so and the next site is tried,
so the family never sees a place that is gone.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybreak.care import looking, pricing, surge
from daybreak.care.actions.line import family_of, join_line
from daybreak.care.actions.move import as_stored, move_request
from daybreak.care.actions.take import try_place
from daybreak.care.actions.tell import tell_family
from daybreak.care.covered import keep_covered, shift_minutes
from daybreak.care.models import CareRequest
from daybreak.care.queries import prices_on
from daybreak.care.states import By, RequestState
from daybreak.kernel.spans import minute_of
from daybreak.network.terms import Nearby
from daybreak.network.ways.actions import measure_ways
from daybreak.network.ways.queries import open_on_the_way, service
from daybreak.people.actions import lock_household
from daybreak.people.queries import household_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement import terms as placement
from daybreak.placement.hours import span_of
from daybreak.placement.request import best_places
from daybreak.placement.sessions import touched
from daybreak.placement.travel import minutes
from daybreak.plan.queries import standing_of


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
    prices = _prices(row, nearby, at)
    children = list(row.children.values_list("child_id", flat=True))
    standing = standing_of(row.asked_by_id, row.household_id, children, row.day)

    # Decide.
    family = family_of(row, household)
    ranked = best_places(family, nearby.sites, prices=prices.minutes, ways=found.ways)
    admitted = pricing.admit(ranked.candidates, prices, at=at, decide_by_at=row.decide_by_at)
    admitted = keep_covered(admitted, nearby.cards, standing, children, shift_minutes(row.starts_at, row.ends_at))
    instant = {site_id for site_id, card in nearby.cards.items() if card.instant}
    to_try = looking.order(admitted.candidates, instant=instant, declined=said_no)
    hold_until = looking.held_until(at, row.decide_by_at)

    # Write and tell.
    _write_down_why(row, admitted, ranked, nearby)
    if not prices.fresh and join_line(row, family, surge.spots_left(ranked.candidates, nearby.sites), at=at):
        if by is By.FAMILY:
            tell_family(row, "care-waiting", at=at)
        return False
    for candidate in (*to_try.at_once, *(to_try.to_ask if hold_until else ())):
        card = nearby.cards[candidate.site_id]
        measured = found.ways.get(candidate.site_id)
        way = measured.around_work if measured else minutes(card.point, household.work)
        if try_place(row, candidate, card, way, hold_until, by=by, actor=actor, at=at):
            return True
    CareRequest.objects.filter(pk=row.pk).update(due_at=looking.next_look(at, row.decide_by_at), in_round=False)
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


def _prices(row: CareRequest, nearby: Nearby, at: datetime) -> pricing.Prices:
    """What the spots near this family cost, for the hours of its work."""
    rooms = {UUID(room.room_id) for site in nearby.sites for room in site.rooms}
    caregivers = {UUID(site.site_id) for site in nearby.sites if site.kind is placement.Kind.IN_HOME}
    starts, ends = span_of(minute_of(row.starts), minute_of(row.ends))
    sessions = {session for _, session in touched(starts, ends)}
    return pricing.prices_of(prices_on(row.day, rooms | caregivers), sessions, at=at)


def _write_down_why(row: CareRequest, admitted: pricing.Admitted, ranked: placement.Ranked, nearby: Nearby) -> None:
    lines = looking.why_not((*looking.with_contracts(ranked.refused, nearby.kept), *admitted.refused))
    row.considered = len(admitted.candidates) + sum(line.sites for line in lines)
    row.without_offer = nearby.in_reach_without_offer
    row.why_not = [{**as_stored(line.reason), "sites": line.sites} for line in lines]
    row.save(update_fields=["considered", "without_offer", "why_not"])
