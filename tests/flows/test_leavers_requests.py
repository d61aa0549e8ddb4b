"""Rosa leaves Harbor Health: what she had asked for ends, the home is told, and nothing is charged."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from cast import DAWN, ROSA, Opened
from daybreak.audit.models import AuditEvent
from daybreak.care.actions.leavers import end_for_leavers
from daybreak.care.states import RequestState
from daybreak.care.terms import RequestView
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import Decision, No
from daybreak.network.queries import drift
from daybreak.notices.models import Notice
from daybreak.people import eligibility
from daybreak.people.models import Employee
from daybreak.people.roster.queries import ref_index
from daybreak.people.terms import EligibilityTerms, Employment
from daybreak.plan.models import Entry
from rosters import brought_in, row, written

pytestmark = pytest.mark.django_db
HARBOR = made_id("Harbor Health")
MAIN = "Harbor Health, main hospital"


def roster(folder: Path, *rows: dict[str, str]) -> None:
    brought_in(written(folder, rows), HARBOR, accept_leavers=True)


@pytest.fixture
def asked(opened: Opened, tmp_path: Path) -> RequestView:
    """Rosa is on the roster under number 1, and has a place this morning."""
    roster(tmp_path, row(1, work_site=MAIN), row(2, work_site=MAIN))
    Employee.objects.filter(person=ROSA).update(ref_index=ref_index(HARBOR, "E0001"))
    view = opened.asked()
    assert view.state is RequestState.PLACED
    return view


def test_what_a_leaver_had_ahead_ends_and_both_sides_are_told(
    opened: Opened, asked: RequestView, tmp_path: Path
) -> None:
    roster(tmp_path, row(2, work_site=MAIN))
    assert end_for_leavers(at=DAWN) == 1
    assert opened.view(asked.request_id).state is RequestState.CANCELED
    told = set(Notice.objects.values_list("code", flat=True))
    assert {"care-benefit-ended", "provider-canceled"} <= told
    assert "care-canceled" not in told
    assert drift() == []
    ended = AuditEvent.objects.filter(verb="end-benefit")
    assert {event.actor for event in ended} == {None}
    assert ended.count() == 2
    charged = Entry.objects.filter(verb="charge").count()
    assert charged
    assert Entry.objects.filter(verb="give-back", because="end-benefit").count() == charged
    assert end_for_leavers(at=DAWN) == 0


def test_nothing_ends_while_somebody_of_the_household_works_there(
    opened: Opened, asked: RequestView, tmp_path: Path
) -> None:
    roster(tmp_path, row(1, work_site=MAIN))
    assert end_for_leavers(at=DAWN) == 0
    assert opened.view(asked.request_id).state is RequestState.PLACED


def test_care_that_has_begun_is_not_taken_away(opened: Opened, asked: RequestView, tmp_path: Path) -> None:
    roster(tmp_path, row(2, work_site=MAIN))
    assert end_for_leavers(at=DAWN + timedelta(hours=3)) == 0


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"start_date": "2026-03-02"}, "not-eligible-yet"),
        ({"weekly_hours": "12"}, "too-few-weekly-hours"),
        ({"weekly_hours": ""}, "hours-not-known"),
        ({"end_date": "2026-03-01", "start_date": "2020-01-01"}, "employment-ended"),
    ],
)
def test_what_the_roster_says_decides_with_the_plans_citation(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], code: str
) -> None:
    """The cast's plan asks for nothing, so the terms here are stricter; what Rosa's line says meets them or not."""
    decide = eligibility.decide

    def stricter(terms: EligibilityTerms, employment: Employment, day: date) -> Decision:
        return decide(EligibilityTerms(terms.pay_classes, 30, 20.0, terms.cite), employment, day)

    monkeypatch.setattr(eligibility, "decide", stricter)
    roster(tmp_path, row(1, work_site=MAIN, **changes), row(2, work_site=MAIN))
    Employee.objects.filter(person=ROSA).update(ref_index=ref_index(HARBOR, "E0001"))
    refused = opened.ask()
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == [code]
    assert refused.reasons[0].cite == "Handbook 2.1"
    assert not Notice.objects.exists()


def test_from_the_first_day_means_the_first_day(opened: Opened, tmp_path: Path) -> None:
    roster(tmp_path, row(1, work_site=MAIN, start_date="2026-03-02"))
    Employee.objects.filter(person=ROSA).update(ref_index=ref_index(HARBOR, "E0001"))
    assert opened.asked().state is RequestState.PLACED
