"""By when may a family want to know? A few moments to choose from, for a page, a text and a call alike."""

from datetime import datetime, timedelta

SOON = timedelta(minutes=5)
"""A decide-by nearer than that leaves no time to ask anybody."""
LONG_AHEAD = timedelta(hours=14)
"""Care that starts later than that need not be settled within the half hour."""


def decide_by_choices(at: datetime, leaves_home_at: datetime, ends_at: datetime) -> tuple[datetime, ...]:
    """Moments to choose from, soonest first; the first one is the default.

    For care that starts soon: in a quarter, half or whole hour, and when the parent must leave home. For care further
    ahead: in an hour, at the end of the day before, and two hours before leaving. Once it is too late to be told before
    leaving, a quarter and half hour from now are all that is left.

    >>> six = datetime(2026, 3, 2, 10, 40)
    >>> [f"{moment:%H:%M}" for moment in decide_by_choices(six, six + timedelta(minutes=65), six + timedelta(hours=9))]
    ['11:10', '11:40', '11:45']
    """
    leaves = _five_before(leaves_home_at)
    if leaves_home_at - at > LONG_AHEAD:
        wished = {at + timedelta(hours=1), leaves - timedelta(hours=10), leaves - timedelta(hours=2)}
    else:
        wished = {at + timedelta(minutes=30), at + timedelta(hours=1), at + timedelta(hours=3), leaves}
    choices = sorted({moment for moment in map(_five_after, wished) if at + SOON < moment <= leaves})
    if not choices:
        late = (_five_after(at + timedelta(minutes=15)), _five_after(at + timedelta(minutes=30)))
        choices = [moment for moment in late if moment < ends_at] or [ends_at - timedelta(minutes=1)]
    return tuple(choices)


def _five_before(moment: datetime) -> datetime:
    """The moment moved back to whole five minutes, as people say times."""
    return moment.replace(minute=moment.minute - moment.minute % 5, second=0, microsecond=0)


def _five_after(moment: datetime) -> datetime:
    """The moment moved forward to whole five minutes."""
    before = _five_before(moment)
    return before if before == moment else before + timedelta(minutes=5)
