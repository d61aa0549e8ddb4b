"""May this be written down about a child or a household, and what has a family not told yet?"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people.telling.terms import CHOICES, ChildSaid, HouseholdTold, Question
from daybreak.people.terms import ChildProfile

MOST_LETTERS = 600
"""Of a note: what a caregiver can read while a child pulls at their sleeve."""
MOST_IN_A_NAME = 60
MOST_CHILDREN = 12
MOST_FETCHERS = 8
LONGEST_DETOUR = 180
"""Minutes; the database refuses more."""
OLDEST = 18
"""Years; whoever is older looks after themselves, or needs another kind of help."""


class Part(StrEnum):
    """The parts of a household's page, in the order a home needs them."""

    CHILDREN = "children"
    EMERGENCY = "emergency"
    FETCHERS = "fetchers"
    CARE = "care"


def child(said: ChildSaid, *, today: date, others: int) -> Decision:
    """Say whether a child may be written so; `others` are the children already on the list.

    >>> ada = ChildSaid("Ada", date(2025, 1, 2), "", "", False)
    >>> child(ada, today=date(2026, 3, 2), others=1)
    Yes()
    >>> child(ada, today=date(2024, 3, 2), others=1).reasons[0].code
    'born-in-the-future'
    """
    reasons = [*_name(said.name, "child-without-name"), *_too_long(said.allergies, said.care_notes)]
    if said.birth_date > today:
        reasons.append(Reason("born-in-the-future", {"day": said.birth_date.isoformat()}))
    elif today.year - said.birth_date.year - (_month_day(today) < _month_day(said.birth_date)) >= OLDEST:
        reasons.append(Reason("no-longer-a-child", {"most": OLDEST}))
    if others >= MOST_CHILDREN:
        reasons.append(Reason("list-is-full", {"most": MOST_CHILDREN}))
    return No(tuple(reasons)) if reasons else Yes()


def answer(question: Question, said: str) -> Decision:
    """Say whether this can be the answer: known codes where one chooses, not too many words elsewhere.

    >>> answer(Question.FAILS_WHEN, "child-ill weekend"), answer(Question.FAILS_WHEN, "always").reasons[0].code
    (Yes(), 'not-a-choice')
    """
    if question in CHOICES:
        known = {choice.value for choice in CHOICES[question]}
        return Yes() if set(said.split()) <= known else No((Reason("not-a-choice"),))
    reasons = tuple(_too_long(said))
    return No(reasons) if reasons else Yes()


def fetcher(name: str, tie: str, phone: str, *, others: int) -> Decision:
    """Say whether somebody may be named who fetches the children."""
    reasons = [*_name(name, "fetcher-without-name"), *_name(tie or "-", ""), *_name(phone or "-", "")]
    if others >= MOST_FETCHERS:
        reasons.append(Reason("list-is-full", {"most": MOST_FETCHERS}))
    return No(tuple(reasons)) if reasons else Yes()


def missing(children: Iterable[ChildProfile], told: HouseholdTold) -> tuple[Part, ...]:
    """The parts nobody has said anything about yet, the most useful first.

    >>> missing((), HouseholdTold({Question.EMERGENCY: "Call Theo."}, ()))
    (<Part.CHILDREN: 'children'>, <Part.FETCHERS: 'fetchers'>, <Part.CARE: 'care'>)
    """
    said = {
        Part.CHILDREN: any(children),
        Part.EMERGENCY: bool(told.emergency),
        Part.FETCHERS: bool(told.fetchers),
        Part.CARE: bool(told.chosen(Question.REGULAR_CARE)),
    }
    return tuple(part for part in Part if not said[part])


def _name(name: str, without: str) -> Iterable[Reason]:
    if not name.strip():
        yield Reason(without)
    if len(name) > MOST_IN_A_NAME:
        yield Reason("too-many-letters", {"most": MOST_IN_A_NAME})


def _too_long(*texts: str) -> Iterable[Reason]:
    if any(len(text) > MOST_LETTERS for text in texts):
        yield Reason("too-many-letters", {"most": MOST_LETTERS})


def _month_day(day: date) -> tuple[int, int]:
    return day.month, day.day
