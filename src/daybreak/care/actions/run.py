"""Run the cascade of one request on the tables: read how it stands, step, do what follows, write how it stands then.

A look, a round, an answer, a hold that ends and what the family says all come through here, so the rules of
`care.cascade` are the only ones. Works inside the caller's transaction, which holds the household's lock: two workers
never do a step twice, and of a step that dies nothing stays.

Here whoever is asked keeps spots, so one site is asked at a time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from daybreak.audit.actions import record
from daybreak.care import looking
from daybreak.care.actions.move import move_booking, move_request
from daybreak.care.actions.take import try_place
from daybreak.care.actions.tell import tell_about_booking, tell_family, tell_provider
from daybreak.care.cascade import due_at, settle
from daybreak.care.models import Booking, CareRequest
from daybreak.care.routes import (
    Cascade,
    Effect,
    Event,
    GiveTime,
    Gone,
    Hold,
    Look,
    Looked,
    News,
    Open,
    Option,
    Phase,
    State,
    Take,
    Tell,
    Thank,
    Took,
)
from daybreak.care.states import BookingState, By, RequestState
from daybreak.kernel.decisions import Fact, Reason
from daybreak.network.actions import release_spots
from daybreak.network.terms import SiteCard
from daybreak.placement.terms import Candidate
from daybreak.plan.actions.charge import give_back
from daybreak.plan.terms import Route

USUAL_ROUTES = (Route.KNOWN, Route.PLACE, Route.IN_HOME, Route.ASK)
"""The order of a family that said nothing else: who had the children before, what is sure, whom to ask."""

PHASES = {
    RequestState.ASKED: Phase.LOOKING,
    RequestState.UNFILLED: Phase.STATED,
    RequestState.CANCELED: Phase.CANCELED,
    RequestState.CLOSED: Phase.CLOSED,
}


@dataclass(frozen=True)
class Offer:
    """A site that fits: what the look found, its card, and the minutes between it and work."""

    candidate: Candidate
    card: SiteCard
    way: float
    route: Route

    @property
    def option(self) -> Option:
        return Option(self.candidate.site_id, self.route, self.card.instant)


@dataclass
class Hands:
    """Who acts on a request, and what the step's effects need; `look` finds the offers, or None to look later."""

    row: CareRequest
    by: By
    actor: UUID | None
    at: datetime
    look: Callable[[], list[Offer] | None] = field(default=lambda: None)
    offers: dict[str, Offer] = field(default_factory=dict)
    booking: Booking | None = None
    """The booking that the news are about."""
    codes: Mapping[News, str] = field(default_factory=dict)
    """The message for a piece of news, where the caller knows better why it came to that."""
    because: Reason | None = None
    waits: bool = False
    """Whether a look was put off: to a round, or to a transaction of its own."""

    def do(self, effect: Effect) -> Event | None:
        """Carry out one effect and return what came of it. What the caller has done itself needs nothing more."""
        match effect:
            case Look():
                return self._look()
            case Take(site) | Hold(site):
                until = effect.until if isinstance(effect, Hold) else None
                return self._try(self.offers[site], until)
            case Thank(site):
                self._let_go(site)
            case State():
                move_request(self.row, "run-out", by=By.CLOCK, actor=None, at=self.at)
            case GiveTime(until):
                _give_time_again(self.row, until, self.at)
            case Tell(news):
                self._tell(news)
            case _:
                pass  # a booking that is confirmed, ends or is charged does so where its own row is locked
        return None

    def _look(self) -> Event | None:
        found = self.look()
        if found is None:
            self.waits = True
            return None
        self.offers = {offer.candidate.site_id: offer for offer in found}
        return Looked(tuple(offer.option for offer in found))

    def _try(self, offer: Offer, until: datetime | None) -> Event:
        self.booking = try_place(
            self.row, offer.candidate, offer.card, offer.way, until, by=self.by, actor=self.actor, at=self.at
        )
        site = offer.candidate.site_id
        return Took(site) if self.booking else Gone(site)

    def _let_go(self, site: str) -> None:
        """The family skips a home that was asked: its spots are free, and it need not answer any more."""
        held = Booking.objects.filter(request=self.row, site=UUID(site), state=BookingState.HELD.value).first()
        if held is not None:
            move_booking(held, "cancel", by=By.FAMILY, actor=self.actor, at=self.at)
            release_spots(booking_id=held.pk, at=self.at)
            give_back(booking_id=held.pk, because="cancel", at=self.at, actor=self.actor)
            move_request(self.row, "look-again", by=self.by, actor=self.actor, at=self.at, due_at=self.at)
            tell_provider(held, "provider-canceled", at=self.at)

    def _tell(self, news: News) -> None:
        if news in (News.CONFIRMED, News.ASKED) and self.booking is not None:
            tell_about_booking(self.row, self.booking, at=self.at)
        elif news is News.STATEMENT:
            tell_family(self.row, "care-unfilled", at=self.at)
        elif news in self.codes:
            tell_family(self.row, self.codes[news], at=self.at, booking=self.booking, because=self.because)


def state_of(row: CareRequest) -> Cascade:
    """How a request stands, read from its tables."""
    bookings = list(row.bookings.all())
    by_state = {booking.state: booking for booking in bookings}
    held, confirmed = by_state.get(BookingState.HELD.value), by_state.get(BookingState.CONFIRMED.value)
    waiting = held is not None and held.held_until is not None
    phase = PHASES.get(RequestState(row.state), Phase.LOOKING if waiting else Phase.CONFIRMED)
    return Cascade(
        routes=tuple(Route(name) for name in row.course.get("routes", USUAL_ROUTES)),
        asked_at=row.asked_at,
        decide_by_at=row.decide_by_at,
        ends_at=row.ends_at,
        asks=1,
        phase=phase,
        reached=row.course.get("reached", 0),
        open=(Open(str(held.site_id), Route.ASK, held.held_until, keeps=True),)
        if held is not None and held.held_until is not None
        else (),
        place=str(confirmed.site_id) if confirmed else "",
        closed=frozenset(str(one.site_id) for one in bookings if one not in (held, confirmed)),
        at_once=row.course.get("at_once", False),
        stopped=row.course.get("stopped", False),
        urgent=row.course.get("urgent", False),
    )


def run(hands: Hands, event: Event, *, state: Cascade | None = None) -> Cascade:
    """Step with one event and do what follows; `state` is how the request stood before the caller changed its rows."""
    after = settle(state or state_of(hands.row), event, hands.at, hands.do)
    _write(hands, after)
    return after


def _write(hands: Hands, state: Cascade) -> None:
    """Write how the request stands; one that still looks is due when the step says, or soon for another look."""
    row, at = hands.row, hands.at
    row.course = {
        "routes": [route.value for route in state.routes],
        "reached": state.reached,
        "at_once": state.at_once,
        "stopped": state.stopped,
        "urgent": state.urgent,
    }
    row.save(update_fields=["course"])
    if row.state == RequestState.ASKED.value and not hands.waits:
        due = min(looking.next_look(at, row.decide_by_at), due_at(state, at) or at)
        CareRequest.objects.filter(pk=row.pk).update(
            due_at=max(due, at), in_round=False, leased_until=None, lease_holder=""
        )


def _give_time_again(row: CareRequest, decide_by_at: datetime, at: datetime) -> None:
    """A promise taken back after decide-by leaves the family a new one, or no home could be asked for it any more."""
    facts: dict[str, Fact] = {"was": row.decide_by_at.isoformat(), "is": decide_by_at.isoformat()}
    row.decide_by_at = decide_by_at
    row.save(update_fields=["decide_by_at"])
    record(
        actor=None, verb="give-time-again", thing="care-request", thing_id=row.pk, because="care", at=at, facts=facts
    )
