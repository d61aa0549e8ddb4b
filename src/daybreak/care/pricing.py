"""What does a spot cost, and is it worth that to this family? Prices steer every look and seldom refuse one.

A price is minutes of way that others would give for the spot. Steering by it is always right: with no price it is
nearest first. Refusing is right only while the price comes from the families who wait now: a forecast of too many would
leave spots empty that somebody needed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from daybreak.care.looking import IN_HAND
from daybreak.care.terms import PriceSource, SpotPrice
from daybreak.kernel.decisions import Reason
from daybreak.placement.request import price_of
from daybreak.placement.sessions import TOLERANCE, Session
from daybreak.placement.terms import Candidate

EVERY = timedelta(seconds=30)
"""How often at most all who wait are placed together, which is when prices are made anew."""
FRESH = 2 * EVERY
"""How old a live price may be to refuse by it: the last round's, or the one before while that one runs."""
WANTED_BY_MANY = "wanted-by-many"


@dataclass(frozen=True)
class Prices:
    """What `best_places` reads: minutes by room, or by site for a caregiver, and which of them are fresh from the live
    morning."""

    minutes: Mapping[str, float] = field(default_factory=dict)
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Admitted:
    """The sites worth their price to a family, best first, and why each of the others is not tried now."""

    candidates: tuple[Candidate, ...]
    refused: tuple[tuple[str, Reason], ...]


def prices_of(known: Iterable[SpotPrice], sessions: Collection[Session], *, at: datetime) -> Prices:
    """Read the newest prices of each room or caregiver for care in these sessions.

    Of a forecast and the live morning, whichever was computed last counts alone; the price of the whole day and those
    of the sessions add up. Not modeled: sessions that only the way to a site touches.

    >>> from uuid import UUID
    >>> five = datetime(2026, 3, 2, 5, 0)
    >>> dear = SpotPrice(UUID(int=7), 40.0, PriceSource.FORECAST, five, Session.EARLY)
    >>> prices_of([dear], [Session.EARLY, Session.MORNING], at=five).minutes
    {'00000000-0000-0000-0000-000000000007': 40.0}
    >>> prices_of([dear], [Session.MORNING], at=five).minutes
    {'00000000-0000-0000-0000-000000000007': 0.0}
    """
    by_holder: dict[str, list[SpotPrice]] = {}
    for price in known:
        by_holder.setdefault(str(price.holder_id), []).append(price)
    minutes, fresh = {}, set()
    for holder, prices in by_holder.items():
        last = max(prices, key=lambda price: price.computed_at)
        counted = [price for price in prices if price.source is last.source and price.session in (None, *sessions)]
        minutes[holder] = sum((price.minutes for price in counted), 0.0)
        if last.source is PriceSource.LIVE and timedelta(0) <= at - last.computed_at <= FRESH:
            fresh.add(holder)
    return Prices(minutes, frozenset(fresh))


def admit(candidates: Sequence[Candidate], prices: Prices, *, at: datetime, decide_by_at: datetime) -> Admitted:
    """Leave out the sites whose spots others who wait now need more; never in the last minutes before decide-by.

    >>> from daybreak.placement.terms import ChildPlace
    >>> near = Candidate("oaks", (ChildPlace("Ada", "toddlers", ()),), minutes=5.0, value=1195.0)
    >>> six, fresh = datetime(2026, 3, 2, 6, 0), frozenset({"toddlers"})
    >>> [one.site_id for one in admit([near], Prices({"toddlers": 1190.0}, fresh), at=six, decide_by_at=datetime.max)
    ...  .candidates]
    ['oaks']
    >>> admit([near], Prices({"toddlers": 1199.0}, fresh), at=six, decide_by_at=datetime.max).refused[0][1].code
    'wanted-by-many'
    """
    if decide_by_at - at <= IN_HAND:
        return Admitted(tuple(candidates), ())
    dear = [candidate for candidate in candidates if _is_too_dear(candidate, prices)]
    return Admitted(
        tuple(candidate for candidate in candidates if candidate not in dear),
        tuple((candidate.site_id, Reason(WANTED_BY_MANY)) for candidate in dear),
    )


def _is_too_dear(candidate: Candidate, prices: Prices) -> bool:
    holders = {place.room_id or candidate.site_id for place in candidate.places}
    return holders <= prices.fresh and candidate.value < price_of(candidate, prices.minutes) - TOLERANCE
