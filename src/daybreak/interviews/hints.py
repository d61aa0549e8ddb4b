"""What in a text may tell who wrote it? Marks in words, to be shown, and plain addresses, to be masked.

A hint is a question and never a rule: "the only woman on the night crew" identifies without a single name, and no
pattern finds that. What a pattern does find for sure, an address or a number to call, is masked before anything is
kept.
"""

import re
from dataclasses import dataclass

from daybreak.interviews.terms import Said

MASKS: tuple[tuple[Said, re.Pattern[str]], ...] = (
    (Said("[e-mail]", "[correo]"), re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")),
    (Said("[web]", "[web]"), re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)),
    (Said("[number]", "[número]"), re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]{6,}\d(?!\w)")),
)
"""Addresses and numbers of seven digits and more: phones, badges, account numbers."""

NAMED = r"(?<![.!?¿¡\n]\s)(?<!^)(?<![.!?¿¡\n])\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+"
"""A capital letter inside a sentence: a person, a place, a team."""
HINTS: tuple[tuple[str, str], ...] = (
    ("name", NAMED),
    ("number", r"\d{3,}"),
    ("alone", r"\b(?:the only|only (?:woman|man|mother|father|one)|la única|el único|única|único)\b"),
    (
        "day",
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    ),
    ("family", r"\b(?:twins|triplets|gemelos|gemelas|mellizos|mellizas|trillizos)\b"),
)
"""Marks by kind, as patterns that JavaScript reads too: the page looks while somebody writes."""


@dataclass(frozen=True)
class Hint:
    """Words that may tell who wrote them, and why."""

    kind: str
    words: str


def hints_in(text: str) -> list[Hint]:
    """Everything that may identify, in order; an empty list promises nothing.

    >>> [hint.words for hint in hints_in("I called Marisol, the only woman on nights.")]
    ['Marisol', 'the only']
    """
    found = [
        (match.start(), Hint(kind, match.group()))
        for kind, pattern in HINTS
        for match in re.finditer(pattern, text, 0 if kind == "name" else re.IGNORECASE)
    ]
    return [hint for _, hint in sorted(found, key=lambda one: one[0])]


def masked(text: str, language: str = "en") -> str:
    """The text with addresses and numbers taken out, and a word in the page's language where they stood.

    >>> masked("Call me at 317-555-0134 or rosa@example.org, badge 20447.")
    'Call me at [number] or [e-mail], badge 20447.'
    """
    for mask, pattern in MASKS:
        text = pattern.sub(mask.in_language(language), text)
    return text
