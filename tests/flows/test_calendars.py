"""A family keeps time free without a word of why; a home's calendar says how many come. Two libraries read both."""

from datetime import datetime, timedelta
from uuid import uuid4

import icalendar
import pytest
import vobject
from django.core import mail
from django.test import Client
from pytest_django import Settings

from cast import DAWN, DEE, LARKIN, MS_OKAFOR, OKAFOR, ROSA, SAM, Opened, clock, close_all_but
from daybreak.accounts.models import Person, Role
from daybreak.audit.queries import events_of
from daybreak.calendars.models import Feed
from daybreak.care.actions.cancel import cancel_request
from daybreak.demo.cast import made_id
from daybreak.notices.actions import send_due
from daybreak.notices.models import Notice
from web_visits import at_dawn, newcomer, seen, visitor

UNSAID = ("Ada", "Ben", "Rosa", "Delgado", "Okafor", "Peanut", "child", "care", "Daybreak", "Harbor", "http")
"""What a colleague who looks into a family's calendar must not find."""


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def read(file: bytes) -> list[tuple[str, datetime, datetime, str]]:
    """Title, start, end and status of each entry, as two libraries agree on them."""
    one = [
        (str(event["SUMMARY"]), event.decoded("DTSTART"), event.decoded("DTEND"), str(event["STATUS"]))
        for event in icalendar.Calendar.from_ical(file).walk("VEVENT")
    ]
    calendar = vobject.readOne(file.decode())
    other = [
        (event.summary.value, event.dtstart.value, event.dtend.value, event.status.value)
        for event in calendar.contents.get("vevent", [])
    ]
    assert one == other
    return sorted(one, key=lambda entry: entry[1:])


def standing(file: bytes) -> list[tuple[str, datetime, datetime, str]]:
    return [entry for entry in read(file) if entry[3] != "CANCELLED"]


def feed_of(client: Client, kind: str) -> str:
    """Make a feed and return its path, as the page shows it."""
    client.post("/calendar", {"kind": kind, "do": "renew"})
    (field,) = [one for one in seen(client.get("/calendar")).every("input") if one.get("id") == f"address-{kind}"]
    return str(field["value"]).removeprefix("http://localhost:8000")


def test_one_tap_keeps_the_way_there_and_back_once_a_place_is_sure(opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    answer = visitor(ROSA).get(f"/requests/{view.request_id}/hold.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="hold.ics"'
    assert standing(answer.content) == [
        ("Hold", view.booking.arrives_at, clock(7), "CONFIRMED"),
        ("Hold", clock(15, 30), view.booking.leaves_at, "CONFIRMED"),
    ]
    for word in UNSAID:
        assert word.casefold() not in answer.content.decode().casefold(), word


def test_the_whole_shift_is_kept_while_nothing_is_sure(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked()
    file = visitor(ROSA).get(f"/requests/{view.request_id}/hold.ics").content
    assert standing(file) == [("Hold", clock(7), clock(15, 30), "TENTATIVE")]


def test_a_file_taken_after_a_change_takes_the_older_ones_place(opened: Opened) -> None:
    view = opened.asked()
    rosa = visitor(ROSA)
    before = rosa.get(f"/requests/{view.request_id}/hold.ics").content
    cancel_request(request_id=view.request_id, actor=ROSA, at=DAWN + timedelta(minutes=1))
    after = rosa.get(f"/requests/{view.request_id}/hold.ics").content

    def counts(file: bytes) -> dict[str, int]:
        events = icalendar.Calendar.from_ical(file).walk("VEVENT")
        return {str(event["UID"]): int(event["SEQUENCE"]) for event in events}

    assert standing(before)
    assert standing(after) == []
    assert counts(before).keys() == counts(after).keys()
    assert all(counts(after)[uid] > count for uid, count in counts(before).items())


def test_the_block_comes_by_mail_as_a_file(opened: Opened, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    view = opened.asked()
    Notice.objects.all().delete()
    rosa = visitor(ROSA)
    for _ in range(2):
        assert rosa.post(f"/requests/{view.request_id}/hold-mail").status_code == 302
    assert list(Notice.objects.values_list("code", "channel")) == [("calendar-block", "mail")]
    assert send_due(at=DAWN, holder="test") == 1
    (letter,) = mail.outbox
    ((name, content, kind),) = letter.attachments
    assert (name, kind, letter.to) == ("hold.ics", "text/calendar", ["rosa@example.org"])
    assert len(standing(str(content).encode())) == 2


def test_who_has_no_mail_is_told_and_nothing_is_sent(opened: Opened) -> None:
    view = opened.asked()
    Notice.objects.all().delete()
    Person.objects.filter(pk=ROSA).update(email_sealed="", email_index=None)
    rosa = visitor(ROSA)
    page = seen(rosa.post(f"/requests/{view.request_id}/hold-mail", follow=True))
    assert "No e-mail address is on your account, so nothing was sent." in page.said
    assert Notice.objects.count() == 0


def test_a_feed_follows_what_happens_and_says_one_word(opened: Opened) -> None:
    address = feed_of(visitor(ROSA), "family")
    stranger = visitor()
    assert standing(stranger.get(address).content) == []
    view = opened.asked()
    file = stranger.get(address).content
    assert {title for title, *_ in standing(file)} == {"Hold"}
    assert len(read(file)) == 2
    cancel_request(request_id=view.request_id, actor=ROSA, at=DAWN)
    assert read(stranger.get(address).content) == []


def test_a_spanish_readers_calendar_says_the_word_in_spanish(opened: Opened) -> None:
    marisol = made_id("marisol")
    address = feed_of(visitor(marisol), "family")
    opened.asked(who=marisol, household="marisol", children=[made_id("child Lucía")])
    assert {title for title, *_ in read(visitor().get(address).content)} == {"Ocupado"}


def test_a_new_address_ends_the_old_one_and_an_ended_one_leads_nowhere(opened: Opened) -> None:
    rosa, stranger = visitor(ROSA), visitor()
    old = feed_of(rosa, "family")
    new = feed_of(rosa, "family")
    assert old != new
    assert [stranger.get(path).status_code for path in (old, new)] == [404, 200]
    rosa.post("/calendar", {"kind": "family", "do": "end"})
    assert stranger.get(new).status_code == 404
    assert Feed.objects.count() == 0
    verbs = {event.verb for event in events_of("person", ROSA)}
    assert {"make-feed", "renew-feed", "end-feed"} <= verbs


def test_the_secret_stands_nowhere_in_the_open(opened: Opened) -> None:
    secret = feed_of(visitor(ROSA), "family").removeprefix("/calendar/").removesuffix(".ics")
    row = Feed.objects.get()
    assert len(secret) == 40
    assert secret not in f"{row.secret_sealed} {row.secret_index}"
    assert secret not in str([event.facts for event in events_of("person", ROSA)])


def test_a_homes_feed_says_how_many_come_and_never_who(opened: Opened) -> None:
    address = feed_of(visitor(MS_OKAFOR), "provider")
    view = opened.asked()
    assert view.booking is not None
    file = visitor().get(address).content
    assert read(file) == [("2 children", view.booking.arrives_at, view.booking.leaves_at, "CONFIRMED")]
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert str(event["URL"]).endswith(f"/sites/{OKAFOR}/today?day=2026-03-02")
    for word in ("Ada", "Ben", "Rosa", "Peanut"):
        assert word not in file.decode(), word


def test_a_home_that_is_asked_sees_by_when_to_answer(opened: Opened) -> None:
    close_all_but("larkin")
    address = feed_of(visitor(SAM), "provider")
    view = opened.asked()
    assert view.booking is not None
    assert view.booking.site_id == LARKIN
    ((title, *_, status),) = read(visitor().get(address).content)
    assert title.startswith("Answer by 5:5")
    assert title.endswith("a.m.: 2 children")
    assert status == "TENTATIVE"


def test_nobody_else_gets_a_familys_file_or_a_feed_of_a_kind_that_is_not_theirs(opened: Opened) -> None:
    view = opened.asked()
    for outsider in (DEE, newcomer(), made_id("marisol")):
        client = visitor(outsider)
        assert client.get(f"/requests/{view.request_id}/hold.ics").status_code == 404
        assert client.post(f"/requests/{view.request_id}/hold-mail").status_code == 404
    dee = visitor(DEE)
    dee.post("/calendar", {"kind": "family", "do": "renew"})
    assert Feed.objects.count() == 0
    assert "Nothing of yours belongs in a calendar." in seen(visitor(newcomer()).get("/calendar")).said


def test_a_feed_ends_with_the_role_it_was_made_for(opened: Opened) -> None:
    address = feed_of(visitor(ROSA), "family")
    Role.objects.filter(person=ROSA).delete()
    assert visitor().get(address).status_code == 404


def test_whoever_tries_addresses_is_slowed_down(opened: Opened) -> None:
    stranger = visitor()
    answers = [stranger.get(f"/calendar/{uuid4().hex}.ics").status_code for _ in range(22)]
    assert set(answers[:20]) == {404}
    assert answers[-1] == 429
