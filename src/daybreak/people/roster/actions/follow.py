"""What does a roster mean for employees who have come? They leave, come back, move, or are known by a new number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from daybreak.accounts.actions import end_role, give_role
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.people import models
from daybreak.people.roster.queries import counting
from daybreak.people.roster.terms import Followed, day_over

BATCH = 500


@dataclass
class _Found:
    left: int = 0
    back: int = 0
    renumbered: int = 0

    def told(self) -> Followed:
        return Followed(self.left, self.back, self.renumbered)


def follow(employer_id: UUID, *, at: datetime) -> Followed:
    """Let every employee of the employer who has come be as its roster says. Called in the roster's transaction."""
    found = _Found()
    for batch in _batches(employer_id):
        refs = [employee.ref_index for employee in batch]
        lines = {line.ref_index: line for line in counting().filter(employer=employer_id, ref_index__in=refs)}
        for employee in batch:
            line = lines.get(employee.ref_index or "") or _renumbered(employee, at, found)
            _follow_one(employee, line, at, found)
    return found.told()


@transaction.atomic
def end_employments(*, at: datetime) -> int:
    """Let those leave whose last day, as their roster says it, is over; returns how many."""
    over = counting().filter(employer=OuterRef("employer"), ref_index=OuterRef("ref_index"), ends_on__lte=day_over(at))
    leaving = models.Employee.objects.select_for_update(of=("self",)).filter(Exists(over), left_on=None)
    found = _Found()
    for employee in leaving.order_by("pk"):
        line = counting().get(employer=employee.employer_id, ref_index=employee.ref_index)
        _follow_one(employee, line, at, found)
    return found.left


def _batches(employer_id: UUID) -> Iterator[Sequence[models.Employee]]:
    """Employees whom a roster has named, locked a batch at a time in the order of their ids."""
    after = UUID(int=0)
    rows = models.Employee.objects.select_for_update(of=("self",)).filter(employer=employer_id)
    while batch := list(rows.exclude(ref_index=None).filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield batch
        after = batch[-1].pk


def _follow_one(employee: models.Employee, line: models.RosterLine | None, at: datetime, found: _Found) -> None:
    ended = day_over(at) + timedelta(days=1) if line is None else _ended_on(line, at)
    if ended is not None:
        if employee.left_on is None:
            leave(employee, ended, at=at)
            found.left += 1
        return
    assert line is not None
    if employee.left_on is not None:
        come_back(employee, at=at)
        found.back += 1
    if (employee.work_site_id, employee.pay_class) != (line.work_site_id, line.pay_class):
        models.Employee.objects.filter(pk=employee.pk).update(work_site=line.work_site_id, pay_class=line.pay_class)


def _ended_on(line: models.RosterLine, at: datetime) -> date | None:
    """The first day no longer employed, once it has come."""
    return line.ends_on + timedelta(days=1) if line.ends_on is not None and line.ends_on <= day_over(at) else None


def leave(
    employee: models.Employee, ended: date, *, at: datetime, because: str = "roster", actor: UUID | None = None
) -> None:
    """Let an employee leave: their household is theirs to see no longer, and nothing can be asked for it by them."""
    models.Employee.objects.filter(pk=employee.pk).update(left_on=ended)
    employee.left_on = ended
    record(actor=actor, verb="leave", thing="employee", thing_id=employee.pk, because=because, at=at)
    others = models.Employee.objects.filter(household=employee.household_id, person=employee.person_id, left_on=None)
    if not others.exists():
        end_role(person_id=employee.person_id, kind=RoleKind.PARENT, scope=employee.household_id, at=at, actor=actor)


def come_back(employee: models.Employee, *, at: datetime) -> None:
    """Let somebody who had left be an employee again, with the household they had."""
    models.Employee.objects.filter(pk=employee.pk).update(left_on=None)
    employee.left_on = None
    record(actor=None, verb="come-back", thing="employee", thing_id=employee.pk, because="roster", at=at)
    give_role(person_id=employee.person_id, kind=RoleKind.PARENT, scope=employee.household_id, at=at)


def _renumbered(employee: models.Employee, at: datetime, found: _Found) -> models.RosterLine | None:
    """The line that now has the address of this employee's last one, when its number is nobody's yet."""
    old = models.RosterLine.objects.filter(employer=employee.employer_id, ref_index=employee.ref_index)
    last = old.order_by("-since").first()
    if last is None or employee.left_on is not None:
        return None
    for name, mark in (("email_index", last.email_index), ("phone_index", last.phone_index)):
        line = counting().filter(employer=employee.employer_id, **{name: mark}).first() if mark else None
        if line is not None and not is_taken(line):
            models.Employee.objects.filter(pk=employee.pk).update(ref_index=line.ref_index)
            employee.ref_index = line.ref_index
            record(actor=None, verb="renumber", thing="employee", thing_id=employee.pk, because="roster", at=at)
            found.renumbered += 1
            return line
    return None


def is_taken(line: models.RosterLine) -> bool:
    """Say whether somebody has come under this line's number."""
    return models.Employee.objects.filter(employer=line.employer_id, ref_index=line.ref_index).exists()
