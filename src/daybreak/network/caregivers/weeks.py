"""Which spots does a caregiver's week offer on a day, and for whom may they offer to come?

A caregiver says the week once. Each day of the next weeks is offered from it as if it had been said that day, so that a
single day can still be taken back by itself.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.kernel.spans import minute_of
from daybreak.network.caregivers.terms import Week
from daybreak.placement.hours import span_of
from daybreak.placement.sessions import Session, touched
from daybreak.placement.terms import EVERY_AGE

AHEAD = timedelta(days=28)
"""How far ahead a week is offered: a standing word grows stale, and bookings farther off are rare."""


def decide(from_months: int, until_months: int, *, radius_km: float, most_km: float) -> Decision:
    """Say whether a caregiver may offer to come for these ages, so far from where they set out.

    >>> decide(0, 216, radius_km=8, most_km=150)
    Yes()
    >>> decide(36, 36, radius_km=0, most_km=150).reasons[1].code
    'radius-out-of-range'
    """
    reasons = []
    if not 0 <= from_months < until_months <= EVERY_AGE:
        reasons.append(Reason("ages-out-of-order", {"from_months": from_months, "until_months": until_months}))
    if not 0 < radius_km <= most_km:
        reasons.append(Reason("radius-out-of-range", {"kilometers": radius_km, "most": most_km}))
    return No(tuple(reasons)) if reasons else Yes()


def sessions_on(week: Week, day: date) -> tuple[Session, ...]:
    """The sessions of a day that the week's hours touch, those of a night that began the day before included, and the
    night before a day on which the caregiver begins before dawn.

    >>> from datetime import time
    >>> nights = {0: (time(22), time(7))}
    >>> [str(session) for session in sessions_on(nights, date(2026, 3, 2))]
    ['evening', 'night']
    >>> [str(session) for session in sessions_on(nights, date(2026, 3, 3))]
    ['early']
    >>> [str(session) for session in sessions_on({0: (time(3), time(7))}, date(2026, 3, 1))]
    ['night']
    """
    found = {session for offset, session in _touched(week, day) if offset == 0}
    found |= {session for offset, session in _touched(week, day - timedelta(days=1)) if offset == 1}
    found |= {session for offset, session in _touched(week, day + timedelta(days=1)) if offset == -1}
    return tuple(session for session in Session if session in found)


def _touched(week: Week, day: date) -> Iterator[tuple[int, Session]]:
    hours = week.get(day.weekday())
    if hours is not None:
        yield from touched(*span_of(minute_of(hours[0]), minute_of(hours[1])))


def days_ahead(today: date) -> list[date]:
    """The days a week is offered for, today included."""
    return [today + timedelta(days=offset) for offset in range(AHEAD.days)]
