"""Bring in an employer's roster: all of it or nothing, and nobody waits for it.

The file is gone through once and compared with the roster that counts, before anything is written. Then lines that
changed or are gone are ended and the others added, batch by batch, under the number of a roster that does not count
yet. At last the employer's number moves, in one transaction with what that means for those who have come. A run that
dies leaves lines that never counted; the next one sweeps them away.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from daybreak.audit.actions import record
from daybreak.kernel.errors import BadInput, LostRace
from daybreak.kernel.tables import NOTHING_DONE
from daybreak.people import models
from daybreak.people.roster.actions.compare import BATCH, Progress, compared, silent
from daybreak.people.roster.actions.follow import follow
from daybreak.people.roster.actions.newcomers import settle_by_roster
from daybreak.people.roster.queries import Notebook, RosterFile, digest_of, indexes_of
from daybreak.people.roster.terms import Compared, Line, Stored
from daybreak.placement.terms import Point
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding

LEASE = timedelta(minutes=2)
"""How long a run that says nothing any more is believed to be alive."""


class BadRoster(BadInput):
    """Lines of a roster cannot be used; all that was found, and what to do, is in `compared`."""

    def __init__(self, compared: Compared) -> None:
        lines = "1 line" if compared.bad == 1 else f"{compared.bad:,} lines"
        fine = compared.read - compared.bad
        rest = "The other line is fine" if fine == 1 else f"The other {fine:,} lines are fine"
        problem = f"{lines} cannot be used. {rest}; none were imported."
        super().__init__(problem, source=compared.source, do="Correct them and send the file again.")
        self.compared = compared


@dataclass(frozen=True)
class _Run:
    """One import while it writes: the number under which its lines will count."""

    import_id: UUID
    employer_id: UUID
    number: int
    clock: Callable[[], datetime]

    @contextmanager
    def over_when_it_fails(self) -> Iterator[None]:
        """Let the next run begin at once when this one fails and can still say so."""
        try:
            yield
        except Exception:
            mine = models.RosterImport.objects.filter(pk=self.import_id, counted_at=None)
            mine.update(leased_until=self.clock() - LEASE)
            raise

    @contextmanager
    def part(self) -> Iterator[None]:
        """One short transaction of this run. Raises LostRace, with nothing written, when another has taken over."""
        with transaction.atomic():
            self.still_ours()
            yield

    def still_ours(self) -> None:
        """Say that this run is alive. Raises LostRace when another has taken over since."""
        lease = self.clock() + LEASE
        if not models.RosterImport.objects.filter(pk=self.import_id, counted_at=None).update(leased_until=lease):
            raise LostRace("Another import of this roster took over. This one was not imported; run it again.")


def import_roster(
    found: RosterFile,
    *,
    at: datetime,
    centroids: Mapping[str, Point],
    progress: Progress = silent,
    agree: Callable[[Compared], bool] = lambda _: True,
    accept_leavers: bool = False,
    clock: Callable[[], datetime] | None = None,
) -> Compared:
    """Make the file the employer's roster; `agree` sees what that changes before anything is written.

    Raises BadRoster, with every line that is wrong, and BadInput for a file that cannot be read, changed meanwhile, or
    looks cut off unless `accept_leavers`; then nothing was imported. Raises LostRace when another import is running.
    `centroids` are the middles of ZIP codes; `clock` tells how long the run has taken, for its lease.
    """
    digest = found.digest()
    with closing(Notebook()) as notes:
        differs = compared(found, notes, progress)
        refuse(differs, accept_leavers=accept_leavers)
        if differs.changes_nothing or not agree(differs):
            return differs
        run = _begin(found.employer_id, digest, at=at, clock=clock or (lambda: at))
        with run.over_when_it_fails():
            _end_lines(notes, run)
            _add_lines(found, notes, run, centroids, progress)
            if found.digest() != digest:
                raise _changed_meanwhile(found)
            return _let_count(run, differs, at=at)


def refuse(differs: Compared, *, accept_leavers: bool) -> None:
    """Raise what keeps a roster from being imported: lines that cannot be used, or so many missing ones."""
    if differs.bad:
        raise BadRoster(differs)
    if differs.looks_cut_off and not accept_leavers:
        problem = (
            f"{differs.leaves:,} of the {differs.known:,} employees on the roster are not in the file: "
            "it looks cut off."
        )
        do = f"{NOTHING_DONE} See --dry-run; if they have really left, run it again with --accept-leavers."
        raise BadInput(problem, source=differs.source, do=do)


def _begin(employer_id: UUID, digest: str, *, at: datetime, clock: Callable[[], datetime]) -> _Run:
    """Take the next number, and sweep away what a run that died had written under it."""
    with transaction.atomic():
        employer = models.Employer.objects.select_for_update().get(pk=employer_id)
        number = employer.roster + 1
        before = models.RosterImport.objects.filter(employer=employer_id, number=number)
        if before.filter(leased_until__gt=clock()).exists():
            raise LostRace("Another import of this roster is running. Nothing was imported; wait for it to end.")
        before.delete()
        run = _Run(uuid4(), employer_id, number, clock)
        models.RosterImport.objects.create(
            id=run.import_id,
            employer=employer,
            number=number,
            file=digest,
            begun_at=at,
            leased_until=clock() + LEASE,
        )
    _sweep(run)
    return run


def _sweep(run: _Run) -> None:
    lines = models.RosterLine.objects.filter(employer=run.employer_id)
    while part := list(lines.filter(since__gte=run.number).values_list("pk", flat=True)[:BATCH]):
        with run.part():
            models.RosterLine.objects.filter(pk__in=part).delete()
    while part := list(lines.filter(until__gte=run.number).values_list("pk", flat=True)[:BATCH]):
        with run.part():
            models.RosterLine.objects.filter(pk__in=part).update(until=None)


def _end_lines(notes: Notebook, run: _Run) -> None:
    """End what changed or is gone, all of it before anything is added: an address may move from one to another."""
    for part in notes.ended(BATCH):
        with run.part():
            models.RosterLine.objects.filter(pk__in=part, until=None).update(until=run.number)


def _add_lines(
    found: RosterFile, notes: Notebook, run: _Run, centroids: Mapping[str, Point], progress: Progress
) -> None:
    entries = iter(progress(found.entries(), found.line_count(), "writing"))
    while batch := list(islice(entries, BATCH)):
        lines = [(said, indexes_of(said, run.employer_id)) for _, said in batch if isinstance(said, Line)]
        written = [(line, indexes) for line, indexes in lines if notes.is_written(indexes["ref_index"] or "")]
        rows = [_row(line, indexes, run, centroids) for line, indexes in written]
        try:
            with run.part():
                models.RosterLine.objects.bulk_create(rows)
        except IntegrityError as error:
            # Two lines of one number or address were refused before; here one of them has come since.
            raise _changed_meanwhile(found) from error


def _changed_meanwhile(found: RosterFile) -> BadInput:
    problem = "The file was changed while it was read."
    return BadInput(problem, source=found.path.name, do=f"{NOTHING_DONE} Import it again.")


def _row(line: Line, indexes: Mapping[str, str | None], run: _Run, centroids: Mapping[str, Point]) -> models.RosterLine:
    pk, home = uuid4(), centroids.get(line.zip_code)
    who = Stored(
        ref=line.ref,
        email=line.email,
        phone=line.phone,
        name=line.name,
        zip_code=line.zip_code,
        home=(home.latitude, home.longitude) if home else None,
    )
    begins, ends = line.shift or (None, None)
    return models.RosterLine(
        id=pk,
        employer_id=run.employer_id,
        since=run.number,
        who_sealed=seal(who.to_text(), binding("rosterline", "who", pk)),
        digest=digest_of(line),
        work_site_id=line.work_site_id,
        job_family=line.job_family,
        pay_class=line.pay_class.value,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        weekly_hours=line.weekly_hours,
        shift_starts=begins,
        shift_ends=ends,
        language=line.language,
        **indexes,
    )


@transaction.atomic
def _let_count(run: _Run, differs: Compared, *, at: datetime) -> Compared:
    """Move the employer's number: from here on the new lines count, and the ended ones do not."""
    employers = models.Employer.objects.filter(pk=run.employer_id, roster=run.number - 1)
    run.still_ours()
    if not employers.update(roster=run.number):
        raise LostRace("Another roster of this employer was imported meanwhile. Run this one again.")
    settled = settle_by_roster(run.employer_id, at=at)
    followed = replace(follow(run.employer_id, at=at), settled=settled)
    facts = {"read": differs.read, "joins": differs.joins, "changes": differs.changes, "leaves": differs.leaves}
    models.RosterImport.objects.filter(pk=run.import_id).update(counted_at=at, **facts)
    record(
        actor=None,
        verb="import",
        thing="roster",
        thing_id=run.import_id,
        because="roster",
        at=at,
        facts={**facts, "left": followed.left, "back": followed.back, "number": run.number},
    )
    return replace(differs, followed=followed)
