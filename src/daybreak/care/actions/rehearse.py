"""Rehearse a request: the real engine asks, looks and takes, homes stay silent, and nothing of it remains.

Everything happens in one transaction that is rolled back, so there is no second engine that could promise what the real
one does not do. Nobody is told: messages are rows of the same transaction. While it runs it holds the locks a real
request holds, which is why it is for calm days and few steps.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from daybreak.care.actions.answer import lapse_booking
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.models import Booking
from daybreak.care.queries import request_view
from daybreak.care.rehearsal import MOST_STEPS, Rehearsal, Rehearsed, ToMeet
from daybreak.care.states import CAME, BookingState
from daybreak.care.terms import Ask, BookingView
from daybreak.kernel.decisions import No, Reason
from daybreak.kernel.money import Money
from daybreak.network.queries import site_card
from daybreak.network.ways.queries import open_on_the_way
from daybreak.people.queries import household_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement.terms import Kind
from daybreak.plan.copay import cost_of
from daybreak.plan.queries import plan_on
from daybreak.plan.terms import Route, Use


def rehearse(*, ask: Ask, actor: UUID, at: datetime) -> Rehearsal | No:
    """Say what would come of an ask made at `at`, usually an hour that lies ahead; nothing is written."""
    with transaction.atomic():
        rehearsed = _acted_out(ask, actor, at)
        transaction.set_rollback(True)
    return rehearsed


def _acted_out(ask: Ask, actor: UUID, at: datetime) -> Rehearsal | No:
    asked = ask_for_care(ask=ask, key=f"rehearsal {uuid4()}", actor=actor, at=at)
    if isinstance(asked, No):
        return asked
    household = household_of(ask.household_id, person_id=actor)
    if household is None or not asked.is_new:
        # The hours are asked for already, so there is nothing to try out.
        return No((Reason("already-asked"),))
    steps: list[Rehearsed] = []
    moment = at
    while len(steps) < MOST_STEPS:
        view = request_view(asked.request_id)
        booking = view.booking if view else None
        if booking is None:
            break
        steps.append(_step(booking, household, moment))
        if steps[-1].is_sure:
            break
        moment = steps[-1].answers_by
        lapse_booking(booking_id=booking.booking_id, at=moment)
    view = request_view(asked.request_id)
    if view is None:
        raise LookupError("A request that was just made is not there.")
    return Rehearsal(
        asked_at=at,
        decide_by_at=ask.decide_by_at,
        steps=tuple(steps),
        to_meet=_to_meet(ask, household, at),
        considered=view.considered,
        without_offer=view.without_offer,
        why_not=view.why_not,
    )


def _step(booking: BookingView, household: HouseholdProfile, at: datetime) -> Rehearsed:
    card = site_card(booking.site_id)
    if card is None:
        raise LookupError("A site that was just booked is not there.")
    is_sure = booking.state is BookingState.CONFIRMED
    copay, cite = _copay(booking, household, card.kind, is_sure)
    return Rehearsed(
        site_id=booking.site_id,
        site_name=card.name,
        kind=card.kind,
        is_sure=is_sure,
        at=at,
        answers_by=at if is_sure else booking.held_until or at,
        arrives_at=booking.arrives_at,
        leaves_at=booking.leaves_at,
        minutes=booking.minutes,
        copay=copay,
        cite=cite,
    )


def _copay(booking: BookingView, household: HouseholdProfile, kind: Kind, is_sure: bool) -> tuple[Money | None, str]:
    """What the family would pay by its employer's plan, and where the plan says so."""
    stored = plan_on(household.employer_id, booking.day)
    if stored is None:
        return None, ""
    route = Route.IN_HOME if kind is Kind.IN_HOME else Route.PLACE if is_sure else Route.ASK
    minutes = round((booking.leaves_at - booking.arrives_at).total_seconds() / 60)
    cost = cost_of(stored.plan, Use(route, household.pay_class, len(booking.children), minutes))
    return (None, "") if isinstance(cost, No) else (cost.copay, cost.cite)


def _to_meet(ask: Ask, household: HouseholdProfile, at: datetime) -> tuple[ToMeet, ...]:
    """Caregivers near the family who have not been with it yet."""
    nearby = open_on_the_way(
        home=household.home,
        work=household.work,
        max_detour_minutes=household.max_detour_minutes,
        day=ask.day,
        employer_id=household.employer_id,
        at=at,
    ).nearby
    came = [state.value for state in CAME]
    known = set(
        Booking.objects.filter(request__household=household.household_id, state__in=came).values_list("site", flat=True)
    )
    cards = [card for card in nearby.cards.values() if card.kind is Kind.IN_HOME and card.site_id not in known]
    return tuple(ToMeet(card.site_id, card.name, tuple(card.languages)) for card in cards)
