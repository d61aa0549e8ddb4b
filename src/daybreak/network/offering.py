"""May a site offer these spots on this day? Licensed capacity is the ceiling, never the offer itself."""

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from uuid import UUID

from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.kernel.spans import minute_of
from daybreak.network.weekdays import opens_on
from daybreak.placement.hours import span_of
from daybreak.placement.sessions import Session, touched


def decide(
    offers: Mapping[tuple[UUID, Session], int],
    *,
    licensed: Mapping[UUID, int],
    license_holds: bool,
    hours_known: bool,
    closed: Collection[Session],
    days_ahead: int,
    day: date,
) -> Decision:
    """Compare what is offered per room and session with what the license allows each room.

    `closed` are the sessions in which the site stays closed on that day of the week. `days_ahead` counts from today at
    the site; a night that began yesterday still belongs to yesterday.

    >>> oaks, monday = UUID(int=2), date(2026, 3, 2)
    >>> offer = {(oaks, Session.MORNING): 9}
    >>> stands = {"license_holds": True, "hours_known": True, "closed": (), "days_ahead": 0}
    >>> no = decide(offer, licensed={oaks: 8}, day=monday, **stands)
    >>> no.reasons[0].code
    'more-than-licensed'
    """
    reasons = [] if offers else [Reason("no-offer", {"day": day.isoformat()})]
    if not license_holds:
        reasons.append(Reason("license-not-in-force", {"day": day.isoformat()}))
    if not hours_known:
        reasons.append(Reason("unknown-hours"))
    if any(spots for (_, session), spots in offers.items() if session in closed):
        reasons.append(Reason("closed-that-day", {"day": day.isoformat()}))
    only_nights = all(session is Session.NIGHT for _, session in offers)
    if days_ahead < (-1 if only_nights else 0):
        reasons.append(Reason("day-in-the-past", {"day": day.isoformat()}))
    for (room_id, session), spots in sorted(offers.items()):
        if room_id not in licensed:
            reasons.append(Reason("unknown-room", {"room_id": str(room_id)}))
        elif not 0 <= spots <= licensed[room_id]:
            facts: dict[str, Fact] = {
                "room_id": str(room_id),
                "session": str(session),
                "offered": spots,
                "licensed": licensed[room_id],
            }
            reasons.append(Reason("more-than-licensed" if spots > 0 else "fewer-than-none", facts))
    return No(tuple(reasons)) if reasons else Yes()


def fewer_than_taken(room_id: UUID, day: date, session: Session, *, offered: int, taken: int) -> Reason:
    """Children already have these spots: bookings are canceled one by one, never by offering less."""
    facts: dict[str, Fact] = {"day": day.isoformat(), "session": str(session), "offered": offered, "taken": taken}
    return Reason("fewer-than-taken", {"room_id": str(room_id), **facts})


def closed_sessions(opens: time, closes: time, weekdays: int, day: date) -> frozenset[Session]:
    """The sessions of a day in which a site stays closed because of the day of the week.

    An opening that began the day before and runs past midnight still holds its sessions of this day.

    >>> saturday, working = date(2026, 3, 7), 0b0011111
    >>> sorted(map(str, closed_sessions(time(18), time(7, 30), working, saturday)))
    ['afternoon', 'evening', 'morning', 'night']
    >>> closed_sessions(time(18), time(7, 30), working, date(2026, 3, 6))
    frozenset()
    """
    if opens_on(weekdays, day):
        return frozenset()
    held: set[Session] = set()
    if opens_on(weekdays, day - timedelta(days=1)):
        held = {session for on, session in touched(*span_of(minute_of(opens), minute_of(closes))) if on == 1}
    return frozenset(Session) - held
