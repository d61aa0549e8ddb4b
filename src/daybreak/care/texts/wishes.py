"""Which children, day, hours and decide-by does a parent's text name? What it does not name is asked afterwards.

People write times as they say them: 7-3:30, 10pm to 6am, de 22 a 6:30, 0700 1530 on a keypad. A time without a.m. or
p.m. is read by the family's usual shift, and an end is the first such time after the start. Whatever is read here is
said back before anything is asked for, so a wrong reading costs one more text and nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from daybreak.care.asking import LONGEST
from daybreak.care.texts.hearing import plain
from daybreak.care.texts.terms import Kin
from daybreak.kernel.spans import DAY, clock_of, minute_of
from daybreak.notices.phrases import ENGLISH_DAYS, ENGLISH_MONTHS, SPANISH_DAYS, SPANISH_MONTHS

EVERYBODY = frozenset({"all", "both", "everybody", "everyone", "todos", "todas", "ambos", "ambas", "dos"})
ILL_WORDS = frozenset({"ill", "sick", "fever", "cold", "cough", "enferma", "enfermo", "fiebre", "gripe", "tos"})
TODAY = frozenset({"today", "tonight", "now", "hoy", "ahora", "noche"})
NOW = frozenset({"now", "ahora"})
TOMORROW = frozenset({"tomorrow", "tmrw", "manana"})
IN_THE_MORNING = re.compile(r"\b(?:de|por|en) la manana\b")
HALF_DAY = 12 * 60

_TIME = r"(?:(\d{1,2})[:.h](\d{2})|(\d{4})|(\d{1,2}))\s*(am|pm|a\.? ?m\.?|p\.? ?m\.?)?(?![\d/])"
_BETWEEN = r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\ba\b|\bhasta\b|\*|\s)\s*(?:la\s+|las\s+)?"
HOURS = re.compile(rf"(?<![\d/:]){_TIME}{_BETWEEN}{_TIME}")
KEYPAD = re.compile(r"(?<!\d)(\d{4})(\d{4})(?!\d)")
ONE_TIME = re.compile(rf"(?<![\d/:]){_TIME}")
BY = re.compile(rf"\b(?:by|before|antes de|para)\s+(?:la\s+|las\s+)?{_TIME}")
DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})(?!\d)")
_MONTHS = {plain(name)[:3]: at for names in (ENGLISH_MONTHS, SPANISH_MONTHS) for at, name in enumerate(names, start=1)}
_DAYS = {plain(name): at for names in (ENGLISH_DAYS, SPANISH_DAYS) for at, name in enumerate(names)}
NAMED = re.compile(rf"\b(?:(\d{{1,2}}) de ({'|'.join(_MONTHS)})\w*|({'|'.join(_MONTHS)})[a-z]* (\d{{1,2}}))\b")


@dataclass(frozen=True)
class Named:
    """What a text names of a wish for care; None or nothing where it does not."""

    children: tuple[UUID, ...] = ()
    ill: bool = False
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    by: time | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the text names nothing of a wish."""
        return not (self.children or self.ill or self.day or self.starts or self.by)


def named(said: str, children: Sequence[Kin], *, now: datetime, usual: tuple[time, time]) -> Named:
    """Read a plain text. `now` is the family's clock, `usual` its usual shift.

    >>> now = datetime(2026, 3, 2, 20, 15)
    >>> wish = named("care tomorrow 7-3:30 by 6:15", (), now=now, usual=(time(7), time(15, 30)))
    >>> wish.day.isoformat(), f"{wish.starts:%H:%M}", f"{wish.ends:%H:%M}", f"{wish.by:%H:%M}"
    ('2026-03-03', '07:00', '15:30', '06:15')
    >>> night = named("cuidado esta noche de 22 a 6:30", (), now=now, usual=(time(8), time(16)))
    >>> night.day.isoformat(), f"{night.starts:%H:%M}", f"{night.ends:%H:%M}"
    ('2026-03-02', '22:00', '06:30')
    """
    day, rest = _day(said, now.date())
    by = BY.search(rest)
    rest = BY.sub(" ", rest)
    starts, ends = _hours(rest, now, usual)
    return Named(
        children=_children(said, children),
        ill=not ILL_WORDS.isdisjoint(said.split()),
        day=day or (now.date() if starts and _words(said) & NOW else None),
        starts=starts,
        ends=ends,
        by=_clock(by.groups(), near=minute_of(usual[0]) - 60) if by else None,
    )


def clock_named(said: str, near: time) -> time | None:
    """The one time a text names, read nearest to another where it does not say a.m. or p.m.

    >>> clock_named("6:15", time(6)), clock_named("at 9 pm", time(6)), clock_named("soon", time(6))
    (datetime.time(6, 15), datetime.time(21, 0), None)
    """
    found = ONE_TIME.search(said)
    return _clock(found.groups(), near=minute_of(near)) if found else None


def numbers_named(said: str) -> tuple[int, ...]:
    """Every number of a text, in order: "1 and 2", "1,2"."""
    return tuple(int(number) for number in re.findall(r"\d+", said)[:8])


def _words(said: str) -> set[str]:
    return set(re.findall(r"[a-z]+", said))


def _children(said: str, children: Sequence[Kin]) -> tuple[UUID, ...]:
    words = _words(said)
    if words & EVERYBODY:
        return tuple(child.child_id for child in children)
    return tuple(child.child_id for child in children if plain(child.name).split()[:1][0] in words)


def _day(said: str, today: date) -> tuple[date | None, str]:
    """The day a text names, and the text without it, so that a date is not read as hours."""
    if found := DATE.search(said):
        return _next(today, int(found[1]), int(found[2])), DATE.sub(" ", said)
    if found := NAMED.search(said):
        month, number = (found[2], found[1]) if found[1] else (found[3], found[4])
        return _next(today, _MONTHS[month], int(number)), NAMED.sub(" ", said)
    words = _words(IN_THE_MORNING.sub(" ", said))
    weekday = next((_DAYS[word] for word in sorted(words) if word in _DAYS), None)
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday()) % 7), said
    if words & TOMORROW:
        return today + timedelta(days=1), said
    return (today if words & TODAY else None), said


def _next(today: date, month: int, number: int) -> date | None:
    """The next day with this month and number, in American order; None when there is none."""
    for year in (today.year, today.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _hours(said: str, now: datetime, usual: tuple[time, time]) -> tuple[time | None, time | None]:
    """Start and end of work; a text that says NOW starts now."""
    if found := KEYPAD.search(said):
        both = [_read(text[:2], text[2:]) for text in found.groups()]
        return (clock_of(both[0]), clock_of(both[1])) if None not in both else (None, None)  # type: ignore[arg-type]
    if found := HOURS.search(said):
        starts = _clock(found.groups()[:5], near=minute_of(usual[0]))
        ends = _after(found.groups()[5:], starts) if starts else None
        return (starts, ends) if ends else (None, None)
    left = (minute_of(usual[1]) - minute_of(now.time())) % DAY
    if _words(said) & NOW and left <= LONGEST // timedelta(minutes=1):
        return now.time().replace(second=0, microsecond=0), usual[1]
    return None, None


def _clock(groups: Sequence[str | None], *, near: int) -> time | None:
    """A time as it was written; of two readings the one nearest to a minute of the day."""
    readings = list(_readings(groups))
    return clock_of(min(readings, key=lambda minute: _apart(minute, near))) if readings else None


def _after(groups: Sequence[str | None], starts: time) -> time | None:
    """The first reading of a time after a start."""
    readings = list(_readings(groups))
    return clock_of(min(readings, key=lambda minute: (minute - minute_of(starts) - 1) % DAY)) if readings else None


def _readings(groups: Sequence[str | None]) -> Iterator[int]:
    hour, minute, four, alone, half = groups
    text = (four[:2], four[2:]) if four else (hour or alone or "", minute or "00")
    read = _read(*text)
    if read is None:
        return
    if half:
        yield read % HALF_DAY + (HALF_DAY if half[0] == "p" else 0)
        return
    yield read
    if four is None and not text[0].startswith("0") and read < HALF_DAY + 60:
        yield (read + HALF_DAY) % DAY


def _read(hour: str, minute: str) -> int | None:
    value = int(hour) * 60 + int(minute)
    return value % DAY if int(hour) <= 24 and int(minute) < 60 else None


def _apart(one: int, other: int) -> int:
    return min((one - other) % DAY, (other - one) % DAY)
