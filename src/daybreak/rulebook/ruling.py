"""What held on that day, and says who?

A day before the first value, or after a rule has ended, is an error and never a default: whoever guesses what the law
was guesses with somebody else's child or money.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from daybreak.kernel.errors import BadInput
from daybreak.rulebook.terms import Figure, Gap, Rule, Ruling, Value


def value_on(rule: Rule, day: date) -> Value | Gap:
    """Return the value that held on a day, or why there is none."""
    held = [value for value in rule.values if value.since <= day]
    if not held:
        return Gap.BEFORE_FIRST
    latest = held[-1]
    return Gap.ENDED if latest.until is not None and latest.until <= day else latest


def everything(rule: Rule, day: date) -> Ruling:
    """Answer with all figures that held on `day`, whatever selects among them.

    Raises BadInput for a day the rule does not cover.
    """
    found = value_on(rule, day)
    if isinstance(found, Gap):
        raise BadInput(_gap_words(rule, day, found))
    return Ruling(
        value=found.figure,
        cite=found.cite,
        source=found.source,
        since=found.since,
        confidence=found.confidence,
        path=rule.path,
        sha256=rule.sha256,
    )


def ask(rule: Rule, day: date, given: Mapping[str, str]) -> Ruling:
    """Answer with the figure that held on `day` for `given`, and who says so.

    Raises BadInput for a day the rule does not cover, and for a `given` that does not select a figure.
    """
    ruling = everything(rule, day)
    return replace(ruling, value=_selected(rule, ruling.value, given))


def _gap_words(rule: Rule, day: date, gap: Gap) -> str:
    if gap is Gap.BEFORE_FIRST:
        return (
            f"{rule.path} was asked about {day}, and its first value starts on {rule.values[0].since}. "
            "A rule never guesses what held earlier, so nothing was answered. "
            "Ask about a later day, or add the earlier value with its citation."
        )
    return (
        f"{rule.path} was asked about {day}, and the rule ended on {rule.values[-1].until}. "
        "Nothing holds after that, so nothing was answered. "
        "Ask about an earlier day, or add what follows with its citation."
    )


def _selected(rule: Rule, figure: Figure, given: Mapping[str, str]) -> Figure:
    unknown = [name for name in given if name != rule.by]
    if unknown:
        asked_by = f"It is asked by '{rule.by}' and a day." if rule.by else "It is asked with a day alone."
        raise BadInput(f"{rule.path} does not know '{unknown[0]}'. {asked_by} Leave '{unknown[0]}' out.")
    if rule.by is None or not isinstance(figure, Mapping):
        return figure
    choice = given.get(rule.by)
    if choice is None or choice not in figure:
        said = f"has nothing for {rule.by} '{choice}'" if choice else f"was asked without '{rule.by}'"
        raise BadInput(
            f"{rule.path} {said}, so nothing was answered. Ask with {rule.by} as one of {', '.join(figure)}."
        )
    return figure[choice]
