"""Can this file be trusted as a rule? TOML in, a Rule out, or every reason why not.

Nothing undated, uncited or untested gets in. All problems of a file are told at once, one to a line, so that its author
makes one round and not ten.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import cast

from daybreak.kernel.errors import BadRule
from daybreak.rulebook import figures, schema, timeline
from daybreak.rulebook.terms import Confidence, Example, Figure, Gap, Rule, Value

TWICE = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")
"""How the TOML reader begins when something is written a second time."""


def rule_from(path: str, data: bytes) -> Rule:
    """Read one rule file; `path` is relative to the folder of rules and ends in .toml.

    Raises BadRule with one statement per problem, each on its own line, and nothing else whatever the bytes are.
    """
    document = _parsed(path, data)
    found = schema.problems(path, document)
    if not found:
        rule = _rule(path, document, data)
        found = timeline.problems(rule)
        if not found:
            return rule
    raise BadRule("\n".join(found))


def _parsed(path: str, data: bytes) -> Mapping[str, object]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadRule(
            f"{path}, line {line}: the file is not UTF-8 text. A letter that cannot be read could be a figure. "
            "Save it as UTF-8."
        ) from error
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadRule(_toml_words(path, text, str(error))) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        # Numbers of thousands of digits and tables nested a thousand deep pass the grammar and then break its reader.
        raise BadRule(
            f"{path}: the file holds a number too long or a list too deep to read. No law needs one. Shorten it."
        ) from error


def _toml_words(path: str, text: str, problem: str) -> str:
    place = re.search(r"at line (\d+), column \d+", problem)
    lines = text.splitlines() or [""]
    number = int(place.group(1)) if place else len(lines)
    if problem.startswith(TWICE):
        named = re.search(r"'([^']+)'", problem)
        written = named.group(1) if named else lines[min(number, len(lines)) - 1].split("=")[0].strip()
        return (
            f"{path}, line {number}: '{written}' is written twice. A reader would see one and the program the other. "
            "Keep one."
        )
    reason = problem.split(" (at ")[0]
    return (
        f"{path}, line {number}: this is not TOML ({reason}). Nothing of the file was read. "
        "Correct the line; text goes in quotes, days look like 2026-01-01."
    )


def _rule(path: str, document: Mapping[str, object], data: bytes) -> Rule:
    by = cast(str | None, document.get("by"))
    values = schema.tables(document, "value")
    # A rule that is one number writes it as `amount` and answers with the number, not with a table around it.
    bare = by is None and all(list(schema.own_keys(value)) == ["amount"] for value in values)
    return Rule(
        path=path.removesuffix(".toml"),
        title=str(document["title"]),
        unit=str(document["unit"]),
        by=by,
        digits=cast(int, document.get("digits", 0)),
        review_by=cast(date, document["review_by"]),
        values=tuple(_value(table, bare=bare) for table in values),
        examples=tuple(_example(table) for table in schema.tables(document, "example")),
        sha256=sha256(data).hexdigest(),
        may_lack=tuple(cast(list[str], document.get("may_lack", []))),
    )


def _value(table: Mapping[str, object], *, bare: bool) -> Value:
    own = schema.own_keys(table)
    return Value(
        since=cast(date, table["from"]),
        until=cast(date | None, table.get("until")),
        figure=figures.frozen(own["amount"] if bare else own),
        cite=str(table["cite"]),
        source=str(table["source"]),
        read_on=cast(date, table["read_on"]),
        confidence=Confidence(str(table["confidence"])),
    )


def _example(table: Mapping[str, object]) -> Example:
    expect: Figure | None = figures.frozen(table["expect"]) if "expect" in table else None
    return Example(
        day=cast(date, table["day"]),
        given=cast(Mapping[str, str], table.get("given", {})),
        expect=expect,
        expect_error=Gap(str(table["expect_error"])) if "expect_error" in table else None,
        because=str(table["because"]),
    )
