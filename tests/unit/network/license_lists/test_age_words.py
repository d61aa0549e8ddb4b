"""Ages as a license list writes them, and text that is not guessed at."""

import pytest

from daybreak.network.license_lists.age_words import AgeNames, groups_of
from daybreak.network.license_lists.terms import Aside

NAMES = AgeNames(infant=(1, 12), toddler=(12, 24), school_age_from=60, ends=156)


def read(text):
    return [(group.from_months, group.until_months, group.children) for group in groups_of(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Infant (7)", (1, 12, 7)),
        ("Toddler (7)", (12, 24, 7)),
        ("Two's (7)", (24, 36, 7)),
        ("Two’s (7)", (24, 36, 7)),
        ("Sixes (7)", (72, 84, 7)),
        ("Twelves (7)", (144, 156, 7)),
        ("5's (7)", (60, 72, 7)),
        ("Infant to Twelves (12)", (1, 156, 12)),
        ("Infant to Eighteens (12)", (1, 216, 12)),
        ("Toddler to Two's (12)", (12, 36, 12)),
        ("Three's to Five's (0)", (36, 72, 0)),
        ("Two 1/2 to Sixes (60)", (30, 84, 60)),
        ("Infant to Two 1/2 (25)", (1, 30, 25)),
        ("6 Weeks to 35 Months (8)", (1, 36, 8)),
        ("30 Months to Twelves (90)", (30, 156, 90)),
        ("35 Months to Five's (20)", (35, 72, 20)),
        ("Infant to 23 Months (36)", (1, 24, 36)),
        ("2 Years to 5 years (9)", (24, 72, 9)),
        ("Sixes and Older (27)", (72, 156, 27)),
        ("Three's to Sixes and Older (27)", (36, 156, 27)),
        ("Two's to School Age (136)", (24, 156, 136)),
        ("Preschool (20)", (36, 60, 20)),
        ("  infant   TO  toddler ( 3 ) ", (1, 24, 3)),
    ],
)
def test_a_group_is_read(text, ages):
    assert read(text) == [ages]


def test_groups_stand_one_after_the_other_and_keep_their_words():
    groups = groups_of("Infant (7); Toddler (10);Three's to Four's (15);", NAMES)
    assert [(group.words, group.children) for group in groups] == [
        ("Infant", 7),
        ("Toddler", 10),
        ("Three's to Four's", 15),
    ]


def test_two_groups_of_the_same_words_are_one():
    assert read("Infant (7); Infant (3)") == [(1, 12, 10)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Infant", "Infant"),
        ("Infant (many)", "Infant (many)"),
        ("Infant (7); Llamas (3)", "Llamas"),
        ("Infant to Toddler to Two's (3)", "Infant to Toddler to Two's"),
        ("Five's to Two's (3)", "Five's to Two's"),
        ("Infant (7) Toddler (3)", "Infant (7) Toddler (3)"),
        (";", ";"),
        ("Nineteens (2)", "Nineteens"),
    ],
)
def test_text_that_is_not_clear_is_set_aside_and_shown(text, shown):
    with pytest.raises(Aside) as aside:
        groups_of(text, NAMES)
    assert (aside.value.code, aside.value.facts) == ("ages-not-readable", {"text": shown})


def test_no_text_is_another_reason():
    with pytest.raises(Aside) as aside:
        groups_of(" ", NAMES)
    assert aside.value.code == "ages-not-stated"
