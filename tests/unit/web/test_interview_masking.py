"""Names are masked where the extra is installed; without it nobody is told that they are."""

from dataclasses import dataclass

import pytest

from daybreak.web.interviews import masking


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    entity_type: str


@dataclass(frozen=True)
class Analyzer:
    """Finds what it was told to find."""

    found: tuple[Found, ...]

    def analyze(self, **_: object) -> tuple[Found, ...]:
        return self.found


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch) -> object:
    def told(*found: Found) -> None:
        monkeypatch.setattr(masking, "is_installed", lambda: True)
        monkeypatch.setattr(masking, "_analyzer", lambda: Analyzer(found))

    return told


def test_what_is_found_is_masked_and_what_overlaps_it_is_masked_once(finds: object) -> None:
    finds(Found(7, 14, "PERSON"), Found(18, 25, "LOCATION"), Found(20, 25, "PERSON"))  # type: ignore[operator]
    assert masking.masked_names("I told Dolores in Buffalo.", "en") == "I told [name] in [place]."


def test_another_language_than_english_keeps_its_names(finds: object) -> None:
    finds(Found(0, 5, "PERSON"))  # type: ignore[operator]
    assert masking.masked_names("Lucía lloró, 317-555-0134", "es") == "Lucía lloró, [número]"


def test_without_the_extra_only_addresses_and_numbers_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(masking, "find_spec", lambda name: None)
    assert not masking.is_installed()
    assert masking.masked_names("Dolores, 317-555-0134", "en") == "Dolores, [number]"
