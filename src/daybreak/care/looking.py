"""One look for a place: how long a home may take, when to look again, and what to say of what does not fit."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import ceil, floor
from zoneinfo import ZoneInfo

from daybreak.care.terms import WhyNot
from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import DAY, minute_of, parse_clock
from daybreak.placement.candidates import CLOSED
from daybreak.placement.terms import Unplaced

ANSWER_WITHIN = timedelta(minutes=10)
"""How long a home that must be asked may take, so that another can still be asked before decide-by."""
IN_HAND = timedelta(minutes=2)
"""Kept back before decide-by, so that the family is told by then and not only then."""
AGAIN_WITHIN = timedelta(minutes=30)
"""How long Daybreak looks again when a home takes back what it had confirmed."""
LOOK_EVERY = timedelta(seconds=20)
"""How soon a waiting request looks again: a spot may be offered at any minute of the morning."""


def next_look(at: datetime, decide_by_at: datetime) -> datetime:
    """When to look again, never later than the moment the family must be told."""
    return min(at + LOOK_EVERY, max(decide_by_at - IN_HAND, at))


def is_out_of_time(at: datetime, decide_by_at: datetime) -> bool:
    """Say whether the family must be told now that nothing was found.

    >>> six = datetime(2026, 3, 2, 6, 0)
    >>> is_out_of_time(six, six + timedelta(minutes=2)), is_out_of_time(six, six + timedelta(minutes=3))
    (True, False)
    """
    return at >= decide_by_at - IN_HAND


def decide_by_again(at: datetime, decide_by_at: datetime) -> datetime:
    """By when a family knows that lost its place: the time it gave, or half an hour from now when that has passed.

    >>> six = datetime(2026, 3, 2, 6, 0)
    >>> decide_by_again(six, six + timedelta(minutes=10)).strftime("%H:%M")
    '06:10'
    >>> decide_by_again(six, six - timedelta(hours=9)).strftime("%H:%M")
    '06:30'
    """
    return at + AGAIN_WITHIN if is_out_of_time(at, decide_by_at) else decide_by_at


def needed_from(day: date, start_at: datetime, at: datetime, zone: ZoneInfo) -> int:
    """From which minute after midnight of the day of care a place is needed: the start of work, or now once begun.

    A child at school with a fever at eleven needs nobody for the hours before; what has passed asks for no spot.

    >>> new_york, monday = ZoneInfo("America/New_York"), date(2026, 3, 2)
    >>> ten_at_night = datetime(2026, 3, 2, 22, 0, tzinfo=new_york)
    >>> [needed_from(monday, ten_at_night, ten_at_night + timedelta(hours=hours), new_york) for hours in (-1, 3)]
    [1320, 1500]
    """
    local = max(start_at, at).astimezone(zone)
    return (local.date() - day).days * DAY + local.hour * 60 + local.minute


def care_hours(start_at: datetime, end_at: datetime, way_minutes: float) -> tuple[datetime, datetime]:
    """When the children come and are fetched: the way to work before and after, to whole minutes outward.

    >>> seven, three = datetime(2026, 3, 2, 7, 0), datetime(2026, 3, 2, 15, 0)
    >>> [moment.strftime("%H:%M") for moment in care_hours(seven, three, 12.3)]
    ['06:47', '15:13']
    """
    return start_at + timedelta(minutes=floor(-way_minutes)), end_at + timedelta(minutes=ceil(way_minutes))


FILTERS = (
    *(Unplaced.NOTHING_IN_REACH.value, Unplaced.HOURS.value, CLOSED, Unplaced.AGE.value, Unplaced.NEEDS.value),
    *(Unplaced.SIBLINGS.value, Unplaced.FULL.value),
)


def why_not(refused: Iterable[tuple[str, Reason]]) -> tuple[WhyNot, ...]:
    """Count the sites that do not fit by the first filter that ruled each out, in the order of the filters.

    Each line carries the reason of the site that missed by least.

    >>> lines = why_not([("a", Reason("age")), ("a", Reason("hours")), ("b", Reason("full"))])
    >>> [(line.reason.code, line.sites) for line in lines]
    [('hours', 1), ('full', 1)]
    """
    first: dict[str, Reason] = {}
    for site, reason in refused:
        if site not in first or _place(reason) < _place(first[site]):
            first[site] = reason
    counts = Counter(reason.code for reason in first.values())
    nearest: dict[str, Reason] = {}
    for reason in first.values():
        if reason.code not in nearest or missed_by(reason) < missed_by(nearest[reason.code]):
            nearest[reason.code] = reason
    return tuple(WhyNot(nearest[code], counts[code]) for code in sorted(counts, key=lambda code: _place(nearest[code])))


def with_contracts(refused: Iterable[tuple[str, Reason]], kept: Mapping[str, Reason]) -> tuple[tuple[str, Reason], ...]:
    """Say of a place that has spots which a contract keeps for others so, and not that it is full.

    >>> with_contracts([("a", Reason("full"))], {"a": Reason("kept-by-contract")})
    (('a', Reason(code='kept-by-contract', facts={}, cite='')),)
    """
    return tuple(
        (site, kept[site] if reason.code == Unplaced.FULL.value and site in kept else reason)
        for site, reason in refused
    )


def missed_by(reason: Reason) -> float:
    """By how many minutes a place misses what is needed; 0 for a reason that minutes do not measure.

    >>> missed_by(Reason("nothing-in-reach", {"minutes": 34, "most": 30}))
    4.0
    >>> noon = {"opens": "07:00", "closes": "18:00", "needed_from": "06:45", "needed_until": "18:10"}
    >>> missed_by(Reason("hours", noon))
    25.0
    """
    facts = reason.facts
    if reason.code == "nothing-in-reach":
        return max((float(facts.get(fact) or 0) - float(facts.get("most") or 0) for fact in _DISTANCES), default=0.0)
    if reason.code != "hours" or not all(isinstance(facts.get(fact), str) for fact in _HOURS):
        return 0.0
    opens, closes, since, until = (minute_of(parse_clock(str(facts[fact]))) for fact in _HOURS)
    closes, until = closes + DAY * (closes <= opens), until + DAY * (until <= since)
    return float(min(max(opens - since - days, 0) + max(until + days - closes, 0) for days in (-DAY, 0, DAY)))


_DISTANCES = ("minutes", "kilometers")
_HOURS = ("opens", "closes", "needed_from", "needed_until")


def _place(reason: Reason) -> int:
    return FILTERS.index(reason.code) if reason.code in FILTERS else len(FILTERS)
