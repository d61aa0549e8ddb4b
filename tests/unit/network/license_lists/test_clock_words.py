"""Hours and days as a license list writes them."""

from datetime import time

import pytest

from daybreak.network.license_lists.clock_words import hours, weekdays
from daybreak.network.license_lists.terms import Aside
from daybreak.network.weekdays import EVERY_DAY, days_of


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("06:30 AM - 06:00 PM", time(6, 30), time(18)),
        ("6 AM - 6 PM", time(6), time(18)),
        ("7:00 a.m. to 5:30 p.m.", time(7), time(17, 30)),
        ("07:00-17:30", time(7), time(17, 30)),
        ("12:00 PM - 12:00 AM", time(12), time(0)),
        ("06:00 PM – 06:00 AM", time(18), time(6)),
        ("05:00 AM - 01:00 AM", time(5), time(1)),
        ("12:00 AM - 11:59 PM", time(0), time(0)),
        ("06:00 AM - 11:59 PM", time(6), time(0)),
        ("06:00 AM - 05:59 AM", time(6), time(6)),
        ("06:00 AM - 06:00 AM", time(6), time(6)),
    ],
)
def test_hours_are_read(text, opens, closes):
    assert hours(text) == (opens, closes)


@pytest.mark.parametrize(
    "text", ["06:30 AM", "13:00 PM - 02:00 PM", "00:30 AM - 02:00 AM", "by request", "6 - 7 - 8", "24:00-25:00"]
)
def test_hours_that_are_no_two_times_are_set_aside(text):
    with pytest.raises(Aside) as aside:
        hours(text)
    assert (aside.value.code, aside.value.facts) == ("hours-not-readable", {"text": text})


@pytest.mark.parametrize("text", ["", "   "])
def test_no_hours_and_no_days_are_another_reason_than_unreadable_ones(text):
    for read, code in ((hours, "hours-not-stated"), (weekdays, "days-not-stated")):
        with pytest.raises(Aside) as aside:
            read(text)
        assert aside.value.code == code


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mo Tu We Th Fr", (0, 1, 2, 3, 4)),
        ("Su Mo Tu We Th Fr Sa", (0, 1, 2, 3, 4, 5, 6)),
        ("Su Th Fr Sa", (3, 4, 5, 6)),
        ("mon, wed; Friday", (0, 2, 4)),
        ("Fr-Mo", (0, 4, 5, 6)),
        ("Sa", (5,)),
    ],
)
def test_days_are_read(text, days):
    assert days_of(weekdays(text)) == days


def test_seven_days_are_every_day():
    assert weekdays("Mo-Su") == EVERY_DAY


@pytest.mark.parametrize("text", ["Mo Xx", "daily", "Mo-", "-Fr"])
def test_days_that_are_none_are_set_aside(text):
    with pytest.raises(Aside) as aside:
        weekdays(text)
    assert (aside.value.code, aside.value.facts) == ("days-not-readable", {"text": text})
