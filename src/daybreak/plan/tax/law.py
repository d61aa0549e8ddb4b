"""What did the tax law say in a year? From the rulebook, with its citations; never from a literal.

Asked for January 1: taxable years that begin on another day are not modeled.
"""

from collections.abc import Mapping
from datetime import date

from daybreak.kernel.errors import BadRule
from daybreak.kernel.money import Money
from daybreak.plan.tax.credit import CreditTerms
from daybreak.plan.tax.fairness import FairnessLaw
from daybreak.plan.tax.terms import Filing, HelpKind, Law, Tag
from daybreak.rulebook.book import Book
from daybreak.rulebook.terms import Ruling

CARE = "us/federal/dependent_care_assistance"
CREDIT = "us/federal/employer_child_care_credit"
COUNTED_AS = {
    Tag.LICENSED_FACILITY: "licensed_facility",
    Tag.INTERMEDIARY: "intermediary",
    Tag.REFERRAL: "referral",
}


def law_of(book: Book, year: int, filing: Filing) -> Law:
    """The limit for a filing, which help is dependent care, which payments count for the credit.

    Before the credit began nothing counts for it. Raises BadInput for a year that another rule does not cover.
    """
    day = date(year, 1, 1)
    limit = book.value(f"{CARE}/exclusion_limit", day, filing=filing)
    asked = [limit, kinds := book.value(f"{CARE}/kinds_of_help", day)]
    counts: dict[Tag, bool] = {}
    if day >= book.rule(f"{CREDIT}/what_counts").values[0].since:
        asked.append(ruling := book.value(f"{CREDIT}/what_counts", day))
        counts = {tag: _yes(ruling, name) for tag, name in COUNTED_AS.items()}
    return Law(
        year=year,
        limit=Money.dollars(limit.whole()),
        is_dependent_care={kind: _yes(kinds, kind.value) for kind in HelpKind},
        counts_for_credit=counts,
        cites=tuple(one.cite for one in asked),
        cautions=tuple(one.caution for one in asked if one.caution),
    )


def credit_terms(book: Book, year: int, *, small_business: bool) -> CreditTerms:
    """The percentages and the limit of the credit; raises BadInput for a year that a rule does not cover."""
    day, employer = date(year, 1, 1), "eligible_small_business" if small_business else "anyone_else"
    percent, most = (book.value(f"{CREDIT}/{name}", day, employer=employer) for name in ("percent", "limit"))
    return CreditTerms(
        percent_of_care=percent.whole("percent_of_care"),
        percent_of_referral=percent.whole("percent_of_referral"),
        most=Money.dollars(most.whole()),
    )


def income_of_a_spouse(book: Book, year: int, *, months: int, children: int) -> Money:
    """What a spouse who studies or cannot care for themselves counts as earning in so many months."""
    cared_for = "one" if children == 1 else "two_or_more"
    ruling = book.value(f"{CARE}/income_of_a_spouse", date(year, 1, 1), cared_for=cared_for)
    return Money.dollars(ruling.whole()) * months


def fairness_law(book: Book, day: date) -> FairnessLaw:
    """The figures of the tests that keep the benefit from favoring the highly paid."""
    ruling = book.value(f"{CARE}/fairness_tests", day)
    return FairnessLaw(
        least_average_percent=ruling.whole("least_average_percent"),
        most_to_owners_percent=ruling.whole("most_to_owners_percent"),
        cite=ruling.cite,
    )


def _yes(ruling: Ruling, key: str) -> bool:
    found = ruling.value.get(key) if isinstance(ruling.value, Mapping) else None
    if not isinstance(found, bool):
        raise BadRule(
            f"{ruling.path}: '{key}' is neither yes nor no. The code that asks needs one. Correct the rule file."
        )
    return found
