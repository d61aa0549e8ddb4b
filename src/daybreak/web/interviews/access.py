"""Who may open which page of the interviews, and who can see what at all? Two tables.

The first is asked by every page. The second is what the promise to respondents is written from, and what the access
tests try, party by party; a line that is not true fails there before anybody reads it.
"""

from collections.abc import Mapping
from enum import StrEnum


class Opens(StrEnum):
    """Whom a page is open to. There is no third kind: nobody of the employer's has any standing here."""

    ANYBODY = "anybody"
    TRUSTEE = "a trustee who signed in"


PAGES: Mapping[str, Opens] = {
    "healthz": Opens.ANYBODY,
    "home": Opens.ANYBODY,
    "promise": Opens.ANYBODY,
    "begin": Opens.ANYBODY,
    "back": Opens.ANYBODY,
    "interview": Opens.ANYBODY,
    "take-back": Opens.ANYBODY,
    "trustee-sign-in": Opens.ANYBODY,
    "trustee": Opens.TRUSTEE,
    "trustee-sign-out": Opens.TRUSTEE,
    "trustee-texts": Opens.TRUSTEE,
    "trustee-code": Opens.TRUSTEE,
}


class Party(StrEnum):
    """Somebody who might want to know."""

    MANAGER = "manager"
    HR = "hr"
    CARE_OPERATOR = "care-operator"
    """Runs the employer's Daybreak, with its keys, its database and its backups."""
    TRUSTEE = "trustee"
    INTERVIEW_OPERATOR = "interview-operator"
    """Runs the interviews, with their keys, their database and their backups."""
    BOTH_OPERATORS = "both-operators"
    """The two together, or a court that orders both."""


class Thing(StrEnum):
    """Something that somebody might want to know."""

    INVITED = "invited"
    HAS_TICKET = "has-ticket"
    RATE = "rate"
    ANSWERS = "answers"
    TEXTS = "texts"
    WHOSE = "whose"


SEES: Mapping[Party, frozenset[Thing]] = {
    Party.MANAGER: frozenset(),
    Party.HR: frozenset({Thing.RATE}),
    Party.CARE_OPERATOR: frozenset({Thing.INVITED, Thing.HAS_TICKET, Thing.RATE}),
    Party.TRUSTEE: frozenset({Thing.RATE, Thing.TEXTS}),
    Party.INTERVIEW_OPERATOR: frozenset({Thing.RATE, Thing.ANSWERS, Thing.TEXTS}),
    Party.BOTH_OPERATORS: frozenset({Thing.INVITED, Thing.HAS_TICKET, Thing.RATE, Thing.ANSWERS, Thing.TEXTS}),
}
"""What each can see from all that is stored once answers are mixed. Nobody can see whose an answer is."""
