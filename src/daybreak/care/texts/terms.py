"""The words of a conversation by text message: what was heard, how things stand, what to do and what to say.

Nothing here knows who texts: a provider's conversation is one rule over these words, and a parent's can be another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from daybreak.care.states import BookingState
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


@dataclass(frozen=True)
class Heard:
    """A text as it was understood: its word if it has one, its first number, and the rest as plain small letters."""

    word: Word | None
    number: int | None = None
    rest: str = ""


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


ENDS_A_BOOKING = frozenset({Act.DECLINE, Act.WITHDRAW})


@dataclass(frozen=True)
class Deed:
    """One thing to do, about one booking, room or educator."""

    act: Act
    about: UUID | None = None
    number: int | None = None
    because: Reason | None = None


@dataclass(frozen=True)
class Say:
    """One answer: a notice by its code, with its facts."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What was asked, so that a bare number or YES is understood: the deed to do with whichever is chosen."""

    act: Act
    choices: tuple[UUID, ...]
    number: int | None = None
    because: Reason | None = None


@dataclass(frozen=True)
class Turn:
    """What comes of one text: at most one deed, what to say when there is none, and what is asked now."""

    deed: Deed | None = None
    say: Say | None = None
    asks: Question | None = None
