"""Published examples of how backup days are taxed, to the dollar; docs/explain/taxes.md shows these and no others."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from daybreak.kernel.money import Money
from daybreak.plan.tax.credit import credit_of
from daybreak.plan.tax.exclusion import limit_of, tax_year, would_cross
from daybreak.plan.tax.fairness import Given, judge
from daybreak.plan.tax.law import credit_terms, fairness_law, income_of_a_spouse, law_of
from daybreak.plan.tax.terms import Filing, Help, HelpKind, Recipient, Tag, Taxpayer, TaxYear
from daybreak.rulebook.queries import packaged

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explain" / "taxes.md"


@dataclass(frozen=True)
class Case:
    """Equal days of care in a year, beside an FSA."""

    name: str
    days: int
    fair_value: int
    copay: int
    fsa: int
    year: int
    box10: int
    imputed: int

    def worked(self) -> TaxYear:
        return year_of(self.year, [care(self.year, self.fair_value, self.copay)] * self.days, fsa=self.fsa)

    def row(self) -> str:
        amounts = (self.days * self.fair_value, self.days * self.copay, self.fsa)
        said = [str(Money.dollars(amount)) for amount in amounts]
        answer = [str(Money.dollars(amount)) for amount in (self.box10, self.imputed)]
        return "| " + " | ".join([self.name, *said, str(self.year), *answer]) + " |"


def care(year: int, fair_value: int, copay: int = 0, **other: object) -> Help:
    facts = {"kind": HelpKind.CHILD_CARE, "recipient": Recipient.CHILD, "licensed": True}
    values = {"fair_value": Money.dollars(fair_value), "copay": Money.dollars(copay)}
    return Help(day=date(year, 3, 2), **{**facts, **values, **other})  # type: ignore[arg-type]


def year_of(year: int, given: list[Help], *, fsa: int = 0, most: int | None = None, **known: object) -> TaxYear:
    filing = known.pop("filing", Filing.ANYONE_ELSE)
    assert isinstance(filing, Filing)
    taxpayer = Taxpayer(filing=filing, fsa=Money.dollars(fsa), **known)  # type: ignore[arg-type]
    plan_most = None if most is None else Money.dollars(most)
    return tax_year(taxpayer, given, law_of(packaged(), year, filing), plan_most=plan_most)


CASES = (
    Case("JPMorgan's first example: 20 days at a center", 20, 60, 10, 0, 2025, 1000, 0),
    Case("JPMorgan's second: 20 days at home", 20, 50, 15, 0, 2025, 700, 0),
    Case("JPMorgan's third: 6,000 in all at a limit of 5,000", 1, 6000, 0, 0, 2025, 6000, 1000),
    Case("a full FSA and the first example, 2025", 20, 60, 10, 5000, 2025, 6000, 1000),
    Case("the same in 2026, when the limit is 7,500", 20, 60, 10, 5000, 2026, 6000, 0),
    Case("a full FSA of 2026 and the first example", 20, 60, 10, 7500, 2026, 8500, 1000),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_example_comes_out_to_the_dollar(case: Case) -> None:
    year = case.worked()
    assert (year.box10, year.imputed) == (Money.dollars(case.box10), Money.dollars(case.imputed))
    assert year.boxes_1_3_5_added == year.imputed
    assert year.excluded + year.imputed == year.total


def test_the_page_shows_these_cases_and_no_others() -> None:
    table = PAGE.read_text().split("## Worked examples")[1].split("\n## ")[0]
    assert [line for line in table.splitlines() if line.startswith("| ") and "$" in line] == [
        one.row() for one in CASES
    ]


def test_highly_paid_staff_of_that_bank_have_the_plans_limit() -> None:
    year = year_of(2025, [care(2025, 60, 10)] * 20, fsa=2000, most=2500, highly_paid=True)
    assert (year.limit.most, year.limit.because, year.imputed) == (Money.dollars(2500), "plan", Money.dollars(500))
    assert year_of(2025, [care(2025, 60, 10)] * 20, fsa=2000, most=2500).imputed == Money(0)


@pytest.mark.parametrize(
    ("year", "filing", "most"),
    [
        (2025, Filing.ANYONE_ELSE, 5000),
        (2025, Filing.SEPARATELY, 2500),
        (2026, Filing.ANYONE_ELSE, 7500),
        (2026, Filing.SEPARATELY, 3750),
    ],
)
def test_a_dollar_either_side_of_the_limit(year: int, filing: Filing, most: int) -> None:
    assert [year_of(year, [care(year, value)], filing=filing).imputed for value in (most - 1, most, most + 1)] == [
        Money(0),
        Money(0),
        Money.dollars(1),
    ]


def test_no_more_stays_out_of_pay_than_employee_and_spouse_earned() -> None:
    given = [care(2026, 5000)]
    assert year_of(2026, given, earned_income=Money.dollars(3000)).imputed == Money.dollars(2000)
    year = year_of(2026, given, earned_income=Money.dollars(50_000), spouse_income=Money.dollars(1000))
    assert (year.excluded, year.limit.because) == (Money.dollars(1000), "spouse-income")
    studying = income_of_a_spouse(packaged(), 2026, months=9, children=1)
    assert studying == Money.dollars(2250)
    assert year_of(2026, given, spouse_income=studying).excluded == Money.dollars(2250)


def test_help_that_is_no_dependent_care_is_pay_and_not_in_box_10() -> None:
    for kind in (HelpKind.ADULT_CARE, HelpKind.PET_CARE, HelpKind.TUTORING, HelpKind.OVERNIGHT_CAMP):
        year = year_of(2026, [care(2026, 400, 50, kind=kind)])
        assert (year.box10, year.imputed) == (Money(0), Money.dollars(350)), kind
        assert year.tags == (Tag.NOT_CREDITABLE,)
    assert year_of(2026, [care(2026, 90, recipient=Recipient.ADULT)]).box10 == Money(0)
    assert year_of(2026, [care(2026, 40, kind=HelpKind.REFERRAL)]).imputed == Money(0)


def test_the_booking_that_crosses_the_limit_is_warned_of_and_those_after_it_are_over() -> None:
    days = [care(2026, 100)] * 3
    year = year_of(2026, days, fsa=7350)
    assert [(one.code, one.over) for one in year.warnings] == [
        ("crosses-limit", Money.dollars(50)),
        ("over-limit", Money.dollars(100)),
    ]
    law = law_of(packaged(), 2026, Filing.ANYONE_ELSE)
    limit = limit_of(Taxpayer(), law)
    assert would_cross(limit, Money.dollars(7400), Money.dollars(100)) == Money(0)
    assert would_cross(limit, Money.dollars(7400), Money.dollars(101)) == Money.dollars(1)


@pytest.mark.parametrize(
    ("year", "small", "edge"), [(2025, False, 600_000), (2026, False, 1_250_000), (2026, True, 1_200_000)]
)
def test_the_credit_is_reached_at_its_edge_and_a_dollar_more_adds_nothing(year: int, small: bool, edge: int) -> None:
    terms = credit_terms(packaged(), year, small_business=small)
    below, at, above = (credit_of(terms, care=Money.dollars(spent)) for spent in (edge - 1, edge, edge + 1))
    assert at == above == terms.most
    assert at - below == Money(terms.percent_of_care)
    said = ("eligible small business" if small else "any other", terms.percent_of_care, terms.most, Money.dollars(edge))
    assert f"| {year} | " + " | ".join(map(str, said)) + " |" in PAGE.read_text()


def test_published_edges_of_the_credit_to_the_cent() -> None:
    of_2026 = credit_terms(packaged(), 2026, small_business=False)
    spent = (1_249_999, 1_250_000, 2_000_000)
    assert [str(credit_of(of_2026, care=Money.dollars(one))) for one in spent] == [
        "$499,999.60",
        "$500,000.00",
        "$500,000.00",
    ]
    # Referral has its own percentage, inside the same limit.
    assert credit_of(of_2026, care=Money(0), referral=Money.dollars(1000)) == Money.dollars(100)
    assert credit_of(of_2026, care=Money.dollars(1_250_000), referral=Money.dollars(1000)) == of_2026.most


@pytest.mark.parametrize(
    ("given", "of_2025", "of_2026"),
    [
        (care(2026, 90), Tag.LICENSED_FACILITY, Tag.LICENSED_FACILITY),
        (care(2026, 90, recipient=Recipient.INTERMEDIARY), Tag.NOT_CREDITABLE, Tag.INTERMEDIARY),
        (care(2026, 90, kind=HelpKind.REFERRAL), Tag.REFERRAL, Tag.REFERRAL),
        (care(2026, 90, licensed=False), Tag.NOT_CREDITABLE, Tag.NOT_CREDITABLE),
        (care(2026, 90, kind=HelpKind.OWN_CAREGIVER), Tag.NOT_CREDITABLE, Tag.NOT_CREDITABLE),
        (care(2026, 90, recipient=Recipient.EMPLOYEE), Tag.NOT_CREDITABLE, Tag.NOT_CREDITABLE),
    ],
)
def test_each_payment_is_tagged_for_the_credit(given: Help, of_2025: Tag, of_2026: Tag) -> None:
    assert (year_of(2025, [given]).tags, year_of(2026, [given]).tags) == ((of_2025,), (of_2026,))


def test_exactly_55_percent_passes_and_a_cent_less_does_not() -> None:
    law = fairness_law(packaged(), date(2026, 6, 1))
    high = [Given(Money.dollars(2000), highly_paid=True)]
    assert judge([*high, Given(Money.dollars(1100))], law).passes
    assert not judge([*high, Given(Money.dollars(1100) - Money(1))], law).passes_average
    # Averages are over all employees: one who used nothing counts as much as one who did.
    assert not judge([*high, Given(Money.dollars(1100)), Given(Money(0))], law).passes_average


def test_a_quarter_may_go_to_owners_and_no_more() -> None:
    law = fairness_law(packaged(), date(2026, 6, 1))
    assert judge([Given(Money(25), owner=True), Given(Money(75))], law).passes_owners
    assert not judge([Given(Money(26), owner=True), Given(Money(74))], law).passes_owners


def test_who_is_eligible_is_shown_as_a_share_and_not_judged() -> None:
    law = fairness_law(packaged(), date(2026, 6, 1))
    staff = [Given(Money(0), highly_paid=True), Given(Money(0)), Given(Money(0), eligible=False)]
    assert judge(staff, law).eligible_share == 0.5
    assert judge(staff, law).passes
    assert judge([], law).average_share is None
