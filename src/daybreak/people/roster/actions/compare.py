"""Go through a roster once and say what it changes, before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from daybreak.kernel.errors import BadInput
from daybreak.kernel.tables import NOTHING_DONE
from daybreak.people import models
from daybreak.people.roster.queries import (
    Entry,
    Notebook,
    RosterFile,
    counting,
    digest_of,
    indexes_of,
    line_of,
    stored,
)
from daybreak.people.roster.terms import PRIVATE, Compared, Difference, Line, Problem

BATCH = 1000
SHOWN = 10
"""How many differences of each kind are kept to be named one by one."""
NAMED = 1000
"""How many problems are: a file with more of them is not mended line by line."""

Progress = Callable[[Iterable[Entry], int, str], Iterable[Entry]]
"""Shows how far it got while about so many entries go by, and what is done with them."""


def silent(entries: Iterable[Entry], total: int, what: str) -> Iterable[Entry]:  # noqa: ARG001 — as every Progress
    """Let the entries go by and show nothing."""
    return entries


@dataclass
class _Counts:
    """What is counted while a file goes by."""

    read: int = 0
    bad: int = 0
    count: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("joins", "changes", "leaves", "unchanged"), 0))
    problems: list[Problem] = field(default_factory=list)
    shown: list[Difference] = field(default_factory=list)

    def differs(self, how: str, what: Callable[[], Difference]) -> None:
        """Count a difference, and keep the first of its kind to be named."""
        self.count[how] += 1
        if self.count[how] <= SHOWN:
            self.shown.append(what())

    def wrong(self, problems: Sequence[Problem]) -> None:
        """Count a line that cannot be used, and keep what is wrong with it."""
        self.bad += 1
        self.problems.extend(problems[: NAMED - len(self.problems)])


@dataclass(frozen=True)
class _Read:
    """A line that can be used, with its fingerprints."""

    line: Line
    indexes: dict[str, str | None]

    @property
    def ref_index(self) -> str:
        return self.indexes["ref_index"] or ""


def compare_roster(found: RosterFile, *, progress: Progress = silent) -> Compared:
    """Say what importing the file would do, and write nothing; its problems are in the answer.

    Raises BadInput for a file that cannot be read to its end.
    """
    with closing(Notebook()) as notes:
        return compared(found, notes, progress)


def compared(found: RosterFile, notes: Notebook, progress: Progress) -> Compared:
    """The same, with what is to be written noted down."""
    counts = _Counts()
    lines = _usable(progress(found.entries(), found.line_count(), "reading"), found.employer_id, notes, counts)
    while batch := list(islice(lines, BATCH)):
        _compare_batch(batch, found.employer_id, notes, counts)
    if not counts.read:
        problem = "The roster has a header and no employees."
        raise BadInput(problem, source=found.path.name, do=f"{NOTHING_DONE} Export it again.")
    # Who is on a line that cannot be read has not left.
    known = 0 if counts.bad else _find_leavers(found.employer_id, notes, counts)
    return Compared(
        source=found.path.name,
        read=counts.read,
        joins=counts.count["joins"],
        changes=counts.count["changes"],
        leaves=counts.count["leaves"],
        unchanged=counts.count["unchanged"],
        known=known,
        bad=counts.bad,
        problems=tuple(counts.problems),
        differences=tuple(counts.shown),
    )


def _usable(entries: Iterable[Entry], employer_id: UUID, notes: Notebook, counts: _Counts) -> Iterator[_Read]:
    """The lines that can be used; everything wrong with the others is counted on the way."""
    for number, said in entries:
        counts.read += 1
        if not isinstance(said, Line):
            counts.wrong(said)
            continue
        read = _Read(said, indexes_of(said, employer_id))
        if twice := list(_twice(number, read, notes)):
            counts.wrong(twice)
        else:
            yield read


def _twice(number: int, read: _Read, notes: Notebook) -> Iterator[Problem]:
    """What of a line stood in an earlier one already."""
    for column, words, do in (
        ("ref_index", f"employee id {read.line.ref}", "Keep the line that is right, or correct the number."),
        ("email_index", "the e-mail address", "Give each employee their own, or leave it empty and give a phone."),
        ("phone_index", "the phone number", "Give each employee their own, or leave it empty and give an e-mail."),
    ):
        mark = read.indexes[column]
        before = notes.first_line(mark, number) if mark else None
        if before is not None:
            yield Problem(number, "", f"{words} stands in line {before} already.", do)


def _compare_batch(batch: Sequence[_Read], employer_id: UUID, notes: Notebook, counts: _Counts) -> None:
    refs = [read.ref_index for read in batch]
    rows = counting().filter(employer=employer_id, ref_index__in=refs)
    known = {ref: (pk, digest) for ref, pk, digest in rows.values_list("ref_index", "pk", "digest")}
    writes, ends = list[str](), list[UUID]()
    for read in batch:
        ref, line = read.ref_index, read.line
        if ref not in known:
            counts.differs("joins", lambda line=line: Difference("joins", line.ref))  # type: ignore[misc]
            writes.append(ref)
            continue
        pk, digest = known[ref]
        if digest == digest_of(line):
            counts.count["unchanged"] += 1
            continue
        counts.differs("changes", lambda line=line, pk=pk: _changed(line, pk))  # type: ignore[misc]
        writes.append(ref)
        ends.append(pk)
    notes.write(writes)
    notes.end(ends)


def _changed(line: Line, pk: UUID) -> Difference:
    """Which fields differ, before and after; of private ones, only that they do."""
    row = models.RosterLine.objects.get(pk=pk)
    before, after = line_of(row).said(), line.said()
    sites = dict(models.WorkSite.objects.filter(employer=row.employer_id).values_list("pk", "name"))
    for said in (before, after):
        said["work_site"] = sites[UUID(said["work_site"])]
    what = [
        name if name in PRIVATE else f"{name} {before[name] or '-'} → {after[name] or '-'}"
        for name in after
        if before[name] != after[name]
    ]
    return Difference("changes", line.ref, tuple(what))


def _find_leavers(employer_id: UUID, notes: Notebook, counts: _Counts) -> int:
    """Note down the lines whose employee the file does not name; returns how many the roster had until now."""
    known, after = 0, ""
    rows = counting().filter(employer=employer_id).order_by("ref_index")
    while batch := list(rows.filter(ref_index__gt=after).values_list("pk", "ref_index")[: 2 * BATCH]):
        known += len(batch)
        gone = [pk for pk, ref in batch if not notes.has_seen(ref)]
        notes.end(gone)
        for pk in gone:
            counts.differs("leaves", lambda pk=pk: _left(pk))  # type: ignore[misc]
        after = batch[-1][1]
    return known


def _left(pk: UUID) -> Difference:
    return Difference("leaves", stored(models.RosterLine.objects.get(pk=pk)).ref)
