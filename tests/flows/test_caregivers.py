"""A caregiver says a week once, is asked for a family within reach, and shows what was looked into, each by itself."""

from datetime import date, time, timedelta

import pytest

from cast import LUCIA, MARISOL, MONDAY, ROSA, Opened, clock, close_all_but
from daybreak.care.actions.answer import confirm_booking
from daybreak.care.actions.clock import work_due
from daybreak.care.states import BookingState, RequestState
from daybreak.cli.worker import tidy
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import offer_spots
from daybreak.network.caregivers.actions import offer_weeks_ahead, set_rate, set_reach, set_week, write_check
from daybreak.network.caregivers.queries import checks_of, rate_on, week_of
from daybreak.network.caregivers.terms import Checked, CheckKind, SaidBy
from daybreak.network.models import Check, Rate, SiteSession
from daybreak.network.queries import drift, rooms_on, site_card
from daybreak.notices.queries import sentence
from daybreak.placement.sessions import Session

pytestmark = pytest.mark.django_db

INES, SPEAKER = made_id("ines"), made_id("provider person ines")
WORKDAY = {Session.EARLY, Session.MORNING, Session.AFTERNOON}


def lucia(opened: Opened, **how: object) -> object:
    return opened.asked(who=MARISOL, household="marisol", children=[LUCIA], **how)


def offered(day: date) -> dict[Session, int]:
    (room,) = rooms_on(INES, day)
    return {session: count.spots for session, count in room.sessions.items() if count.spots}


def test_a_family_within_reach_is_offered_the_caregiver_who_must_first_say_yes(opened: Opened) -> None:
    close_all_but("ines")
    view = lucia(opened)
    booking = view.booking
    assert booking is not None
    assert (booking.site_id, booking.state) == (INES, BookingState.HELD)
    # She is there before Marisol leaves for work and stays until Marisol is back.
    assert booking.arrives_at < clock(7) < clock(15, 30) < booking.leaves_at
    assert confirm_booking(booking_id=booking.booking_id, actor=SPEAKER, at=clock(5, 45)) == Yes()
    assert drift() == []


def test_a_family_beyond_the_radius_is_not(opened: Opened) -> None:
    close_all_but("ines")
    assert opened.asked(who=ROSA).booking is None
    set_reach(site_id=INES, from_months=3, until_months=120, radius_km=0.2, at=opened.at, actor=SPEAKER)
    assert lucia(opened).state is RequestState.ASKED


def test_hours_and_ages_are_those_of_the_caregivers_own_week(opened: Opened) -> None:
    close_all_but("ines")
    set_week(site_id=INES, week={0: (time(9), time(17))}, at=opened.at, actor=SPEAKER)
    asked = lucia(opened)
    assert asked.booking is None
    set_week(site_id=INES, week={0: (time(6), time(18))}, at=opened.at, actor=SPEAKER)
    work_due(at=clock(5, 41), holder="worker")
    assert opened.view(asked.request_id).booking is not None
    set_reach(site_id=INES, from_months=36, until_months=120, radius_km=5, at=opened.at, actor=SPEAKER)
    later = lucia(opened, day=MONDAY + timedelta(days=7), decide_by=clock(7))
    assert {line.reason.code for line in later.why_not} == {"age"}


def test_a_week_is_offered_for_four_weeks_and_a_new_one_replaces_it(opened: Opened) -> None:
    assert set(offered(MONDAY)) == set(offered(MONDAY + timedelta(days=25))) == WORKDAY
    assert offered(MONDAY + timedelta(days=5)) == {}
    night = {5: (time(22), time(6))}
    assert set_week(site_id=INES, week=night, at=opened.at, actor=SPEAKER) == Yes()
    assert week_of(INES) == night
    assert offered(MONDAY) == {}
    assert set(offered(MONDAY + timedelta(days=5))) == {Session.EVENING, Session.NIGHT}
    assert set(offered(MONDAY + timedelta(days=6))) == {Session.EARLY}


def test_a_family_that_counts_on_the_caregiver_keeps_what_it_has(opened: Opened) -> None:
    close_all_but("ines")
    booking = lucia(opened).booking
    assert booking is not None
    set_week(site_id=INES, week={}, at=opened.at, actor=SPEAKER)
    assert set(offered(MONDAY)) == WORKDAY
    assert offered(MONDAY + timedelta(days=1)) == {}
    assert drift() == []


def test_days_come_within_reach_by_themselves_and_a_day_taken_back_stays_so(opened: Opened) -> None:
    tuesday = MONDAY + timedelta(days=1)
    (room,) = rooms_on(INES, tuesday)
    none = {(room.room.room_id, session): 0 for session in Session}
    assert offer_spots(site_id=INES, day=tuesday, offers=none, at=opened.at, actor=SPEAKER) == Yes()
    assert offer_weeks_ahead(at=opened.at) == 0
    last = MONDAY + timedelta(days=28)
    assert not SiteSession.objects.filter(site=INES, day=last).exists()
    assert tidy(opened.at + timedelta(days=1)) == 1
    assert set(offered(last)) == WORKDAY
    assert offered(tuesday) == {}


def test_a_new_week_leaves_what_was_said_for_one_day_by_itself(opened: Opened) -> None:
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)
    for day, spots in ((tuesday, 0), (friday, 1)):
        (room,) = rooms_on(INES, day)
        said = {(room.room.room_id, session): spots for session in (Session.MORNING, Session.AFTERNOON)}
        assert offer_spots(site_id=INES, day=day, offers=said, at=opened.at, actor=SPEAKER) == Yes()
    evenings = {day: (time(18), time(22)) for day in range(7)}
    assert set_week(site_id=INES, week=evenings, at=opened.at, actor=SPEAKER) == Yes()
    assert set(offered(MONDAY)) == {Session.EVENING}
    assert set(offered(tuesday)) == {Session.EVENING}, "still taken back in the morning and the afternoon"
    assert set(offered(friday)) == {Session.MORNING, Session.AFTERNOON, Session.EVENING}
    assert set_week(site_id=INES, week={}, at=opened.at, actor=SPEAKER) == Yes()
    assert set(offered(friday)) == {Session.MORNING, Session.AFTERNOON}
    assert drift() == []


def test_saying_for_a_day_what_its_week_says_leaves_it_to_the_week(opened: Opened) -> None:
    tuesday = MONDAY + timedelta(days=1)
    (room,) = rooms_on(INES, tuesday)
    same = {(room.room.room_id, session): count.spots for session, count in room.sessions.items()}
    assert set_week(site_id=INES, week=dict(week_of(INES)), at=opened.at, actor=SPEAKER) == Yes()
    assert offer_spots(site_id=INES, day=tuesday, offers=same, at=opened.at, actor=SPEAKER) == Yes()
    assert set_week(site_id=INES, week={}, at=opened.at, actor=SPEAKER) == Yes()
    assert offered(tuesday) == {}


def test_each_check_says_what_when_and_who_and_there_is_no_verdict(opened: Opened) -> None:
    shown = {check.kind: (check.done_on, check.said_by, check.source) for check in checks_of(INES)}
    assert shown[CheckKind.STATE_ABUSE] == (date(2025, 1, 31), SaidBy.AGENCY, "Lakeside Family Services")
    assert shown[CheckKind.FIRST_AID][1:] == (SaidBy.THEMSELVES, "")
    newer = Checked(CheckKind.FIRST_AID, MONDAY, MONDAY + timedelta(days=730), SaidBy.THEMSELVES)
    assert write_check(site_id=INES, check=newer, at=opened.at, actor=SPEAKER) == Yes()
    assert next(check for check in checks_of(INES) if check.kind is CheckKind.FIRST_AID) == newer
    assert Check.objects.filter(site=INES, kind="first-aid-and-cpr").count() == 2
    assert [newer.holds_on(MONDAY + timedelta(days=by)) for by in (-1, 0, 730, 731)] == [False, True, True, False]


BAD_CHECKS = {
    "tomorrow's": (
        Checked(CheckKind.VISIT, MONDAY + timedelta(days=1), None, SaidBy.THEMSELVES),
        "check-in-the-future",
    ),
    "one that ran out before": (
        Checked(CheckKind.VISIT, MONDAY, MONDAY - timedelta(days=1), SaidBy.THEMSELVES),
        "check-ends-before-it-was-done",
    ),
}


@pytest.mark.parametrize(("check", "code"), BAD_CHECKS.values(), ids=BAD_CHECKS)
def test_a_check_that_cannot_be_is_not_written(opened: Opened, check: Checked, code: str) -> None:
    before = Check.objects.count()
    refused = write_check(site_id=INES, check=check, at=opened.at, actor=SPEAKER)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == [code]
    assert all(sentence(reason, language) for reason in refused.reasons for language in ("en", "es"))
    assert Check.objects.count() == before


def test_ages_and_a_distance_that_cannot_be_are_refused_together(opened: Opened) -> None:
    before = site_card(INES)
    refused = set_reach(site_id=INES, from_months=12, until_months=12, radius_km=500, at=opened.at, actor=SPEAKER)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["ages-out-of-order", "radius-out-of-range"]
    assert site_card(INES) == before


def test_a_rate_holds_from_its_day_on(opened: Opened) -> None:
    assert rate_on(INES, MONDAY) is None
    assert set_rate(site_id=INES, cents=9_000, at=opened.at, actor=SPEAKER) == Yes()
    assert set_rate(site_id=INES, cents=9_500, at=opened.at + timedelta(days=2), actor=SPEAKER) == Yes()
    assert [rate_on(INES, MONDAY + timedelta(days=by)) for by in (-1, 0, 1, 2)] == [None, 9_000, 9_000, 9_500]
    refused = set_rate(site_id=INES, cents=100_001, at=opened.at, actor=SPEAKER)
    assert isinstance(refused, No)
    assert "$1,000.00" in sentence(refused.reasons[0], "en")
    assert Rate.objects.count() == 2


@pytest.mark.parametrize("act", [set_week, set_rate, set_reach, write_check])
def test_a_site_that_is_not_there_has_no_word(opened: Opened, act: object) -> None:
    words = {
        set_week: {"week": {}},
        set_rate: {"cents": 1},
        set_reach: {"from_months": 1, "until_months": 2, "radius_km": 1.0},
        write_check: {"check": Checked(CheckKind.VISIT, MONDAY, None, SaidBy.STATE)},
    }[act]
    refused = act(site_id=LUCIA, at=opened.at, actor=SPEAKER, **words)
    assert [reason.code for reason in refused.reasons] == ["unknown-site"]
