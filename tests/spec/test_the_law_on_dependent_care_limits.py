"""How much dependent care help stays out of a parent's pay, year by year (26 USC 129).

These are the cases a payroll clerk can check against the law.
"""

from datetime import date

import pytest

from daybreak.kernel.errors import BadInput
from daybreak.rulebook.queries import packaged

LIMIT = "us/federal/dependent_care_assistance/exclusion_limit"


def limit(day: date, filing: str) -> int:
    return packaged().value(LIMIT, day, filing=filing).whole()


@pytest.mark.parametrize("year", [1987, 1999, 2010, 2020, 2022, 2025])
def test_in_ordinary_years_it_is_5000_dollars_and_half_of_it_for_a_separate_return(year: int) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert limit(day, "anyone_else") == 5000
        assert limit(day, "married_filing_separately") == 2500


def test_in_2021_alone_it_was_10500_dollars() -> None:
    assert [limit(date(year, 7, 1), "anyone_else") for year in (2020, 2021, 2022)] == [5000, 10500, 5000]
    assert [limit(date(year, 7, 1), "married_filing_separately") for year in (2020, 2021, 2022)] == [2500, 5250, 2500]


def test_from_2026_it_is_7500_dollars() -> None:
    assert limit(date(2025, 12, 31), "anyone_else") == 5000
    assert limit(date(2026, 1, 1), "anyone_else") == 7500
    assert limit(date(2026, 1, 1), "married_filing_separately") == 3750


def test_a_separate_return_always_has_half() -> None:
    for value in packaged().rule(LIMIT).values:
        day = value.since
        assert 2 * limit(day, "married_filing_separately") == limit(day, "anyone_else")


def test_before_1987_there_was_no_dollar_limit_and_none_is_made_up() -> None:
    with pytest.raises(BadInput, match="first value starts on 1987-01-01"):
        limit(date(1986, 12, 31), "anyone_else")


def test_every_answer_names_the_paragraph_it_comes_from() -> None:
    years = {
        2020: "Pub. L. 99-514 sec. 1163",
        2021: "129(a)(2)(D)",
        2022: "129(a)(2)(A)",
        2026: "Pub. L. 119-21 sec. 70404",
    }
    for year, paragraph in years.items():
        assert paragraph in packaged().value(LIMIT, date(year, 7, 1), filing="anyone_else").cite
