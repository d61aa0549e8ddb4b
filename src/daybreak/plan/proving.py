"""Does the plan come to what somebody worked out by hand?"""

from collections.abc import Iterator

from daybreak.kernel.decisions import No
from daybreak.plan.allowance import in_units
from daybreak.plan.copay import cost_of
from daybreak.plan.terms import Cost, Example, Plan, Use


def misses(plan: Plan) -> Iterator[tuple[int, str]]:
    """List the examples that come out otherwise, by their place from 0, each with both answers."""
    for at, example in enumerate(plan.examples):
        found = cost_of(plan, Use(example.route, example.pay_class, example.children, example.minutes))
        if isinstance(found, No):
            yield (
                at,
                f"example {at + 1} ({example.because}): the plan does not cover it. Correct the example or the plan.",
            )
            continue
        yield from ((at, line) for line in _differences(plan, at, example, found))


def _differences(plan: Plan, at: int, example: Example, found: Cost) -> Iterator[str]:
    unit, expect = plan.allowance.unit, example.expect
    pairs = {
        str(unit): (in_units(unit, expect.amount), in_units(unit, found.amount)),
        "copay": (expect.copay, found.copay),
        "fair_value": (expect.fair_value, found.fair_value),
    }
    for name, (said, worked) in pairs.items():
        if said != worked:
            yield (
                f"example {at + 1} ({example.because}): {name} is {said} in the example, and the plan's "
                f"figures come to {worked}. One of the two is not what the employer meant. Correct it."
            )
