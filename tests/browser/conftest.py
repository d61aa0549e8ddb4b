"""A real Chromium on a phone of 360 pixels, the cast's Monday at 5:40, and a worker's round when asked for."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from cast import DAWN, Opened, open_cast
from daybreak.cli.worker import round_of_work

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium: install it from your system's packages (apt install chromium)")
    launched = playwright.chromium.launch(executable_path=found, args=QUIET)
    yield launched
    launched.close()


@dataclass
class Stage:
    """The opened day behind a live server, and what a story does with it."""

    address: str
    opened: Opened
    settings: Settings

    def set_clock(self, at: datetime) -> None:
        """Let the edge's clock say `at` from now on."""
        self.settings.CLOCK_AHEAD = (at - datetime.now(UTC)).total_seconds()

    def work(self) -> None:
        """Let the worker do what is due, as it would within a second."""
        ahead = self.settings.CLOCK_AHEAD
        at = datetime.fromtimestamp(datetime.now(UTC).timestamp() + ahead, UTC)
        while round_of_work(at, "story"):
            pass


@pytest.fixture
def stage(transactional_db: None, live_server: LiveServer, settings: Settings) -> Stage:
    settings.ADDRESS = live_server.url
    settings.SMS_ADDRESS = f"{live_server.url}/demo/phone"
    settings.SMS_ACCOUNT = settings.SMS_TOKEN = "demo"
    settings.SMS_FROM = "+17165550100"
    settings.EMAIL_BACKEND = "daybreak.demo.mailbox.Mailbox"
    stage = Stage(live_server.url, open_cast(), settings)
    stage.set_clock(DAWN)
    return stage


@dataclass
class Phone:
    """One page on one phone, and what is looked at on every screen."""

    page: Page
    address: str

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def be(self, name: str) -> None:
        """Become one of the demo's people."""
        self.go("/demo/")
        self.page.get_by_role("button", name=name).click()

    def look(self, picture: str = "") -> None:
        """Check the screen for accessibility, for width, and for a picture when the docs want one."""
        found = Axe().run(self.page)
        problems = [
            f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes']]}"
            for one in found.response["violations"]
        ]
        assert problems == [], f"{self.page.url}: {problems}"
        width = self.page.evaluate("document.documentElement.scrollWidth")
        shown = self.page.viewport_size
        assert shown is not None
        assert width <= shown["width"], f"{self.page.url} is {width} pixels wide on a screen of {shown['width']}"
        assert self.page.locator("h1").count() == 1
        if picture and os.environ.get("DAYBREAK_PICTURES") == "1":
            self.take(picture, width=width)

    def take(self, picture: str, *, width: int) -> None:
        """Write a picture of the whole page as a phone as tall as the page would show it."""
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": max(height, PHONE["height"])})
        PICTURES.mkdir(exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{picture}.png")
        self.page.set_viewport_size(PHONE)


def is_wrong(line: ConsoleMessage) -> bool:
    """Say whether the browser complains of a page. A form that says what it could not read answers 400 on purpose."""
    return line.type == "error" and "status of 400" not in line.text


@pytest.fixture
def phone(browser: Browser, stage: Stage) -> Iterator[Callable[..., Phone]]:
    """Phones that fail the test when a page runs into an error or a script is refused."""
    contexts, wrong = [], []

    def made(**how: object) -> Phone:
        context = browser.new_context(**{"viewport": PHONE, "device_scale_factor": 2, **how})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda line: wrong.append(f"{page.url}: {line.text}") if is_wrong(line) else None)
        return Phone(page, stage.address)

    yield made
    for context in contexts:
        context.close()
    assert wrong == []
