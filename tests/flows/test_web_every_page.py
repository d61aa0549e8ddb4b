"""What holds on every page: one heading, labels, a language, the content policy, few queries, failures in our look."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error

from cast import DAWN, LARKIN, MONDAY, MS_OKAFOR, OKAFOR, ROSA, SAM, Opened, close_all_but, set_offer
from daybreak.accounts.terms import RoleKind
from daybreak.care.standing.actions import add_district
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import Yes
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.terms import NewContract
from web_visits import at_dawn, newcomer, seen, visitor

PROVIDERS_PAGES = ("today", "offers", "hours", "new-bookings", "now", "earned", "about")
CAREGIVERS = ("today", "week", "about")
ASKING = "child={ada}&day=2026-03-02&starts=07:00&ends=15:30"


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def pages(opened: Opened) -> Iterator[tuple[Client, str]]:
    """Every page that shows something, as whoever may see it."""
    close_all_but("larkin")
    held = opened.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    set_offer("okafor", 2)
    view = opened.asked()
    assert view.booking is not None
    stranger, rosa, okafor, sam, marisol = (visitor(who) for who in (None, ROSA, MS_OKAFOR, SAM, made_id("marisol")))
    asking = ASKING.format(ada=made_id("child Ada"))
    yield from (
        (stranger, path)
        for path in (
            "/",
            "/sign-in",
            "/sign-in/sent",
            "/sign-in/token",
            "/design",
            "/nowhere",
            "/law",
            "/law/oh",
            "/law/us",
        )
    )
    yield from ((stranger, f"/business-case{path}") for path in ("", "?price=many", "/briefing"))
    yield rosa, "/money"
    yield from ((rosa, path) for path in ("/", "/ask", f"/ask/hours?{asking}", f"/ask/check?{asking}", "/ask/hours"))
    yield rosa, f"/requests/{view.request_id}"
    yield rosa, f"/requests/{view.request_id}/cancel"
    yield rosa, f"/places/{OKAFOR}"
    yield from ((rosa, path) for path in ("/places", "/places?kind=home&offering=1", "/family/address"))
    add_district(name="Queen City", zone="America/New_York", at=opened.at)
    yield from ((rosa, path) for path in ("/standing", "/rehearsal", "/rehearsal?day=2026-03-03&clock=06:00"))
    yield visitor(newcomer(RoleKind.CLERK, made_id("Harbor Health"))), "/closures"
    yield marisol, f"/requests/{held.request_id}"
    yield from ((okafor, f"/sites/{OKAFOR}/{page}") for page in PROVIDERS_PAGES)
    yield from ((visitor(made_id("provider person ines")), f"/sites/{made_id('ines')}/{page}") for page in CAREGIVERS)
    yield visitor(made_id("provider person little-oaks")), f"/sites/{made_id('little-oaks')}/now"
    yield okafor, f"/bookings/{view.booking.booking_id}/withdraw"
    yield sam, f"/sites/{LARKIN}/today"
    yield from ((rosa, path) for path in ("/account", "/hats", "/family/people", "/invitations"))
    yield from ((visitor(newcomer(RoleKind.CLERK)), path) for path in ("/account", "/second-step/app"))
    clerk = visitor(newcomer(RoleKind.CLERK, made_id("Harbor Health")))
    contract = add_agreed()
    for path in ("", "/new", "/new?q=oak", f"/new?site={LARKIN}", f"/{contract}/end"):
        yield clerk, f"/contracts{path}"


def add_agreed() -> UUID:
    """A contract of the cast's employer with a place of the cast."""
    new = NewContract(uuid4(), LARKIN, made_id("Harbor Health"), "2026-9", MONDAY, None, {}, 1, time(6))
    assert add_contract(new, at=DAWN) == Yes()
    return new.contract_id


def test_every_page_has_one_heading_a_language_a_title_and_a_label_for_each_field(opened: Opened) -> None:
    for client, path in pages(opened):
        response = client.get(path)
        page = seen(response)
        (html,) = page.every("html")
        assert html["lang"] in ("en", "es"), path
        assert len(list(page.every("h1"))) == 1, path
        assert len(list(page.every("title"))) >= 1, path
        assert [robots["content"] for robots in page.every("meta") if robots.get("name") == "robots"] == [
            "noindex, nofollow"
        ], path
        for attributes in page.every("input", "select", "textarea"):
            if attributes.get("type") != "hidden":
                named = attributes.get("id") in page.labeled or attributes.get("aria-label")
                assert named, (path, attributes)
        ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
        assert len(ids) == len(set(ids)), path
        names = ("aria-describedby", "aria-labelledby")
        described = {ref for _, one in page.tags for name in names for ref in (one.get(name) or "").split()}
        assert described <= set(ids), path


def test_every_page_sends_the_content_policy_and_keeps_it(opened: Opened) -> None:
    for client, path in pages(opened):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy, path
        assert "unsafe" not in policy, path
        page = seen(response)
        for _, attributes in page.tags:
            assert "style" not in attributes, path
            assert not [name for name in attributes if name.startswith("on")], path
        for script in page.every("script"):
            assert script.get("src"), path
            assert script.get("nonce"), path
        assert not list(page.every("style")), path
        for link in page.every("link", "script", "img"):
            for where in (link.get("href"), link.get("src")):
                # A picture made for this page alone, such as the one an app scans, stands in the page itself.
                assert where is None or where.startswith(("/", "data:image/svg+xml")), path


def test_every_form_that_writes_carries_its_token(opened: Opened) -> None:
    for client, path in pages(opened):
        page = seen(client.get(path))
        writing = [form for form in page.every("form") if form.get("method") == "post"]
        tokens = [field for field in page.every("input") if field.get("name") == "csrfmiddlewaretoken"]
        assert len(tokens) == len(writing), path


Counter = Callable[..., AbstractContextManager[Any]]


def test_pages_ask_the_database_a_handful_of_times(opened: Opened, django_assert_max_num_queries: Counter) -> None:
    view = opened.asked()
    rosa, okafor = visitor(ROSA), visitor(MS_OKAFOR)
    for client, path, most in (
        (rosa, "/", 16),
        (rosa, "/ask", 7),
        (rosa, f"/requests/{view.request_id}", 16),
        (okafor, f"/sites/{OKAFOR}/today", 15),
        (okafor, f"/sites/{OKAFOR}/offers", 13),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_a_long_list_asks_the_database_no_oftener_than_a_short_one(
    opened: Opened, django_assert_max_num_queries: Counter
) -> None:
    for days in range(1, 9):
        opened.asked(day=opened.day + timedelta(days=days), decide_by=opened.at + timedelta(hours=2))
    rosa = visitor(ROSA)
    with django_assert_max_num_queries(16):
        page = seen(rosa.get("/"))
    assert page.said.count("Looking") == 8


def test_a_form_that_was_open_too_long_is_answered_with_what_to_do(opened: Opened) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in", {"address": "rosa@example.org"})
    assert answer.status_code == 403
    assert "This form was open too long. It was not sent, and nothing was changed." in seen(answer).said


@pytest.mark.django_db
def test_a_broken_page_says_what_may_have_happened_without_asking_the_database(
    django_assert_max_num_queries: Counter,
) -> None:
    request: HttpRequest = RequestFactory().get("/")
    with django_assert_max_num_queries(0):
        broken, unread = server_error(request), bad_request(request, ValueError())
    assert "Something broke on our side." in seen(broken).said
    assert "This page could not read what was sent." in seen(unread).said


@pytest.mark.django_db
def test_health_is_ok_once_the_database_has_answered() -> None:
    answer = visitor().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_language_is_kept_and_nobody_is_sent_elsewhere(opened: Opened) -> None:
    stranger = visitor()
    answer = stranger.post("/language", {"language": "es", "next": "//example.org/"})
    assert answer["Location"] == "/"
    assert answer.cookies["language"].value == "es"
    assert '<html lang="es">' in stranger.get("/sign-in").content.decode()
    stranger.post("/language", {"language": "xx", "next": "/sign-in"})
    assert '<html lang="es">' in stranger.get("/sign-in").content.decode()

    rosa = visitor(ROSA)
    rosa.post("/language", {"language": "es", "next": "/ask"})
    assert '<html lang="es">' in rosa.get("/ask").content.decode()


def test_the_band_of_light_follows_the_hour(opened: Opened) -> None:
    (body,) = seen(visitor(ROSA).get("/")).every("body")
    assert body["class"] == "band hour-5"
