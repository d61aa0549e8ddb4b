"""Look for a place for one open request: find the sites that fit, and let the cascade try them.

Between reading and taking, another family may have been first; `take_spots` then says so and the next site is tried,
so the family never sees a place that is gone.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybreak.care import looking, pricing, surge
from daybreak.care.actions.line import family_of, join_line
from daybreak.care.actions.move import as_stored
from daybreak.care.actions.run import Hands, Offer, run
from daybreak.care.actions.tell import tell_family
from daybreak.care.covered import keep_covered, route_to, shift_minutes
from daybreak.care.models import CareRequest
from daybreak.care.queries import prices_on, sites_had_before
from daybreak.care.routes import Clock
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
from daybreak.plan.terms import Route


def look(row: CareRequest, household: HouseholdProfile | None, *, by: By, actor: UUID | None, at: datetime) -> None:
    """Have a request try what fits now, or end when its time is up.

    Works inside the caller's transaction, which holds the household's lock.
    """
    hands = Hands(row, by, actor, at, look=lambda: _offers(row, household, at))
    run(hands, Clock())
    if by is By.FAMILY and row.state == RequestState.ASKED.value:
        tell_family(row, "care-waiting", at=at)


def _offers(row: CareRequest, household: HouseholdProfile | None, at: datetime) -> list[Offer] | None:
    """What fits and has spots, best first; None when the request waits for a round instead."""
    if household is None or row.ends_at <= at:
        return []
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
    prices = _prices(row, nearby, at)
    children = list(row.children.values_list("child_id", flat=True))
    standing = standing_of(row.asked_by_id, row.household_id, children, row.day)
    known = sites_had_before(row.household_id, row.day)

    # Decide.
    family = family_of(row, household, at=at)
    ranked = best_places(family, nearby.sites, prices=prices.minutes, ways=found.ways)
    admitted = pricing.admit(ranked.candidates, prices, at=at, decide_by_at=row.decide_by_at)
    admitted = keep_covered(admitted, nearby.cards, standing, children, shift_minutes(row.starts_at, row.ends_at))

    # Write.
    _write_down_why(row, admitted, ranked, nearby)
    if not prices.fresh and join_line(row, family, surge.spots_left(ranked.candidates, nearby.sites), at=at):
        return None
    offers = []
    for candidate in admitted.candidates:
        card, measured = nearby.cards[candidate.site_id], found.ways.get(candidate.site_id)
        way = measured.around_work if measured else minutes(card.point, household.work)
        route = Route.KNOWN if card.site_id in known else route_to(card)
        offers.append(Offer(candidate, card, way, route))
    return offers


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
    look(row, household, by=By.CLOCK, actor=None, at=at)


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
