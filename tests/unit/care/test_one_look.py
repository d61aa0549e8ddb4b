"""Whom to try first, how long a home may take, when to look again, and what is said of the rest."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.care import looking
from daybreak.care.looking import ANSWER_WITHIN, IN_HAND, LOOK_EVERY, care_hours, held_until, is_out_of_time, next_look
from daybreak.care.terms import WhyNot
from daybreak.kernel.decisions import Reason
from daybreak.placement.terms import Candidate

SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
MINUTES = st.integers(-600, 600).map(lambda minutes: SIX + timedelta(minutes=minutes))


def candidate(site: str) -> Candidate:
    return Candidate(site_id=site, places=(), minutes=5.0, value=0.0)


RANKED = [candidate(site) for site in ("larkin", "okafor", "first-ward", "little-oaks")]


def test_sites_that_confirm_at_once_come_first_and_each_list_stays_best_first() -> None:
    order = looking.order(RANKED, instant={"okafor", "little-oaks"}, declined=())
    assert [one.site_id for one in order.at_once] == ["okafor", "little-oaks"]
    assert [one.site_id for one in order.to_ask] == ["larkin", "first-ward"]


def test_a_site_that_said_no_is_left_out_of_both() -> None:
    order = looking.order(RANKED, instant={"okafor", "little-oaks"}, declined={"okafor", "larkin"})
    assert [one.site_id for one in (*order.at_once, *order.to_ask)] == ["little-oaks", "first-ward"]


@pytest.mark.parametrize(
    ("decide_by", "minutes"), [(60, 10), (12, 10), (11, 9), (3, 1), (2, None), (0, None), (-30, None)]
)
def test_a_hold_ends_in_time_to_ask_another(decide_by: int, minutes: int | None) -> None:
    expected = None if minutes is None else SIX + timedelta(minutes=minutes)
    assert held_until(SIX, SIX + timedelta(minutes=decide_by)) == expected


@given(at=MINUTES, decide_by=MINUTES)
def test_a_hold_always_ends_before_the_family_must_be_told(at: datetime, decide_by: datetime) -> None:
    until = held_until(at, decide_by)
    if until is None:
        assert is_out_of_time(at, decide_by)
    else:
        assert at < until <= min(at + ANSWER_WITHIN, decide_by - IN_HAND)


@given(at=MINUTES, decide_by=MINUTES)
def test_the_next_look_is_soon_and_never_after_the_family_must_be_told(at: datetime, decide_by: datetime) -> None:
    again = next_look(at, decide_by)
    assert at <= again <= at + LOOK_EVERY
    assert is_out_of_time(again, decide_by) or again == at + LOOK_EVERY


@given(at=MINUTES, decide_by=MINUTES)
def test_a_lost_place_leaves_time_to_look_again(at: datetime, decide_by: datetime) -> None:
    again = looking.decide_by_again(at, decide_by)
    assert again >= decide_by
    assert not is_out_of_time(at, again)


def test_the_family_is_told_two_minutes_before_its_decide_by() -> None:
    assert is_out_of_time(SIX - IN_HAND, SIX) is True
    assert is_out_of_time(SIX - IN_HAND - timedelta(microseconds=1), SIX) is False


@given(way=st.floats(0, 180), hours=st.integers(1, 16))
def test_children_come_early_enough_and_stay_long_enough_by_at_most_a_minute(way: float, hours: int) -> None:
    ends = SIX + timedelta(hours=hours)
    arrives, leaves = care_hours(SIX, ends, way)
    for given_minutes in ((SIX - arrives) / timedelta(minutes=1), (leaves - ends) / timedelta(minutes=1)):
        assert way <= given_minutes <= way + 1


REFUSED = [
    ("a", Reason("full")),
    ("a", Reason("hours", {"opens": "07:00"})),
    ("b", Reason("nothing-in-reach", {"minutes": 40})),
    ("c", Reason("hours", {"opens": "08:00"})),
    ("d", Reason("something-new")),
    ("d", Reason("age")),
]


def test_each_site_counts_once_by_the_first_filter_that_ruled_it_out() -> None:
    assert looking.why_not(REFUSED) == (
        WhyNot(Reason("nothing-in-reach", {"minutes": 40}), 1),
        WhyNot(Reason("hours", {"opens": "07:00"}), 2),
        WhyNot(Reason("age"), 1),
    )


def test_a_reason_that_is_no_filter_stands_last() -> None:
    lines = looking.why_not([("a", Reason("something-new")), ("b", Reason("full"))])
    assert [(line.reason.code, line.sites) for line in lines] == [("full", 1), ("something-new", 1)]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(looking.FILTERS).map(Reason))))
def test_the_counts_add_up_to_the_sites(refused: list[tuple[str, Reason]]) -> None:
    lines = looking.why_not(refused)
    assert sum(line.sites for line in lines) == len({site for site, _ in refused})
    places = [looking.FILTERS.index(line.reason.code) for line in lines]
    assert places == sorted(set(places))
