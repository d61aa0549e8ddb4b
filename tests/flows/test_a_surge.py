"""A district closes and sixty families ask within a minute: all who wait are placed together, and everybody is told."""

from collections import Counter
from collections.abc import Callable
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from cast import DAWN, MONDAY
from daybreak.accounts.actions import give_role
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions import rounds
from daybreak.care.actions.answer import confirm_booking
from daybreak.care.actions.cancel import cancel_request
from daybreak.care.actions.clock import work_due
from daybreak.care.actions.rounds import work_rounds
from daybreak.care.models import Booking, CareRequest, SpotPrice, Surge
from daybreak.care.pricing import EVERY
from daybreak.care.queries import request_view
from daybreak.care.states import BookingState, RequestState
from daybreak.care.surge import ALONE_FROM, MANY
from daybreak.kernel.decisions import Yes
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.terms import NewContract
from daybreak.network.models import RoomSession, TakenSpot
from daybreak.network.queries import drift, taken_on
from daybreak.notices.models import Notice
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning.rounds import Round, place_round
from daybreak.placement.terms import Morning, Placement, Plan
from daybreak.placement.verify import broken_rules
from surge_town import SurgeTown, open_town
from web_visits import at_dawn, seen, visitor

pytestmark = pytest.mark.django_db

AROUND = timedelta(minutes=30)


@pytest.fixture
def town() -> SurgeTown:
    return open_town(MONDAY, DAWN)


@pytest.fixture
def mornings(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Morning, Plan]]:
    """Every morning that a round is made for, with its plan."""
    seen_so_far: list[tuple[Morning, Plan]] = []

    def watched(morning: Morning, **also: object) -> Round:
        made = place_round(morning, **also)  # type: ignore[arg-type]  # handed on as they came
        seen_so_far.append((morning, made.plan))
        return made

    monkeypatch.setattr(rounds, "place_round", watched)
    return seen_so_far


def everybody_asks(town: SurgeTown) -> list[UUID]:
    """Ask one second after the other."""
    return [
        family.ask(MONDAY, at=DAWN + timedelta(seconds=number), decide_by_at=DAWN + AROUND)
        for number, family in enumerate(town.families)
    ]


def placed(plan: Plan) -> int:
    return sum(bool(line.site_id) for line in plan.placements)


def test_a_round_places_more_than_first_come_first_served_and_everybody_is_told_in_time(
    town: SurgeTown, mornings: list[tuple[Morning, Plan]]
) -> None:
    requests = everybody_asks(town)
    at = DAWN + timedelta(minutes=1)
    waiting = set(CareRequest.objects.filter(in_round=True).values_list("pk", flat=True))
    assert len(waiting) > len(requests) // 2

    assert work_rounds(at=at, holder="worker") == 1
    morning, plan = mornings[0]
    assert broken_rules(morning, plan) == ()
    assert placed(plan) > len(first_come(compile_market(morning)))
    booked = Booking.objects.filter(created_at=at)
    assert sum(booking.children.count() for booking in booked) == placed(plan)
    assert {BookingState.CONFIRMED.value, BookingState.HELD.value} == set(booked.values_list("state", flat=True))

    # One home says yes to everybody; the other does not answer. The clock goes on to everybody's decide-by.
    while at < DAWN + AROUND:
        for booking in Booking.objects.filter(state="held", site_id=town.site_ids[2]):
            confirm_booking(booking_id=booking.pk, actor=town.provider_ids[2], at=at)
        work_rounds(at=at, holder="worker")
        while work_due(at=at, holder="worker"):
            pass
        at += EVERY

    rows = CareRequest.objects.filter(pk__in=requests)
    assert set(rows.values_list("state", flat=True)) == {RequestState.PLACED.value, RequestState.UNFILLED.value}
    assert all(row.answered_at is not None and row.answered_at <= row.decide_by_at for row in rows)
    assert not rows.filter(in_round=True).exists()
    told = Counter(
        Notice.objects.filter(code__in=["care-confirmed", "care-unfilled"]).values_list("person_id", flat=True)
    )
    assert set(told) == {family.person_id for family in town.families}
    assert_nothing_is_double()


def assert_nothing_is_double() -> None:
    live = Booking.objects.filter(state__in=["held", "confirmed"])
    assert len(set(live.values_list("request_id", flat=True))) == live.count()
    assert set(TakenSpot.objects.values_list("booking_id", flat=True)) == set(live.values_list("pk", flat=True))
    assert all(row.taken <= row.spots for row in RoomSession.objects.all())
    assert drift() == []


def test_a_mixed_room_is_never_over_its_license_in_a_plan_or_in_the_tables(town: SurgeTown) -> None:
    everybody_asks(town)
    for number in range(1, 4):
        work_rounds(at=DAWN + number * timedelta(minutes=1), holder="worker")
    came = 0
    for home in (town.site_ids[2], town.site_ids[5]):
        young: Counter[str] = Counter(str(spot.session) for spot in taken_on(home, MONDAY) if spot.months < 24)
        everyone = Counter(str(spot.session) for spot in taken_on(home, MONDAY))
        assert max(young.values(), default=0) <= 2
        assert max(everyone.values(), default=0) <= 5
        came += sum(everyone.values())
    assert came


def test_what_a_contract_keeps_for_one_employer_no_round_gives_to_another(town: SurgeTown) -> None:
    harbor, lakeshore = town.employer_ids
    (_, others), kept = town.rooms[0], 6
    contract = NewContract(
        contract_id=uuid4(),
        site_id=town.site_ids[0],
        employer_id=lakeshore,
        number="Place 0 and Lakeshore",
        from_day=MONDAY,
        until_day=None,
        spots={others: kept},
        share=0,
        released_clock=time(7),
    )
    assert add_contract(contract, at=DAWN) == Yes()
    everybody_asks(town)
    for number in range(1, 4):
        work_rounds(at=DAWN + number * timedelta(minutes=1), holder="worker")
    taken = TakenSpot.objects.filter(room_session__room=others, session="morning")
    offered = RoomSession.objects.get(room=others, day=MONDAY, session="morning").spots
    assert taken.filter(employer_id=harbor).count() <= offered - kept
    assert taken.filter(employer_id=lakeshore).exists()
    assert_nothing_is_double()


def test_few_families_are_placed_one_after_the_other_as_ever(town: SurgeTown) -> None:
    for number, family in enumerate(town.families[: MANY // 2]):
        family.ask(MONDAY, at=DAWN + timedelta(seconds=number), decide_by_at=DAWN + AROUND)
    assert not Surge.objects.exists()
    assert set(CareRequest.objects.values_list("state", flat=True)) == {RequestState.PLACED.value}


def test_rounds_are_half_a_minute_apart_and_only_one_worker_has_one(
    town: SurgeTown, mornings: list[tuple[Morning, Plan]]
) -> None:
    everybody_asks(town)
    at = DAWN + timedelta(minutes=1)
    assert work_rounds(at=at, holder="one") == 1
    made = len(mornings)
    for holder, later in (("one", timedelta(0)), ("two", EVERY - timedelta(seconds=1))):
        assert work_rounds(at=at + later, holder=holder) == 0
    assert len(mornings) == made
    assert work_rounds(at=at + EVERY, holder="two") == 1


def test_whoever_was_told_of_a_place_is_not_moved_by_a_later_round(town: SurgeTown) -> None:
    everybody_asks(town)
    work_rounds(at=DAWN + timedelta(minutes=1), holder="worker")
    before = dict(Booking.objects.values_list("pk", "site_id"))
    for number in range(2, 5):
        work_rounds(at=DAWN + number * timedelta(minutes=1), holder="worker")
    assert before.items() <= dict(Booking.objects.values_list("pk", "site_id")).items()
    assert not Booking.objects.exclude(state__in=["held", "confirmed"]).exists()


def test_a_round_writes_live_prices_and_the_next_family_is_steered_by_them(town: SurgeTown) -> None:
    everybody_asks(town)
    at = DAWN + timedelta(minutes=1)
    work_rounds(at=at, holder="worker")
    assert set(SpotPrice.objects.values_list("source", "computed_at")) == {("live", at)}
    assert SpotPrice.objects.filter(minutes__gt=0).exists()


def test_a_family_that_cancels_while_the_plan_is_made_gets_nothing(
    town: SurgeTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = everybody_asks(town)
    someone = CareRequest.objects.filter(in_round=True).order_by("asked_at").first()
    assert someone is not None

    def meanwhile(morning: Morning, **also: object) -> Round:
        cancel_request(request_id=someone.pk, actor=someone.asked_by_id, at=DAWN)
        return place_round(morning, **also)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(rounds, "place_round", meanwhile)
    work_rounds(at=DAWN + timedelta(minutes=1), holder="worker")
    view = request_view(someone.pk)
    assert view is not None
    assert (view.state, view.bookings) == (RequestState.CANCELED, ())
    assert Booking.objects.count() > 0
    assert len(requests) == CareRequest.objects.count()


def test_a_plan_that_breaks_a_rule_is_not_used(
    town: SurgeTown, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def all_in_one_room(morning: Morning, **_: object) -> Round:
        room = morning.sites[0].rooms[0]
        lines = (Placement(child_id, room.site_id, room.room_id, 0.0) for child_id in morning.child_ids)
        return Round(Plan(tuple(lines)), {}, 0.0, 0.0)

    everybody_asks(town)
    before = Booking.objects.count()
    monkeypatch.setattr(rounds, "place_round", all_in_one_room)
    work_rounds(at=DAWN + timedelta(minutes=1), holder="worker")
    assert Booking.objects.count() == before
    assert not SpotPrice.objects.exists()
    assert "round plan refused" in caplog.text


def test_without_any_round_each_request_looks_alone_after_a_while(town: SurgeTown) -> None:
    requests = everybody_asks(town)
    waiting = CareRequest.objects.filter(in_round=True).count()
    at = DAWN + timedelta(minutes=3)
    while work_due(at=at, holder="worker"):
        pass
    assert CareRequest.objects.filter(pk__in=requests, in_round=True).count() < waiting
    assert_nothing_is_double()


def test_three_minutes_before_decide_by_a_request_leaves_the_rounds(
    town: SurgeTown, mornings: list[tuple[Morning, Plan]]
) -> None:
    everybody_asks(town)
    work_rounds(at=DAWN + AROUND - ALONE_FROM, holder="worker")
    assert mornings == []


def test_the_page_says_that_all_are_placed_together_and_until_when(
    town: SurgeTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_dawn(monkeypatch)
    everybody_asks(town)
    row = CareRequest.objects.filter(in_round=True).order_by("asked_at").first()
    assert row is not None
    said = {
        "en": ("Many families asked at the same time", "placed together", "by 6:10 a.m."),
        "es": ("Muchas familias pidieron cuidado a la vez", "juntas", "las 6:10"),
    }
    for language, words in said.items():
        parent = visitor(row.asked_by_id)
        parent.post("/language", {"language": language, "next": "/"})
        page = seen(parent.get(f"/requests/{row.pk}"))
        for some in words:
            assert some in page.said, (language, some)


def test_a_home_is_told_why_several_may_come_at_once(town: SurgeTown, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)
    give_role(person_id=town.families[0].person_id, kind=RoleKind.PROVIDER, scope=town.provider_ids[2], at=DAWN)
    page: Callable[[Client], str] = lambda client: seen(client.get(f"/sites/{town.site_ids[2]}/today")).said  # noqa: E731
    assert "Many families are asking" not in page(visitor(town.families[0].person_id))
    everybody_asks(town)
    assert "Many families are asking" in page(visitor(town.families[0].person_id))
