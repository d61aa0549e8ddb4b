"""Which sessions of a day are still to come, and what does a room still have open in all of them?

A director at dawn thinks of the rest of the day as one: "three more toddlers can come". So a number said by one tap or
one text is about every session that is left.
"""

from collections.abc import Iterable, Mapping
from datetime import time

from daybreak.kernel.spans import minute_of
from daybreak.network.terms import SpotCount
from daybreak.placement.hours import span_of
from daybreak.placement.sessions import CLOCK, Session, touched


def sessions_left(opens: time | None, closes: time | None, *, minute: int) -> tuple[Session, ...]:
    """The sessions of today in which a site is open and that are not over at a minute after midnight.

    >>> [str(session) for session in sessions_left(time(7), time(18), minute=8 * 60)]
    ['morning', 'afternoon']
    >>> sessions_left(time(7), time(18, 30), minute=18 * 60 + 30)
    ()
    """
    if opens is None or closes is None:
        return ()
    since, until = span_of(minute_of(opens), minute_of(closes))
    open_in = {session for day, session in touched(since, until) if day == 0}
    return tuple(session for session in Session if session in open_in and min(CLOCK[session][1], until) > minute)


def still_open(counts: Mapping[Session, SpotCount], sessions: Iterable[Session]) -> int:
    """How many more children may come for the rest of the day: the fewest of any session left; none where none is.

    >>> still_open({Session.MORNING: SpotCount(3, 1, False)}, [Session.MORNING, Session.AFTERNOON])
    0
    """
    found = [counts[session].spots - counts[session].taken if session in counts else 0 for session in sessions]
    return min(found, default=0)


def offers_for(
    counts: Mapping[Session, SpotCount], sessions: Iterable[Session], *, open_spots: int
) -> dict[Session, int]:
    """What to offer in each session left so that so many are open beside those taken.

    >>> offers_for({Session.MORNING: SpotCount(3, 1, False)}, [Session.MORNING, Session.AFTERNOON], open_spots=2)
    {<Session.MORNING: 'morning'>: 3, <Session.AFTERNOON: 'afternoon'>: 2}
    """
    return {session: open_spots + (counts[session].taken if session in counts else 0) for session in sessions}
