"""The main job in a real browser, on a phone: from asking at 5:40 to attending, in two languages.

DAYBREAK_PICTURES=1 makes it write the pictures of the docs.
"""

from collections.abc import Callable

import pytest

from cast import clock, close_all_but
from daybreak.care.models import Booking, CareRequest

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]


def ask(phone: Phone, *, look: bool = False, children: int = 2, words: tuple[str, str] = ("Next", "Find care")) -> None:
    """Go through the three screens; the shift and the day are already right."""
    onward, find = words
    page = phone.page
    page.locator(".act a, .act button").first.click()
    for number in range(1, children + 1):
        page.locator(f"#child-{number}").check()
    if look:
        phone.look("ask-who")
    page.get_by_role("button", name=onward).click()
    if look:
        phone.look("ask-hours")
    page.get_by_role("button", name=onward).click()
    if look:
        phone.look("ask-check")
    page.get_by_role("button", name=find).click()


def test_rosa_asks_at_dawn_and_her_children_are_expected_on_her_way(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas, okafors = phone(), phone()

    rosas.go("/demo/")
    rosas.look("demo-first-page")
    rosas.be("Rosa")
    rosas.look()
    ask(rosas, look=True)
    assert (
        rosas.page.get_by_role("heading", level=1).inner_text().startswith("Ada and Ben have a place at Ms. Okafor's")
    )
    assert rosas.page.get_by_text("6:49 a.m.").count() >= 1
    assert rosas.page.get_by_role("img").count() >= 1
    rosas.page.get_by_text("Why other places did not fit").click()
    rosas.look("request-confirmed")

    okafors.be("Ngozi Okafor")
    assert okafors.page.get_by_role("listitem").filter(has_text="Ada,").count() >= 1
    assert okafors.page.get_by_role("checkbox", name="Ada").is_checked()
    assert okafors.page.get_by_text("Peanut allergy").count() == 1
    okafors.look("provider-today")
    okafors.page.get_by_role("link", name="Spots you offer").click()
    okafors.look("provider-offers")

    stage.work()
    rosas.go("/demo/phones")
    assert rosas.page.get_by_text("Confirmed: Ms. Okafor").count() == 1
    rosas.look("phones")

    stage.set_clock(clock(6, 50))
    okafors.go("/")
    okafors.page.get_by_role("button", name="They came", exact=True).click()
    assert Booking.objects.get().state == "attended"
    okafors.look()
    rosas.be("Rosa")
    rosas.look()
    assert CareRequest.objects.get().state == "closed"


def test_marisol_asks_in_spanish(phone: Callable[..., Phone], stage: Stage) -> None:
    marisols = phone(locale="es-US")
    marisols.be("Marisol")
    assert marisols.page.locator("html").get_attribute("lang") == "es"
    ask(marisols, children=1, words=("Siguiente", "Buscar cuidado"))
    heading = marisols.page.get_by_role("heading", level=1).inner_text()
    assert "Lucía" in heading
    assert Booking.objects.get().state == "confirmed"
    marisols.look("request-confirmed-es")
    stage.work()
    marisols.go("/demo/phones")
    assert marisols.page.get_by_text("Confirmado", exact=False).count() >= 1


def test_the_whole_job_needs_no_script(phone: Callable[..., Phone]) -> None:
    plain = phone(java_script_enabled=False)
    plain.be("Rosa")
    ask(plain)
    assert Booking.objects.get().state == "confirmed"
    plain.page.get_by_role("link", name="I no longer need care").click()
    plain.page.locator("main form button").last.click()
    assert Booking.objects.get().state == "canceled"


def test_two_impatient_taps_are_one_request(phone: Callable[..., Phone]) -> None:
    rosas = phone()
    rosas.be("Rosa")
    page = rosas.page
    page.get_by_role("link", name="Ask for care").click()
    page.locator("#child-1").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Find care").dblclick()
    page.wait_for_url("**/requests/**")
    page.go_back()
    page.get_by_role("button", name="Find care").click()
    page.wait_for_url("**/requests/**")
    assert CareRequest.objects.count() == 1
    assert Booking.objects.count() == 1


def test_the_whole_job_goes_by_keyboard_alone(phone: Callable[..., Phone]) -> None:
    rosas = phone(viewport={"width": 1024, "height": 768})
    rosas.be("Rosa")
    page = rosas.page

    def tab_to(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "() => { const e = document.activeElement;"
                " return (e.labels && e.labels.length ? e.labels[0].innerText : e.innerText) || '' }"
            )
            if focused.strip().startswith(name):
                return
        raise AssertionError(f"{name} cannot be reached by keyboard on {page.url}")

    tab_to("Ask for care")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask")
    tab_to("Ada")
    page.keyboard.press("Space")
    tab_to("Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/hours**")
    tab_to("Next")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask/check**")
    tab_to("Find care")
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/**")
    assert Booking.objects.get().state == "confirmed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_hold_up_in_both_lights_and_at_twice_the_size(phone: Callable[..., Phone], scheme: str) -> None:
    rosas = phone(color_scheme=scheme)
    rosas.be("Rosa")
    rosas.look()
    ask(rosas)
    rosas.look()
    rosas.page.evaluate("document.documentElement.style.fontSize = '200%'")
    width = rosas.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_a_home_that_is_asked_answers_and_the_waiting_page_follows_by_itself(
    phone: Callable[..., Phone], stage: Stage
) -> None:
    close_all_but("larkin")
    rosas, sams = phone(), phone()
    rosas.be("Rosa")
    ask(rosas)
    rosas.page.wait_for_url("**/requests/**")
    assert Booking.objects.get().state == "held"
    rosas.look()

    sams.be("Sam Larkin")
    sams.look("provider-asked")
    sams.page.get_by_role("button", name="Accept").click()
    assert Booking.objects.get().state == "confirmed"
    rosas.page.get_by_role("heading", name="have a place").wait_for(timeout=15_000)


def test_a_family_for_whom_nothing_is_found_reads_what_was_tried(phone: Callable[..., Phone], stage: Stage) -> None:
    close_all_but()
    rosas = phone()
    rosas.be("Rosa")
    ask(rosas)
    rosas.page.wait_for_url("**/requests/**")
    rosas.look()
    stage.set_clock(clock(6, 14))
    stage.work()
    assert CareRequest.objects.get().state == "unfilled"
    rosas.page.get_by_text("What was tried").wait_for()
    rosas.go(f"/requests/{CareRequest.objects.get().pk}")
    rosas.look("request-unfilled")
    assert rosas.page.get_by_text("leave rights").count() >= 1
