"""What does a line of a roster say, and what is wrong with it? Everything that is wrong, and what to do about each.

A line is never half understood: it is a whole `Line`, or its problems. The cells come as text; which columns they are
in, and what their values mean, the mapping has said.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import TypeVar
from uuid import UUID

from daybreak.accounts.addresses import is_mail, spelled_phone
from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import parse_clock
from daybreak.people.roster.mapping import ISO, NO_MAPPING
from daybreak.people.roster.mapping import Mapping as RosterMapping
from daybreak.people.roster.terms import FIELDS, REACHED_AT, REQUIRED, Line, Problem
from daybreak.people.terms import PayClass

LONGEST = {"employee_id": 64, "email": 254, "job_family": 80, "name": 120}
EARLIEST = date(1900, 1, 1)
MOST_HOURS = 168.0
SHOWN = 60
"""Letters of a cell that a sentence repeats."""
_SHIFT = re.compile(r"(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})", re.ASCII)
_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?|\d{4}", re.ASCII)
_HOURS = re.compile(r"\d{1,3}(?:\.\d{1,4})?", re.ASCII)
WORDS = {
    "employee_id": "employee id",
    "work_site": "work site",
    "job_family": "job family",
    "pay_class": "pay class",
    "start_date": "start date",
    "email": "e-mail",
    "phone": "phone",
    "name": "name",
    "shift": "shift",
    "home_zip": "home ZIP",
    "locale": "locale",
    "end_date": "end date",
    "weekly_hours": "weekly hours",
}
"""What sentences call each field."""

Read = TypeVar("Read")


class Wrong(Exception):
    """Raised inside a reader where a cell cannot be used; it never leaves the reading of that line."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(says)
        self.says, self.do = says, do


class Reader:
    """Reads the lines of one file: its header is known, and so are the employer's work sites."""

    def __init__(
        self,
        header: Sequence[str],
        work_sites: Mapping[str, UUID],
        *,
        mapping: RosterMapping = NO_MAPPING,
        source: str = "",
    ) -> None:
        """Find the columns. Raises BadInput for a header that lacks one, or names one twice."""
        self._mapping, self._width = mapping, len(header)
        self._sites = {_plain(name): site_id for name, site_id in work_sites.items()}
        self._site_names = sorted(work_sites)
        self._places = _places([name.strip() for name in header], mapping, source)

    def line(self, number: int, cells: Sequence[str]) -> Line | tuple[Problem, ...]:
        """What one row says, or everything that is wrong with it."""
        if len(cells) != self._width:
            says = f"it has {len(cells)} cells, the header has {self._width}."
            return (Problem(number, "", says, "Restore the row, or put quotes around cells with a delimiter inside."),)
        row = _Row(number, cells, self._places, self._mapping)
        line = Line(
            ref=row.read("employee_id", _required("employee_id"), ""),
            work_site_id=row.read("work_site", self._work_site, UUID(int=0)),
            job_family=row.read("job_family", _required("job_family"), ""),
            pay_class=row.read("pay_class", _pay_class, PayClass.HOURLY),
            starts_on=row.read("start_date", self._start, EARLIEST),
            email=row.read("email", _email, ""),
            phone=row.read("phone", _phone, ""),
            name=row.read("name", _text("name"), ""),
            zip_code=row.read("home_zip", _zip, ""),
            language=row.read("locale", _language, "en"),
            shift=row.read("shift", _shift, None),
            ends_on=row.read("end_date", self._end, None),
            weekly_hours=row.read("weekly_hours", _weekly_hours, None),
        )
        row.look_at_the_whole(line)
        return tuple(row.problems) if row.problems else line

    def _work_site(self, cell: str) -> UUID:
        name = _required("work_site")(cell)
        found = self._sites.get(_plain(name))
        if found is None:
            known = ", ".join(self._site_names[:8]) or "none yet"
            do = f"Known are: {known}. Add the work site, or say under [values.work_site] which it is."
            raise Wrong(f"work site {_shown(name)} is not known.", do)
        return found

    def _start(self, cell: str) -> date:
        return self._day("start_date", _required("start_date")(cell))

    def _end(self, cell: str) -> date | None:
        return self._day("end_date", cell) if cell else None

    def _day(self, name: str, cell: str) -> date:
        format_ = self._mapping.day_format(name)
        try:
            day = format_.read(cell)
        except ValueError:
            do = "Correct it."
            if format_.written == ISO:
                do = f"Write it as {ISO}, or say under [dates] how the file writes days."
            raise Wrong(f"{WORDS[name]} {_shown(cell)} is not a day as {format_.written}.", do) from None
        if day < EARLIEST:
            raise Wrong(f"{WORDS[name]} {day} is before {EARLIEST.year}.", "Correct the year.")
        return day


class _Row:
    """One row while it is read: its cells by field, and what was found wrong with them."""

    def __init__(self, number: int, cells: Sequence[str], places: Mapping[str, int], mapping: RosterMapping) -> None:
        self._number, self._cells, self._places, self._mapping = number, cells, places, mapping
        self.problems: list[Problem] = []

    def read(self, name: str, how: Callable[[str], Read], instead: Read) -> Read:
        """What a field says, or `instead` and a problem more."""
        place = self._places.get(name)
        # A space that may not break a line is still a space.
        cell = self._cells[place].replace("\xa0", " ").strip() if place is not None else ""
        try:
            return how(self._mapping.meaning(name, cell))
        except Wrong as wrong:
            self.add(name, wrong.says, wrong.do)
            return instead

    def add(self, name: str, says: str, do: str) -> None:
        """Write down what is wrong with a field, or with the whole line."""
        self.problems.append(Problem(self._number, self._mapping.column(name) if name else "", says, do))

    def look_at_the_whole(self, line: Line) -> None:
        """What only several fields together show."""
        wrong = {problem.column for problem in self.problems}
        if not line.email and not line.phone and not wrong & {self._mapping.column(name) for name in REACHED_AT}:
            do = "Give one of them: a sign-in link goes there."
            self.add("", "there is neither an e-mail address nor a phone number.", do)
        if line.ends_on is not None and line.ends_on < line.starts_on and not wrong:
            says = f"end date {line.ends_on} is before start date {line.starts_on}."
            self.add("end_date", says, "Correct one of them.")


def _places(header: Sequence[str], mapping: RosterMapping, source: str) -> dict[str, int]:
    if not any(header):
        raise BadInput("The file has no header.", source=source, line=1, do=_do("Export it with column names"))
    wanted = [*REQUIRED, *mapping.columns]
    missing = [mapping.column(name) for name in dict.fromkeys(wanted) if mapping.column(name) not in header]
    if missing:
        problem = f"The header has no column {', '.join(missing)}."
        raise BadInput(problem, source=source, line=1, do=_do("Name the file's own columns in the mapping"))
    places = {name: mapping.column(name) for name in FIELDS if mapping.column(name) in header}
    if not set(REACHED_AT) & set(places):
        problem = "The header has neither a column email nor phone."
        raise BadInput(problem, source=source, line=1, do=_do("Export one of them, or name it in the mapping"))
    repeated = sorted({column for column in places.values() if header.count(column) > 1})
    if repeated:
        problem = f"The header names {', '.join(repeated)} more than once."
        raise BadInput(problem, source=source, line=1, do=_do("Remove one of the columns"))
    return {name: header.index(column) for name, column in places.items()}


def _do(what: str) -> str:
    return f"Nothing was imported. {what}, then import again."


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _shown(cell: str) -> str:
    short = cell if len(cell) <= SHOWN else f"{cell[:SHOWN]}…"
    # repr shows what cannot be printed, so that a stray control character can be found.
    return short if short.isprintable() else repr(short)


def _text(name: str) -> Callable[[str], str]:
    longest = LONGEST.get(name, 120)

    def read(cell: str) -> str:
        if not cell.isprintable():
            raise Wrong(f"{WORDS[name]} {_shown(cell)} has a character that is no letter.", "Remove it.")
        if len(cell) > longest:
            raise Wrong(f"{WORDS[name]} {_shown(cell)} is longer than {longest} letters.", "Shorten it.")
        return cell

    return read


def _required(name: str) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if not cell:
            raise Wrong(f"{WORDS[name]} is empty.", "Fill it in.")
        return _text(name)(cell)

    return read


def _pay_class(cell: str) -> PayClass:
    try:
        return PayClass(_required("pay_class")(cell).lower())
    except ValueError:
        do = "Write hourly or salaried, or say under [values.pay_class] which of them it is."
        raise Wrong(f"pay class {_shown(cell)} is neither hourly nor salaried.", do) from None


def _email(cell: str) -> str:
    text = _text("email")(cell)
    if text and not is_mail(text):
        raise Wrong(f"e-mail {_shown(cell)} is no e-mail address.", "Correct it, or leave it empty.")
    return text


def _phone(cell: str) -> str:
    phone = spelled_phone(cell) if cell else ""
    if cell and not phone:
        raise Wrong(f"phone {_shown(cell)} is no phone number.", "Write ten digits, or leave it empty.")
    return phone


def _zip(cell: str) -> str:
    if not cell:
        return ""
    found = _ZIP.fullmatch(cell)
    if found is None:
        raise Wrong(f"home ZIP {_shown(cell)} is no ZIP code.", "Write five digits, or leave it empty.")
    # Spreadsheets take the leading zero of New England away.
    return found[1] or cell.zfill(5)


def _language(cell: str) -> str:
    """Whoever reads neither language of the product is met in English, and can change it."""
    return "es" if cell[:2].lower() == "es" else "en"


def _shift(cell: str) -> tuple[time, time] | None:
    if not cell:
        return None
    found = _SHIFT.fullmatch(cell)
    try:
        if found is None:
            raise ValueError(cell)
        return parse_clock(found[1].zfill(5)), parse_clock(found[2].zfill(5))
    except ValueError:
        do = "Write it as 07:00-15:30, or say under [values.shift] what it means."
        raise Wrong(f"shift {_shown(cell)} names no hours.", do) from None


def _weekly_hours(cell: str) -> float | None:
    if not cell:
        return None
    if not _HOURS.fullmatch(cell) or float(cell) > MOST_HOURS:
        raise Wrong(f"weekly hours {_shown(cell)} is no number of hours.", "Write a number such as 37.5.")
    return float(cell)
