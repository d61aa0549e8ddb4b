"""By which themes are texts coded? A code book in both languages, packaged as data."""

import tomllib
from dataclasses import dataclass

from daybreak.interviews.terms import Said


@dataclass(frozen=True)
class Theme:
    """One theme: its code, its name, and what belongs under it."""

    code: str
    said: Said
    covers: Said


@dataclass(frozen=True)
class CodeBook:
    """The themes of one version."""

    version: int
    themes: tuple[Theme, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(theme.code for theme in self.themes)


def code_book_in(text: str) -> CodeBook:
    """Read the file."""
    raw = tomllib.loads(text)
    themes = tuple(
        Theme(one["code"], Said(one["en"], one["es"]), Said(one["covers"]["en"], one["covers"]["es"]))
        for one in raw["theme"]
    )
    return CodeBook(raw["version"], themes)
