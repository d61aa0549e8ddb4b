"""Where are the rules that come with the product? The only place that reads them."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from daybreak.rulebook.book import Book


@cache
def packaged() -> Book:
    """Return the book of the rules in daybreak/rules, read once per process.

    Raises BadRule or ExampleFailed when a packaged file cannot be trusted.
    """
    return Book.of(packaged_files())


def packaged_files() -> dict[str, bytes]:
    """Return the packaged rule files by their path in the folder of rules."""
    return dict(_found(files("daybreak") / "rules", ""))


def _found(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _found(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".toml"):
            found.append((f"{prefix}{entry.name}", entry.read_bytes()))
    return found
