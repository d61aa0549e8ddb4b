"""Do the values of a rule follow each other without a gap, and is there a worked case on each side of every change?"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from daybreak.rulebook import figures
from daybreak.rulebook.ruling import value_on
from daybreak.rulebook.schema import example_name, value_name
from daybreak.rulebook.terms import Gap, Rule, Value


def problems(rule: Rule) -> list[str]:
    """List what is wrong with the dates, the shapes and the examples of a rule whose form is sound."""
    where = f"{rule.path}.toml:"
    found = [*_order(where, rule.values), *_ends(where, rule.values), *_shapes(where, rule)]
    # Which value an example belongs to means nothing while the dates are out of order.
    return found or [*_unused(where, rule), *_coverage(where, rule), *_too_early(where, rule)]


def _order(where: str, values: tuple[Value, ...]) -> Iterator[str]:
    for number, (earlier, later) in enumerate(pairwise(values), start=2):
        if later.since <= earlier.since:
            yield (
                f"{where} {value_name(number, later.since)} does not start after value {number - 1}, "
                f"which starts on {earlier.since}. Two values would hold on one day. "
                "Put the values in order of their dates."
            )


def _ends(where: str, values: tuple[Value, ...]) -> Iterator[str]:
    for number, value in enumerate(values, start=1):
        if value.until is None:
            continue
        name = value_name(number, value.since)
        if value.until <= value.since:
            yield f"{where} {name} ends on {value.until}, before it has held for a day. Correct 'from' or 'until'."
        elif number < len(values) and value.until != values[number].since:
            yield (
                f"{where} {name} ends on {value.until}, but the next value starts on {values[number].since}. "
                "A value that ends must meet the one that follows it. Write the same day twice, or leave 'until' out."
            )


def _shapes(where: str, rule: Rule) -> Iterator[str]:
    first = rule.values[0]
    for number, value in enumerate(rule.values[1:], start=2):
        for difference in figures.differences(first.figure, value.figure, may_lack=rule.may_lack):
            yield (
                f"{where} {value_name(number, value.since)} {difference}, unlike value 1. "
                "Whoever asks must find the same keys on every day. Use the same keys in each value."
            )
    if rule.by is None or not isinstance(first.figure, Mapping):
        return
    (model, due), *others = first.figure.items()
    for choice, figure in others:
        for difference in figures.differences(due, figure, name=choice, may_lack=rule.may_lack):
            yield (
                f"{where} {value_name(1, first.since)} {difference}, unlike '{model}'. "
                f"Whoever asks must find the same keys for each {rule.by}. Use the same keys."
            )


def _unused(where: str, rule: Rule) -> Iterator[str]:
    used = {key for value in rule.values for key in figures.keys_in(value.figure)}
    for key in rule.may_lack:
        if key not in used:
            yield (
                f"{where} 'may_lack' names '{key}', and no value has it. It looks misspelled. "
                "Correct it, or take it out."
            )


def _coverage(where: str, rule: Rule) -> Iterator[str]:
    held = [value_on(rule, example.day) for example in rule.examples]
    for number, value in enumerate(rule.values, start=1):
        if value not in held:
            side = "the first value" if number == 1 else f"the change on {value.since}"
            yield (
                f"{where} {value_name(number, value.since)} has no example. "
                f"A worked case must stand on each side of a change, and {side} has none. Add one on a day it holds."
            )
    last = rule.values[-1]
    if last.until is not None and Gap.ENDED not in held:
        yield (
            f"{where} the rule ended on {last.until} and no example says so. "
            "A worked case must stand on each side of a change. "
            'Add one on or after that day with expect_error = "ended".'
        )


def _too_early(where: str, rule: Rule) -> Iterator[str]:
    first = rule.values[0].since
    for number, example in enumerate(rule.examples, start=1):
        if example.day < first and example.expect_error is None:
            yield (
                f"{where} {example_name(number, example.day)} asks about a day before the first value, which starts on "
                f"{first}. A rule never guesses what held earlier. Add the earlier value, or write "
                'expect_error = "before_first".'
            )
