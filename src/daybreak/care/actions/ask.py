"""A parent asks for care. The family ends with a place, a home that is being asked, or Daybreak still looking."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.accounts.queries import is_family
from daybreak.care import asking
from daybreak.care.actions.line import family_of, wait_for_round
from daybreak.care.actions.look import look, measure_for
from daybreak.care.actions.move import began
from daybreak.care.covered import shift_minutes
from daybreak.care.models import CareRequest, RequestedChild
from daybreak.care.queries import open_spans
from daybreak.care.states import By, RequestState
from daybreak.care.terms import Ask
from daybreak.due.actions import Again, claim_key
from daybreak.kernel.decisions import Decision, No, Reason, Yes, all_of
from daybreak.kernel.spans import Span
from daybreak.people import eligibility
from daybreak.people.actions import lock_household
from daybreak.people.queries import employed_as, household_of
from daybreak.people.roster.queries import employment_of, is_unsettled
from daybreak.people.terms import HouseholdProfile
from daybreak.plan import covering
from daybreak.plan.queries import standing_of
from daybreak.plan.terms import Standing


@dataclass(frozen=True)
class Asked:
    """The request that answers this tap, and whether the tap made it."""

    request_id: UUID
    is_new: bool


def ask_for_care(*, ask: Ask, key: str, actor: UUID, at: datetime) -> Asked | No:
    """Record what a family needs and look for a place at once; the same tap twice is one request.

    Raises nothing a parent could cause: a refusal is a No with every reason, and nothing is written.
    """
    # Ways by road are measured before anything is locked; what cannot be is left to the formula.
    measure_for(ask.household_id, person_id=actor, day=ask.day, at=at)
    return _ask(ask, key, actor, at)


def ask_for_round(*, ask: Ask, key: str, actor: UUID, told_from: time, at: datetime) -> Asked | No:
    """Record what a family needs and have it wait for the next round, with all who are asked for at this moment.

    The family is told nothing before there is an answer, and at night not before the hour it named.
    """
    return _ask(ask, key, actor, at, told_from=told_from)


@transaction.atomic
def _ask(ask: Ask, key: str, actor: UUID, at: datetime, *, told_from: time | None = None) -> Asked | No:
    # Read: the household, locked so that its requests are made one after the other.
    household = household_of(ask.household_id, person_id=actor)
    if household is None or not is_family(actor, ask.household_id):
        # The same answer for a household that does not exist and for another family's.
        return No((Reason("not-allowed"),))
    lock_household(household.household_id)
    claim = claim_key(scope=household.household_id, key=key, body=_body(ask), at=at)
    if isinstance(claim, No):
        return claim
    if isinstance(claim, Again):
        return Asked(claim.answer, is_new=False) if claim.answer else No((Reason("already-asked"),))

    # Decide.
    span = asking.decide(ask, household, at=at)
    if isinstance(span, No):
        transaction.set_rollback(True)
        return span
    others = list(open_spans(household.household_id))
    same = asking.overlapping(span, set(ask.child_ids), others)
    if same is not None:
        # A second phone, or a page opened twice: the family already has its request, so that is the answer.
        claim.remember(same)
        return Asked(same, is_new=False)
    standing = standing_of(actor, household.household_id, ask.child_ids, ask.day)
    covered = covering.decide(standing, ask.child_ids, minutes=shift_minutes(span.start_at, span.end_at))
    own = asking.in_sessions_of_its_own(span, set(ask.child_ids), others, household.zone)
    granted = all_of((_eligible(standing, ask), _settled(actor, household), covered, own))
    if isinstance(granted, No):
        transaction.set_rollback(True)
        return granted

    # Write, and look: booking and messages stand in the same transaction.
    row = _write(ask, household, span, actor=actor, at=at, told_from=told_from)
    claim.remember(row.pk)
    if told_from is not None:
        wait_for_round(row, family_of(row, household, at=at), at=at)
    else:
        look(row, household, by=By.FAMILY, actor=actor, at=at)
    return Asked(row.pk, is_new=True)


def _eligible(standing: Standing | None, ask: Ask) -> Decision:
    """Whether the employee may use the benefit on that day, as the plan says; without a plan everybody may."""
    if standing is None or is_unsettled(standing.employed.employee_id):
        # What nobody has settled yet cannot be held against a plan; such a family has one request at a time.
        return Yes()
    return eligibility.decide(standing.stored.plan.eligibility, employment_of(standing.employed), ask.day)


def _settled(actor: UUID, household: HouseholdProfile) -> Decision:
    """Until the clerk has settled a newcomer, one request at a time: what a stranger's word can cost stays small."""
    employed = employed_as(actor, household.household_id)
    if employed is None or not is_unsettled(employed.employee_id) or not list(open_spans(household.household_id)):
        return Yes()
    return No((Reason("one-until-settled"),))


def _write(
    ask: Ask, household: HouseholdProfile, span: Span, *, actor: UUID, at: datetime, told_from: time | None
) -> CareRequest:
    row = CareRequest.objects.create(
        id=uuid4(),
        household_id=household.household_id,
        employer_id=household.employer_id,
        asked_by_id=actor,
        state=RequestState.ASKED.value,
        day=ask.day,
        starts=ask.starts,
        ends=ask.ends,
        zone=household.zone,
        starts_at=span.start_at,
        ends_at=span.end_at,
        asked_at=at,
        decide_by_at=ask.decide_by_at,
        told_from=told_from,
        due_at=at,
    )
    in_order = [child for child in household.children if child.child_id in ask.child_ids]
    RequestedChild.objects.bulk_create(
        RequestedChild(
            request=row,
            child_id=child.child_id,
            months=child.months_on(ask.day),
            mildly_ill=child.child_id in ask.mildly_ill,
            special_needs=child.special_needs,
            position=position,
        )
        for position, child in enumerate(in_order)
    )
    began(row, "ask", by=By.FAMILY, actor=actor, at=at)
    return row


def _body(ask: Ask) -> dict[str, object]:
    """What makes two asks the same; decide-by is left out, because a second tap may offer a later one."""
    return {
        "children": sorted(str(child) for child in ask.child_ids),
        "day": ask.day,
        "starts": ask.starts,
        "ends": ask.ends,
        "mildly_ill": sorted(str(child) for child in ask.mildly_ill),
    }
