"""From asking to attending: what the family, the home and the counters see."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from cast import (
    ADA,
    BEN,
    DAWN,
    LARKIN,
    LITTLE_OAKS,
    LUCIA,
    MARISOL,
    MONDAY,
    MS_OKAFOR,
    OKAFOR,
    ROSA,
    SAM,
    Opened,
    clock,
    close_all_but,
    household_of,
    set_offer,
)
from daybreak.audit.models import AuditEvent
from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.attend import mark_attended, mark_missed
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.clock import work_due
from daybreak.care.models import Booking, CareMove, CareRequest
from daybreak.care.queries import bookings_on
from daybreak.care.states import BookingState, RequestState
from daybreak.due.models import IdempotencyKey
from daybreak.kernel.decisions import No, Yes
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift, taken_on
from daybreak.notices.models import Notice
from daybreak.placement.sessions import Session

pytestmark = pytest.mark.django_db

SATURDAY = MONDAY + timedelta(days=5)
"""Nobody offers anything."""


def codes(to: UUID) -> list[str]:
    rows = Notice.objects.filter(person_id=to).order_by("due_at")
    return list(dict.fromkeys(rows.values_list("code", flat=True)))


def test_rosas_children_have_one_licensed_home_on_her_way_before_she_has_put_the_phone_down(opened: Opened) -> None:
    view = opened.asked()

    assert view.state is RequestState.PLACED
    booking = view.booking
    assert booking is not None
    assert (booking.state, booking.site_id) == (BookingState.CONFIRMED, OKAFOR)
    assert [child.child_id for child in booking.children] == [ADA, BEN]
    assert booking.arrives_at < clock(7) < clock(15, 30) < booking.leaves_at
    assert codes(ROSA) == ["care-confirmed"]
    assert codes(MS_OKAFOR) == ["provider-new-booking"]
    assert [one.booking_id for one in bookings_on(OKAFOR, MONDAY)] == [booking.booking_id]
    assert {(spot.child_id, spot.session) for spot in taken_on(OKAFOR, MONDAY)} == {
        (child, session) for child in (ADA, BEN) for session in (Session.EARLY, Session.MORNING, Session.AFTERNOON)
    }
    assert drift() == []


def test_a_place_that_does_not_fit_says_why(opened: Opened) -> None:
    reasons = {line.reason.code: line.sites for line in opened.asked().why_not}
    assert reasons["hours"] >= 2  # Little Oaks and Allentown open too late, Night Owl closes too early
    assert set(reasons) <= {"nothing-in-reach", "hours", "age", "needs", "siblings-do-not-fit-together", "full"}


def test_two_identical_taps_are_one_request(opened: Opened) -> None:
    first, second = opened.ask(key="tap"), opened.ask(key="tap")
    assert not isinstance(first, No)
    assert not isinstance(second, No)
    assert (first.request_id, first.is_new, second.is_new) == (second.request_id, True, False)
    assert CareRequest.objects.count() == Booking.objects.count() == 1


def test_the_same_wish_from_a_second_phone_is_the_same_request(opened: Opened) -> None:
    first, second = opened.asked(), opened.asked(children=[ADA])
    assert second.request_id == first.request_id
    assert Booking.objects.count() == 1


def test_one_key_cannot_stand_for_two_wishes(opened: Opened) -> None:
    opened.asked(key="tap")
    refused = opened.ask(key="tap", day=MONDAY + timedelta(days=1))
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["key-used-for-something-else"]
    assert CareRequest.objects.count() == 1


REFUSED = {
    "no child": ({"children": ()}, ["no-child"]),
    "a child of another family": ({"children": (ADA, LUCIA)}, ["not-allowed"]),
    "the same child twice": ({"children": (ADA, ADA)}, ["not-allowed"]),
    "an illness of a child that is not asked for": ({"children": (ADA,), "mildly_ill": (BEN,)}, ["not-allowed"]),
    "yesterday": ({"day": date(2026, 3, 1)}, ["day-in-the-past"]),
    "next year": ({"day": date(2027, 3, 1)}, ["too-far-ahead"]),
    "twenty hours": ({"starts": time(7), "ends": time(3)}, ["too-long"]),
    "decide-by that has passed": ({"decide_by": DAWN}, ["decide-by-has-passed"]),
    "decide-by after care": ({"decide_by": clock(16)}, ["decide-by-after-care"]),
    "everything at once": ({"children": (), "day": date(2026, 3, 1)}, ["no-child", "day-in-the-past"]),
    "a household that does not exist": ({"who": ROSA, "household": "nobody"}, ["not-allowed"]),
    "another family's household": ({"who": MARISOL}, ["not-allowed"]),
    "a family its home knows": ({"who": MS_OKAFOR}, ["not-allowed"]),
    "nobody's person": ({"who": UUID(int=1)}, ["not-allowed"]),
}


@pytest.mark.parametrize(("wish", "expected"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_gives_every_reason_and_writes_nothing(
    opened: Opened, wish: dict[str, object], expected: list[str]
) -> None:
    before = AuditEvent.objects.count()
    refused = opened.ask(**wish)  # type: ignore[arg-type]
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == expected
    tables = (CareRequest, Booking, CareMove, TakenSpot, Notice, IdempotencyKey)
    assert [table.objects.count() for table in tables] == [0] * len(tables)
    assert AuditEvent.objects.count() == before


def held_at_larkin(opened: Opened) -> UUID:
    close_all_but("larkin")
    booking = opened.asked().booking
    assert booking is not None
    assert (booking.state, booking.site_id) == (BookingState.HELD, LARKIN)
    return booking.booking_id


def test_a_home_that_wants_to_be_asked_keeps_the_spots_until_it_answers(opened: Opened) -> None:
    booking = held_at_larkin(opened)
    assert (codes(ROSA), codes(SAM)) == (["care-held"], ["provider-asked"])
    assert len(taken_on(LARKIN, MONDAY)) == 6
    assert confirm_booking(booking_id=booking, actor=SAM, at=clock(5, 45)) == Yes()
    assert opened.view(CareRequest.objects.get().pk).state is RequestState.PLACED
    assert codes(ROSA) == ["care-held", "care-confirmed"]


def test_a_home_cannot_accept_when_its_time_is_over(opened: Opened) -> None:
    booking = held_at_larkin(opened)
    refused = confirm_booking(booking_id=booking, actor=SAM, at=clock(5, 50))
    assert isinstance(refused, No)
    assert refused.reasons[0].code == "hold-has-ended"
    assert Booking.objects.get().state == "held"


@pytest.mark.parametrize("silent", [True, False], ids=["says nothing", "declines"])
def test_when_a_home_does_not_take_it_the_next_is_tried_at_once(opened: Opened, silent: bool) -> None:
    booking = held_at_larkin(opened)
    set_offer("okafor", 2)
    if silent:
        assert work_due(at=clock(5, 51), holder="worker") == 1
    else:
        assert decline_booking(booking_id=booking, actor=SAM, at=clock(5, 44)) == Yes()
    view = opened.view(CareRequest.objects.get().pk)
    assert [one.state for one in view.bookings] == [
        BookingState.CONFIRMED,
        BookingState.LAPSED if silent else BookingState.DECLINED,
    ]
    assert view.booking is not None
    assert view.booking.site_id == OKAFOR
    assert taken_on(LARKIN, MONDAY) == ()
    assert set(codes(ROSA)) == {"care-held", "care-declined-trying-on", "care-confirmed"}
    assert drift() == []


def test_a_home_that_said_no_is_not_asked_again(opened: Opened) -> None:
    booking = held_at_larkin(opened)
    decline_booking(booking_id=booking, actor=SAM, at=clock(5, 44))
    view = opened.view(CareRequest.objects.get().pk)
    assert (view.state, view.booking) == (RequestState.ASKED, None)
    work_due(at=clock(5, 46), holder="worker")
    assert Booking.objects.count() == 1


def test_a_family_that_waits_gets_the_spot_that_is_offered_later(opened: Opened) -> None:
    close_all_but()
    view = opened.asked()
    assert (view.state, codes(ROSA)) == (RequestState.ASKED, ["care-waiting"])
    set_offer("okafor", 2)
    assert work_due(at=clock(5, 41), holder="worker") == 1
    assert opened.view(view.request_id).state is RequestState.PLACED


def test_a_family_is_told_before_decide_by_that_nothing_was_found_and_why(opened: Opened) -> None:
    close_all_but()
    view = opened.asked(decide_by=clock(6))
    work_due(at=clock(5, 57), holder="worker")
    assert opened.view(view.request_id).state is RequestState.ASKED
    work_due(at=clock(5, 58), holder="worker")
    told = opened.view(view.request_id)
    assert (told.state, told.answered_at) == (RequestState.UNFILLED, clock(5, 58))
    assert told.without_offer > 0 or told.why_not
    assert codes(ROSA) == ["care-waiting", "care-unfilled"]
    assert work_due(at=clock(6, 5), holder="worker") == 0


def test_canceling_frees_the_spots_and_tells_the_home(opened: Opened) -> None:
    view = opened.asked()
    assert cancel_request(request_id=view.request_id, actor=ROSA, at=clock(5, 50)) == Yes()
    after = opened.view(view.request_id)
    assert (after.state, after.bookings[0].state) == (RequestState.CANCELED, BookingState.CANCELED)
    assert taken_on(OKAFOR, MONDAY) == ()
    assert codes(MS_OKAFOR) == ["provider-new-booking", "provider-canceled"]
    assert isinstance(cancel_request(request_id=view.request_id, actor=ROSA, at=clock(5, 51)), No)
    assert drift() == []


def test_when_a_home_takes_a_confirmed_booking_back_the_family_does_not_start_again(opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    assert withdraw_booking(booking_id=view.booking.booking_id, actor=MS_OKAFOR, at=clock(5, 55)) == Yes()
    after = opened.view(view.request_id)
    assert after.booking is not None
    assert after.booking.site_id != OKAFOR
    assert after.bookings[-1].state is BookingState.WITHDRAWN
    told = Notice.objects.filter(person_id=ROSA, channel="sms").order_by("due_at").values_list("code", flat=True)
    assert list(told) == ["care-confirmed", "care-canceled-by-provider", "care-confirmed"]
    assert drift() == []


def test_the_home_says_who_came_but_not_before_the_day(opened: Opened) -> None:
    booking = opened.asked(day=MONDAY, at=clock(4, 0), decide_by=clock(4, 30)).booking
    assert booking is not None
    early = mark_attended(booking_id=booking.booking_id, actor=MS_OKAFOR, at=clock(4, 10))
    assert isinstance(early, No)
    assert early.reasons[0].code == "not-yet"
    assert mark_attended(booking_id=booking.booking_id, actor=MS_OKAFOR, at=clock(6, 45)) == Yes()
    assert CareRequest.objects.get().state == "closed"
    late = cancel_request(request_id=booking.request_id, actor=ROSA, at=clock(6, 46))
    assert isinstance(late, No)
    assert len(taken_on(OKAFOR, MONDAY)) == 6


def test_a_child_that_did_not_come_is_missed_only_once_it_was_due(opened: Opened) -> None:
    booking = opened.asked().booking
    assert booking is not None
    assert isinstance(mark_missed(booking_id=booking.booking_id, actor=MS_OKAFOR, at=clock(6)), No)
    assert mark_missed(booking_id=booking.booking_id, actor=MS_OKAFOR, at=clock(9)) == Yes()
    assert Booking.objects.get().state == "missed"


def test_the_last_spots_go_to_one_family_and_the_other_hears_the_truth(opened: Opened) -> None:
    close_all_but("okafor")
    opened.asked()
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], starts=time(8), ends=time(16))
    assert view.state is RequestState.PLACED  # three spots were offered and a toddler is the third child
    third = opened.ask(who=MARISOL, household="marisol", children=[LUCIA], day=SATURDAY)
    assert not isinstance(third, No)
    assert opened.view(third.request_id).state is RequestState.ASKED


def test_a_mildly_ill_child_goes_only_where_it_may(opened: Opened) -> None:
    view = opened.asked(mildly_ill=[ADA])
    assert view.state is RequestState.ASKED
    assert "needs" in {line.reason.code for line in view.why_not}


def test_every_write_has_its_audit_event_and_no_name_in_it(opened: Opened) -> None:
    view = opened.asked()
    cancel_request(request_id=view.request_id, actor=ROSA, at=clock(5, 50))
    events = AuditEvent.objects.filter(thing__in=["care-request", "booking"])
    assert sorted(events.values_list("verb", "thing")) == [
        ("ask", "care-request"),
        ("cancel", "booking"),
        ("cancel", "care-request"),
        ("confirm", "booking"),
        ("hold", "booking"),
        ("place", "care-request"),
    ]
    assert not any("Rosa" in str(event.facts) or "Ada" in str(event.facts) for event in AuditEvent.objects.all())


def test_a_parent_of_another_household_cannot_use_it(opened: Opened) -> None:
    """The household decides whose work and pay class count; a stranger has none in it."""
    assert household_of("rosa") != household_of("marisol")
    refused = opened.ask(who=MARISOL, household="nobody")
    assert isinstance(refused, No)
    assert LITTLE_OAKS not in {booking.site_id for booking in Booking.objects.all()}
