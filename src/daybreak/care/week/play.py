"""How does a week go when every request runs through the cascade? A log, line by line.

The rules are those of `care.cascade.step`, which the worker runs too. What this adds is the world around it: spots by
day, what providers answer and when, what they take back, and the waiting line of a freed spot. Of one moment,
cancellations come first, then answers, then families who ask, then the clock.

A message is taken by the transport some seconds after it was written. A home that the family had before is one where an
earlier request with the same home and work had a place on an earlier day of the week.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import NamedTuple

from daybreak.care import looking, routes
from daybreak.care.cascade import before_others, due_at, settle
from daybreak.care.routes import (
    ANSWERS,
    Ask,
    Cascade,
    Clock,
    Confirm,
    Count,
    Effect,
    Event,
    Gone,
    Hold,
    Lapse,
    Look,
    Looked,
    Option,
    Phase,
    Promise,
    State,
    Take,
    Tell,
    Thank,
    Took,
)
from daybreak.care.week import terms
from daybreak.care.week.files import spelled
from daybreak.care.week.terms import ACCEPT, SILENT, Line, Week, WeekRequest
from daybreak.care.week.town import Fit, Spots, Town, town_of
from daybreak.placement.terms import Kind, Point
from daybreak.plan.terms import Route

SENDING = timedelta(seconds=5)
"""From writing a message to the transport taking it: the worker looks each second, and a gateway takes a few."""

_CANCELS, _ANSWERS, _ASKS, _CLOCK = range(4)


class _Due(NamedTuple):
    """Something that will happen; ordered by moment, kind, and when it was written down."""

    at: datetime
    rank: int
    number: int
    name: str
    event: Event | None = None
    day: date | None = None


@dataclass
class _One:
    """One request in play."""

    request: WeekRequest
    fits: tuple[Fit, ...]
    state: Cascade
    asked: dict[str, Route] = field(default_factory=dict)
    """Sites tried so far, with the route."""
    keeps: str = ""
    """The site that keeps spots while it is asked."""
    lost: bool = False
    """Whether its place was taken back and none has been found since."""

    @property
    def family(self) -> tuple[Point, Point]:
        return self.request.home, self.request.work


def play(week: Week) -> list[Line]:
    """Play a whole week and return its log, in order of time."""
    game = _Game(week)
    game.run()
    return sorted(game.lines, key=lambda line: line.at)


class _Game:
    """The world around the cascades of a week."""

    def __init__(self, week: Week) -> None:
        """Write down all that is bound to happen."""
        self.week, self.lines, self.heap, self.number = week, list[Line](), list[_Due](), 0
        self.town: Town = town_of(week.supply)
        self.spots = Spots(self.town.supply)
        self.ones: dict[str, _One] = {}
        self.looking: dict[date, set[str]] = {}
        self.had: dict[tuple[Point, Point], list[tuple[date, str]]] = {}
        self.freed: list[tuple[str, date]] = []
        self.requests = {request.request_id: request for request in week.requests}
        for request in week.requests:
            self._later(request.asked_at, _ASKS, request.request_id)
        for one in week.cancellations:
            self._later(one.at, _CANCELS, one.site_id, day=one.day)

    def run(self) -> None:
        """Let everything happen, in order."""
        while self.heap:
            due = heappop(self.heap)
            if due.day is not None:
                self._withdraw(due.name, due.day, due.at)
            elif due.rank == _ASKS:
                self._ask(self.requests[due.name], due.at)
            elif due.event is not None:
                self._happens(self.ones[due.name], due.event, due.at)
            self._pass_on(due.at)

    def _later(
        self, at: datetime, rank: int, name: str, *, event: Event | None = None, day: date | None = None
    ) -> None:
        self.number += 1
        heappush(self.heap, _Due(at, rank, self.number, name, event, day))

    def _ask(self, request: WeekRequest, at: datetime) -> None:
        state = Cascade(request.routes, request.asked_at, request.decide_by, request.ends_at)
        one = self.ones[request.request_id] = _One(request, self.town.fits(request), state)
        detail = f"decide_by={spelled(request.decide_by)};pay_class={request.pay_class}"
        self.lines.append(Line(at, request.request_id, terms.ASKED, detail=detail))
        self._happens(one, Clock(), at)

    def _happens(self, one: _One, event: Event, at: datetime) -> None:
        """Run one event through the cascade, and write down when the clock is next needed."""
        if isinstance(event, routes.Declined):
            self._no(one, event.site, at, "")
        one.state = settle(one.state, event, at, lambda effect: self._do(one, effect, at))
        waiting = self.looking.setdefault(one.request.day, set())
        if one.state.phase is Phase.LOOKING:
            waiting.add(one.request.request_id)
            due = due_at(one.state, at)
            if due is not None and due > at:
                self._later(due, _CLOCK, one.request.request_id, event=Clock())
        else:
            waiting.discard(one.request.request_id)

    def _do(self, one: _One, effect: Effect, at: datetime) -> Event | None:
        match effect:
            case Look():
                return Looked(tuple(self._options(one)))
            case Take(site, route):
                return self._take(one, site, route, at)
            case Hold(site, route) | Ask(site, route):
                return self._asks(one, site, route, at, keeps=isinstance(effect, Hold))
            case Confirm(site):
                one.keeps = ""
                self._confirmed(one, site, at)
            case Lapse(site):
                self._no(one, site, at, SILENT)
            case Thank(site):
                self._let_go(one, site)
            case Count(site):
                self._lost(one, site, at)
            case _:
                self._say(one, effect, at)
        return None

    def _say(self, one: _One, effect: Effect, at: datetime) -> None:
        match effect:
            case Promise():
                self._write(one, at, terms.PROMISED, Route.OWN)
            case State():
                self._write(one, at, terms.STATEMENT)
            case Tell(news) if news in ANSWERS:
                self._write(one, at + SENDING, terms.TOLD, detail=news.value)

    def _options(self, one: _One) -> Iterator[Option]:
        """What fits and has spots, best first, by the route the family would call it."""
        known = {site for day, site in self.had.get(one.family, ()) if day < one.request.day}
        for site_id, _ in one.fits:
            if self.spots.has(site_id, one.request):
                site = self.town.supply[site_id]
                others = Route.IN_HOME if site.kind is Kind.IN_HOME else Route.PLACE if site.instant else Route.ASK
                route = Route.KNOWN if site_id in known and Route.KNOWN in one.state.routes else others
                yield Option(site_id, route, site.instant)

    def _take(self, one: _One, site: str, route: Route, at: datetime) -> Event:
        self._tried(one, site, route, at)
        if not self.spots.take(site, one.request):
            return Gone(site)
        self._confirmed(one, site, at)
        return Took(site)

    def _asks(self, one: _One, site: str, route: Route, at: datetime, *, keeps: bool) -> Event | None:
        self._tried(one, site, route, at)
        if keeps and not self.spots.take(site, one.request):
            return Gone(site)
        answer = self.week.answer(site, one.request.request_id)
        if answer.answer != SILENT:
            said = routes.Accepted(site) if answer.answer == ACCEPT else routes.Declined(site)
            self._later(at + timedelta(minutes=answer.minutes), _ANSWERS, one.request.request_id, event=said)
        if not keeps:
            return None
        one.keeps = site
        self._write(one, at, terms.HELD, route, site)
        return Took(site)

    def _tried(self, one: _One, site: str, route: Route, at: datetime) -> None:
        if site not in one.asked:
            self._write(one, at, terms.TRIED, route, site)
        one.asked[site] = route

    def _confirmed(self, one: _One, site: str, at: datetime) -> None:
        self._write(one, at, terms.CONFIRMED, one.asked[site], site)
        self.had.setdefault(one.family, []).append((one.request.day, site))
        if one.lost:
            self._write(one, at, terms.RECOVERED, one.asked[site], site)
            one.lost = False

    def _no(self, one: _One, site: str, at: datetime, detail: str) -> None:
        """A site says no, or nothing in its turn."""
        if one.state.phase is Phase.LOOKING and site in {open_.site for open_ in one.state.open}:
            self._write(one, at, terms.DECLINED, one.asked[site], site, detail)
        self._let_go(one, site)

    def _let_go(self, one: _One, site: str) -> None:
        if one.keeps == site:
            one.keeps = ""
            self.spots.give_back(site, one.request)
            self.freed.append((site, one.request.day))

    def _lost(self, one: _One, site: str, at: datetime) -> None:
        one.lost = True
        self.had[one.family].remove((one.request.day, site))
        self.spots.give_back(site, one.request)
        decide_by = looking.decide_by_again(at, one.state.decide_by_at)
        self._write(one, at, terms.CANCELED, one.asked[site], site, f"decide_by={spelled(decide_by)}")

    def _withdraw(self, site: str, day: date, at: datetime) -> None:
        """A site takes a day back: who counted on it looks on, who was to be answered has its no."""
        self.spots.withdrawn.add((site, day))
        hit = [one for one in self.ones.values() if one.request.day == day and one.request.ends_at > at]
        for one in self._in_line(hit):
            if one.state.phase is Phase.CONFIRMED and one.state.place == site:
                self._happens(one, routes.Withdrew(site), at)
            elif site in {open_.site for open_ in one.state.open}:
                self._happens(one, routes.Declined(site), at)

    def _pass_on(self, at: datetime) -> None:
        """A freed spot goes to the next family in line whom it fits."""
        while self.freed:
            site, day = self.freed.pop()
            waiting = [self.ones[name] for name in self.looking.get(day, ())]
            for one in self._in_line(one for one in waiting if any(fit.site_id == site for fit in one.fits)):
                if self.spots.has(site, one.request):
                    self._happens(one, Clock(), at)

    def _in_line(self, those: Iterable[_One]) -> list[_One]:
        return sorted(those, key=lambda one: (*before_others(one.state, one.request.priority), one.request.request_id))

    def _write(
        self, one: _One, at: datetime, event: str, route: Route | str = "", site: str = "", detail: str = ""
    ) -> None:
        self.lines.append(Line(at, one.request.request_id, event, str(route), site, detail))
