"""The case as plain data: what `daybreak business-case --json` prints and what case.json holds."""

from collections.abc import Mapping
from dataclasses import asdict

from daybreak.business_case.case import Answer, Case
from daybreak.business_case.drawing import quantities_of
from daybreak.business_case.terms import Quantity, Spread


def as_json(case: Case, *, seed: int) -> dict[str, object]:
    """Return the case as tables, lists, texts and numbers; money is dollars a year, returns are shares of the cost."""
    return {
        "title": case.inputs.title.en,
        "year": case.inputs.year,
        "employees": case.inputs.employees,
        "draws": case.draws,
        "seed": seed,
        **_answer(case.answer),
        "ledgers": {name: asdict(spread) for name, spread in case.ledgers.items()},
        "ledger_lines": {name: dict(line) for name, line in case.lines.items()},
        "amounts": _each(case.amounts),
        "families": [
            {"name": family.name.en, "pay_class": family.pay_class, **asdict(found)}
            for family, found in zip(case.inputs.families, case.families, strict=True)
        ],
        "sensitivities": [{**asdict(one), "swing": one.swing} for one in case.sensitivities],
        "worth_knowing": asdict(case.knowing),
        "pilot": {**asdict(case.pilot), "can_find_it": case.pilot.can_find_it},
        "comparators": [asdict(one) for one in case.comparators],
        "leavers": [
            {"family": case.inputs.families[one.family].name.en, "cost": one.cost, "to_break_even": one.to_break_even}
            for one in case.leavers
        ],
        "loss_today": {"employer": asdict(case.loss_today[0]), "employees": asdict(case.loss_today[1])},
        "as_claimed": [{"claim": one.claim.name, **_answer(one.answer)} for one in case.as_claimed],
        "inputs": {key: _quantity(quantity) for key, quantity in quantities_of(case.inputs).items()},
        "law": [asdict(ruled) for ruled in case.law.rulings],
    }


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "roi": _points(answer.roi),
        "roi_without_retention": _points(answer.roi_without_retention),
        "net_value": asdict(answer.net),
        "net_value_without_retention": asdict(answer.net_without_retention),
        "chance_of_paying": answer.chance,
        "chance_of_paying_without_retention": answer.chance_without_retention,
    }


def _points(spread: Spread) -> dict[str, float]:
    return {"p05": spread.p05, "p50": spread.p50, "p95": spread.p95}


def _each(spreads: Mapping[str, Spread]) -> dict[str, object]:
    return {name: asdict(spread) for name, spread in spreads.items()}


def _quantity(quantity: Quantity) -> dict[str, object]:
    return {**asdict(quantity), "shape": str(quantity.shape), "basis": str(quantity.basis)}
