"""A parent invites a co-parent or guardian; whoever is invited accepts or declines; and sharing ends again.

Two parents may have two employers: an invited parent whose own household has no children yet moves into this one with
their job, and from then on either employer's plan is asked as the one who asks for care is employed.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from daybreak.accounts.actions import add_person, end_role, give_role
from daybreak.accounts.queries import family_of, is_family, is_one, person_at
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people import models
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding

MOST = 6
"""People of one family, invited ones included: two parents, grandparents, a guardian."""
INVITED_AS = frozenset({RoleKind.CO_PARENT, RoleKind.GUARDIAN})


@transaction.atomic
def invite(
    *, household_id: UUID, name: str, email: str, phone: str, language: str, kind: RoleKind, actor: UUID, at: datetime
) -> UUID | No | None:
    """Invite somebody by an address. Returns the person to tell, or None when they belong or are invited already.

    Whether the address was known here before is not to be seen from the answer: a new person is written for one that
    was not. Nothing of the family is theirs before they accept.
    """
    models.Household.objects.select_for_update().get(pk=household_id)
    if kind not in INVITED_AS or not is_one(actor, RoleKind.PARENT, household_id):
        return No((Reason("not-allowed"),))
    waiting = models.Invitation.objects.filter(household=household_id, answer="")
    if len(family_of(household_id)) + waiting.count() >= MOST:
        return No((Reason("family-is-full", {"most": MOST}),))

    person_id = person_at(email=email, phone=phone)
    if person_id is not None and (is_family(person_id, household_id) or waiting.filter(person=person_id).exists()):
        return None
    if person_id is None:
        person_id = uuid4()
        add_person(person_id=person_id, name=name, email=email, phone=phone, language=language, at=at, actor=actor)
    row_id = uuid4()
    row = models.Invitation.objects.create(
        id=row_id,
        name_sealed=seal(name, binding("invitation", "name", row_id)),
        household_id=household_id,
        person_id=person_id,
        kind=kind.value,
        invited_by_id=actor,
        invited_at=at,
    )
    facts = {"role": kind.value, "invitation": str(row.pk)}
    record(
        actor=actor, verb="invite", thing="household", thing_id=household_id, because="own-choice", at=at, facts=facts
    )
    return person_id


@transaction.atomic
def answer_invitation(*, invitation_id: UUID, person_id: UUID, accepts: bool, at: datetime) -> Decision:
    """Accept or decline an invitation of one's own; the same answer twice is one."""
    row = models.Invitation.objects.select_for_update().filter(pk=invitation_id, person=person_id).first()
    answer = "accepted" if accepts else "declined"
    if row is None or row.answer not in ("", answer):
        # The same for one that was taken back and for somebody else's.
        return No((Reason("not-allowed"),))
    if row.answer == answer:
        return Yes()
    models.Invitation.objects.filter(pk=row.pk).update(answer=answer, answered_at=at)
    if accepts:
        give_role(person_id=person_id, kind=RoleKind(row.kind), scope=row.household_id, at=at, actor=person_id)
        _move_in(person_id, row.household_id, at)
    record(
        actor=person_id,
        verb="accept-invitation" if accepts else "decline-invitation",
        thing="household",
        thing_id=row.household_id,
        because="own-choice",
        at=at,
        facts={"invitation": str(row.pk)},
    )
    return Yes()


@transaction.atomic
def end_sharing(*, household_id: UUID, person_id: UUID, actor: UUID, at: datetime) -> Decision:
    """A parent takes a co-parent, guardian or invitation back; a co-parent or guardian may leave by themselves."""
    models.Household.objects.select_for_update().get(pk=household_id)
    if not (is_one(actor, RoleKind.PARENT, household_id) or (actor == person_id and is_family(actor, household_id))):
        return No((Reason("not-allowed"),))
    waiting = models.Invitation.objects.filter(household=household_id, person=person_id, answer="")
    ended = waiting.update(answer="withdrawn", answered_at=at)
    for kind in sorted(INVITED_AS):
        ended += end_role(person_id=person_id, kind=kind, scope=household_id, at=at, actor=actor)
    if not ended:
        # Nobody shares it, or it is a parent whom an employer brought here.
        return No((Reason("not-allowed"),))
    record(
        actor=actor,
        verb="end-sharing",
        thing="household",
        thing_id=household_id,
        because="own-choice",
        at=at,
        facts={"person": str(person_id)},
    )
    return Yes()


def forget_invitations(*, person_id: UUID) -> None:
    """Nothing is left of invitations to a person and from them."""
    models.Invitation.objects.filter(Q(person=person_id) | Q(invited_by=person_id)).delete()


def _move_in(person_id: UUID, household_id: UUID, at: datetime) -> None:
    """Bring an own job into the shared household, where the own one is empty: without children nothing was asked."""
    for job in models.Employee.objects.filter(person=person_id).exclude(household=household_id):
        own = job.household_id
        others = models.Employee.objects.filter(household=own).exclude(person=person_id)
        if models.Child.objects.filter(household=own).exists() or others.exists():
            continue
        models.Employee.objects.filter(pk=job.pk).update(household=household_id)
        end_role(person_id=person_id, kind=RoleKind.PARENT, scope=own, at=at, actor=person_id)
        give_role(person_id=person_id, kind=RoleKind.PARENT, scope=household_id, at=at, actor=person_id)
