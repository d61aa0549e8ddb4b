"""The surge of the kill test, in processes of their own: `prepare` writes it, `hurry` lets half a minute pass, `count`.

Its database is not the one of the test that calls it, because that one's worker is never killed.
"""

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django

os.environ["DAYBREAK_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "daybreak.config.settings"
sys.path.append(str(Path(__file__).resolve().parent.parent))
django.setup()

from django.core.management import call_command

from daybreak.care.models import Booking, CareRequest, Surge
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift
from daybreak.notices.models import Notice
from surge_town import open_town


def prepare() -> dict[str, object]:
    """Write the town and let every family ask; most of them wait for a round."""
    call_command("migrate", verbosity=0, interactive=False)
    at = datetime.now(UTC)
    day = at.date() + timedelta(days=2)
    town = open_town(day, at)
    for family in town.families:
        family.ask(day, at=at, decide_by_at=at + timedelta(hours=4))
    return {
        "waiting": CareRequest.objects.filter(in_round=True).count(),
        "bookings": Booking.objects.count(),
        "requests": len(town.families),
    }


def hurry() -> dict[str, object]:
    """Let the time pass that a lease lasts, and the half minute until the next round."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    return {"surges": Surge.objects.filter(due_at__isnull=False).update(due_at=past, leased_until=past)}


def count() -> dict[str, object]:
    """What the database holds now."""
    live = list(Booking.objects.filter(state__in=["held", "confirmed"]).prefetch_related("children"))
    spots = Counter(TakenSpot.objects.values_list("booking_id", flat=True))
    told = Counter(Notice.objects.filter(code__in=["care-confirmed", "care-held"]).values_list("about", flat=True))
    return {
        "states": dict(Counter(CareRequest.objects.values_list("state", flat=True))),
        "placed": sorted(str(pk) for pk in CareRequest.objects.filter(state="placed").values_list("pk", flat=True)),
        "booked": sorted(str(booking.request_id) for booking in live),
        "half_bookings": [str(one.pk) for one in live if spots[one.pk] != 3 * one.children.count()],
        "spots_of_no_booking": sorted(str(pk) for pk in set(spots) - {one.pk for one in live}),
        "told": sorted(str(pk) for pk in told),
        "drift": [repr(line) for line in drift()],
    }


if __name__ == "__main__":
    print(json.dumps({"prepare": prepare, "hurry": hurry, "count": count}[sys.argv[1]]()))
