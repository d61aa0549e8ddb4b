"""The words of caregivers who come to the home: their week, what was looked into, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

Week = Mapping[int, tuple[time, time]]
"""Hours by day of the week, Monday 0; an end at or before its start is on the next day."""


class CheckKind(StrEnum):
    """What can be looked into about somebody who cares for children. Each is told by itself."""

    FBI_FINGERPRINTS = "fbi-fingerprints"
    STATE_CRIMINAL = "state-criminal-record"
    STATE_ABUSE = "state-abuse-registry"
    SEX_OFFENDER = "sex-offender-registry"
    DRIVING = "driving-record"
    IDENTITY = "identity"
    REFERENCES = "references"
    FIRST_AID = "first-aid-and-cpr"
    VISIT = "visit-on-site"


class SaidBy(StrEnum):
    """Who says that a check was done."""

    STATE = "state"
    AGENCY = "agency"
    THEMSELVES = "themselves"


@dataclass(frozen=True)
class Checked:
    """One check: what was looked into, on which day, until when it holds, and who says so."""

    kind: CheckKind
    done_on: date
    valid_until: date | None
    said_by: SaidBy
    source: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether it had been done by a day and had not run out."""
        return self.done_on <= day and (self.valid_until is None or day <= self.valid_until)


LANGUAGES = ("en", "es", "ar", "bn", "fr", "ht", "ko", "pl", "pt", "ru", "so", "tl", "vi", "yi", "zh")
"""Languages a page can offer to choose from; more are a line here and a word in each translation."""
