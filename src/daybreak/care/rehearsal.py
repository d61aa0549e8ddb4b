"""The words of a rehearsal: what would happen if care fell through, tried out on a calm day; nothing is booked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from daybreak.care.terms import WhyNot
from daybreak.kernel.money import Money
from daybreak.placement.terms import Kind

MOST_STEPS = 4
"""Homes asked one after the other; a longer list helps nobody to prepare."""


@dataclass(frozen=True)
class Rehearsed:
    """One place that would be tried: sure at once, or asked and silent until its time is up."""

    site_id: UUID
    site_name: str
    kind: Kind
    is_sure: bool
    at: datetime
    answers_by: datetime
    """The latest moment of its answer; `at` itself where it confirms at once."""
    arrives_at: datetime
    leaves_at: datetime
    minutes: float
    """By which the way to work is longer."""
    copay: Money | None
    """What the family would pay by the employer's plan; None where no plan says it."""
    cite: str = ""

    @property
    def waits(self) -> timedelta:
        """How long the family would wait for this one at most."""
        return self.answers_by - self.at


@dataclass(frozen=True)
class ToMeet:
    """A caregiver who could come to this family and has not been there yet."""

    site_id: UUID
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """What would be tried, in order; it ends with a place that is sure, or with none left or no time."""

    asked_at: datetime
    decide_by_at: datetime
    steps: tuple[Rehearsed, ...]
    to_meet: tuple[ToMeet, ...]
    considered: int
    without_offer: int
    why_not: tuple[WhyNot, ...]

    @property
    def sure(self) -> Rehearsed | None:
        """The place that would be sure without anybody's answer."""
        return next((step for step in self.steps if step.is_sure), None)

    @property
    def first_answer_by(self) -> datetime | None:
        """When the first answer would be known at the latest, be it a no."""
        return self.steps[0].answers_by if self.steps else None
