"""What must a rule file have before its figures may be trusted?

A title, a unit, a day to look again; for every value the day it starts, the paragraph, the page and the day somebody
read it; and worked examples. Each problem is one clear statement: where it is, why it matters, what to write.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from daybreak.rulebook import figures
from daybreak.rulebook.terms import Confidence, Gap

MOST_DIGITS = 6
ALWAYS_ASKED = ("path", "day")
"""What `Book.value` is asked with in any case; `by` cannot take these names."""


@dataclass(frozen=True)
class Key:
    """A key of a rule file: what it holds, why it matters, what to write."""

    holds: str
    why: str
    write: str
    required: bool = True


TOP = {
    "title": Key("text", "A reader cannot tell what the rule decides.", "Write one sentence in plain words."),
    "unit": Key("text", "A number without a unit can be misread.", 'Write what it counts, such as "USD per year".'),
    "review_by": Key("a day", "Law changes, so a rule is looked at again.", "Write a day, such as 2027-06-30."),
    "by": Key("text", "It names what selects a figure.", 'Write a name, such as by = "filing".', required=False),
    "digits": Key("a number", "It allows digits after the point.", "Write digits = 2, or remove it.", required=False),
    "may_lack": Key(
        "a list of names",
        "It names keys that the law sets only sometimes.",
        'Write them in small letters, such as may_lack = ["group_most"].',
        required=False,
    ),
    "value": Key("a list of tables", "Without a value the rule answers nothing.", "Write at least one [[value]]."),
    "example": Key("a list of tables", "Nobody has worked a case by hand.", "Write an [[example]] for each value."),
}
VALUE = {
    "from": Key(
        "a day", "An undated figure cannot say when it held.", "Write its first day, such as from = 2026-01-01."
    ),
    "until": Key("a day", "It says when the value ended.", "Write the first day it no longer holds.", required=False),
    "cite": Key("text", "An uncited figure cannot be looked up.", "Name the paragraph of the law or the plan."),
    "source": Key("text", "Nobody can read again what was read.", "Write the page that was read, with its address."),
    "read_on": Key("a day", "Nobody knows how fresh it is.", "Write the day the source was read."),
    "confidence": Key("text", "Nobody knows how sure it is.", "Write high, medium or verify."),
}
EXAMPLE = {
    "day": Key("a day", "A case without a day tests nothing.", "Write the day the rule is asked about."),
    "given": Key("a table", "It says what selects the figure.", "Write given = { name = ... }.", required=False),
    "expect": Key("a figure", "It says what the rule answers.", "Write the figure.", required=False),
    "expect_error": Key("text", "It says why there is none.", "Write before_first or ended.", required=False),
    "because": Key("text", "A reader cannot follow the case.", "Say in a few words why this is the answer."),
}


def problems(path: str, document: Mapping[str, object]) -> list[str]:
    """List everything that is wrong with the form of a parsed rule file, in the order of the file."""
    found = list(_name_problems(path))
    if not document:
        return [
            *found,
            f"{path}: the file is empty. A rule needs a title, values and examples. Write them.",
        ]
    found += _key_problems(path, "the file", document, TOP)
    found += _top_problems(path, document)
    found += _value_problems(path, document)
    found += _example_problems(path, document)
    return found


def value_name(number: int, since: object) -> str:
    """Name a value as its author would find it, counting from 1.

    >>> value_name(2, date(2021, 1, 1))
    'value 2 (from 2021-01-01)'
    """
    return f"value {number} (from {since})" if _holds(since, "a day") else f"value {number}"


def example_name(number: int, day: object) -> str:
    """Name an example as its author would find it, counting from 1.

    >>> example_name(1, date(2021, 6, 1))
    'example 1 (2021-06-01)'
    """
    return f"example {number} ({day})" if _holds(day, "a day") else f"example {number}"


def tables(document: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    """Return the `[[value]]` or `[[example]]` tables of a file, or none when they are something else."""
    found = document.get(name)
    return found if _holds(found, "a list of tables") and isinstance(found, list) else []


def own_keys(value: Mapping[str, object]) -> dict[str, object]:
    """Return the figures of a value table: everything but its dates and sources."""
    return {key: part for key, part in value.items() if key not in VALUE}


def _holds(found: object, what: str) -> bool:
    if what == "a figure":
        return True
    if what == "a list of tables":
        return isinstance(found, list) and bool(found) and all(isinstance(part, Mapping) for part in found)
    if what == "a list of names":
        return isinstance(found, list) and all(isinstance(n, str) and figures.SNAKE_CASE.fullmatch(n) for n in found)
    if what == "a day":
        return isinstance(found, date) and not isinstance(found, datetime)
    if what == "text":
        return isinstance(found, str) and bool(found.strip())
    return figures.kind(found) == what


def _name_problems(path: str) -> Iterator[str]:
    parts = path.removesuffix(".toml").split("/")
    odd = [part for part in parts if not figures.SNAKE_CASE.fullmatch(part)]
    if odd:
        yield (
            f"{path}: '{odd[0]}' is not a name in small letters, digits and single underscores. "
            "The path of a file is the name other code asks for. Rename it."
        )
    if not path.endswith(".toml"):
        yield f"{path}: the file name does not end in .toml. Nothing else is read as a rule. Rename it."


def _key_problems(path: str, who: str, table: Mapping[str, object], keys: Mapping[str, Key]) -> Iterator[str]:
    for name, key in keys.items():
        if name not in table:
            if key.required:
                yield f"{path}: {who} has no '{name}'. {key.why} {key.write}"
        elif not _holds(table[name], key.holds):
            fault = "is empty" if table[name] == "" or str(table[name]).isspace() else f"is not {key.holds}"
            yield f"{path}: '{name}' of {who} {fault}. {key.why} {key.write}"


def _unknown(where: str, table: Mapping[str, object], keys: Mapping[str, Key], what: str) -> Iterator[str]:
    for name in table:
        if name in keys:
            continue
        near = get_close_matches(name, keys, n=1)
        do = f"Did you mean '{near[0]}'?" if near else f"Use {', '.join(keys)}, or a comment."
        yield f"{where} '{name}' is not a key of {what}. What is misspelled would be passed over in silence. {do}"


def _top_problems(path: str, document: Mapping[str, object]) -> Iterator[str]:
    yield from _unknown(f"{path}:", document, TOP, "a rule file")
    by, digits = document.get("by"), document.get("digits", 0)
    if isinstance(by, str) and not figures.SNAKE_CASE.fullmatch(by):
        yield f"{path}: 'by' is {by!r}, which no program can ask with. Write one word in small letters, such as filing."
    if by in ALWAYS_ASKED:
        yield f"{path}: 'by' is {by!r}, which every question has already. Write another word, such as filing."
    if _holds(digits, "a number") and not (isinstance(digits, int) and 0 <= digits <= MOST_DIGITS):
        yield (
            f"{path}: 'digits' is {digits}. It counts digits after the point. "
            f"Write a whole number from 0 to {MOST_DIGITS}."
        )


def _value_problems(path: str, document: Mapping[str, object]) -> Iterator[str]:
    digits = document.get("digits", 0)
    allowed = digits if isinstance(digits, int) else 0
    for number, value in enumerate(tables(document, "value"), start=1):
        name = value_name(number, value.get("from"))
        where = f"{path}: {name}"
        yield from _key_problems(path, name, value, VALUE)
        confidence = value.get("confidence")
        if isinstance(confidence, str) and confidence.strip() and confidence not in tuple(Confidence):
            yield (
                f"{where}: 'confidence' is {confidence!r}. Whoever sees the answer must know how sure it is. "
                "Write high, medium or verify."
            )
        own = own_keys(value)
        if not own:
            yield f"{where} has no figure. A date and a citation decide nothing. Write what holds from that day on."
        for key in own:
            near = get_close_matches(key, VALUE, n=1, cutoff=0.8)
            if near:
                yield f"{where}: '{key}' is not a key of a value. It looks misspelled. Did you mean '{near[0]}'?"
        for clause in figures.problems(own, name="", digits=allowed) if own else ():
            yield f"{where}: {clause}"


def _example_problems(path: str, document: Mapping[str, object]) -> Iterator[str]:
    for number, example in enumerate(tables(document, "example"), start=1):
        name = example_name(number, example.get("day"))
        where = f"{path}: {name}"
        yield from _key_problems(path, name, example, EXAMPLE)
        yield from _unknown(f"{where}:", example, EXAMPLE, "an example")
        if ("expect" in example) == ("expect_error" in example):
            yield (
                f"{where} must have 'expect' or 'expect_error', and only one. A case has one answer. "
                "Write the figure that is due, or before_first or ended."
            )
        error = example.get("expect_error")
        if isinstance(error, str) and error.strip() and error not in tuple(Gap):
            yield f"{where}: 'expect_error' is {error!r}. Two kinds are known. Write {' or '.join(Gap)}."
        for clause in figures.problems(example.get("expect", 0), name="expect", digits=MOST_DIGITS):
            yield f"{where}: {clause}"
        yield from _given_problems(where, example.get("given", {}), document)


def _given_problems(where: str, given: object, document: Mapping[str, object]) -> Iterator[str]:
    if not isinstance(given, Mapping):
        return
    by = document.get("by")
    if isinstance(by, str) and not figures.SNAKE_CASE.fullmatch(by):
        return
    for name in given:
        if name != by:
            known = f"This rule is asked by '{by}'." if by else "This rule is asked with a day alone."
            yield f"{where}: 'given' names '{name}', which the rule does not know. {known} Correct or remove it."
    if not isinstance(by, str):
        return
    choices = list(dict.fromkeys(key for value in tables(document, "value") for key in own_keys(value)))
    if by not in given:
        yield f"{where}: 'given' does not say '{by}'. This rule is asked by it. Write one of {', '.join(choices)}."
    elif given[by] not in choices:
        yield f"{where}: '{by}' is {given[by]!r}, which no value has. Write one of {', '.join(choices)}."
