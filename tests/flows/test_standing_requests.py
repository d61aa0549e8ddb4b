"""A family says once what it wants on days without school; the district closes at night, and it wakes to an answer."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner

from cast import ADA, BEN, LUCIA, MARISOL, MONDAY, ROSA, Opened, clock, close_all_but, household_of, set_offer
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.clock import work_due
from daybreak.care.actions.rounds import work_rounds
from daybreak.care.models import Booking, CareRequest, Closure, StandingAsked, StandingRequest
from daybreak.care.standing.actions import add_district, add_standing, close_district, end_standing, work_closures
from daybreak.care.standing.terms import Closed, ClosureKind, Standing
from daybreak.care.states import BookingState, RequestState
from daybreak.cli.main import main
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.queries import drift
from daybreak.notices.models import Notice
from daybreak.notices.queries import told_about
from web_visits import at_dawn, newcomer, seen, visitor

pytestmark = pytest.mark.django_db

SUNDAY = MONDAY - timedelta(days=1)
NIGHT = clock(23, 10, SUNDAY)


@pytest.fixture
def district(opened: Opened) -> UUID:
    return add_district(name="Queen City", zone="America/New_York", at=opened.at)


def kept(
    district: UUID,
    *,
    who: UUID = ROSA,
    household: str = "rosa",
    children: tuple[UUID, ...] = (ADA, BEN),
    until: date = date(2026, 6, 30),
) -> UUID:
    standing = Standing(
        household_id=household_of(household),
        district_id=district,
        child_ids=children,
        starts=time(7),
        ends=time(15, 30),
        decide_by=time(5, 30),
        told_from=time(5),
        from_day=SUNDAY,
        until_day=until,
    )
    answer = add_standing(standing, actor=who, at=clock(9, day=SUNDAY))
    assert isinstance(answer, UUID), answer
    return answer


def work(at: datetime) -> None:
    """Let the worker do what is due about care; what it tells waits in the outbox."""
    while work_closures(at=at, holder="story") + work_rounds(at=at, holder="story") + work_due(at=at, holder="story"):
        pass


def told(request_id: UUID) -> list[str]:
    return [one.code for one in told_about(request_id)]


def test_a_district_that_closes_at_night_is_one_round_and_families_wake_to_an_answer(
    opened: Opened, district: UUID
) -> None:
    kept(district)
    kept(district, who=MARISOL, household="marisol", children=(LUCIA,))
    assert close_district(Closed(district, MONDAY), at=NIGHT) == Yes()
    work(NIGHT)
    assert not CareRequest.objects.exists()

    half_past_four = clock(4, 30)
    assert work_closures(at=half_past_four, holder="worker") == 1
    waiting = CareRequest.objects.all()
    assert {(row.asked_at, row.in_round, row.decide_by_at) for row in waiting} == {(half_past_four, True, clock(5, 30))}
    # A round is half a minute after the first who joined it.
    work(half_past_four + timedelta(minutes=1))
    assert {row.state for row in CareRequest.objects.all()} == {RequestState.PLACED.value}
    assert {row.state for row in Booking.objects.all()} == {BookingState.CONFIRMED.value}

    # Nobody is woken before five, and everybody knows by half past.
    notices = Notice.objects.filter(code="care-confirmed")
    assert notices.count() == 4
    assert {notice.due_at for notice in notices} == {clock(5)}
    assert StandingAsked.objects.count() == 2
    assert drift() == []


def test_what_changed_while_a_family_slept_is_told_once_as_it_stands_at_the_end(opened: Opened, district: UUID) -> None:
    close_all_but("larkin")
    kept(district)
    close_district(Closed(district, MONDAY), at=NIGHT)
    work(clock(4, 30))
    work(clock(4, 31))
    (request,) = CareRequest.objects.all()
    assert told(request.pk) == ["care-held"] * 2
    # The home stays silent for its ten minutes; meanwhile another one offers.
    set_offer("okafor", 2)
    work(clock(4, 42))
    request.refresh_from_db()
    assert request.state == RequestState.PLACED.value
    assert told(request.pk) == ["care-confirmed"] * 2
    assert {notice.due_at for notice in Notice.objects.filter(about=request.pk)} == {clock(5)}


def test_an_empty_town_is_told_so_by_the_decide_by(opened: Opened, district: UUID) -> None:
    close_all_but()
    kept(district)
    close_district(Closed(district, MONDAY), at=NIGHT)
    for minute in range(30, 60, 3):
        work(clock(4, minute))
    for minute in range(0, 29):
        work(clock(5, minute))
    (request,) = CareRequest.objects.all()
    assert request.state == RequestState.UNFILLED.value
    assert {notice.code for notice in Notice.objects.filter(about=request.pk)} >= {"care-unfilled"}
    assert all(notice.due_at is None or notice.due_at <= clock(5, 28) for notice in Notice.objects.all())


def test_a_late_day_asks_for_the_hours_until_school_opens_and_an_early_one_for_those_after(
    opened: Opened, district: UUID
) -> None:
    kept(district)
    tuesday = MONDAY + timedelta(days=1)
    close_district(Closed(district, MONDAY, ClosureKind.LATE, time(10)), at=NIGHT)
    close_district(Closed(district, tuesday, ClosureKind.EARLY, time(11, 30)), at=NIGHT)
    work_closures(at=clock(4, 30), holder="worker")
    work_closures(at=clock(18), holder="worker")
    assert [(row.day, row.starts, row.ends) for row in CareRequest.objects.order_by("day")] == [
        (MONDAY, time(7), time(10)),
        (tuesday, time(11, 30), time(15, 30)),
    ]


def test_a_closure_is_asked_once_however_often_it_is_said_and_worked(opened: Opened, district: UUID) -> None:
    kept(district)
    for _ in range(2):
        assert close_district(Closed(district, MONDAY), at=NIGHT) == Yes()
        work_closures(at=clock(4, 30), holder="worker")
    assert CareRequest.objects.count() == 1
    assert Closure.objects.get().due_at is None


def test_a_family_that_joins_after_the_closure_was_said_is_asked_for_as_well(opened: Opened, district: UUID) -> None:
    close_district(Closed(district, MONDAY), at=NIGHT)
    assert Closure.objects.get().due_at is None
    kept(district)
    assert Closure.objects.get().due_at == clock(18, day=SUNDAY)


def test_what_is_ended_or_over_or_asked_for_otherwise_is_not_asked_again(opened: Opened, district: UUID) -> None:
    ended = kept(district, who=MARISOL, household="marisol", children=(LUCIA,))
    assert end_standing(standing_id=ended, actor=MARISOL, at=NIGHT) == Yes()
    kept(district)
    own = opened.asked(at=clock(20, day=SUNDAY), decide_by=clock(5, 30))
    close_district(Closed(district, MONDAY), at=NIGHT)
    work_closures(at=clock(4, 30), holder="worker")
    (request,) = CareRequest.objects.all()
    assert request.pk == own.request_id
    assert StandingAsked.objects.get().request_id == own.request_id


def test_one_employers_desk_acts_for_its_own_families_only(opened: Opened, district: UUID) -> None:
    kept(district)
    kept(district, who=MARISOL, household="marisol", children=(LUCIA,))
    harbor = made_id("Harbor Health")
    assert close_district(Closed(district, MONDAY), at=NIGHT, employer_id=harbor) == Yes()
    work_closures(at=clock(4, 30), holder="worker")
    assert {row.asked_by_id for row in CareRequest.objects.all()} == {ROSA}


def test_nobody_keeps_or_ends_another_familys_wish(opened: Opened, district: UUID) -> None:
    mine = kept(district)
    theirs = Standing(household_of("rosa"), district, (ADA,), time(7), time(15), time(5, 30), time(5), SUNDAY, MONDAY)
    refused = add_standing(theirs, actor=MARISOL, at=NIGHT)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["not-allowed"]
    assert isinstance(end_standing(standing_id=mine, actor=MARISOL, at=NIGHT), No)
    assert StandingRequest.objects.filter(ended_at=None).count() == 1


def test_a_wish_without_a_child_or_with_a_last_day_that_has_passed_is_refused(opened: Opened, district: UUID) -> None:
    wish = Standing(household_of("rosa"), district, (), time(7), time(15), time(5, 30), time(5), MONDAY, SUNDAY)
    refused = add_standing(wish, actor=ROSA, at=clock(9, day=SUNDAY))
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["no-child", "standing-ends-before-it-begins"]
    assert not StandingRequest.objects.exists()


def test_a_parent_keeps_and_ends_it_on_a_page(opened: Opened, district: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)
    rosa = visitor(ROSA)
    assert "Queen City" in seen(rosa.get("/standing")).said
    filled = {
        "district": str(district),
        "child": [str(ADA), str(BEN)],
        "starts": "07:00",
        "ends": "15:30",
        "decide_by": "05:30",
        "told_from": "05:00",
        "until": "2026-06-30",
    }
    wrong = rosa.post("/standing", filled | {"until": "soon", "decide_by": "early"})
    assert wrong.status_code == 400
    assert "That is not a day." in seen(wrong).said
    assert rosa.post("/standing", filled).status_code == 302
    page = seen(rosa.get("/standing"))
    assert "Ada and Ben, shift 7:00 a.m. to 3:30 p.m." in page.said
    (row,) = StandingRequest.objects.all()
    visitor(MARISOL).post("/standing/end", {"standing": str(row.pk)})
    assert StandingRequest.objects.get().ended_at is None
    rosa.post("/standing/end", {"standing": str(row.pk)})
    assert StandingRequest.objects.get().ended_at is not None


def test_a_clerk_says_so_on_a_page_and_learns_of_no_family(
    opened: Opened, district: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_dawn(monkeypatch)
    kept(district)
    dana = visitor(newcomer(RoleKind.CLERK, made_id("Harbor Health")))
    page = seen(dana.get("/closures"))
    assert "Queen City" in page.said
    assert "Ada" not in page.said
    tuesday = MONDAY + timedelta(days=1)
    said = {"district": str(district), "day": tuesday.isoformat(), "kind": "late"}
    assert "needs its hour" in seen(dana.post("/closures", said, follow=True)).said
    assert "Saved." in seen(dana.post("/closures", said | {"hour": "10:00"}, follow=True)).said
    closure = Closure.objects.get()
    assert (closure.day, closure.kind, closure.employer_id) == (tuesday, "late", made_id("Harbor Health"))
    assert visitor(ROSA).get("/closures").status_code == 404


def test_an_operator_imports_a_calendar_and_closes_a_district_by_command(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "calendar.csv"
    file.write_text("date,description,school_closed\n2099-12-25,Holiday,True\n2099-12-26,School,False\n")
    run = CliRunner()
    dry = run.invoke(main, ["import", "calendar", str(file), "--district", "Elmwood", "--dry-run", "--json"])
    assert dry.exit_code == 0, dry.output
    assert dry.stdout.strip() == '{"read": 2, "imported": 1, "set_aside": {"open-day": 1}}'
    assert not Closure.objects.exists()
    done = run.invoke(main, ["import", "calendar", str(file), "--district", "Elmwood"])
    assert "1 of 2 rows are closures." in done.stdout
    again = run.invoke(main, ["import", "calendar", str(file), "--district", "Elmwood", "--json"])
    assert '"new": 0' in again.stdout
    assert "2099-12-25 Elmwood: closed" in run.invoke(main, ["district", "list"]).stdout
    said = run.invoke(main, ["district", "closed", "elmwood", "--day", "2099-12-28"])
    assert said.stdout == "Elmwood is closed on 2099-12-28. No family has a standing request for it.\n"
    for wrong in (
        ["Oakdale"],
        ["Elmwood", "--day", "soon"],
        ["Elmwood", "--opens", "ten"],
        ["Elmwood", "--day", "1999-01-01"],
    ):
        assert run.invoke(main, ["district", "closed", *wrong]).exit_code == 10
    assert run.invoke(main, ["import", "calendar", str(file), "--zone", "Mars"]).exit_code == 10


@pytest.mark.real_data
def test_real_calendars_are_read_whole(opened: Opened, real_data: Path) -> None:
    folder = real_data / "school_closures"
    run = CliRunner()
    city = run.invoke(
        main, ["import", "calendar", str(folder / "nyc_school_calendar_2023_24.csv"), "--district", "NYC", "--json"]
    )
    assert city.exit_code == 0, city.output
    assert '"read": 55' in city.stdout
    snow = run.invoke(main, ["import", "calendar", str(folder / "snow_events_ny_capital.csv"), "--json"])
    assert snow.exit_code == 0, snow.output
    assert '"read": 375' in snow.stdout
