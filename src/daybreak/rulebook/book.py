"""Which rules do we have, and what did each say on a day?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from daybreak.kernel.errors import BadInput
from daybreak.rulebook.examples import prove
from daybreak.rulebook.load import rule_from
from daybreak.rulebook.ruling import ask
from daybreak.rulebook.terms import Change, Rule, Ruling


@dataclass(frozen=True)
class Book:
    """Rules by their path, such as us/ny/licensing/family_home_capacity; every example in it holds."""

    rules: Mapping[str, Rule]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> "Book":
        """Read files by their path relative to the folder of rules.

        Raises BadRule for the first file that cannot be trusted and ExampleFailed for the first whose examples fail.
        """
        rules = [rule_from(path, files[path]) for path in sorted(files)]
        for rule in rules:
            prove(rule)
        return cls({rule.path: rule for rule in rules})

    def rule(self, path: str) -> Rule:
        """Return one rule; raises BadInput when there is none of that path."""
        if path in self.rules:
            return self.rules[path]
        near = get_close_matches(path, self.rules, n=1)
        do = f"Did you mean {near[0]}?" if near else "`daybreak rules index` lists all there are."
        raise BadInput(f"There is no rule {path}, so nothing was answered. {do}")

    def value(self, path: str, day: date, **given: str) -> Ruling:
        """Answer what the rule said on `day` for `given`, such as filing="anyone_else", with its citation.

        Raises BadInput for an unknown rule, a day it does not cover, and a `given` that does not select a figure.
        """
        return ask(self.rule(path), day, given)

    def changes(self, *, after: date, upto: date) -> tuple[Change, ...]:
        """List every step of every rule later than `after` and not later than `upto`, in order of day and path.

        A rise that came and went between the two days is two steps, although both ends look alike.
        """
        steps = [step for rule in self.rules.values() for step in _steps(rule) if after < step.day <= upto]
        return tuple(sorted(steps, key=lambda step: (step.day, step.path)))

    def due(self, day: date) -> tuple[Rule, ...]:
        """List the rules whose day to be looked at again has passed, the longest overdue first."""
        late = [rule for rule in self.rules.values() if rule.review_by < day]
        return tuple(sorted(late, key=lambda rule: (rule.review_by, rule.path)))


def _steps(rule: Rule) -> Iterator[Change]:
    before = None
    for value in rule.values:
        yield Change(rule.path, rule.title, value.since, before, value.figure, value.cite, value.confidence)
        before = value.figure
    last = rule.values[-1]
    if last.until is not None:
        yield Change(rule.path, rule.title, last.until, before, None, last.cite, last.confidence)
