"""The words of an interview: what is asked, what was answered, and what it takes to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

BATCH = 20
"""Answers are written in shuffled batches of at least so many: whoever knows the order is right once in 20."""
TEXT_BYTES = 1500
"""The longest answer in one's own words, in UTF-8; half a page."""


class Asked(StrEnum):
    """How a question is answered."""

    ONE = "one"  # one option
    MANY = "many"  # as many as apply
    TEXT = "text"  # own words


@dataclass(frozen=True)
class Said:
    """Words in both languages."""

    en: str
    es: str

    def in_language(self, language: str) -> str:
        return self.es if language.startswith("es") else self.en


@dataclass(frozen=True)
class Option:
    """One answer to choose. A `last` one stays at the end of a list in random order, and rules out the rest."""

    code: str
    said: Said
    last: bool = False


@dataclass(frozen=True)
class Item:
    """One question. Its id ends in its wording: care_for/2 asks otherwise than care_for/1; they are never pooled."""

    id: str
    asked: Asked
    said: Said
    source: str
    options: tuple[Option, ...] = ()
    shuffled: bool = False
    """Shown in random order, so that no reason is chosen for standing first."""

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class QuestionSet:
    """What is asked on one occasion, in one version: the same for everybody who is asked."""

    name: str
    occasion: str
    title: Said
    lead: Said
    items: tuple[Item, ...]

    @property
    def closed(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.asked is not Asked.TEXT)

    @property
    def open(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.asked is Asked.TEXT)


@dataclass(frozen=True)
class Answers:
    """What one person said: codes by item, and own words by item. What was left out is not there."""

    closed: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Admission:
    """The right to answer once: the digest of a ticket or code, and the occasion it is for."""

    digest: str
    occasion: str


@dataclass(frozen=True)
class WaveKey:
    """The key of one wave, as the desk publishes it: PEM, and the first day on which it opens nothing."""

    name: str
    occasion: str
    quarter: str
    until: str
    public_key: str


@dataclass(frozen=True)
class Kept:
    """An answer as it was written by a batch: no more is known of it."""

    question_set: str
    quarter: str
    closed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Words:
    """One text as the trustee reads it, away from the closed answers it came with."""

    ref: str
    question_set: str
    quarter: str
    item: str
    text: str
    themes: tuple[str, ...] | None
    """What this trustee coded it as; None before."""
    is_shared: bool
    """Read by every coder, so that they can be compared."""


@dataclass(frozen=True)
class WaveCount:
    """How many answers a quarter has for one occasion, in full batches."""

    occasion: str
    quarter: str
    answers: int
