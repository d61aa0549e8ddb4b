"""Which figures may a rule hold, and do two of its values have the same shape?

Numbers stay exact: whole unless the file says how many digits may follow the point, never a float, never text.
"""

import re
from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from daybreak.rulebook.terms import Figure

NUMBER_AS_TEXT = re.compile(r"\s*[-+]?[$]?\s*\d[\d.,_ ]*%?\s*")
SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def kind(figure: object) -> str:
    """Name the kind of a figure as a sentence would.

    >>> kind(7500), kind(Decimal("0.35")), kind(True)
    ('a number', 'a number', 'yes or no')
    """
    if isinstance(figure, bool):
        return "yes or no"
    if isinstance(figure, datetime):
        return "a moment"
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        ((int, Decimal), "a number"),
        (str, "text"),
        (date, "a day"),
        (time, "a time of day"),
        ((list, tuple), "a list"),
        (Mapping, "a table"),
    )
    return next((name for types, name in names if isinstance(figure, types)), "unknown")


def problems(figure: object, *, name: str, digits: int) -> Iterator[str]:
    """Say what is wrong with a figure and all figures in it; `digits` may follow the point of a number.

    Each problem is a clause that goes on from the place it was found in.

    >>> list(problems({"amount": "7,500"}, name="", digits=0))
    ["'amount' is the text '7,500', and a number in quotes cannot be compared or added. Write it without quotes."]
    """
    if isinstance(figure, Mapping):
        yield from _table_problems(figure, name=name, digits=digits)
    elif isinstance(figure, list | tuple):
        for place, part in enumerate(figure, start=1):
            yield from problems(part, name=f"{name}[{place}]", digits=digits)
    elif isinstance(figure, str):
        if not figure.strip():
            yield f"'{name}' is empty text, and an empty figure answers nothing. Write the figure, or remove the key."
        elif NUMBER_AS_TEXT.fullmatch(figure):
            yield (
                f"'{name}' is the text {figure!r}, and a number in quotes cannot be compared or added. "
                "Write it without quotes."
            )
    elif isinstance(figure, Decimal):
        yield from _fraction_problems(figure, name=name, digits=digits)
    elif isinstance(figure, datetime):
        yield f"'{name}' is a moment, and law knows days and times of day. Write the day or the time alone."


def _table_problems(table: Mapping[str, object], *, name: str, digits: int) -> Iterator[str]:
    if not table:
        yield f"'{name}' is an empty table, and an empty figure answers nothing. Write the figures, or remove the key."
    for key, part in table.items():
        dotted = f"{name}.{key}" if name else key
        if not SNAKE_CASE.fullmatch(key):
            yield f"'{dotted}' is not a name in small letters, digits and single underscores. Rename it."
        yield from problems(part, name=dotted, digits=digits)


def _fraction_problems(number: Decimal, *, name: str, digits: int) -> Iterator[str]:
    if not number.is_finite():
        yield f"'{name}' is {number}, which is not a figure anybody can be held to. Write a number."
        return
    exponent = number.as_tuple().exponent
    after_point = max(0, -exponent) if isinstance(exponent, int) else 0
    if digits == 0:
        yield (
            f"'{name}' is {number}, and this rule holds whole numbers. "
            "Write a whole number, or allow digits after the point at the top of the file, such as digits = 2."
        )
    elif after_point > digits:
        yield (
            f"'{name}' is {number}, with {after_point} digits after the point where the file allows {digits}. "
            "Round it as the source does, or raise 'digits'."
        )


def differences(first: object, other: object, *, name: str = "", may_lack: Container[str] = ()) -> Iterator[str]:
    """Say where `other` has not the keys and kinds of `first`; lists may differ in length and content.

    A key in `may_lack` may be left out by either.

    >>> list(differences({"amount": 1}, {"amount": "two", "most": 3}))
    ["has 'most'", "makes 'amount' text instead of a number"]
    >>> list(differences({"amount": 1}, {"amount": 2, "most": 3}, may_lack=["most"]))
    []
    """
    if isinstance(first, Mapping) and isinstance(other, Mapping):
        prefix = f"{name}." if name else ""
        yield from (f"lacks '{prefix}{key}'" for key in first if key not in other and key not in may_lack)
        yield from (f"has '{prefix}{key}'" for key in other if key not in first and key not in may_lack)
        for key in first:
            if key in other:
                yield from differences(first[key], other[key], name=f"{prefix}{key}", may_lack=may_lack)
    elif kind(first) != kind(other):
        yield f"makes '{name or 'amount'}' {kind(other)} instead of {kind(first)}"


def keys_in(figure: object) -> Iterator[str]:
    """Name every key of a figure and of the tables in it."""
    if isinstance(figure, Mapping):
        for key, part in figure.items():
            yield key
            yield from keys_in(part)


def same(one: Figure | None, other: Figure | None) -> bool:
    """Compare two figures exactly: 2500 equals 2500.00, yes does not equal 1.

    >>> same(2500, Decimal("2500.00")), same(True, 1)
    (True, False)
    """
    if kind(one) != kind(other):
        return False
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return one == other


def frozen(figure: object) -> Figure:
    """Turn what TOML reads into a figure nobody can append to.

    Raises TypeError for a kind that a rule may not hold; `problems` names those first.
    """
    if isinstance(figure, Mapping):
        return {str(key): frozen(part) for key, part in figure.items()}
    if isinstance(figure, list | tuple):
        return tuple(frozen(part) for part in figure)
    if isinstance(figure, int | Decimal | str | date | time) and not isinstance(figure, datetime):
        return figure
    raise TypeError(f"{figure!r} is not a figure")


def changed(
    before: Figure | None, after: Figure | None, *, name: str = ""
) -> Iterator[tuple[str, Figure | None, Figure | None]]:
    """Name each figure that differs, with what it was and what it became.

    >>> list(changed({"most": 10, "additional": 2}, {"most": 12, "additional": 2}))
    [('most', 10, 12)]
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from changed(before.get(key), after.get(key), name=f"{name}.{key}" if name else key)
    elif not same(before, after):
        yield name or "amount", before, after


def words(figure: Figure | None) -> str:
    """Write a figure on one line for people.

    >>> words({"most_children": 6, "ages": (0, 156)})
    'most children 6, ages 0 156'
    """
    if figure is None:
        return "nothing"
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    if isinstance(figure, Mapping):
        nested = any(isinstance(part, Mapping) for part in figure.values())
        parts = (f"{key.replace('_', ' ')}{':' if nested else ''} {words(part)}" for key, part in figure.items())
        return ("; " if nested else ", ").join(parts)
    if isinstance(figure, tuple):
        return " ".join(words(part) for part in figure)
    return str(figure)
