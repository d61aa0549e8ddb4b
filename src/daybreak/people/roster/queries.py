"""Open a roster file, and say what the roster that counts says of an employee."""

import hashlib
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import F, Q, QuerySet

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import LONGEST_LINE, cells_of, do, sound_lines
from daybreak.people import models
from daybreak.people.queries import work_sites_of
from daybreak.people.roster.mapping import NO_MAPPING, Mapping, parse_mapping
from daybreak.people.roster.reading import Reader
from daybreak.people.roster.terms import Line, NewcomerCard, NewcomerView, Problem, Stored, stored_of
from daybreak.people.terms import Employed, Employment, PayClass
from daybreak.vault.queries import binding, fingerprint, reveal

REF, EMAIL, PHONE = "roster-ref", "email", "phone"
"""The columns of the blind indexes; an address has the same one here and with a person."""
DIGEST = "roster-line"

Entry = tuple[int, Line | tuple[Problem, ...]]
"""A line's number, and what it says or what is wrong with it."""


@dataclass(frozen=True)
class RosterFile:
    """One employer's roster as a file, and how it is to be read. It is read line by line, as often as needed."""

    path: Path
    employer_id: UUID
    mapping: Mapping = NO_MAPPING

    def digest(self) -> str:
        """The SHA-256 of what the file holds now. Raises BadInput when it cannot be read."""
        with _said_when_unreadable(self.path), self.path.open("rb") as raw:
            return hashlib.file_digest(raw, "sha256").hexdigest()

    def line_count(self) -> int:
        """About how many lines follow the header, to show how far a reading got."""
        with _said_when_unreadable(self.path), self.path.open("rb") as raw:
            ends = sum(part.count(b"\n") for part in iter(lambda: raw.read(1 << 20), b""))
        return max(ends - 1, 1)

    def entries(self) -> Iterator[Entry]:
        """Every row under the header, with the line it begins on. Raises BadInput where no more can be read."""
        sites = {name: site_id for site_id, name in work_sites_of(self.employer_id).items()}
        source = self.path.name
        with _opened(self.path, self.mapping.encoding) as text:
            # A line is read with a limit: a file without line ends must not be read into memory as one.
            lines = sound_lines(iter(lambda: text.readline(LONGEST_LINE + 1), ""), source=source)
            rows = cells_of(lines, source=source, delimiter=self.mapping.delimiter)
            _, header = next(rows, (1, []))
            reader = Reader(header, sites, mapping=self.mapping, source=source)
            for number, cells in rows:
                if any(cell.strip() for cell in cells):
                    yield number, reader.line(number, cells)


def mapping_of(file: Path | None) -> Mapping:
    """What a mapping file says, or nothing without one. Raises BadInput."""
    if file is None:
        return NO_MAPPING
    with _said_when_unreadable(file):
        try:
            return parse_mapping(file.read_text(encoding="utf-8-sig"), source=file.name)
        except UnicodeDecodeError as error:
            raise BadInput("This is not UTF-8 text.", source=file.name, do=do("Save it as UTF-8")) from error


@contextmanager
def _said_when_unreadable(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = f"The file cannot be read ({error.strerror})."
        raise BadInput(problem, source=file.name, do=do("Check its name and folder")) from error


@contextmanager
def _opened(file: Path, encoding: str) -> Iterator[io.TextIOWrapper]:
    """The file as text; what begins with the mark of UTF-16 is UTF-16, whatever the mapping says."""
    with _said_when_unreadable(file), file.open("rb") as raw:
        marked = raw.read(2) in (b"\xff\xfe", b"\xfe\xff")
        raw.seek(0)
        encoding = "utf-16" if marked else encoding
        try:
            with io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
                yield text
        except UnicodeError as error:
            line = _line_not_text(file, encoding)
            what = "Save it as CSV UTF-8, or say under [file] how it is encoded"
            named = encoding.removesuffix("-sig").upper()
            raise BadInput(f"This is not {named} text.", source=file.name, line=line, do=do(what)) from error


def _line_not_text(file: Path, encoding: str) -> int:
    """The first line with bytes that stand for no letter."""
    number = 1
    try:
        with file.open(encoding=encoding, errors="replace", newline="") as text:
            for number, line in enumerate(text, start=1):  # noqa: B007 — the last one counts where none is found
                if "\ufffd" in line:
                    break
    except UnicodeError:  # UTF-16 without the mark that says which
        return 1
    return number


def ref_index(employer_id: UUID, ref: str) -> str:
    """The fingerprint of an employer's own number for an employee; equal numbers of two employers differ."""
    return fingerprint(f"{employer_id} {ref.strip()}", column=REF) or ""


def employee_called(employer_id: UUID, ref: str) -> UUID | None:
    """The employee of an employer with this number of the employer's own, or with this id as files write it."""
    rows = models.Employee.objects.filter(employer=employer_id)
    found = rows.filter(ref_index=ref_index(employer_id, ref)).values_list("pk", flat=True).first()
    if found is None:
        try:
            found = rows.filter(pk=UUID(ref)).values_list("pk", flat=True).first()
        except ValueError:
            return None
    return found


def digest_of(line: Line) -> str:
    """The keyed fingerprint of everything a line says."""
    return fingerprint(line.spelled(), column=DIGEST) or ""


def indexes_of(line: Line, employer_id: UUID) -> dict[str, str | None]:
    """The blind indexes of a line, by their columns."""
    return {
        "ref_index": ref_index(employer_id, line.ref),
        "email_index": fingerprint(line.email, column=EMAIL),
        "phone_index": fingerprint(line.phone, column=PHONE),
    }


def counting() -> QuerySet[models.RosterLine]:
    """The lines of every employer that count now; a newer roster is invisible until all of it is written."""
    number = F("employer__roster")
    return models.RosterLine.objects.filter(Q(until=None) | Q(until__gt=number), since__lte=number)


def stored(row: models.RosterLine) -> Stored:
    """Who a line is about, opened; the caller answers for the right to see it."""
    return stored_of(reveal(row.who_sealed, binding("rosterline", "who", row.pk)))


def line_of(row: models.RosterLine) -> Line:
    """A stored line as its file said it."""
    who = stored(row)
    has_shift = row.shift_starts is not None and row.shift_ends is not None
    return Line(
        ref=who.ref,
        work_site_id=row.work_site_id,
        job_family=row.job_family,
        pay_class=PayClass(row.pay_class),
        starts_on=row.starts_on,
        email=who.email,
        phone=who.phone,
        name=who.name,
        zip_code=who.zip_code,
        language=row.language,
        shift=(row.shift_starts, row.shift_ends) if has_shift else None,  # type: ignore[arg-type]  # both or neither
        ends_on=row.ends_on,
        weekly_hours=row.weekly_hours,
    )


def line_numbered(employer_id: UUID, ref: str) -> models.RosterLine | None:
    """The line of an employee by the employer's own number, or None."""
    return counting().filter(employer=employer_id, ref_index=ref_index(employer_id, ref)).first()


def employment_of(employee: Employed) -> Employment:
    """What eligibility asks of an employee: as the roster says, else only what was said when they were added."""
    row = models.Employee.objects.get(pk=employee.employee_id)
    lines = counting().filter(employer=row.employer_id, ref_index=row.ref_index)
    line = lines.first() if row.ref_index else None
    if line is None:
        return Employment(employee.pay_class, ended_on=row.left_on)
    after = line.ends_on + timedelta(days=1) if line.ends_on else row.left_on
    return Employment(PayClass(line.pay_class), line.starts_on, after, line.weekly_hours)


def is_unsettled(employee_id: UUID) -> bool:
    """Say whether somebody came by the page and no clerk or roster has settled it yet."""
    return models.Newcomer.objects.filter(employee=employee_id, settled_at=None).exists()


def newcomers_of(employer_ids: Iterable[UUID]) -> list[NewcomerCard]:
    """Who waits to be settled, the longest first, without a name."""
    rows = models.Newcomer.objects.filter(employer__in=list(employer_ids), settled_at=None).exclude(employee=None)
    return [_card(row) for row in rows.select_related("employee", "work_site").order_by("said_at", "pk")]


def newcomer_of(person_id: UUID) -> NewcomerCard | None:
    """The newcomer whose person this is while they wait to be settled, or None."""
    rows = models.Newcomer.objects.filter(employee__person=person_id, settled_at=None)
    row = rows.select_related("employee", "work_site").order_by("said_at", "pk").first()
    return _card(row) if row else None


def newcomer_said(card: NewcomerCard) -> NewcomerView:
    """What a newcomer said of themselves; the caller answers for the right to see it."""
    row = models.Newcomer.objects.get(employee__person=card.person_id, employer=card.employer_id)
    who = stored_of(reveal(row.said_sealed, binding("newcomer", "said", row.pk)))
    return NewcomerView(card, who.name, who.email or who.phone, who.ref, PayClass(row.pay_class))


def _card(row: models.Newcomer) -> NewcomerCard:
    assert row.employee is not None
    return NewcomerCard(row.employee.person_id, row.employer_id, row.work_site.name, row.said_at)


def last_file(employer_id: UUID) -> str:
    """The SHA-256 of the file whose roster counts, or nothing before the first."""
    rows = models.RosterImport.objects.filter(employer=employer_id, number=F("employer__roster"))
    return rows.values_list("file", flat=True).first() or ""


class Notebook:
    """What one import must remember of lines that went by, in a nameless file that is gone with this process.

    Only keyed fingerprints and ids: nothing of an employee stands in clear on the disk.
    """

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA cache_size = -4096")
        self._file.execute("CREATE TABLE seen (what TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID")
        self._file.execute("CREATE TABLE writes (what TEXT PRIMARY KEY) WITHOUT ROWID")
        self._file.execute("CREATE TABLE ends (id TEXT PRIMARY KEY) WITHOUT ROWID")
        # One transaction that is never ended: nothing here is worth a sync.
        self._file.execute("BEGIN")

    def first_line(self, what: str, line: int) -> int | None:
        """The line that had this fingerprint before, or None; then it is remembered with this one."""
        added = self._file.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (what, line))
        if added.rowcount:
            return None
        return int(self._file.execute("SELECT line FROM seen WHERE what = ?", (what,)).fetchone()[0])

    def has_seen(self, what: str) -> bool:
        """Say whether a fingerprint went by."""
        return self._file.execute("SELECT 1 FROM seen WHERE what = ?", (what,)).fetchone() is not None

    def write(self, refs: Iterable[str]) -> None:
        """Remember employees whose line is to be written."""
        self._file.executemany("INSERT OR IGNORE INTO writes VALUES (?)", ((ref,) for ref in refs))

    def is_written(self, ref: str) -> bool:
        """Say whether an employee's line is to be written."""
        return self._file.execute("SELECT 1 FROM writes WHERE what = ?", (ref,)).fetchone() is not None

    def end(self, line_ids: Iterable[UUID]) -> None:
        """Remember lines that are to end."""
        self._file.executemany("INSERT OR IGNORE INTO ends VALUES (?)", ((str(pk),) for pk in line_ids))

    def ended(self, size: int) -> Iterator[Sequence[UUID]]:
        """The lines that are to end, so many at a time."""
        rows = self._file.execute("SELECT id FROM ends ORDER BY id")
        while part := rows.fetchmany(size):
            yield [UUID(pk) for (pk,) in part]

    def close(self) -> None:
        """Drop the file."""
        self._file.close()
