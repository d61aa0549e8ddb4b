"""What does a plan file say? From TOML text to a Plan, all or nothing, each problem with its line.

What is misspelled is refused: passed over in silence, it would leave a family without what the employer promised.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from daybreak.kernel.errors import ExampleFailed
from daybreak.kernel.toml_lines import read
from daybreak.people.terms import EligibilityTerms, PayClass
from daybreak.placement.sheets import shown
from daybreak.plan import fitting, form
from daybreak.plan.form import Key
from daybreak.plan.proving import misses
from daybreak.plan.reading import Reading
from daybreak.plan.terms import (
    Allowance,
    Budget,
    By,
    Cancellation,
    Copay,
    CreditTag,
    Example,
    Expected,
    Per,
    Plan,
    Route,
    RouteTerms,
    TaxTerms,
    Unit,
    Year,
)

FIX = "Nothing of the plan was loaded. Fix the file and run the command again."
MOST_ROUTES, MOST_BUDGETS, MOST_EXAMPLES = 5, 4000, 200


def read_plan(text: str, *, source: str = "plan") -> Plan:
    """Read the text of a plan file.

    Raises BadInput with every problem found, and ExampleFailed when the file's own examples come out otherwise.
    """
    document, lines = read(text, source=source, do=FIX, parse_float=Decimal)
    reading = Reading(source, lines)
    top = reading.keys(document, form.TOP, "the plan")
    parts = _parts(reading, top)
    reading.problems.stop(do=FIX)
    plan = _plan(top, parts, text)
    for path, problem in fitting.problems(plan, parts.copay_classes):
        reading.wrong(problem, *path)
    reading.problems.stop(do=FIX)
    missed = [f"{source}, line {lines.of('example', at)}: {problem}" for at, problem in misses(plan)]
    if missed:
        raise ExampleFailed("\n".join([*missed, FIX]))
    return plan


@dataclass
class _Parts:
    """The tables of a file, read key by key."""

    one: dict[str, dict[str, Any]]
    routes: list[dict[str, Any]]
    copays: list[dict[str, dict[str, Any]]]
    budgets: list[dict[str, Any]]
    examples: list[dict[str, Any]]

    @property
    def copay_classes(self) -> list[frozenset[str]]:
        return [frozenset(copays) for copays in self.copays]


def _parts(reading: Reading, top: Mapping[str, Any]) -> _Parts:
    sections = {
        "year": form.YEAR,
        "eligibility": form.ELIGIBILITY,
        "allowance": form.ALLOWANCE,
        "cancellation": form.CANCELLATION,
        "tax": form.TAX,
    }
    one = {
        name: reading.keys(top[name], keys, f"[{name}]", name)
        for name, keys in sections.items()
        if top[name] is not None
    }
    routes = _tables(reading, top, "route", form.ROUTE, MOST_ROUTES)
    return _Parts(
        one=one,
        routes=routes,
        copays=[_copays(reading, route["copay"] or {}, at) for at, route in enumerate(routes)],
        budgets=_tables(reading, top, "budget", form.BUDGET, MOST_BUDGETS),
        examples=_examples(reading, top, one.get("allowance", {}).get("unit")),
    )


def _tables(
    reading: Reading, top: Mapping[str, Any], name: str, keys: Mapping[str, Key], most: int
) -> list[dict[str, Any]]:
    found = top[name] or []
    if len(found) > most:
        reading.wrong(f"there are {len(found):,} [[{name}]] tables, and a plan has at most {most:,}.", name, most)
        return []
    return [reading.keys(one, keys, f"[[{name}]] {at + 1}", name, at) for at, one in enumerate(found)]


def _copays(reading: Reading, found: Mapping[str, object], at: int) -> dict[str, dict[str, Any]]:
    key = Key(form.table, "It says what this pay class pays.", "Write each_child and family_most.")
    copays = {}
    for name, said in found.items():
        where = f"[route.copay.{name}] of [[route]] {at + 1}"
        if name not in tuple(PayClass):
            classes = " or ".join(PayClass)
            reading.wrong(
                f"{shown(name)} is not a pay class. Nobody could have this copay. Write {classes}.",
                *("route", at, "copay", name),
            )
            continue
        table = reading.value(name, said, key, f"[route.copay] of [[route]] {at + 1}", "route", at, "copay", name)
        if table is not None:
            copays[name] = reading.keys(table, form.COPAY, where, "route", at, "copay", name)
    return copays


def _examples(reading: Reading, top: Mapping[str, Any], unit: str | None) -> list[dict[str, Any]]:
    examples = _tables(reading, top, "example", form.EXAMPLE, MOST_EXAMPLES)
    counts = unit or Unit.DAYS.value
    keys = {(counts if name == "amount" else name): key for name, key in form.EXPECT.items()}
    for at, example in enumerate(examples):
        where = f"'expect' of [[example]] {at + 1}"
        expect = reading.keys(example["expect"] or {}, keys, where, "example", at, "expect")
        example["expect"] = {"amount": expect.pop(counts), **expect}
    return examples


def _plan(top: Mapping[str, Any], parts: _Parts, text: str) -> Plan:
    year, eligibility, tax = parts.one["year"], parts.one["eligibility"], parts.one["tax"]
    unit = Unit(parts.one["allowance"]["unit"])
    return Plan(
        title=top["title"],
        employer=top["employer"],
        year=Year(year["from"], year["until"]),
        since=top["takes_effect"] or year["from"],
        adopted_on=top["adopted_on"],
        source=top["source"],
        sha256=sha256(text.encode()).hexdigest(),
        eligibility=EligibilityTerms(
            pay_classes=frozenset(PayClass(one) for one in eligibility["pay_classes"]),
            waiting_days=eligibility["waiting_days"],
            least_weekly_hours=float(eligibility["least_weekly_hours"]),
            cite=eligibility["cite"],
        ),
        allowance=_allowance(parts.one["allowance"], unit),
        cancellation=Cancellation(**parts.one["cancellation"]),
        tax=TaxTerms(**tax),
        routes={terms.route: terms for terms in map(_route, parts.routes, parts.copays)},
        budgets=tuple(Budget(**budget) for budget in parts.budgets),
        examples=tuple(_example(example, unit) for example in parts.examples),
    )


def _allowance(found: Mapping[str, Any], unit: Unit) -> Allowance:
    counted = {name: found[name] * unit.parts for name in ("amount", "carry_over", "hardship")}
    return Allowance(
        unit, Per(found["per"]), each_child_counts=found["each_child_counts"], cite=found["cite"], **counted
    )


def _route(found: Mapping[str, Any], copays: Mapping[str, Mapping[str, Any]]) -> RouteTerms:
    return RouteTerms(
        route=Route(found["route"]),
        by=By(found["by"]),
        fair_value=found["fair_value"],
        least_hours=found["least_hours"],
        credit=CreditTag(found["credit"]),
        copays={PayClass(name): Copay(**copay) for name, copay in copays.items()},
        cite=found["cite"],
    )


def _example(found: Mapping[str, Any], unit: Unit) -> Example:
    expect = found["expect"]
    return Example(
        route=Route(found["route"]),
        pay_class=PayClass(found["pay_class"]),
        children=found["children"],
        minutes=int(found["hours"] * 60),
        expect=Expected(int(expect["amount"] * unit.parts), expect["copay"], expect["fair_value"]),
        because=found["because"],
    )
