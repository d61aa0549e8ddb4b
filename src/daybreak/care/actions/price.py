"""Write what spots cost on a day; what the same source said of them before is replaced."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q

from daybreak.care.models import SpotPrice
from daybreak.care.terms import SpotPrice as Price


@transaction.atomic
def write_prices(day: date, prices: Sequence[Price]) -> int:
    """Replace the prices of these rooms and caregivers on a day, source by source; returns how many were written.

    A spot's price carries its own moment, so a forecast made last night and the live morning may stand side by side.
    """
    for source in {price.source for price in prices}:
        holders = sorted({price.holder_id for price in prices if price.source is source})
        for start in range(0, len(holders), 500):
            some = holders[start : start + 500]
            SpotPrice.objects.filter(Q(room__in=some) | Q(caregiver__in=some), day=day, source=source.value).delete()
    SpotPrice.objects.bulk_create(
        (
            SpotPrice(
                room_id=None if price.at_caregiver else price.holder_id,
                caregiver_id=price.holder_id if price.at_caregiver else None,
                day=day,
                session=price.session.value if price.session else "",
                minutes=max(price.minutes, 0.0),
                source=price.source.value,
                computed_at=price.computed_at,
            )
            for price in prices
        ),
        batch_size=500,
    )
    return len(prices)
