"""When may somebody take a ticket for an interview?

The days are this product's own choice and stand here with their reasons; no statute names them. The one that is law is
the order: questions about a family asked before an offer is accepted are evidence of discrimination (EEOC, Enforcement
Guidance: Unlawful Disparate Treatment of Workers with Caregiving Responsibilities, 2007), so an entry interview stays
locked until then.
"""

from datetime import timedelta

from daybreak.kernel.decisions import No, Reason
from daybreak.tickets.terms import Milestone, Occasion, Window

DAYS: dict[Occasion, tuple[int, int]] = {
    # From the day counted from, and for how long: a month in, people know how work and care fit; after three they
    # adapt.
    Occasion.ENTRY: (30, 90),
    Occasion.RETURN: (14, 74),
    Occasion.PULSE: (0, 60),
    # After the final papers, so that nothing said can touch them; long enough for a phone of one's own.
    Occasion.EXIT: (0, 60),
    Occasion.DECLINED: (0, 60),
}
"""Days after the milestone on which a window opens and closes."""


def window_of(milestone: Milestone) -> Window | No:
    """The days on which a ticket may be taken, or why there are none.

    >>> from datetime import date
    >>> window_of(Milestone(Occasion.ENTRY, date(2026, 3, 2)))
    Window(opens_on=datetime.date(2026, 4, 1), closes_on=datetime.date(2026, 5, 31))
    >>> window_of(Milestone(Occasion.ENTRY, date(2026, 3, 2), accepted=False)).reasons[0].code
    'offer-not-accepted'
    """
    if milestone.occasion is Occasion.ENTRY and not milestone.accepted:
        return No((Reason("offer-not-accepted", cite="EEOC guidance on caregivers, 2007"),))
    opens, closes = DAYS[milestone.occasion]
    return Window(milestone.day + timedelta(days=opens), milestone.day + timedelta(days=closes))
