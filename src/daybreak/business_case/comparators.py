"""What else could be done with the money, and what does doing nothing cost?

Each is the same model with the few figures changed that make it another benefit, on the same draws.
"""

from dataclasses import dataclass

import numpy as np

from daybreak.business_case.accounts import Figures, Flows, flows, key_of, net_value, return_on_cost
from daybreak.business_case.spreads import spread_of
from daybreak.business_case.terms import Inputs, Law, Spread, Value


@dataclass(frozen=True)
class Comparator:
    """One other way, over all draws: what it costs, what it leaves, and how many workdays it saves."""

    name: str
    cost: Spread
    net: Spread
    roi: Spread | None
    saved: Spread


@dataclass(frozen=True)
class Leaver:
    """What it costs to replace one leaver of a job family, and how many would have to stay."""

    family: int
    cost: float
    to_break_even: float


def comparators(inputs: Inputs, law: Law, x: Figures) -> tuple[Comparator, ...]:
    """Work out all other ways."""
    none = Spread(0.0, 0.0, 0.0, 0.0)
    return (
        _own_person_money(inputs, law, x),
        _reserved_spots(inputs, law, x),
        _paid_days(inputs, law, x),
        Comparator("nothing", none, none, None, none),
    )


def _from_flows(name: str, year: Flows, x: Figures) -> Comparator:
    return Comparator(
        name,
        spread_of(year.cost),
        spread_of(net_value(year, x)),
        spread_of(return_on_cost(year)),
        spread_of(year.saved),
    )


def _own_person_money(inputs: Inputs, law: Law, x: Figures) -> Comparator:
    """Money for a person the family finds: no fee to a seller, no licensed spending, and often nobody is found."""
    changed = {
        **x,
        "fee": 0.0,
        "empty_spots": 0.0,
        "price": x["own_amount"],
        "copay": 0.0,
        "licensed_share": 0.0,
        "days_used": np.minimum(x["days_used"], x["cap"]) * x["own_works"],
    }
    return _from_flows("own-person-money", flows(inputs, law, changed), changed)


def _reserved_spots(inputs: Inputs, law: Law, x: Figures) -> Comparator:
    """Spots kept at licensed sites: no fee to a seller; kept days that nobody uses are paid as well."""
    kept_for_each_used = 1 / (1 - np.asarray(x["kept_empty"]))
    changed = {
        **x,
        "fee": 0.0,
        "empty_spots": 0.0,
        "price": x["kept_use_price"] + x["kept_price"] * kept_for_each_used,
        "licensed_share": 1.0,
    }
    return _from_flows("reserved-spots", flows(inputs, law, changed), changed)


def _paid_days(inputs: Inputs, law: Law, x: Figures) -> Comparator:
    """Every care gap that is unpaid today paid as a sick-child day: nobody loses pay, and no workday is saved."""
    cost: Value = 0.0
    for at, family in enumerate(inputs.families):
        parents = inputs.employees * family.share * x["parents"]
        a_day = x[key_of(at, "pay")] / x["work_days"]
        cost = cost + parents * x["days_lost"] * x[key_of(at, "unpaid")] * a_day
    cost = cost * (1 + law.payroll_rate)
    return Comparator(
        "paid-days", spread_of(cost), spread_of(-cost * (1 - x["tax_rate"])), None, Spread(0.0, 0.0, 0.0, 0.0)
    )


def loss_today(inputs: Inputs, x: Figures) -> tuple[Value, Value]:
    """What care gaps cost today: the employer's work not done, the employees' pay not earned; not what can be saved."""
    employer: Value = 0.0
    employees: Value = 0.0
    for at, family in enumerate(inputs.families):
        days = inputs.employees * family.share * x["parents"] * x["days_lost"]
        away = days * (1 - x[key_of(at, "from_home")] * x["output_from_home"])
        a_day = x[key_of(at, "pay")] / x["work_days"]
        employer = employer + away * a_day * x["fringe"] * x["day_multiple"]
        employees = employees + away * a_day * x[key_of(at, "unpaid")]
    return employer, employees


def leavers(inputs: Inputs, law: Law, middle: Figures) -> tuple[Leaver, ...]:
    """Replacing one leaver of each job family, and how many must stay for the benefit to pay, at the medians."""
    year = flows(inputs, law, middle)
    open_cost = max(0.0, float(year.cost - year.work + year.regained + year.payroll - year.credit))
    found = []
    for at in range(len(inputs.families)):
        scale = middle["turnover_scale"] * middle[key_of(at, "turnover_cost")]
        cost = float(scale * middle[key_of(at, "pay")])
        found.append(Leaver(at, cost, open_cost / cost if cost else 0.0))
    return tuple(found)
