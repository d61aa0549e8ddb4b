"""How old is a child on a day? Counted as people count, by days of the month."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.people.terms import ChildProfile

BIRTHS = st.dates(date(2008, 1, 1), date(2026, 12, 31))
AGES = st.integers(0, 366 * 15)


def child(born: date) -> ChildProfile:
    return ChildProfile(UUID(int=1), "Ada", born, "", special_needs=False)


def counted_one_by_one(born: date, day: date) -> int:
    """Walk from birth to the day and count the monthly birthdays; a month without that day has it on its last day."""
    months, year, month = 0, born.year, born.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        first_of_next = date(year + month // 12, month % 12 + 1, 1)
        last = (first_of_next - timedelta(days=1)).day
        if date(year, month, min(born.day, last)) > day:
            return months
        months += 1


@given(born=BIRTHS, days=AGES)
def test_the_count_is_the_one_made_month_by_month(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert child(born).months_on(day) == counted_one_by_one(born, day)


@given(born=BIRTHS, days=AGES)
def test_a_child_is_never_younger_on_the_next_day_and_at_most_a_month_older(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    assert child(born).months_on(day + timedelta(days=1)) - child(born).months_on(day) in (0, 1)


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2024, 2, 29), date(2025, 2, 27), 11),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2024, 2, 29), date(2028, 2, 28), 47),
        (date(2024, 2, 29), date(2028, 2, 29), 48),
        (date(2025, 1, 31), date(2025, 4, 29), 2),
        (date(2025, 1, 31), date(2025, 4, 30), 3),
        (date(2025, 8, 30), date(2026, 2, 28), 6),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
        (date(2025, 1, 2), date(2026, 3, 2), 14),
        (date(2025, 1, 3), date(2026, 3, 2), 13),
    ],
)
def test_leap_days_and_ends_of_months_are_counted_as_families_do(born: date, day: date, months: int) -> None:
    assert child(born).months_on(day) == months
