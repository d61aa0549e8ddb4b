"""Which ages does a site take, as a license list writes it? Text such as "Infant (7); Two's to Twelves (80)".

Groups stand one after the other with the children of each in brackets. A group names one age or a range of ages:
"Two's" is every two-year-old, "Infant to Two's" everybody up to the third birthday, "6 Weeks to 35 Months" the
same, while a child counts 35 whole months, "Infant to Two 1/2" everybody up to that age, "Sixes and Older" everybody
from the sixth birthday on while the state calls it child care.

What a child is called an infant and a toddler for differs from state to state, so the reader is told (AgeNames). Text
that does not say all this is not guessed at.
"""

import re
from dataclasses import dataclass

from daybreak.network.license_lists.terms import Aside
from daybreak.network.taking import OLDEST_MONTHS

YEAR = 12
WEEKS_OF_A_MONTH = 52 / 12
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_GROUP = re.compile(r"(?P<ages>[^()]+)\(\s*(?P<count>\d{1,5})\s*\)", re.ASCII)
_HALF = r"(?P<half>\s+1/2|\.5)?"
_COUNTED = re.compile(rf"(?P<number>\d{{1,3}}){_HALF}\s*(?P<unit>weeks?|months?|years?|yrs?|mos?|wks?)(?:\s+olds?)?")
_WORD = re.compile(rf"(?P<word>[a-z]+|\d{{1,2}})(?:['’]?s)?{_HALF}(?:\s+years?)?(?:[\s-]+olds?)?")
_OLDER = re.compile(r"\s*(?:\+|(?:and|&)\s+(?:older|over|up|above))$")
_TO = re.compile(r"\s+(?:to|through|thru)\s+|\s*[-–]\s*")


@dataclass(frozen=True)
class AgeNames:
    """The first month and the month after the last of what a state calls by name, and when child care ends."""

    infant: tuple[int, int]
    toddler: tuple[int, int]
    school_age_from: int
    ends: int


@dataclass(frozen=True)
class NamedAges:
    """Children of an age range, months half-open, as many as the list says, under the list's own words."""

    words: str
    from_months: int
    until_months: int
    children: int


def groups_of(text: str, names: AgeNames) -> tuple[NamedAges, ...]:
    """Every group of the text, in its order; groups of the same words are one. Raises Aside where any is not clear.

    >>> names = AgeNames(infant=(1, 12), toddler=(12, 24), school_age_from=60, ends=156)
    >>> groups = groups_of("Infant (7); Two's to Twelves (80)", names)
    >>> [(group.from_months, group.until_months, group.children) for group in groups]
    [(1, 12, 7), (24, 156, 80)]
    """
    if not text.strip():
        raise Aside("ages-not-stated")
    found: dict[str, NamedAges] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        group = _GROUP.fullmatch(part.strip())
        if group is None:
            raise Aside("ages-not-readable", text=part.strip()[:60])
        words = " ".join(group["ages"].split())
        from_months, until_months = _range(words, names)
        before = found[words].children if words in found else 0
        found[words] = NamedAges(words, from_months, until_months, int(group["count"]) + before)
    if not found:
        raise Aside("ages-not-readable", text=text[:60])
    return tuple(found.values())


def _range(words: str, names: AgeNames) -> tuple[int, int]:
    low = words.lower().strip()
    older = _OLDER.search(low)
    ages = _TO.split(low[: older.start()] if older else low)
    spans = [_span(age.strip(), names) for age in ages]
    if len(ages) > 2 or any(span is None for span in spans):
        raise Aside("ages-not-readable", text=words[:60])
    first, last = spans[0], spans[-1]
    assert first is not None
    assert last is not None
    # "Infant to Two's" ends when a child is no longer two; "Infant to Two 1/2" at that age itself.
    until = names.ends if older else last[1] if len(ages) == 1 or not _is_half_a_year(ages[-1].strip()) else last[0]
    until = min(until, OLDEST_MONTHS)
    if first[0] >= until:
        raise Aside("ages-not-readable", text=words[:60])
    return first[0], until


def _is_half_a_year(age: str) -> bool:
    """Whether an age names a point in a child's life rather than a time of it: two and a half."""
    found = _COUNTED.fullmatch(age) or _WORD.fullmatch(age)
    return bool(found and found["half"])


def _span(age: str, names: AgeNames) -> tuple[int, int] | None:
    """The months an age lasts, half-open, or None for words that name none."""
    named = {
        **dict.fromkeys(("infant", "infants", "birth", "newborn", "newborns"), names.infant),
        **dict.fromkeys(("toddler", "toddlers"), names.toddler),
        **dict.fromkeys(("preschool", "preschoolers", "pre-school"), (3 * YEAR, names.school_age_from)),
        **dict.fromkeys(("school age", "school-age", "school agers"), (names.school_age_from, names.ends)),
        **dict.fromkeys(("kindergarten",), (names.school_age_from, names.school_age_from + YEAR)),
    }
    if age in named:
        return named[age]
    if counted := _COUNTED.fullmatch(age):
        return _counted(int(counted["number"]), counted["unit"][0], bool(counted["half"]))
    word = _WORD.fullmatch(age)
    years = _years(word["word"]) if word else None
    if word is None or years is None:
        return None
    half = YEAR // 2 if word["half"] else 0
    return years * YEAR + half, (years + 1) * YEAR


def _counted(number: int, unit: str, half: bool) -> tuple[int, int]:
    if unit == "w":
        months = int(number / WEEKS_OF_A_MONTH)
        return months, months + 1
    if unit == "m":
        return number, number + 1
    return number * YEAR + (YEAR // 2 if half else 0), (number + 1) * YEAR


def _years(word: str) -> int | None:
    """The whole years of a number in letters or figures, or None; sixes are six and twelves twelve.

    >>> _years("sixes"), _years("twelves"), _years("7"), _years("apples")
    (6, 12, 7, None)
    """
    if word.isdecimal():
        return int(word) if int(word) < len(_NUMBERS) else None
    singulars = (word, word.removesuffix("s"), word.removesuffix("es"))
    return next((_NUMBERS.index(one) for one in singulars if one in _NUMBERS[1:]), None)
