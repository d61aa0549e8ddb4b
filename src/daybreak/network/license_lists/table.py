"""Can this file be read as a table at all? If not, the whole file is refused: half a list is worse than none."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence

from daybreak.kernel.errors import BadInput

NOTHING_DONE = "Nothing was imported."
GZIP = b"\x1f\x8b"
MOST_BYTES = 200_000_000
"""More than any state's list; a file that unpacks to more is not one."""


def text_of(content: bytes, *, source: str) -> str:
    """Return the text of a CSV file that may be packed with gzip. Raises BadInput when it is neither.

    >>> text_of(gzip.compress(b"a,b"), source="list.csv.gz")
    'a,b'
    """
    if content.startswith(GZIP):
        content = _unpacked(content, source)
    elif source.endswith(".gz"):
        raise BadInput("The name says gzip, but the content is not.", source=source, do=_do("Save the file again"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput("This is not UTF-8 text.", source=source, line=line, do=_do("Save it as CSV UTF-8")) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise BadInput(
            "A zero byte stands here, so this is not text.", source=source, line=line, do=_do("Save it as CSV")
        )
    return text


def rows_of(text: str, columns: Sequence[str], *, source: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row under the header with its line, cells trimmed; blank lines are skipped, further columns ignored.

    Raises BadInput for a missing or repeated column, a row with too few or too many cells, and broken quoting.

    >>> list(rows_of("b,a\\n1, 2 \\n", ["a"], source="list.csv"))
    [(2, {'a': '2'})]
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header, columns, source)
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                problem = f"The row has {len(cells)} cells, the header has {len(header)}."
                raise BadInput(problem, source=source, line=reader.line_num, do=_do("Restore the row"))
            row = dict(zip(header, cells, strict=True))
            yield reader.line_num, {name: row[name].strip() for name in columns}
    except csv.Error as error:
        problem = f"This cannot be read as CSV ({error})."
        raise BadInput(problem, source=source, line=reader.line_num, do=_do("Save it as CSV")) from error


def _check_header(header: Sequence[str], columns: Sequence[str], source: str) -> None:
    if not any(header):
        raise BadInput("The file has no header.", source=source, line=1, do=_do("Fetch it again"))
    missing = [name for name in columns if name not in header]
    if missing:
        problem = f"The header has no column {', '.join(missing)}."
        raise BadInput(problem, source=source, line=1, do=_do("Choose the format this file has"))
    repeated = sorted({name for name in columns if header.count(name) > 1})
    if repeated:
        problem = f"The header names {', '.join(repeated)} more than once."
        raise BadInput(problem, source=source, line=1, do=_do("Remove one of the columns"))


def _unpacked(content: bytes, source: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            unpacked = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        problem = "The gzip file is damaged or ends in the middle."
        raise BadInput(problem, source=source, do=_do("Fetch the file again")) from error
    if len(unpacked) > MOST_BYTES:
        raise BadInput(
            "The file unpacks to more than 200 MB, so it is no license list.", source=source, do=_do("Check it")
        )
    return unpacked


def _do(what: str) -> str:
    return f"{NOTHING_DONE} {what}, then import it again."
