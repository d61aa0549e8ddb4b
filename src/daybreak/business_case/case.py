"""Does backup care pay for this employer? The whole answer, from one set of inputs and one seed.

A case can come out negative. It is told with its 90 percent interval, with and without any effect on who leaves, with
what would change it, and beside what others claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from daybreak.business_case.accounts import (
    Figures,
    Flows,
    flows,
    net_value,
    return_on_cost,
    without_leavers,
)
from daybreak.business_case.comparators import Comparator, Leaver, benefit, comparators, leavers, loss_today
from daybreak.business_case.drawing import drawn, figures_at
from daybreak.business_case.ledgers import LEDGERS, Ledgers, ledgers
from daybreak.business_case.library import Claim
from daybreak.business_case.pilot import Pilot, pilot_of
from daybreak.business_case.sensitivity import Knowing, Sensitivity, knowing, sensitivities
from daybreak.business_case.spreads import Histogram, histogram, spread_of
from daybreak.business_case.terms import Inputs, Kind, Law, Numbers, Spread
from daybreak.kernel.errors import BadInput

MOST_COMPARED = 20_000
"""Draws on which the other ways are worked out; their intervals are for comparison only."""
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
    lines: Mapping[str, Mapping[str, Spread]]
    """Each line of the three ledgers."""
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
    z, x = drawn(inputs, kinds, for_draws, draws)
    middle = figures_at(inputs, kinds, {})
    year = flows(inputs, law, x)
    if float(np.min(year.cost)) <= 0:
        raise BadInput("The benefit costs nothing in this case, so it has no return. Give a price or a fee.")
    net = np.broadcast_to(np.asarray(net_value(year, x), dtype=np.float64), (draws,))
    found = sensitivities(inputs, law, kinds, z, net, for_shares)
    some = {key: value[:MOST_COMPARED] if isinstance(value, np.ndarray) else value for key, value in x.items()}
    booked, lost = ledgers(law, year, x), loss_today(inputs, some)
    return Case(
        inputs=inputs,
        law=law,
        draws=draws,
        answer=_answer(year, x, draws),
        at_medians=float(np.asarray(net_value(flows(inputs, law, middle), middle))),
        histogram=histogram(net),
        amounts=_amounts(inputs, year),
        lines=_lines(booked),
        ledgers=_sums(booked),
        families=_families(law, year, middle),
        sensitivities=found,
        knowing=knowing(kinds, z, net),
        pilot=pilot_of(inputs, law, middle, _additionality_to_pay(found)),
        comparators=(benefit(year, x), *comparators(inputs, law, some)),
        leavers=leavers(inputs, law, middle),
        loss_today=(spread_of(lost[0]), spread_of(lost[1])),
        as_claimed=tuple(AsClaimed(claim, as_claimed(claim, inputs, law, x, draws)) for claim in claims),
    )


def as_claimed(claim: Claim, inputs: Inputs, law: Law, x: Figures, draws: int) -> Answer:
    """The answer with the claim's figures in place of this case's, on the same draws of all others."""
    told = replace(inputs, takes_credit=inputs.takes_credit and claim.takes_credit)
    changed = {**x, **{key: quantity.middle for key, quantity in claim.sets.items()}}
    return _answer(flows(told, law, changed), changed, draws)


def _answer(year: Flows, x: Figures, draws: int) -> Answer:
    alone = without_leavers(year)
    net, net_alone = (np.broadcast_to(net_value(part, x), (draws,)) for part in (year, alone))
    return Answer(
        roi=spread_of(return_on_cost(year)),
        roi_without_retention=spread_of(return_on_cost(alone)),
        net=spread_of(net),
        net_without_retention=spread_of(net_alone),
        chance=_chance(net),
        chance_without_retention=_chance(net_alone),
    )


def _chance(net: Numbers) -> float:
    return float((net > 0).mean())


def _amounts(inputs: Inputs, year: Flows) -> dict[str, Spread]:
    parts = {
        "days": year.days,
        "days_per_employee": year.days / inputs.employees,
        "work": year.work,
        "leavers": year.leavers,
        "credit": year.credit,
        "cost": year.cost,
        "cost_per_day": year.cost / np.maximum(year.days, 1e-9),
    }
    return {name: spread_of(value) for name, value in parts.items()}


def _lines(booked: Ledgers) -> dict[str, dict[str, Spread]]:
    return {line.name: {ledger: spread_of(getattr(line, ledger)) for ledger in LEDGERS} for line in booked.lines}


def _sums(booked: Ledgers) -> dict[str, Spread]:
    sums = {ledger: booked.of(ledger) for ledger in LEDGERS}
    together = sums["employer"] + sums["employee"] + sums["treasury"]
    return {**{ledger: spread_of(value) for ledger, value in sums.items()}, "together": spread_of(together)}


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
