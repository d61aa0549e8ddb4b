"""Place everybody who waits for a day together: one plan for all, verified, and then booked request by request.

The plan is made from what was read, outside any transaction. Each request is booked in a transaction of its own, by the
same steps as a single look, and only if it still looks: a worker that dies in the middle loses the rest of its plan and
nothing else, and what it booked is booked once. Whom somebody else outran waits for the next round.

A plan measures ways by the formula. Where a service has measured a way by the planned site, that decides whether
it fits, and what is booked.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from daybreak.care import surge, together
from daybreak.care.actions.line import family_of
from daybreak.care.actions.price import write_prices
from daybreak.care.actions.run import Hands, Offer, run
from daybreak.care.covered import route_to
from daybreak.care.models import CareRequest, Surge
from daybreak.care.pricing import EVERY
from daybreak.care.queries import past_of, prices_on
from daybreak.care.routes import Planned
from daybreak.care.states import By, RequestState
from daybreak.care.surge import Past
from daybreak.care.terms import PriceSource, SpotPrice
from daybreak.care.together import Together, View
from daybreak.due.actions import lease, put_off
from daybreak.network.areas.queries import open_near_any
from daybreak.network.terms import Nearby, SiteCard
from daybreak.network.ways.queries import way_by
from daybreak.people.actions import lock_household
from daybreak.people.queries import commutes_of
from daybreak.placement.morning.rounds import Round, place_round, warm_up
from daybreak.placement.request import best_places
from daybreak.placement.terms import Candidate, Household, Kind, Placement, Site
from daybreak.placement.travel import minutes
from daybreak.placement.verify import broken_rules

LEASE = timedelta(minutes=2)
"""Longer than a plan for a city takes; a request looks alone before a dead worker is missed that long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """A request that a round may place, and its family as placement reads it, named by the request."""

    row: CareRequest
    family: Household


@dataclass
class Done:
    """What one round has done so far: requests it placed, was refused for, cannot serve; and whose prices it wrote."""

    placed: set[UUID] = field(default_factory=set)
    refused: set[UUID] = field(default_factory=set)
    unfit: set[UUID] = field(default_factory=set)
    priced: set[UUID] = field(default_factory=set)


def make_ready() -> float:
    """Compile what plans need, or read it from the cache, before a morning needs it; returns the seconds it took."""
    began = monotonic()
    warm_up()
    return monotonic() - began


def work_rounds(*, at: datetime, holder: str) -> int:
    """Place together whoever waits on a day whose round is due; returns how many rounds were worked on.

    One worker at a time has a day; if it dies, another has it when the lease has run out.
    """
    due = lease(Surge.objects.all(), at=at, holder=holder, lease_for=LEASE, limit=1)
    for one in due:
        try:
            _work(one, at)
        except Exception:
            # What it booked is booked; the rest waits until the lease has run out, or looks alone before that.
            log.exception("round failed day=%s zone=%s", one.day, one.zone)
    return len(due)


def _work(one: Surge, at: datetime) -> None:
    began = monotonic()
    waiting = _waiting(one, at)
    done = Done()
    by_view = [(view, [w for w in waiting if together.view_of(w.family) is view]) for view in together.VIEWS]
    for view, those in sorted(by_view, key=lambda pair: -len(pair[1])):
        _place(those, view, one, at, done)
    goes_on = _leave(one, [w for w in waiting if w.row.pk not in done.placed], done, at)
    log.info(
        "round day=%s zone=%s waiting=%d placed=%d seconds=%.2f goes_on=%s",
        *(one.day, one.zone, len(waiting), len(done.placed), monotonic() - began, goes_on),
    )


def _waiting(one: Surge, at: datetime) -> list[Waiting]:
    """Every request that looks for a place that day and has time for a round, the first that asked first."""
    rows = CareRequest.objects.filter(
        day=one.day,
        zone=one.zone,
        state=RequestState.ASKED.value,
        decide_by_at__gt=at + surge.ALONE_FROM,
        ends_at__gt=at,
    ).prefetch_related("children", "tried")
    together_rows = [row for row in rows.order_by("asked_at", "pk") if not surge.looks_alone(_past(row))]
    # One request of a household at a time: a child may be in two, at other hours.
    first = {row.household_id: row for row in reversed(together_rows)}
    commutes = commutes_of({row.household_id: row.asked_by_id for row in first.values()})
    found = [
        Waiting(row, replace(family_of(row, commutes[row.household_id], at=at), household_id=str(row.pk)))
        for row in together_rows
        if first[row.household_id] is row and row.household_id in commutes
    ]
    return [w for w in found if together.view_of(w.family) is not None]


def _past(row: CareRequest) -> list[Past]:
    return [Past(str(tried.site_id), tried.booking_id is not None) for tried in row.tried.all()]


def _place(those: Sequence[Waiting], view: View, one: Surge, at: datetime, done: Done) -> None:
    """Place these together on what anybody may take; then each employer's families on what contracts keep for them."""
    employers = {w.row.employer_id for w in those}
    nearby = _near(those, employers, one, at)
    _plan_and_book(those, nearby, view, one, at, done)
    if not nearby.kept or len(employers) < 2:
        return
    for employer_id in sorted(employers):
        theirs = [w for w in those if w.row.employer_id == employer_id and w.row.pk not in done.placed]
        _plan_and_book(theirs, _near(theirs, {employer_id}, one, at), view, one, at, done)


def _near(those: Sequence[Waiting], employers: set[UUID], one: Surge, at: datetime) -> Nearby:
    ways = [(w.family.home, w.family.work, w.family.max_detour_minutes) for w in those]
    return open_near_any(ways, day=one.day, employer_ids=employers, at=at)


def _plan_and_book(those: Sequence[Waiting], nearby: Nearby, view: View, one: Surge, at: datetime, done: Done) -> None:
    """Make a plan, verify it, write what spots cost in it, and book it."""
    if not those or not nearby.sites:
        return
    read = together.morning_of([w.family for w in those], nearby.sites, view)
    if not read.morning.sites:
        return
    made = place_round(read.morning, start=_last_prices(one, read))
    if broken := broken_rules(read.morning, made.plan):
        log.error("round plan refused day=%s broken=%d first=%s", one.day, len(broken), broken[0].rule)
        return
    # The plan for most families comes first and says what its spots cost; later ones add those of other sites.
    prices = [price for price in _live_prices(made, read, at) if price.holder_id not in done.priced]
    write_prices(one.day, prices)
    done.priced.update(price.holder_id for price in prices)
    _book(those, nearby, read, made, at, done)


def _last_prices(one: Surge, read: Together) -> dict[str, float] | None:
    """The last live prices by room of the morning, to start from; None on the first round."""
    holders = {UUID(name) for name in (*read.rooms.values(), *_caregivers(read))}
    live = {
        str(price.holder_id): price.minutes
        for price in prices_on(one.day, holders)
        if price.source is PriceSource.LIVE and price.session is None
    }
    if not live:
        return None
    return {name: live[holder] for name, holder in _holders(read).items() if holder in live}


def _holders(read: Together) -> dict[str, str]:
    return {**read.rooms, **{site_id: site_id for site_id in _caregivers(read)}}


def _caregivers(read: Together) -> list[str]:
    return [site.site_id for site in read.morning.sites if site.kind is Kind.IN_HOME]


def _live_prices(made: Round, read: Together, at: datetime) -> list[SpotPrice]:
    """What every spot of the morning costs now; one that nobody competes for costs nothing."""
    caregivers = set(_caregivers(read))
    prices = together.price_by_room({name: made.prices.get(name, 0.0) for name in _holders(read)}, read.rooms)
    return [
        SpotPrice(UUID(holder), price, PriceSource.LIVE, at, at_caregiver=holder in caregivers)
        for holder, price in sorted(prices.items())
    ]


def _book(those: Iterable[Waiting], nearby: Nearby, read: Together, made: Round, at: datetime, done: Done) -> None:
    """Book what the plan gives, the first that asked first, each request by itself."""
    lines = {line.child_id: line for line in made.plan.placements}
    sites = {site.site_id: site for site in nearby.sites}
    for w in those:
        given = [lines[child.child_id] for child in w.family.children]
        if not given[0].site_id:
            continue
        site = sites[given[0].site_id]
        try:
            outcome = _book_one(w, given, site, nearby.cards[site.site_id], read.rooms, at)
        except Exception:
            # What it wrote is rolled back; the others of this round do not wait for a row that cannot be worked on.
            log.exception("round failed on CareRequest %s", w.row.pk)
            continue
        if outcome is None:
            done.unfit.add(w.row.pk)
        else:
            (done.placed if outcome else done.refused).add(w.row.pk)


def _book_one(
    w: Waiting, given: Sequence[Placement], site: Site, card: SiteCard, rooms: Mapping[str, str], at: datetime
) -> bool | None:
    """Book one family where the plan has it; None when by road the site does not fit, which no next plan would know."""
    measured = way_by(site, home=w.family.home, work=w.family.work, at=at)
    if not measured:
        candidate = together.candidate_of(w.family, site, given, rooms)
        return _try(w, candidate, card, minutes(card.point, w.family.work), at)
    by_road = best_places(w.family, [site], ways={site.site_id: measured}).candidates
    return _try(w, by_road[0], card, measured.around_work, at) if by_road else None


@transaction.atomic
def _try(w: Waiting, candidate: Candidate, card: SiteCard, way: float, at: datetime) -> bool:
    lock_household(w.row.household_id)
    row = CareRequest.objects.select_for_update().get(pk=w.row.pk)
    if row.state != RequestState.ASKED.value or len(past_of(row.pk)) != len(_past(w.row)):
        # It was canceled, or placed by a look of its own, or somebody said no to it since the plan was made.
        return False
    offer = Offer(candidate, card, way, route_to(card))
    hands = Hands(row, By.CLOCK, None, at, offers={candidate.site_id: offer}, waits=True)
    run(hands, Planned(offer.option))
    return row.state == RequestState.PLACED.value


def _leave(one: Surge, still: Sequence[Waiting], done: Done, at: datetime) -> bool:
    """Have those without a place wait for the next round, or look alone where few are left; says whether rounds go on.

    A request that the round could not serve for a reason it does not see looks alone at once.
    """
    alone = done.unfit | {pk for pk in done.refused if surge.looks_alone(past_of(pk))}
    line = [w for w in still if w.row.pk not in alone]
    is_over = surge.is_over(waiting=sum(len(w.family.children) for w in line))
    if is_over:
        alone |= {w.row.pk for w in line if w.row.in_round}
    due: dict[datetime, list[UUID]] = {}
    for w in () if is_over else line:
        due.setdefault(surge.alone_at(at, w.row.decide_by_at), []).append(w.row.pk)
    for due_at, ids in due.items():
        _update(ids, in_round=True, joined_at=Coalesce("joined_at", Value(at)), due_at=due_at)
    _update(sorted(alone), in_round=False, due_at=at)
    Surge.objects.filter(pk=one.pk).update(placed_at=at)
    goes_on = not is_over or CareRequest.objects.filter(day=one.day, zone=one.zone, in_round=True).exists()
    put_off(one, until=at + EVERY if goes_on else None)
    return goes_on


def _update(ids: Sequence[UUID], **columns: object) -> None:
    """Write to those of these requests that still look."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        CareRequest.objects.filter(pk__in=some, state=RequestState.ASKED.value).update(**columns)
