"""A shift has the length the clock on the wall says, also on the two nights the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.spans import Span, clock_of, local_span, minute_of, moment, parse_clock

NEW_YORK = ZoneInfo("America/New_York")
ORDINARY = date(2026, 3, 2)
FORWARD = date(2026, 3, 8)  # 2:00 becomes 3:00
BACK = date(2026, 11, 1)  # 2:00 becomes 1:00 again
ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("America/New_York", "America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "UTC")
    ]
)
DAYS = st.one_of(st.sampled_from([FORWARD, BACK]), st.dates(date(2020, 1, 1), date(2030, 12, 31)))
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def hours(span: Span) -> float:
    return (span.end_at - span.start_at) / timedelta(hours=1)


def test_a_span_needs_moments_with_a_time_zone() -> None:
    with pytest.raises(ValueError, match="A span needs moments with a time zone"):
        Span(utc(2, 8).replace(tzinfo=None), utc(2, 9))
    with pytest.raises(ValueError, match="A span needs moments with a time zone"):
        Span(utc(2, 8), utc(2, 9).replace(tzinfo=None))


@pytest.mark.parametrize("end_at", [utc(2, 8), utc(2, 7)], ids=["empty", "backward"])
def test_a_span_ends_after_it_starts(end_at: datetime) -> None:
    with pytest.raises(ValueError, match="A span ends after it starts"):
        Span(utc(2, 8), end_at)


@pytest.mark.parametrize(
    ("other", "overlap"),
    [
        (Span(utc(2, 6), utc(2, 8)), False),
        (Span(utc(2, 6), utc(2, 8, 1)), True),
        (Span(utc(2, 9), utc(2, 10)), True),
        (Span(utc(2, 11, 59), utc(2, 13)), True),
        (Span(utc(2, 12), utc(2, 13)), False),
        (Span(utc(1, 0), utc(3, 0)), True),
    ],
    ids=["ends as it starts", "one minute before", "inside", "one minute after", "starts as it ends", "around"],
)
def test_spans_overlap_when_they_share_a_moment(other: Span, overlap: bool) -> None:
    morning = Span(utc(2, 8), utc(2, 12))
    assert morning.overlaps(other) is overlap
    assert other.overlaps(morning) is overlap


def test_rosas_shift_at_seven_is_noon_in_utc_in_winter_and_eleven_in_summer() -> None:
    assert moment(ORDINARY, time(7, 0), NEW_YORK) == utc(2, 12)
    assert moment(date(2026, 3, 9), time(7, 0), NEW_YORK) == utc(9, 11)


def test_a_night_shift_ends_on_the_next_day() -> None:
    assert local_span(ORDINARY, time(19, 0), time(7, 0), NEW_YORK) == Span(utc(3, 0), utc(3, 12))


def test_equal_start_and_end_are_a_whole_day() -> None:
    assert hours(local_span(ORDINARY, time(7, 0), time(7, 0), NEW_YORK)) == 24


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    assert hours(local_span(FORWARD - timedelta(days=1), time(23, 0), time(7, 0), NEW_YORK)) == 7
    assert hours(local_span(FORWARD - timedelta(days=1), time(7, 0), time(7, 0), NEW_YORK)) == 23


def test_the_night_the_clocks_go_back_is_an_hour_longer() -> None:
    assert hours(local_span(BACK - timedelta(days=1), time(23, 0), time(7, 0), NEW_YORK)) == 9
    assert hours(local_span(BACK, time(0, 0), time(0, 0), NEW_YORK)) == 25


@pytest.mark.parametrize("clock", [time(2, 0), time(2, 1), time(2, 30), time(2, 59)])
def test_a_time_the_clocks_jump_over_is_the_moment_of_the_jump(clock: time) -> None:
    assert moment(FORWARD, clock, NEW_YORK) == utc(8, 7)
    assert moment(FORWARD, time(3, 0), NEW_YORK) == utc(8, 7)


def test_a_shift_that_starts_in_the_missing_hour_still_ends_after_it_starts() -> None:
    assert local_span(FORWARD, time(2, 30), time(3, 15), NEW_YORK) == Span(utc(8, 7), utc(8, 7, 15))


def test_a_span_that_lies_in_the_missing_hour_alone_is_refused() -> None:
    with pytest.raises(ValueError, match="A span ends after it starts"):
        local_span(FORWARD, time(2, 15), time(2, 45), NEW_YORK)


def test_a_time_that_comes_twice_means_the_first() -> None:
    assert moment(BACK, time(1, 30), NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert moment(BACK, time(2, 0), NEW_YORK) == datetime(2026, 11, 1, 7, 0, tzinfo=UTC)


@given(DAYS, CLOCKS, CLOCKS, ZONES)
def test_a_later_clock_time_is_never_an_earlier_moment(day: date, one: time, other: time, zone: ZoneInfo) -> None:
    early, late = sorted((one, other))
    assert moment(day, early, zone) <= moment(day, late, zone) < moment(day + timedelta(days=1), time(3, 0), zone)


@given(DAYS, CLOCKS, ZONES)
def test_a_time_that_exists_reads_back_on_the_same_clock(day: date, clock: time, zone: ZoneInfo) -> None:
    back = moment(day, clock, zone).astimezone(zone)
    # In the missing hour the clock shows the first time after the jump.
    jumped = day.weekday() == 6 and clock.hour == 2 and back.hour == 3
    assert (back.date(), back.time()) == (day, time(3, 0) if jumped else clock)


@given(st.integers(0, 3 * 24 * 60))
def test_minutes_and_clock_times_turn_into_each_other(minute: int) -> None:
    assert minute_of(clock_of(minute)) == minute % (24 * 60)


@pytest.mark.parametrize(
    ("text", "clock"), [("00:00", time(0)), ("05:40", time(5, 40)), (" 23:59 ", time(23, 59)), ("19:05", time(19, 5))]
)
def test_a_clock_time_is_read(text: str, clock: time) -> None:
    assert parse_clock(text) == clock


@pytest.mark.parametrize("text", ["", "7:00", "07:0", "0700", "24:00", "12:60", "07:00:00", "7 am", "-1:00", "٠٧:٠٠"])
def test_anything_else_is_not_a_clock_time(text: str) -> None:
    with pytest.raises(ValueError, match="is not a time like 07:30"):
        parse_clock(text)
