"""The clerk settles a newcomer, matched or refused; they are told, and what a refused one had ahead ends."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.care.actions.leavers import end_for_leavers
from daybreak.kernel.decisions import Decision, No
from daybreak.notices.actions import post
from daybreak.people.roster.actions.newcomers import match_newcomer, refuse_newcomer


@transaction.atomic
def settle_newcomer(*, person_id: UUID, employer_id: UUID, ref: str, actor: UUID, at: datetime) -> Decision:
    """Match a newcomer with the employee of this number, and tell them."""
    decision = match_newcomer(person_id=person_id, employer_id=employer_id, ref=ref, actor=actor, at=at)
    if not isinstance(decision, No):
        facts = {"link": "/"}
        post(code="newcomer-matched", to=person_id, facts=facts, about=person_id, at=at, key=at.isoformat())
    return decision


def turn_away_newcomer(*, person_id: UUID, employer_id: UUID, actor: UUID, at: datetime) -> Decision:
    """Refuse a newcomer, and tell them; each request they had ahead ends in a transaction of its own."""
    decision = _refuse(person_id, employer_id, actor, at)
    end_for_leavers(at=at)
    return decision


@transaction.atomic
def _refuse(person_id: UUID, employer_id: UUID, actor: UUID, at: datetime) -> Decision:
    decision = refuse_newcomer(person_id=person_id, employer_id=employer_id, actor=actor, at=at)
    if not isinstance(decision, No):
        post(code="newcomer-refused", to=person_id, facts={}, about=person_id, at=at, key=at.isoformat())
    return decision
