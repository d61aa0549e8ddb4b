"""What a site may offer."""

from datetime import date
from uuid import UUID

import pytest

from daybreak.kernel.decisions import Reason, Yes
from daybreak.network.offering import decide, fewer_than_taken
from daybreak.placement.sessions import Session

OAKS, ELMS = UUID(int=2), UUID(int=3)
DAY = date(2026, 3, 2)
FINE = {
    "licensed": {OAKS: 8},
    "license_holds": True,
    "hours_known": True,
    "closed": (),
    "days_ahead": 0,
    "day": DAY,
}


@pytest.mark.parametrize("spots", [0, 1, 8])
def test_any_number_up_to_the_license_may_be_offered(spots):
    assert decide({(OAKS, Session.MORNING): spots}, **FINE) == Yes()


@pytest.mark.parametrize(
    ("offers", "change", "reason"),
    [
        ({}, {}, Reason("no-offer", {"day": "2026-03-02"})),
        (
            {(OAKS, Session.NIGHT): 9},
            {},
            Reason("more-than-licensed", {"room_id": str(OAKS), "session": "night", "offered": 9, "licensed": 8}),
        ),
        (
            {(OAKS, Session.EARLY): -1},
            {},
            Reason("fewer-than-none", {"room_id": str(OAKS), "session": "early", "offered": -1, "licensed": 8}),
        ),
        ({(ELMS, Session.EARLY): 1}, {}, Reason("unknown-room", {"room_id": str(ELMS)})),
        ({(OAKS, Session.EARLY): 1}, {"hours_known": False}, Reason("unknown-hours")),
        ({(OAKS, Session.EARLY): 1}, {"closed": (Session.EARLY,)}, Reason("closed-that-day", {"day": "2026-03-02"})),
        ({(OAKS, Session.EARLY): 1}, {"license_holds": False}, Reason("license-not-in-force", {"day": "2026-03-02"})),
        ({(OAKS, Session.EARLY): 1}, {"days_ahead": -1}, Reason("day-in-the-past", {"day": "2026-03-02"})),
        ({(OAKS, Session.NIGHT): 1}, {"days_ahead": -2}, Reason("day-in-the-past", {"day": "2026-03-02"})),
    ],
    ids=lambda value: value.code if isinstance(value, Reason) else "",
)
def test_an_offer_is_refused_with_its_reason(offers, change, reason):
    assert decide(offers, **(FINE | change)).reasons == (reason,)


def test_what_was_offered_for_a_closed_day_can_be_taken_back():
    assert decide({(OAKS, Session.EARLY): 0}, **(FINE | {"closed": tuple(Session)})) == Yes()


def test_last_nights_care_may_still_be_offered_after_midnight():
    assert decide({(OAKS, Session.NIGHT): 1}, **(FINE | {"days_ahead": -1})) == Yes()


def test_every_reason_is_given_and_not_only_the_first():
    bad = FINE | {"license_holds": False, "hours_known": False}
    codes = [reason.code for reason in decide({(OAKS, Session.EARLY): 9}, **bad).reasons]
    assert codes == ["license-not-in-force", "unknown-hours", "more-than-licensed"]


def test_what_children_have_is_named_in_the_refusal():
    facts = {"room_id": str(OAKS), "day": "2026-03-02", "session": "early", "offered": 1, "taken": 2}
    assert fewer_than_taken(OAKS, DAY, Session.EARLY, offered=1, taken=2) == Reason("fewer-than-taken", facts)
