"""What is on file about a site: its licenses, when its state last named it, and its staff's checks."""

from datetime import date
from uuid import UUID

from django.db.models import F, Q

from daybreak.network.directory.terms import LicenseLine, SiteRecord
from daybreak.network.licenses import holds_on
from daybreak.network.models import License, Site, Staffer


def site_record(site_id: UUID, *, day: date) -> SiteRecord:
    """Everything on file about one site, as of a day. Names of staff are not read."""
    rows = License.objects.filter(site=site_id).order_by(F("from_day").desc(nulls_last=True), "pk")
    there = Staffer.objects.filter(Q(left_on=None) | Q(left_on__gt=day), site=site_id)
    checks = list(there.values_list("checked_on", flat=True))
    dated = sorted(check for check in checks if check is not None)
    return SiteRecord(
        licenses=tuple(
            LicenseLine(
                number=row.number,
                program=row.program,
                status=row.status,
                is_in_force=holds_on(row.status, row.from_day, row.until_day, day),
                capacity=row.capacity,
                from_day=row.from_day,
                until_day=row.until_day,
            )
            for row in rows
        ),
        listed_on=Site.objects.values_list("listed_on", flat=True).get(pk=site_id),
        staff=len(checks),
        staff_checked=len(dated),
        oldest_check=dated[0] if dated else None,
    )
