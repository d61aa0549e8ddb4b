"""When is a site open, as a license list writes it? Hours such as "06:30 AM - 06:00 PM", days such as "Mo Tu We Th Fr".

A list often cannot write midnight as an end: 11:59 PM is read as midnight, and an end one minute before the beginning
as the beginning itself, so that "12:00 AM - 11:59 PM" and "06:00 AM - 05:59 AM" are round the clock. Hours that wrap
past midnight are kept as they stand.
"""

import re
from datetime import time
from functools import lru_cache

from daybreak.kernel.spans import DAY, clock_of, minute_of, parse_clock
from daybreak.network.license_lists.terms import Aside
from daybreak.network.weekdays import EVERY_DAY, NAMES, mask_of

_TWELVE = re.compile(r"(0?[1-9]|1[0-2])(?::([0-5][0-9]))?\s*([AP])\.?M\.?", re.IGNORECASE | re.ASCII)
_BETWEEN = re.compile(r"\s*(?:-|–|—|\bto\b)\s*", re.IGNORECASE)
_LAST_MINUTE = DAY - 1
_DAYS = {
    **{name.lower(): day for day, name in enumerate(NAMES)},
    **{name: day for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{"tues": 1, "thur": 3, "thurs": 3},
    **{
        name: day
        for day, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    },
}


# A state's sites share a few hundred ways to write hours and days: each is read once.
@lru_cache(maxsize=1024)
def hours(text: str) -> tuple[time, time]:
    """When a site opens and closes; equal times mean always. Raises Aside for what is no pair of times.

    >>> hours("06:30 AM - 06:00 PM")
    (datetime.time(6, 30), datetime.time(18, 0))
    >>> hours("12:00 AM - 11:59 PM"), hours("06:00 AM - 11:59 PM")
    ((datetime.time(0, 0), datetime.time(0, 0)), (datetime.time(6, 0), datetime.time(0, 0)))
    """
    parts = _BETWEEN.split(text.strip())
    if not text.strip():
        raise Aside("hours-not-stated")
    if len(parts) != 2:
        raise Aside("hours-not-readable", text=text[:40])
    opens, closes = (_minute(part, text) for part in parts)
    if closes == _LAST_MINUTE or closes + 1 == opens:
        closes = (closes + 1) % DAY
    return clock_of(opens), clock_of(closes)


def _minute(part: str, text: str) -> int:
    """Minutes after midnight of a time on a 12-hour clock, or on a 24-hour one."""
    if found := _TWELVE.fullmatch(part):
        return int(found[1]) % 12 * 60 + int(found[2] or 0) + (DAY // 2 if found[3].upper() == "P" else 0)
    try:
        return minute_of(parse_clock(part))
    except ValueError:
        raise Aside("hours-not-readable", text=text[:40]) from None


@lru_cache(maxsize=1024)
def weekdays(text: str) -> int:
    """The days a site opens, as weekdays.py counts them. Raises Aside for words that are no days.

    >>> weekdays("Mo Tu We Th Fr"), weekdays("Sa, Su"), weekdays("Mon-Fri")
    (31, 96, 31)
    """
    if not text.strip():
        raise Aside("days-not-stated")
    days: set[int] = set()
    for part in re.split(r"[\s,;/]+", re.sub(r"\s*[-–]\s*", "-", text.strip())):
        first, dash, last = part.lower().partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            raise Aside("days-not-readable", text=text[:40])
        begin = _DAYS[first]
        days.update((begin + step) % 7 for step in range((_DAYS[last or first] - begin) % 7 + 1))
    return EVERY_DAY & mask_of(days)
