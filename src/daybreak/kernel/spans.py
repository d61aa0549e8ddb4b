"""When is it? Days belong to a place's time zone, moments are aware UTC, spans are half-open.

Clock times repeat every day and may cross midnight: an end at or before its start is on the next day. On the night the
clocks change a local time may not exist or may exist twice; `moment` takes the first reading, and for a time that does
not exist the moment the clocks jumped past it, so that a shift never ends before it starts.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes in a day of clock time."""

CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True)
class Span:
    """From `start_at` up to, and not including, `end_at`; both aware moments in UTC.

    Raises ValueError for a moment without a zone and for an end at or before the start.
    """

    start_at: datetime
    end_at: datetime

    def __post_init__(self) -> None:
        if self.start_at.tzinfo is None or self.end_at.tzinfo is None:
            raise ValueError("A span needs moments with a time zone.")
        if self.end_at <= self.start_at:
            raise ValueError("A span ends after it starts.")

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a moment; touching ends do not.

        >>> eight, nine, ten = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (8, 9, 10))
        >>> Span(eight, nine).overlaps(Span(nine, ten))
        False
        """
        return self.start_at < other.end_at and other.start_at < self.end_at


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the UTC moment of a clock time on a local day.

    >>> moment(date(2026, 3, 2), time(7, 0), ZoneInfo("America/New_York")).isoformat()
    '2026-03-02T12:00:00+00:00'
    >>> moment(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:00:00+00:00'
    """
    reading = datetime.combine(day, clock, tzinfo=zone)
    at = reading.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == reading.replace(tzinfo=None):
        return at
    # Python reads a time that does not exist by the offset before the jump, which is later than times after the jump.
    before, after = reading.replace(fold=1).astimezone(UTC), at
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        jumped = middle.astimezone(zone).replace(tzinfo=None) > reading.replace(tzinfo=None)
        before, after = (before, middle) if jumped else (middle, after)
    return after.replace(microsecond=0)


def local_span(day: date, starts: time, ends: time, zone: ZoneInfo) -> Span:
    """Return the moments of clock times on a local day; an end at or before the start is on the next day.

    Raises ValueError when all of it lies in the hour that the clocks jump over.

    >>> night = local_span(date(2026, 3, 2), time(22, 0), time(6, 30), ZoneInfo("America/New_York"))
    >>> (night.end_at - night.start_at) == timedelta(hours=8, minutes=30)
    True
    """
    last_day = day if ends > starts else day + timedelta(days=1)
    return Span(moment(day, starts, zone), moment(last_day, ends, zone))


def minute_of(clock: time) -> int:
    """Minutes after midnight of a clock time; seconds are not kept.

    >>> minute_of(time(7, 30))
    450
    """
    return clock.hour * 60 + clock.minute


def clock_of(minute: int) -> time:
    """The clock time at minutes after midnight, on whichever day.

    >>> clock_of(450), clock_of(25 * 60)
    (datetime.time(7, 30), datetime.time(1, 0))
    """
    return time(minute // 60 % 24, minute % 60)


def parse_clock(text: str) -> time:
    """Read local `HH:MM`; raises ValueError for anything else.

    >>> parse_clock("05:40")
    datetime.time(5, 40)
    """
    found = CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a time like 07:30")
    return time(int(found.group(1)), int(found.group(2)))


def quarter_of(day: date) -> str:
    """The quarter a day lies in.

    >>> quarter_of(date(2026, 11, 24))
    '2026-Q4'
    """
    return f"{day.year}-Q{(day.month + 2) // 3}"
