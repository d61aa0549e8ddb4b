"""How is a question set drawn as a form, and what has somebody chosen in it?"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from daybreak.interviews.terms import Asked, Item, Option, QuestionSet


@dataclass(frozen=True)
class Choice:
    """One option as a card."""

    id: str
    code: str
    text: str
    on: bool


@dataclass(frozen=True)
class Question:
    """One item as a field of the form."""

    id: str
    name: str
    text: str
    kind: str
    """radio, checkbox or text"""
    choices: tuple[Choice, ...]
    written: str


def questions(asked: QuestionSet, said: Mapping[str, Sequence[str]], language: str) -> list[Question]:
    """Every question, with what was chosen so far. Lists of reasons come in a new random order each time."""
    return [_question(number, item, said.get(item.id, ()), language) for number, item in enumerate(asked.items, 1)]


def _question(number: int, item: Item, said: Sequence[str], language: str) -> Question:
    choices = tuple(
        Choice(f"q{number}-{option.code}", option.code, option.said.in_language(language), option.code in said)
        for option in _in_order(item)
    )
    kinds = {Asked.ONE: "radio", Asked.MANY: "checkbox", Asked.TEXT: "text"}
    written = said[0] if said and item.asked is Asked.TEXT else ""
    return Question(f"q{number}", item.id, item.said.in_language(language), kinds[item.asked], choices, written)


def _in_order(item: Item) -> list[Option]:
    first = [option for option in item.options if not option.last]
    if item.shuffled:
        secrets.SystemRandom().shuffle(first)
    return first + [option for option in item.options if option.last]


def said_in(asked: QuestionSet, sent: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What a form holds for the items of this set, and nothing else it was sent with."""
    return {item.id: list(sent[item.id]) for item in asked.items if item.id in sent}


def kept(said: Mapping[str, Sequence[str]], *, but: Sequence[str]) -> list[tuple[str, str]]:
    """What was said, as hidden fields of the next screen."""
    return [(name, value) for name, values in said.items() if name not in but for value in values]
