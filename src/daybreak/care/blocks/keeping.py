"""Which time does a family keep free in its own calendar, and what does a site's calendar show?

While nothing is sure, and when nothing was found, the whole shift is kept: the parent may have to stay home. Once there
is a place, two short blocks are left: bringing the children before the shift, and fetching them after it. A block says
the same word whatever it stands for.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from daybreak.calendars.terms import Entry, Standing
from daybreak.care.blocks.terms import Arrival, Planned
from daybreak.care.states import CAME, BookingState, RequestState

WHOLE, BEFORE, AFTER = "shift", "before", "after"
"""The three blocks a request can have, each with an id of its own."""
SURE = (BookingState.CONFIRMED, *CAME)


def blocks_of(planned: Planned, *, title: str) -> tuple[Entry, ...]:
    """All three blocks of a request, those that do not apply any more marked as gone.

    A calendar that took an earlier file in drops them when it takes this one in: same ids, a higher count.
    """
    view, shift = planned.view, planned.shift
    booking = view.booking
    is_sure = booking is not None and booking.state in SURE
    is_open = view.state is RequestState.ASKED or (view.state is RequestState.PLACED and not is_sure)
    whole = Standing.OPEN if is_open else Standing.GONE
    if view.state is RequestState.UNFILLED:
        whole = Standing.SURE
    times = {WHOLE: (shift.start_at, shift.end_at, whole)}
    if booking is not None and is_sure:
        times[BEFORE] = (booking.arrives_at, shift.start_at, Standing.SURE)
        times[AFTER] = (shift.end_at, booking.leaves_at, Standing.SURE)
    else:
        times[BEFORE] = (shift.start_at, shift.start_at, Standing.GONE)
        times[AFTER] = (shift.end_at, shift.end_at, Standing.GONE)
    return tuple(
        Entry(
            uid=uuid5(view.request_id, part),
            starts_at=starts,
            # A place at the very door of work leaves nothing to keep.
            ends_at=max(starts, ends),
            title=title,
            changed_at=planned.changed_at,
            changes=planned.changes,
            standing=standing if ends > starts else Standing.GONE,
        )
        for part, (starts, ends, standing) in times.items()
    )


def kept(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries that still stand: a feed simply leaves out what is gone."""
    return tuple(entry for entry in entries if entry.standing is not Standing.GONE)


def arrival_entry(arrival: Arrival, *, title: str, line: str, page: str) -> Entry:
    """A booking in its site's calendar, from arrival until the children are fetched."""
    booking = arrival.booking
    sure = booking.state in SURE
    waits = booking.state is BookingState.HELD
    return Entry(
        uid=_uid(booking.booking_id),
        starts_at=booking.arrives_at,
        ends_at=booking.leaves_at,
        title=title,
        changed_at=arrival.changed_at,
        changes=arrival.changes,
        standing=Standing.SURE if sure else Standing.OPEN if waits else Standing.GONE,
        is_busy=False,
        line=line,
        page=page,
    )


def _uid(booking_id: UUID) -> UUID:
    return uuid5(booking_id, "arrival")
