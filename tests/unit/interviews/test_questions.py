"""Question sets: the same for everybody, of equal length, in both languages, and never changed once released."""

import dataclasses

import pytest

from daybreak.interviews.queries import SETS, code_book, items, packaged, question_set
from daybreak.interviews.questions_file import changed_since_release, comparable, imprint, items_in, set_in
from daybreak.interviews.terms import Asked, Said
from daybreak.kernel.errors import BadInput

CORE = ["care_for/1", "sex/1", "job_effect/1", "disruptions/1", "followed/1", "main_reason/1"]
ITEM = """
[[item]]
id = "care_for/1"
asked = "one"
source = "own words"
en = "Whom?"
es = "¿A quién?"
option = [{ code = "child", en = "A child", es = "Un niño" }]
"""


@pytest.mark.parametrize("name", SETS.values())
def test_the_same_core_is_asked_on_every_occasion(name: str) -> None:
    assert [item.id for item in question_set(name).items][: len(CORE)] == CORE


def test_every_occasion_is_as_long_as_the_others_and_a_decline_is_shorter() -> None:
    lengths = {
        occasion: (len(question_set(name).closed), len(question_set(name).open)) for occasion, name in SETS.items()
    }
    assert lengths.pop("declined") == (8, 1)
    assert set(lengths.values()) == {(12, 2)}


@pytest.mark.parametrize("item", items().values(), ids=lambda item: item.id)
def test_nobody_has_to_say_anything(item: object) -> None:
    assert item.asked is Asked.TEXT or item.options[-1].code == "prefer_not"  # type: ignore[attr-defined]


def test_no_released_item_was_changed() -> None:
    assert changed_since_release(items(), packaged("releases")) == []


def test_a_changed_word_is_found() -> None:
    item = items()["disruptions/1"]
    other = dataclasses.replace(item, said=Said(item.said.en + "!", item.said.es))
    assert imprint(other) != imprint(item)
    assert changed_since_release({other.id: other}, packaged("releases")) == ["disruptions/1"]


def test_only_items_in_the_same_words_stand_side_by_side() -> None:
    entry, leaving = question_set("entry-1"), question_set("exit-1")
    assert [item.id for item in comparable(entry, leaving)] == [
        *CORE,
        "tell_manager/1",
        "one_day/1",
        "would_have_helped/1",
    ]
    item = entry.items[0]
    reworded = dataclasses.replace(item, said=Said("Other words", "Otras palabras"))
    later = dataclasses.replace(entry, name="entry-2", items=(reworded, *entry.items[1:]))
    assert item.id not in [one.id for one in comparable(later, leaving)]


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (ITEM.replace("care_for/1", "care_for"), "is no id of an item"),
        (ITEM.replace('source = "own words"', ""), "has no source"),
        (ITEM.replace("¿A quién?", ""), "lacks a language"),
        (ITEM.replace('es = "Un niño"', 'es = ""'), "lacks a language"),
        (ITEM.replace("child", "A Child"), "has no code"),
        (ITEM.replace('"one"', '"text"'), "wrong options"),
    ],
)
def test_a_broken_file_of_items_is_refused(broken: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        items_in(broken)


def test_a_set_asks_for_no_item_that_is_not_there() -> None:
    text = 'occasion = "pulse"\nitems = ["care_for/1", "care_for/2"]\n[title]\nen="a"\nes="b"\n[lead]\nen="a"\nes="b"\n'
    with pytest.raises(BadInput, match="care_for/2"):
        set_in(text, items_in(ITEM), name="pulse-9")


def test_the_code_book_has_ten_themes_and_one_for_the_rest() -> None:
    assert len(code_book().codes) == 11
    assert code_book().codes[-1] == "other"
