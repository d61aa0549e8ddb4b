"""The page of a request says what is sure, what was tried and why, and until when."""

from datetime import timedelta

import pytest
from django.test import Client

from cast import DAWN, MARISOL, NADIA, ROSA, SAM, Opened, clock, close_all_but, household_of
from daybreak.care.actions.answer import decline_booking, withdraw_booking
from daybreak.care.actions.clock import work_due
from daybreak.care.states import RequestState
from daybreak.demo.cast import made_id
from daybreak.network.models import License
from web_visits import at_dawn, seen, visitor


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def rosa(opened: Opened) -> Client:
    return visitor(ROSA)


def test_a_confirmed_place_is_shown_with_its_way_and_its_license(rosa: Client, opened: Opened) -> None:
    page = seen(rosa.get(f"/requests/{opened.asked().request_id}"))
    for words in (
        "Ada and Ben have a place at Ms. Okafor's family child care home",
        "This is confirmed for Monday, March 2.",
        "6:49 a.m.",
        "Licensed for child care, number DEMO-",
        "The license is in force that day.",
        "Ada 14 months · Mixed ages",
        "From home to Ms. Okafor's family child care home: 11 minutes.",
        "You asked",
        "Why other places did not fit",
    ):
        assert words in page.said
    assert not list(page.every("script"))


def test_a_place_whose_license_no_longer_holds_that_day_is_not_called_licensed(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    License.objects.filter(site=view.booking.site_id).update(status="Suspended")
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "does not show this place as licensed on that day" in page.said
    assert "in force" not in page.said


def test_a_registered_home_is_called_registered(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    License.objects.filter(site=view.booking.site_id).update(status="Registration")
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "Registered for child care, number DEMO-" in page.said
    assert "The registration is in force that day." in page.said


def test_a_home_that_is_asked_is_not_yet_sure(rosa: Client, opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked()
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "is asked to take Ada and Ben" in page.said
    assert "The answer comes by 5:50 a.m.; nothing is sure until then." in page.said
    assert "Who needs care Ada" in page.said
    assert any(part.get("hx-trigger") == "every 3s" for part in page.every("div"))
    assert "License" in page.said


def test_a_request_that_is_looking_says_until_when_and_asks_again_without_a_script(
    rosa: Client, opened: Opened
) -> None:
    close_all_but()
    response = rosa.get(f"/requests/{opened.asked().request_id}")
    page = seen(response)
    assert "Looking for a place for Ada and Ben" in page.said
    assert "You know by 6:10 a.m." in page.said
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in response.content.decode()


def test_the_waiting_part_is_fetched_again_until_something_is_settled(rosa: Client, opened: Opened) -> None:
    close_all_but()
    request = opened.asked()
    page = seen(rosa.get(f"/requests/{request.request_id}"))
    (poll,) = [part["hx-get"] for part in page.every("div") if part.get("hx-get")]
    assert poll is not None
    still = rosa.get(poll, headers={"HX-Request": "true"})
    assert still.status_code == 200
    assert "HX-Refresh" not in still
    assert seen(still).said == "asked 5:40 a.m. You know by 6:10 a.m."

    rosa.post(f"/requests/{request.request_id}/cancel")
    settled = rosa.get(poll, headers={"HX-Request": "true"})
    assert (settled.status_code, settled["HX-Refresh"]) == (204, "true")


def test_the_waiting_part_by_itself_leads_to_its_page(rosa: Client, opened: Opened) -> None:
    request = opened.asked()
    answer = rosa.get(f"/requests/{request.request_id}/now")
    assert answer["Location"] == f"/requests/{request.request_id}"


def test_when_nothing_is_found_the_page_is_a_plain_statement(
    rosa: Client, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_all_but()
    request = opened.asked()
    later = DAWN + timedelta(minutes=31)
    while work_due(at=later, holder="worker"):
        continue
    assert opened.view(request.request_id).state is RequestState.UNFILLED
    at_dawn(monkeypatch, later)
    page = seen(rosa.get(f"/requests/{request.request_id}"))
    for words in (
        "No place was found for Monday, March 2",
        "Nothing is booked.",
        f"Statement {request.name}, 6:11 a.m. on Monday, March 2",
        "You asked 5:40 a.m., Monday, March 2",
        "Which leave rights apply Not known here yet.",
        "Nothing on offer that day",
        "2 Not open for all your hours The one closest to fitting: This place is open from",
        "No place found, and you were told",
        "Ask for care again",
    ):
        assert words in page.said


def test_a_home_that_says_no_is_named_with_what_came_of_it(rosa: Client, opened: Opened) -> None:
    close_all_but("larkin")
    view = opened.asked()
    assert view.booking is not None
    decline_booking(booking_id=view.booking.booking_id, actor=SAM, at=DAWN)
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "said no" in page.said
    assert "Looking for a place for Ada and Ben" in page.said


def test_after_a_home_cancels_the_family_sees_the_next_place_without_asking_again(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    withdraw_booking(booking_id=view.booking.booking_id, actor=made_id("provider person okafor"), at=DAWN)
    work_due(at=DAWN, holder="worker")
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "canceled the booking" in page.said


def test_canceling_asks_once_more_and_then_frees_the_place(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    question = seen(rosa.get(f"/requests/{view.request_id}/cancel"))
    assert "goes to another family at once" in question.said
    assert opened.view(view.request_id).state is RequestState.PLACED

    answer = rosa.post(f"/requests/{view.request_id}/cancel", follow=True)
    assert "You canceled this request" in seen(answer).said
    assert opened.view(view.request_id).state is RequestState.CANCELED


def test_what_has_ended_cannot_be_canceled_again_and_says_so(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    rosa.post(f"/requests/{view.request_id}/cancel")
    again = rosa.post(f"/requests/{view.request_id}/cancel")
    assert again.status_code == 409
    assert "This was settled otherwise in the meantime." in seen(again).said
    assert rosa.get(f"/requests/{view.request_id}/cancel")["Location"] == f"/requests/{view.request_id}"


def test_the_first_page_lists_what_is_going_on_before_what_was(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    rosa.post(f"/requests/{view.request_id}/cancel")
    opened.asked(day=opened.day + timedelta(days=1), at=DAWN, decide_by=clock(9))
    page = seen(rosa.get("/"))
    assert page.said.index("Tuesday, March 3") < page.said.index("Earlier requests") < page.said.index("You canceled")


def test_who_has_nothing_in_reach_is_told_so(opened: Opened) -> None:
    household = household_of("nadia")
    children = [made_id("child Josette"), made_id("child Remy")]
    view = opened.asked(who=NADIA, household="nadia", children=children)
    assert view.household_id == household
    page = seen(visitor(NADIA).get(f"/requests/{view.request_id}"))
    assert "No licensed place within your reach is known yet." in page.said


def test_the_page_speaks_the_parents_language(opened: Opened) -> None:
    view = opened.asked(who=MARISOL, household="marisol", children=[made_id("child Lucía")])
    response = visitor(MARISOL).get(f"/requests/{view.request_id}")
    assert '<html lang="es">' in response.content.decode()
    assert response["Content-Language"] == "es"
    assert "lunes 2 de marzo" in seen(response).said
    assert "a.m." not in seen(response).said
