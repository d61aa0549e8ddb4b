"""Indiana's list: every row accounted for, and a nurse on the night shift finds a place that is open all night."""

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from daybreak.accounts.actions import add_person, give_role
from daybreak.accounts.terms import RoleKind
from daybreak.care.actions.ask import Asked, ask_for_care
from daybreak.care.queries import request_view
from daybreak.care.states import RequestState
from daybreak.care.terms import Ask, RequestView
from daybreak.cli.main import main
from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import import_list, offer_spots, set_instant
from daybreak.network.models import RoomSession, Site
from daybreak.network.offering import closed_sessions
from daybreak.network.queries import site_card
from daybreak.people.actions import add_child, add_employee, add_employer, add_household, add_work_site
from daybreak.people.terms import PayClass
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Point
from web_visits import at_dawn, seen, visitor

ZONE = "America/Indiana/Indianapolis"
FRIDAY = date(2026, 3, 6)
AT = datetime(2026, 3, 6, 18, 0, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
HOME, WORK = Point(39.7684, -86.1581), Point(39.7767, -86.1459)
HEADER = (
    "facility_number,facility_name,facility_type,quality_level,address,city,zip,county,capacity,ccdf_eligible,"
    "provider_status,license_status,school_age,non_traditional_hours,hours_of_operation,days_of_operation,ages,home_based"
)
ROW = (
    "{number},{name},Home Licensed,3,,Indianapolis,46202,MARION,12,Y,Open,{status},N,Y,{hours},{days},"
    "Infant to Twelves (12),1"
)
ALL_WEEK, WORKING = "Su Mo Tu We Th Fr Sa", "Mo Tu We Th Fr"
ALWAYS = ROW.format(number="1", name="Ms. Okafor", status="Regular", hours="12:00 AM - 11:59 PM", days=ALL_WEEK)
LATE = ROW.format(number="2", name="Larkin", status="Regular", hours="06:00 PM - 07:30 AM", days=WORKING)
DAYS = ROW.format(number="3", name="Little Oaks", status="Regular", hours="06:00 AM - 06:00 PM", days=ALL_WEEK)
EVENINGS = ROW.format(number="4", name="Night Owl", status="Regular", hours="02:00 PM - 11:59 PM", days=ALL_WEEK)

pytestmark = pytest.mark.django_db(transaction=True)


def listed(folder: Path, *rows: str) -> Path:
    file = folder / "list.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return file


def nurse() -> tuple[UUID, UUID, UUID]:
    """Rosa's like in Indianapolis: a nurse of the night shift with one child of 14 months."""
    person, household, child, employer, work_site = (uuid4() for _ in range(5))
    add_person(person_id=person, name="Rosa Delgado", email=f"{person}@example.org", at=AT)
    add_employer(employer_id=employer, name="Harbor Health", at=AT)
    add_work_site(work_site_id=work_site, employer_id=employer, name="Harbor Health", point=WORK, zone=ZONE, at=AT)
    add_household(household_id=household, home=HOME, usual_starts=time(22), usual_ends=time(6), at=AT)
    add_employee(
        employee_id=uuid4(),
        employer_id=employer,
        person_id=person,
        household_id=household,
        work_site_id=work_site,
        pay_class=PayClass.HOURLY,
        at=AT,
    )
    add_child(child_id=child, household_id=household, name="Ada", birth_date=date(2025, 1, 2), care_notes="", at=AT)
    give_role(person_id=person, kind=RoleKind.PARENT, scope=household, at=AT)
    return person, household, child


def offer_the_night(day: date, *refs: str) -> None:
    """Let sites offer each room in every session of a day and of the next."""
    for site in Site.objects.filter(external_ref__in=refs):
        card = site_card(site.pk)
        assert card is not None
        assert card.opens is not None
        assert card.closes is not None
        set_instant(site_id=site.pk, instant=True, at=AT, actor=None)
        for on in (day, day + timedelta(days=1)):
            closed = closed_sessions(card.opens, card.closes, card.weekdays, on)
            offers = {(room.room_id, session): 2 for room in card.rooms for session in Session if session not in closed}
            if offers:
                assert offer_spots(site_id=site.pk, day=on, offers=offers, at=AT, actor=None) == Yes()


def asked(family: tuple[UUID, UUID, UUID], day: date) -> RequestView:
    person, household, child = family
    wish = Ask(household, (child,), day, time(22), time(6), decide_by_at=AT + timedelta(minutes=30))
    answer = ask_for_care(ask=wish, key=str(uuid4()), actor=person, at=AT)
    assert isinstance(answer, Asked), answer
    view = request_view(answer.request_id)
    assert view is not None
    return view


def test_a_shift_from_22_to_6_finds_a_place_that_is_open_all_night(tmp_path, monkeypatch):
    import_list(listed(tmp_path, ALWAYS, DAYS, EVENINGS), "indiana", at=AT)
    offer_the_night(FRIDAY, "in:1", "in:3", "in:4")
    family = nurse()
    view = asked(family, FRIDAY)
    assert view.state is RequestState.PLACED
    assert [tried.site_name for tried in view.tried] == ["Ms. Okafor"]
    assert view.booking is not None
    arrives, leaves = (
        view.booking.arrives_at.astimezone(ZoneInfo(ZONE)),
        view.booking.leaves_at.astimezone(ZoneInfo(ZONE)),
    )
    assert (arrives.date(), leaves.date()) == (FRIDAY, FRIDAY + timedelta(days=1))
    assert [(line.reason.code, line.sites) for line in view.why_not] == [("hours", 2)]
    at_dawn(monkeypatch, AT)
    assert "Ms. Okafor" in seen(visitor(family[0]).get(f"/requests/{view.request_id}")).said


def test_a_night_that_begins_on_a_working_day_belongs_to_it(tmp_path):
    import_list(listed(tmp_path, LATE), "indiana", at=AT)
    offer_the_night(FRIDAY, "in:2")
    # Saturday's early hours belong to Friday's opening; its morning would be an opening of its own.
    assert asked(nurse(), FRIDAY).state is RequestState.PLACED
    card = site_card(Site.objects.get().pk)
    assert card is not None
    morning = {(card.rooms[0].room_id, Session.MORNING): 2}
    refused = offer_spots(site_id=card.site_id, day=FRIDAY + timedelta(days=1), offers=morning, at=AT, actor=None)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["closed-that-day"]


def test_a_site_that_is_not_open_on_saturday_is_no_candidate_on_saturday(tmp_path):
    import_list(listed(tmp_path, ALWAYS, LATE), "indiana", at=AT)
    family, saturday = nurse(), FRIDAY + timedelta(days=1)
    offer_the_night(saturday, "in:1")
    # Offered while its list still said every day: the newer list closes the weekend, and the offer no longer counts.
    Site.objects.filter(external_ref="in:2").update(weekdays=127)
    offer_the_night(saturday, "in:2")
    Site.objects.filter(external_ref="in:2").update(weekdays=31)
    Site.objects.filter(external_ref="in:1").update(latitude=39.79)
    view = asked(family, saturday)
    assert view.state is RequestState.PLACED
    assert view.tried[0].site_name == "Ms. Okafor"
    assert [(line.reason.code, line.sites) for line in view.why_not] == [("closed-that-day", 1)]


def test_hours_of_the_list_are_kept_up_to_date_until_the_provider_says_its_own(tmp_path):
    import_list(listed(tmp_path, ALWAYS), "indiana", at=AT)
    site = Site.objects.get()
    assert (site.opens, site.closes, site.weekdays, site.hours_listed) == (time(0), time(0), 127, True)
    newer = ALWAYS.replace("12:00 AM - 11:59 PM", "06:00 AM - 11:59 PM")
    assert import_list(listed(tmp_path, newer), "indiana", at=AT).changed == 1
    site.refresh_from_db()
    assert (site.opens, site.closes) == (time(6), time(0))

    at_home = {"opens": time(7), "closes": time(19), "weekdays": 31}
    Site.objects.update(**at_home, hours_listed=False)
    assert import_list(listed(tmp_path, ALWAYS), "indiana", at=AT).changed == 0
    site.refresh_from_db()
    assert {name: getattr(site, name) for name in at_home} == at_home


def test_a_license_that_became_probationary_or_exempt_ends(tmp_path):
    import_list(listed(tmp_path, ALWAYS, LATE), "indiana", at=AT)
    newer = [ALWAYS.replace("Regular", "Probationary"), LATE.replace("Regular", "Exempt")]
    outcome = import_list(listed(tmp_path, *newer), "indiana", at=AT)
    assert (outcome.ended, outcome.gone) == (2, 0)
    assert [card.license_status for site in Site.objects.order_by("external_ref") if (card := site_card(site.pk))] == [
        "Probationary",
        "Exempt",
    ]


@pytest.mark.real_data
def test_the_real_list_is_accounted_for_to_the_last_row(real_data):
    file = real_data / "providers_indiana" / "providers.csv.gz"
    result = CliRunner().invoke(main, ["import", "network", str(file), "--format", "indiana", "--json"])
    answer = json.loads(result.stdout)
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(file.read_bytes()).decode())))
    assert answer["read"] == len(rows) == 2_247
    assert answer["imported"] == 2_247 - sum(answer["set_aside"].values()) == Site.objects.count()
    # No row fails for hours or ages that are there. Of 317 rows without ages, 299 need no license and 2 have none in
    # force or no capacity; the rest are set aside for their ages.
    assert answer["set_aside"] == {
        "license-exempt": 299,
        "no-capacity": 56,
        "license-not-in-force": 39,
        "ages-not-stated": 12,
        "no-coordinates-and-unknown-zip": 3,
        "days-not-stated": 1,
    }
    kept = set(Site.objects.values_list("external_ref", flat=True))
    without_ages = [row for row in rows if not row["ages"]]
    assert len(without_ages) == 317
    assert not kept & {f"in:{row['facility_number']}" for row in without_ages}
    assert Site.objects.filter(opens=None).count() == 0
    assert not RoomSession.objects.exists()
    assert sum(answer["spots_by_age"].values()) > 60_000


@pytest.mark.real_data
def test_on_the_real_list_a_night_shift_is_placed_where_the_state_says_it_is_open(real_data):
    import_list(real_data / "providers_indiana" / "providers.csv.gz", "indiana", at=AT)
    near = Site.objects.filter(zip_code__startswith="462", kind="family_home").order_by("external_ref")
    day_only = near.filter(opens__gte=time(5), closes__gt=time(12), closes__lt=time(21))[:20]
    overnight = near.filter(opens=time(0), closes=time(0), weekdays=127)[:10]
    assert (len(day_only), len(overnight)) == (20, 10)
    offer_the_night(FRIDAY, *(site.external_ref for site in (*day_only, *overnight)))
    view = asked(nurse(), FRIDAY)
    assert view.state is RequestState.PLACED
    assert view.booking is not None
    assert view.booking.site_id in {site.pk for site in overnight}
    assert {line.reason.code for line in view.why_not} == {"hours"}
