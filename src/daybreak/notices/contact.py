"""By which ways is this person told, and does a text wait until morning?

Preferences bend before silence: who can be reached by one way only is told by it, whatever they chose. Mail wakes
nobody, so quiet hours are for texts, and only for those that settle nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from daybreak.kernel.spans import moment
from daybreak.notices.terms import Channel, Contact


def chosen(ways: Collection[Channel], wish: Contact) -> list[Channel]:
    """Of the ways that reach a person, those they want; all of them where that would leave none.

    >>> chosen([Channel.MAIL, Channel.SMS], Contact(by_mail=False))
    [<Channel.SMS: 'sms'>]
    >>> chosen([Channel.MAIL], Contact(by_mail=False))
    [<Channel.MAIL: 'mail'>]
    """
    unwanted = {Channel.MAIL: not wish.by_mail, Channel.SMS: not wish.by_text}
    return [way for way in ways if not unwanted.get(way, False)] or list(ways)


def after_quiet(at: datetime, wish: Contact) -> datetime:
    """When a text that can wait may go out: now, or when the quiet hours around now end.

    >>> from datetime import UTC, time
    >>> night = Contact(quiet_from=time(21), quiet_until=time(5, 30), zone="America/New_York")
    >>> two = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    >>> after_quiet(two, night).astimezone(ZoneInfo("America/New_York")).strftime("%H:%M")
    '05:30'
    >>> after_quiet(two + timedelta(hours=5), night) == two + timedelta(hours=5)
    True
    """
    if wish.quiet is None:
        return at
    starts, ends = wish.quiet
    zone = ZoneInfo(wish.zone)
    today = at.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        last = day if ends > starts else day + timedelta(days=1)
        until = moment(last, ends, zone)
        if moment(day, starts, zone) <= at < until:
            return until
    return at
