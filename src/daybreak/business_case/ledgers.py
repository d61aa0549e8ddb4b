"""Who pays and who gains? Each line of the year in three ledgers: the employer's, the employees', the Treasury's.

What one pays another appears in both and cancels. What is left when all three are added is what the benefit takes from
the world and gives to it: care and administration used up, work done, recruiting not needed.
"""

from dataclasses import dataclass

from daybreak.business_case.accounts import Figures, Flows
from daybreak.business_case.terms import Law, Value

LEDGERS = ("employer", "employee", "treasury")
LINES = ("work", "leavers", "care", "fees", "regained", "imputed", "credit", "income_tax")


@dataclass(frozen=True)
class Line:
    """One kind of money in a year, from each side; positive is gained."""

    name: str
    employer: Value
    employee: Value
    treasury: Value

    @property
    def total(self) -> Value:
        """What is left when what one pays another has canceled."""
        return self.employer + self.employee + self.treasury


@dataclass(frozen=True)
class Ledgers:
    """All lines of a year."""

    lines: tuple[Line, ...]

    def of(self, ledger: str) -> Value:
        """The sum of one ledger's lines."""
        total: Value = 0.0
        for line in self.lines:
            total = total + getattr(line, ledger)
        return total


def ledgers(law: Law, f: Flows, x: Figures) -> Ledgers:
    """Book the year. The employer's ledger is its net value after tax."""
    tax, theirs = x["tax_rate"], x["employee_tax"]
    rate = law.payroll_rate
    income_tax = tax * (f.gain - f.cost + f.credit)
    return Ledgers(
        (
            Line("work", f.work, 0.0, 0.0),
            Line("leavers", f.leavers, 0.0, 0.0),
            Line("care", -f.care, -f.copays, 0.0),
            Line("fees", -(f.fees + f.admin + f.kept_empty + f.referral), 0.0, 0.0),
            Line("regained", -f.regained - rate * f.regained, f.regained * (1 - theirs), f.regained * (theirs + rate)),
            Line("imputed", -rate * f.imputed, -theirs * f.imputed, f.imputed * (theirs + rate)),
            Line("credit", f.credit, 0.0, -f.credit),
            Line("income_tax", -income_tax, 0.0, income_tax),
        )
    )


def resources(f: Flows) -> Value:
    """Work done and recruiting not needed, less care and administration used up: what the three ledgers add up to."""
    return f.work + f.leavers - f.care - f.copays - f.fees - f.admin - f.kept_empty - f.referral
