"""May a site offer these spots on this day? Licensed capacity is the ceiling, never the offer itself."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.placement.sessions import Session


def decide(
    offers: Mapping[tuple[UUID, Session], int],
    *,
    licensed: Mapping[UUID, int],
    license_holds: bool,
    hours_known: bool,
    days_ahead: int,
    day: date,
) -> Decision:
    """Compare what is offered per room and session with what the license allows each room.

    `days_ahead` counts from today at the site; a night that began yesterday still belongs to yesterday.

    >>> oaks, monday = UUID(int=2), date(2026, 3, 2)
    >>> offer = {(oaks, Session.MORNING): 9}
    >>> no = decide(offer, licensed={oaks: 8}, license_holds=True, hours_known=True, days_ahead=0, day=monday)
    >>> no.reasons[0].code
    'more-than-licensed'
    """
    reasons = [] if offers else [Reason("no-offer", {"day": day.isoformat()})]
    if not license_holds:
        reasons.append(Reason("license-not-in-force", {"day": day.isoformat()}))
    if not hours_known:
        reasons.append(Reason("unknown-hours"))
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
