"""Ages written as a license list writes them are read as meant; any other text is set aside, never guessed."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from daybreak.network.license_lists.age_words import AgeNames, groups_of
from daybreak.network.license_lists.clock_words import hours, weekdays
from daybreak.network.license_lists.indiana import SENTENCES
from daybreak.network.license_lists.terms import Aside

NAMES = AgeNames(infant=(1, 12), toddler=(12, 24), school_age_from=60, ends=156)
WORDS = ("Two's", "Three's", "Four's", "Five's", "Sixes", "Seven's", "Eights", "Nines", "Tens", "Elevens", "Twelves")
AGES = {
    "Infant": (1, 12),
    "Toddler": (12, 24),
    **{word: (12 * at, 12 * at + 12) for at, word in enumerate(WORDS, start=2)},
}

ages = st.sampled_from(sorted(AGES, key=AGES.__getitem__))


@given(st.lists(st.tuples(ages, ages, st.integers(0, 99999)), min_size=1, max_size=8, unique_by=lambda one: one[:2]))
def test_every_group_comes_back(groups: list[tuple[str, str, int]]) -> None:
    text, meant = [], []
    for one, other, children in groups:
        first, last = sorted((one, other), key=AGES.__getitem__)
        words = first if first == last else f"{first} to {last}"
        text.append(f"{words} ({children})")
        meant.append((words, AGES[first][0], AGES[last][1], children))
    found = groups_of("; ".join(text), NAMES)
    by_words: dict[str, tuple[int, int, int]] = {}
    for words, since, until, children in meant:
        before = by_words.get(words, (since, until, 0))[2]
        by_words[words] = (since, until, before + children)
    assert {one.words: (one.from_months, one.until_months, one.children) for one in found} == by_words


@given(st.text(max_size=60))
def test_any_text_is_read_or_set_aside(text: str) -> None:
    for read in (lambda: groups_of(text, NAMES), lambda: hours(text), lambda: weekdays(text)):
        assert code_of(read) in ("", *SENTENCES)


def code_of(read: Callable[[], object]) -> str:
    """Why text was set aside, or nothing where it was read; any other trouble goes on."""
    try:
        read()
    except Aside as aside:
        return aside.code
    return ""
