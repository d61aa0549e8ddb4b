"""Does backup care pay for this employer? The whole answer, from one set of inputs and one seed.

A case can come out negative. It is told with its 90 percent interval, with and without any effect on who leaves, with
what would change it, and beside what others claim.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace

import numpy as np

from daybreak.business_case.accounts import (
    Figures,
    Flows,
    flows,
    net_value,
    return_on_cost,
    without_leavers,
)
from daybreak.business_case.comparators import Comparator, Leaver, comparators, leavers, loss_today
from daybreak.business_case.drawing import drawn, figures_at, uncertain
from daybreak.business_case.ledgers import LEDGERS, Ledgers, ledgers
from daybreak.business_case.library import Claim
from daybreak.business_case.pilot import Pilot, pilot_of
from daybreak.business_case.sensitivity import Knowing, Sensitivity, Worth, knowing, sensitivities
from daybreak.business_case.spreads import Histogram, histogram, spread_of
from daybreak.business_case.terms import Inputs, Kind, Law, Numbers, Spread, Value
from daybreak.kernel.errors import BadInput

DRAWS, SEED = 50_000, 7
"""What stands where nobody says otherwise, on the page and at the command line alike."""


@dataclass(frozen=True)
class FamilyAnswer:
    """What the benefit means for one job family, over all draws."""

    parents: Spread
    users: Spread
    days: Spread
    saved: Spread
    gain_per_day: Spread
    work_per_day: Spread
    share_of_gain: float
    pay_lost_per_parent: float
    """Pay that a parent loses to care gaps in a year, at the medians."""


@dataclass(frozen=True)
class Answer:
    """Does it pay? With and without any effect on who leaves."""

    roi: Spread
    roi_without_retention: Spread
    net: Spread
    net_without_retention: Spread
    chance: float
    chance_without_retention: float


@dataclass(frozen=True)
class AsClaimed:
    """What would follow if a published claim were true of this employer."""

    claim: Claim
    answer: Answer


@dataclass(frozen=True)
class Case:
    """One case, worked out."""

    inputs: Inputs
    law: Law
    draws: int
    answer: Answer
    at_medians: float
    """Net value with every input at its median."""
    histogram: Histogram
    amounts: Mapping[str, Spread]
    """Days used and each kind of money in a year, before the employer's income tax."""
    lines: Mapping[str, Mapping[str, float]]
    """The mean of each line of the three ledgers."""
    ledgers: Mapping[str, Spread]
    families: tuple[FamilyAnswer, ...]
    sensitivities: tuple[Sensitivity, ...]
    knowing: Knowing
    pilot: Pilot
    comparators: tuple[Comparator, ...]
    leavers: tuple[Leaver, ...]
    loss_today: tuple[Spread, Spread]
    as_claimed: tuple[AsClaimed, ...]


def work_out(
    inputs: Inputs,
    law: Law,
    kinds: Mapping[str, Kind],
    rng: np.random.Generator,
    *,
    draws: int = DRAWS,
    claims: tuple[Claim, ...] = (),
) -> Case:
    """Work out a case; the same inputs, draws and generator give the same figures to the last digit.

    Raises BadInput for a benefit that costs nothing, since nothing can be divided by that.
    """
    for_draws, for_shares = rng.spawn(2)
    run = _run(inputs, law, kinds, for_draws, draws, claims)
    middle, net = figures_at(inputs, kinds, {}), run.columns["net"]
    found = sensitivities(inputs, law, kinds, run.worth, for_shares)
    answer = _answer(run.columns, "")
    amounts = _amounts(inputs, run.columns)
    employer_lost, employees_lost = loss_today(inputs, run.first)
    return Case(
        inputs=inputs,
        law=law,
        draws=draws,
        answer=answer,
        at_medians=float(np.asarray(net_value(flows(inputs, law, middle), middle))),
        histogram=histogram(net),
        amounts=amounts,
        lines=run.lines,
        ledgers=_ledgers(run.columns, answer.net),
        families=_families(law, flows(inputs, law, run.first), middle),
        sensitivities=found,
        knowing=knowing(kinds, run.first_normals, net),
        pilot=pilot_of(inputs, law, middle, _additionality_to_pay(found)),
        comparators=(
            Comparator("benefit", amounts["cost"], answer.net, answer.roi, amounts["saved"]),
            *comparators(inputs, law, run.first),
        ),
        leavers=leavers(inputs, law, middle),
        loss_today=(spread_of(employer_lost), spread_of(employees_lost)),
        as_claimed=tuple(AsClaimed(claim, _answer(run.columns, f"{claim.name} ")) for claim in claims),
    )


@dataclass
class _Run:
    """What is kept of all draws: a column for each figure that is told, and the first block whole."""

    columns: dict[str, Numbers]
    lines: dict[str, dict[str, float]]
    worth: Worth
    first: Figures
    first_normals: Mapping[str, Numbers]


def _run(
    inputs: Inputs,
    law: Law,
    kinds: Mapping[str, Kind],
    rng: np.random.Generator,
    draws: int,
    claims: tuple[Claim, ...],
) -> _Run:
    run = _Run({}, {}, Worth(uncertain(inputs)), {}, {})
    for rows, z, x in drawn(inputs, kinds, rng, draws):
        year = flows(inputs, law, x)
        if float(np.min(year.cost)) <= 0:
            raise BadInput("The benefit costs nothing in this case, so it has no return. Give a price or a fee.")
        booked = ledgers(law, year, x)
        _keep(run.columns, rows, draws, _told(year, x, "") | _amount_columns(year) | _ledger_columns(booked))
        for claim in claims:
            told, changed = as_claimed(claim, inputs, x)
            _keep(run.columns, rows, draws, _told(flows(told, law, changed), changed, f"{claim.name} "))
        run.worth.add(z, run.columns["net"][rows])
        _add_lines(run.lines, booked, (rows.stop - rows.start) / draws)
        if rows.start == 0:
            run.first, run.first_normals = x, z
    return run


def _keep(columns: dict[str, Numbers], rows: slice, draws: int, found: Mapping[str, Value]) -> None:
    for name, values in found.items():
        if name not in columns:
            columns[name] = np.empty(draws)
        columns[name][rows] = values


def as_claimed(claim: Claim, inputs: Inputs, x: Figures) -> tuple[Inputs, Figures]:
    """The inputs and figures with the claim's own in place of this case's, on the same draws of all others."""
    told = replace(inputs, takes_credit=inputs.takes_credit and claim.takes_credit)
    return told, {**x, **{key: quantity.middle for key, quantity in claim.sets.items()}}


def _told(year: Flows, x: Figures, prefix: str) -> dict[str, Value]:
    alone = without_leavers(year)
    return {
        f"{prefix}roi": return_on_cost(year),
        f"{prefix}roi alone": return_on_cost(alone),
        f"{prefix}net": net_value(year, x),
        f"{prefix}net alone": net_value(alone, x),
    }


def _answer(columns: Mapping[str, Numbers], prefix: str) -> Answer:
    net, alone = columns[f"{prefix}net"], columns[f"{prefix}net alone"]
    return Answer(
        roi=spread_of(columns[f"{prefix}roi"]),
        roi_without_retention=spread_of(columns[f"{prefix}roi alone"]),
        net=spread_of(net),
        net_without_retention=spread_of(alone),
        chance=float((net > 0).mean()),
        chance_without_retention=float((alone > 0).mean()),
    )


AMOUNTS = ("days", "saved", "work", "leavers", "credit", "cost", "cost_per_day")


def _amount_columns(year: Flows) -> dict[str, Value]:
    values = (year.days, year.saved, year.work, year.leavers, year.credit, year.cost)
    return dict(zip(AMOUNTS, (*values, year.cost / np.maximum(year.days, 1e-9)), strict=True))


def _amounts(inputs: Inputs, columns: Mapping[str, Numbers]) -> dict[str, Spread]:
    found = {name: spread_of(columns[name]) for name in AMOUNTS}
    found["days_per_employee"] = Spread(*(value / inputs.employees for value in astuple(found["days"])))
    return found


def _ledger_columns(booked: Ledgers) -> dict[str, Value]:
    employee, treasury = booked.of("employee"), booked.of("treasury")
    return {"employee": employee, "treasury": treasury, "together": booked.of("employer") + employee + treasury}


def _ledgers(columns: Mapping[str, Numbers], employer: Spread) -> dict[str, Spread]:
    others = ("employee", "treasury", "together")
    return {"employer": employer, **{name: spread_of(columns[name]) for name in others}}


def _add_lines(lines: dict[str, dict[str, float]], booked: Ledgers, part: float) -> None:
    """Add a block's part of the mean of each line of each ledger."""
    for line in booked.lines:
        sums = lines.setdefault(line.name, dict.fromkeys(LEDGERS, 0.0))
        for ledger in LEDGERS:
            sums[ledger] += part * float(np.mean(getattr(line, ledger)))


def _families(law: Law, year: Flows, middle: Figures) -> tuple[FamilyAnswer, ...]:
    gains = [family.work + family.leavers - family.regained * (1 + law.payroll_rate) for family in year.families]
    whole = float(sum(np.mean(gain) for gain in gains))
    found = []
    for at, (family, gain) in enumerate(zip(year.families, gains, strict=True)):
        days = np.maximum(family.days, 1e-9)
        found.append(
            FamilyAnswer(
                parents=spread_of(family.parents),
                users=spread_of(family.users),
                days=spread_of(family.days),
                saved=spread_of(family.saved),
                gain_per_day=spread_of(gain / days),
                work_per_day=spread_of(family.work / days),
                share_of_gain=float(np.mean(gain)) / whole if whole else 0.0,
                pay_lost_per_parent=_pay_lost(middle, at),
            )
        )
    return tuple(found)


def _pay_lost(middle: Figures, at: int) -> float:
    away = middle["days_lost"] * (1 - middle[f"{at}.from_home"] * middle["output_from_home"])
    return float(away * middle[f"{at}.unpaid"] * middle[f"{at}.pay"] / middle["work_days"])


def _additionality_to_pay(found: tuple[Sensitivity, ...]) -> float | None:
    return next((one.break_even for one in found if one.key == "additionality"), None)
