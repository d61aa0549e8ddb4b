"""The rule behind taking a spot, in memory; tests/race holds both databases to the same."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.network.taking import Ask, OpenRoom, OpenSite, Standing, decide, ordered, readable
from daybreak.network.terms import SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit

DAY = date(2026, 3, 2)
EARLY, MORNING = (DAY, Session.EARLY), (DAY, Session.MORNING)
ADA, BEN, ROSA, MEI, OAKS = (UUID(int=number) for number in range(1, 6))
STANDING = Standing(
    licensed_days=frozenset({DAY}),
    ages={OAKS: (0, 60)},
    rooms={(OAKS, MORNING): OpenRoom(6, 4, (AgeLimit(24, most_of_them=2),), (14, 40, 40, 40))},
    site={MORNING: OpenSite(8, 4)},
)


def codes(asks, standing=STANDING, household=ROSA):
    decision = decide(asks, standing, household_id=household)
    return [reason.code for reason in decision.reasons] if isinstance(decision, No) else []


def test_siblings_fit_while_two_spots_and_one_infants_place_are_left():
    asks = [Ask(ADA, 14, OAKS, MORNING), Ask(BEN, 48, OAKS, MORNING)]
    assert decide(asks, STANDING, household_id=ROSA) == Yes()


def test_a_third_child_under_two_is_refused_by_age_and_not_by_spots():
    asks = [Ask(ADA, 14, OAKS, MORNING), Ask(BEN, 20, OAKS, MORNING)]
    assert codes(asks) == ["too-many-young-children"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"licensed_days": frozenset()}, "license-not-in-force"),
        ({"ages": {}}, "unknown-room"),
        ({"ages": {OAKS: (18, 36)}}, "age"),
        ({"already_placed": frozenset({(ADA, MORNING)})}, "child-already-placed"),
        ({"site": {MORNING: OpenSite(8, 4, MEI)}}, "serves-another-household"),
        ({"rooms": {(OAKS, MORNING): OpenRoom(6, 6)}}, "spots-gone"),
        ({"rooms": {}}, "spots-gone"),
        ({"site": {MORNING: OpenSite(8, 8)}}, "spots-gone"),
        (
            {"rooms": {(OAKS, MORNING): OpenRoom(6, 4, (AgeLimit(24, room_most=4),), (30,) * 4)}},
            "fewer-spots-with-a-young-child",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_thing_wrong_gives_one_reason(change, code):
    assert codes([Ask(ADA, 14, OAKS, MORNING)], replace(STANDING, **change)) == [code]


def test_the_household_a_caregiver_serves_may_bring_another_child():
    bound = replace(STANDING, site={MORNING: OpenSite(8, 4, ROSA)})
    assert codes([Ask(ADA, 14, OAKS, MORNING)], bound) == []


def test_an_already_placed_child_counts_only_in_its_own_session():
    elsewhere = replace(STANDING, already_placed=frozenset({(ADA, EARLY)}))
    assert codes([Ask(ADA, 14, OAKS, MORNING)], elsewhere) == []


def test_everything_wrong_is_told_in_one_fixed_order():
    wrong = Standing(frozenset(), {OAKS: (18, 36)}, already_placed=frozenset({(ADA, MORNING)}))
    assert codes([Ask(ADA, 14, OAKS, MORNING)], wrong) == [
        "license-not-in-force",
        "age",
        "child-already-placed",
        "spots-gone",
        "spots-gone",
    ]


def test_the_same_reason_in_two_sessions_is_told_once():
    twice = [Reason("age", {"months": 14}), Reason("age", {"months": 14}), Reason("license-not-in-force", {"day": "x"})]
    assert ordered(twice) == (Reason("license-not-in-force", {"day": "x"}), Reason("age", {"months": 14}))


@pytest.mark.parametrize(
    ("wanted", "reasons"),
    [
        ([], [Reason("nothing-wanted")]),
        ([SpotWanted(ADA, 14, OAKS, ())], [Reason("nothing-wanted", {"child_id": str(ADA)})]),
        (
            [SpotWanted(ADA, 216, OAKS, (MORNING,))],
            [Reason("age", {"months": 216, "from_months": 0, "until_months": 216})],
        ),
        (
            [SpotWanted(ADA, 14, OAKS, (MORNING, MORNING))],
            [Reason("child-wanted-twice", {"child_id": str(ADA)})],
        ),
    ],
    ids=["nobody", "no session", "grown up", "one session twice"],
)
def test_a_wish_that_cannot_be_counted_is_refused(wanted, reasons):
    assert readable(wanted) == No(tuple(reasons))
