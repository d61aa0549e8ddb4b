"""When do so many families ask at once that all who wait are placed together, in rounds, and not one after the other?

First come, first served is as good as anything while there is room. Where families nearby ask for more than half of the
spots that are left, each spot given to the first who asks may be the only one of somebody else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from daybreak.care.looking import IN_HAND
from daybreak.care.pricing import EVERY
from daybreak.placement.sessions import SessionKey
from daybreak.placement.terms import Candidate, Site

MANY = 20
"""Children of other families nearby who ask at once: fewer are soon placed one after the other."""
NEARBY_KM = 15.0
"""How near to each other families live who want the same spots; most allow half an hour more on their way."""
LATELY = EVERY
"""Who asked in the last half minute tells how many will ask in the next, whether or not they have a place already."""
ALONE_FROM = IN_HAND + timedelta(minutes=1)
"""How long before decide-by a request leaves the rounds: time to look alone, and to ask a home that must be asked."""
WITHOUT_A_ROUND = 3 * EVERY
"""After so long without a round a request looks alone, so that a worker that died keeps nobody waiting."""
TWICE = 2
"""Refusals of one site in rounds after which a request looks alone: what a round cannot see keeps refusing."""


@dataclass(frozen=True)
class Past:
    """One site that was tried for a request: in vain because its spots were gone, or with a booking that ended."""

    site_id: str
    was_booked: bool


def is_surge(*, asking: int, spots: int) -> bool:
    """Say whether the children of other families who ask nearby make a family wait for the next round.

    `spots` are left at the sites that fit it.

    >>> is_surge(asking=19, spots=0), is_surge(asking=20, spots=40), is_surge(asking=20, spots=39)
    (False, False, True)
    """
    return asking >= MANY and 2 * asking > spots


def is_over(*, waiting: int) -> bool:
    """Say whether so few children wait after a round that each request may look alone again."""
    return 2 * waiting < MANY


def may_wait(at: datetime, decide_by_at: datetime) -> bool:
    """Say whether there is time for a round before the family must know.

    >>> six = datetime(2026, 3, 2, 6, 0)
    >>> may_wait(six, six + timedelta(minutes=4)), may_wait(six, six + timedelta(minutes=3))
    (True, False)
    """
    return decide_by_at - at > ALONE_FROM


def alone_at(at: datetime, decide_by_at: datetime) -> datetime:
    """When a request that waits for a round looks alone, if no round comes first."""
    return min(at + WITHOUT_A_ROUND, max(decide_by_at - ALONE_FROM, at))


def looks_alone(past: Sequence[Past]) -> bool:
    """Say whether a request goes its own way: a round knows neither who said no to it nor what refused it again.

    >>> looks_alone([Past("oaks", False)]), looks_alone([Past("oaks", False)] * 2), looks_alone([Past("oaks", True)])
    (False, True, True)
    """
    sites = [one.site_id for one in past]
    return any(one.was_booked or sites.count(one.site_id) >= TWICE for one in past)


def spots_left(candidates: Iterable[Candidate], sites: Collection[Site]) -> int:
    """How many children the sites that fit a family still take in the sessions it needs, all together.

    A room where a young child lowers the number counts as if none came.
    """
    by_id = {site.site_id: site for site in sites}
    total = 0
    for candidate in candidates:
        site = by_id[candidate.site_id]
        keys = {key for place in candidate.places for key in place.sessions}
        total += min((_left(site, key) for key in keys), default=0)
    return total


def _left(site: Site, key: SessionKey) -> int:
    at_site = _count(site.session_spots, key)
    return min(at_site, sum(_count(room.session_spots, key) for room in site.rooms)) if site.rooms else at_site


def _count(spots: Mapping[SessionKey, int] | None, key: SessionKey) -> int:
    return (spots or {}).get(key, 0)
