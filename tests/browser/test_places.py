"""A parent looks a place up on a phone, in both languages and lights; a home says on which days it opens."""

from collections.abc import Callable

import pytest

from cast import OKAFOR
from daybreak.network.queries import site_card
from daybreak.network.weekdays import days_of

from .conftest import Phone, Stage
from .test_story import ask

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rosa_reads_what_is_on_file_about_the_place_she_got(phone: Callable[..., Phone], scheme: str) -> None:
    rosas = phone(color_scheme=scheme)
    rosas.be("Rosa")
    ask(rosas)
    rosas.page.get_by_role("link", name="Hours, ages, checks and the way there").click()
    assert rosas.page.get_by_role("heading", level=1).inner_text().startswith("Ms. Okafor's")
    assert rosas.page.get_by_text("In force, number").count() == 1
    assert rosas.page.get_by_role("img").count() >= 1
    rosas.look("place" if scheme == "light" else "")
    rosas.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert rosas.page.evaluate("document.documentElement.scrollWidth") <= 360
    rosas.page.get_by_role("link", name="Back to your requests").click()
    assert rosas.page.get_by_text("Ms. Okafor's family child care home").count() >= 1


def test_marisol_reads_it_in_spanish(phone: Callable[..., Phone]) -> None:
    marisols = phone(locale="es-US")
    marisols.be("Marisol")
    ask(marisols, children=1, words=("Siguiente", "Buscar cuidado"))
    marisols.page.get_by_role("link", name="Horario, edades, controles y cómo llegar").click()
    assert marisols.page.get_by_text("Controles registrados").count() == 1
    marisols.look()


def test_a_home_says_on_which_days_it_opens(phone: Callable[..., Phone], stage: Stage) -> None:
    okafors = phone()
    okafors.be("Ngozi Okafor")
    okafors.go(f"/sites/{OKAFOR}/hours")
    okafors.look()
    for day in ("Saturday", "Sunday"):
        okafors.page.get_by_label(day).uncheck()
    okafors.page.get_by_role("button", name="Save").click()
    card = site_card(OKAFOR)
    assert card is not None
    assert days_of(card.weekdays) == (0, 1, 2, 3, 4)
    assert stage.address
