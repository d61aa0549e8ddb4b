"""Do the parts of a plan fit together? Each figure may be right and the plan still promise what it does not pay for."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from daybreak.plan.terms import Plan, Route

LONGEST_YEAR = timedelta(days=400)

Path = tuple[str | int, ...]


def problems(plan: Plan, copay_classes: Sequence[frozenset[str]]) -> Iterator[tuple[Path, str]]:
    """List what does not fit, each with its key; `copay_classes` are those each [[route]] of the file names."""
    yield from _year(plan)
    yield from _allowance(plan)
    yield from _routes(plan, copay_classes)
    yield from _budgets(plan)
    yield from _examples(plan)


def _year(plan: Plan) -> Iterator[tuple[Path, str]]:
    year = plan.year
    if year.until <= year.since:
        why = "A plan year ends after it begins."
        yield ("year", "until"), f"the plan year ends on {year.until}, before its first day. {why} Correct 'until'."
    elif year.until - year.since > LONGEST_YEAR:
        why = f"Nobody grants days for more than {LONGEST_YEAR.days} days at once."
        yield ("year", "until"), f"the plan year lasts {(year.until - year.since).days} days. {why} Correct 'until'."
    elif plan.since not in year:
        why = "It would decide no day at all, or days of another plan."
        yield ("takes_effect",), f"'takes_effect' {plan.since} lies outside the plan year. {why} Choose a day in it."


def _allowance(plan: Plan) -> Iterator[tuple[Path, str]]:
    if plan.allowance.carry_over > plan.allowance.amount:
        why = "Nobody can take along more than was granted."
        yield ("allowance", "carry_over"), f"'carry_over' is more than 'amount'. {why} Write at most the amount."


def _routes(plan: Plan, copay_classes: Sequence[frozenset[str]]) -> Iterator[tuple[Path, str]]:
    if len(plan.routes) < len(copay_classes):
        why = "Two copays would hold for one booking."
        yield ("route", len(plan.routes)), f"a route stands twice. {why} Keep one [[route]] of each."
        return
    covered = {str(one) for one in plan.eligibility.pay_classes}
    for at, (terms, named) in enumerate(zip(plan.routes.values(), copay_classes, strict=True)):
        for missing in sorted(covered - named):
            why = "An employee who may use the plan would have no price."
            do = f"Write [route.copay.{missing}]."
            yield ("route", at, "copay"), f"[[route]] {at + 1} has no copay for {missing} employees. {why} {do}"
        for extra in sorted(named - covered):
            why = "[eligibility] does not cover them, so the copay could never be asked."
            yield (
                ("route", at, "copay", extra),
                f"there is a copay for {extra} employees. {why} Cover them or remove it.",
            )
        for pay_class, copay in terms.copays.items():
            if copay.family_most < copay.each_child:
                why = "One child would cost more than the family's cap."
                path: Path = ("route", at, "copay", str(pay_class), "family_most")
                yield path, f"'family_most' {copay.family_most} is below 'each_child'. {why} Write at least as much."
            if copay.family_most > terms.fair_value * 4:
                why = "Nobody pays more than the care is worth."
                path = ("route", at, "copay", str(pay_class), "family_most")
                yield path, f"'family_most' is above the fair value of 4 children. {why} Lower it."


def _budgets(plan: Plan) -> Iterator[tuple[Path, str]]:
    seen: set[tuple[str, int]] = set()
    for at, budget in enumerate(plan.budgets):
        key = (budget.work_site, budget.quarter)
        if key in seen:
            why = "Care would be taken from one of them and the other never used."
            yield ("budget", at), f"{budget.work_site} has two budgets for quarter {budget.quarter}. {why} Keep one."
        seen.add(key)


def _examples(plan: Plan) -> Iterator[tuple[Path, str]]:
    worked = {example.route for example in plan.examples}
    for at, route in enumerate(plan.routes):
        if route not in worked:
            why = "Nobody has worked out by hand what it comes to."
            yield ("route", at), f"no [[example]] is about the route {route}. {why} Add one."
    for at, example in enumerate(plan.examples):
        if example.route not in plan.routes or example.pay_class not in plan.eligibility.pay_classes:
            why = "The plan does not cover it."
            yield (
                ("example", at),
                f"[[example]] {at + 1} is about {_about(example.route, example.pay_class)}. {why} Correct it.",
            )
        if example.minutes < 1:
            why = "Care lasts at least a minute."
            yield ("example", at, "hours"), f"[[example]] {at + 1} has no hours. {why} Write how long."


def _about(route: Route, pay_class: str) -> str:
    return f"the route {route} for {pay_class} employees"
