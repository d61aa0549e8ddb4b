"""An employee of a roster comes for the first time: a person and a household come to be, with what the roster says.

Until then a roster makes nobody a user. From then on the ways in are the person's own: a later roster that gives
another address changes nothing of them, so that whoever writes rosters cannot come in as somebody else.
"""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from daybreak.accounts.actions import add_person, give_role
from daybreak.accounts.codes.actions import Asking
from daybreak.accounts.queries import account_of, person_at, person_with
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.people import models
from daybreak.people.actions import add_household
from daybreak.people.roster.actions.follow import come_back, is_taken
from daybreak.people.roster.queries import EMAIL, PHONE, counting, stored
from daybreak.people.roster.terms import Stored, day_over, stored_of
from daybreak.placement.terms import Point
from daybreak.vault.queries import binding, fingerprint, reveal

Source = models.RosterLine | models.Newcomer
"""Whose word makes an employee: the roster's, or their own until it is settled."""
FRESH = timedelta(hours=1)
"""How long after the page for joining somebody may come in by it."""
USUAL = (time(9), time(17))
"""The hours of a household until somebody says better."""


def arrive(*, email: str = "", phone: str = "", at: datetime) -> UUID | None:
    """Who is reached at this address: a person, or an employee of a roster, who becomes one now; None: a stranger."""
    column, address = (EMAIL, email) if email else (PHONE, phone)
    mark = fingerprint(address, column=column)
    return arrive_at(column, mark, at=at) if mark else None


def welcome(ask: Asking, at: datetime) -> UUID | None:
    """The same for somebody who asked to be let in, and whose address is known by its blind index only."""
    return arrive_at(ask.column, ask.address_index, at=at)


def arrive_at(column: str, mark: str, *, at: datetime) -> UUID | None:
    """The same by the blind index of an e-mail or phone."""
    person_id = person_with(column, mark)
    for line in _lines_at(column, mark, at):
        try:
            person_id = _take_up(line, person_id, at=at)
        except IntegrityError:
            # Two knocks at one moment: the other one was first.
            person_id = person_with(column, mark)
    for newcomer in _newcomers_at(column, mark, at):
        person_id = _take_in(newcomer, person_id, at=at) or person_id
    return person_id


@transaction.atomic
def forget_arrival(*, person_id: UUID) -> None:
    """Part somebody who erases themselves from the roster: under their number they may come as somebody new.

    The line itself is the employer's, and the next roster would bring it back.
    """
    models.Employee.objects.filter(person=person_id).update(ref_index=None)


def _newcomers_at(column: str, mark: str, at: datetime) -> list[models.Newcomer]:
    """What was said at the page for joining with this address, and not yet followed by coming in."""
    fresh = models.Newcomer.objects.filter(column=column, address_index=mark, employee=None, said_at__gt=at - FRESH)
    return list(fresh.select_related("work_site").order_by("-said_at")[:1])


@transaction.atomic
def _take_in(newcomer: models.Newcomer, person_id: UUID | None, *, at: datetime) -> UUID | None:
    """Make an employee of a newcomer until the clerk has settled it; None for somebody this employer knows already."""
    who = stored_of(reveal(newcomer.said_sealed, binding("newcomer", "said", newcomer.pk)))
    if person_id is None:
        person_id = _new_person(who, newcomer.language, at)
    elif models.Employee.objects.filter(employer=newcomer.employer_id, person=person_id).exists():
        # Whoever has left, or was refused, comes back by a roster and by nothing they say themselves.
        return None
    employee = _new_employee(newcomer, who, person_id, at)
    models.Newcomer.objects.filter(pk=newcomer.pk).update(employee=employee)
    record(actor=person_id, verb="arrive", thing="employee", thing_id=employee.pk, because="own-word", at=at)
    return person_id


def _lines_at(column: str, mark: str, at: datetime) -> list[models.RosterLine]:
    """The lines with this address under whose number nobody has come, of employments that are not over."""
    found = counting().filter(**{f"{column}_index": mark}).select_related("work_site").order_by("pk")
    return [line for line in found if not is_taken(line) and (line.ends_on is None or line.ends_on > day_over(at))]


@transaction.atomic
def _take_up(line: models.RosterLine, person_id: UUID | None, *, at: datetime) -> UUID:
    who = stored(line)
    if person_id is None:
        person_id = _new_person(who, line.language, at)
    employee = models.Employee.objects.filter(employer=line.employer_id, person=person_id).first()
    if employee is None:
        employee = _new_employee(line, who, person_id, at)
    else:
        models.Employee.objects.filter(pk=employee.pk).update(
            ref_index=line.ref_index, work_site=line.work_site_id, pay_class=line.pay_class
        )
    if employee.left_on is not None:
        come_back(employee, at=at)
    record(actor=person_id, verb="arrive", thing="employee", thing_id=employee.pk, because="roster", at=at)
    return person_id


def _new_person(who: Stored, language: str, at: datetime) -> UUID:
    """A person with the roster's addresses; one that is somebody else's already stays theirs."""
    return add_person(
        person_id=uuid4(),
        name=who.name,
        email=who.email if person_at(email=who.email) is None else "",
        phone=who.phone if person_at(phone=who.phone) is None else "",
        language=language,
        at=at,
    )


def _new_employee(line: Source, who: Stored, person_id: UUID, at: datetime) -> models.Employee:
    household_id = _own_household(person_id) or _new_household(line, who, at)
    employee = models.Employee.objects.create(
        id=uuid4(),
        employer_id=line.employer_id,
        person_id=person_id,
        household_id=household_id,
        work_site_id=line.work_site_id,
        pay_class=line.pay_class,
        ref_index=line.ref_index if isinstance(line, models.RosterLine) else None,
    )
    give_role(person_id=person_id, kind=RoleKind.PARENT, scope=household_id, at=at)
    return employee


def _own_household(person_id: UUID) -> UUID | None:
    """The household somebody has already: as another employer's employee, or as a parent in it."""
    account = account_of(person_id)
    scopes = account.scopes(RoleKind.PARENT) if account else ()
    return scopes[0] if scopes else None


def _new_household(line: Source, who: Stored, at: datetime) -> UUID:
    """A household in the middle of the home's ZIP code, else at the work site, until the family says where it lives."""
    begins, ends = USUAL
    if isinstance(line, models.RosterLine) and line.shift_starts and line.shift_ends:
        begins, ends = line.shift_starts, line.shift_ends
    work = line.work_site
    return add_household(
        household_id=uuid4(),
        home=Point(*who.home) if who.home else Point(work.latitude, work.longitude),
        usual_starts=begins,
        usual_ends=ends,
        at=at,
    )
