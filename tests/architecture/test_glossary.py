"""One word for one thing: code, pages and messages use the glossary's words and none of those it forbids."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
import pytest

from daybreak.cli.words import collected

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "daybreak"
SPANISH = SOURCE / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"
NOBODY_READS_IT = "—"

EXCEPTIONS = {
    "eligible": {
        "eligible": "who may use a plan; the glossary's fits is about places",
        "eligible share": "a test of section 129(d), in the law's word",
    },
    "dependent": {"is dependent care": "the tax law's word for the care it means"},
    "spouse": {
        "income of a spouse": "the tax law's word, and the name of its rule",
        "spouse income": "a key of the tax input, as its format promises",
        "spouse months": "a key of the tax input",
    },
    "facility": {
        "licensed facility": "the tax law's word for whom an employer pays, and a key of its rule",
    },
    "client": {
        "client": "the sender of text messages holds an httpx.Client",
        "clients": "the booking benchmark counts them, as its format promises",
    },
}
"""Words of the Not column, and where they may stand after all, each with its reason."""


@dataclass(frozen=True)
class Entry:
    """A line of the glossary."""

    use: str
    spanish: str
    means: str
    never: tuple[str, ...]


def entries() -> Iterator[Entry]:
    for line in (ROOT / "GLOSSARY.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and cells[0] != "use" and not cells[0].startswith("-"):
            use, spanish, means, never = cells
            yield Entry(use, spanish, means, tuple(word.strip() for word in never.split(",") if word.strip()))


ENTRIES = list(entries())


def names_chosen(tree: ast.Module) -> Iterator[str]:
    """Names that this code gives: what it calls functions, classes, arguments, variables and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def in_words(name: str) -> str:
    """A name as words: `held_until`, `HeldUntil` and `held-until` are all `held until`."""
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)).lower()


def code_words() -> set[str]:
    files = [file for file in SOURCE.rglob("*.py") if "migrations" not in file.parts]
    modules = {in_words(part) for file in files for part in file.relative_to(SOURCE).with_suffix("").parts}
    return modules | {in_words(name) for file in files for name in names_chosen(ast.parse(file.read_text()))}


def phrases() -> set[str]:
    """Everything said to anybody in English: pages, messages, mail subjects; facts and markup taken out."""
    said = {text for phrase in collected(SOURCE) for text in (phrase.one, phrase.many) if text}
    return {re.sub(r"\{\w+\}|%\(\w+\)[sd]|<[^>]*>", " ", text).lower() for text in said}


def template_words() -> set[str]:
    """What a template says without marking it for translation, and the names of its parts and classes."""
    files = [file for file in SOURCE.rglob("*.html") if "templates" in file.parts]
    return {file.stem for file in files} | {
        re.sub(r"\{[%#].*?[%#]\}|\{\{.*?\}\}|<[^>]*>", " ", file.read_text(), flags=re.DOTALL).lower() for file in files
    }


CODE, SAID, PAGES = code_words(), phrases(), template_words()


def users_of(word: str) -> list[str]:
    whole = re.compile(rf"(?<![a-z]){re.escape(word)}(?:s|es)?(?![a-z])")
    allowed = EXCEPTIONS.get(word, {})
    return sorted(text.strip()[:80] for text in CODE | SAID | PAGES if text not in allowed and whole.search(text))


def test_the_glossary_was_read() -> None:
    assert {"care request", "booking", "spot", "decide-by"} <= {entry.use for entry in ENTRIES}


def test_code_and_phrases_were_read() -> None:
    assert "take spots" in CODE
    assert any("you know by" in text for text in SAID)


def test_a_word_is_in_the_glossary_once() -> None:
    uses = [entry.use for entry in ENTRIES]
    assert sorted(set(uses)) == sorted(uses)


def test_no_word_is_both_used_and_forbidden() -> None:
    assert {entry.use for entry in ENTRIES} & {word for entry in ENTRIES for word in entry.never} == set()


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.use for entry in ENTRIES])
def test_is_used_somewhere(entry: Entry) -> None:
    stem = entry.use.replace("-", " ").removesuffix("e")
    assert [text for text in CODE | SAID | PAGES if stem in text.replace("-", " ")] != []


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry.never], ids=lambda entry: entry.use)
def test_is_called_by_no_other_word(entry: Entry) -> None:
    assert {word: users_of(word) for word in entry.never if users_of(word)} == {}


def test_every_exception_is_still_needed() -> None:
    forbidden = {word for entry in ENTRIES for word in entry.never}
    assert [word for word, places in EXCEPTIONS.items() if word not in forbidden or not set(places) <= CODE] == []


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.use for entry in ENTRIES])
def test_is_said_in_spanish_by_this_word(entry: Entry) -> None:
    if entry.spanish == NOBODY_READS_IT:
        return
    file = polib.pofile(str(SPANISH))
    said = [text for one in file for text in (one.msgstr, *one.msgstr_plural.values())]
    assert any(entry.spanish.casefold() in text.casefold() for text in said)
