"""Shifts that are no office day: nights, nights on which the clocks change, two parts, edges, a fever at eleven."""

from datetime import date, datetime, time, timedelta

import pytest

from cast import ADA, LUCIA, MARISOL, MONDAY, OKAFOR, Opened, clock, close_all_but
from daybreak.care.actions.ask import Asked
from daybreak.care.actions.clock import work_due
from daybreak.care.models import CareRequest
from daybreak.care.states import BookingState, RequestState
from daybreak.care.terms import BookingView, RequestView
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import offer_spots
from daybreak.network.caregivers.actions import set_week
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift, site_card
from daybreak.placement.sessions import Session

pytestmark = pytest.mark.django_db

INES = made_id("ines")
MOST_WAY = timedelta(minutes=40)


def comes(starts: int, ends: int, *, at: datetime) -> None:
    """Let Inés come on every day of the week between these hours; an end at or before the start is the next day."""
    assert set_week(site_id=INES, week=dict.fromkeys(range(7), (time(starts), time(ends))), at=at, actor=None) == Yes()


def lucia(opened: Opened, **how: object) -> RequestView:
    return opened.asked(who=MARISOL, household="marisol", children=[LUCIA], **how)


def held(view: RequestView) -> BookingView:
    assert view.booking is not None, view.why_not
    assert (view.booking.site_id, view.booking.state) == (INES, BookingState.HELD)
    return view.booking


def sessions(booking: BookingView) -> set[tuple[date, str]]:
    return {(row.day, row.session) for row in TakenSpot.objects.filter(booking_id=booking.booking_id)}


NIGHTS = {
    "an ordinary night": (MONDAY, timedelta(hours=8, minutes=30)),
    "the night that is an hour short": (date(2026, 3, 7), timedelta(hours=7, minutes=30)),
    "the night that is an hour long": (date(2026, 10, 31), timedelta(hours=9, minutes=30)),
}


@pytest.mark.parametrize("night", NIGHTS)
def test_a_night_shift_is_covered_from_before_it_starts_until_the_parent_is_back(opened: Opened, night: str) -> None:
    day, length = NIGHTS[night]
    at = clock(17, day=day)
    close_all_but("ines")
    comes(18, 9, at=at)
    booking = held(lucia(opened, day=day, starts=time(22), ends=time(6, 30), at=at))
    starts_at, ends_at = clock(22, day=day), clock(6, 30, day + timedelta(days=1))
    assert ends_at - starts_at == length
    assert starts_at - MOST_WAY < booking.arrives_at < starts_at
    assert ends_at < booking.leaves_at < ends_at + MOST_WAY
    next_day = day + timedelta(days=1)
    assert sessions(booking) == {(day, Session.EVENING), (day, Session.NIGHT), (next_day, Session.EARLY)}
    assert drift() == []


def test_the_hour_that_the_clocks_skip_cannot_be_asked_for(opened: Opened) -> None:
    refused = opened.ask(day=date(2026, 3, 8), starts=time(2, 10), ends=time(2, 40), at=clock(17, day=date(2026, 3, 7)))
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["no-such-hours"]
    assert not CareRequest.objects.exists()


def test_a_shift_in_two_parts_is_two_requests_where_a_part_of_the_day_lies_between(opened: Opened) -> None:
    close_all_but("ines")
    comes(5, 21, at=opened.at)
    morning = held(lucia(opened, starts=time(6, 30), ends=time(11)))
    evening = lucia(opened, starts=time(18, 30), ends=time(20)).booking
    assert evening is not None
    assert morning.leaves_at < evening.arrives_at
    assert sessions(morning).isdisjoint(sessions(evening))
    assert drift() == []


def test_parts_that_share_a_part_of_the_day_are_refused_with_the_hours_to_ask_for(opened: Opened) -> None:
    close_all_but("ines")
    comes(5, 21, at=opened.at)
    lucia(opened, starts=time(6, 30), ends=time(9))
    refused = opened.ask(who=MARISOL, household="marisol", children=[LUCIA], starts=time(10, 30), ends=time(14))
    assert isinstance(refused, No)
    (reason,) = refused.reasons
    assert (reason.code, dict(reason.facts)) == ("session-asked-for", {"starts": "06:30", "ends": "14:00"})
    assert CareRequest.objects.count() == 1


def test_the_same_shift_asked_twice_is_still_one_request(opened: Opened) -> None:
    first, again = opened.ask(), opened.ask(starts=time(8), ends=time(12))
    assert isinstance(first, Asked)
    assert isinstance(again, Asked)
    assert (first.request_id, again.is_new) == (again.request_id, False)


def test_a_shift_before_dawn_takes_the_end_of_the_night_before(opened: Opened) -> None:
    at = clock(20, day=MONDAY - timedelta(days=1))
    close_all_but("ines")
    comes(3, 15, at=at)
    booking = held(lucia(opened, starts=time(5), ends=time(13), at=at))
    assert booking.arrives_at < clock(5)
    assert (MONDAY - timedelta(days=1), Session.NIGHT) in sessions(booking)


def test_a_center_that_closes_before_the_shift_ends_is_no_place_and_the_last_hours_find_cover(opened: Opened) -> None:
    close_all_but("west-side", "ines")
    whole = lucia(opened, starts=time(8), ends=time(20))
    assert whole.booking is None
    hours = next(line.reason for line in whole.why_not if line.reason.code == "hours")
    assert hours.facts["closes"] == "19:00"
    comes(17, 22, at=opened.at)
    # Her own center has Lucía until six; only the hours after it need somebody.
    other_day = MONDAY + timedelta(days=1)
    booking = held(lucia(opened, day=other_day, starts=time(18), ends=time(20), decide_by=clock(12)))
    assert clock(17, 20, other_day) < booking.arrives_at < clock(18, 0, other_day)
    assert clock(20, 0, other_day) < booking.leaves_at


def test_care_from_eleven_asks_for_no_spot_in_the_hours_that_have_passed(opened: Opened) -> None:
    close_all_but("okafor")
    card = site_card(OKAFOR)
    assert card is not None
    early = {(room.room_id, Session.EARLY): 0 for room in card.rooms}
    assert offer_spots(site_id=OKAFOR, day=MONDAY, offers=early, at=opened.at, actor=None) == Yes()
    assert opened.asked(children=[ADA]).booking is None
    at = clock(11, 4)
    work_due(at=clock(6, 11), holder="worker")
    view = opened.asked(children=[ADA], at=at)
    assert view.state is RequestState.PLACED
    assert view.booking is not None
    assert view.booking.arrives_at == at
    assert {session for _, session in sessions(view.booking)} == {Session.MORNING, Session.AFTERNOON}


def test_a_night_that_has_begun_asks_for_what_is_left_of_it(opened: Opened) -> None:
    close_all_but("ines")
    at = clock(1, 30, MONDAY + timedelta(days=1))
    comes(0, 9, at=clock(12))
    booking = held(lucia(opened, starts=time(22), ends=time(6, 30), at=at))
    assert booking.arrives_at == at
    assert (MONDAY, Session.EVENING) not in sessions(booking)
