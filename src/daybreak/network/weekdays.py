"""On which days of the week does a site open?

A set of days is one small number, Monday the lowest bit, so that a column can hold it. An opening that runs past
midnight belongs to the day it starts on.
"""

from collections.abc import Iterable
from datetime import date, timedelta

EVERY_DAY = 127
NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
"""As license lists write them, in the order of `date.weekday()`."""
AROUND = (-2, -1, 0, 1, 2)
"""Days around the day of care that a site's openings are asked for: a night's way may reach two days off."""


def mask_of(days: Iterable[int]) -> int:
    """Put days of the week, Monday 0, into one number.

    >>> mask_of(range(5)), mask_of(range(7)) == EVERY_DAY
    (31, True)
    """
    return sum(1 << day for day in set(days))


def days_of(mask: int) -> tuple[int, ...]:
    """The days of the week in a number, Monday 0.

    >>> days_of(0b1100000)
    (5, 6)
    """
    return tuple(day for day in range(7) if mask >> day & 1)


def opens_on(mask: int, day: date) -> bool:
    """Say whether a site opens on a day.

    >>> opens_on(mask_of(range(5)), date(2026, 3, 7))
    False
    """
    return bool(mask >> day.weekday() & 1)


def closed_around(mask: int, day: date) -> frozenset[int]:
    """The days around a day, 0 itself, on which a site does not open.

    >>> sorted(closed_around(mask_of(range(5)), date(2026, 3, 6)))
    [1, 2]
    """
    return frozenset(offset for offset in AROUND if not opens_on(mask, day + timedelta(days=offset)))
