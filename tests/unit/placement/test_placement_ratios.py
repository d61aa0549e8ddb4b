"""Does a room stay within its license with these children too?"""

from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.placement.ratios import fits, room_left
from daybreak.placement.terms import AgeLimit

UNDER_TWO = AgeLimit(under_months=24, most_of_them=2, room_most=6)
AGES = st.lists(st.integers(0, 150), max_size=6)
LIMITS = st.lists(
    st.builds(AgeLimit, st.integers(0, 60), st.none() | st.integers(0, 5), st.none() | st.integers(0, 6)), max_size=3
)


def test_a_room_without_young_children_holds_all_its_spots() -> None:
    assert fits(8, [UNDER_TWO], [30, 40, 50, 60, 70, 80, 90], [100]) == Yes()


def test_the_youngest_child_makes_the_room_smaller() -> None:
    assert fits(8, [UNDER_TWO], [30, 40, 50, 60, 70, 80], [14]) == No(
        (Reason("fewer-spots-with-a-young-child", {"under_months": 24, "young": 1, "children": 7, "most": 6}),)
    )


def test_a_young_child_present_makes_the_room_smaller_for_an_older_one() -> None:
    assert fits(8, [UNDER_TWO], [14, 30, 40, 50, 60, 70], [80]) == No(
        (Reason("fewer-spots-with-a-young-child", {"under_months": 24, "young": 1, "children": 7, "most": 6}),)
    )


def test_every_broken_limit_is_a_reason() -> None:
    refusal = fits(3, [UNDER_TWO, AgeLimit(under_months=12, most_of_them=0)], [14, 15, 40], [6])
    assert [reason.code for reason in refusal.reasons] == ["full", "too-many-young-children", "too-many-young-children"]


def test_a_child_exactly_at_the_age_is_not_under_it() -> None:
    assert fits(8, [UNDER_TWO], [24, 24], [24]) == Yes()


def test_room_left_counts_children_of_one_age() -> None:
    assert room_left(8, [UNDER_TWO], [14, 40], 10) == 1
    assert room_left(8, [UNDER_TWO], [14, 40], 50) == 4
    assert room_left(8, [UNDER_TWO], [40], 50) == 7
    assert room_left(2, [], [40, 41], 50) == 0


@given(st.integers(0, 8), LIMITS, AGES, AGES)
def test_a_room_that_holds_children_holds_any_fewer_of_them(
    spots: int, limits: list[AgeLimit], present: list[int], new: list[int]
) -> None:
    if fits(spots, limits, present, new):
        for at in range(len(new)):
            assert fits(spots, limits, present, new[:at] + new[at + 1 :])


@given(st.integers(0, 8), LIMITS, AGES, AGES)
def test_who_was_there_first_does_not_matter(
    spots: int, limits: list[AgeLimit], present: list[int], new: list[int]
) -> None:
    assert bool(fits(spots, limits, present, new)) is bool(fits(spots, limits, new, present))
