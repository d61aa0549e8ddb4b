"""Anybody reads the law of a place on a phone, in the dark and on paper, in two languages."""

from collections.abc import Callable

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]


@pytest.mark.parametrize(("language", "heading"), [("en-US", "What the law says"), ("es-US", "Lo que dice la ley")])
def test_the_law_of_each_place_fits_a_phone_and_can_be_read_by_everybody(
    phone: Callable, language: str, heading: str
) -> None:
    reader = phone(locale=language)
    reader.go("/law")
    reader.look()
    assert reader.page.get_by_role("heading", level=1).inner_text() == heading
    places = [link.get_attribute("href") for link in reader.page.locator("main li a").all()]
    assert len(places) == 11
    for place in ("/law/us", "/law/tn", "/law/nyc"):
        assert place in places
        reader.go(place)
        reader.look()


def test_another_day_is_two_taps_away(phone: Callable) -> None:
    reader = phone(locale="en-US", color_scheme="dark")
    reader.go("/law/us")
    reader.page.get_by_label("On this day").fill("2026-01-01")
    reader.page.get_by_label("Compare with").fill("2025-12-31")
    reader.page.get_by_role("button", name="Show").click()
    reader.look()
    assert reader.page.get_by_text("Anyone else: 5,000 before, 7,500 now").is_visible()


def test_on_paper_the_address_of_a_source_is_told_and_the_form_is_not(phone: Callable) -> None:
    reader = phone(locale="en-US")
    reader.go("/law/oh")
    source = reader.page.get_by_text("https://www.legalfix.com/").first
    assert not source.is_visible()
    reader.page.emulate_media(media="print")
    assert source.is_visible()
    assert not reader.page.get_by_role("button", name="Show").is_visible()
