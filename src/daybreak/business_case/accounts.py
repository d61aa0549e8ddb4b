"""What does a year of backup care save, what does it cost, and in whose money?

The accounting of one year, for one set of figures or for many draws at once (every value may be an array):

    parents  = employees x share of the family x share with a child under 13
    users    = parents x reach
    days     = users x the smaller of days used and the plan's cap
    saved    = the smaller of days x additionality and users x days lost x neediness: no day is saved that was not lost
    work     = saved x (1 - done from home) x pay x fringe / days worked x multiple
    leavers  = users x quits x cut x cost of replacing x scale x pay
    cost     = days x (price - copay) + employees x (fee + administration) + spots kept empty + help to find care
    credit   = the smaller of rate x licensed spending + referral rate x help to find care, and the year's most

Recruiting is saved through leavers only. Work done worse or later is part of the multiple only. Pay gaps, morale and
reputation are no money here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from daybreak.business_case.terms import Family, Inputs, Law, Value

Figures = Mapping[str, Value]
"""A value for each input by its key; figures of the first job family are called `0.pay`, `0.quits` and so on."""


def key_of(at: int, figure: str) -> str:
    """The key of a figure of a job family.

    >>> key_of(0, "pay")
    '0.pay'
    """
    return f"{at}.{figure}"


@dataclass(frozen=True)
class FamilyFlows:
    """One job family's year."""

    parents: Value
    users: Value
    days: Value
    saved: Value
    work: Value
    leavers_kept: Value
    leavers: Value
    regained: Value
    """Pay that employees regain because an unpaid day was not lost."""


@dataclass(frozen=True)
class Flows:
    """The year of all job families together, in dollars; nothing is netted yet."""

    families: tuple[FamilyFlows, ...]
    work: Value
    leavers: Value
    regained: Value
    days: Value
    care: Value
    """The employer's part of the price of care."""
    copays: Value
    fees: Value
    admin: Value
    kept_empty: Value
    referral: Value
    credit: Value
    imputed: Value
    """Care above what section 129 leaves out of pay."""
    payroll: Value
    """The employer's payroll tax on regained and imputed pay."""

    @property
    def saved(self) -> Value:
        """Workdays saved in all job families."""
        return _total(family.saved for family in self.families)

    @property
    def cost(self) -> Value:
        """What the employer pays for the benefit in a year."""
        return self.care + self.fees + self.admin + self.kept_empty + self.referral

    @property
    def gain(self) -> Value:
        """What the employer gains before its income tax, the credit apart."""
        return self.work + self.leavers - self.regained - self.payroll


def flows(inputs: Inputs, law: Law, x: Figures) -> Flows:
    """Work out the year."""
    families = tuple(_family(inputs, family, at, x) for at, family in enumerate(inputs.families))
    days = _total(family.days for family in families)
    employees = float(inputs.employees)
    copay = np.minimum(x["copay"], x["price"])
    care = days * (x["price"] - copay)
    regained = _total(family.regained for family in families)
    imputed = care * x["at_limit"]
    return Flows(
        families=families,
        work=_total(family.work for family in families),
        leavers=_total(family.leavers for family in families),
        regained=regained,
        days=days,
        care=care,
        copays=days * copay,
        fees=employees * x["fee"],
        admin=employees * x["admin"],
        kept_empty=x["empty_spots"],
        referral=x["referral"],
        credit=credit_of(law, x["licensed_share"] * care, x["referral"]) if inputs.takes_credit else 0.0,
        imputed=imputed,
        payroll=law.payroll_rate * (regained + imputed),
    )


def _family(inputs: Inputs, family: Family, at: int, x: Figures) -> FamilyFlows:
    pay, from_home = x[key_of(at, "pay")], x[key_of(at, "from_home")]
    parents = inputs.employees * family.share * x["parents"]
    users = parents * x["reach"]
    days = users * np.minimum(x["days_used"], x["cap"])
    saved = np.minimum(days * x["additionality"], users * x["days_lost"] * x["neediness"])
    unpaid = x[key_of(at, "unpaid")] if inputs.counts_unpaid else 0.0
    away = saved if _is_zero(from_home) else saved * (1 - from_home * x["output_from_home"])
    day_of_work = pay * x["fringe"] / x["work_days"]
    kept = users * x[key_of(at, "quits")] * x["quits_cut"]
    return FamilyFlows(
        parents=parents,
        users=users,
        days=days,
        saved=saved,
        work=away * (day_of_work * x["day_multiple"]),
        leavers_kept=kept,
        leavers=kept * x["turnover_scale"] * (x[key_of(at, "turnover_cost")] * pay),
        regained=0.0 if _is_zero(unpaid) else away * unpaid * (pay / x["work_days"]),
    )


def _is_zero(value: Value) -> bool:
    """Whether a figure is the plain number 0, so that a whole column need not be multiplied by it."""
    return isinstance(value, float) and value == 0.0


def _total(values: Iterable[Value]) -> Value:
    total: Value = 0.0
    for value in values:
        total = total + value
    return total


def credit_of(law: Law, qualified: Value, referral: Value) -> Value:
    """Return the federal credit for employer-provided child care in one year (26 USC 45F).

    `qualified` is spending on licensed care under contract, `referral` on helping employees find care; both share the
    year's most.

    >>> law = Law(2026, 0.40, 0.10, 500_000, 7_500, 0.0765)
    >>> float(credit_of(law, 1_249_999, 0)), float(credit_of(law, 2_000_000, 0))
    (499999.60000000003, 500000.0)
    """
    return np.minimum(law.credit_rate * qualified + law.referral_rate * referral, law.credit_most)


def imputed_of(law: Law, employer_value: float, own_savings: float, *, limit: float | None = None) -> float:
    """Return what is pay after all: dependent care help above what section 129 leaves out of a year's income.

    `employer_value` is the fair value of care less copays, `own_savings` what the employee set aside before tax; a plan
    may set a lower `limit` than the law.

    >>> imputed_of(Law(2026, 0.40, 0.10, 500_000, 7_500, 0.0765), 1_000, 7_500)
    1000.0
    """
    most = law.exclusion if limit is None else min(limit, law.exclusion)
    return float(max(0.0, employer_value + own_savings - most))


def net_value(f: Flows, x: Figures) -> Value:
    """Return what is left for the employer after its income tax; the credit cuts the deduction by its own amount."""
    return (f.gain - f.cost + f.credit) * (1 - x["tax_rate"])


def return_on_cost(f: Flows) -> Value:
    """Return gains and credit over cost, less one: 0 pays its cost back exactly, -1 loses all of it."""
    return (f.gain + f.credit - f.cost) / f.cost


def without_leavers(f: Flows) -> Flows:
    """The same year if nobody stays because of the benefit."""
    return replace(f, leavers=0.0)
