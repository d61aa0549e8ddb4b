"""Is this value what the file may say in this place? Each reading gives the value, or notes a problem with its line.

The same readings serve input files and the links of the web page, so that both refuse alike.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from daybreak.business_case.shapes import beta_of
from daybreak.business_case.terms import Basis, Grade, Quantity, Said, Shape, fixed
from daybreak.kernel.toml_lines import Lines
from daybreak.placement.sheets import Problems, shown

SHAPES: Mapping[frozenset[str], Shape] = {
    frozenset({"mean", "low", "high"}): Shape.SHARE,
    frozenset({"median", "low", "high"}): Shape.MULTIPLE,
    frozenset({"least", "likely", "most"}): Shape.TRIANGLE,
    frozenset({"estimate", "margin"}): Shape.MEASURED,
    frozenset({"value"}): Shape.FIXED,
}
"""The keys of a quantity name its shape."""
BESIDE = ("basis", "grade", "source")
LONGEST = 400
"""Characters of a title, a name or a source."""


@dataclass
class Reading:
    """One file being read: where its keys stand, and what was wrong so far."""

    source: str
    lines: Lines = field(default_factory=lambda: Lines({}))
    problems: Problems = field(default_factory=Problems)
    wrong_keys: list[str] = field(default_factory=list)
    """The key each problem is at, for a page that says it in its own words."""

    def wrong(self, problem: str, *path: str | int) -> None:
        """Note a problem at a key."""
        self.wrong_keys.append(str(path[0]) if path else "")
        self.problems.add(self.source, self.lines.of(*path), problem)

    def known(self, key: str, names: Sequence[str], *path: str | int) -> bool:
        """Say whether a key is one of those that may stand here, and note it when it is not."""
        if key in names:
            return True
        near = get_close_matches(key, names, n=1)
        more = f" Did you mean {near[0]!r}?" if near else f" Known here: {', '.join(names)}."
        self.wrong(f"{shown(key)} is not known.{more}", *path)
        return False

    def number(self, found: object, least: float, most: float, *path: str | int) -> float:
        """Return a finite number within the limits."""
        name = path[-1]
        if found is None:
            self.wrong(f"{name} is missing.", *path)
        elif isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
            self.wrong(f"{name} {shown(str(found))} is not a number.", *path)
        elif not least <= found <= most:
            self.wrong(f"{name} {found:,.12g} is not from {least:,.12g} to {most:,.12g}.", *path)
        else:
            return float(found)
        return least

    def whole(self, found: object, least: int, most: int, *path: str | int) -> int:
        """Return a whole number within the limits."""
        if isinstance(found, float):
            self.wrong(f"{path[-1]} {found:g} is not a whole number.", *path)
            return least
        return int(self.number(found, least, most, *path))

    def flag(self, found: object, *path: str | int) -> bool:
        """Return a yes or no."""
        if not isinstance(found, bool):
            self.wrong(f"{path[-1]} {shown(str(found))} is neither true nor false.", *path)
            return False
        return found

    def one_of(self, found: object, names: Sequence[str], *path: str | int) -> str:
        """Return a word of a fixed list."""
        if found is None:
            self.wrong(f"{path[-1]} is missing.", *path)
        elif not isinstance(found, str) or found not in names:
            near = get_close_matches(str(found), names, n=1)
            more = f" Did you mean {near[0]!r}?" if near else f" It is one of {', '.join(names)}."
            self.wrong(f"{path[-1]} {shown(str(found))} is not known.{more}", *path)
        else:
            return found
        return names[0]

    def said(self, found: object, *path: str | int) -> Said:
        """Return a text that is the same in every language, or a table with one for each."""
        if isinstance(found, Mapping) and set(found) == {"en", "es"}:
            return Said(self.text(found["en"], *path), self.text(found["es"], *path))
        text = self.text(found, *path)
        return Said(text, text)

    def text(self, found: object, *path: str | int) -> str:
        """Return a text that is neither empty nor endless."""
        name = path[-1] if path else "text"
        if found is None:
            self.wrong(f"{name} is missing.", *path)
        elif not isinstance(found, str) or not found.strip():
            self.wrong(f"{name} {shown(str(found))} is not a text.", *path)
        elif len(found) > LONGEST or not found.isprintable():
            self.wrong(f"{name} is longer than {LONGEST} characters or holds more than one line.", *path)
        else:
            return found.strip()
        return "?"

    def texts(self, found: object, *path: str | int) -> tuple[str, ...]:
        """Return a list of texts."""
        if not isinstance(found, list):
            self.wrong(f"{path[-1]} is not a list of texts.", *path)
            return ()
        return tuple(self.text(one, *path) for one in found)

    def table(self, found: object, *path: str | int) -> Mapping[str, object]:
        """Return a table."""
        if not isinstance(found, Mapping):
            self.wrong(f"{path[-1]} is not a table.", *path)
            return {}
        return found

    def tables(self, found: object, *path: str | int) -> list[Mapping[str, object]]:
        """Return a list of tables; nothing at all is an empty one."""
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
            self.wrong(f"{path[-1]} is not a list of tables; begin each with [[{path[-1]}]].", *path)
            return []
        return found

    def quantity(self, found: object, least: float, most: float, *path: str | int) -> Quantity:
        """Return a number, or a range whose keys name its shape, within the limits."""
        if not isinstance(found, Mapping):
            return fixed(self.number(found, least, most, *path))
        figures = {key: value for key, value in found.items() if key not in BESIDE}
        shape = SHAPES.get(frozenset(figures))
        if shape is None:
            ways = "; ".join(", ".join(sorted(keys)) for keys in SHAPES)
            keys = ", ".join(sorted(figures)) or "nothing"
            self.wrong(f"{path[-1]} has {keys}; write a number, or one of these sets of keys: {ways}.", *path)
            return fixed(least)
        low, middle, high = self._ends(shape, figures, least, most, path)
        return Quantity(shape, low, middle, high, *self._beside(found, path))

    def _ends(
        self, shape: Shape, figures: Mapping[str, object], least: float, most: float, path: tuple[str | int, ...]
    ) -> tuple[float, float, float]:
        if shape is Shape.FIXED:
            value = self.number(figures["value"], least, most, *path, "value")
            return value, value, value
        if shape is Shape.MEASURED:
            value = self.number(figures["estimate"], least, most, *path, "estimate")
            margin = self.number(figures["margin"], 0.0, most - least, *path, "margin")
            return value - margin, value, value + margin
        ends = ("least", "most") if shape is Shape.TRIANGLE else ("low", "high")
        low, middle, high = (
            self.number(figures[key], least, most, *path, key) for key in (ends[0], shape.value, ends[1])
        )
        if not self.problems.found:
            self._in_order(shape, low, middle, high, path)
        return low, middle, high

    def _in_order(self, shape: Shape, low: float, middle: float, high: float, path: tuple[str | int, ...]) -> None:
        name = path[-1]
        inside = low <= middle <= high if shape is Shape.TRIANGLE else low < middle < high
        if not inside or low == high:
            self.wrong(f"{name} is not in order: {low:g}, {middle:g}, {high:g} must rise.", *path)
        elif shape is Shape.MULTIPLE and low <= 0:
            self.wrong(f"{name} has a median, so its low end {low:g} must be above 0.", *path)
        elif shape is Shape.SHARE:
            self._as_share(low, middle, high, path)

    def _as_share(self, low: float, middle: float, high: float, path: tuple[str | int, ...]) -> None:
        if high > 1:
            self.wrong(f"{path[-1]} has a mean, so it is a share, and {high:g} is above 1.", *path)
            return
        try:
            beta_of(low, middle, high)
        except ValueError:
            self.wrong(f"{path[-1]}: no share with the mean {middle:g} is spread from {low:g} to {high:g}.", *path)

    def _beside(self, found: Mapping[str, object], path: tuple[str | int, ...]) -> tuple[Basis, Grade | None, str]:
        basis = Basis(self.one_of(found.get("basis", "chosen"), tuple(Basis), *path, "basis"))
        grade = self.one_of(found.get("grade", "-"), ("-", *Grade), *path, "grade")
        source = self.text(found["source"], *path, "source") if "source" in found else ""
        return basis, None if grade == "-" else Grade(grade), source
