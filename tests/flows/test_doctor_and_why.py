"""The doctor finds each thing that does not add up; why tells a request's story without a name in it."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError
from pytest_django import Settings

from cast import DAWN, LARKIN, ROSA, SAM, Opened, clock
from daybreak.audit.actions import chain_batch
from daybreak.audit.models import AuditEvent, AuditLink
from daybreak.care.actions.answer import decline_booking
from daybreak.care.actions.clock import work_due
from daybreak.care.models import Booking, CareRequest
from daybreak.cli import doctor as doctor_command
from daybreak.cli import why as why_command
from daybreak.cli.doctor import doctor, examine
from daybreak.cli.why import LAWS, why
from daybreak.demo.cast import PLACES, made_id
from daybreak.kernel.errors import BadInput
from daybreak.kernel.refs import spoken
from daybreak.network.actions import offer_spots
from daybreak.network.models import RoomSession
from daybreak.notices.catalogue import REFUSALS
from daybreak.notices.models import Notice
from daybreak.placement.sessions import Session
from daybreak.plan.actions.books import number_waiting
from daybreak.rulebook.queries import packaged

pytestmark = pytest.mark.django_db

NAMES = ("Rosa", "Delgado", "Ada", "Ben", "Peanut", "rosa@example.org", "+1716", "Larkin, Sam", "Sam Larkin")


@pytest.fixture
def at_six(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read the clock of the cast's Monday."""
    for module in (doctor_command, why_command):
        monkeypatch.setattr(module, "now", lambda: clock(6))


def seen() -> dict[str, str]:
    """What the doctor does not find well."""
    return {finding.check: finding.says for finding in examine(clock(6)) if not finding.is_well}


@pytest.fixture
def well(opened: Opened, at_six: None) -> Opened:
    """A morning on which all is well: Rosa has her place, every message is out."""
    opened.asked()
    Notice.objects.update(sent_at=DAWN, due_at=None)
    chain_batch()
    number_waiting()
    return opened


def test_when_all_is_well_each_check_says_so(well: Opened) -> None:
    answer = CliRunner().invoke(doctor)
    assert answer.exit_code == 0
    assert answer.stdout.splitlines() == [
        "well  settings  Nothing keeps this process from serving families.",
        f"well  rules     {len(packaged().rules)} rules, none overdue.",
        "well  database  It can be reached and is at this version.",
        "well  counters  Every counter of spots equals its bookings.",
        "well  audit     The chain is whole; 0 events wait for their link.",
        "well  messages  0 overdue by more than 5 minutes, 0 given up within a day.",
        "well  requests  No family waits past its decide-by.",
        "well  licenses  Every booking ahead is at a site with a license for its day.",
        "well  books     Every entry balances, every passbook equals its lines; 0 wait for a number.",
        "well  keys      Every private value is sealed with the key demo.",
    ]


def test_as_json_it_is_one_object(well: Opened) -> None:
    answer = CliRunner().invoke(doctor, ["--json"])
    found = json.loads(answer.stdout)
    assert (answer.exit_code, answer.stderr, found["well"]) == (0, "", True)
    assert [check["check"] for check in found["checks"]] == [
        *("settings", "rules", "database", "counters", "audit", "messages", "requests", "licenses", "books", "keys"),
    ]


def test_a_counter_that_drifted_is_found_and_the_exit_code_is_10(well: Opened) -> None:
    row = RoomSession.objects.filter(taken=0, spots__gt=0).first()
    assert row is not None
    RoomSession.objects.filter(pk=row.pk).update(taken=1)
    answer = CliRunner().invoke(doctor, ["--json"])
    assert (answer.exit_code, json.loads(answer.stdout)["well"]) == (10, False)
    assert seen() == {
        "counters": "1 counters of spots differ from their bookings; "
        f"the room session {row.pk} says 1 where 0 are taken."
    }


def test_a_broken_chain_is_found(well: Opened) -> None:
    last = AuditLink.objects.order_by("-number").first()
    event = AuditEvent.objects.first()
    assert last is not None
    assert event is not None
    AuditEvent.objects.create(
        id=uuid4(), at=DAWN, verb="forge", thing="x", thing_id="1", because="care", actor=None, facts={}
    )
    forged = AuditEvent.objects.get(verb="forge")
    AuditLink.objects.create(number=last.number + 1, event=forged, digest="0" * 64)
    assert seen() == {"audit": f"The chain is broken at link {last.number + 1}: from there on the record was changed."}


def test_events_that_wait_for_their_link_are_counted_and_are_no_fault(well: Opened) -> None:
    AuditEvent.objects.create(
        id=uuid4(), at=DAWN, verb="ask", thing="x", thing_id="1", because="care", actor=None, facts={}
    )
    says = {finding.check: finding for finding in examine(clock(6))}["audit"]
    assert (says.is_well, says.says) == (True, "The chain is whole; 1 events wait for their link.")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sent_at": None, "due_at": clock(5, 54)}, "1 overdue by more than 5 minutes, 0 given up within a day."),
        ({"sent_at": None, "given_up_at": clock(5)}, "0 overdue by more than 5 minutes, 1 given up within a day."),
    ],
    ids=["overdue", "given up"],
)
def test_messages_that_did_not_get_out_are_found(well: Opened, change: dict[str, object], says: str) -> None:
    notice = Notice.objects.first()
    assert notice is not None
    Notice.objects.filter(pk=notice.pk).update(**change)
    assert seen() == {"messages": says}


def test_a_message_given_up_last_week_and_one_due_just_now_are_no_fault(well: Opened) -> None:
    first, second = Notice.objects.order_by("pk")[:2]
    Notice.objects.filter(pk=first.pk).update(sent_at=None, given_up_at=clock(6) - timedelta(days=7))
    Notice.objects.filter(pk=second.pk).update(sent_at=None, due_at=clock(5, 56))
    assert seen() == {}


def test_a_family_that_waits_past_its_decide_by_is_found(well: Opened) -> None:
    CareRequest.objects.update(state="asked", answered_at=None, decide_by_at=clock(5, 59))
    assert seen() == {"requests": "1 families wait past their decide-by. Is `daybreak worker` running?"}


def test_a_rule_past_its_review_is_found(well: Opened) -> None:
    last = max(rule.review_by for rule in packaged().rules.values())
    later = clock(6, day=last + timedelta(days=1))
    rules = {finding.check: finding for finding in examine(later)}["rules"]
    assert rules.is_well is False
    assert all(path in rules.says for path in packaged().rules)


def test_unsafe_settings_are_found_with_their_sentences(well: Opened, settings: Settings) -> None:
    settings.MODE, settings.ADDRESS = "production", "http://care.example.org"
    assert set(seen()) == {"settings"}
    assert "DAYBREAK_ADDRESS is not an https:// address." in seen()["settings"]


def unreachable() -> tuple[int, bool]:
    raise OperationalError


@pytest.mark.parametrize(
    ("behind", "says"),
    [
        (unreachable, "It cannot be reached. Nothing in it was looked at. Check DATABASE_URL."),
        (lambda: (3, False), "It is 3 migrations behind. Nothing in it was looked at. Run `daybreak migrate`."),
    ],
    ids=["unreachable", "behind"],
)
def test_a_database_that_cannot_be_used_is_said_and_not_looked_into(
    well: Opened, monkeypatch: pytest.MonkeyPatch, behind: Callable[[], tuple[int, bool]], says: str
) -> None:
    monkeypatch.setattr(doctor_command, "migrations_behind", behind)
    findings = list(examine(clock(6)))
    assert [finding.check for finding in findings] == ["settings", "rules", "database"]
    assert (findings[-1].is_well, findings[-1].says) == (False, says)


def ask_why(ref: str) -> Result:
    return CliRunner().invoke(why, [ref])


def only(*keys: str) -> None:
    """Take every other offer back."""
    for place in PLACES:
        if place.key not in keys:
            rooms = [made_id(f"room {name} of {place.key}") for name, *_ in place.rooms]
            none = {(room, session): 0 for room in rooms for session in Session}
            offer_spots(site_id=made_id(place.key), day=DAWN.date(), offers=none, at=DAWN, actor=None)


@pytest.fixture
def declined(opened: Opened, at_six: None) -> CareRequest:
    """Larkin Street said no and nothing else was there; the family has been told."""
    only("larkin", "little-oaks")
    booking = opened.asked(decide_by=clock(5, 58)).booking
    assert booking is not None
    assert booking.site_id == LARKIN
    decline_booking(booking_id=booking.booking_id, actor=SAM, at=clock(5, 44))
    work_due(at=clock(5, 57), holder="worker")
    return CareRequest.objects.get()


def test_why_tells_what_happened_what_was_tried_and_what_did_not_fit(declined: CareRequest) -> None:
    name, booked = spoken("R", declined.pk), spoken("B", Booking.objects.get().pk)
    answer = ask_why(name)
    assert answer.exit_code == 0, answer.exception
    lines = answer.stdout.splitlines()
    assert lines[:9] == [
        f"{name} is unfilled: 2 children on 2026-03-02 from 07:00 to 15:30, "
        "decide-by 2026-03-02 05:58:00, clocks of America/New_York.",
        "What happened:",
        f"  2026-03-02 05:40:00  {name}  ask by the family: asked",
        f"  2026-03-02 05:40:00  {booked}  hold by the family: held",
        f"  2026-03-02 05:40:00  {name}  place by the family: asked -> placed",
        f"  2026-03-02 05:44:00  {booked}  decline by the provider: held -> declined",
        f"  2026-03-02 05:44:00  {name}  look-again by the provider: placed -> asked",
        f"  2026-03-02 05:57:00  {name}  run-out by the clock: asked -> unfilled",
        "What was tried:",
    ]
    assert lines[9] == "  2026-03-02 05:40:00  Larkin Street group family home (declined)"
    assert any(line.startswith("  1 did not fit: Not open for all your hours.") for line in lines[10:])


def test_the_story_is_the_same_by_every_name_and_holds_no_name_of_the_family(declined: CareRequest) -> None:
    booking = Booking.objects.get().pk
    refs = [spoken("R", declined.pk), spoken("R", declined.pk).lower(), spoken("B", booking)]
    told = {ask_why(ref).stdout for ref in (*refs, str(declined.pk), str(booking), f" {declined.pk} ")}
    assert len(told) == 1
    [story] = told
    assert [name for name in NAMES if name in story] == []
    assert str(ROSA) not in story


UNKNOWN = ("R-22222222", "B-22222222", "X-22222222", "nothing", str(UUID(int=7)), "", "R-0OIL1111")


@pytest.mark.parametrize("ref", UNKNOWN)
def test_an_unknown_ref_is_bad_input(declined: CareRequest, ref: str) -> None:
    answer = ask_why(ref)
    assert isinstance(answer.exception, BadInput)
    assert str(answer.exception) == (
        f"Nothing goes by {ref!r}. "
        "Give the name or UUID of a request or booking of the last 90 days, or a reason code, such as hours."
    )
    assert answer.stdout == ""


def test_a_spoken_name_is_looked_for_in_the_last_ninety_days_and_a_uuid_always(declined: CareRequest) -> None:
    CareRequest.objects.update(asked_at=clock(6) - timedelta(days=91))
    assert isinstance(ask_why(spoken("R", declined.pk)).exception, BadInput)
    assert ask_why(str(declined.pk)).exit_code == 0


def test_a_reason_is_explained_in_both_languages_with_its_rule_and_where_it_is_decided(at_six: None) -> None:
    assert ask_why("too-many-young-children").stdout.splitlines() == [
        "too-many-young-children",
        "  en: This room may not have more children of this age at once.",
        "  es: Este salón no puede tener más niños de esta edad a la vez.",
        "  rule: us/ny/licensing/family_home_capacity "
        "(NY Social Services Law 390(1)(d), (e); 18 NYCRR 413.2, 416.8(j), 417.8), since 2024-09-25",
        "  decided in: daybreak.placement.ratios",
    ]


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_reason_can_be_asked_about(at_six: None, code: str) -> None:
    answer = ask_why(code)
    assert answer.exit_code == 0, answer.exception
    assert [line.split(":")[0].strip() for line in answer.stdout.splitlines()][:3] == [code, "en", "es"]


def test_the_rules_behind_reasons_are_in_the_rulebook() -> None:
    assert set(LAWS) <= set(REFUSALS)
    assert set(LAWS.values()) <= set(packaged().rules)
