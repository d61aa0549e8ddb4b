"""How long a failed send waits: longer each time, and never longer than ten minutes."""

from datetime import UTC, datetime

from daybreak.due.actions import next_try

SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def test_each_try_waits_twice_as_long_as_the_one_before_up_to_ten_minutes() -> None:
    waits = [(next_try(SIX, attempts) - SIX).total_seconds() for attempts in range(0, 12)]
    assert waits == [5, 5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]


def test_a_very_patient_sender_does_not_overflow() -> None:
    assert (next_try(SIX, 5000) - SIX).total_seconds() == 600
