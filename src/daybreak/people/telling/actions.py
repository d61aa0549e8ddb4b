"""Write down what a household tells: a child, an answer, who may fetch, the usual hours. What is private is sealed."""

from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, No, Reason, Yes
from daybreak.people import models
from daybreak.people.telling import hearing
from daybreak.people.telling.terms import ChildSaid, Question
from daybreak.vault.actions import seal
from daybreak.vault.queries import binding


@transaction.atomic
def write_child(
    *, child_id: UUID, household_id: UUID, said: ChildSaid, at: datetime, actor: UUID | None, because: str = "joined"
) -> None:
    """Write a child, last on the household's list; whoever calls has decided that it may be."""
    _lock(household_id)
    last = models.Child.objects.filter(household=household_id).aggregate(last=Max("position"))["last"]
    models.Child.objects.create(
        id=child_id,
        household_id=household_id,
        position=0 if last is None else last + 1,
        special_needs=said.special_needs,
        **_sealed_child(child_id, said),
    )
    record(actor=actor, verb="add", thing="child", thing_id=child_id, because=because, at=at)


@transaction.atomic
def tell_child(
    *, household_id: UUID, child_id: UUID | None, said: ChildSaid, today: date, at: datetime, actor: UUID
) -> Decision:
    """Add a child to the family's list, or change what is said of one that stands on it."""
    _lock(household_id)
    listed = models.Child.objects.filter(household=household_id, left_at=None)
    row = listed.filter(pk=child_id).first() if child_id else None
    if child_id and row is None:
        return No((Reason("not-allowed"),))
    decision = hearing.child(said, today=today, others=listed.count() - (row is not None))
    if isinstance(decision, No):
        return decision
    if row is None:
        write_child(child_id=uuid4(), household_id=household_id, said=said, at=at, actor=actor, because="own-choice")
        return Yes()
    changes = _sealed_child(row.pk, said)
    models.Child.objects.filter(pk=row.pk).update(special_needs=said.special_needs, **changes)
    record(actor=actor, verb="change", thing="child", thing_id=row.pk, because="own-choice", at=at)
    return Yes()


@transaction.atomic
def take_off_list(*, household_id: UUID, child_id: UUID, at: datetime, actor: UUID) -> Decision:
    """No care is asked for this child any more. Requests that were made still know it."""
    _lock(household_id)
    row = models.Child.objects.filter(household=household_id, pk=child_id, left_at=None)
    if not row.update(left_at=at):
        return No((Reason("not-allowed"),))
    record(actor=actor, verb="take-off-list", thing="child", thing_id=child_id, because="own-choice", at=at)
    return Yes()


@transaction.atomic
def tell_answer(*, household_id: UUID, question: Question, said: str, at: datetime, actor: UUID) -> Decision:
    """Keep a household's answer in place of the one before; an empty one takes it back."""
    _lock(household_id)
    decision = hearing.answer(question, said)
    if isinstance(decision, No):
        return decision
    models.HouseholdAnswer.objects.filter(household=household_id, question=question.value).delete()
    if said.strip():
        answer_id = uuid4()
        models.HouseholdAnswer.objects.create(
            id=answer_id,
            household_id=household_id,
            question=question.value,
            answer_sealed=seal(said.strip(), binding("householdanswer", "answer", answer_id)),
            answered_at=at,
        )
    facts = {"question": question.value}
    record(actor=actor, verb="tell", thing="household", thing_id=household_id, because="own-choice", at=at, facts=facts)
    return decision


@transaction.atomic
def name_fetcher(*, household_id: UUID, name: str, tie: str, phone: str, at: datetime, actor: UUID) -> Decision:
    """Allow somebody to fetch the household's children."""
    _lock(household_id)
    others = models.Fetcher.objects.filter(household=household_id).count()
    decision = hearing.fetcher(name, tie, phone, others=others)
    if isinstance(decision, No):
        return decision
    fetcher_id = uuid4()
    sealed = {
        f"{column}_sealed": seal(text.strip(), binding("fetcher", column, fetcher_id))
        for column, text in (("name", name), ("tie", tie), ("phone", phone))
    }
    models.Fetcher.objects.create(id=fetcher_id, household_id=household_id, added_at=at, **sealed)
    _about_fetcher("name-fetcher", household_id, fetcher_id, actor, at)
    return Yes()


@transaction.atomic
def drop_fetcher(*, household_id: UUID, fetcher_id: UUID, at: datetime, actor: UUID) -> Decision:
    """Somebody may not fetch the household's children any more; nothing of them is kept."""
    _lock(household_id)
    if not models.Fetcher.objects.filter(household=household_id, pk=fetcher_id).delete()[0]:
        return No((Reason("not-allowed"),))
    _about_fetcher("drop-fetcher", household_id, fetcher_id, actor, at)
    return Yes()


@transaction.atomic
def set_usual_day(
    *, household_id: UUID, starts: time, ends: time, max_detour_minutes: int, together: bool, at: datetime, actor: UUID
) -> Decision:
    """Keep the usual shift, how much longer the way may be, and whether siblings stay together."""
    _lock(household_id)
    if not 0 <= max_detour_minutes <= hearing.LONGEST_DETOUR:
        return No((Reason("detour-out-of-range", {"most": hearing.LONGEST_DETOUR}),))
    models.Household.objects.filter(pk=household_id).update(
        usual_starts=starts, usual_ends=ends, max_detour_minutes=max_detour_minutes, keep_together=together
    )
    record(actor=actor, verb="set-usual-day", thing="household", thing_id=household_id, because="own-choice", at=at)
    return Yes()


@transaction.atomic
def erase_household(*, household_id: UUID, at: datetime, actor: UUID | None) -> None:
    """Empty what is private of a household and its children; rows that bookings count on stay, and name nobody.

    Where the family lives is overwritten by where it works, which the employer knows anyway.
    """
    _lock(household_id)
    models.HouseholdAnswer.objects.filter(household=household_id).delete()
    models.Fetcher.objects.filter(household=household_id).delete()
    nothing = dict.fromkeys(("name_sealed", "birth_date_sealed", "allergies_sealed", "care_notes_sealed"), "")
    models.Child.objects.filter(household=household_id).update(left_at=at, erased_at=at, special_needs=False, **nothing)
    employee = models.Employee.objects.filter(household=household_id).select_related("work_site").order_by("id").first()
    if employee is not None:
        work = employee.work_site
        models.Household.objects.filter(pk=household_id).update(
            home_latitude=work.latitude, home_longitude=work.longitude
        )
    record(actor=actor, verb="erase", thing="household", thing_id=household_id, because="own-data", at=at)


def forget_newcomer(*, person_id: UUID) -> None:
    """Nothing is left of what a person said of themselves before a roster named them."""
    models.Newcomer.objects.filter(employee__person=person_id).delete()


def _lock(household_id: UUID) -> None:
    models.Household.objects.select_for_update().get(pk=household_id)


def _sealed_child(child_id: UUID, said: ChildSaid) -> dict[str, str]:
    words = {
        "name": said.name.strip(),
        "birth_date": said.birth_date.isoformat(),
        "allergies": said.allergies.strip(),
        "care_notes": said.care_notes.strip(),
    }
    return {f"{column}_sealed": seal(text, binding("child", column, child_id)) for column, text in words.items()}


def _about_fetcher(verb: str, household_id: UUID, fetcher_id: UUID, actor: UUID, at: datetime) -> None:
    facts = {"fetcher": str(fetcher_id)}
    record(actor=actor, verb=verb, thing="household", thing_id=household_id, because="own-choice", at=at, facts=facts)
