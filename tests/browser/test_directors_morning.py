"""A center director's morning on a phone: an educator is ill, fewer spots, one family cannot be taken and reads why.

Once by taps and once by nothing but text messages; in two languages, by keyboard too.
"""

from collections.abc import Callable
from datetime import time

import pytest
from playwright.sync_api import Page

from cast import DEE, LITTLE_OAKS, LUCIA, MARISOL, close_all_but
from daybreak.accounts.actions import set_language
from daybreak.care.models import Booking
from daybreak.demo.cast import made_id
from daybreak.network.models import RoomSession

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

WORDS = {
    "en": {
        "now": "Right now",
        "fewer": "One fewer: Preschool",
        "ill": "Lena Kowalski is ill",
        "too many": "Toddlers: 1 child too many",
        "cannot": "I cannot take them",
        "told": "The family has been told why",
        "back": "Lena Kowalski is there after all",
        "text": ("ILL LENA", "too many: 1 child", "Canceled: 1 child"),
    },
    "es": {
        "now": "Ahora",
        "fewer": "Uno menos: Preschool",
        "ill": "Falta Lena Kowalski",
        "too many": "Toddlers: sobra 1 niño",
        "cannot": "No puedo recibirlos",
        "told": "La familia ya sabe por qué",
        "back": "Lena Kowalski sí está",
        "text": ("ENFERMA LENA", "sobran: 1 niño", "Cancelado: 1 niño"),
    },
}
PRESCHOOL = made_id("room Preschool of little-oaks")


def lucia_has_a_place(stage: Stage) -> Booking:
    close_all_but("little-oaks")
    view = stage.opened.asked(who=MARISOL, household="marisol", children=[LUCIA], starts=time(7, 30))
    assert view.booking is not None
    assert view.booking.site_id == LITTLE_OAKS
    return Booking.objects.get(pk=view.booking.booking_id)


def press(page: Page, name: str) -> None:
    """Reach a button by keyboard alone and press it."""
    button = page.get_by_role("button", name=name)
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard on {page.url}")


@pytest.mark.parametrize("language", WORDS)
def test_an_educator_is_ill_and_one_family_is_told_why(
    phone: Callable[..., Phone], stage: Stage, language: str
) -> None:
    words = WORDS[language]
    set_language(person_id=DEE, language=language, at=stage.opened.at)
    booking = lucia_has_a_place(stage)
    dees = phone()
    page = dees.page
    dees.be("Dee Wanamaker")
    dees.look()
    page.get_by_role("link", name=str(words["now"]), exact=True).click()
    dees.look("provider-now" if language == "en" else "")

    for _ in range(2):
        press(page, str(words["fewer"]))
    assert set(RoomSession.objects.filter(room=PRESCHOOL, session="morning").values_list("spots", flat=True)) == {2}

    press(page, str(words["ill"]))
    page.get_by_role("heading", name=str(words["too many"])).wait_for()
    assert page.get_by_text("418-1").count() >= 1
    dees.look("provider-too-many" if language == "en" else "")
    press(page, str(words["cannot"]))
    page.get_by_text(str(words["told"])).wait_for()
    assert page.get_by_role("heading", name=str(words["too many"])).count() == 0
    assert page.get_by_role("button", name=str(words["back"])).count() == 1
    dees.look()

    booking.refresh_from_db()
    assert booking.state == "withdrawn"
    marisols = phone(locale="es-US")
    marisols.be("Marisol")
    marisols.go(f"/requests/{booking.request_id}")
    assert marisols.page.get_by_text("418-1").count() == 1
    marisols.look()


@pytest.mark.parametrize("language", WORDS)
def test_the_same_morning_by_text_messages_alone(phone: Callable[..., Phone], stage: Stage, language: str) -> None:
    texts = WORDS[language]["text"]
    assert isinstance(texts, tuple)
    ill, too_many, canceled = texts
    set_language(person_id=DEE, language=language, at=stage.opened.at)
    booking = lucia_has_a_place(stage)
    dees = phone()
    page = dees.page
    dees.go("/demo/phones/+17165550112")

    def send(body: str, answer: str) -> None:
        page.locator("#say").fill(body)
        with page.expect_navigation():
            page.locator("#say").press("Enter")
        stage.work()
        dees.go("/demo/phones/+17165550112")
        assert page.get_by_text(answer).count() >= 1

    send(ill, too_many)
    dees.look("phone-educator-ill" if language == "en" else "")
    send("1", canceled)
    booking.refresh_from_db()
    assert booking.state == "withdrawn"
    dees.go("/demo/phones?still")
    assert page.get_by_text("418-1").count() >= 1
    dees.look()


def test_a_caregivers_pages_hold_up_on_a_phone(phone: Callable[..., Phone], stage: Stage) -> None:
    ines = phone(color_scheme="dark")
    ines.be("Inés Quiroga")
    ines.look()
    for path in ("week", "about", "earned", "now", "offers"):
        ines.go(f"/sites/{made_id('ines')}/{path}")
        ines.look("caregiver-week" if path == "week" else "")
