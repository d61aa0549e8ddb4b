"""What did the law say in the year of a case? From the rulebook, with its citations; never from a literal.

Taxable years that do not start on January 1 are not modeled.
"""

from collections.abc import Mapping
from datetime import date

from daybreak.business_case.terms import Law, Ruled
from daybreak.kernel.errors import BadRule
from daybreak.rulebook.book import Book
from daybreak.rulebook.terms import Ruling

CREDIT = "us/federal/employer_child_care_credit/percent"
CREDIT_MOST = "us/federal/employer_child_care_credit/limit"
EXCLUSION = "us/federal/dependent_care_assistance/exclusion_limit"
PAYROLL = "us/federal/payroll_tax/employer_share"
CORPORATE = "us/federal/corporate_income_tax/rate"


def law_of(book: Book, year: int, *, is_small_business: bool = False) -> Law:
    """Read the year's rates and limits; raises BadInput for a year that a rule does not cover."""
    day = date(year, 1, 1)
    employer = "eligible_small_business" if is_small_business else "anyone_else"
    credit = book.value(CREDIT, day, employer=employer)
    most = book.value(CREDIT_MOST, day, employer=employer)
    exclusion = book.value(EXCLUSION, day, filing="anyone_else")
    payroll = book.value(PAYROLL, day)
    return Law(
        year=year,
        credit_rate=_percent(credit, "percent_of_care"),
        referral_rate=_percent(credit, "percent_of_referral"),
        credit_most=float(most.whole()),
        exclusion=float(exclusion.whole()),
        payroll_rate=_percent(payroll, "percent"),
        rulings=(
            _ruled("credit", credit, _percent(credit, "percent_of_care")),
            _ruled("credit_most", most, float(most.whole())),
            _ruled("exclusion", exclusion, float(exclusion.whole())),
            _ruled("payroll", payroll, _percent(payroll, "percent")),
        ),
    )


def corporate_rate(book: Book, year: int) -> float:
    """The federal tax on a large corporation's last dollar in a year."""
    return _percent(book.value(CORPORATE, date(year, 1, 1)), "percent")


def _percent(ruling: Ruling, key: str) -> float:
    table = ruling.value
    if not isinstance(table, Mapping):
        raise BadRule(f"{ruling.path} holds no table of figures from {ruling.since}. Correct the rule file.")
    return float(str(table[key])) / 100


def _ruled(what: str, ruling: Ruling, value: float) -> Ruled:
    return Ruled(what, value, ruling.cite, ruling.source, ruling.since.isoformat(), str(ruling.confidence))
