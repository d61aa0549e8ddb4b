"""A home sees its day, answers, marks who came, and says what it offers; it sees no more of a child than it needs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import DEE, LARKIN, LITTLE_OAKS, MONDAY, MS_OKAFOR, OKAFOR, SAM, Opened, clock, close_all_but, set_offer
from daybreak.accounts.terms import RoleKind
from daybreak.care.states import BookingState, RequestState
from daybreak.network.models import License, Site
from daybreak.network.queries import rooms_on, site_card
from daybreak.network.weekdays import days_of
from web_visits import Seen, at_dawn, newcomer, seen, visitor

WORKING_DAYS = ["0", "1", "2", "3", "4"]


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def okafor(opened: Opened) -> Client:
    return visitor(MS_OKAFOR)


def offers_page(client: Client, site: object = OKAFOR) -> Seen:
    return seen(client.get(f"/sites/{site}/offers"))


def numbers(page: Seen) -> dict[str, str]:
    """The numbers of the form by field."""
    return {name: value for name, value in page.hidden() if name.startswith("spots-")}


def test_a_provider_with_one_site_comes_straight_to_its_day(okafor: Client) -> None:
    answer = okafor.get("/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/sites/{OKAFOR}/today"
    assert "Nobody is expected." in seen(answer).said


def test_a_provider_without_a_site_is_told_why_the_list_is_empty(opened: Opened) -> None:
    page = seen(visitor(newcomer(RoleKind.PROVIDER)).get("/sites"))
    assert "No site is on your account yet." in page.said


def test_the_home_sees_who_comes_when_and_to_which_room(okafor: Client, opened: Opened) -> None:
    opened.asked()
    page = seen(okafor.get(f"/sites/{OKAFOR}/today"))
    assert "2 children" in page.said
    assert "6:49 a.m." in page.said
    assert "Ada , 14 months · Mixed ages" in page.said
    assert "Peanut allergy." in page.said


def test_care_notes_are_shut_until_two_hours_before_arrival_and_after_the_child_has_left(
    okafor: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.asked(at=clock(4), decide_by=clock(6))
    for moment, open_now in ((clock(4, 48), False), (clock(4, 50), True), (clock(15, 42), False)):
        at_dawn(monkeypatch, moment)
        said = seen(okafor.get(f"/sites/{OKAFOR}/today")).said
        assert ("Peanut allergy." in said) is open_now
        assert "Ada" in said


def test_a_home_that_is_asked_sees_ages_but_no_names(opened: Opened) -> None:
    close_all_but("larkin")
    opened.asked()
    page = seen(visitor(SAM).get(f"/sites/{LARKIN}/today"))
    assert "Your answer is needed" in page.said
    assert "14 months" in page.said
    assert "Answer by 5:50 a.m.; after that the spots are yours again." in page.said
    assert "Ada" not in page.said
    assert "Peanut" not in page.said


def test_accepting_confirms_and_saying_no_frees_the_spots(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked()
    assert view.booking is not None
    sam = visitor(SAM)
    done = sam.post(f"/bookings/{view.booking.booking_id}/answer", {"answer": "accept"}, follow=True)
    assert "You accepted. The family has been told." in seen(done).said
    booking = opened.view(view.request_id).booking
    assert booking is not None
    assert booking.state is BookingState.CONFIRMED

    late = sam.post(f"/bookings/{view.booking.booking_id}/answer", {"answer": "decline"}, follow=True)
    assert "This was settled otherwise in the meantime." in seen(late).said
    assert opened.view(view.request_id).booking == booking


def test_a_home_may_say_no(opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked()
    assert view.booking is not None
    visitor(SAM).post(f"/bookings/{view.booking.booking_id}/answer", {"answer": "decline"})
    assert opened.view(view.request_id).state is RequestState.ASKED


def test_an_answer_that_is_none_changes_nothing(okafor: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    for path, said in (("answer", {"answer": "maybe"}), ("attendance", {"came": "perhaps"})):
        assert okafor.post(f"/bookings/{view.booking.booking_id}/{path}", said).status_code == 302
    assert opened.view(view.request_id) == view


def test_who_came_is_written_down(okafor: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    done = okafor.post(f"/bookings/{view.booking.booking_id}/attendance", {"came": "yes"}, follow=True)
    assert "Came" in seen(done).said
    assert opened.view(view.request_id).state is RequestState.CLOSED


def test_children_are_not_missed_before_they_are_due(okafor: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    assert "They did not come" not in seen(okafor.get(f"/sites/{OKAFOR}/today")).said
    answer = okafor.post(f"/bookings/{view.booking.booking_id}/attendance", {"came": "no"}, follow=True)
    assert "It is too early for that." in seen(answer).said
    assert [part["class"] for part in seen(answer).every("p") if part.get("role") == "alert"] == ["notice is-stop"]
    assert opened.view(view.request_id) == view


def test_a_home_cancels_after_one_question(okafor: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    question = seen(okafor.get(f"/bookings/{view.booking.booking_id}/withdraw"))
    assert "The family is told at once" in question.said
    done = okafor.post(f"/bookings/{view.booking.booking_id}/withdraw", follow=True)
    assert "Daybreak looks for another place for them." in seen(done).said
    states = {booking.booking_id: booking.state for booking in opened.view(view.request_id).bookings}
    assert states[view.booking.booking_id] is BookingState.WITHDRAWN


def test_the_offer_form_shows_what_is_offered_and_taken(okafor: Client, opened: Opened) -> None:
    opened.asked()
    page = offers_page(okafor)
    assert "That is not a promise: parents see only what you offer here." in page.said
    assert "2 taken" in page.said
    assert "The demo made up the numbers of this day." in page.said


def test_saving_replaces_what_was_offered(okafor: Client) -> None:
    said = dict.fromkeys(numbers(offers_page(okafor)), "1")
    done = okafor.post(f"/sites/{OKAFOR}/offers", said, follow=True)
    assert "Saved: what you offer on Monday, March 2." in seen(done).said
    offered = [count for room in rooms_on(OKAFOR, MONDAY) for count in room.sessions.values()]
    assert {(count.spots, count.simulated) for count in offered} == {(1, False)}


def test_one_more_and_one_fewer_change_the_page_and_not_the_offer(okafor: Client) -> None:
    before = rooms_on(OKAFOR, MONDAY)
    said = numbers(offers_page(okafor))
    name = next(iter(said))
    page = seen(okafor.post(f"/sites/{OKAFOR}/offers", said | {"more": name}))
    assert numbers(page)[name] == str(int(said[name]) + 1)
    assert "Not saved yet." in page.said
    assert rooms_on(OKAFOR, MONDAY) == before


def test_more_than_the_license_allows_is_said_at_the_number_and_nothing_is_saved(okafor: Client) -> None:
    before = rooms_on(OKAFOR, MONDAY)
    said = numbers(offers_page(okafor))
    name = next(iter(said))
    answer = okafor.post(f"/sites/{OKAFOR}/offers", said | {name: "99"})
    assert answer.status_code == 400
    assert "so 99 spots is too many" in seen(answer).said
    assert f'id="{name}-error"' in answer.content.decode()
    assert rooms_on(OKAFOR, MONDAY) == before


def test_fewer_than_taken_is_refused(okafor: Client, opened: Opened) -> None:
    opened.asked()
    before = rooms_on(OKAFOR, MONDAY)
    answer = okafor.post(f"/sites/{OKAFOR}/offers", dict.fromkeys(numbers(offers_page(okafor)), "0"))
    assert answer.status_code == 400
    assert "Families already have 2 spots, so 0 spots is too few." in seen(answer).said
    assert rooms_on(OKAFOR, MONDAY) == before


def test_a_license_that_is_not_in_force_offers_nothing_and_says_why(okafor: Client) -> None:
    License.objects.filter(site=OKAFOR).update(status="Suspended")
    page = offers_page(okafor)
    assert "Nothing can be offered on this day." in page.said
    assert "the list says: Suspended" in page.said
    assert not numbers(page)
    assert okafor.post(f"/sites/{OKAFOR}/offers", {}).status_code == 400


def test_a_site_without_hours_is_asked_for_them_first(okafor: Client) -> None:
    Site.objects.filter(pk=OKAFOR).update(opens=None, closes=None)
    asked = okafor.get(f"/sites/{OKAFOR}/offers")
    assert asked["Location"] == f"/sites/{OKAFOR}/hours"
    done = okafor.post(
        f"/sites/{OKAFOR}/hours", {"opens": "06:00", "closes": "18:30", "day": WORKING_DAYS}, follow=True
    )
    assert "Saved: your opening hours." in seen(done).said
    card = site_card(OKAFOR)
    assert card is not None
    assert (f"{card.opens:%H:%M}", f"{card.closes:%H:%M}") == ("06:00", "18:30")
    assert (days_of(card.weekdays), card.hours_listed) == ((0, 1, 2, 3, 4), False)


def test_hours_without_a_day_are_refused_beside_the_days(okafor: Client) -> None:
    before = site_card(OKAFOR)
    answer = okafor.post(f"/sites/{OKAFOR}/hours", {"opens": "06:00", "closes": "18:30"})
    assert answer.status_code == 400
    assert "No day was chosen. Choose each day you open." in seen(answer).said
    assert site_card(OKAFOR) == before


def test_a_day_on_which_the_site_is_closed_takes_no_offer(okafor: Client) -> None:
    okafor.post(f"/sites/{OKAFOR}/hours", {"opens": "06:00", "closes": "18:30", "day": WORKING_DAYS})
    saturday = MONDAY + timedelta(days=5)
    path = f"/sites/{OKAFOR}/offers?day={saturday}"
    names = list(numbers(seen(okafor.get(path))))
    answer = okafor.post(path, dict.fromkeys(names, "1"))
    assert answer.status_code == 400
    assert "This place does not open on Saturday, March 7. Nothing was changed." in seen(answer).said
    assert not any(room.sessions for room in rooms_on(OKAFOR, saturday))


def test_hours_that_are_no_times_are_said_at_their_field(okafor: Client) -> None:
    before = site_card(OKAFOR)
    answer = okafor.post(f"/sites/{OKAFOR}/hours", {"opens": "early", "closes": "18:00"})
    assert answer.status_code == 400
    assert "That is not a time." in seen(answer).said
    assert site_card(OKAFOR) == before


def test_a_day_can_be_switched_and_a_day_that_is_none_is_today(okafor: Client) -> None:
    tomorrow = MONDAY + timedelta(days=1)
    assert "Tuesday, March 3" in seen(okafor.get(f"/sites/{OKAFOR}/today?day={tomorrow}")).said
    for day in ("never", "9999-12-31", "0001-01-01", "%00"):
        assert "Monday, March 2" in seen(okafor.get(f"/sites/{OKAFOR}/today?day={day}")).said


def test_yesterday_cannot_be_offered(okafor: Client) -> None:
    yesterday = MONDAY - timedelta(days=1)
    path = f"/sites/{OKAFOR}/offers?day={yesterday}"
    page = seen(okafor.get(path))
    assert all("disabled" in field for field in page.every("input") if (field.get("name") or "").startswith("spots-"))
    names = [field["name"] or "" for field in page.every("input") if (field.get("name") or "").startswith("spots-")]
    answer = okafor.post(path, dict.fromkeys(names, "1"))
    assert answer.status_code == 400
    assert "has passed" in seen(answer).said


words = st.one_of(st.text(max_size=14), st.sampled_from(["0", "-1", "1e9", "99999999999", "٣", "1.5", "\x00", " 2 "]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(words, min_size=1, max_size=12), st.text(max_size=12), st.sampled_from(["less", "more", "other"]))
def test_garbage_never_breaks_the_offers(okafor: Client, values: list[str], button: str, name: str) -> None:
    fields = list(numbers(offers_page(okafor)))
    said = dict(zip(fields, values, strict=False)) | {name: button}
    assert okafor.post(f"/sites/{OKAFOR}/offers", said).status_code in (200, 302, 400)
    assert okafor.post(
        f"/sites/{OKAFOR}/hours", {"opens": button, "closes": values[0], "day": WORKING_DAYS}
    ).status_code in (302, 400)


def give_to_dee(*sites: UUID) -> Client:
    """Let Little Oaks' director speak for these sites too."""
    Site.objects.filter(pk__in=sites).update(provider=Site.objects.get(pk=LITTLE_OAKS).provider_id)
    return visitor(DEE)


def test_sites_that_owe_an_answer_come_first_and_then_those_that_expect_children(opened: Opened) -> None:
    opened.asked()
    tomorrow = opened.day + timedelta(days=1)
    set_offer("larkin", 4, day=tomorrow)
    held = opened.asked(day=tomorrow, decide_by=opened.at + timedelta(hours=2))
    assert held.booking is not None
    assert (held.booking.site_id, held.booking.state) == (LARKIN, BookingState.HELD)

    page = seen(give_to_dee(OKAFOR, LARKIN).get("/sites"))
    larkin, okafor, oaks = (page.said.index(name) for name in ("Larkin", "Ms. Okafor", "Little Oaks"))
    assert larkin < page.said.index("1 answer needed") < okafor < page.said.index("2 children today") < oaks
    assert okafor < page.said.index("1 site expects nobody today") < oaks
    # The list opens a site on the day it owes an answer for.
    links = [link["href"] for link in page.every("a") if "/sites/" in (link.get("href") or "")]
    assert links[0] == f"/sites/{LARKIN}/today?day={tomorrow}"


def test_a_quiet_morning_says_so_above_the_list(opened: Opened) -> None:
    page = seen(give_to_dee(OKAFOR).get("/sites"))
    assert "No answer is needed, and nobody is expected today. All your sites" in page.said


def test_many_sites_are_counted_in_as_many_queries_as_two(
    opened: Opened, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    dee = give_to_dee(*Site.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(9):
        page = seen(dee.get("/sites"))
    assert len([link for link in page.every("a") if "/today" in (link.get("href") or "")]) == Site.objects.count()


def test_a_home_chooses_to_be_asked_first_and_to_confirm_at_once_again(okafor: Client, opened: Opened) -> None:
    path = f"/sites/{OKAFOR}/new-bookings"
    assert [one["id"] for one in seen(okafor.get(path)).every("input") if "checked" in one] == ["at-once"]
    done = okafor.post(path, {"answer": "ask-first"}, follow=True)
    assert "Saved: you are asked before each booking." in seen(done).said
    assert [one["id"] for one in seen(okafor.get(path)).every("input") if "checked" in one] == ["ask-first"]
    assert "You are asked before each booking." in offers_page(okafor).said
    close_all_but("okafor")
    view = opened.asked()
    assert view.booking is not None
    assert view.booking.state is BookingState.HELD

    okafor.post(path, {"answer": "at-once"})
    card = site_card(OKAFOR)
    assert card is not None
    assert card.instant


def test_no_choice_changes_nothing_and_is_said(okafor: Client) -> None:
    before = site_card(OKAFOR)
    answer = okafor.post(f"/sites/{OKAFOR}/new-bookings", {"answer": "perhaps"})
    assert answer.status_code == 400
    assert "Nothing was changed. Choose one of the two." in seen(answer).said
    assert site_card(OKAFOR) == before
