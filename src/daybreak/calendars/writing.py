"""How is an entry spelled for a calendar program? As RFC 5545, by the `icalendar` library.

No entry has an organizer, an attendee or a method: colleagues who may look into a calendar would read there where it
came from.
"""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event

from daybreak.calendars.terms import Entry

MADE_BY = "-//Hold//1.0//EN"
"""Required by the standard and shown by some programs, so it names nobody either."""
LOOK_AGAIN = timedelta(minutes=15)
"""How often a calendar that follows a feed may ask."""


def written(entries: Iterable[Entry], *, name: str = "") -> bytes:
    r"""A calendar file of these entries; with a `name` it is one to be followed.

    >>> from datetime import datetime
    >>> from uuid import UUID
    >>> seven = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> lines = written([Entry(UUID(int=7), seven, seven + timedelta(minutes=20), "Hold", seven, 2)]).decode()
    >>> [line for line in lines.split("\r\n") if line.startswith(("DTSTART", "SUMMARY", "CLASS", "SEQ"))]
    ['SUMMARY:Hold', 'DTSTART:20260302T120000Z', 'SEQUENCE:2', 'CLASS:PRIVATE']
    """
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT15M")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("sequence", entry.changes)
    event.add("status", entry.standing.value)
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE" if entry.is_busy else "TRANSPARENT")
    if entry.line:
        event.add("description", entry.line)
    if entry.page:
        event.add("url", entry.page)
    return event
