"""One file being read by its keys: where they stand, what they say, and what was wrong so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from daybreak.kernel.toml_lines import Lines
from daybreak.placement.sheets import Problems, shown
from daybreak.plan import form
from daybreak.plan.form import Key

Path = tuple[str | int, ...]


@dataclass
class Reading:
    """One file being read: where its keys stand, and what was wrong so far."""

    source: str
    lines: Lines
    problems: Problems = field(default_factory=Problems)

    def wrong(self, problem: str, *path: str | int) -> None:
        """Note a problem at a key."""
        self.problems.add(self.source, self.lines.of(*path), problem)

    def keys(
        self, found: Mapping[str, object], keys: Mapping[str, Key], where: str, *path: str | int
    ) -> dict[str, Any]:
        """Every key of a table as its value; what cannot be read is noted and stands as None."""
        self._unknown(found, tuple(keys), where, path)
        values: dict[str, Any] = {}
        for name, key in keys.items():
            values[name] = key.absent
            if name in found:
                values[name] = self.value(name, found[name], key, where, *path, name)
            elif key.required:
                self.wrong(f"{where} has no '{name}'. {key.why} {key.write}", *path)
        return values

    def value(self, name: str, found: object, key: Key, where: str, *path: str | int) -> Any:
        """A value as its key reads it; what cannot be read is noted, and None."""
        try:
            return key.read(found)
        except ValueError as error:
            self.wrong(form.fault(name, where, found, str(error), key), *path)
            return None

    def _unknown(self, found: Mapping[str, object], names: Sequence[str], where: str, path: Path) -> None:
        for name in found:
            if name not in names:
                near = get_close_matches(name, names, n=1)
                do = f"Did you mean '{near[0]}'?" if near else f"Use {', '.join(names)}, or a comment."
                why = "What is misspelled would be passed over in silence."
                self.wrong(f"{shown(name)} is not a key of {where}. {why} {do}", *path, name)
