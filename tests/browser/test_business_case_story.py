"""An analyst changes three inputs, shares the link, and whoever receives it sees the same digits and the same paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Phone

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(240)]

DESK = {"width": 1280, "height": 900}
SETTLED = 10_000
"""Milliseconds an answer may take on a machine that does other things."""


def opened(page: Page, part: str) -> None:
    """Unfold a part of the form."""
    summary = page.locator("details.part > summary", has_text=part)
    if summary.locator("xpath=..").get_attribute("open") is None:
        summary.click()


def change(page: Page, field: str, value: str) -> None:
    """Type over a field and leave it, as a person does, and wait until the answer has come."""
    before = page.locator("#case-link").input_value()
    page.get_by_label(field, exact=True).fill(value)
    page.get_by_label(field, exact=True).press("Tab")
    expect(page.locator("#case-link")).not_to_have_value(before, timeout=SETTLED)


def paper(page: Page, folder: Path) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Briefing as PDF").click()
    waiting.value.save_as(folder / "briefing.pdf")
    return (folder / "briefing.pdf").read_bytes()


def test_a_shared_link_shows_the_same_digits_and_gives_the_same_paper(
    phone: Callable[..., Phone], tmp_path: Path
) -> None:
    analyst = phone(viewport=DESK, device_scale_factor=1)
    analyst.go("/business-case")
    analyst.look()
    start = analyst.page.locator(".large").inner_text()
    assert "−9%" in start

    opened(analyst.page, "What it costs")
    change(analyst.page, "Yearly fee to the seller, for each employee: middle", "9")
    change(analyst.page, "Price of a day of care: high", "150")
    opened(analyst.page, "Who uses it, and how much")
    change(analyst.page, "Parents who use it in a year: middle", "14")
    answer = analyst.page.locator("#answer .large").inner_text()
    assert answer != start
    link = analyst.page.locator("#case-link").input_value()
    assert link.endswith("?start=a-skeptics-case&reach=0.05_0.14_0.22&fee=6_9_24&price=90_125_150")
    assert analyst.page.url == link, "the address itself is the link"
    analyst.look()
    told = analyst.page.locator("#answer").inner_text()
    hers = paper(analyst.page, tmp_path)

    receiver = phone()
    receiver.page.goto(link)
    assert receiver.page.locator("#answer .large").inner_text().split() == answer.split()
    assert receiver.page.locator("#answer h2.verdict").inner_text() in told
    receiver.look()
    assert paper(receiver.page, tmp_path) == hers
    assert hers.startswith(b"%PDF-")

    receiver.page.get_by_role("link", name="Briefing", exact=True).first.click()
    assert receiver.page.get_by_role("heading", level=1).inner_text() in told
    receiver.look()


def test_a_slip_is_named_beside_the_answer_and_mended(phone: Callable[..., Phone]) -> None:
    analyst = phone(viewport=DESK, device_scale_factor=1)
    analyst.go("/business-case")
    price = analyst.page.get_by_label("Price of a day of care: middle", exact=True)
    price.fill("a lot")
    price.press("Tab")
    expect(analyst.page.get_by_role("alert")).to_contain_text("Price of a day of care", timeout=SETTLED)
    analyst.look()
    price.fill("120")
    price.press("Tab")
    expect(analyst.page.locator("#case-link")).to_have_value(
        f"{analyst.address}/business-case?start=a-skeptics-case&price=90_120_180", timeout=SETTLED
    )


def test_it_works_without_a_script(phone: Callable[..., Phone]) -> None:
    plain = phone(java_script_enabled=False)
    plain.go("/business-case")
    plain.page.get_by_label("Employees", exact=True).fill("5000")
    plain.page.get_by_role("button", name="Work it out").click()
    assert plain.page.url.endswith("?start=a-skeptics-case&employees=5000")
    assert "5,000" not in plain.page.locator("h1").inner_text()
    assert plain.page.locator("#in-employees").input_value() == "5000"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_spanish_pages_and_both_lights_have_no_violation(phone: Callable[..., Phone], scheme: str) -> None:
    reader = phone(locale="es-US", color_scheme=scheme)
    reader.go("/business-case?start=unpaid-hours-counted")
    assert reader.page.locator("html").get_attribute("lang") == "es"
    reader.look()
    reader.go("/business-case/briefing?start=unpaid-hours-counted")
    reader.look()
