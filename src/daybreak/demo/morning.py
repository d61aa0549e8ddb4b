"""Which morning does the demo open, and how far ahead does its clock run?

The demo opens at 5:40 on a working day and its clock then runs like any other, so that what was confirmed stays in
order. Starting it again the same day goes on where the morning stood; starting it after that evening opens the next
working day.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from daybreak.kernel.errors import BadInput

ZONE = "America/New_York"
OPENS_AT = time(5, 40)
ENDS_AT = time(21, 0)


@dataclass(frozen=True)
class Morning:
    """The demo's day, and the seconds its clock runs ahead of the machine's."""

    day: date
    ahead: float

    def at(self, machine: datetime) -> datetime:
        """What the demo's clock says when the machine's says `machine`."""
        return machine + timedelta(seconds=self.ahead)


def morning_of(folder: Path, machine: datetime) -> Morning:
    """The morning that is on, or a new one, kept in the data folder so that every process reads the same clock."""
    file = folder / "morning.json"
    last = _read(file)
    if last is not None and last.at(machine) < _moment(last.day, ENDS_AT):
        return last
    earliest = last.at(machine).astimezone(ZoneInfo(ZONE)).date() + timedelta(days=1) if last else _today(machine)
    day = next_working_day(max(earliest, _today(machine)))
    opened = Morning(day, (_moment(day, OPENS_AT) - machine).total_seconds())
    folder.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps({"day": day.isoformat(), "ahead": opened.ahead}))
    fresh.replace(file)
    return opened


def next_working_day(day: date) -> date:
    """This day, or the Monday after it.

    >>> next_working_day(date(2026, 11, 22)).isoformat()
    '2026-11-23'
    """
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)


def _read(file: Path) -> Morning | None:
    if not file.exists():
        return None
    try:
        kept = json.loads(file.read_text())
        return Morning(date.fromisoformat(kept["day"]), float(kept["ahead"]))
    except (ValueError, KeyError, TypeError) as error:
        do = f"Nothing was opened. Take the folder {file.parent.name} away to begin with a new morning."
        raise BadInput("this is not a morning that the demo has written.", source=file.name, do=do) from error


def _today(machine: datetime) -> date:
    return machine.astimezone(ZoneInfo(ZONE)).date()


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
