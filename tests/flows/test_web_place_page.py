"""A parent looks up a place: hours, ages, checks on file and the way there; nobody else has a use for the page."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, time
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cast import DEE, LITTLE_OAKS, OKAFOR, ROSA, Opened
from daybreak.accounts.terms import RoleKind
from daybreak.network.models import License, Room, Site, Staffer
from daybreak.placement.terms import Kind
from web_visits import Seen, at_dawn, newcomer, seen, visitor


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def rosa(opened: Opened) -> Client:
    return visitor(ROSA)


def place(client: Client, site: object = OKAFOR) -> Seen:
    return seen(client.get(f"/places/{site}"))


def test_the_request_page_leads_to_the_place_and_back(rosa: Client, opened: Opened) -> None:
    view = opened.asked()
    page = seen(rosa.get(f"/requests/{view.request_id}"))
    assert "Hours, ages, checks and the way there" in page.said
    assert f"/places/{OKAFOR}" in [link.get("href") for link in page.every("a")]
    assert "Back to your requests" in place(rosa).said


def test_it_says_hours_ages_license_and_minutes(rosa: Client) -> None:
    Site.objects.filter(pk=OKAFOR).update(
        **{
            "opens": time(6, 30),
            "closes": time(18),
            "weekdays": 31,
            "hours_simulated": False,
            "address": "12 Elm Street",
        }
    )
    License.objects.filter(site=OKAFOR).update(from_day=date(2025, 1, 2), capacity=6)
    page = place(rosa)
    assert "6:30 a.m. to 6:00 p.m. Monday to Friday" in page.said
    assert "Said by the place itself." in page.said
    assert "12 Elm Street" in page.said
    assert "In force, number" in page.said
    assert "January 2, 2025" in page.said or "Jan. 2, 2025" in page.said
    assert "at most 6 children" in page.said
    assert "licensed for" in page.said
    assert "These are estimates from the distance, without traffic." in page.said
    assert [link.get("href") for link in page.every("a") if (link.get("href") or "").startswith("geo:")] != []
    assert len(list(page.every("svg"))) >= 1


def test_hours_of_a_list_are_called_that_and_a_rough_place_has_no_phone_map(rosa: Client) -> None:
    listed = {"hours_listed": True, "hours_simulated": False, "listed_on": date(2026, 2, 1), "located": "zip-centroid"}
    Site.objects.filter(pk=OKAFOR).update(opens=time(0), closes=time(0), **listed)
    page = place(rosa)
    assert "around the clock every day" in page.said
    assert "By its state's license list. The place itself has not said its hours yet." in page.said
    assert "the map shows the middle of its ZIP code" in page.said
    assert "February 1, 2026" in page.said or "Feb. 1, 2026" in page.said
    assert not [link for link in page.every("a") if (link.get("href") or "").startswith("geo:")]


def test_a_license_that_is_not_in_force_stands_first_and_earlier_ones_below(rosa: Client) -> None:
    old = License.objects.get(site=OKAFOR)
    License.objects.filter(pk=old.pk).update(until_day=date(2026, 2, 1))
    License.objects.create(
        id=uuid4(),
        site_id=OKAFOR,
        number=old.number,
        program=old.program,
        status="Suspended",
        from_day=date(2026, 2, 1),
        capacity=6,
        source="list.csv",
    )
    page = place(rosa)
    assert "Not in force: Suspended" in page.said
    assert "Earlier licenses" in page.said


def test_checks_of_the_staff_are_counted_and_never_named(rosa: Client) -> None:
    assert "no background check is on file here; ask the place" in place(rosa).said
    for checked in (date(2025, 5, 1), date(2026, 1, 9), None):
        Staffer.objects.create(id=uuid4(), site_id=OKAFOR, name_sealed="sealed", part="educator", checked_on=checked)
    Staffer.objects.create(
        id=uuid4(),
        site_id=OKAFOR,
        name_sealed="x",
        part="educator",
        checked_on=date(2020, 1, 1),
        left_on=date(2026, 1, 1),
    )
    said = place(rosa).said
    assert "2 of 3 have the date of a background check on file; the oldest is May 1, 2025" in said
    assert "sealed" not in said


def test_a_place_without_hours_or_rooms_says_so(rosa: Client) -> None:
    Site.objects.filter(pk=OKAFOR).update(opens=None, closes=None)
    Room.objects.filter(site=OKAFOR).update(licensed_spots=0)
    page = place(rosa)
    assert "Nobody has said its hours yet, so it offers no spots here." in page.said
    assert "No room is on file." in page.said


def test_it_is_written_in_spanish(opened: Opened) -> None:
    rosa = visitor(ROSA)
    rosa.post("/language", {"language": "es", "next": f"/places/{OKAFOR}"})
    said = place(rosa).said
    for words in ("Cuándo abre", "Para qué edades", "Controles registrados", "Volver a sus solicitudes"):
        assert words in said
    assert "Hours" not in said


def test_only_parents_have_a_use_for_it(opened: Opened) -> None:
    for client in (visitor(DEE), visitor(newcomer(RoleKind.PROVIDER)), visitor(newcomer())):
        assert client.get(f"/places/{OKAFOR}").status_code == 404
    assert visitor().get(f"/places/{OKAFOR}")["Location"].startswith("/sign-in")
    assert visitor(ROSA).get(f"/places/{uuid4()}").status_code == 404
    # Any parent may look up any licensed place, Little Oaks as well as the one she has a booking at.
    assert visitor(ROSA).get(f"/places/{LITTLE_OAKS}").status_code == 200


def test_a_caregiver_who_comes_to_homes_is_no_place_to_look_up(rosa: Client) -> None:
    Site.objects.filter(pk=OKAFOR).update(kind=Kind.IN_HOME)
    assert rosa.get(f"/places/{OKAFOR}").status_code == 404


def test_it_asks_the_database_a_handful_of_times(
    rosa: Client, django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    with django_assert_max_num_queries(16):
        assert rosa.get(f"/places/{OKAFOR}").status_code == 200
