"""What does this CSV text say, line by line, and what is wrong with it?

Problems are collected, not raised one at a time: whoever sent the file fixes all of them in one go. Byte order marks,
either kind of line end, quoted fields and blank lines are fine; a column nobody knows is not, since it may be a known
one misspelled.
"""

import csv
import io
import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import minute_of, parse_clock

SHOWN = 20
"""Problems named one by one before the rest are only counted."""
LONGEST_SHOWN = 60
"""Characters of a cell that a sentence repeats."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


def shown(cell: str) -> str:
    """Quote a cell in a sentence, a very long one only by its beginning.

    >>> shown("2026")
    "'2026'"
    """
    return repr(cell) if len(cell) <= LONGEST_SHOWN else f"{cell[:LONGEST_SHOWN]!r}..."


@dataclass
class Problems:
    """Everything found wrong so far, in the order in which it was found."""

    found: list[tuple[str, int | None, str]] = field(default_factory=list)

    def add(self, source: str, line: int | None, problem: str) -> None:
        """Note one problem of one line (or of the file as a whole)."""
        self.found.append((source, line, problem))

    def stop(self, *, do: str) -> None:
        """Raise BadInput with all problems in one message, the first one first, unless there are none."""
        if not self.found:
            return
        (source, line, first), *others = self.found
        more = [str(BadInput(problem, source=source, line=line)) for source, line, problem in others[: SHOWN - 1]]
        if len(others) >= SHOWN:
            more.append(f"and {len(others) - SHOWN + 1:,} more")
        if not more:
            raise BadInput(first, source=source, line=line, do=do)
        raise BadInput("\n".join([first, *more, do]), source=source, line=line)


@dataclass(frozen=True)
class Row:
    """One line of a file; every reading either returns the value or notes a problem and returns a stand-in."""

    source: str
    line: int
    cells: dict[str, str]
    problems: Problems

    def wrong(self, problem: str) -> None:
        """Note a problem of this line."""
        self.problems.add(self.source, self.line, problem)

    def text(self, column: str) -> str:
        """Return a name that may not be empty."""
        if not self.cells[column]:
            self.wrong(f"{column} is empty.")
        return self.cells[column]

    def number(self, column: str, least: float, most: float) -> float:
        """Return a finite number within the limits."""
        cell = self.cells[column]
        value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
        if not math.isfinite(value):
            self.wrong(f"{column} {shown(cell)} is not a number.")
        elif not least <= value <= most:
            self.wrong(f"{column} {shown(cell)} is not from {least:g} to {most:g}.")
        else:
            return value
        return least

    def whole(self, column: str, most: int) -> int:
        """Return a whole number from 0 to the limit."""
        cell = self.cells[column]
        if not _WHOLE.fullmatch(cell) or int(cell) > most:
            self.wrong(f"{column} {shown(cell)} is not a whole number from 0 to {most:,}.")
            return 0
        return int(cell)

    def flag(self, column: str) -> bool:
        """Return a yes or no written as 1 or 0."""
        return self.one_of(column, ("0", "1")) == "1"

    def clock(self, column: str) -> int:
        """Return a local time of day as minutes after midnight."""
        try:
            return minute_of(parse_clock(self.cells[column]))
        except ValueError:
            self.wrong(f"{column} {shown(self.cells[column])} is not a time of day from 00:00 to 23:59.")
            return 0

    def one_of(self, column: str, known: Sequence[str]) -> str:
        """Return a word of a fixed list."""
        cell = self.cells[column]
        if cell not in known:
            self.wrong(f"{column} {shown(cell)} is not one of {', '.join(known)}.")
            return known[0]
        return cell

    def new(self, column: str, seen: Collection[str]) -> str:
        """Return a name that no line before has."""
        name = self.text(column)
        if name and name in seen:
            self.wrong(f"{column} {shown(name)} is there twice.")
        return name


class Sheet:
    """A CSV file whose header names exactly the known columns, in any order, and perhaps optional ones."""

    def __init__(
        self, source: str, text: str, columns: Sequence[str], problems: Problems, *, optional: Sequence[str] = ()
    ) -> None:
        """Read the header alone, and note what is wrong with it; stop there before reading lines by its names."""
        self.source, self.problems, self.header = source, problems, list[str]()
        self._reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        line, header = next(self._lines(), (None, []))
        if line is None:
            problems.add(source, None, f"the file is empty; its first line names the columns: {', '.join(columns)}.")
            return
        self.header = header
        for column in columns:
            if column not in header:
                problems.add(source, line, f"the column {column!r} is missing.")
        for column in dict.fromkeys(header):
            if column not in columns and column not in optional:
                problems.add(source, line, f"the column {column!r} is not known.")
            if header.count(column) > 1:
                problems.add(source, line, f"the column {column!r} is there twice.")

    def rows(self) -> Iterator[Row]:
        """Read the lines below the header."""
        for line, cells in self._lines():
            if len(cells) != len(self.header):
                self.problems.add(
                    self.source, line, f"the line has {len(cells)} fields and the header {len(self.header)}."
                )
            else:
                yield Row(self.source, line, dict(zip(self.header, cells, strict=True)), self.problems)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        """Each line that is not blank, with the number of the line it starts on: a quoted field may hold line ends."""
        while True:
            line = self._reader.line_num + 1
            try:
                cells = [cell.strip() for cell in next(self._reader)]
            except StopIteration:
                return
            except csv.Error as error:
                self.problems.add(self.source, line, f"the line cannot be read ({error}).")
                return
            if cells:
                yield line, cells
