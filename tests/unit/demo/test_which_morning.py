"""Which morning does the demo open? A working day at 5:40, and never one that lies behind."""

import json
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daybreak.demo.cast import PARENTS, PLACES, Child
from daybreak.demo.morning import ENDS_AT, OPENS_AT, ZONE, Morning, morning_of, next_working_day
from daybreak.demo.opening import sessions_open
from daybreak.kernel.errors import BadInput
from daybreak.people.terms import ChildProfile
from daybreak.placement.sessions import Session

TOWN = ZoneInfo(ZONE)


def machine(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=TOWN).astimezone(UTC)


def shown(morning: Morning, at: datetime) -> datetime:
    return morning.at(at).astimezone(TOWN)


@pytest.mark.parametrize(
    ("started", "opens"),
    [
        (machine(2, 10), date(2026, 3, 2)),
        (machine(2, 3), date(2026, 3, 2)),
        (machine(6, 23, 59), date(2026, 3, 6)),
        (machine(7, 10), date(2026, 3, 9)),
        (machine(8, 10), date(2026, 3, 9)),
        (machine(8, 2, 30), date(2026, 3, 9)),
    ],
    ids=["Monday", "Monday night", "late on Friday", "Saturday", "Sunday", "the night the clocks change"],
)
def test_the_first_start_opens_a_working_day_at_twenty_to_six(tmp_path: Path, started: datetime, opens: date) -> None:
    morning = morning_of(tmp_path, started)
    assert morning.day == opens
    assert shown(morning, started) == datetime.combine(opens, OPENS_AT, tzinfo=TOWN)


def test_starting_again_goes_on_where_the_morning_stood(tmp_path: Path) -> None:
    first = morning_of(tmp_path, machine(2, 10))
    again = morning_of(tmp_path, machine(2, 12))
    assert again == first
    assert shown(again, machine(2, 12)).time() == time(7, 40)


def test_every_process_reads_the_same_clock(tmp_path: Path) -> None:
    started = machine(2, 10)
    assert [morning_of(tmp_path, started + timedelta(seconds=wait)) for wait in (1, 2, 3)] == [
        morning_of(tmp_path, started)
    ] * 3


def test_after_that_evening_the_next_working_day_opens(tmp_path: Path) -> None:
    morning_of(tmp_path, machine(5, 10))  # a Thursday
    assert morning_of(tmp_path, machine(6, 1, 19)).day == date(2026, 3, 5)  # 20:59 on the demo's clock
    assert morning_of(tmp_path, machine(6, 1, 20)).day == date(2026, 3, 6)
    assert morning_of(tmp_path, machine(6, 23)).day == date(2026, 3, 9)  # the Friday of the demo is over


def test_a_demo_of_last_month_opens_today_or_the_working_day_after(tmp_path: Path) -> None:
    morning_of(tmp_path, machine(2, 10, month=2))
    morning = morning_of(tmp_path, machine(3, 10))
    assert morning.day in (date(2026, 3, 3), date(2026, 3, 4))


@settings(max_examples=200)
@given(
    start=st.integers(0, 365 * 86400).map(
        lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    waits=st.lists(st.floats(0, 100 * 3600), max_size=12),
)
def test_the_clock_never_runs_backwards_and_every_day_is_a_working_day(start: datetime, waits: list[float]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        at, last = start, None
        for wait in [0.0, *waits]:
            at += timedelta(seconds=wait)
            morning = morning_of(Path(folder), at)
            now = morning.at(at)
            assert morning.day.weekday() < 5
            local = now.astimezone(TOWN)
            assert local.date() == morning.day
            # JSON keeps the seconds ahead as a float, so the very first moment may be short by a millionth.
            assert (local + timedelta(milliseconds=1)).time() >= OPENS_AT
            assert local.time() < ENDS_AT
            assert last is None or now >= last - timedelta(milliseconds=1)
            last = now


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_the_next_working_day_is_this_one_or_the_coming_monday(day: date) -> None:
    found = next_working_day(day)
    assert found.weekday() < 5
    assert found == day if day.weekday() < 5 else 0 < (found - day).days <= 2


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"day": "soon", "ahead": 1}', '{"day": "2026-03-02"}', "null"]
)
def test_a_file_that_the_demo_did_not_write_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / "morning.json").write_text(content)
    with pytest.raises(BadInput) as refused:
        morning_of(tmp_path, machine(2, 10))
    assert str(refused.value).startswith("morning.json: this is not a morning that the demo has written. Nothing was")
    assert (tmp_path / "morning.json").read_text() == content


def test_the_morning_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    morning_of(tmp_path, machine(2, 10))
    assert [file.name for file in tmp_path.iterdir()] == ["morning.json"]
    assert set(json.loads((tmp_path / "morning.json").read_text())) == {"day", "ahead"}


@given(day=st.dates(date(2025, 1, 1), date(2035, 12, 31)), months=st.integers(0, 155))
def test_a_child_of_the_cast_is_as_old_as_stated_on_any_opening_day(day: date, months: int) -> None:
    born = Child("Ada", months).born(day)
    assert ChildProfile(PLACE_ID, "Ada", born, "", special_needs=False).months_on(day) == months


@given(day=st.dates(date(2025, 1, 1), date(2035, 12, 31)))
def test_the_cast_keeps_its_ages_for_ten_days_of_demo(day: date) -> None:
    for child in (child for parent in PARENTS for child in parent.children):
        profile = ChildProfile(PLACE_ID, child.name, child.born(day), "", special_needs=False)
        assert {profile.months_on(day + timedelta(days=later)) for later in range(10)} == {child.months}


PLACE_ID = UUID(int=1)


def test_no_place_offers_more_than_its_rooms_are_licensed_for() -> None:
    over = [place.key for place in PLACES for *_, licensed, offered in place.rooms if offered > licensed]
    assert over == []


@pytest.mark.parametrize(
    ("opens", "closes", "sessions"),
    [
        (5 * 60 + 30, 18 * 60, "early morning afternoon"),
        (5 * 60 + 30, 18 * 60 + 30, "early morning afternoon evening"),
        (8 * 60, 12 * 60, "morning"),
        (14 * 60, 8 * 60, "afternoon evening night"),
    ],
)
def test_a_place_offers_in_the_sessions_in_which_it_is_open(opens: int, closes: int, sessions: str) -> None:
    assert [session.value for session in Session if session in set(sessions_open(opens, closes))] == sessions.split()
