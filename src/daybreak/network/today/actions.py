"""By one tap or one text: so many more children may come to a room for the rest of today."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.network.actions import offer_spots
from daybreak.network.models import Site
from daybreak.network.queries import site_card
from daybreak.network.today.queries import offers_left

MOST_OPEN = 500
"""More spots than any room has: a slip of the finger."""


@transaction.atomic
def set_open(*, site_id: UUID, room_id: UUID, open_spots: int, at: datetime, actor: UUID | None) -> Decision:
    """Offer what makes so many spots open beside those taken; the same number twice changes nothing.

    A spot taken while this is written is one fewer open, never one too many.
    """
    Site.objects.select_for_update(no_key=True).filter(pk=site_id).first()
    card = site_card(site_id)
    if card is None:
        return No((Reason("unknown-site", {"site_id": str(site_id)}),))
    if not 0 <= open_spots <= MOST_OPEN:
        return No((Reason("fewer-than-none" if open_spots < 0 else "more-than-licensed"),))
    day = at.astimezone(ZoneInfo(card.zone)).date()
    offers = offers_left(card, room_id, open_spots, at=at)
    return offer_spots(site_id=site_id, day=day, offers=offers, at=at, actor=actor)
