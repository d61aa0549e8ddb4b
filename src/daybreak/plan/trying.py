"""What would another plan have changed for last month's bookings, and for whom?

Each booking is looked at as it was charged and as it would be under the plan that is tried. Allowances are followed
through the month in the order of the charges, from what was left when the month began; who would have run out is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.money import Money
from daybreak.plan.allowance import spent_up
from daybreak.plan.copay import cost_of
from daybreak.plan.terms import Cost, Plan, Use


@dataclass(frozen=True)
class Past:
    """A booking as it was charged: whose, what it was, and what it came to."""

    booking_id: UUID
    employee_id: UUID
    day: date
    use: Use
    copay: Money
    amount: int


@dataclass(frozen=True)
class Difference:
    """What would have been otherwise for one booking: refused, or another copay or use of the allowance."""

    past: Past
    refused: Reason | None
    copay: Money
    amount: int

    @property
    def is_one(self) -> bool:
        """Whether anything would have been otherwise."""
        return bool(self.refused) or (self.copay, self.amount) != (self.past.copay, self.past.amount)


@dataclass(frozen=True)
class Tried:
    """The differences of a month, and what they come to."""

    bookings: int
    differences: tuple[Difference, ...]

    @property
    def refused(self) -> tuple[Difference, ...]:
        """Bookings that would not have been covered."""
        return tuple(one for one in self.differences if one.refused)

    @property
    def employees(self) -> int:
        """How many employees would have noticed."""
        return len({one.past.employee_id for one in self.differences})

    @property
    def copays(self) -> Money:
        """How much more, or less, families would have paid, of bookings covered either way."""
        more = (one.copay - one.past.copay for one in self.differences if not one.refused)
        return sum(more, Money(0))


def try_plan(plan: Plan, past: Iterable[Past], used_before: dict[UUID, int]) -> Tried:
    """Charge the bookings of a month again under a plan; `used_before` is what each employee had used until then.

    An allowance for the household or for each child is followed by employee here, which is at most too generous.
    """
    used = dict(used_before)
    looked_at = [_again(plan, one, used) for one in past]
    return Tried(len(looked_at), tuple(one for one in looked_at if one.is_one))


def _again(plan: Plan, past: Past, used: dict[UUID, int]) -> Difference:
    cost: Cost | No = cost_of(plan, past.use)
    if isinstance(cost, No):
        return Difference(past, cost.reasons[0], Money(0), 0)
    if past.use.pay_class not in plan.eligibility.pay_classes:
        return Difference(past, Reason("pay-class-not-covered", {}, plan.eligibility.cite), Money(0), 0)
    left = plan.allowance.amount - used.get(past.employee_id, 0)
    if cost.amount > left:
        return Difference(past, spent_up(plan.allowance, left=max(left, 0), wanted=cost.amount), Money(0), 0)
    used[past.employee_id] = used.get(past.employee_id, 0) + cost.amount
    return Difference(past, None, cost.copay, cost.amount)
