"""A small world around one cascade: sites with spots, a worker that may die, an outbox and a transport.

What one event causes is written whole or not at all, as in a transaction. A worker that dies is missed after a minute,
when another does its work, and a message is taken by the transport half a minute after it was written: together less
than the two minutes in hand.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from daybreak.care import routes
from daybreak.care.cascade import due_at, settle
from daybreak.care.routes import (
    ANSWERS,
    Cascade,
    Clock,
    Effect,
    Event,
    Gone,
    Looked,
    News,
    Option,
    Phase,
    Took,
)
from daybreak.plan.terms import Route

SIX = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LEASE, SENDING = timedelta(seconds=60), timedelta(seconds=30)


class Died(Exception):
    """The process that did this is gone; what it wrote never was."""


@dataclass
class Books:
    """What a transaction writes."""

    state: Cascade
    spots: dict[str, int]
    mine: list[str] = field(default_factory=list)
    """Sites whose spots this family has, held or confirmed."""
    outbox: list[tuple[datetime, News]] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    given_back: list[str] = field(default_factory=list)
    charged: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    promised: int = 0
    stated: int = 0

    def copy(self) -> "Books":
        lists = {name: list(value) for name, value in vars(self).items() if isinstance(value, list)}
        return Books(**{**vars(self), **lists, "spots": dict(self.spots)})


@dataclass
class World:
    """One request, the sites around it, and the time."""

    books: Books
    options: tuple[Option, ...]
    now: datetime = SIX
    behind: timedelta = timedelta(0)
    """How far the clock of whoever acts is behind (or, below zero, ahead)."""
    worker_dies: bool = False
    worker_back_at: datetime | None = None
    due: tuple[datetime, datetime] | None = None
    """Since when an answer is owed, and by when."""
    told: list[tuple[datetime, News]] = field(default_factory=list)
    told_late: int = 0

    @classmethod
    def of(
        cls, options: tuple[Option, ...], spots: dict[str, int], accepted: tuple[Route, ...], minutes: float = 30
    ) -> "World":
        decide_by = SIX + timedelta(minutes=minutes)
        state = Cascade(accepted, SIX, decide_by, SIX + timedelta(hours=9))
        world = cls(Books(state, dict(spots)), options, due=(SIX, decide_by))
        world.happens(Clock())
        return world

    @property
    def state(self) -> Cascade:
        return self.books.state

    def happens(self, event: Event, *, dies_at: int | None = None) -> bool:
        """Run one event, whole or, where the process dies at its nth effect, not at all."""
        books, count, before, lost = self.books.copy(), 0, self.state.phase, len(self.books.counted)
        at = self.now - self.behind

        def do(effect: Effect) -> Event | None:
            nonlocal count
            count += 1
            if count == dies_at:
                raise Died
            return self._do(books, effect, at)

        try:
            if isinstance(event, routes.Declined) and event.site in [one.site for one in books.state.open if one.keeps]:
                self._give_back(books, event.site)
            if isinstance(event, routes.Withdrew) and event.site == books.state.place and before is Phase.CONFIRMED:
                self._give_back(books, event.site)
            books.state = settle(books.state, event, at, do)
        except Died:
            return False
        self.books = books
        if len(books.counted) > lost:
            self.due = (self.now, books.state.decide_by_at)
        return True

    def passes(self, seconds: float) -> None:
        """Let time pass; the worker does what is due and the transport takes what was written."""
        until = self.now + timedelta(seconds=seconds)
        while True:
            moments = [until]
            if (due := due_at(self.state, self.now - self.behind)) is not None:
                moments.append(max(due + self.behind, self.worker_back_at or self.now))
            if self.books.outbox:
                moments.append(self.books.outbox[0][0] + SENDING)
            self.now = max(min(moments), self.now)
            self._send()
            if self.now >= until:
                return
            if due is not None and self.now >= max(due + self.behind, self.worker_back_at or self.now):
                self._work()

    def _work(self) -> None:
        dies, self.worker_dies = self.worker_dies and self.worker_back_at is None, False
        self.worker_back_at = None
        if not self.happens(Clock(), dies_at=1 if dies else None):
            self.worker_back_at = self.now + LEASE

    def _send(self) -> None:
        while self.books.outbox and self.books.outbox[0][0] + SENDING <= self.now:
            written, news = self.books.outbox.pop(0)
            self.told.append((self.now, news))
            if news in ANSWERS and self.due is not None and written >= self.due[0]:
                self.told_late += self.now > self.due[1]
                self.due = None

    def _do(self, books: Books, effect: Effect, at: datetime) -> Event | None:
        match effect:
            case routes.Look():
                return Looked(tuple(option for option in self.options if books.spots[option.site] > 0))
            case routes.Take(site) | routes.Hold(site):
                if books.spots[site] < 1:
                    return Gone(site)
                books.spots[site] -= 1
                books.mine.append(site)
                (books.confirmed if isinstance(effect, routes.Take) else books.asked).append(site)
                return Took(site)
            case routes.Ask(site):
                books.asked.append(site)
            case routes.Lapse(site) | routes.Thank(site):
                if site in books.mine:
                    self._give_back(books, site)
            case _:
                self._write_down(books, effect)
        return None

    def _write_down(self, books: Books, effect: Effect) -> None:
        match effect:
            case routes.Confirm(site):
                books.confirmed.append(site)
            case routes.Count(site):
                books.counted.append(site)
            case routes.GiveBack(site):
                books.given_back.append(site)
            case routes.Charge(site):
                books.charged.append(site)
            case routes.Promise():
                books.promised += 1
            case routes.State():
                books.stated += 1
            case routes.Tell(news):
                books.outbox.append((self.now, news))

    @staticmethod
    def _give_back(books: Books, site: str) -> None:
        books.mine.remove(site)
        books.spots[site] += 1

    def check(self) -> None:
        """Whatever happened: what must be so."""
        books, state = self.books, self.state
        assert all(spots >= 0 for spots in books.spots.values())
        keeps = [one.site for one in state.open if one.keeps]
        has_place = state.phase in (Phase.CONFIRMED, Phase.CLOSED) and state.place
        assert books.mine == ([state.place] if has_place else keeps), "the family has exactly what it is told of"
        assert len(keeps) <= 1
        assert len(books.charged) <= 1
        assert not books.charged or state.phase is Phase.CLOSED, "nothing is charged unless care happened"
        assert len(books.confirmed) == len(books.given_back) + bool(has_place), "each day that was lost came back"
        assert not (state.phase is not Phase.LOOKING and (state.open or state.taking)), "whoever was asked is let go"
        assert self.told_late == 0
        assert self.due is None or self.now <= self.due[1] or state.phase is Phase.CLOSED, "an answer is owed"
        assert books.promised + books.stated <= 1 + len(books.counted)
