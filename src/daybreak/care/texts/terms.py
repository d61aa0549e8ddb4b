"""The words of a conversation by text message or keypad: what was heard, how things stand, what to do and to say.

One engine (conversation.py) holds every conversation; what a provider and what a family may say are two rules over
these words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from daybreak.care.states import BookingState, RequestState
from daybreak.kernel.decisions import Fact, Reason


class Word(StrEnum):
    """What somebody can say by text, whatever the language."""

    TODAY = "today"
    YES = "yes"
    NO = "no"
    IN = "in"
    OUT = "out"
    ILL = "ill"
    SPOTS = "spots"
    EARNED = "earned"
    HELP = "help"
    STOP = "stop"
    START = "start"
    CARE = "care"
    STATUS = "status"
    LATE = "late"


@dataclass(frozen=True)
class Heard:
    """A text as it was understood: its word if it has one, its first number, and the rest as plain small letters.

    `said` is all of it, plain, for a rule that reads days, hours and names out of it.
    """

    word: Word | None
    number: int | None = None
    rest: str = ""
    said: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True)
class Family:
    """A booking as a provider's texts speak of it: no child's name, moments as the site's clock shows them."""

    booking_id: UUID
    state: BookingState
    comes: str
    leaves: str
    children: int


@dataclass(frozen=True)
class RoomOpen:
    """A room with what it still has open in every session that is left of the day."""

    site_id: UUID
    room_id: UUID
    name: str
    open: int


@dataclass(frozen=True)
class Educator:
    """Somebody on duty today. The name is for understanding a text and never written into one."""

    staffer_id: UUID
    site_id: UUID
    name: str
    room: str
    starts: str
    ends: str


@dataclass(frozen=True)
class Standing:
    """How a provider's day stands as they text, sites taken together."""

    site: str
    day: date
    link: str
    families: tuple[Family, ...] = ()
    rooms: tuple[RoomOpen, ...] = ()
    educators: tuple[Educator, ...] = ()
    earned_cents: int = 0


@dataclass(frozen=True)
class Kin:
    """A child as its parent's texts speak of it. The name is for understanding a text and never written into one."""

    child_id: UUID
    name: str
    months: int


@dataclass(frozen=True)
class Wish:
    """A care request as its family's texts speak of it: moments as the family's clock shows them, a site by name."""

    request_id: UUID
    state: RequestState
    day: date
    decide_by: str
    booking_id: UUID | None = None
    booking: BookingState | None = None
    site: str = ""
    comes: str = ""
    leaves: str = ""
    until: str = ""


@dataclass(frozen=True)
class FamilyStanding:
    """How a family's day stands as a parent texts. `at` is the moment, `now` the same on the family's clock."""

    household_id: UUID
    at: datetime
    now: datetime
    zone: str
    children: tuple[Kin, ...]
    usual_starts: time
    usual_ends: time
    commute_minutes: float
    link: str
    wishes: tuple[Wish, ...] = ()
    texts_stopped: bool = False

    @property
    def today(self) -> date:
        """The day it is where the family works."""
        return self.now.date()


class Part(StrEnum):
    """What is asked about a wish for care, in this order."""

    WHO = "who"
    DAY = "day"
    HOURS = "hours"
    BY = "by"
    SURE = "sure"


@dataclass(frozen=True)
class Draft:
    """A wish for care as far as it was said; clock times are the work site's."""

    children: tuple[UUID, ...] = ()
    ill: bool = False
    """Whether the children are mildly ill; siblings stay together, so one who is ill decides for all."""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    by: time | None = None
    """A decide-by as a time of day, until the day is known."""
    decide_by_at: datetime | None = None


class Act(StrEnum):
    """What a text can do."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    ATTEND = "attend"
    FETCH = "fetch"
    OFFER = "offer"
    GONE = "gone"
    STOP = "stop"
    START = "start"
    ASK = "ask"
    GIVE_UP = "give-up"
    SAY_LATE = "say-late"


ALONE = frozenset({Act.DECLINE, Act.WITHDRAW, Act.ASK})
"""Deeds with transactions of their own, because a request looks for a place in them; done twice, they are done once."""


@dataclass(frozen=True)
class Deed:
    """One thing to do, about one booking, request, room or educator; to ask for care, what was said of it."""

    act: Act
    about: UUID | None = None
    number: int | None = None
    because: Reason | None = None
    draft: Draft | None = None


@dataclass(frozen=True)
class Say:
    """One answer: a notice by its code, with its facts."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What was asked, so that a bare number or YES is understood: the deed to do with whichever is chosen.

    A question about one part of a wish for care holds the wish so far; its choices are children by id, or `options`,
    which are days or moments in their ISO spelling.
    """

    act: Act
    choices: tuple[UUID, ...] = ()
    number: int | None = None
    because: Reason | None = None
    part: Part | None = None
    options: tuple[str, ...] = ()
    draft: Draft = Draft()


@dataclass(frozen=True)
class Turn:
    """What comes of one text: at most one deed, what to say when there is none, and what is asked now.

    `is_told` says that the deed itself tells the person by a notice, so that a text need not say it again.
    """

    deed: Deed | None = None
    say: Say | None = None
    asks: Question | None = None
    is_told: bool = False
