"""On which line of a TOML text does a key stand?

The standard parser keeps no places, and a person who must mend a file needs one. Only headers and `key =` at the
start of a line are looked for; what stands inside an inline table or a list is on the line of the key that holds it.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping

from daybreak.kernel.errors import BadInput

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*((?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'))*)\s*=")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_QUOTES = ('"""', "'''")


def read(
    text: str, *, source: str, do: str, parse_float: Callable[[str], object] = float
) -> tuple[dict[str, object], "Lines"]:
    """Parse a TOML text; raises BadInput with the line where it stops being TOML.

    `parse_float` makes what numbers with a fraction become: Decimal where they are dollars.
    """
    try:
        # Only line feeds end a line here; a lone carriage return is refused by the parser.
        document = tomllib.loads(text.replace("\r\n", "\n"), parse_float=parse_float)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + (not text.endswith("\n"))
        why = _AT_LINE.sub("", str(error)).strip().rstrip(".").replace("(at end of document)", "").strip()
        problem = f"this is not TOML ({why[:1].lower()}{why[1:]})."
        raise BadInput(problem, source=source, line=max(line, 1), do=do) from error
    except RecursionError as error:
        raise BadInput("brackets are nested too deep to be read.", source=source, do=do) from error
    except (ValueError, ArithmeticError) as error:
        # A number of thousands of digits passes the grammar and then breaks its reader.
        raise BadInput("a number in it is too long to be read.", source=source, do=do) from error
    return document, Lines(dict(_places(text)))


class Lines:
    """The line of each key, by its path; a key that is not found is on the line of what holds it."""

    def __init__(self, places: Mapping[Path, int]) -> None:
        self._places = places

    def of(self, *path: str | int) -> int:
        """Return the line of a key, or of the nearest thing around it.

        >>> lines = Lines({("title",): 1, ("family", 0): 3, ("family", 0, "pay"): 5})
        >>> lines.of("family", 0, "pay"), lines.of("family", 0, "quits"), lines.of("year")
        (5, 3, 1)
        """
        for length in range(len(path), 0, -1):
            if path[:length] in self._places:
                return self._places[path[:length]]
        return 1


def _places(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    count: dict[str, int] = {}
    quotes = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if quotes:
            quotes = "" if quotes in line else quotes
            continue
        if header := _HEADER.match(line):
            table = _table(header.group(1), _parts(header.group(2)), count)
            yield table, number
        elif key := _KEY.match(line):
            yield (*table, *_parts(key.group(1))), number
            quotes = next((mark for mark in _QUOTES if line.count(mark) % 2), "")


def _table(bracket: str, name: Path, count: dict[str, int]) -> Path:
    key = ".".join(map(str, name))
    if bracket == "[[":
        count[key] = count.get(key, -1) + 1
    path: Path = ()
    for length, part in enumerate(name, start=1):
        # A table inside one of a list belongs to the last of that list: [family.pay] below the second [[family]].
        within = ".".join(map(str, name[:length]))
        path = (*path, part, count[within]) if within in count else (*path, part)
    return path


def _parts(name: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in name.split("."))
