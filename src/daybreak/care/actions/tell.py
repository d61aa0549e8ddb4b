"""Tell the family and the home what happened: an outbox row beside the deed, sent after both are safe.

Facts are refs, counts, places and moments; a child's name never travels in a message.
"""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from daybreak.accounts.queries import people_with
from daybreak.accounts.terms import RoleKind
from daybreak.care.models import Booking, CareRequest
from daybreak.care.states import BookingState
from daybreak.kernel.decisions import Fact
from daybreak.network.queries import site_card
from daybreak.network.terms import SiteCard
from daybreak.notices.actions import post


def tell_family(
    row: CareRequest, code: str, *, at: datetime, facts: dict[str, Fact], about: UUID | None = None
) -> None:
    """Tell whoever asked; `about` names the booking when one request has several things of one kind to tell."""
    everything = {"day": row.day.isoformat(), "link": f"/requests/{row.pk}", **facts}
    post(code=code, to=row.asked_by_id, facts=everything, about=row.pk, at=at, key=f"{code}:{about or row.pk}")


def tell_provider(booking: Booking, code: str, *, at: datetime, facts: dict[str, Fact] | None = None) -> None:
    """Tell everybody who speaks for the home."""
    card = site_card(booking.site_id)
    if card is None:
        return
    everything = {**_facts(booking, card), "link": f"/sites/{booking.site_id}/today?day={booking.day}", **(facts or {})}
    for person in people_with(RoleKind.PROVIDER, card.provider_id):
        post(
            code=code,
            to=person.person_id,
            facts=everything,
            about=booking.pk,
            at=at,
            key=f"{code}:{booking.pk}:{person.person_id}",
        )


def tell_about_booking(row: CareRequest, booking: Booking, card: SiteCard, *, at: datetime) -> None:
    """Tell both sides of a booking that was just held or confirmed."""
    facts = _facts(booking, card)
    if booking.state == BookingState.CONFIRMED.value:
        tell_family(row, "care-confirmed", at=at, facts=facts, about=booking.pk)
        tell_provider(booking, "provider-new-booking", at=at)
        return
    until = {"until": _local(booking.held_until, card)}
    tell_family(row, "care-held", at=at, facts={**facts, **until}, about=booking.pk)
    tell_provider(booking, "provider-asked", at=at, facts=until)


def _facts(booking: Booking, card: SiteCard) -> dict[str, Fact]:
    return {
        "site": card.name,
        "city": card.city,
        "day": booking.day.isoformat(),
        "arrives": _local(booking.arrives_at, card),
        "leaves": _local(booking.leaves_at, card),
        "minutes": round(booking.minutes),
        "children": booking.children.count(),
    }


def _local(moment: datetime | None, card: SiteCard) -> str:
    """The site's clock time, as an ISO text that the words are made from in either language."""
    return moment.astimezone(ZoneInfo(card.zone)).isoformat(timespec="minutes") if moment else ""
