"""Published business cases worked out again, to the printed digit; where one does not come out, that is shown as such.

These are sums that anybody can check with a pencil. What was read where stands in the library's claims.toml.
"""

from datetime import date

import pytest

from daybreak.business_case.accounts import credit_of, imputed_of
from daybreak.business_case.arithmetic import agrees, recovered_by_law, worked_out
from daybreak.business_case.law import CREDIT
from daybreak.business_case.library import Check
from daybreak.business_case.queries import law, library, recovered
from daybreak.kernel.errors import BadInput
from daybreak.rulebook.queries import packaged


def sums(claim: str) -> list[Check]:
    return list(library().claims[claim].checks)


def in_percent(share: float) -> float:
    return round(100 * share, 2)


def test_patagonia_printed_91_percent_by_counting_a_deduction_as_a_return() -> None:
    published, *_ = recovered()
    assert in_percent(published.through_tax) == 50.00
    assert in_percent(published.in_all) == 91.00


def test_by_the_law_of_2016_the_credit_cuts_the_deduction_and_85_75_percent_are_left() -> None:
    of_2016 = recovered()[1]
    assert of_2016.way == "law-of-2016"
    # 25 percent of 1,000,000 is limited to 150,000; 35 percent of the 850,000 left is 297,500.
    assert in_percent(of_2016.through_tax) == 44.75
    assert in_percent(of_2016.in_all) == 85.75


def test_by_the_law_of_2026_it_is_93_6_percent() -> None:
    of_2026 = recovered()[2]
    assert in_percent(of_2026.through_tax) == 52.60  # 400,000 of credit and 21 percent of 600,000
    assert in_percent(of_2026.in_all) == 93.60


def test_the_credit_alone_is_15_percent_and_leaves_56() -> None:
    alone = recovered()[3]
    assert (in_percent(alone.through_tax), in_percent(alone.in_all)) == (15.00, 56.00)


def test_another_year_of_the_law_gives_another_figure() -> None:
    figures = library().claims["patagonia"].figures
    of_2025 = recovered_by_law(figures, law(2025), 0.21)
    assert in_percent(of_2025.through_tax) == 32.85  # 150,000 and 21 percent of 850,000


def test_readynation_2018_comes_to_56_43_billion_where_57_was_printed() -> None:
    parents, employers, taxpayers, together = sums("readynation-2018")
    assert [round(worked_out(check), 2) for check in (parents, employers, taxpayers)] == [36.85, 12.65, 6.93]
    assert [check.published for check in (parents, employers, taxpayers)] == [37, 13, 7]
    assert all(agrees(check) for check in (parents, employers, taxpayers))
    assert round(worked_out(together), 2) == 56.43
    assert together.published == 57
    assert not agrees(together)


def test_readynation_2023_comes_to_what_was_printed() -> None:
    together, *each = sums("readynation-2023")
    assert worked_out(together) == 122
    assert [round(worked_out(check)) for check in each] == [5532, 1631, 1489]
    assert all(agrees(check) for check in (together, *each))


def test_the_sums_of_states_come_to_what_was_printed() -> None:
    idaho, arizona, mean = sums("untapped-potential")
    assert round(worked_out(idaho), 1) == 479.4
    assert round(worked_out(arizona), 3) == 1.768
    assert round(worked_out(mean), 3) == 2.708
    assert all(agrees(check) for check in (idaho, arizona, mean))
    (missouri,) = sums("missouri-extension")
    assert worked_out(missouri) == 1_145_172_781


def test_a_low_paid_leaver_costs_3328_dollars() -> None:
    (check,) = sums("boushey-low-pay")
    assert worked_out(check) == 3328
    assert 0.16 * (80 * 260) == 3328


def test_a_return_and_dollars_back_for_each_dollar_are_the_same_thing() -> None:
    assert [round(worked_out(check), 2) for check in sums("bcg-moms-first")] == [1.90, 5.25]


def test_ups_retention_is_27_points_39_percent_and_exits_of_31_to_4() -> None:
    workers, relative, left_before, left_after = sums("ups-lathrop")
    assert worked_out(workers) == 40
    assert round(0.96 - 0.69, 2) == 0.27
    assert in_percent(worked_out(relative)) == 39.13
    assert [in_percent(worked_out(check)) for check in (left_before, left_after)] == [31.0, 4.0]


def test_exactly_one_published_sum_does_not_come_out() -> None:
    wrong = [
        (name, check.published)
        for name, claim in library().claims.items()
        for check in claim.checks
        if not agrees(check)
    ]
    assert wrong == [("readynation-2018", 57)]


@pytest.mark.parametrize(
    ("spent", "credit"), [(1_249_999, 499_999.60), (1_250_000, 500_000.00), (2_000_000, 500_000.00)]
)
def test_a_large_employer_reaches_the_most_of_2026_at_1_25_million(spent: float, credit: float) -> None:
    assert round(float(credit_of(law(2026), spent, 0)), 2) == credit


def test_a_small_business_has_half_of_its_spending_back_up_to_600000() -> None:
    small = law(2026, is_small_business=True)
    assert [float(credit_of(small, spent, 0)) for spent in (1_000_000, 1_200_000, 1_500_000)] == [5e5, 6e5, 6e5]


def test_help_to_find_care_earns_10_percent_inside_the_same_limit() -> None:
    assert float(credit_of(law(2026), 0, 100_000)) == 10_000
    assert float(credit_of(law(2026), 1_250_000, 100_000)) == 500_000


def test_in_2025_it_was_a_quarter_and_at_most_150000() -> None:
    assert [float(credit_of(law(2025), spent, 0)) for spent in (400_000, 600_000, 900_000)] == [1e5, 1.5e5, 1.5e5]
    assert law(2025, is_small_business=True).credit_rate == law(2025).credit_rate == 0.25


def test_before_2002_there_was_no_credit_and_none_is_made_up() -> None:
    with pytest.raises(BadInput, match="first value starts on 2002-01-01"):
        packaged().value(CREDIT, date(2001, 12, 31), employer="anyone_else")


def test_jpmorgans_own_examples_of_the_value_of_backup_days() -> None:
    # Days times fair value, less days times copay.
    assert 20 * 60 - 20 * 10 == 1_000
    assert 20 * 50 - 20 * 15 == 700
    assert imputed_of(law(2025), 6_000, 0) == 1_000


def test_a_full_savings_account_and_20_days_are_pay_in_2025_and_not_in_2026() -> None:
    assert imputed_of(law(2025), 1_000, 5_000) == 1_000
    assert imputed_of(law(2026), 1_000, 5_000) == 0
    assert imputed_of(law(2026), 1_000, 7_500) == 1_000


def test_a_plan_may_set_a_lower_limit_than_the_law_and_never_a_higher_one() -> None:
    assert imputed_of(law(2026), 1_000, 2_000, limit=2_500) == 500
    assert imputed_of(law(2026), 1_000, 7_500, limit=99_999) == 1_000
