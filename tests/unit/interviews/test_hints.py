"""Words that may tell who wrote them are pointed at; addresses and numbers are taken out."""

import pytest

from daybreak.interviews.hints import hints_in, masked


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Then Dolores took my boy.", ["name"]),
        ("I am the only mother on nights.", ["alone"]),
        ("Soy la única en mi turno.", ["alone"]),
        ("It was in march and I have twins.", ["day", "family"]),
        ("Badge 20447", ["number"]),
        ("The sitter was ill. I stayed home.", []),
        ("Se enfermó la niñera. Me quedé en casa.", []),
    ],
)
def test_what_may_identify_is_found_in_both_languages(text: str, kinds: list[str]) -> None:
    assert [hint.kind for hint in hints_in(text)] == kinds


def test_a_story_that_identifies_without_a_name_is_not_found_and_the_docs_say_so() -> None:
    assert hints_in("Everybody knows who brings her boy to the loading dock.") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("rosa@example.org", "[e-mail]"),
        ("see https://example.org/rosa today", "see [web] today"),
        ("call +1 (317) 555-0134.", "call [number]."),
        ("it was 5:40, I had 2 children and 40 dollars", "it was 5:40, I had 2 children and 40 dollars"),
    ],
)
def test_addresses_and_numbers_are_taken_out_and_nothing_else(text: str, kept: str) -> None:
    assert masked(text) == kept
