"""Parent, co-parent, clerk and caregiver in a browser: both languages and lights, by keyboard, at twice the size."""

from collections.abc import Callable

import pytest

from cast import household_of
from daybreak.accounts.actions import set_language
from daybreak.demo.cast import made_id
from daybreak.people.queries import children_of
from daybreak.people.telling.queries import told_by

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]

FAMILY = ("/", "/family", "/family/children/new", "/family/emergency", "/family/fetchers", "/family/care")
THEIRS = ("/family/hours", "/family/people", "/contact", "/calendar", "/my-data", "/my-data/erase")
FACES = {
    "Rosa": ("rosa", (*FAMILY, *THEIRS)),
    "Theo": ("theo", ("/", "/family")),
    "Dana": ("dana", ("/",)),
    "Priya": ("priya", ("/",)),
    "Olu": ("olu", ("/",)),
    "Inés": ("provider person ines", ("/", "/calendar")),
}


def twice_as_large(phone: Phone) -> None:
    """Set all text to twice its size, as a reader of small screens does; nothing may run off the side."""
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    width = phone.page.evaluate("document.documentElement.scrollWidth")
    out = phone.page.evaluate(
        "() => [...document.querySelectorAll('main *, header *')].filter(e => e.getBoundingClientRect().right > 361)"
        ".slice(0, 5).map(e => `${e.tagName} ${e.className}: ${(e.innerText || '').slice(0, 40)}`)"
    )
    assert width <= 360, f"{phone.page.url} is {width} pixels wide at twice the size: {out}"


@pytest.mark.parametrize(("language", "light"), [("en", "light"), ("es", "dark")])
def test_every_face_holds_up_in_both_languages_and_lights_and_at_twice_the_size(
    phone: Callable[..., Phone], stage: Stage, language: str, light: str
) -> None:
    stage.opened.asked()
    for name, (key, paths) in FACES.items():
        set_language(person_id=made_id(key), language=language, at=stage.opened.at)
        theirs = phone(color_scheme=light)
        theirs.be(name)
        for path in paths:
            theirs.go(path)
            assert theirs.page.locator("html").get_attribute("lang") == language
            theirs.look()
            twice_as_large(theirs)


def focus_of(phone: Phone) -> str:
    found = phone.page.evaluate(
        "() => { const e = document.activeElement; const label = e.labels && e.labels.length && e.labels[0].innerText;"
        " return label || e.getAttribute('aria-label') || e.innerText || '' }"
    )
    return str(found).strip()


def tab_to(phone: Phone, name: str) -> None:
    for _ in range(60):
        phone.page.keyboard.press("Tab")
        if focus_of(phone).startswith(name):
            return
    raise AssertionError(f"{name} cannot be reached by keyboard on {phone.page.url}")


def test_a_parent_tells_the_first_things_by_keyboard_alone(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas = phone(viewport={"width": 1024, "height": 768})
    keys = rosas.page.keyboard
    rosas.be("Rosa")
    tab_to(rosas, "Change: Your family")
    keys.press("Enter")
    rosas.page.wait_for_url("**/family")
    tab_to(rosas, "What if something happens?")
    keys.press("Enter")
    rosas.page.wait_for_url("**/family/emergency")
    tab_to(rosas, "Whom to call")
    keys.type("Call Theo first.")
    tab_to(rosas, "Save")
    keys.press("Enter")
    rosas.page.wait_for_url("**/family")
    assert told_by(household_of("rosa")).emergency == "Call Theo first."
    rosas.look("family")
    tab_to(rosas, "Add a child")
    keys.press("Enter")
    rosas.page.wait_for_url("**/family/children/new")
    tab_to(rosas, "First name")
    keys.type("Zoe")
    keys.press("Tab")
    keys.type("12242025")
    tab_to(rosas, "Save")
    keys.press("Enter")
    rosas.page.wait_for_url("**/family")
    assert [child.name for child in children_of(household_of("rosa"))] == ["Ada", "Ben", "Zoe"]


def test_a_co_parent_asks_by_keyboard_alone(phone: Callable[..., Phone], stage: Stage) -> None:
    theos = phone(viewport={"width": 1024, "height": 768})
    theos.be("Theo")
    for name, address in (("Ask for care", "**/ask"), ("Next", "**/ask/hours**"), ("Next", "**/ask/check**")):
        tab_to(theos, name)
        theos.page.keyboard.press("Enter")
        theos.page.wait_for_url(address)
    tab_to(theos, "Find care")
    theos.page.keyboard.press("Enter")
    theos.page.wait_for_url("**/requests/**")
    assert "have a place" in theos.page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(("name", "lead"), [("Dana", "Look at this month"), ("Inés", "Su semana")])
def test_whoever_has_a_desk_or_a_day_reaches_the_next_thing_by_keyboard(
    phone: Callable[..., Phone], stage: Stage, name: str, lead: str
) -> None:
    theirs = phone(viewport={"width": 1024, "height": 768})
    theirs.be(name)
    before = theirs.page.url
    tab_to(theirs, lead)
    theirs.page.keyboard.press("Enter")
    theirs.page.wait_for_url(lambda url: url != before)
    theirs.look()


def test_a_block_for_the_calendar_comes_with_one_tap(phone: Callable[..., Phone], stage: Stage) -> None:
    view = stage.opened.asked()
    rosas = phone()
    rosas.be("Rosa")
    rosas.go(f"/requests/{view.request_id}")
    rosas.look()
    with rosas.page.expect_download() as download:
        rosas.page.get_by_role("link", name="Put it into my calendar").click()
    assert download.value.suggested_filename == "hold.ics"
    assert b"SUMMARY:Hold" in download.value.path().read_bytes()
    rosas.go("/calendar")
    rosas.page.get_by_role("button", name="Make my secret address").click()
    rosas.look("calendar")


def test_rosa_takes_her_data_along_and_is_gone(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas = phone()
    rosas.be("Rosa")
    rosas.go("/my-data")
    with rosas.page.expect_download() as download:
        rosas.page.get_by_role("button", name="Export my data").click()
    assert b"Peanut allergy" in download.value.path().read_bytes()
    rosas.page.get_by_role("link", name="Erase me").click()
    rosas.page.locator("#sure").check()
    rosas.page.get_by_role("button", name="Erase me").click()
    rosas.page.get_by_role("heading", name="You are erased.").wait_for()
    rosas.look()
    rosas.go("/family")
    assert "/sign-in" in rosas.page.url


@pytest.mark.parametrize("light", ["light", "dark"])
def test_every_part_holds_up_on_the_page_of_the_design(phone: Callable[..., Phone], stage: Stage, light: str) -> None:
    judges = phone(color_scheme=light)
    judges.go("/design")
    judges.look()
    judges.page.emulate_media(media="print")
    assert not judges.page.locator(".card.next").is_visible()
    assert judges.page.locator(".notice").first.is_visible()
    assert judges.page.evaluate("document.documentElement.scrollWidth") <= 360
