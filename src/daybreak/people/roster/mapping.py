"""What does this employer's file call its columns, how does it write its values, and how its days?

A mapping is a small TOML file: `[columns]` names the file's column for each field, `[values.<field>]` says what its
values mean, `[dates]` how days are written, `[file]` how the file is encoded and what stands between cells. Nothing is
guessed: what is not said there is read as docs/reference/roster.md says.
"""

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from datetime import date

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import COMMA
from daybreak.people.roster.terms import FIELDS

ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252", "latin-1": "latin-1"}
"""What a mapping may say, and what Python calls it; the first is what is read where nothing is said."""
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = "YYYY-MM-DD"
DATES = ("start_date", "end_date")
_PARTS = {"YYYY": r"(?P<year>\d{4})", "MON": r"(?P<mon>[A-Za-z]{3})", "MM": r"(?P<month>\d{1,2})"}
_PARTS["DD"] = r"(?P<day>\d{1,2})"
_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
"""Many programs export a day as its first moment."""


@dataclass(frozen=True)
class DayFormat:
    """How days are written, such as MM/DD/YYYY or DD-MON-YYYY."""

    written: str = ISO

    def read(self, text: str) -> date:
        """The day a text names. Raises ValueError for everything else, the 30th of February too.

        >>> DayFormat("MM/DD/YYYY").read("3/2/2026"), DayFormat("DD-MON-YYYY").read("02-Mar-2026")
        (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
        >>> DayFormat().read("2026-03-02 00:00:00")
        datetime.date(2026, 3, 2)
        """
        found = re.fullmatch(self._pattern() + _MIDNIGHT, text, re.ASCII)
        if found is None:
            raise ValueError(text)
        said = found.groupdict()
        month = int(said["month"]) if said.get("month") else MONTHS.index(said["mon"].lower()) + 1
        return date(int(said["year"]), month, int(said["day"]))

    def is_whole(self) -> bool:
        """Whether it names year, month and day, each once.

        >>> DayFormat("MM/DD/YYYY").is_whole(), DayFormat("MM/YYYY").is_whole(), DayFormat("MM/MON/DD/YYYY").is_whole()
        (True, False, False)
        """
        words = re.findall("|".join(_PARTS), self.written)
        return sorted("MM" if word == "MON" else word for word in words) == ["DD", "MM", "YYYY"]

    def _pattern(self) -> str:
        pieces = re.split(f"({'|'.join(_PARTS)})", self.written)
        return "".join(_PARTS.get(piece, re.escape(piece)) for piece in pieces)


@dataclass(frozen=True)
class Mapping:
    """How one employer's file is to be read."""

    columns: Table[str, str] = field(default_factory=dict)
    """The file's column for each field that the mapping names."""
    values: Table[str, Table[str, str]] = field(default_factory=dict)
    """For each field, what the file's values mean."""
    dates: Table[str, DayFormat] = field(default_factory=dict)
    encoding: str = ENCODINGS["utf-8"]
    delimiter: str = COMMA

    def column(self, name: str) -> str:
        """What the file calls a field."""
        return self.columns.get(name, name)

    def meaning(self, name: str, cell: str) -> str:
        """What a cell means: as the mapping says, else itself."""
        return self.values.get(name, {}).get(cell, cell)

    def day_format(self, name: str) -> DayFormat:
        """How a field's days are written."""
        return self.dates.get(name, DayFormat())


NO_MAPPING = Mapping()


def parse_mapping(text: str, *, source: str) -> Mapping:
    """Read a mapping file. Raises BadInput, with what to do, for anything in it that would not be used.

    >>> mapping = parse_mapping('[columns]\\nemployee_id = "Worker ID"', source="mapping.toml")
    >>> mapping.column("employee_id"), mapping.column("email")
    ('Worker ID', 'email')
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"This is not TOML: {error}.", source=source, do=_do("Mend the line")) from error
    _known(said, ("columns", "values", "dates", "file"), "", source)
    columns = _texts(_table(said, "columns", source), FIELDS, "columns", source)
    values = _known(_table(said, "values", source), FIELDS, "values", source)
    file = _texts(_table(said, "file", source), ("encoding", "delimiter"), "file", source)
    return Mapping(
        columns=columns,
        values={name: _meanings(_table(values, name, source)) for name in values},
        dates=_dates(_texts(_table(said, "dates", source), ("format", *DATES), "dates", source), source),
        encoding=_one_of(file.get("encoding", "utf-8").lower(), ENCODINGS, "encoding", source),
        delimiter=_one_of(file.get("delimiter", "comma").lower(), DELIMITERS, "delimiter", source),
    )


def _table(said: Table[str, object], name: str, source: str) -> Table[str, object]:
    table = said.get(name, {})
    if not isinstance(table, dict):
        raise BadInput(f"{name} is no table.", source=source, do=_do(f"Write it as [{name}]"))
    return table


def _known(table: Table[str, object], names: tuple[str, ...], where: str, source: str) -> Table[str, object]:
    strange = sorted(set(table) - set(names))
    if strange:
        within = f"[{where}] " if where else ""
        problem = f"{within}names {', '.join(strange)}, which nothing here is called."
        raise BadInput(problem, source=source, do=_do(f"Use {', '.join(names)}"))
    return table


def _texts(table: Table[str, object], names: tuple[str, ...], where: str, source: str) -> dict[str, str]:
    for name, value in _known(table, names, where, source).items():
        if not isinstance(value, str):
            raise BadInput(f"{name} in [{where}] is no text.", source=source, do=_do("Put it in quotes"))
    return {name: str(value).strip() for name, value in table.items()}


def _meanings(table: Table[str, object]) -> dict[str, str]:
    """Numbers and booleans are read as they would stand in the file, so that 1 may mean hourly."""
    return {name.strip(): str(value).strip() for name, value in table.items()}


def _dates(said: Table[str, str], source: str) -> dict[str, DayFormat]:
    formats = {name: DayFormat(said.get(name, said.get("format", ISO))) for name in DATES}
    for name, one in formats.items():
        if not one.is_whole():
            problem = f"[dates] writes {name} as {one.written!r}, which does not name year, month and day once each."
            raise BadInput(problem, source=source, do=_do("Write it with YYYY, MM or MON, and DD, such as MM/DD/YYYY"))
    return formats


def _one_of(said: str, choices: Table[str, str], what: str, source: str) -> str:
    if said not in choices:
        problem = f"[file] says the {what} is {said!r}."
        raise BadInput(problem, source=source, do=_do(f"Choose one of {', '.join(choices)}"))
    return choices[said]


def _do(what: str) -> str:
    return f"Nothing was imported. {what}, then import again."
