from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.http import QueryDict

from cast import DAWN, MONDAY
from daybreak.care.deciding import decide_by_choices
from daybreak.people.terms import ChildProfile, HouseholdProfile, PayClass
from daybreak.placement.terms import Point
from daybreak.web.ask_form import read_decide_by, read_hours, read_who_and_when

ADA = ChildProfile(uuid4(), "Ada", date(2025, 1, 2), "", False)
BEN = ChildProfile(uuid4(), "Ben", date(2022, 1, 2), "", False)
FAMILY = HouseholdProfile(
    household_id=uuid4(),
    employer_id=uuid4(),
    home=Point(42.8, -78.8),
    work=Point(42.9, -78.9),
    work_name="Harbor Health",
    zone="America/New_York",
    usual_starts=time(7),
    usual_ends=time(15, 30),
    max_detour_minutes=30,
    keep_together=True,
    pay_class=PayClass.HOURLY,
    children=(ADA, BEN),
)


def said(*pairs: tuple[str, object]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, str(value))
    return query


def test_children_are_read_in_the_familys_order() -> None:
    read = read_who_and_when(
        said(("child", BEN.child_id), ("child", ADA.child_id), ("ill", ADA.child_id), ("day", MONDAY)),
        FAMILY,
        today=MONDAY,
    )
    assert (read.child_ids, read.mildly_ill, read.day, read.wrong) == (
        (ADA.child_id, BEN.child_id),
        (ADA.child_id,),
        MONDAY,
        {},
    )


def test_an_illness_of_a_child_who_stays_home_is_not_carried_along() -> None:
    pairs = (("child", BEN.child_id), ("ill", ADA.child_id), ("day", MONDAY))
    assert read_who_and_when(said(*pairs), FAMILY, today=MONDAY).mildly_ill == ()


@pytest.mark.parametrize("child", [uuid4(), "not-a-ref", ""])
def test_a_child_of_another_family_and_one_that_does_not_exist_get_the_same_sentence(child: object) -> None:
    read = read_who_and_when(said(("child", child), ("day", MONDAY)), FAMILY, today=MONDAY)
    assert read.wrong == {"child": "One of these children is not in your family's list. Choose again from the list."}


def test_no_child_is_a_sentence_at_the_children() -> None:
    read = read_who_and_when(said(("day", MONDAY)), FAMILY, today=MONDAY)
    assert read.wrong == {"child": "No child is chosen. Choose at least one."}


def test_another_day_is_read_from_its_own_field() -> None:
    pairs = (("child", ADA.child_id), ("day", "other"), ("other_day", MONDAY + timedelta(days=3)))
    assert read_who_and_when(said(*pairs), FAMILY, today=MONDAY).day == MONDAY + timedelta(days=3)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-02-30", "That is not a day. Choose today, tomorrow, or a date like 03/02/2026."),
        ("", "That is not a day. Choose today, tomorrow, or a date like 03/02/2026."),
        ("2026-02-20", "That day has passed. Choose today or a later day."),
        ("9999-12-31", "That day is more than a year ahead. Choose a nearer day."),
    ],
)
def test_a_day_that_cannot_be_used_is_a_sentence_at_the_day(day: str, sentence: str) -> None:
    read = read_who_and_when(said(("child", ADA.child_id), ("day", day)), FAMILY, today=MONDAY)
    assert read.wrong == {"day": sentence}


def test_hours_are_kept_as_they_were_typed_when_they_are_no_times() -> None:
    read = read_hours(said(("starts", "7 o'clock"), ("ends", "15:30")))
    assert (read.starts, read.ends, read.starts_text) == (None, time(15, 30), "7 o'clock")
    assert read.wrong == {"starts": "That is not a time. Write it like 07:00 or 19:30."}


def test_seconds_a_browser_adds_are_left_out() -> None:
    assert read_hours(said(("starts", "07:00:00"), ("ends", "15:30"))).starts == time(7)


def test_decide_by_is_read_as_a_moment_of_utc() -> None:
    assert read_decide_by(said(("decide_by", f"{DAWN:%Y-%m-%dT%H:%MZ}"))) == DAWN
    assert read_decide_by(said(("decide_by", "soon"))) is None


def test_every_choice_lies_ahead_and_leaves_time_to_go() -> None:
    leaves = DAWN + timedelta(minutes=58)
    choices = decide_by_choices(DAWN, leaves, DAWN + timedelta(hours=10))
    assert choices == (DAWN + timedelta(minutes=30), DAWN + timedelta(minutes=55))


def test_who_asks_too_late_to_be_told_before_leaving_still_has_a_choice() -> None:
    choices = decide_by_choices(DAWN, DAWN - timedelta(minutes=10), DAWN + timedelta(hours=8))
    assert choices == (DAWN + timedelta(minutes=15), DAWN + timedelta(minutes=30))


def test_the_last_minutes_of_a_shift_leave_one_choice() -> None:
    ends = DAWN + timedelta(minutes=9)
    assert decide_by_choices(DAWN, DAWN - timedelta(hours=8), ends) == (ends - timedelta(minutes=1),)


def test_care_far_ahead_is_settled_hours_before() -> None:
    leaves = DAWN + timedelta(days=2)
    choices = decide_by_choices(DAWN, leaves, leaves + timedelta(hours=9))
    assert choices == (DAWN + timedelta(hours=1), leaves - timedelta(hours=10), leaves - timedelta(hours=2))
    assert isinstance(choices[0], datetime)
