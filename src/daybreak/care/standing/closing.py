"""A district closes: for which hours does a family need care, when are its standing requests asked, when is it told?

All standing requests of a closure are asked at one moment and placed in one round, so that nobody gains by being quick.
A closure announced for a later day is asked the evening before, while homes are awake to answer. One announced at night
waits for the last hour before the first family must know. Families sleep until the hour they named.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from daybreak.care.looking import IN_HAND
from daybreak.care.standing.terms import Closed, ClosureKind, Standing
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.spans import moment
from daybreak.people.terms import HouseholdProfile

EVENING = time(18)
"""When the next day's closures are asked: homes know their spots by then, and can still answer."""
NIGHT = time(21)
"""From then on neither homes nor families are disturbed by what can wait."""
LAST_HOUR = timedelta(hours=1)
"""How long before the first family must know a closure of the night is asked."""
LONGEST = timedelta(days=366)
"""A standing request ends within a school year: a wish from years ago is nobody's wish."""


def hours_needed(closed: Closed, starts: time, ends: time) -> tuple[time, time] | None:
    """The part of a shift for which a closure leaves a family without care; None when it leaves none.

    A shift across midnight is that of a parent who sleeps by day: whatever part of it a short school day leaves is
    not known, so all of it counts.

    >>> from uuid import UUID
    >>> late = Closed(UUID(int=1), date(2026, 3, 2), ClosureKind.LATE, time(10))
    >>> hours_needed(late, time(7), time(15, 30)), hours_needed(late, time(12), time(20))
    ((datetime.time(7, 0), datetime.time(10, 0)), None)
    """
    if closed.kind is ClosureKind.CLOSED or closed.hour is None or ends <= starts:
        return starts, ends
    if closed.kind is ClosureKind.LATE:
        return (starts, min(closed.hour, ends)) if starts < closed.hour else None
    return (max(closed.hour, starts), ends) if closed.hour < ends else None


def holds_on(standing: Standing, day: date) -> bool:
    """Say whether a standing request is for a day."""
    return standing.from_day <= day <= standing.until_day


def decide_by_on(standing: Standing, day: date, zone: ZoneInfo, *, at: datetime) -> datetime:
    """By when a family must know about a day; half an hour from now where its usual hour has passed or is too near.

    A decide-by after the start of the shift is one of the evening before.
    """
    is_evening_before = standing.decide_by > standing.starts
    wished = moment(day - timedelta(days=1) if is_evening_before else day, standing.decide_by, zone)
    return wished if wished > at + 2 * IN_HAND else at + timedelta(minutes=30)


def asked_at(day: date, zone: ZoneInfo, first_decide_by: datetime | None, *, at: datetime) -> datetime:
    """When a closure's standing requests are asked.

    >>> new_york, night = ZoneInfo("America/New_York"), datetime(2026, 3, 2, 3, 0, tzinfo=ZoneInfo("UTC"))
    >>> half_past_five = datetime(2026, 3, 2, 10, 30, tzinfo=ZoneInfo("UTC"))
    >>> asked_at(date(2026, 3, 2), new_york, half_past_five, at=night).isoformat()
    '2026-03-02T09:30:00+00:00'
    >>> asked_at(date(2026, 3, 5), new_york, None, at=night).astimezone(new_york).isoformat()
    '2026-03-04T18:00:00-05:00'
    """
    soonest = max(at, moment(day - timedelta(days=1), EVENING, zone))
    if first_decide_by is None or soonest < moment(day - timedelta(days=1), NIGHT, zone):
        return soonest
    return max(soonest, first_decide_by - LAST_HOUR)


def told_at(at: datetime, decide_by_at: datetime, told_from: time | None, zone: ZoneInfo) -> datetime:
    """When a family is told what is known now: at once by day, at the hour it named by night, always by its decide-by.

    >>> new_york, utc = ZoneInfo("America/New_York"), ZoneInfo("UTC")
    >>> five_to_five, half_past_five = datetime(2026, 3, 2, 9, 55, tzinfo=utc), datetime(2026, 3, 2, 10, 30, tzinfo=utc)
    >>> told_at(five_to_five, half_past_five, time(5, 15), new_york).astimezone(new_york).strftime("%H:%M")
    '05:15'
    >>> told_at(five_to_five, half_past_five, time(9), new_york).astimezone(new_york).strftime("%H:%M")
    '05:28'
    """
    local = at.astimezone(zone)
    if told_from is None or told_from <= local.time() < NIGHT:
        return at
    wakes_on = local.date() + timedelta(days=1) if local.time() >= NIGHT else local.date()
    return max(at, min(moment(wakes_on, told_from, zone), decide_by_at - IN_HAND))


def decide(standing: Standing, household: HouseholdProfile, *, today: date) -> Standing | No:
    """Return the standing request as it may stand, its children in the family's order, or every reason why not."""
    reasons = list(_about_children(standing, household))
    if standing.until_day < standing.from_day or standing.until_day < today:
        reasons.append(Reason("standing-ends-before-it-begins"))
    elif standing.until_day - today > LONGEST:
        reasons.append(Reason("standing-too-long", {"days": LONGEST.days}))
    if reasons:
        return No(tuple(reasons))
    in_order = tuple(child.child_id for child in household.children if child.child_id in standing.child_ids)
    return replace(standing, child_ids=in_order)


def _about_children(standing: Standing, household: HouseholdProfile) -> Iterable[Reason]:
    if not standing.child_ids:
        yield Reason("no-child")
    if len(standing.child_ids) > 4:
        yield Reason("too-many-children", {"children": len(standing.child_ids), "most": 4})
    if any(household.child(child) is None for child in standing.child_ids):
        yield Reason("not-allowed")
