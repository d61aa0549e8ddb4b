"""A parent looks through the licensed places on the way, by list and map, before anybody is needed."""

import pytest

from cast import MONDAY, MS_OKAFOR, OKAFOR, ROSA, Opened, close_all_but
from daybreak.accounts.terms import RoleKind
from daybreak.demo.cast import made_id
from daybreak.network.nearby.queries import places_near
from daybreak.people.queries import household_of
from daybreak.placement.terms import Kind
from web_visits import Seen, at_dawn, newcomer, seen, visitor

pytestmark = pytest.mark.django_db

INES = made_id("ines")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def listed(page: Seen) -> list[str]:
    return [str(link["href"]) for link in page.every("a") if str(link.get("href", "")).startswith("/places/")]


def test_every_licensed_place_on_the_way_is_listed_the_shortest_detour_first(opened: Opened) -> None:
    rosas = household_of(made_id("household of rosa"))
    assert rosas is not None
    found = places_near(
        home=rosas.home, work=rosas.work, max_detour_minutes=rosas.max_detour_minutes, day=MONDAY, most=40
    )
    assert [near.minutes for near in found.places] == sorted(near.minutes for near in found.places)
    assert all(near.minutes <= rosas.max_detour_minutes for near in found.places)
    assert {near.card.kind for near in found.places} == {Kind.CENTER, Kind.FAMILY_HOME}
    page = seen(visitor(ROSA).get("/places"))
    assert listed(page) == [f"/places/{near.card.site_id}" for near in found.places]
    assert f"/places/{OKAFOR}" in listed(page)
    assert f"/places/{INES}" not in listed(page), "a caregiver is a person and in no list"
    assert f"{found.in_all} licensed places add at most" in page.said
    assert len([circle for circle in page.every("circle") if circle.get("class") == "pin site"]) == min(
        len(found.places), 9
    )


def test_it_is_narrowed_to_a_kind_and_to_what_offers_today(opened: Opened) -> None:
    every = listed(seen(visitor(ROSA).get("/places")))
    homes = listed(seen(visitor(ROSA).get("/places?kind=home")))
    centers = listed(seen(visitor(ROSA).get("/places?kind=center")))
    assert homes
    assert centers
    assert set(homes) | set(centers) == set(every)
    assert not set(homes) & set(centers)
    close_all_but("okafor")
    offering = listed(seen(visitor(ROSA).get("/places?offering=1")))
    assert f"/places/{OKAFOR}" in offering
    assert len(offering) < len(every)
    assert "Offers spots today" in seen(visitor(ROSA).get("/places?offering=1&kind=home")).said


def test_a_word_that_is_no_kind_shows_all(opened: Opened) -> None:
    assert listed(seen(visitor(ROSA).get("/places?kind=in_home"))) == listed(seen(visitor(ROSA).get("/places")))


def test_it_is_a_parents_page(opened: Opened) -> None:
    for who in (MS_OKAFOR, newcomer(RoleKind.CLERK, made_id("Harbor Health"))):
        assert visitor(who).get("/places").status_code == 404
