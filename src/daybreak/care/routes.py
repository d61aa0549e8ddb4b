"""What is tried for a request? The routes a family accepts, how far its cascade is, what may happen and what follows.

Sites are names here, whoever gives them: an id of the network, or a name in a week's files.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from daybreak.plan.terms import Route

EVERY_ROUTE = tuple(Route)


ASKED_AT_ONCE = 3
"""How many sites are asked at the same time, where they can be asked without keeping spots."""


class Phase(StrEnum):
    """Where a cascade stands."""

    LOOKING = "looking"  # nothing is sure yet
    CONFIRMED = "confirmed"  # one site expects the children
    PROMISED = "promised"  # money is promised for the family's own person
    STATED = "stated"  # nothing was found, and the family has the statement
    CANCELED = "canceled"  # the family no longer needs care
    CLOSED = "closed"  # the day is over: care was given, or was not used


class News(StrEnum):
    """What a family is told."""

    ASKED = "asked"
    TRYING_ON = "trying-on"
    CONFIRMED = "confirmed"
    PROMISED = "promised"
    STATEMENT = "statement"
    CANCELED = "canceled"
    LOST = "lost"


ANSWERS = frozenset({News.CONFIRMED, News.PROMISED, News.STATEMENT, News.CANCELED})
"""News that answer a request; the others say how it goes."""


@dataclass(frozen=True)
class Option:
    """A site that fits a request now: by which route, and whether it confirms without being asked."""

    site: str
    route: Route
    instant: bool = False


@dataclass(frozen=True)
class Open:
    """A site that owes an answer. Its turn lasts until a moment; a site that `keeps` spots loses them then, another may
    still say yes while nothing else is found."""

    site: str
    route: Route
    until: datetime
    keeps: bool = False


@dataclass(frozen=True)
class Cascade:
    """How far one request is. Moments are all aware or all without a zone, as whoever drives it has them."""

    routes: tuple[Route, ...]
    asked_at: datetime
    decide_by_at: datetime
    ends_at: datetime
    """When the care is over: what has passed is not looked for."""
    asks: int = ASKED_AT_ONCE
    """How many sites may owe it an answer at the same time; 1 where whoever is asked keeps spots."""
    phase: Phase = Phase.LOOKING
    reached: int = 0
    """How many routes have had their turn before the one that is tried now."""
    open: tuple[Open, ...] = ()
    taking: str = ""
    """The site whose spots are being taken in this very step."""
    place: str = ""
    """The site that expects the children."""
    closed: frozenset[str] = frozenset()
    """Sites that said no, fell silent with spots kept, or took back what they had confirmed."""
    options: tuple[Option, ...] = ()
    """What the last look found."""
    at_once: bool = False
    """Whether the family said "any of these now"."""
    stopped: bool = False
    """Whether the family said "stop here": what was begun may still succeed, and nothing else is tried."""
    urgent: bool = False
    """Whether a confirmed place was taken back: this family goes first."""

    @property
    def route(self) -> Route | None:
        """The route that is tried now; None when all had their turn."""
        return self.routes[self.reached] if self.reached < len(self.routes) else None


# What may happen.


@dataclass(frozen=True)
class Clock:
    """Time has passed."""


@dataclass(frozen=True)
class Looked:
    """What fits now, best first."""

    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A plan for all who wait gives this request a site."""

    option: Option


@dataclass(frozen=True)
class Took:
    """The spots of a site are this family's."""

    site: str


@dataclass(frozen=True)
class Gone:
    """The spots of a site went to somebody else first."""

    site: str


@dataclass(frozen=True)
class Accepted:
    """A site said yes."""

    site: str


@dataclass(frozen=True)
class Declined:
    """A site said no."""

    site: str


@dataclass(frozen=True)
class Withdrew:
    """A site took back what it had confirmed: it canceled, its staff is ill, or its license ended."""

    site: str


@dataclass(frozen=True)
class Skipped:
    """The family said "skip this"."""


@dataclass(frozen=True)
class AllAtOnce:
    """The family said "any of these now"."""


@dataclass(frozen=True)
class StopHere:
    """The family said "stop here"."""


@dataclass(frozen=True)
class Canceled:
    """The family no longer needs care."""


@dataclass(frozen=True)
class Came:
    """The children were there."""


@dataclass(frozen=True)
class Missed:
    """The children did not come, or the day passed."""


Event = (
    Clock
    | Looked
    | Planned
    | Took
    | Gone
    | Accepted
    | Declined
    | Withdrew
    | Skipped
    | AllAtOnce
    | StopHere
    | Canceled
    | Came
    | Missed
)


# What follows.


@dataclass(frozen=True)
class Look:
    """Find out what fits now, and step with Looked."""


@dataclass(frozen=True)
class Take:
    """Take the spots of a site that has said yes, now or beforehand; step with Took or Gone."""

    site: str
    route: Route


@dataclass(frozen=True)
class Hold:
    """Keep the spots of a site and ask it; step with Took or Gone."""

    site: str
    route: Route
    until: datetime


@dataclass(frozen=True)
class Ask:
    """Ask a site without keeping its spots; its turn lasts until a moment."""

    site: str
    route: Route
    until: datetime


@dataclass(frozen=True)
class Confirm:
    """The spots a site keeps are the family's from now on: it said yes."""

    site: str


@dataclass(frozen=True)
class Lapse:
    """A site that keeps spots did not answer in its turn: give them back."""

    site: str


@dataclass(frozen=True)
class Thank:
    """A site is no longer needed: thank it, tell it that it is free, and give back what it keeps."""

    site: str


@dataclass(frozen=True)
class Promise:
    """Promise the money for the family's own person."""


@dataclass(frozen=True)
class State:
    """Make the statement of what was tried."""


@dataclass(frozen=True)
class Tell:
    """Tell the family."""

    news: News
    site: str = ""


@dataclass(frozen=True)
class Count:
    """Count a failure against a site that took back what it had confirmed."""

    site: str


@dataclass(frozen=True)
class GiveBack:
    """Give back the day and the copay of a place that was taken back or canceled."""

    site: str


@dataclass(frozen=True)
class GiveTime:
    """The family has until this moment to be told, because what it had is lost."""

    until: datetime


@dataclass(frozen=True)
class Charge:
    """Care was given: it is paid for."""

    site: str


Effect = (
    Look | Take | Hold | Ask | Confirm | Lapse | Thank | Promise | State | Tell | Count | GiveBack | GiveTime | Charge
)
Step = tuple[Cascade, tuple[Effect, ...]]
