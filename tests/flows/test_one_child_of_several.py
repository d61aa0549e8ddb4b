"""Of two siblings one comes and the other does not, or later: each is written down, paid and fetched by itself."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from cast import ADA, BEN, LUCIA, MONDAY, MS_OKAFOR, OKAFOR, Opened, clock
from daybreak.audit.queries import events_of
from daybreak.care.actions.attend import mark_attended, mark_fetched
from daybreak.care.models import BookedChild
from daybreak.care.queries import booking_view, days_of_sites, earned_between
from daybreak.care.states import BookingState
from daybreak.care.terms import BookingView
from daybreak.kernel.decisions import No, Yes
from daybreak.network.caregivers.actions import set_rate
from web_visits import at_dawn, seen, visitor

pytestmark = pytest.mark.django_db

SEVEN, NINE, THREE = clock(7), clock(9), clock(15)


@pytest.fixture
def booking(opened: Opened) -> BookingView:
    found = opened.asked().booking
    assert found is not None
    return found


def now(booking: BookingView) -> BookingView:
    found = booking_view(booking.booking_id)
    assert found is not None
    return found


def came(booking: BookingView) -> dict[object, tuple[bool, bool]]:
    return {one.child_id: (one.came_at is not None, one.fetched_at is not None) for one in now(booking).children}


def test_only_the_child_that_came_is_there_and_is_paid(opened: Opened, booking: BookingView) -> None:
    set_rate(site_id=OKAFOR, cents=9_000, at=opened.at, actor=MS_OKAFOR)
    said = {"booking_id": booking.booking_id, "actor": MS_OKAFOR}
    assert mark_attended(**said, at=SEVEN, child_ids=[ADA]) == Yes()
    assert now(booking).state is BookingState.ATTENDED
    assert came(booking) == {ADA: (True, False), BEN: (False, False)}
    assert mark_attended(**said, at=NINE) == Yes(), "the plain tap once more"
    assert came(booking)[BEN] == (False, False), "does not make the other one come"
    (line,) = earned_between(OKAFOR, MONDAY, MONDAY + timedelta(days=1))
    assert (line.children, line.cents) == (1, 9_000)
    (day,) = [one for one in days_of_sites([OKAFOR], since=MONDAY) if one.day == MONDAY]
    assert day.children == 1


def test_the_other_may_come_later_and_each_is_fetched_by_itself(booking: BookingView) -> None:
    said = {"booking_id": booking.booking_id, "actor": MS_OKAFOR}
    mark_attended(**said, at=SEVEN, child_ids=[ADA])
    assert mark_attended(**said, at=NINE, child_ids=[BEN]) == Yes()
    assert mark_attended(**said, at=NINE, child_ids=[BEN]) == Yes(), "twice is once"
    assert {one.child_id: one.came_at for one in now(booking).children} == {ADA: SEVEN, BEN: NINE}
    assert mark_fetched(**said, at=THREE, child_ids=[BEN]) == Yes()
    assert now(booking).state is BookingState.ATTENDED, "Ada is still there"
    assert came(booking) == {ADA: (True, False), BEN: (True, True)}
    assert mark_fetched(**said, at=THREE + timedelta(minutes=30)) == Yes()
    assert now(booking).state is BookingState.FETCHED
    deeds = [event.verb for event in events_of("booking", booking.booking_id)]
    assert [deeds.count(verb) for verb in ("attend", "fetch")] == [2, 2]


def test_the_one_who_came_is_all_there_is_to_fetch(booking: BookingView) -> None:
    said = {"booking_id": booking.booking_id, "actor": MS_OKAFOR}
    mark_attended(**said, at=SEVEN, child_ids=[BEN])
    assert mark_fetched(**said, at=THREE) == Yes()
    assert now(booking).state is BookingState.FETCHED
    assert came(booking) == {ADA: (False, False), BEN: (True, True)}


@pytest.mark.parametrize("children", [[], [LUCIA], [ADA, LUCIA]])
def test_a_child_of_another_family_or_nobody_is_refused(booking: BookingView, children: list[object]) -> None:
    before = now(booking)
    for mark in (mark_attended, mark_fetched):
        refused = mark(booking_id=booking.booking_id, actor=MS_OKAFOR, at=SEVEN, child_ids=children)
        assert isinstance(refused, No)
        assert [reason.code for reason in refused.reasons] == ["not-allowed"]
    assert now(booking) == before


def test_the_database_lets_nobody_be_fetched_who_did_not_come(booking: BookingView) -> None:
    rows = BookedChild.objects.filter(booking=booking.booking_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(fetched_at=THREE)


def test_a_home_ticks_each_child_on_its_page(booking: BookingView, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch, SEVEN)
    home, path = visitor(MS_OKAFOR), f"/bookings/{booking.booking_id}/attendance"
    page = seen(home.get(f"/sites/{OKAFOR}/today"))
    ticked = [value for name, value in page.hidden() if name == "child"]
    assert ticked == [str(ADA), str(BEN)], "all are ticked at first"
    nobody = home.post(path, {"came": "yes", "each": "1"}, follow=True)
    assert "No child was ticked." in seen(nobody).said
    assert now(booking).state is BookingState.CONFIRMED
    page = seen(home.post(path, {"came": "yes", "each": "1", "child": [str(ADA)]}, follow=True))
    assert "Did not come" in page.said
    assert "1 child" in page.said
    assert "Came later" in page.said
    home.post(path, {"came": "yes", "each": "1", "child": [str(BEN)]})
    page = seen(home.post(path, {"came": "fetched", "each": "1", "child": [str(BEN)]}, follow=True))
    assert came(booking) == {ADA: (True, False), BEN: (True, True)}
    assert "Fetched" in page.said


def test_notes_about_a_child_close_when_it_is_fetched(booking: BookingView, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch, SEVEN)
    home = visitor(MS_OKAFOR)
    said = {"booking_id": booking.booking_id, "actor": MS_OKAFOR}
    mark_attended(**said, at=SEVEN)
    shown = seen(home.get(f"/sites/{OKAFOR}/today")).said
    assert "llerg" in shown
    mark_fetched(**said, at=SEVEN, child_ids=[ADA])
    assert "llerg" not in seen(home.get(f"/sites/{OKAFOR}/today")).said
