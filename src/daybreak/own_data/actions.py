"""Give a person a copy of what is held about them, or erase them: all of it in one transaction, or nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybreak.accounts.actions import erase_person
from daybreak.accounts.devices.actions import end_everywhere
from daybreak.accounts.queries import account_of
from daybreak.audit.actions import record
from daybreak.calendars.actions import end_feed
from daybreak.calendars.terms import FeedKind
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.forget import forget_talk
from daybreak.care.standing.actions import end_what_they_asked
from daybreak.kernel.decisions import Decision, No, Reason
from daybreak.notices.actions import forget_told
from daybreak.own_data import erasing
from daybreak.own_data.queries import copy_of, standing_of
from daybreak.people.roster.actions.arrivals import forget_arrival
from daybreak.people.sharing.actions import forget_invitations
from daybreak.people.telling.actions import erase_household, forget_newcomer
from daybreak.tickets.actions import forget_person


@transaction.atomic
def take_copy(*, person_id: UUID, actor: UUID | None, at: datetime) -> dict[str, object] | None:
    """Everything held about a person, with the taking itself on record; None when there is no such person."""
    if account_of(person_id) is None:
        return None
    record(actor=actor, verb="take-copy", thing="person", thing_id=person_id, because="own-data", at=at)
    return copy_of(person_id)


@transaction.atomic
def erase(*, person_id: UUID, actor: UUID | None, at: datetime) -> Decision:
    """Erase a person, and with the last adult of a household its children and all it told.

    What they still ask for is canceled first. Refused while their children are at a place, and for the only person who
    speaks for a site with bookings ahead.
    """
    account = account_of(person_id)
    if account is None:
        return No((Reason("not-allowed"),))
    standing = standing_of(account, at=at)
    decision = erasing.decide(standing)
    if isinstance(decision, No):
        return decision
    for request_id in standing.open_requests:
        canceled = cancel_request(request_id=request_id, actor=person_id, at=at)
        if isinstance(canceled, No):
            # A home said meanwhile that the children came: erasing waits, and what was canceled before stands again.
            transaction.set_rollback(True)
            return canceled
    end_what_they_asked(person_id=person_id, at=at)
    for household_id in standing.last_of:
        erase_household(household_id=household_id, at=at, actor=actor)
    for kind in FeedKind:
        end_feed(person_id=person_id, kind=kind, at=at)
    end_everywhere(person_id=person_id, at=at, actor=actor)
    forget_invitations(person_id=person_id)
    forget_person(person_id=person_id)
    forget_arrival(person_id=person_id)
    forget_newcomer(person_id=person_id)
    forget_talk(person_id=person_id)
    forget_told(person_id=person_id)
    erase_person(person_id=person_id, at=at, actor=actor)
    return decision
