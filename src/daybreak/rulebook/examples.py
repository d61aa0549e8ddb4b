"""Does the rule still answer as somebody worked it out by hand?"""

from daybreak.kernel.errors import ExampleFailed
from daybreak.rulebook import figures
from daybreak.rulebook.ruling import ask, value_on
from daybreak.rulebook.schema import example_name
from daybreak.rulebook.terms import Example, Gap, Rule


def prove(rule: Rule) -> None:
    """Work every example of a rule.

    Raises ExampleFailed with one statement for each that no longer holds, each on its own line.
    """
    failed = [
        f"{rule.path}.toml: {example_name(number, example.day)} expects {_due(example)}, and the rule answers "
        f"{answer}. "
        "Nothing was answered from this file. Correct whichever of the two the source contradicts."
        for number, example in enumerate(rule.examples, start=1)
        if (answer := _contradiction(rule, example))
    ]
    if failed:
        raise ExampleFailed("\n".join(failed))


def _contradiction(rule: Rule, example: Example) -> str:
    """What the rule answers where the example expects something else; empty where they agree."""
    found = value_on(rule, example.day)
    if isinstance(found, Gap):
        return "" if found is example.expect_error else f"with the error {found}"
    ruling = ask(rule, example.day, example.given)
    if example.expect_error is None and figures.same(ruling.value, example.expect):
        return ""
    return f"{figures.words(ruling.value)} ({ruling.cite})"


def _due(example: Example) -> str:
    return f"the error {example.expect_error}" if example.expect_error else figures.words(example.expect)
