"""Tell the family and the home what happened: an outbox row beside the deed, sent after both are safe.

Facts are refs, counts, places and moments; a child's name never travels in a message.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from daybreak.accounts.queries import speakers_of
from daybreak.care.models import Booking, CareRequest
from daybreak.care.standing.closing import told_at
from daybreak.care.states import BookingState
from daybreak.kernel.decisions import Fact, Reason
from daybreak.network.queries import site_card
from daybreak.notices.actions import post
from daybreak.notices.facts import as_fact


def tell_family(
    row: CareRequest, code: str, *, at: datetime, booking: Booking | None = None, because: Reason | None = None
) -> None:
    """Tell whoever asked. With a booking, its facts go along, and the same may be told again of another booking."""
    facts: dict[str, Fact] = {
        "day": row.day.isoformat(),
        "decide_by": _moment(row.decide_by_at, row.zone),
        "considered": row.considered,
        "without_offer": row.without_offer,
        "link": f"/requests/{row.pk}",
    }
    if booking is not None:
        facts = _facts(booking) | facts
    if because is not None:
        facts["why"] = as_fact(because)
    about = booking.pk if booking is not None else row.pk
    # A request that came of a standing one does not wake the family before the hour it named.
    not_before = told_at(at, row.decide_by_at, row.told_from, ZoneInfo(row.zone))
    post(code=code, to=row.asked_by_id, facts=facts, about=row.pk, at=at, key=str(about), not_before=not_before)


def tell_provider(
    booking: Booking, code: str, *, at: datetime, expected_at: datetime | None = None, again: str | None = None
) -> None:
    """Tell everybody who speaks for the home; `again` makes what may happen twice another message."""
    card = site_card(booking.site_id)
    facts = _facts(booking) | {"link": f"/sites/{booking.site_id}/today?day={booking.day}"}
    if expected_at is not None and card is not None:
        facts["comes"] = _moment(expected_at, card.zone)
    for person in speakers_of(card.provider_id) if card else ():
        post(code=code, to=person.person_id, facts=facts, about=booking.pk, at=at, key=again)


def tell_about_booking(row: CareRequest, booking: Booking, *, at: datetime) -> None:
    """Tell both sides of a booking that was just held or confirmed."""
    is_sure = booking.state == BookingState.CONFIRMED.value
    tell_family(row, "care-confirmed" if is_sure else "care-held", at=at, booking=booking)
    tell_provider(booking, "provider-new-booking" if is_sure else "provider-asked", at=at)


def _facts(booking: Booking) -> dict[str, Fact]:
    card = site_card(booking.site_id)
    if card is None:
        return {}
    facts: dict[str, Fact] = {
        "site": card.name,
        "city": card.city,
        "day": booking.day.isoformat(),
        "arrives": _clock(booking.arrives_at, card.zone),
        "leaves": _clock(booking.leaves_at, card.zone),
        "minutes": round(booking.minutes),
        "children": booking.children.count(),
    }
    if booking.held_until is not None:
        facts["until"] = _moment(booking.held_until, card.zone)
    return facts


def _clock(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def _moment(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")
