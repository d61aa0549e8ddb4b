"""What does a school calendar say of each day? A row becomes a closure, or is set aside with a reason.

Calendars are small files of many makers. A row needs a day and a word for what it is: `school_closed` (true or false),
or `event` (closed, late, early), or `event_code` as districts' snow logs have it (1 closed, 2 late, 3 early). A late or
early day needs its hour, in `opens` or `closes`; without it nobody knows for which hours care is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from daybreak.care.standing.terms import ClosureKind
from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import parse_clock

OPTIONAL = ("district", "date", "day", "school_closed", "event", "event_code", "opens", "closes")
TRUE, FALSE = frozenset({"true", "1", "yes", "y"}), frozenset({"false", "0", "no", "n"})
EVENTS = {
    "closed": ClosureKind.CLOSED,
    "snow_day_closed": ClosureKind.CLOSED,
    "1": ClosureKind.CLOSED,
    "late": ClosureKind.LATE,
    "2": ClosureKind.LATE,
    "early": ClosureKind.EARLY,
    "3": ClosureKind.EARLY,
}
OPEN_DAY, NO_HOUR, TWICE = "open-day", "hour-not-given", "day-named-before"
NOTHING_DONE = "Nothing was imported."


@dataclass(frozen=True)
class Row:
    """One closure as a file has it; the district's name is the file's, or the one it was imported for."""

    district: str
    day: date
    kind: ClosureKind
    hour: time | None = None


@dataclass(frozen=True)
class SetAside:
    """A row that is no closure, and why."""

    reason: str


def read(rows: Iterator[tuple[int, dict[str, str]]], *, district: str, source: str) -> Iterator[Row | SetAside]:
    """Read every row under the header. Raises BadInput, with the line, for a row that cannot be read."""
    seen: set[tuple[str, date]] = set()
    for line, cells in rows:
        name = cells["district"] or district
        if not name:
            do = f"{NOTHING_DONE} Name the district of every row, or give --district for all of them."
            raise BadInput("This row names no district.", source=source, line=line, do=do)
        day = _day(cells, source, line)
        kind = _kind(cells, source, line)
        if kind is None:
            yield SetAside(OPEN_DAY)
            continue
        hour = _hour(cells, kind, source, line)
        if kind is not ClosureKind.CLOSED and hour is None:
            yield SetAside(NO_HOUR)
        elif (name, day) in seen:
            yield SetAside(TWICE)
        else:
            seen.add((name, day))
            yield Row(name, day, kind, hour)


def _day(cells: Mapping[str, str], source: str, line: int) -> date:
    text = cells["date"] or cells["day"]
    try:
        return date.fromisoformat(text)
    except ValueError:
        do = f"{NOTHING_DONE} Write days like 2026-03-02 and run the command again."
        raise BadInput(f"date {text!r} is not a day.", source=source, line=line, do=do) from None


def _kind(cells: Mapping[str, str], source: str, line: int) -> ClosureKind | None:
    word = (cells["event_code"] or cells["event"]).strip().lower()
    if word:
        if word in EVENTS:
            return EVENTS[word]
        if word == "0" or word == "open" or word.startswith("regular"):
            return None
        do = f"{NOTHING_DONE} Write closed, late, early or open."
        raise BadInput(f"event {word!r} is none that Daybreak knows.", source=source, line=line, do=do)
    closed = cells["school_closed"].strip().lower()
    if closed in TRUE or closed in FALSE:
        return ClosureKind.CLOSED if closed in TRUE else None
    do = f"{NOTHING_DONE} Write true or false."
    raise BadInput(f"school_closed {closed!r} is neither true nor false.", source=source, line=line, do=do)


def _hour(cells: Mapping[str, str], kind: ClosureKind, source: str, line: int) -> time | None:
    column = {ClosureKind.LATE: "opens", ClosureKind.EARLY: "closes"}.get(kind)
    text = cells[column] if column else ""
    if not text:
        return None
    try:
        return parse_clock(text)
    except ValueError:
        do = f"{NOTHING_DONE} Write times like 10:00 and run the command again."
        raise BadInput(f"{column} {text!r} is not a time.", source=source, line=line, do=do) from None
