"""The taxes of an input file, by the rules that come with the product."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from daybreak.kernel.money import Money
from daybreak.plan.tax.credit import credit_of
from daybreak.plan.tax.events_file import Asked
from daybreak.plan.tax.exclusion import sum_of, tax_year
from daybreak.plan.tax.law import credit_terms, income_of_a_spouse, law_of
from daybreak.plan.tax.terms import NOTHING, Law, Tag, TaxYear
from daybreak.rulebook.queries import packaged


@dataclass(frozen=True)
class Answer:
    """What an input file comes to: the year, by which law, and what it is for the employer's credit."""

    year: TaxYear
    law: Law
    spending: Mapping[Tag, Money]
    credit: Money


def taxes_of(asked: Asked) -> Answer:
    """Work out an input file; raises BadInput for a year that a rule does not cover."""
    book, taxpayer = packaged(), asked.taxpayer
    law = law_of(book, asked.year, taxpayer.filing)
    if asked.spouse_months:
        counted = income_of_a_spouse(book, asked.year, months=asked.spouse_months, children=asked.children)
        taxpayer = replace(taxpayer, spouse_income=max(counted, taxpayer.spouse_income or NOTHING))
    year = tax_year(taxpayer, asked.events, law, plan_most=asked.plan_most)
    tagged = list(zip(year.tags, asked.events, strict=True))
    spending = {tag: sum_of(event.value for its, event in tagged if its is tag) for tag in Tag}
    credit = NOTHING
    if law.counts_for_credit:
        terms = credit_terms(book, asked.year, small_business=asked.small_business)
        care = spending[Tag.LICENSED_FACILITY] + spending[Tag.INTERMEDIARY]
        credit = credit_of(terms, care=care, referral=spending[Tag.REFERRAL])
    return Answer(year, law, spending, credit)
