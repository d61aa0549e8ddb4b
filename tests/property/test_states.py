"""Laws of a request's life: whatever families, homes and the clock do, in any order, the books stay true."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cast import ADA, BEN, DAWN, LUCIA, MARISOL, MONDAY, MS_OKAFOR, ROSA, Opened, household_of
from daybreak.care import looking
from daybreak.care.actions import clock
from daybreak.care.actions.answer import confirm_booking, decline_booking, withdraw_booking
from daybreak.care.actions.ask import ask_for_care
from daybreak.care.actions.attend import mark_attended, mark_missed
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.models import Booking, CareMove, CareRequest
from daybreak.care.states import BOOKING_MOVES, KEEPS_SPOTS, REQUEST_MOVES, BookingState, By, Move, RequestState, find
from daybreak.care.terms import Ask
from daybreak.demo.cast import PLACES, made_id
from daybreak.kernel.decisions import No
from daybreak.network.actions import offer_spots
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift
from daybreak.notices.models import Notice
from daybreak.placement.sessions import Session

TABLES = st.sampled_from([(REQUEST_MOVES, RequestState), (BOOKING_MOVES, BookingState)])
WALKS = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(By)), max_size=12)


@given(table=TABLES, walk=WALKS)
def test_no_walk_along_a_table_leaves_it(table: tuple[tuple[Move, ...], type], walk: list[tuple[int, By]]) -> None:
    moves, states = table
    verbs = sorted({move.verb for move in moves})
    state = None
    for choice, by in walk:
        move = find(moves, state, verbs[choice % len(verbs)], by)
        if move is None:
            continue
        assert move.before is state
        assert by in move.by
        state = move.after
        assert state in states


@given(table=TABLES, verb=st.text(max_size=12), by=st.sampled_from(By))
def test_a_word_that_is_no_verb_moves_nothing(table: tuple[tuple[Move, ...], type], verb: str, by: By) -> None:
    moves, states = table
    if verb not in {move.verb for move in moves}:
        assert [find(moves, state, verb, by) for state in (None, *states)] == [None] * (len(states) + 1)


FAMILIES = {"rosa": (ROSA, (ADA, BEN)), "marisol": (MARISOL, (LUCIA,))}
HOURS = [(time(7), time(15, 30)), (time(8), time(12)), (time(12, 30), time(17)), (time(22), time(6))]
SHARED = ("larkin", "okafor", "first-ward")
"""Two of the three want to be asked, so that holds are common."""
HOME_ACTS = [
    *(confirm_booking, confirm_booking, decline_booking),
    *(withdraw_booking, mark_attended, mark_missed),
]
TOLD = {
    BookingState.DECLINED.value: "care-declined-trying-on",
    BookingState.LAPSED.value: "care-declined-trying-on",
    BookingState.WITHDRAWN.value: "care-canceled-by-provider",
}


class Histories(RuleBasedStateMachine):
    """One morning after another: everybody acts when they like."""

    def __init__(self) -> None:
        super().__init__()
        self.at: datetime = DAWN
        self.whole = transaction.atomic()
        self.whole.__enter__()
        for place in PLACES:
            if place.key not in SHARED:
                self.offers(place.key, 0)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def offers(self, key: str, spots: int) -> None:
        place = next(place for place in PLACES if place.key == key)
        rooms = [made_id(f"room {name} of {key}") for name, *_ in place.rooms]
        sessions = (Session.EARLY, Session.MORNING, Session.AFTERNOON)
        numbers = {(room, session): spots for room in rooms for session in sessions}
        offer_spots(site_id=made_id(key), day=MONDAY, offers=numbers, at=self.at, actor=None)

    @rule(
        family=st.sampled_from(sorted(FAMILIES)),
        only=st.sampled_from([None, 0]),
        hours=st.sampled_from(HOURS),
        patience=st.sampled_from([1, 3, 15, 60, 240]),
    )
    def ask(self, family: str, only: int | None, hours: tuple[time, time], patience: int) -> None:
        person, children = FAMILIES[family]
        wish = Ask(
            household_id=household_of(family),
            child_ids=children if only is None else children[:1],
            day=MONDAY,
            starts=hours[0],
            ends=hours[1],
            decide_by_at=self.at + timedelta(minutes=patience),
        )
        ask_for_care(ask=wish, key=str(uuid4()), actor=person, at=self.at)

    @rule(key=st.sampled_from(SHARED), spots=st.integers(0, 2))
    def offer(self, key: str, spots: int) -> None:
        self.offers(key, spots)

    @precondition(lambda self: Booking.objects.exists())
    @rule(
        which=st.integers(0, 20),
        act=st.sampled_from(
            [confirm_booking, confirm_booking, decline_booking, withdraw_booking, mark_attended, mark_missed]
        ),
    )
    def home_acts(self, which: int, act) -> None:  # type: ignore[no-untyped-def]
        bookings = list(Booking.objects.order_by("created_at", "pk"))
        booking = bookings[which % len(bookings)]
        answer = act(booking_id=booking.pk, actor=MS_OKAFOR, at=self.at)
        if isinstance(answer, No):
            assert Booking.objects.get(pk=booking.pk).state == booking.state

    @precondition(lambda self: CareRequest.objects.exists())
    @rule(which=st.integers(0, 20))
    def cancel(self, which: int) -> None:
        requests = list(CareRequest.objects.order_by("asked_at", "pk"))
        cancel_request(request_id=requests[which % len(requests)].pk, actor=ROSA, at=self.at)

    @rule(minutes=st.sampled_from([1, 5, 11, 60, 600]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(minutes=st.sampled_from([1, 11, 60]))
    def worker_comes_by(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        while clock.work_due(at=self.at, holder="worker"):
            # What a look puts off by seconds is due again a little later.
            self.at += looking.LOOK_EVERY
            if not waits_in_vain(self.at):
                break
        assert waits_in_vain(self.at) == []

    @invariant()
    def counters_equal_bookings(self) -> None:
        assert drift() == []
        keeping = Booking.objects.filter(state__in=[state.value for state in KEEPS_SPOTS])
        assert set(TakenSpot.objects.values_list("booking_id", flat=True)) == set(keeping.values_list("pk", flat=True))

    @invariant()
    def a_request_has_a_live_booking_exactly_while_it_is_placed(self) -> None:
        live = (BookingState.HELD.value, BookingState.CONFIRMED.value)
        booked = list(Booking.objects.filter(state__in=live).values_list("request_id", flat=True))
        placed = CareRequest.objects.filter(state=RequestState.PLACED.value).values_list("pk", flat=True)
        assert sorted(booked) == sorted(placed)

    @invariant()
    def a_request_is_answered_exactly_when_it_no_longer_looks(self) -> None:
        for request in CareRequest.objects.all():
            assert (request.answered_at is None) is (request.state == RequestState.ASKED.value)

    @invariant()
    def every_history_is_unbroken_and_moves_along_its_table(self) -> None:
        now = {(request.pk, None): request.state for request in CareRequest.objects.all()}
        now |= {(booking.request_id, booking.pk): booking.state for booking in Booking.objects.all()}
        stands: dict[tuple[UUID, UUID | None], str] = {}
        for move in CareMove.objects.order_by("pk"):
            thing = (move.request_id, move.booking_id)
            assert move.before == stands.get(thing, "")
            moves, states = (BOOKING_MOVES, BookingState) if move.booking_id else (REQUEST_MOVES, RequestState)
            found = find(moves, states(move.before) if move.before else None, move.verb, By(move.by))
            assert found is not None
            assert found.after == move.after
            stands[thing] = move.after
        assert stands == now

    @invariant()
    def the_family_was_told_of_every_ending(self) -> None:
        told = set(Notice.objects.values_list("code", "about"))
        lost = set(Notice.objects.values_list("code", "key"))
        for request in CareRequest.objects.all():
            if request.state == RequestState.UNFILLED.value:
                assert ("care-unfilled", request.pk) in told
            if request.state == RequestState.CANCELED.value:
                assert ("care-canceled", request.pk) in told
        for booking in Booking.objects.filter(state__in=TOLD):
            assert any(code == TOLD[booking.state] and key.endswith(f":{booking.pk}") for code, key in lost)

    @invariant()
    def nobody_has_a_place_in_hours_that_had_passed_when_it_was_given(self) -> None:
        for booking in Booking.objects.select_related("request"):
            assert booking.created_at < booking.request.ends_at


def waits_in_vain(at: datetime) -> list[UUID]:
    """What the worker should have ended by now: requests past their time and holds past their end."""
    asked = CareRequest.objects.filter(state=RequestState.ASKED.value, due_at__lte=at)
    late = [request.pk for request in asked if looking.is_out_of_time(at - looking.LOOK_EVERY, request.decide_by_at)]
    held = Booking.objects.filter(state=BookingState.HELD.value, held_until__lte=at - looking.LOOK_EVERY)
    return late + list(held.values_list("pk", flat=True))


@pytest.fixture
def failures_are_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker keeps going when a row cannot be worked on; here that is a failure."""

    class Loud:
        def exception(self, *line: object) -> None:
            raise

    monkeypatch.setattr(clock, "log", Loud())


def test_whatever_everybody_does_in_any_order_the_books_stay_true(opened: Opened, failures_are_loud: None) -> None:
    bounds = settings(
        max_examples=40,
        stateful_step_count=14,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Histories, settings=bounds)
