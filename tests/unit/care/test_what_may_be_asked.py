"""Every reason for which Daybreak does not start to look, and the moments just inside and outside each."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from daybreak.care.asking import FARTHEST, LONGEST, decide, overlapping
from daybreak.care.terms import Ask
from daybreak.kernel.decisions import No
from daybreak.kernel.spans import Span
from daybreak.people.terms import ChildProfile, HouseholdProfile, PayClass
from daybreak.placement.terms import Point

ADA, BEN, LUCIA = UUID(int=1), UUID(int=2), UUID(int=9)
MORE = tuple(UUID(int=number) for number in range(3, 6))
MONDAY = date(2026, 3, 2)
DAWN = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)  # 5:40 in Buffalo

HOUSEHOLD = HouseholdProfile(
    household_id=UUID(int=20),
    employer_id=UUID(int=21),
    home=Point(42.848, -78.813),
    work=Point(42.8986, -78.8672),
    work_name="Harbor Health, main hospital",
    zone="America/New_York",
    usual_starts=time(7),
    usual_ends=time(15, 30),
    max_detour_minutes=30,
    keep_together=True,
    pay_class=PayClass.HOURLY,
    children=tuple(ChildProfile(ref, "", date(2025, 1, 1), "", special_needs=False) for ref in (ADA, BEN, *MORE)),
)
ASK = Ask(HOUSEHOLD.household_id, (ADA, BEN), MONDAY, time(7), time(15, 30), DAWN + timedelta(minutes=30))


def refused(at: datetime = DAWN, **other: object) -> dict[str, dict[str, object]]:
    answer = decide(replace(ASK, **other), HOUSEHOLD, at=at)  # type: ignore[arg-type]
    return {reason.code: dict(reason.facts) for reason in answer.reasons} if isinstance(answer, No) else {}


def test_rosas_wish_is_answered_with_the_hours_to_be_covered() -> None:
    span = decide(ASK, HOUSEHOLD, at=DAWN)
    assert span == Span(datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 20, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"child_ids": ()}, {"no-child": {}}),
        ({"child_ids": (ADA, BEN, *MORE)}, {"too-many-children": {"children": 5, "most": 4}}),
        ({"child_ids": (ADA, LUCIA)}, {"not-allowed": {}}),
        ({"child_ids": (ADA, ADA)}, {"not-allowed": {}}),
        ({"mildly_ill": (LUCIA,)}, {"not-allowed": {}}),
        ({"child_ids": (ADA,), "mildly_ill": (BEN,)}, {"not-allowed": {}}),
        ({"day": MONDAY - timedelta(days=1)}, {"day-in-the-past": {"day": "2026-03-01"}}),
        ({"day": MONDAY + timedelta(days=91)}, {"too-far-ahead": {"day": "2026-06-01", "days": 90}}),
        ({"ends": time(23, 1)}, {"too-long": {"hours": 16}}),
        ({"starts": time(7), "ends": time(7)}, {"too-long": {"hours": 16}}),
        ({"decide_by_at": DAWN}, {"decide-by-has-passed": {}}),
        ({"decide_by_at": datetime(2026, 3, 2, 20, 30, tzinfo=UTC)}, {"decide-by-after-care": {}}),
        ({"day": date(2026, 3, 8), "starts": time(2, 10), "ends": time(2, 50)}, {"no-such-hours": {}}),
    ],
)
def test_a_wish_is_refused_for_this_and_nothing_else(other: dict[str, object], expected: dict[str, object]) -> None:
    assert refused(**other) == expected  # type: ignore[arg-type]


def test_every_reason_is_given_at_once() -> None:
    codes = refused(child_ids=(ADA, ADA, BEN, *MORE), ends=time(6), decide_by_at=DAWN, day=MONDAY + timedelta(days=92))
    assert list(codes) == ["too-many-children", "not-allowed", "too-far-ahead", "too-long", "decide-by-has-passed"]


@pytest.mark.parametrize(
    "other",
    [
        {"child_ids": (ADA, BEN, *MORE[:2])},
        {"mildly_ill": (ADA, BEN)},
        {"ends": time(23)},
        {"decide_by_at": DAWN + timedelta(microseconds=1)},
        {"decide_by_at": datetime(2026, 3, 2, 20, 29, 59, tzinfo=UTC)},
        {"day": MONDAY + timedelta(days=89)},
        {"starts": time(22), "ends": time(6, 30)},
        {"day": date(2026, 3, 8), "starts": time(1, 30), "ends": time(2, 30)},
    ],
)
def test_what_is_just_inside_may_be_asked(other: dict[str, object]) -> None:
    assert refused(**other) == {}  # type: ignore[arg-type]


def test_care_that_has_begun_may_still_be_asked_and_care_that_is_over_may_not() -> None:
    over = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    just_before = over - timedelta(seconds=2)
    assert refused(just_before, decide_by_at=over - timedelta(seconds=1)) == {}
    assert refused(over, decide_by_at=over + timedelta(hours=1)) == {"day-in-the-past": {"day": "2026-03-02"}}


def test_the_limits_are_those_the_sentences_name() -> None:
    assert (FARTHEST.days, LONGEST) == (90, timedelta(hours=16))


SEVEN, NOON, SIX = (datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (7, 12, 18))
OPEN = [(UUID(int=31), Span(SEVEN, NOON), {ADA}), (UUID(int=32), Span(SEVEN, SIX), {BEN})]


def test_the_first_open_request_with_a_common_child_and_hour_is_the_same() -> None:
    assert overlapping(Span(SEVEN, NOON), {ADA, BEN}, OPEN) == UUID(int=31)
    assert overlapping(Span(NOON, SIX), {ADA, BEN}, OPEN) == UUID(int=32)


def test_other_children_or_touching_hours_are_another_request() -> None:
    assert overlapping(Span(SEVEN, NOON), {LUCIA}, OPEN) is None
    assert overlapping(Span(NOON, SIX), {ADA}, OPEN) is None
    assert overlapping(Span(SEVEN, NOON), {ADA}, []) is None
