"""The words of what a household tells once, so that nobody asks it again at dawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Question(StrEnum):
    """What a household is asked about itself; each has one answer."""

    REGULAR_CARE = "regular-care"
    FAILS_WHEN = "fails-when"
    EMERGENCY = "emergency"
    ADDRESS = "address"


class RegularCare(StrEnum):
    """Who cares for the children on an ordinary day."""

    CENTER = "center"
    FAMILY_HOME = "family-home"
    CAREGIVER = "caregiver"
    RELATIVE = "relative"
    SCHOOL = "school"
    OURSELVES = "ourselves"


class FailsWhen(StrEnum):
    """When that falls through most."""

    CHILD_ILL = "child-ill"
    CAREGIVER_ILL = "caregiver-ill"
    CLOSED = "closed"
    EARLY = "early"
    EVENING = "evening"
    WEEKEND = "weekend"
    WEATHER = "weather"


CHOICES: Mapping[Question, type[StrEnum]] = {
    Question.REGULAR_CARE: RegularCare,
    Question.FAILS_WHEN: FailsWhen,
}
"""Questions that are answered by choosing; the rest by words."""


@dataclass(frozen=True)
class ChildSaid:
    """What a family says of one child."""

    name: str
    birth_date: date
    allergies: str
    care_notes: str
    special_needs: bool


@dataclass(frozen=True)
class Fetcher:
    """Somebody who may fetch the children, and what they are to them."""

    fetcher_id: UUID
    name: str
    tie: str
    phone: str


@dataclass(frozen=True)
class HouseholdTold:
    """All that a household has told about itself so far."""

    answers: Mapping[Question, str]
    fetchers: tuple[Fetcher, ...]

    def chosen(self, question: Question) -> tuple[str, ...]:
        """The codes chosen for a question that is answered by choosing."""
        return tuple(self.answers.get(question, "").split())

    @property
    def emergency(self) -> str:
        """What to do in an emergency, in the family's words."""
        return self.answers.get(Question.EMERGENCY, "")

    @property
    def address(self) -> str:
        """Where a caregiver comes to, and how to get in, in the family's words."""
        return self.answers.get(Question.ADDRESS, "")
