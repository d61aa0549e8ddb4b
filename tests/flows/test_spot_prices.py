"""What a spot costs steers a family, refuses it only by the live morning, and is said in words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cast import DAWN, MONDAY, OKAFOR, ROSA, Opened, clock
from daybreak.care.actions.clock import work_due
from daybreak.care.actions.price import write_prices
from daybreak.care.models import Attempt, SpotPrice
from daybreak.care.pricing import FRESH
from daybreak.care.queries import prices_on
from daybreak.care.states import RequestState
from daybreak.care.terms import PriceSource
from daybreak.care.terms import SpotPrice as Price
from daybreak.cli.why import story
from daybreak.network.models import Room, Site
from daybreak.notices.models import Notice
from daybreak.placement.sessions import Session

pytestmark = pytest.mark.django_db

MORE_THAN_A_CHILD = 5000.0


def everywhere(minutes: float, source: PriceSource, at: datetime = DAWN) -> list[Price]:
    """The same price for every room and caregiver."""
    rooms = [
        Price(pk, minutes, source, at) for pk in Room.objects.exclude(site__kind="in_home").values_list("pk", flat=True)
    ]
    caregivers = [
        Price(pk, minutes, source, at, at_caregiver=True)
        for pk in Site.objects.filter(kind="in_home").values_list("pk", flat=True)
    ]
    return rooms + caregivers


def at_ms_okafor(minutes: float, source: PriceSource) -> list[Price]:
    rooms = Room.objects.filter(site=OKAFOR).values_list("pk", flat=True)
    return [Price(pk, minutes, source, DAWN) for pk in rooms]


def test_a_forecast_steers_rosa_to_her_second_choice_and_keeps_nothing_from_her(opened: Opened) -> None:
    write_prices(MONDAY, at_ms_okafor(MORE_THAN_A_CHILD, PriceSource.FORECAST))
    view = opened.asked()
    assert view.booking is not None
    assert view.booking.site_id != OKAFOR
    assert view.state is RequestState.PLACED


def test_a_forecast_alone_refuses_nobody(opened: Opened) -> None:
    write_prices(MONDAY, everywhere(MORE_THAN_A_CHILD, PriceSource.FORECAST))
    assert opened.asked().state is RequestState.PLACED


def test_a_price_of_the_live_morning_keeps_rosa_waiting_and_is_said_in_words(opened: Opened) -> None:
    write_prices(MONDAY, everywhere(MORE_THAN_A_CHILD, PriceSource.LIVE))
    view = opened.asked()

    assert (view.state, view.bookings) == (RequestState.ASKED, ())
    lines = {line.reason.code: line.sites for line in view.why_not}
    assert lines["wanted-by-many"] > 0
    assert view.considered == sum(lines.values())
    assert not Attempt.objects.exists()
    assert set(Notice.objects.filter(person_id=ROSA).values_list("code", flat=True)) == {"care-waiting"}
    told = "\n".join(story(view.request_id))
    assert "Given out together. Many families ask for the last spots here" in told


def test_once_the_live_prices_are_old_she_is_placed_by_the_next_look(opened: Opened) -> None:
    write_prices(MONDAY, everywhere(MORE_THAN_A_CHILD, PriceSource.LIVE))
    request_id = opened.asked().request_id
    later = DAWN + FRESH + timedelta(seconds=1)
    work_due(at=later, holder="worker")
    assert opened.view(request_id).state is RequestState.PLACED


def test_within_two_minutes_of_decide_by_no_price_refuses(opened: Opened) -> None:
    at = clock(6)
    write_prices(MONDAY, everywhere(MORE_THAN_A_CHILD, PriceSource.LIVE, at))
    assert opened.asked(at=at, decide_by=at + timedelta(minutes=2)).state is RequestState.PLACED


def test_writing_again_replaces_what_the_same_source_said_and_nothing_else(opened: Opened) -> None:
    (room, *_) = at_ms_okafor(7.0, PriceSource.FORECAST)
    early = replace(room, session=Session.EARLY)
    live = replace(room, source=PriceSource.LIVE, minutes=1.0)
    write_prices(MONDAY, [room, early, live])
    write_prices(MONDAY, [replace(room, minutes=8.0)])
    found = {(one.source, one.session, one.minutes) for one in prices_on(MONDAY, [room.holder_id])}
    assert found == {(PriceSource.FORECAST, None, 8.0), (PriceSource.LIVE, None, 1.0)}


def test_the_database_refuses_a_price_of_nothing_a_price_below_zero_and_two_from_one_source(opened: Opened) -> None:
    room = at_ms_okafor(1.0, PriceSource.LIVE)[0].holder_id
    right = {"room_id": room, "day": MONDAY, "minutes": 1.0, "source": "live", "computed_at": DAWN}
    SpotPrice.objects.create(**right)
    for wrong in ({}, {"room_id": None}, {"minutes": -1.0, "session": "early"}, {"source": "rumor"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SpotPrice.objects.create(**(right | wrong))
    assert SpotPrice.objects.count() == 1
