"""The words of the ticket desk, which stands on the employer's side and never sees a ticket."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Occasion(StrEnum):
    """What somebody is interviewed about. Everybody is asked, whatever their family."""

    ENTRY = "entry"
    RETURN = "return"
    PULSE = "pulse"
    EXIT = "exit"
    DECLINED = "declined"


@dataclass(frozen=True)
class Milestone:
    """What happened at the employer, from which the days are counted on which an interview is open.

    `day` is the first day of work, the day of coming back, the first day of a pulse, the day after the final papers,
    or the day of the decline. `accepted` says that an offer was accepted; nobody is interviewed before.
    """

    occasion: Occasion
    day: date
    accepted: bool = True


@dataclass(frozen=True)
class Window:
    """The days on which a ticket may be taken: from `opens_on` on, and not on `closes_on` any more."""

    opens_on: date
    closes_on: date

    def is_open(self, day: date) -> bool:
        """Say whether a ticket may be taken on this day."""
        return self.opens_on <= day < self.closes_on


@dataclass(frozen=True)
class WaveCard:
    """One occasion in one quarter, with the key its tickets are stamped by."""

    wave_id: UUID
    employer_id: UUID
    name: str
    occasion: Occasion
    quarter: str
    closes_on: date


@dataclass(frozen=True)
class Invitation:
    """One person's invitation, as that person sees it."""

    wave: WaveCard
    window: Window
    has_ticket: bool


@dataclass(frozen=True)
class Response:
    """What HR learns of a wave: how many were asked and answered. None where that would be about too few people."""

    wave: WaveCard
    is_over: bool
    invited: int | None
    issued: int | None
    answered: int | None

    @property
    def rate(self) -> float | None:
        """Answers for each ticket that was taken."""
        return self.answered / self.issued if self.answered is not None and self.issued else None
