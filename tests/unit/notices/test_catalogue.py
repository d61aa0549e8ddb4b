"""Every code has words, every word has Spanish, and the words keep the house's manners."""

import ast
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

import daybreak
from daybreak.cli.words import LOCALE, PACKAGE, collected, problems
from daybreak.kernel.decisions import Fact, Reason
from daybreak.network.taking import ORDER
from daybreak.notices.catalogue import CITED, HEADINGS, NOTICES, REFUSALS
from daybreak.notices.facts import FACTS
from daybreak.notices.family_words import FAMILY_TEXTS
from daybreak.notices.queries import heading, needed, sentence, worded
from daybreak.notices.terms import Kind
from daybreak.notices.text_words import TEXTS
from daybreak.placement.candidates import CLOSED
from daybreak.placement.terms import Unplaced
from daybreak.web.interviews.words import REFUSALS as INTERVIEW_REFUSALS

SOURCE = Path(daybreak.__file__).parent
FILES = [file for file in SOURCE.rglob("*.py") if file.parent.name != "notices" and "migrations" not in file.parts]
LANGUAGES = ["en", "es"]

LONG_NAME = (
    "Sunny Side of the Street Early Childhood Learning Center and After School Program of Greater Flatbush, Inc."
)
WITHOUT_PAGE = ("sign-in-link", "family-invitation", "care-benefit-ended", "newcomer-refused")
"""Messages to somebody whose page is not open yet, or no longer."""
LONGEST: dict[Kind, Fact] = {
    Kind.NAME: LONG_NAME,
    Kind.NUMBER: 30,
    Kind.DAY: "2026-09-23",
    Kind.CLOCK: "2026-09-23T22:45-04:00",
    Kind.MOMENT: "2026-09-23T22:45-04:00",
    Kind.MINUTES: 28.4,
    Kind.MONTHS: 14,
    Kind.AGE: 51,
    Kind.ILL: 2,
    Kind.CHILDREN: 4,
    Kind.SPOTS: 12,
    Kind.PLACES: 34,
    Kind.MONEY: 123_456,
    Kind.LINES: (
        '[["family", {"number": 1, "comes": "2026-09-23T06:45", "children": 2}],'
        ' ["family", {"number": 2, "comes": "2026-09-23T07:15", "children": 1}]]'
    ),
    Kind.REASON: '{"code": "full", "facts": {}, "cite": "5101:2-12-18, 1"}',
    Kind.PAGE: "/requests/3f2b8c1e-5d6a-4f7b-9c8d-0e1f2a3b4c5d",
    Kind.SIGN_IN: "/sign-in/" + "a" * 60,
    Kind.SIGN_IN_CODE: "755224",
}
FULL = {**{name: LONGEST[kind] for name, kind in FACTS.items()}, "city": "Huntington Station Township"}


def all_templates() -> list[str]:
    notices = [text for words in NOTICES.values() for text in (words.subject, words.text, words.sms)]
    return [*notices, *(text for texts in REFUSALS.values() for text in texts), CITED, *HEADINGS.values()]


def reason_codes(source: str) -> set[str]:
    """The codes a file gives to Reason as fixed words, the two sides of a choice included."""
    codes = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason" and node.args:
            code = node.args[0]
            sides = [code.body, code.orelse] if isinstance(code, ast.IfExp) else [code]
            codes |= {str(side.value) for side in sides if isinstance(side, ast.Constant)}
    return codes


def test_every_reason_the_source_gives_has_words() -> None:
    given = {code for file in FILES for code in reason_codes(file.read_text())}
    assert len(given) > 20
    # Interviews run where the catalogue's people are not known, and have their own few sentences.
    worded = REFUSALS.keys() | INTERVIEW_REFUSALS.keys()
    assert (given | set(ORDER) | {reason.value for reason in Unplaced}) - worded == set()


def test_no_words_are_kept_for_a_code_that_nobody_gives() -> None:
    constants = {
        node.value
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert (REFUSALS.keys() | NOTICES.keys()) - constants == set()


def test_places_that_do_not_fit_have_a_heading_for_every_filter() -> None:
    not_by_filters = {CLOSED, "kept-by-contract", "shared-by-contract", "wanted-by-many"}
    by_the_plan = {"route-not-covered", "allowance-spent", "allowance-hours-spent"}
    assert HEADINGS.keys() == {reason.value for reason in Unplaced} | not_by_filters | by_the_plan


@pytest.mark.parametrize("template", all_templates(), ids=lambda template: template[:30])
def test_speaks_only_of_facts_that_have_a_meaning(template: str) -> None:
    assert needed(template) - FACTS.keys() <= {"sentence"}


@pytest.mark.parametrize("code", REFUSALS)
def test_can_be_said_without_any_fact_but_those_its_reason_always_has(code: str) -> None:
    *_, plain = REFUSALS[code]
    assert needed(plain) == frozenset()


def test_every_phrase_of_the_notices_is_written_in_spanish() -> None:
    said = {phrase: where for phrase, where in collected(PACKAGE).items() if where.startswith("notices/")}
    found = [line for line in problems(LOCALE / "es" / "LC_MESSAGES" / "django.po", said) if "nobody says" not in line]
    assert said
    assert found == []


def test_the_compiled_words_are_those_of_the_source() -> None:
    """Otherwise Spanish readers get English: `daybreak words compile` mends it."""
    assert heading("hours", "es") == "No abre a todas las horas que necesita"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", NOTICES)
def test_a_text_message_is_under_300_characters_even_with_long_names(code: str, language: str) -> None:
    assert urlsplit(settings.ADDRESS).hostname
    at_home = worded(code, FULL, language).sms
    assert len(at_home) + len("https://daybreak.harborhealth.example") - len(settings.ADDRESS) < 300


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", NOTICES)
def test_a_mail_subject_says_nothing_about_children(code: str, language: str) -> None:
    subject = worded(code, FULL, language).subject.lower()
    assert [word for word in ("child", "care", "kid", "niñ", "cuidado", "hij", "sunny") if word in subject] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code in NOTICES if code not in WITHOUT_PAGE])
def test_every_message_leads_to_its_page(code: str, language: str) -> None:
    words = worded(code, FULL, language)
    link = f"{settings.ADDRESS}{LONGEST[Kind.PAGE]}"
    # Answers to a text travel by text only.
    assert words.text.endswith(link if code in TEXTS or code in FAMILY_TEXTS else f"\n\n{link}")
    assert link in words.sms


MANNERS = re.compile(
    r"please|oops|successful|invalid|sorry|!|slot|\bseat|reservation|vendor|"
    r"por favor|lo sentimos|inválid|exitos|¡|\bslot|\bplaza",
    re.IGNORECASE,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_begs_blames_or_cheers(language: str) -> None:
    notices = [part for code in NOTICES for part in vars(worded(code, FULL, language)).values()]
    refusals = [sentence(Reason(code, facts), language) for code in REFUSALS for facts in ({}, FULL)]
    assert [text for text in notices + refusals if MANNERS.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_is_at_most_three_sentences(code: str, language: str) -> None:
    for facts in ({}, FULL):
        text = sentence(Reason(code, facts), language)
        assert len(re.findall(r"(?<!\ba)(?<!\.m)\.(?=\s|$)", text)) <= 3
        assert text[0].isupper() or text[0] == "¿"
        assert text.endswith(".")
        assert "{" not in text
