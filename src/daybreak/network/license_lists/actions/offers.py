"""What a site offers is lowered to what its license now allows, never below the children who have a spot."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from daybreak.network.licenses import is_in_force
from daybreak.network.models import License, RoomSession, SiteSession
from daybreak.network.staff.actions import restaff
from daybreak.network.staff.queries import days_said

BATCH = 500


def withdraw(site_ids: Collection[UUID], day: date) -> None:
    """Lower the offers of those of these sites that offer anything from a day on."""
    for site_id in sorted(_with_offers(sorted(site_ids), day)):
        lower_offers(site_id, day)


def _with_offers(site_ids: list[UUID], day: date) -> set[UUID]:
    found = set[UUID]()
    for start in range(0, len(site_ids), BATCH):
        counted = SiteSession.objects.filter(site__in=site_ids[start : start + BATCH], day__gte=day)
        found |= set(counted.values_list("site_id", flat=True).distinct())
    return found


@transaction.atomic
def lower_offers(site_id: UUID, day: date) -> None:
    """Lower offers from a day on to what the license now allows, never below the children who have a spot."""
    current = License.objects.filter(site=site_id, until_day=None).first()
    ceiling = current.capacity if current and is_in_force(current.status) else 0
    for counter in SiteSession.objects.select_for_update().filter(site=site_id, day__gte=day).order_by("pk"):
        allowed = max(counter.taken, ceiling)
        SiteSession.objects.filter(pk=counter.pk).exclude(spots=allowed).update(spots=allowed)
    offers = RoomSession.objects.select_for_update(of=("self",)).filter(room__site=site_id, day__gte=day)
    for row in offers.select_related("room").order_by("pk"):
        allowed = max(row.taken, min(row.spots, row.room.licensed_spots if ceiling else 0))
        limits = row.room.limits
        if (row.spots, row.limits) != (allowed, limits):
            RoomSession.objects.filter(pk=row.pk).update(spots=allowed, limits=limits)
    for said in days_said(site_id, day):
        restaff(site_id, said)
