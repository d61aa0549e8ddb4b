"""Bring the sites of a license list up to date, in one transaction: all of it or nothing; or say what that would do.

A site keeps its id from import to import. A license that changed ends, and the next begins, on the day of the import.
A license no longer in force ends too, as does that of a site the list no longer names, and what its site offers beyond
the children who have a spot is withdrawn. Whose bookings that touches is the question of the package above (care).

Rows go by in batches, each written before the next is read, so that a list of a hundred thousand rows takes the memory
of a short one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists import differences
from daybreak.network.license_lists.differences import GONE, Change, Known
from daybreak.network.license_lists.queries import LicenseList, Numbers
from daybreak.network.license_lists.reading import Reading
from daybreak.network.license_lists.terms import ENDS, Difference, Imported, ListedSite, SetAside
from daybreak.network.licenses import ended, is_in_force
from daybreak.network.models import License, Provider, Room, RoomSession, Site, SiteSession
from daybreak.network.staff.actions import restaff
from daybreak.network.staff.queries import days_said

BATCH = 500
SHOWN = 10
"""How many differences of each kind are kept to be named one by one."""

Entry = ListedSite | SetAside
Progress = Callable[[Iterable[Entry], int], Iterable[Entry]]
"""Shows how far it got while so many entries go by."""

SITE_COLUMNS = (
    *("name", "kind", "latitude", "longitude", "located", "zone", "city", "zip_code", "address"),
    *("opens", "closes", "weekdays", "hours_listed", "hours_simulated"),
)
LICENSE_COLUMNS = ("number", "program", "status", "capacity")
ROOM_COLUMNS = ("from_months", "until_months", "licensed_spots", "limits")


def silent(entries: Iterable[Entry], total: int) -> Iterable[Entry]:  # noqa: ARG001 — the shape of every Progress
    """Let the entries go by and show nothing."""
    return entries


@dataclass
class _Batch:
    """Rows of one batch to be written together."""

    sites: list[Site] = field(default_factory=list)
    licenses: list[License] = field(default_factory=list)
    rooms: list[Room] = field(default_factory=list)
    old_sites: list[Site] = field(default_factory=list)
    old_rooms: list[Room] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)
    named: list[UUID] = field(default_factory=list)


@dataclass
class _Run:
    """One import on its way: what it counts, and the few ids it must remember until the end."""

    source: str
    day: date
    writes: bool
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("joins", "changes", "lapses", "gone"), 0))
    shown: list[Difference] = field(default_factory=list)
    shrunk: set[UUID] = field(default_factory=set)
    without_license: list[UUID] = field(default_factory=list)
    looks_cut_off: bool = False

    def differs(self, how: str, ref: str, name: str, what: tuple[str, ...] = ()) -> None:
        """Count a difference, and keep the first of its kind to be shown."""
        self.counts[how] += 1
        if self.counts[how] <= SHOWN:
            self.shown.append(Difference(how, ref, name, what))

    def lost_license(self, how: str, site: Site, status: str) -> None:
        """Remember a site that may take nobody from today on."""
        self.differs(how, site.external_ref, site.name, (status,))
        self.without_license.append(site.pk)
        self.shrunk.add(site.pk)


def write_list(
    found: LicenseList, *, at: datetime, progress: Progress = silent, accept_gone: bool = False, dry_run: bool = False
) -> Imported:
    """Add the sites that are new, update those that changed, and end licenses that lapsed or are gone.

    A dry run reads the same and writes nothing. Raises BadInput, with nothing written, when so many sites in use are
    gone that the file looks cut off, unless `accept_gone`.
    """
    reader, source = found.reader, found.file.name
    run = _Run(source[:60], at.astimezone(ZoneInfo(reader.zone)).date(), writes=not dry_run)
    with closing(Numbers()) as seen, nullcontext() if dry_run else transaction.atomic():
        reading = Reading(reader, found.survey.out, seen)
        entries = iter(progress(reading.entries(found.rows()), found.survey.rows))
        while batch := list(islice(entries, BATCH)):
            _write(_compared(batch, run), run)
        known = _end_the_gone(reading, run, accept_gone=accept_gone)
        if run.writes:
            _withdraw(run)
            _record(reading, run, at)
    return Imported(
        listing=reading.listing(source),
        added=run.counts["joins"],
        changed=run.counts["changes"],
        ended=run.counts["lapses"],
        gone=run.counts["gone"],
        known=known,
        differences=tuple(run.shown),
        without_license=tuple(run.without_license),
        looks_cut_off=run.looks_cut_off,
    )


def _compared(batch: Sequence[Entry], run: _Run) -> _Batch:
    writes = _Batch()
    known = _known([entry.ref for entry in batch], locked=run.writes)
    for entry in batch:
        before = known.get(entry.ref)
        if isinstance(entry, SetAside):
            if before and entry.code in ENDS and "status" in entry.facts:
                _lapse(before, str(entry.facts["status"]), run, writes)
        elif before is None:
            run.differs("joins", entry.ref, entry.name)
            _add(entry, run, writes)
        else:
            _update(entry, before, run, writes)
        if before:
            writes.named.append(before.row.pk)
    return writes


@dataclass(frozen=True)
class _Stored:
    """A site's rows, and the same as the rule compares them."""

    row: Site
    license: License | None
    rooms: dict[str, Room]

    def known(self) -> Known:
        return Known(
            site={name: getattr(self.row, name) for name in SITE_COLUMNS},
            license={name: getattr(self.license, name) for name in LICENSE_COLUMNS} if self.license else {},
            rooms={
                name: {column: getattr(room, column) for column in ROOM_COLUMNS} for name, room in self.rooms.items()
            },
            keeps_hours=self.row.opens is not None and not (self.row.hours_listed or self.row.hours_simulated),
        )


def _known(refs: Sequence[str], *, locked: bool) -> dict[str, _Stored]:
    sites = Site.objects.filter(external_ref__in=refs).order_by("pk")
    rows = {row.pk: row for row in (sites.select_for_update(no_key=True) if locked else sites)}
    licenses = {row.site_id: row for row in License.objects.filter(until_day=None, site__in=rows)}
    rooms: dict[UUID, dict[str, Room]] = {}
    for room in Room.objects.filter(site__in=rows):
        rooms.setdefault(room.site_id, {})[room.name] = room
    return {row.external_ref: _Stored(row, licenses.get(pk), rooms.get(pk, {})) for pk, row in rows.items()}


def _add(listed: ListedSite, run: _Run, writes: _Batch) -> None:
    site_id = uuid4()
    # The list names a facility and not who owns it, so each site gets a provider of its own, under the same id.
    columns = differences.site_columns(listed, with_hours=True)
    writes.sites.append(Site(id=site_id, provider_id=site_id, external_ref=listed.ref, listed_on=run.day, **columns))
    writes.licenses.append(_license(site_id, run, None, **differences.license_columns(listed)))
    writes.rooms.extend(
        Room(id=uuid4(), site_id=site_id, name=room.name, **differences.room_columns(room)) for room in listed.rooms
    )


def _update(listed: ListedSite, before: _Stored, run: _Run, writes: _Batch) -> None:
    known = before.known()
    change = differences.change(listed, known)
    if not change:
        return
    run.differs("changes", listed.ref, listed.name, change.said(known))
    _apply(change, before, run, writes)
    if change.is_about_spots:
        run.shrunk.add(before.row.pk)


def _apply(change: Change, before: _Stored, run: _Run, writes: _Batch) -> None:
    site_id = before.row.pk
    if change.site:
        _set(before.row, change.site)
        writes.old_sites.append(before.row)
    if change.license:
        writes.ended.append(site_id)
        writes.licenses.append(_license(site_id, run, run.day, **change.license))
    writes.rooms.extend(
        Room(id=uuid4(), site_id=site_id, name=name, **columns) for name, columns in change.new_rooms.items()
    )
    for name, columns in change.rooms.items():
        _set(before.rooms[name], columns)
        writes.old_rooms.append(before.rooms[name])


def _lapse(before: _Stored, status: str, run: _Run, writes: _Batch) -> None:
    """Let a license end that is no longer in force, and write down the status it now has, unless that was known."""
    if before.license is None or before.license.status == ended(status)[:60]:
        return
    if is_in_force(before.license.status):
        run.lost_license("lapses", before.row, status)
    writes.ended.append(before.row.pk)
    writes.licenses.append(_ended_license(before.license, status, run))


def _end_the_gone(reading: Reading, run: _Run, *, accept_gone: bool) -> int:
    """End the licenses of sites that the list no longer names; returns how many sites of the list were known before."""
    known, gone = 0, list[License]()
    for license_ in _open_licenses(reading.reader.prefix):
        known += 1
        # What was ended before, for whatever reason, stays as it was written down then.
        if not reading.names(license_.site.external_ref) and is_in_force(license_.status):
            gone.append(license_)
    known -= run.counts["joins"] if run.writes else 0
    in_use = SiteSession.objects.filter(day__gte=run.day, spots__gt=0)
    used = sum(in_use.filter(site__in=part).values("site").distinct().count() for part in _parts(gone))
    run.looks_cut_off = differences.too_many_are_gone(len(gone), known=known, in_use=used)
    if run.looks_cut_off and run.writes and not accept_gone:
        problem = (
            f"{len(gone):,} of the {known:,} sites known from this list are not in the file, and {used:,} of them "
            "offer spots or expect children: the file looks cut off."
        )
        raise BadInput(
            problem,
            source=run.source,
            do="Nothing was imported. See --dry-run; if those sites are really gone, run it again with --accept-gone.",
        )
    for license_ in gone:
        run.lost_license("gone", license_.site, GONE)
    for part in _parts(gone):
        writes = _Batch(ended=part)
        writes.licenses = [_ended_license(license_, GONE, run) for license_ in gone if license_.site_id in set(part)]
        _write(writes, run)
    return known


def _open_licenses(prefix: str) -> Iterator[License]:
    """The license without an end of every site of a list, a batch at a time in order of their refs."""
    after = ""
    while True:
        rows = License.objects.filter(until_day=None, site__external_ref__startswith=prefix)
        batch = list(
            rows.filter(site__external_ref__gt=after).select_related("site").order_by("site__external_ref")[:BATCH]
        )
        if not batch:
            return
        yield from batch
        after = batch[-1].site.external_ref


def _parts(licenses: Sequence[License]) -> Iterator[list[UUID]]:
    for start in range(0, len(licenses), BATCH):
        yield [license_.site_id for license_ in licenses[start : start + BATCH]]


def _write(writes: _Batch, run: _Run) -> None:
    if not run.writes:
        return
    License.objects.filter(site__in=writes.ended, until_day=None).update(until_day=run.day)
    Provider.objects.bulk_create([Provider(id=site.pk, name=site.name) for site in writes.sites])
    Site.objects.bulk_create(writes.sites)
    License.objects.bulk_create(writes.licenses)
    Room.objects.bulk_create(writes.rooms)
    Site.objects.bulk_update(writes.old_sites, SITE_COLUMNS)
    Room.objects.bulk_update(writes.old_rooms, ROOM_COLUMNS)
    # A provider that the list made is called like its site; one that somebody joined keeps its own name.
    Provider.objects.bulk_update(
        [Provider(id=site.pk, name=site.name) for site in writes.old_sites if site.provider_id == site.pk], ["name"]
    )
    Site.objects.filter(pk__in=writes.named).exclude(listed_on=run.day).update(listed_on=run.day)


def _withdraw(run: _Run) -> None:
    for site_id in sorted(_with_offers(run)):
        lower_offers(site_id, run.day)


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


def _with_offers(run: _Run) -> set[UUID]:
    """Of the sites that may offer less than before, those that offer anything from today on."""
    shrunk, found = sorted(run.shrunk), set[UUID]()
    for start in range(0, len(shrunk), BATCH):
        counted = SiteSession.objects.filter(site__in=shrunk[start : start + BATCH], day__gte=run.day)
        found |= set(counted.values_list("site_id", flat=True).distinct())
    return found


def _record(reading: Reading, run: _Run, at: datetime) -> None:
    for site_id in run.without_license:
        record(actor=None, verb="end-license", thing="site", thing_id=site_id, because="license-list", at=at)
    listing = reading.listing(run.source)
    facts = {"read": listing.read, "imported": listing.imported, "added": run.counts["joins"]}
    record(
        actor=None,
        verb="import",
        thing="license-list",
        thing_id=run.source,
        because="license-list",
        at=at,
        facts={
            **facts,
            "changed": run.counts["changes"],
            "ended": run.counts["lapses"] + run.counts["gone"],
        },
    )


def _set(row: Site | Room, columns: differences.Columns) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def _license(site_id: UUID, run: _Run, from_day: date | None, **columns: object) -> License:
    return License(id=uuid4(), site_id=site_id, from_day=from_day, source=run.source, **columns)


def _ended_license(old: License, status: str, run: _Run) -> License:
    """The row that says a license ended, and why."""
    columns = {"number": old.number, "program": old.program, "capacity": old.capacity}
    return _license(old.site_id, run, run.day, status=ended(status)[:60], **columns)
