"""What is on file about a site, and which sites do the states list? For a parent's page and for other directories."""

import re
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from daybreak.network.directory.terms import Entry, LicenseLine, SiteLine, SiteRecord
from daybreak.network.licenses import holds_on
from daybreak.network.models import License, Room, Site, Staffer
from daybreak.network.terms import Located
from daybreak.placement.terms import Kind, Point

BATCH = 500
OF_A_LIST = re.compile(r"([a-z]{2}):")
"""What the ref of a site from a state's list begins with: the two letters of the state."""


def site_record(site_id: UUID, *, day: date) -> SiteRecord:
    """Everything on file about one site, as of a day. Names of staff are not read."""
    rows = License.objects.filter(site=site_id).order_by(F("from_day").desc(nulls_last=True), "pk")
    there = Staffer.objects.filter(Q(left_on=None) | Q(left_on__gt=day), site=site_id)
    checks = list(there.values_list("checked_on", flat=True))
    dated = sorted(check for check in checks if check is not None)
    return SiteRecord(
        licenses=tuple(_line(row, day) for row in rows),
        listed_on=Site.objects.values_list("listed_on", flat=True).get(pk=site_id),
        staff=len(checks),
        staff_checked=len(dated),
        oldest_check=dated[0] if dated else None,
    )


def sites_called(text: str, *, most: int) -> list[SiteLine]:
    """Places whose name holds a text, whose ZIP code begins with it or whose license or ref it is, by name.

    A caregiver who comes to the home is a person and is not looked up.
    """
    fits = Q(name__icontains=text) | Q(zip_code__startswith=text) | Q(external_ref=text) | Q(licenses__number=text)
    rows = Site.objects.filter(fits).exclude(kind=Kind.IN_HOME).distinct().order_by("name", "pk")
    return [SiteLine(*row) for row in rows.values_list("pk", "external_ref", "name", "city", "zip_code")[:most]]


def how_many_listed() -> int:
    """How many sites the states' lists have brought."""
    return Site.objects.filter(external_ref__regex=r"^[a-z]{2}:").exclude(kind=Kind.IN_HOME).count()


def listed_sites(*, day: date) -> Iterator[Entry]:
    """Every site that a state's list named, in order of their refs, a batch in memory at a time.

    Caregivers who come to the home are persons and in no directory; sites of no list are nobody's public record.
    """
    after = ""
    while True:
        rows = Site.objects.filter(external_ref__gt=after, external_ref__regex=r"^[a-z]{2}:").exclude(kind=Kind.IN_HOME)
        batch = list(rows.select_related("provider").order_by("external_ref")[:BATCH])
        if not batch:
            return
        licenses = {row.site_id: row for row in License.objects.filter(until_day=None, site__in=batch)}
        ages: dict[UUID, list[tuple[int, int]]] = {}
        rooms = Room.objects.filter(site__in=batch, licensed_spots__gt=0).order_by("from_months", "until_months")
        for site_id, since, until in rooms.values_list("site_id", "from_months", "until_months"):
            ages.setdefault(site_id, []).append((since, until))
        for row in batch:
            yield _entry(row, licenses.get(row.pk), tuple(ages.get(row.pk, ())), day)
        after = batch[-1].external_ref


def _entry(row: Site, license_: License | None, ages: tuple[tuple[int, int], ...], day: date) -> Entry:
    state = OF_A_LIST.match(row.external_ref)
    return Entry(
        site_id=row.pk,
        provider_id=row.provider_id,
        provider_name=row.provider.name,
        name=row.name,
        kind=Kind(row.kind),
        point=Point(row.latitude, row.longitude),
        located=Located(row.located),
        zone=row.zone,
        address=row.address,
        city=row.city,
        state=state[1].upper() if state else "",
        zip_code=row.zip_code,
        opens=row.opens if not row.hours_simulated else None,
        closes=row.closes if not row.hours_simulated else None,
        weekdays=row.weekdays,
        license=_line(license_, day) if license_ else None,
        ages=ages,
        listed_on=row.listed_on,
    )


def _line(row: License, day: date) -> LicenseLine:
    return LicenseLine(
        number=row.number,
        program=row.program,
        status=row.status,
        is_in_force=holds_on(row.status, row.from_day, row.until_day, day),
        capacity=row.capacity,
        from_day=row.from_day,
        until_day=row.until_day,
    )
