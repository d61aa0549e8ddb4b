"""Days of the week as one small number."""

from datetime import date, timedelta

from daybreak.network.weekdays import EVERY_DAY, closed_around, days_of, mask_of, opens_on

WORKING = mask_of(range(5))
FRIDAY = date(2026, 3, 6)


def test_every_set_of_days_comes_back_as_it_was():
    for mask in range(EVERY_DAY + 1):
        assert mask_of(days_of(mask)) == mask


def test_a_site_of_working_days_is_closed_on_the_weekend():
    assert [opens_on(WORKING, FRIDAY + timedelta(days=ahead)) for ahead in range(4)] == [True, False, False, True]
    assert closed_around(WORKING, FRIDAY) == {1, 2}
    assert closed_around(WORKING, FRIDAY + timedelta(days=1)) == {0, 1}
    assert closed_around(EVERY_DAY, FRIDAY) == set()
