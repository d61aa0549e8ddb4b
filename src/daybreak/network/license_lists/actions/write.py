"""Bring the sites of a license list up to date, in one transaction: all of it or nothing; or say what that would do.

A site keeps its id from import to import. A license that changed ends, and the next begins, on the day of the import.
A license no longer in force ends too, as does that of a site the list no longer names, and what its site offers beyond
the children who have a spot is withdrawn. Whose bookings that touches is the question of the package above (care).

Rows go by in batches, each written before the next is read, so that a list of a hundred thousand rows takes the memory
of a short one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from daybreak.audit.actions import record
from daybreak.kernel.errors import BadInput
from daybreak.network.license_lists import differences
from daybreak.network.license_lists.actions import rows
from daybreak.network.license_lists.actions.offers import withdraw
from daybreak.network.license_lists.differences import GONE, Change, Known
from daybreak.network.license_lists.ids import risen
from daybreak.network.license_lists.queries import LicenseList, Numbers
from daybreak.network.license_lists.reading import Reading
from daybreak.network.license_lists.terms import ENDS, Difference, Imported, ListedSite, SetAside
from daybreak.network.licenses import ended, is_in_force
from daybreak.network.models import License, Provider, Room, Site, SiteSession
from daybreak.network.weekdays import EVERY_DAY

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
NO_HOURS: Mapping[str, object] = {
    **{"opens": None, "closes": None, "weekdays": EVERY_DAY, "hours_listed": False, "hours_simulated": False}
}
"""What a site has whose list says no hours."""
ROOM_COLUMNS = ("from_months", "until_months", "licensed_spots", "limits")


def silent(entries: Iterable[Entry], total: int) -> Iterable[Entry]:  # noqa: ARG001 — the shape of every Progress
    """Let the entries go by and show nothing."""
    return entries


Row = dict[str, object]


@dataclass
class _Batch:
    """Rows of one batch to be written together, each by column."""

    providers: list[Row] = field(default_factory=list)
    sites: list[Row] = field(default_factory=list)
    licenses: list[Row] = field(default_factory=list)
    rooms: list[Row] = field(default_factory=list)
    old_sites: list[tuple[UUID, Row]] = field(default_factory=list)
    old_rooms: list[tuple[UUID, Row]] = field(default_factory=list)
    old_providers: list[tuple[UUID, Row]] = field(default_factory=list)
    ended: list[UUID] = field(default_factory=list)
    named: list[UUID] = field(default_factory=list)


class _Open(NamedTuple):
    """The license of a site that has no end yet."""

    site_id: UUID
    ref: str
    name: str
    number: str
    program: str
    status: str
    capacity: int


@dataclass
class _Run:
    """One import on its way: what it counts, and the few ids it must remember until the end."""

    source: str
    at: datetime
    day: date
    writes: bool
    ids: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("joins", "changes", "lapses", "gone"), 0))
    shown: list[Difference] = field(default_factory=list)
    shrunk: set[UUID] = field(default_factory=set)
    without_license: list[UUID] = field(default_factory=list)
    looks_cut_off: bool = False

    def new_id(self) -> UUID:
        """An id for a new row, greater than those before it."""
        self.ids += 1
        return risen(uuid4(), at=self.at, number=self.ids)

    def differs(self, how: str, ref: str, name: str, what: tuple[str, ...] = ()) -> None:
        """Count a difference, and keep the first of its kind to be shown."""
        self.counts[how] += 1
        if self.counts[how] <= SHOWN:
            self.shown.append(Difference(how, ref, name, what))

    def lost_license(self, how: str, before: _Open, status: str) -> None:
        """Remember a site that may take nobody from today on."""
        self.differs(how, before.ref, before.name, (status,))
        self.without_license.append(before.site_id)
        self.shrunk.add(before.site_id)


def write_list(
    found: LicenseList, *, at: datetime, progress: Progress = silent, accept_gone: bool = False, dry_run: bool = False
) -> Imported:
    """Add the sites that are new, update those that changed, and end licenses that lapsed or are gone.

    A dry run reads the same and writes nothing. Raises BadInput, with nothing written, when so many sites in use are
    gone that the file looks cut off, unless `accept_gone`.
    """
    reader, source = found.reader, found.file.name
    run = _Run(source[:60], at, at.astimezone(ZoneInfo(reader.zone)).date(), writes=not dry_run)
    with closing(Numbers()) as seen, nullcontext() if dry_run else transaction.atomic():
        reading = Reading(reader, found.survey.out, seen)
        known = _listed(reader.prefix).count()
        entries = iter(progress(reading.entries(found.rows()), found.survey.rows))
        while batch := list(islice(entries, BATCH)):
            _write(_compared(batch, run), run)
        _end_the_gone(reading, run, known, accept_gone=accept_gone)
        if run.writes:
            withdraw(run.shrunk, run.day)
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
            writes.named.append(before.site_id)
    return writes


@dataclass(frozen=True)
class _Stored:
    """A site as it is stored, column by column, as the rule compares it."""

    site_id: UUID
    provider_id: UUID
    license: _Open | None
    room_ids: Mapping[str, UUID]
    known: Known


def _known(refs: Sequence[str], *, locked: bool) -> dict[str, _Stored]:
    """Sites by ref; in three queries of plain columns, because a list names thousands of them."""
    sites = Site.objects.filter(external_ref__in=refs).order_by("pk")
    found = (sites.select_for_update(no_key=True) if locked else sites).values_list(
        "pk", "external_ref", "provider_id", *SITE_COLUMNS
    )
    stored = {row[0]: row for row in found}
    licenses = {row.site_id: row for row in _opened(License.objects.filter(until_day=None, site__in=stored))}
    rooms: dict[UUID, dict[str, tuple[UUID, Row]]] = {}
    for site_id, room_id, name, *columns in Room.objects.filter(site__in=stored).values_list(
        "site_id", "pk", "name", *ROOM_COLUMNS
    ):
        rooms.setdefault(site_id, {})[name] = (room_id, _by_name(ROOM_COLUMNS, columns))
    return {
        ref: _stored(pk, provider_id, _by_name(SITE_COLUMNS, columns), licenses.get(pk), rooms.get(pk, {}))
        for pk, ref, provider_id, *columns in stored.values()
    }


def _by_name(names: Sequence[str], values: Sequence[object]) -> Row:
    return dict(zip(names, values, strict=True))


def _stored(
    site_id: UUID, provider_id: UUID, site: Row, license_: _Open | None, rooms: Mapping[str, tuple[UUID, Row]]
) -> _Stored:
    known = Known(
        site=site,
        license={name: getattr(license_, name) for name in LICENSE_COLUMNS} if license_ else {},
        rooms={name: columns for name, (_, columns) in rooms.items()},
        keeps_hours=site["opens"] is not None and not (site["hours_listed"] or site["hours_simulated"]),
    )
    return _Stored(site_id, provider_id, license_, {name: room_id for name, (room_id, _) in rooms.items()}, known)


def _add(listed: ListedSite, run: _Run, writes: _Batch) -> None:
    site_id = run.new_id()
    columns = differences.site_columns(listed, with_hours=True)
    # The list names a facility and not who owns it, so each site gets a provider of its own, under the same id.
    writes.providers.append({"id": site_id, "name": listed.name})
    new = {"id": site_id, "provider_id": site_id, "external_ref": listed.ref, "listed_on": run.day}
    writes.sites.append({**NO_HOURS, **new, **columns})
    writes.licenses.append(_license(site_id, run, None, differences.license_columns(listed)))
    writes.rooms.extend(
        {"id": run.new_id(), "site_id": site_id, "name": room.name, **differences.room_columns(room)}
        for room in listed.rooms
    )


def _update(listed: ListedSite, before: _Stored, run: _Run, writes: _Batch) -> None:
    change = differences.change(listed, before.known)
    if not change:
        return
    run.differs("changes", listed.ref, listed.name, change.said(before.known))
    _apply(change, before, run, writes)
    if change.is_about_spots:
        run.shrunk.add(before.site_id)


def _apply(change: Change, before: _Stored, run: _Run, writes: _Batch) -> None:
    site_id = before.site_id
    if change.site:
        writes.old_sites.append((site_id, {**before.known.site, **change.site}))
    if "name" in change.site and before.provider_id == site_id:
        # A provider that the list made is called like its site; one that somebody joined keeps its own name.
        writes.old_providers.append((site_id, {"name": change.site["name"]}))
    if change.license:
        writes.ended.append(site_id)
        writes.licenses.append(_license(site_id, run, run.day, change.license))
    writes.rooms.extend(
        {"id": run.new_id(), "site_id": site_id, "name": name, **columns} for name, columns in change.new_rooms.items()
    )
    writes.old_rooms.extend(
        (before.room_ids[name], {**before.known.rooms[name], **columns}) for name, columns in change.rooms.items()
    )


def _lapse(before: _Stored, status: str, run: _Run, writes: _Batch) -> None:
    """Let a license end that is no longer in force, and write down the status it now has, unless that was known."""
    if before.license is None or before.license.status == ended(status)[:60]:
        return
    if is_in_force(before.license.status):
        run.lost_license("lapses", before.license, status)
    writes.ended.append(before.site_id)
    writes.licenses.append(_ended_license(before.license, status, run))


def _end_the_gone(reading: Reading, run: _Run, known: int, *, accept_gone: bool) -> None:
    """End the licenses of the `known` sites that the list no longer names."""
    gone = list(_not_named(reading)) if known else []
    in_use = SiteSession.objects.filter(day__gte=run.day, spots__gt=0)
    used = sum(in_use.filter(site__in=_ids(part)).values("site").distinct().count() for part in _parts(gone))
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
        run.lost_license("gone", license_, GONE)
    for part in _parts(gone):
        _write(_Batch(ended=_ids(part), licenses=[_ended_license(one, GONE, run) for one in part]), run)


def _listed(prefix: str) -> QuerySet[License]:
    """The license without an end of every site of a list."""
    return License.objects.filter(until_day=None, site__external_ref__startswith=prefix)


def _not_named(reading: Reading) -> Iterator[_Open]:
    """Licenses in force of sites that no row named, a batch at a time in order of their refs."""
    prefix = after = reading.reader.prefix
    while True:
        rest = _listed(prefix).filter(site__external_ref__gt=after).order_by("site__external_ref")
        batch = list(rest.values_list("site__external_ref", "status")[:BATCH])
        if not batch:
            return
        # What was ended before, for whatever reason, stays as it was written down then.
        gone = [ref for ref, status in batch if is_in_force(status) and not reading.names(ref)]
        if gone:
            yield from _opened(rest.filter(site__external_ref__in=gone))
        after = batch[-1][0]


def _opened(licenses: QuerySet[License]) -> Iterator[_Open]:
    """These licenses in plain columns."""
    columns = ("site_id", "site__external_ref", "site__name", *LICENSE_COLUMNS)
    return map(_Open._make, licenses.values_list(*columns))


def _parts(licenses: Sequence[_Open]) -> Iterator[Sequence[_Open]]:
    for start in range(0, len(licenses), BATCH):
        yield licenses[start : start + BATCH]


def _ids(licenses: Iterable[_Open]) -> list[UUID]:
    return [license_.site_id for license_ in licenses]


def _write(writes: _Batch, run: _Run) -> None:
    if not run.writes:
        return
    License.objects.filter(site__in=writes.ended, until_day=None).update(until_day=run.day)
    rows.insert(Provider, writes.providers)
    rows.insert(Site, writes.sites)
    rows.insert(License, writes.licenses)
    rows.insert(Room, writes.rooms)
    rows.update(Site, writes.old_sites, SITE_COLUMNS)
    rows.update(Room, writes.old_rooms, ROOM_COLUMNS)
    rows.update(Provider, writes.old_providers, ("name",))
    Site.objects.filter(pk__in=writes.named).exclude(listed_on=run.day).update(listed_on=run.day)


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


def _license(site_id: UUID, run: _Run, from_day: date | None, columns: differences.Columns) -> Row:
    said = {"site_id": site_id, "from_day": from_day, "until_day": None, "source": run.source}
    return {"id": run.new_id(), **said, **columns}


def _ended_license(old: _Open, status: str, run: _Run) -> Row:
    """The row that says a license ended, and why."""
    columns = {"number": old.number, "program": old.program, "capacity": old.capacity}
    return _license(old.site_id, run, run.day, {**columns, "status": ended(status)[:60]})
