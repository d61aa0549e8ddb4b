"""What `daybreak words` finds in a small package of its own."""

from pathlib import Path

import polib
import pytest

from daybreak.cli.words import Phrase, bring_up_to_date, collected, in_template, problems
from daybreak.kernel.errors import BadInput

HEADER = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "asking.py").write_text('label = gettext("{site} on {day}")\n')
    (tmp_path / "templates" / "ask.html").write_text("{% load i18n %}{% translate 'Ask for care' %}")
    return tmp_path


@pytest.fixture
def po(tmp_path: Path) -> Path:
    path = tmp_path / "django.po"
    path.write_text(HEADER)
    return path


def write(po: Path, *entries: tuple[str, str], fuzzy: bool = False) -> None:
    file = polib.pofile(str(po))
    file.extend(polib.POEntry(msgid=one, msgstr=text, flags=["fuzzy"] if fuzzy else []) for one, text in entries)
    file.save(str(po))


def test_words_of_python_and_of_templates_are_collected(package: Path) -> None:
    assert collected(package) == {Phrase("{site} on {day}"): "asking.py", Phrase("Ask for care"): "templates/ask.html"}


def test_a_phrase_that_is_not_there_is_named_with_its_file(package: Path, po: Path) -> None:
    write(po, ("{site} on {day}", "{site} el {day}"))
    assert list(problems(po, collected(package))) == ["not there: 'Ask for care' (templates/ask.html)"]


def test_an_empty_a_doubtful_and_a_left_over_phrase_are_named(package: Path, po: Path) -> None:
    write(po, ("{site} on {day}", ""), ("Long gone", "Ya no"))
    write(po, ("Ask for care", "Pedir cuidado"), fuzzy=True)
    assert sorted(problems(po, collected(package))) == [
        "doubtful: 'Ask for care'",
        "nobody says: 'Long gone'",
        "not written: '{site} on {day}'",
    ]


def test_a_translation_with_another_fact_is_named(package: Path, po: Path) -> None:
    write(po, ("{site} on {day}", "{sitio} el {day}"), ("Ask for care", "Pedir cuidado"))
    assert list(problems(po, collected(package))) == ["other facts than the English: '{site} on {day}'"]


def test_a_complete_file_has_no_problems(package: Path, po: Path) -> None:
    write(po, ("{site} on {day}", "{site} el {day}"), ("Ask for care", "Pedir cuidado"))
    assert list(problems(po, collected(package))) == []


def test_bringing_up_to_date_keeps_what_is_written_and_drops_what_nobody_says(package: Path, po: Path) -> None:
    write(po, ("Ask for care", "Pedir cuidado"), ("Long gone", "Ya no"))
    assert bring_up_to_date(po, collected(package)) == (1, 1)
    file = polib.pofile(str(po))
    assert {entry.msgid: entry.msgstr for entry in file} == {"{site} on {day}": "", "Ask for care": "Pedir cuidado"}
    assert file.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"


def test_words_with_a_context_are_refused_aloud() -> None:
    with pytest.raises(BadInput, match=r"ask\.html: words with a context are not collected"):
        list(in_template("{% translate 'May' context 'month' %}", "ask.html"))
