"""How a place's hours, days and ages are said."""

import pytest

from daybreak.network.ways.terms import FORMULA, Legs
from daybreak.network.weekdays import EVERY_DAY, mask_of
from daybreak.web.open_days import days_in_words
from daybreak.web.places import ages_in_words
from daybreak.web.way_map import measured_by


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(7), "every day"),
        (range(5), "Monday to Friday"),
        ((0, 5, 6), "Monday, Saturday, Sunday"),
        ((0, 1, 3, 4, 5), "Monday, Tuesday, Thursday to Saturday"),
        ((2,), "Wednesday"),
    ],
)
def test_three_days_in_a_row_are_a_span(days, words):
    assert days_in_words(mask_of(days)) == words
    assert mask_of(range(7)) == EVERY_DAY


@pytest.mark.parametrize(
    ("from_months", "until_months", "words"),
    [
        (0, 18, "up to 18 months"),
        (18, 36, "18 months up to 3 years"),
        (60, 156, "5 years up to 13 years"),
        # A child of two and a half is two; the ages of a room are said to the month where the year would mislead.
        (30, 72, "30 months up to 6 years"),
        (12, 35, "12 months up to 35 months"),
    ],
)
def test_ages_are_said_half_open(from_months, until_months, words):
    assert ages_in_words(from_months, until_months) == words


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (FORMULA, "These are estimates from the distance, without traffic."),
        ("osrm", "These are driving times by road, measured by OSRM, without traffic."),
        ("valhalla", "These are driving times by road, measured by Valhalla, without traffic."),
    ],
)
def test_whoever_says_the_minutes_is_named(by, words):
    assert measured_by(Legs(1.0, 2.0, 3.0, by)) == words
