"""When to look again, and what is said of the places that do not fit."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from daybreak.care import looking
from daybreak.care.looking import IN_HAND, LOOK_EVERY, care_hours, is_out_of_time, next_look
from daybreak.care.terms import WhyNot
from daybreak.kernel.decisions import Reason

SIX = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
MINUTES = st.integers(-600, 600).map(lambda minutes: SIX + timedelta(minutes=minutes))


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
