"""Somebody no roster names says where they work, and asks at once; clerk or roster settle it afterwards."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people import models
from daybreak.people.roster.actions.follow import is_taken, leave
from daybreak.people.roster.queries import EMAIL, PHONE, counting, ref_index
from daybreak.people.roster.terms import Said, day_over
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding, fingerprint


@transaction.atomic
def say_newcomer(said: Said, *, at: datetime) -> None:
    """Write down what somebody says; the same is written whoever they are, and nothing is told of what is known."""
    column, address = (EMAIL, said.email) if said.email else (PHONE, said.phone)
    site = models.WorkSite.objects.get(pk=said.work_site_id)
    pk = uuid4()
    models.Newcomer.objects.create(
        id=pk,
        employer_id=site.employer_id,
        work_site=site,
        column=column,
        address_index=fingerprint(address, column=column) or "",
        said_sealed=seal(said.to_text(), binding("newcomer", "said", pk)),
        pay_class=said.pay_class.value,
        language=said.language,
        said_at=at,
    )


@transaction.atomic
def match_newcomer(*, person_id: UUID, employer_id: UUID, ref: str, actor: UUID, at: datetime) -> Decision:
    """Settle that a newcomer is the employee of this number on the roster."""
    newcomer = _waiting(person_id, employer_id)
    if newcomer is None:
        return No((Reason("settled-already"),))
    line = counting().filter(employer=employer_id, ref_index=ref_index(employer_id, ref)).first()
    if line is None or (line.ends_on is not None and line.ends_on <= day_over(at)):
        return No((Reason("number-not-on-roster"),))
    if is_taken(line):
        return No((Reason("number-is-somebody-elses"),))
    match(newcomer, line, actor=actor, at=at)
    return Yes()


@transaction.atomic
def refuse_newcomer(*, person_id: UUID, employer_id: UUID, actor: UUID, at: datetime) -> Decision:
    """Settle that a newcomer is no employee: they lose access, and cannot come back by their own word."""
    newcomer = _waiting(person_id, employer_id)
    if newcomer is None or newcomer.employee is None:
        return No((Reason("settled-already"),))
    ended = day_over(at) + timedelta(days=1)
    leave(newcomer.employee, ended, at=at, because="settle-newcomer", actor=actor)
    _settle(newcomer, "refused", actor, at)
    return Yes()


def settle_by_roster(employer_id: UUID, *, at: datetime) -> int:
    """Settle every newcomer whose address a line of the roster that counts has; returns how many."""
    waiting = models.Newcomer.objects.select_for_update(of=("self",)).filter(employer=employer_id, settled_at=None)
    settled = 0
    for newcomer in waiting.exclude(employee=None).order_by("pk"):
        lines = counting().filter(employer=employer_id, **{f"{newcomer.column}_index": newcomer.address_index})
        line = lines.first()
        if line is not None and not is_taken(line):
            match(newcomer, line, actor=None, at=at)
            settled += 1
    return settled


def match(newcomer: models.Newcomer, line: models.RosterLine, *, actor: UUID | None, at: datetime) -> None:
    """Let a newcomer be the employee of a line."""
    models.Employee.objects.filter(newcomer=newcomer.pk).update(
        ref_index=line.ref_index, work_site=line.work_site_id, pay_class=line.pay_class
    )
    _settle(newcomer, "matched", actor, at)


def forget_newcomers(*, at: datetime) -> int:
    """Forget what was said a day ago and followed by nobody's coming in."""
    said = models.Newcomer.objects.filter(employee=None, said_at__lt=at - timedelta(days=1))
    return said.delete()[0]


def _waiting(person_id: UUID, employer_id: UUID) -> models.Newcomer | None:
    rows = models.Newcomer.objects.select_for_update(of=("self",)).select_related("employee")
    return rows.filter(employee__person=person_id, employer=employer_id, settled_at=None).first()


def _settle(newcomer: models.Newcomer, outcome: str, actor: UUID | None, at: datetime) -> None:
    models.Newcomer.objects.filter(pk=newcomer.pk).update(outcome=outcome, settled_at=at, settled_by=actor)
    because = "settle-newcomer" if actor else "roster"
    facts = {"outcome": outcome}
    record(actor=actor, verb="settle", thing="newcomer", thing_id=newcomer.pk, because=because, at=at, facts=facts)
