"""When may somebody take a ticket?"""

from datetime import date, timedelta

import pytest

from daybreak.kernel.decisions import No
from daybreak.tickets.terms import Milestone, Occasion, Window
from daybreak.tickets.windows import window_of

DAY = date(2026, 3, 2)


def test_an_entry_interview_is_locked_before_the_offer_is_accepted() -> None:
    refused = window_of(Milestone(Occasion.ENTRY, DAY, accepted=False))
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["offer-not-accepted"]
    assert "EEOC" in refused.reasons[0].cite


@pytest.mark.parametrize(
    ("occasion", "opens", "closes"),
    [
        (Occasion.ENTRY, 30, 90),
        (Occasion.RETURN, 14, 74),
        (Occasion.PULSE, 0, 60),
        (Occasion.EXIT, 0, 60),
        (Occasion.DECLINED, 0, 60),
    ],
)
def test_each_occasion_opens_and_closes_on_its_days(occasion: Occasion, opens: int, closes: int) -> None:
    window = window_of(Milestone(occasion, DAY))
    assert window == Window(DAY + timedelta(days=opens), DAY + timedelta(days=closes))
    assert isinstance(window, Window)
    assert not window.is_open(window.opens_on - timedelta(days=1))
    assert window.is_open(window.opens_on)
    assert window.is_open(window.closes_on - timedelta(days=1))
    assert not window.is_open(window.closes_on)
