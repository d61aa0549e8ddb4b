"""A school day that is no school day: which hours lack care, when it is asked for, when a family is told."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care.looking import IN_HAND
from daybreak.care.standing.calendars import NO_HOUR, OPEN_DAY, OPTIONAL, TWICE, Row, SetAside, read
from daybreak.care.standing.closing import asked_at, decide_by_on, hours_needed, told_at
from daybreak.care.standing.terms import Closed, ClosureKind, Standing
from daybreak.kernel.errors import BadInput
from daybreak.kernel.spans import moment
from daybreak.kernel.tables import rows_of

ZONE = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)
SUNDAY = MONDAY - timedelta(days=1)


def standing(*, starts: time = time(7), ends: time = time(15, 30), decide_by: time = time(5, 30)) -> Standing:
    return Standing(UUID(int=1), UUID(int=2), (UUID(int=3),), starts, ends, decide_by, time(5), SUNDAY, MONDAY)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return moment(day, time(hour, minute), ZONE)


HOURS = {
    "closed all day": (ClosureKind.CLOSED, None, time(7), time(15, 30), (time(7), time(15, 30))),
    "two hours late": (ClosureKind.LATE, time(10), time(7), time(15, 30), (time(7), time(10))),
    "late, and the shift ends before": (ClosureKind.LATE, time(10), time(5), time(9), (time(5), time(9))),
    "late, and the shift begins after": (ClosureKind.LATE, time(10), time(12), time(20), None),
    "early": (ClosureKind.EARLY, time(11, 30), time(7), time(15, 30), (time(11, 30), time(15, 30))),
    "early, and the shift begins later": (ClosureKind.EARLY, time(11, 30), time(14), time(22), (time(14), time(22))),
    "early, and the shift is over": (ClosureKind.EARLY, time(16), time(7), time(15, 30), None),
    "early, and the shift crosses midnight": (ClosureKind.EARLY, time(11), time(22), time(6), (time(22), time(6))),
}


@pytest.mark.parametrize("case", HOURS)
def test_only_the_hours_without_school_lack_care(case: str) -> None:
    kind, hour, starts, ends, wanted = HOURS[case]
    assert hours_needed(Closed(UUID(int=2), MONDAY, kind, hour), starts, ends) == wanted


def test_a_known_closure_is_asked_the_evening_before_while_homes_are_awake() -> None:
    assert asked_at(MONDAY, ZONE, at(5, 30), at=at(9, day=date(2026, 1, 5))) == at(18, day=SUNDAY)
    assert asked_at(MONDAY, ZONE, at(5, 30), at=at(19, 30, SUNDAY)) == at(19, 30, SUNDAY)


def test_one_said_at_night_waits_for_the_last_hour_and_one_said_at_dawn_does_not() -> None:
    assert asked_at(MONDAY, ZONE, at(5, 30), at=at(23, 10, SUNDAY)) == at(4, 30)
    assert asked_at(MONDAY, ZONE, at(5, 30), at=at(4, 50)) == at(4, 50)


def test_a_decide_by_after_the_shift_began_is_one_of_the_evening_before() -> None:
    night = standing(starts=time(5), ends=time(13), decide_by=time(21))
    assert decide_by_on(night, MONDAY, ZONE, at=at(18, day=SUNDAY)) == at(21, day=SUNDAY)
    assert decide_by_on(standing(), MONDAY, ZONE, at=at(18, day=SUNDAY)) == at(5, 30)


def test_a_closure_said_too_late_for_the_usual_hour_leaves_half_an_hour() -> None:
    assert decide_by_on(standing(), MONDAY, ZONE, at=at(5, 29)) == at(5, 59)
    assert decide_by_on(standing(), MONDAY, ZONE, at=at(6, 30)) == at(7)


MOMENTS = st.integers(0, 24 * 60 * 2).map(lambda minutes: at(12, day=SUNDAY) + timedelta(minutes=minutes))


@given(MOMENTS, st.integers(3, 24 * 60), st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_a_family_is_always_told_in_time_and_never_woken_for_less(now: datetime, ahead: int, told_from: time) -> None:
    decide_by = now + timedelta(minutes=ahead)
    told = told_at(now, decide_by, told_from, ZONE)
    assert now <= told <= max(now, decide_by - IN_HAND)
    local = told.astimezone(ZONE).time()
    is_asleep = local < told_from and told_from < time(21)
    assert not is_asleep or told in (decide_by - IN_HAND, now)
    assert told_at(now, decide_by, None, ZONE) == now


def rows(*lines: str) -> Iterator[tuple[int, dict[str, str]]]:
    return rows_of([f"{line}\n" for line in lines], (), source="calendar.csv", optional=OPTIONAL)


def test_a_citys_calendar_is_read_for_one_district() -> None:
    text = rows("date,description,school_closed", '2023-09-25,"Yom Kippur",True', "2023-09-28,Conferences,False")
    found = list(read(text, district="New York City", source="calendar.csv"))
    assert found == [Row("New York City", date(2023, 9, 25), ClosureKind.CLOSED), SetAside(OPEN_DAY)]


def test_a_snow_log_names_its_districts_and_a_late_day_without_its_hour_is_set_aside() -> None:
    text = rows(
        "district,date,event_code,opens",
        "East Greenbush,2009-12-09,1,",
        "East Greenbush,2010-01-04,2,",
        "Schodack,2010-01-04,2,10:00",
        "Schodack,2010-01-05,0,",
        "East Greenbush,2009-12-09,1,",
    )
    assert list(read(text, district="", source="calendar.csv")) == [
        Row("East Greenbush", date(2009, 12, 9), ClosureKind.CLOSED),
        SetAside(NO_HOUR),
        Row("Schodack", date(2010, 1, 4), ClosureKind.LATE, time(10)),
        SetAside(OPEN_DAY),
        SetAside(TWICE),
    ]


BROKEN = {
    "not a day": ("district,date,event", "Oak,02/30/2026,closed", "line 2: date '02/30/2026' is not a day"),
    "no district": ("date,event", "2026-03-02,closed", "line 2: This row names no district"),
    "unknown event": ("district,date,event", "Oak,2026-03-02,foggy", "event 'foggy' is none that Daybreak knows"),
    "no word at all": ("district,date", "Oak,2026-03-02", "neither true nor false"),
    "not a time": ("district,date,event,opens", "Oak,2026-03-02,late,ten", "opens 'ten' is not a time"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_row_that_cannot_be_read_is_refused_with_its_line(case: str) -> None:
    header, row, said = BROKEN[case]
    with pytest.raises(BadInput) as refused:
        list(read(rows(header, row), district="", source="calendar.csv"))
    assert said in str(refused.value)
    assert "Nothing was imported." in str(refused.value)
