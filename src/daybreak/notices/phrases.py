"""How are days and times said? English says a.m. and p.m., Spanish counts to 24 hours.

Inside a Spanish sentence a time carries its article ("a las 7:00", "desde la 1:15"), so a translated sentence writes
only the word before it.
"""

import re
from datetime import date, datetime, time

ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPANISH_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SPANISH_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)

NAME_MOST = 50
"""Letters of a name in a text message; license lists hold names of 100 and more."""

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


def say_day(day: date, language: str) -> str:
    """Say a day with its weekday.

    >>> say_day(date(2026, 3, 2), "en"), say_day(date(2026, 3, 2), "es")
    ('Monday, March 2', 'lunes 2 de marzo')
    """
    if language == "es":
        return f"{SPANISH_DAYS[day.weekday()]} {day.day} de {SPANISH_MONTHS[day.month - 1]}"
    return f"{ENGLISH_DAYS[day.weekday()]}, {ENGLISH_MONTHS[day.month - 1]} {day.day}"


def say_clock(clock: time, language: str) -> str:
    """Say a time that stands alone, as in a table.

    >>> say_clock(time(19, 5), "en"), say_clock(time(19, 5), "es"), say_clock(time(0, 30), "en")
    ('7:05 p.m.', '19:05', '12:30 a.m.')
    """
    if language == "es":
        return f"{clock.hour}:{clock.minute:02d}"
    return f"{clock.hour % 12 or 12}:{clock.minute:02d} {'a.m.' if clock.hour < 12 else 'p.m.'}"


def say_clock_within(clock: time, language: str) -> str:
    """Say a time inside a sentence.

    >>> say_clock_within(time(7, 0), "en"), say_clock_within(time(7, 0), "es"), say_clock_within(time(1, 15), "es")
    ('7:00 a.m.', 'las 7:00', 'la 1:15')
    """
    alone = say_clock(clock, language)
    if language == "es":
        return f"{'la' if clock.hour == 1 else 'las'} {alone}"
    return alone


def say_moment(moment: datetime, language: str) -> str:
    """Say a local time with its day, inside a sentence.

    >>> say_moment(datetime(2026, 3, 2, 6, 45), "en"), say_moment(datetime(2026, 3, 2, 6, 45), "es")
    ('6:45 a.m. on Monday, March 2', 'las 6:45 del lunes 2 de marzo')
    """
    joined = "{} del {}" if language == "es" else "{} on {}"
    return joined.format(say_clock_within(moment.time(), language), say_day(moment.date(), language))


def one_line(text: str) -> str:
    """Make a name from outside fit for a line: a line break in it could forge a mail header.

    >>> one_line(" Little\\n Oaks ")
    'Little Oaks'
    """
    return " ".join(text.split())


def shortened(text: str, most: int = NAME_MOST) -> str:
    """Cut a long name at a word where there is one.

    >>> shortened("Little Oaks Early Learning Center", most=14)
    'Little Oaks…'
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,.;-") + "…"


def tidy(text: str) -> str:
    """Write one full stop where a time or a name that ends in one closes the sentence.

    >>> tidy("It opens at 7:00 a.m.. It closes at noon.")
    'It opens at 7:00 a.m. It closes at noon.'
    """
    return _TWO_STOPS.sub(".", text)
