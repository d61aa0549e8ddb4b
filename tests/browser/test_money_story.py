"""A booking that would cross the tax limit is warned of first, in both languages; the clerk closes the month."""

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings

from cast import DAWN, clock
from daybreak.accounts.terms import RoleKind
from daybreak.demo.cast import made_id
from daybreak.kernel.money import Money
from daybreak.plan.actions.facts import say_tax_facts
from daybreak.plan.tax.terms import Taxpayer
from web_visits import newcomer, visitor

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]


def almost_there(*keys: str) -> None:
    """Each has set so much aside from pay that one more booking crosses the limit."""
    for key in keys:
        taxpayer = Taxpayer(fsa=Money.dollars(7480))
        say_tax_facts(employee_id=made_id(f"employee {key}"), year=2026, taxpayer=taxpayer, at=DAWN)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_rosa_is_warned_before_she_asks_and_reads_her_money_afterwards(
    phone: Callable[..., Phone], stage: Stage, scheme: str
) -> None:
    almost_there("rosa")
    rosas = phone(color_scheme=scheme)
    rosas.be("Rosa")
    rosas.page.get_by_role("link", name="Ask for care").click()
    for number in (1, 2):
        rosas.page.locator(f"#child-{number}").check()
    for _ in range(2):
        rosas.page.get_by_role("button", name="Next").click()
    assert rosas.page.get_by_text("free of tax in a year, $7,500.00").count() == 1
    assert rosas.page.get_by_text("Uses 1 day of 10 days left").count() == 1
    rosas.look("ask-check-taxed" if scheme == "light" else "")
    rosas.page.get_by_role("button", name="Find care").click()
    rosas.go("/money")
    assert rosas.page.get_by_text("9 days", exact=True).count() == 1
    assert rosas.page.get_by_text("Added to your pay (boxes 1, 3 and 5)").count() == 1
    rosas.look("money" if scheme == "light" else "")
    rosas.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert rosas.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_marisol_is_warned_in_spanish(phone: Callable[..., Phone], stage: Stage) -> None:
    almost_there("marisol")
    marisols = phone(locale="es-US")
    marisols.be("Marisol")
    marisols.page.get_by_role("link", name="Pedir cuidado").click()
    marisols.page.locator("#child-1").check()
    for _ in range(2):
        marisols.page.get_by_role("button", name="Siguiente").click()
    assert marisols.page.get_by_text("darle sin impuestos en un año, $7,500.00").count() == 1
    marisols.look()
    marisols.page.get_by_role("button", name="Buscar cuidado").click()
    marisols.go("/money")
    assert marisols.page.get_by_text("Se agrega a su salario (casillas 1, 3 y 5)").count() == 1
    marisols.look()


def test_the_clerk_closes_the_month(phone: Callable[..., Phone], stage: Stage) -> None:
    stage.opened.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    stage.set_clock(clock(9, day=date(2026, 4, 1)))
    clerks = phone()
    session = (
        visitor(newcomer(RoleKind.CLERK, made_id("Lakeshore Logistics"))).cookies[settings.SESSION_COOKIE_NAME].value
    )
    clerks.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": stage.address}])
    clerks.go("/payroll")
    clerks.look()
    clerks.page.get_by_role("link", name="March 2026").click()
    clerks.look("payroll-month")
    with clerks.page.expect_download() as saved:
        clerks.page.get_by_role("link", name="Copays for payroll to take").click()
    before = saved.value.path().read_bytes()
    assert b",5.00," in before
    clerks.page.get_by_role("button", name="Close this month").click()
    assert clerks.page.get_by_text("Closed on April 1, 2026.").count() == 1
    clerks.look()
    with clerks.page.expect_download() as again:
        clerks.page.get_by_role("link", name="Copays for payroll to take").click()
    assert again.value.path().read_bytes() == before
