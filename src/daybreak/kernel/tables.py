"""Can this file be read as a table at all? If not, the whole file is refused: half a list is worse than none.

Lines come one after the other and go as they came, so that a list of any length takes no more memory than a short one.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence

from daybreak.kernel.errors import BadInput

NOTHING_DONE = "Nothing was imported."
COMMA = ","
MOST_LETTERS = 2_000_000_000
"""More than any state's list; a file that unpacks to more is not one."""
LONGEST_LINE = 1_000_000
"""More than any row of a list; a file without line ends must not be read into memory as one."""


def sound_lines(lines: Iterable[str], *, source: str) -> Iterator[str]:
    """Yield each line as it is. Raises BadInput where a line cannot be text, or the file goes on for ever."""
    letters = 0
    for number, line in enumerate(lines, start=1):
        letters += len(line)
        if "\0" in line:
            problem = "A zero byte stands here, so this is not text."
            raise BadInput(problem, source=source, line=number, do=do("Save it as CSV"))
        if len(line) > LONGEST_LINE:
            problem = "This line is longer than a million letters, so it is no row of a list."
            raise BadInput(problem, source=source, line=number, do=do("Save it as CSV"))
        if letters > MOST_LETTERS:
            raise BadInput("The file unpacks to more than 2 GB, so it is no list.", source=source, do=do("Check it"))
        yield line


def rows_of(
    lines: Iterable[str], columns: Sequence[str], *, source: str, optional: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row under the header with its line, cells trimmed; blank lines are skipped, further columns ignored.

    An optional column that the header does not name is empty in every row. Raises BadInput for a missing or repeated
    column, a row with too few or too many cells, and broken quoting.

    >>> list(rows_of(["b,a\\n", "1, 2 \\n"], ["a"], source="list.csv", optional=["c"]))
    [(2, {'a': '2', 'c': ''})]
    """
    rows = cells_of(lines, source=source)
    _, first = next(rows, (1, []))
    header = [name.strip() for name in first]
    _check_header(header, columns, optional, source)
    # The last one of a column named twice is never read: the header was refused.
    places = {name: header.index(name) for name in (*columns, *optional) if name in header}
    names, indexes = tuple(places), tuple(places.values())
    absent = {name: "" for name in optional if name not in header}
    for line, cells in rows:
        if len(cells) != len(header):
            problem = f"The row has {len(cells)} cells, the header has {len(header)}."
            raise BadInput(problem, source=source, line=line, do=do("Restore the row"))
        yield line, dict(zip(names, [cells[place].strip() for place in indexes], strict=True)) | absent


def cells_of(lines: Iterable[str], *, source: str, delimiter: str = COMMA) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row with the line the row begins on; blank lines are skipped.

    Raises BadInput for broken quoting: nobody can say where the next row begins.

    >>> list(cells_of(["a,b\\n", '"1\\n', '2",3\\n'], source="list.csv"))
    [(1, ['a', 'b']), (2, ['1\\n2', '3'])]
    """
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        problem = f"This cannot be read as CSV ({error})."
        raise BadInput(problem, source=source, line=begins, do=do("Save it as CSV")) from error


def _check_header(header: Sequence[str], columns: Sequence[str], optional: Sequence[str], source: str) -> None:
    if not any(header):
        raise BadInput("The file has no header.", source=source, line=1, do=do("Fetch it again"))
    missing = [name for name in columns if name not in header]
    if missing:
        problem = f"The header has no column {', '.join(missing)}."
        raise BadInput(problem, source=source, line=1, do=do("Choose the format this file has"))
    repeated = sorted({name for name in (*columns, *optional) if header.count(name) > 1})
    if repeated:
        problem = f"The header names {', '.join(repeated)} more than once."
        raise BadInput(problem, source=source, line=1, do=do("Remove one of the columns"))


def do(what: str) -> str:
    """What to do about a file that was refused.

    >>> do("Fetch it again")
    'Nothing was imported. Fetch it again, then import it again.'
    """
    return f"{NOTHING_DONE} {what}, then import it again."
