"""The taxes of an input file, and where an employee stands, by the rules that come with the product."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from daybreak.kernel.money import Money
from daybreak.plan.models import TaxFact
from daybreak.plan.tax.credit import credit_of
from daybreak.plan.tax.events_file import Asked
from daybreak.plan.tax.exclusion import limit_of, sum_of, tax_year, would_cross
from daybreak.plan.tax.law import credit_terms, income_of_a_spouse, law_of
from daybreak.plan.tax.terms import NOTHING, Filing, Law, Limit, Tag, Taxpayer, TaxYear
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


@dataclass(frozen=True)
class SoFar:
    """Where an employee stands in a calendar year: what was given, FSA included, and the limit it is held against."""

    year: int
    fsa: Money
    tallied: Money
    limit: Limit
    law: Law
    is_known: bool
    """Whether the employer has said anything for the taxes of this employee; otherwise filing and FSA are assumed."""

    @property
    def total(self) -> Money:
        """What goes into box 10 as things stand."""
        return self.fsa + self.tallied

    @property
    def imputed(self) -> Money:
        """What is over the limit as things stand."""
        return max(self.total - self.limit.most, NOTHING)

    def over(self, more: Money) -> Money:
        """How much of one more booking would be over the limit."""
        return would_cross(self.limit, self.total, more)


def so_far(employee_id: UUID, year: int, tallied: Money, *, plan_most: Money | None) -> SoFar:
    """Where an employee stands; raises BadInput for a year that a rule does not cover."""
    row = TaxFact.objects.filter(employee=employee_id, year=year).order_by("-id").first()
    taxpayer = _taxpayer(row) if row else Taxpayer()
    law = law_of(packaged(), year, taxpayer.filing)
    limit = limit_of(taxpayer, law, plan_most)
    return SoFar(year, taxpayer.fsa, tallied, limit, law, row is not None)


def taxpayers_of(employer_id: UUID, year: int) -> dict[UUID, tuple[Taxpayer, bool]]:
    """What an employer has said of its employees for a year, by employee: the taxpayer, and whether an owner."""
    rows = TaxFact.objects.filter(employee__employer=employer_id, year=year).order_by("id")
    return {row.employee_id: (_taxpayer(row), row.owner) for row in rows.iterator()}


def _taxpayer(row: TaxFact) -> Taxpayer:
    return Taxpayer(
        filing=Filing(row.filing),
        earned_income=None if row.earned_income is None else Money(row.earned_income),
        spouse_income=None if row.spouse_income is None else Money(row.spouse_income),
        highly_paid=row.highly_paid,
        fsa=Money(row.fsa),
    )
