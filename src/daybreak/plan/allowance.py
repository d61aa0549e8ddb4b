"""May this household use another day of backup care?

An employer grants a number of days or hours for each plan year. One is spent when a spot is held or confirmed and given
back when the booking ends in time, so the answer is arithmetic on ledger lines and never a counter that could drift.
"""

from collections.abc import Iterable
from uuid import UUID

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people.terms import Employed
from daybreak.plan.terms import Allowance, Per, RouteTerms, Unit, Use


def decide(allowance: Allowance, spent: Iterable[int], *, wanted: int, granted: int | None = None) -> Decision:
    """Compare what is wanted with what is left, in whole days or minutes.

    `spent` holds the amounts of the ledger lines of the plan year: positive when used, negative when they came back.
    `granted` is the allowance with what was carried over and given for hardship; the plan's amount when left out.

    >>> ten = Allowance(Unit.DAYS, Per.EMPLOYEE, 10, False, 0, 0, "Harbor Health plan 2026, 3.1")
    >>> decide(ten, [4, 5, -1], wanted=2)
    Yes()
    >>> decide(ten, [4, 5], wanted=2).reasons[0].facts
    {'left': 1, 'wanted': 2}
    """
    left = (allowance.amount if granted is None else granted) - sum(spent)
    return Yes() if wanted <= left else No((spent_up(allowance, left=left, wanted=wanted),))


def spent_up(allowance: Allowance, *, left: int, wanted: int) -> Reason:
    """The reason why an allowance does not cover a booking, in days or hours."""
    code = "allowance-spent" if allowance.unit is Unit.DAYS else "allowance-hours-spent"
    facts = {"left": in_units(allowance.unit, left), "wanted": in_units(allowance.unit, wanted)}
    return Reason(code, facts, allowance.cite)


def counted(allowance: Allowance, terms: RouteTerms, use: Use) -> int:
    """What a booking takes of the allowance; with an allowance for each child, of each child's own.

    Hours are counted as they are, to the minute, and at least the route's least hours.

    >>> from daybreak.kernel.money import Money
    >>> from daybreak.people.terms import PayClass
    >>> from daybreak.plan.terms import By, CreditTag, Route
    >>> place = RouteTerms(Route.PLACE, By.DAY, Money(8600), 4, CreditTag.INTERMEDIARY, {}, "4.1")
    >>> two = Use(Route.PLACE, PayClass.HOURLY, 2, 130)
    >>> counted(Allowance(Unit.DAYS, Per.EMPLOYEE, 10, True, 0, 0, "3.1"), place, two)
    2
    >>> counted(Allowance(Unit.HOURS, Per.HOUSEHOLD, 4800, False, 0, 0, "3.1"), place, two)
    240
    """
    times = use.children if allowance.each_child_counts and allowance.per is not Per.CHILD else 1
    if allowance.unit is Unit.DAYS:
        return times
    return times * max(use.minutes, terms.least_hours * Unit.HOURS.parts)


def hours_of(terms: RouteTerms, use: Use) -> int:
    """Started hours of a booking, at least the route's least.

    >>> from daybreak.kernel.money import Money
    >>> from daybreak.people.terms import PayClass
    >>> from daybreak.plan.terms import By, CreditTag, Route
    >>> home = RouteTerms(Route.IN_HOME, By.HOUR, Money(2200), 4, CreditTag.OWN_CAREGIVER, {}, "4.2")
    >>> [hours_of(home, Use(Route.IN_HOME, PayClass.HOURLY, 1, minutes)) for minutes in (90, 481)]
    [4, 9]
    """
    return max(-(-use.minutes // 60), terms.least_hours)


def owners_of(allowance: Allowance, employed: Employed, child_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """Whose passbooks a booking takes from: the employee's, the household's, or each child's."""
    if allowance.per is Per.CHILD:
        return tuple(child_ids)
    return (employed.household_id if allowance.per is Per.HOUSEHOLD else employed.employee_id,)


def in_units(unit: Unit, amount: int) -> int | float:
    """An amount of a passbook as people say it: days, or hours with their quarters.

    >>> in_units(Unit.DAYS, 3), in_units(Unit.HOURS, 510), in_units(Unit.HOURS, 480)
    (3, 8.5, 8)
    """
    return amount if unit is Unit.DAYS else _hours(amount)


def _hours(minutes: int) -> int | float:
    whole, rest = divmod(minutes, 60)
    return round(minutes / 60, 2) if rest else whole
