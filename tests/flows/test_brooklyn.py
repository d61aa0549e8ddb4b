"""A Brooklyn family on New York State's real provider list: placed at a licensed home, seen by that home."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from cast import DAWN, MONDAY, NADIA, Opened, clock
from daybreak.care.queries import bookings_on
from daybreak.care.states import BookingState, RequestState
from daybreak.demo.cast import made_id
from daybreak.demo.real_list import REAL_LIST, open_real_list
from daybreak.network.queries import drift, site_card
from daybreak.placement.terms import Kind

pytestmark = [pytest.mark.django_db, pytest.mark.real_data]

JOSETTE, REMY = made_id("child Josette"), made_id("child Remy")


@pytest.fixture
def brooklyn(opened: Opened, real_data: Path) -> Opened:
    assert open_real_list(real_data / REAL_LIST, MONDAY, DAWN) > 5
    return opened


def test_nadias_children_have_one_licensed_home_and_the_home_sees_them(brooklyn: Opened) -> None:
    view = brooklyn.asked(who=NADIA, household="nadia", children=[JOSETTE, REMY], starts=time(8), ends=time(16))

    assert view.state is RequestState.PLACED
    booking = view.booking
    assert booking is not None
    card = site_card(booking.site_id, day=MONDAY)
    assert card is not None
    assert card.kind is Kind.FAMILY_HOME
    assert card.license_status in ("License", "Registration")
    assert card.simulated
    assert booking.minutes <= 30
    assert booking.arrives_at < clock(8) < clock(16) < booking.leaves_at
    assert [one.booking_id for one in bookings_on(booking.site_id, MONDAY)] == [booking.booking_id]
    # Nearly all of the list's homes in reach offer nothing this morning, and the family is told how many.
    assert view.without_offer > 500
    assert drift() == []


def test_opening_the_list_again_changes_nothing(brooklyn: Opened, real_data: Path) -> None:
    view = brooklyn.asked(who=NADIA, household="nadia", children=[JOSETTE], starts=time(8), ends=time(16))
    again = open_real_list(real_data / REAL_LIST, MONDAY, DAWN + timedelta(hours=1))
    assert again > 5
    after = brooklyn.view(view.request_id)
    assert after.booking is not None
    assert after.booking.state in (BookingState.CONFIRMED, BookingState.HELD)
    assert drift() == []
