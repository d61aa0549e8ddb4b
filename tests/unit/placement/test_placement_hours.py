"""Is a site open for all of it?"""

import pytest

from daybreak.placement.hours import covers, span_of


def clock(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


@pytest.mark.parametrize(
    ("opens", "closes", "since", "until", "open_for_it"),
    [
        (clock(6), clock(18), clock(6), clock(18), True),
        (clock(6), clock(18), clock(5, 59), clock(18), False),
        (clock(6), clock(18), clock(6), clock(18, 1), False),
        # The night shift of 22:00 to 06:00 with a quarter of an hour on both sides.
        (clock(18), clock(8), clock(21, 45), clock(30, 15), True),
        (clock(18), clock(6), clock(21, 45), clock(30, 15), False),
        (clock(22), clock(8), clock(21, 45), clock(30, 15), False),
        (clock(6), clock(18), clock(21, 45), clock(30, 15), False),
        # A shift that starts after midnight lies in the opening of the evening before.
        (clock(18), clock(8), clock(0, 30), clock(7), True),
        (clock(18), clock(8), -15, clock(7), True),
        (clock(0), clock(12), -15, clock(7), False),
        # Equal hours are always open, for any length.
        (clock(0), clock(0), clock(21, 45), clock(30, 15), True),
        (clock(7), clock(7), -100, clock(30), True),
        # The other kind of midnight: open until 00:00 is open until the day's end, not for no time at all.
        (clock(6), clock(0), clock(6), clock(24), True),
        (clock(6), clock(0), clock(6), clock(24, 1), False),
        # A span that starts on the next day is moved back.
        (clock(6), clock(18), clock(24 + 7), clock(24 + 9), True),
    ],
)
def test_an_opening_holds_the_span_or_does_not(
    opens: int, closes: int, since: float, until: float, open_for_it: bool
) -> None:
    assert covers(opens, closes, since, until) is open_for_it


def test_a_millionth_of_a_minute_is_allowed_and_not_more() -> None:
    assert covers(clock(6), clock(18), clock(6) - 0.0000009, clock(18) + 0.0000009)
    assert not covers(clock(6), clock(18), clock(6) - 0.000002, clock(18))
    assert not covers(clock(6), clock(18), clock(6), clock(18) + 0.000002)


def test_an_end_at_or_before_its_start_is_on_the_next_day() -> None:
    assert span_of(clock(7), clock(15)) == (clock(7), clock(15))
    assert span_of(clock(22), clock(6)) == (clock(22), clock(30))
    assert span_of(clock(7), clock(7)) == (clock(7), clock(31))
