"""A parent rehearses a bad morning: the real engine answers, and nothing of it remains."""

from datetime import time, timedelta

import pytest

from cast import ADA, BEN, LARKIN, LUCIA, MARISOL, MONDAY, OKAFOR, ROSA, Opened, clock, close_all_but, household_of
from daybreak.audit.models import AuditEvent
from daybreak.care.actions.rehearse import rehearse
from daybreak.care.models import Booking, CareRequest
from daybreak.care.rehearsal import Rehearsal
from daybreak.care.terms import Ask
from daybreak.demo.cast import made_id
from daybreak.due.models import IdempotencyKey
from daybreak.kernel.decisions import No
from daybreak.network.models import TakenSpot
from daybreak.network.queries import drift
from daybreak.notices.models import Notice
from web_visits import at_dawn, seen, visitor

pytestmark = pytest.mark.django_db

SIX = clock(6)


def rehearsed(who: object = ROSA, household: str = "rosa", children: tuple[object, ...] = (ADA, BEN)) -> Rehearsal | No:
    ask = Ask(household_of(household), children, MONDAY, time(7), time(15, 30), SIX + timedelta(minutes=45))  # type: ignore[arg-type]
    return rehearse(ask=ask, actor=who, at=SIX)  # type: ignore[arg-type]


def found(**how: object) -> Rehearsal:
    answer = rehearsed(**how)  # type: ignore[arg-type]
    assert isinstance(answer, Rehearsal), answer
    return answer


def rows() -> tuple[int, ...]:
    return tuple(
        table.objects.count() for table in (CareRequest, Booking, TakenSpot, Notice, AuditEvent, IdempotencyKey)
    )


def test_it_says_what_the_real_engine_then_does_and_nothing_remains(opened: Opened) -> None:
    before = rows()
    rehearsal = found()
    assert rows() == before
    assert drift() == []
    sure = rehearsal.sure
    assert sure is not None
    assert (sure.site_id, sure.at, sure.answers_by) == (OKAFOR, SIX, SIX)

    real = opened.asked(at=SIX, decide_by=SIX + timedelta(minutes=45)).booking
    assert real is not None
    assert (real.site_id, real.arrives_at, real.leaves_at) == (sure.site_id, sure.arrives_at, sure.leaves_at)


def test_the_cost_is_the_employers_plans_and_carries_its_words(opened: Opened) -> None:
    sure = found().sure
    assert sure is not None
    assert sure.copay is not None
    assert sure.cite


def test_homes_that_must_be_asked_are_taken_to_stay_silent_one_after_the_other(opened: Opened) -> None:
    close_all_but("larkin", "first-ward", "ines")
    rehearsal = found(who=MARISOL, household="marisol", children=(LUCIA,))
    assert rehearsal.sure is None
    assert len(rehearsal.steps) >= 2
    assert all(step.waits <= timedelta(minutes=10) for step in rehearsal.steps)
    for one, other in zip(rehearsal.steps, rehearsal.steps[1:], strict=False):
        assert other.at == one.answers_by
    assert rehearsal.first_answer_by == rehearsal.steps[0].answers_by
    assert LARKIN in {step.site_id for step in rehearsal.steps}


def test_a_caregiver_who_has_not_been_there_is_someone_to_meet(opened: Opened) -> None:
    assert [one.site_id for one in found(who=MARISOL, household="marisol", children=(LUCIA,)).to_meet] == [
        made_id("ines")
    ]


def test_with_nothing_on_offer_it_says_why(opened: Opened) -> None:
    close_all_but()
    rehearsal = found()
    assert (rehearsal.steps, rehearsal.sure) == ((), None)
    assert rehearsal.why_not


def test_hours_that_are_asked_for_already_and_other_families_are_refused(opened: Opened) -> None:
    opened.asked()
    before = rows()
    for how in ({}, {"who": MARISOL}):
        answer = rehearsed(**how)  # type: ignore[arg-type]
        assert isinstance(answer, No)
        assert [reason.code for reason in answer.reasons] == ["already-asked" if not how else "not-allowed"]
    assert rows() == before


def test_a_parent_reads_it_on_a_page(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch, clock(20, day=MONDAY - timedelta(days=1)))
    rosa = visitor(ROSA)
    assert "Nothing is booked and nobody is told." in seen(rosa.get("/rehearsal")).said
    page = seen(rosa.get("/rehearsal?day=2026-03-02&clock=06:00"))
    assert "Ms. Okafor's family child care home would have a place for you" in page.said
    assert "You would pay" in page.said
    assert not CareRequest.objects.exists()
    tuesday = seen(rosa.get("/rehearsal?day=2026-03-03&clock=06:00"))
    assert "Nothing would be found with what is offered so far" in tuesday.said
    assert "Nothing on offer that day" in tuesday.said
    past = seen(rosa.get("/rehearsal?day=2026-03-01&clock=06:00"))
    assert "has passed" in past.said
