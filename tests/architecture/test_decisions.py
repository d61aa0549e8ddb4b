"""A decision record says why, what, at what price and what holds it; and what it names is really there.

Run as a program, this file writes the lists of decisions and of pages.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "decisions"
INDEX = FOLDER / "README.md"
PAGES = ROOT / "docs" / "README.md"
EVERY_PAGE = "## Every page\n\n"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))
PARTS = ["Because", "So", "Instead of", "It costs", "Held by", "Reopen when"]
MOST_WORDS = 250

INTRODUCTION = """# Decisions

Each record is one decision, told in at most 250 words: what forced it, what was chosen, what was left, what it costs,
what holds it, and when to think again. Records are not edited, only superseded by a new one; 0018, the list of
libraries, is the one that grows. A new record is a file named as its title, in the next number; this list is then
written anew by `.venv/bin/python tests/architecture/test_decisions.py`.

"""


def names(files: list[Path]) -> list[str]:
    return [file.stem for file in files]


def title_of(record: Path) -> str:
    return record.read_text().splitlines()[0].removeprefix("# ")


def part_of(record: Path, name: str) -> str:
    """The text of one part of a record."""
    text = record.read_text().split(f"**{name}** ", 1)[1]
    return re.split(r"^\*\*", text, maxsplit=1, flags=re.MULTILINE)[0]


def index() -> str:
    lines = (f"- {record.stem[:4]} [{title_of(record)}]({record.name})\n" for record in RECORDS)
    return INTRODUCTION + "".join(lines)


def named_by(record: Path) -> Iterator[str]:
    """What stands in backquotes in Held by and is a path in this repository, perhaps with a test's name."""
    for name in re.findall(r"`([^`]+)`", part_of(record, "Held by")):
        if "/" in name or (ROOT / name).exists():
            yield name


def test_there_are_records() -> None:
    assert len(RECORDS) >= 18


def test_no_two_records_have_the_same_number() -> None:
    assert len({record.name[:4] for record in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=names(RECORDS))
def test_has_its_parts_in_order(record: Path) -> None:
    assert re.findall(r"^\*\*([^*]+)\*\* ?", record.read_text(), re.MULTILINE) == PARTS


@pytest.mark.parametrize("record", RECORDS, ids=names(RECORDS))
def test_is_dated(record: Path) -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d · (accepted|superseded by \d{4})", record.read_text().splitlines()[2])


@pytest.mark.parametrize("record", RECORDS, ids=names(RECORDS))
def test_is_named_as_its_title(record: Path) -> None:
    spelled = re.sub(r"[^a-z0-9]+", "-", title_of(record).lower()).strip("-")
    assert record.stem[5:] == spelled


@pytest.mark.parametrize("record", RECORDS, ids=names(RECORDS))
def test_is_short(record: Path) -> None:
    assert len(record.read_text().split()) <= MOST_WORDS


@pytest.mark.parametrize("record", RECORDS, ids=names(RECORDS))
def test_is_held_by_something_that_exists(record: Path) -> None:
    held_by = list(named_by(record))
    assert held_by != []
    for name in held_by:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        assert not test or f"def {test}(" in (ROOT / path).read_text(), name


def test_every_library_at_run_time_has_its_reason() -> None:
    record = next(record for record in RECORDS if "library" in record.name)
    lines = re.findall(r"^- ([a-z0-9, -]+):", part_of(record, "So"), re.MULTILINE)
    given = {name for line in lines for name in line.split(", ")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert given == {re.split(r"[\[><=]", line)[0] for line in project["dependencies"]}


def test_the_index_is_as_generated() -> None:
    assert INDEX.read_text() == index()


def pages() -> str:
    """Every page of the documentation by folder and title, as docs/README.md ends."""
    folder = PAGES.parent
    found = [page for page in sorted(folder.rglob("*.md")) if page != PAGES and page not in RECORDS]
    lines = (f"- [{title_of(page)}]({page.relative_to(folder)})\n" for page in found)
    return EVERY_PAGE + "".join(lines)


def test_the_documentation_lists_every_page() -> None:
    assert PAGES.read_text().endswith("\n" + pages())


if __name__ == "__main__":
    INDEX.write_text(index())
    PAGES.write_text(PAGES.read_text().split(EVERY_PAGE)[0].rstrip() + "\n\n" + pages())
