"""What does a family pay for a booking, and what is the care worth?

By the plan alone: its route, its pay class, its family cap. A copay is what one child's day or hour costs the family,
together never more than the cap; the fair value is what the tax tally counts, whatever the provider is really paid.
"""

from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.money import Money
from daybreak.plan.allowance import counted, hours_of
from daybreak.plan.terms import By, Cost, Plan, RouteTerms, Use


def cost_of(plan: Plan, use: Use) -> Cost | No:
    """Say what a booking comes to; No when the plan does not have this route, or not for this pay class.

    Raises ValueError for a booking without children or of no length.
    """
    if use.children < 1 or use.minutes < 1:
        raise ValueError("A booking is of at least one child and one minute.")
    terms = plan.routes.get(use.route)
    if terms is None or use.pay_class not in terms.copays:
        return No((Reason("route-not-covered", {}, plan.eligibility.cite),))
    return Cost(
        amount=counted(plan.allowance, terms, use),
        copay=copay_of(terms, use),
        fair_value=terms.fair_value * use.children * _times(terms, use),
        cite=terms.cite,
    )


def copay_of(terms: RouteTerms, use: Use) -> Money:
    """The copay of a booking: each child's, capped for the family, by day or by started hour.

    >>> from daybreak.people.terms import PayClass
    >>> from daybreak.plan.terms import Copay, CreditTag, Route
    >>> copays = {PayClass.SALARIED: Copay(Money.dollars(15), Money.dollars(25))}
    >>> place = RouteTerms(Route.PLACE, By.DAY, Money.dollars(86), 4, CreditTag.INTERMEDIARY, copays, "4.1")
    >>> [str(copay_of(place, Use(Route.PLACE, PayClass.SALARIED, children, 500))) for children in (1, 2, 3)]
    ['$15.00', '$25.00', '$25.00']
    """
    copay = terms.copays[use.pay_class]
    return min(copay.each_child * use.children, copay.family_most) * _times(terms, use)


def _times(terms: RouteTerms, use: Use) -> int:
    """How often the day's or hour's figure counts."""
    return hours_of(terms, use) if terms.by is By.HOUR else 1
