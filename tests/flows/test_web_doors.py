"""Nothing opens that the table does not open: every address, every role, and two outsiders."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from cast import DAWN, DEE, MS_OKAFOR, OKAFOR, ROSA, Opened
from daybreak.accounts.terms import RoleKind
from daybreak.audit.models import AuditEvent
from daybreak.demo.cast import made_id
from daybreak.demo.opening import open_day
from daybreak.kernel.errors import LostRace
from daybreak.network.queries import site_card
from daybreak.web import parents
from daybreak.web.access import PAGES, TABLE, Purpose, Who
from web_visits import at_dawn, newcomer, seen, visitor


def our_patterns() -> list[URLPattern]:
    """Every address but the demo's, which is mounted under its own name and never in production."""
    patterns = []
    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace == "demo":
                continue
            patterns += [pattern for pattern in entry.url_patterns if isinstance(pattern, URLPattern)]
        else:
            patterns.append(entry)
    return patterns


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def test_every_address_is_in_the_table_and_every_line_of_it_has_an_address() -> None:
    assert {pattern.name for pattern in our_patterns()} == set(PAGES)


@pytest.mark.parametrize("pattern", our_patterns(), ids=lambda pattern: str(pattern.name))
def test_every_view_goes_through_the_door_of_its_purpose(pattern: URLPattern) -> None:
    callback: Callable[..., HttpResponse] = pattern.callback
    assert getattr(callback, "purpose", None) is PAGES[pattern.name or ""]


def address(pattern: URLPattern, request_id: UUID, booking_id: UUID) -> str:
    things = {
        "request_id": request_id,
        "booking_id": booking_id,
        "site_id": OKAFOR,
        "token": "not-a-token",
        "place": "oh",
    }
    wanted = pattern.pattern.converters
    path = str(pattern.pattern)
    for name, value in things.items():
        if name in wanted:
            path = path.replace(f"<uuid:{name}>", str(value)).replace(f"<str:{name}>", str(value))
    return f"/{path}"


def opens(response: HttpResponse) -> bool:
    """A page that is not there, or that sends a stranger to sign in, has not opened."""
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/sign-in")
    return response.status_code != 404 and not to_sign_in


INSIDERS = {
    Who.ANYBODY: {"nobody", "rosa", "okafor", "other parent", "other provider", "dana", "operator"},
    Who.TESTER: {"nobody", "rosa", "okafor", "other parent", "other provider", "dana", "operator"},
    Who.ANY_PARENT: {"rosa", "other parent"},
    Who.FAMILY: {"rosa"},
    Who.ANY_PROVIDER: {"okafor", "other provider"},
    Who.PROVIDER: {"okafor"},
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_opens_that_the_table_does_not_open(opened: Opened, method: str) -> None:
    view = opened.asked()
    assert view.booking is not None
    people = {
        "nobody": None,
        "rosa": ROSA,
        "okafor": MS_OKAFOR,
        # From another employer, with a household of her own.
        "other parent": made_id("marisol"),
        "other provider": DEE,
        "dana": newcomer(RoleKind.CLERK),
        "operator": newcomer(RoleKind.OPERATOR),
    }
    opened_by: dict[str, set[str]] = {}
    for name, person in people.items():
        client = visitor(person)
        for pattern in our_patterns():
            if pattern.name == "sign-out":
                continue
            path = address(pattern, view.request_id, view.booking.booking_id)
            # What is sent is no answer to any form: what must show is whether the door opens, not what is behind it.
            response = getattr(client, method)(path)
            assert response.status_code < 500, path
            if opens(response):
                opened_by.setdefault(pattern.name or "", set()).add(name)
    expected = {name: INSIDERS[TABLE[purpose]] for name, purpose in PAGES.items() if name != "sign-out"}
    if method == "post":
        # A stranger who posts to the first sign-in page is answered there, and the rest need no body to show the door.
        expected |= {name: opened_by[name] for name, purpose in PAGES.items() if purpose is Purpose.COME_IN}
    assert opened_by == expected


def test_what_is_missing_and_what_is_forbidden_look_the_same(opened: Opened) -> None:
    view = opened.asked()
    client = visitor(made_id("marisol"))
    forbidden, missing = client.get(f"/requests/{view.request_id}"), client.get(f"/requests/{uuid4()}")
    assert forbidden.status_code == missing.status_code == 404
    assert seen(forbidden).said == seen(missing).said


def test_a_stranger_cannot_learn_whether_a_request_exists(opened: Opened) -> None:
    view = opened.asked()
    answers = [visitor().get(f"/requests/{ref}").status_code for ref in (view.request_id, uuid4())]
    assert answers == [302, 302]


def test_an_outsider_who_posts_changes_nothing(opened: Opened) -> None:
    view = opened.asked()
    assert view.booking is not None
    before, card = AuditEvent.objects.count(), site_card(OKAFOR)
    theirs = visitor(DEE)
    for path, said in (
        (f"/requests/{view.request_id}/cancel", {}),
        (f"/bookings/{view.booking.booking_id}/answer", {"answer": "decline"}),
        (f"/bookings/{view.booking.booking_id}/attendance", {"came": "yes"}),
        (f"/bookings/{view.booking.booking_id}/withdraw", {}),
        (f"/sites/{OKAFOR}/offers", {}),
        (f"/sites/{OKAFOR}/hours", {"opens": "07:00", "closes": "08:00"}),
        (f"/sites/{OKAFOR}/new-bookings", {"answer": "ask-first"}),
        (f"/sites/{OKAFOR}/now/spots", {"room": str(made_id("room Mixed ages of okafor")), "open": "1"}),
        (f"/sites/{OKAFOR}/now/staff", {"staffer": str(made_id("okafor")), "is": "gone"}),
        (f"/sites/{OKAFOR}/about", {"part": "rate", "rate": "90"}),
        (f"/sites/{OKAFOR}/week", {"starts-0": "07:00", "ends-0": "18:00"}),
        (f"/bookings/{view.booking.booking_id}/cannot-take", {}),
    ):
        assert theirs.post(path, said).status_code == 404, path
    assert opened.view(view.request_id) == view
    assert AuditEvent.objects.count() == before
    assert site_card(OKAFOR) == card


@pytest.mark.django_db
def test_whoever_has_no_page_yet_is_told_so_plainly() -> None:
    open_day(DAWN.date(), DAWN)
    page = seen(visitor(newcomer(RoleKind.CLERK)).get("/"))
    assert "There is no page for your role yet." in page.said
    assert "Rosa" not in page.said


def test_a_lost_race_is_a_sentence_and_not_a_broken_page(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    view = opened.asked()

    def lose(**_: object) -> None:
        raise LostRace("somebody was first")

    monkeypatch.setattr(parents, "cancel_request", lose)
    answer = visitor(ROSA).post(f"/requests/{view.request_id}/cancel")
    assert answer.status_code == 409
    assert "What you sent was not done." in seen(answer).said
