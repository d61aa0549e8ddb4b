"""The words of telling somebody something."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum


class Channel(StrEnum):
    """How a notice travels."""

    MAIL = "mail"
    SMS = "sms"


class Kind(StrEnum):
    """What a fact is, and so how it is said. In JSON, days, clocks and moments have their ISO spelling."""

    NAME = "name"  # words from outside, such as a site's name
    NUMBER = "number"
    DAY = "day"  # 2026-03-02
    CLOCK = "clock"  # 06:35 or a whole moment, local to the site
    MOMENT = "moment"  # 2026-03-02T06:45-05:00, local to the site
    MINUTES = "minutes"
    MONTHS = "months"
    AGE = "age"  # months too, said as years from the second birthday on
    CHILDREN = "children"
    ILL = "ill"  # children with a mild illness
    SPOTS = "spots"
    PLACES = "places"
    MONEY = "money"  # whole cents
    REASON = "reason"  # code, facts and cite of a refusal, as JSON; said as a page says it
    LINES = "lines"  # a numbered list as JSON: pairs of a code of LINES and its facts
    PAGE = "page"  # a path; Daybreak's address is put before it
    SIGN_IN_CODE = "sign-in-code"  # the id of an asking, which becomes its code at the moment of sending
    SIGN_IN = "sign-in"  # a path to which a fresh token is added at the moment of sending


@dataclass(frozen=True)
class NoticeWords:
    """One notice in English, with named facts in braces. The subject of a mail says nothing about children."""

    subject: str
    text: str
    sms: str
    patience: timedelta = timedelta(hours=24)
    """For how long sending is tried; an answer that comes later would only confuse."""
    everywhere: bool = False
    """Goes by every way a person has, whatever ways they prefer: without it they could not come in to say so."""
    can_wait: bool = False
    """A text of it may wait until the person's quiet hours are over, because it settles nothing."""


@dataclass(frozen=True)
class Words:
    """A notice as one person reads it."""

    subject: str
    text: str
    sms: str
    calendar: str = ""
    """A calendar file that goes along by mail."""


@dataclass(frozen=True)
class Contact:
    """How a person wants to be told, and when a text that can wait does not wake them."""

    by_mail: bool = True
    by_text: bool = True
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: str = "UTC"

    @property
    def quiet(self) -> "tuple[time, time] | None":
        """The quiet hours, when there are any."""
        return (self.quiet_from, self.quiet_until) if self.quiet_from and self.quiet_until else None


@dataclass(frozen=True)
class Sent:
    """The other side took the message, under this name of its own."""

    message_id: str


@dataclass(frozen=True)
class TryAgain:
    """Not now. `door_shut` says that no message of this channel would get through, so the others need not knock."""

    why: str
    door_shut: bool = False


@dataclass(frozen=True)
class Never:
    """This message will not get through however often it is tried."""

    why: str


Outcome = Sent | TryAgain | Never
