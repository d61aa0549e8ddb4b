"""Bring the sites of a license list up to date, in one transaction: all of it or nothing.

A site keeps its id from import to import. A license that changed ends, and the next begins, on the day of the import; a
license no longer in force ends too, and what its site offers beyond the children who have a spot is withdrawn.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.network.license_lists.terms import Imported, ListedRoom, ListedSite, Listing
from daybreak.network.licenses import is_in_force
from daybreak.network.limits import stored
from daybreak.network.models import License, Provider, Room, RoomSession, Site, SiteSession
from daybreak.network.staff.actions import restaff
from daybreak.network.staff.queries import days_said

BATCH = 1000

Progress = Callable[[Sequence[ListedSite]], Iterable[ListedSite]]
"""Shows how far it got while the sites go by."""

SITE_COLUMNS = ("name", "kind", "latitude", "longitude", "located", "city", "zip_code")
ROOM_COLUMNS = ("from_months", "until_months", "licensed_spots", "limits")


@dataclass(frozen=True)
class _Known:
    """A site as the last import left it."""

    site: Site
    license: License | None
    rooms: Mapping[str, Room]


@dataclass
class _Writes:
    """Rows to be written together at the end; the one mutable thing here."""

    sites: list[Site]
    licenses: list[License]
    rooms: list[Room]
    old_sites: list[Site]
    old_rooms: list[Room]
    ended: list[UUID]
    shrunk: set[UUID]


@transaction.atomic
def write_listing(listing: Listing, *, at: datetime, progress: Progress = iter) -> Imported:
    """Add the sites that are new, update those that changed, and end licenses that are no longer in force."""
    day = at.astimezone(ZoneInfo(listing.zone)).date()
    known = _known(listing.prefix)
    writes = _Writes([], [], [], [], [], [], set())
    added = changed = 0
    for listed in progress(listing.sites):
        before = known.get(listed.ref)
        if before is None:
            _add(listed, listing.zone, listing.source, writes)
            added += 1
        else:
            changed += _update(listed, before, listing.source, day, writes)
    ended = [
        _end(known[row.ref], str(row.facts["status"]), day, listing.source, writes)
        for row in listing.set_aside
        if row.code == "license-not-in-force" and row.ref in known
    ]
    _write(writes, day)
    named = {site.ref for site in listing.sites} | {row.ref for row in listing.set_aside}
    _record(listing, [site_id for site_id in ended if site_id], added=added, changed=changed, at=at)
    return Imported(listing, added, changed, sum(map(bool, ended)), len(known.keys() - named))


def _known(prefix: str) -> dict[str, _Known]:
    sites = Site.objects.select_for_update(no_key=True).filter(external_ref__startswith=prefix).order_by("pk")
    of_list = {"site__external_ref__startswith": prefix}
    licenses = {row.site_id: row for row in License.objects.filter(until_day=None, **of_list)}
    rooms: dict[UUID, dict[str, Room]] = {}
    for room in Room.objects.filter(**of_list):
        rooms.setdefault(room.site_id, {})[room.name] = room
    return {site.external_ref: _Known(site, licenses.get(site.pk), rooms.get(site.pk, {})) for site in sites}


def _add(listed: ListedSite, zone: str, source: str, writes: _Writes) -> None:
    site_id = uuid4()
    # The list names a facility and not who owns it, so each site gets a provider of its own, under the same id.
    site = Site(id=site_id, provider_id=site_id, external_ref=listed.ref, zone=zone, **_site_columns(listed))
    writes.sites.append(site)
    writes.licenses.append(_license(site_id, listed, source, None))
    writes.rooms.extend(
        Room(id=uuid4(), site_id=site_id, name=room.name, **_room_columns(room)) for room in listed.rooms
    )


def _update(listed: ListedSite, before: _Known, source: str, day: date, writes: _Writes) -> bool:
    site_id = before.site.pk
    moved = _set(before.site, _site_columns(listed))
    if moved:
        writes.old_sites.append(before.site)
    relicensed = before.license is None or _terms(before.license) != _terms(_license(site_id, listed, source, None))
    if relicensed:
        writes.ended.append(site_id)
        writes.licenses.append(_license(site_id, listed, source, day))
    rerated = _update_rooms(listed, before, writes)
    if relicensed or rerated:
        writes.shrunk.add(site_id)
    return moved or relicensed or rerated


def _update_rooms(listed: ListedSite, before: _Known, writes: _Writes) -> bool:
    wanted = {room.name: _room_columns(room) for room in listed.rooms}
    new = [
        Room(id=uuid4(), site_id=before.site.pk, name=name, **wanted[name])
        for name in wanted
        if name not in before.rooms
    ]
    # A room the license no longer names keeps its history and holds nobody.
    old = [room for name, room in before.rooms.items() if _set(room, wanted.get(name, {"licensed_spots": 0}))]
    writes.rooms.extend(new)
    writes.old_rooms.extend(old)
    return bool(new or old)


def _end(before: _Known, status: str, day: date, source: str, writes: _Writes) -> UUID | None:
    """Let a license end that is no longer in force, and write down the status it now has; None when that was known."""
    if before.license is None or before.license.status == status:
        return None
    old = before.license
    writes.ended.append(before.site.pk)
    writes.licenses.append(
        License(
            id=uuid4(),
            site_id=before.site.pk,
            number=old.number,
            program=old.program,
            status=status,
            from_day=day,
            capacity=old.capacity,
            source=source,
        )
    )
    writes.shrunk.add(before.site.pk)
    return before.site.pk


def _write(writes: _Writes, day: date) -> None:
    License.objects.filter(site__in=writes.ended, until_day=None).update(until_day=day)
    Provider.objects.bulk_create((Provider(id=site.pk, name=site.name) for site in writes.sites), batch_size=BATCH)
    Site.objects.bulk_create(writes.sites, batch_size=BATCH)
    License.objects.bulk_create(writes.licenses, batch_size=BATCH)
    Room.objects.bulk_create(writes.rooms, batch_size=BATCH)
    Site.objects.bulk_update(writes.old_sites, SITE_COLUMNS, batch_size=BATCH)
    Room.objects.bulk_update(writes.old_rooms, ROOM_COLUMNS, batch_size=BATCH)
    _withdraw(writes.shrunk, day)


def _withdraw(site_ids: Iterable[UUID], day: date) -> None:
    """Lower offers from today on to what the license now allows, never below the children who have a spot."""
    for site_id in sorted(site_ids):
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


def _record(listing: Listing, ended: Sequence[UUID], *, added: int, changed: int, at: datetime) -> None:
    for site_id in ended:
        record(actor=None, verb="end-license", thing="site", thing_id=site_id, because="license-list", at=at)
    facts = {"read": listing.read, "imported": len(listing.sites), "added": added, "changed": changed}
    record(
        actor=None,
        verb="import",
        thing="license-list",
        thing_id=listing.source[:64],
        because="license-list",
        at=at,
        facts={**facts, "ended": len(ended)},
    )


def _set(row: Site | Room, columns: Mapping[str, object]) -> bool:
    different = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _terms(row: License) -> tuple[str, str, str, int]:
    return row.number, row.program, row.status, row.capacity


def _license(site_id: UUID, listed: ListedSite, source: str, from_day: date | None) -> License:
    return License(
        id=uuid4(),
        site_id=site_id,
        number=listed.number,
        program=listed.program,
        status=listed.status,
        from_day=from_day,
        capacity=listed.capacity,
        source=source[:60],
    )


def _site_columns(listed: ListedSite) -> dict[str, object]:
    return {
        "name": listed.name,
        "kind": listed.kind.value,
        "latitude": listed.point.latitude,
        "longitude": listed.point.longitude,
        "located": listed.located.value,
        "city": listed.city,
        "zip_code": listed.zip_code,
    }


def _room_columns(room: ListedRoom) -> dict[str, object]:
    return {
        "from_months": room.from_months,
        "until_months": room.until_months,
        "licensed_spots": room.licensed_spots,
        "limits": stored(room.limits),
    }
