"""Interviews in a real browser: the desk in one process, the interviews in another, a ticket that neither can trace."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, Request

from cast import DAWN, MONDAY
from daybreak.accounts.terms import RoleKind
from daybreak.demo.cast import made_id
from daybreak.demo.interviewing import accept_keys, free_port, interviews_environment, open_interviews
from daybreak.tickets.actions import invite, open_wave, report_answers
from daybreak.tickets.models import Invited, Wave
from daybreak.tickets.queries import published_key
from daybreak.tickets.terms import Milestone, Occasion
from web_visits import newcomer, visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(240),
    pytest.mark.django_db(transaction=True, databases=["default", "interviews"]),
]
VECTOR = json.loads((Path(__file__).resolve().parents[1] / "spec" / "rfc9474.json").read_text())
PADDED = 16384


@dataclass
class Apart:
    """The interviews' own process, with a database and keys of its own."""

    address: str
    environment: dict[str, str]
    said: Path

    def command(self, *words: str) -> str:
        command = [sys.executable, "-m", "daybreak.cli.main", "interviews", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout

    def accept(self, wave: str, folder: Path) -> None:
        file = folder / f"{wave}.json"
        file.write_text(json.dumps(published_key(wave)))
        accept_keys([file], self.environment)


@pytest.fixture
def apart(stage: object, tmp_path: Path) -> Iterator[Apart]:
    port = free_port(0)
    address = f"http://localhost:{port}"
    settings = stage.settings  # type: ignore[attr-defined]
    settings.INTERVIEWS_ADDRESS = address
    environment = interviews_environment(
        {
            **os.environ,
            "DAYBREAK_MODE": "test",
            "DAYBREAK_DATA": str(tmp_path),
            "DAYBREAK_ADDRESS": stage.address,  # type: ignore[attr-defined]
            "DAYBREAK_INTERVIEWS_ADDRESS": address,
            "DAYBREAK_INTERVIEWS_DATABASE_URL": f"sqlite:///{tmp_path / 'interviews.sqlite3'}",
            "DAYBREAK_CLOCK_AHEAD": str(settings.CLOCK_AHEAD),
        }
    )
    held = Apart(address, environment, tmp_path / "said.txt")
    held.command("migrate")
    with held.said.open("w") as said:
        command = [sys.executable, "-m", "daybreak.cli.main", "serve", "interviews", "--port", str(port)]
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)
        try:
            wait_for(address)
            yield held
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(address: str) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the interviews' process did not answer")


def get_ticket(page: Page, *, make: str, stamp: str, back: str) -> str:
    """From the interviews' page to the desk and back; returns the ticket's link."""
    page.get_by_role("button", name=make).click()
    page.get_by_role("button", name=stamp).click()
    page.get_by_role("link", name=back).click()
    page.locator("#link").wait_for()
    return page.locator("#link").input_value()


def sizes_of(page: Page) -> list[int]:
    """How large each form is that this page sends."""
    sizes: list[int] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sizes.append(len(request.post_data_buffer or b""))

    page.on("request", note)
    return sizes


def waiting(apart: Apart) -> int:
    """How many answers wait in the interviews' database."""
    code = (
        "import django; django.setup()\nfrom daybreak.interviews.models import Waiting; print(Waiting.objects.count())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=apart.environment, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_a_new_employee_answers_in_spanish_on_a_phone(phone: Callable, apart: Apart, tmp_path: Path) -> None:
    accept_keys(open_interviews(tmp_path, MONDAY, DAWN), apart.environment)
    marisol = phone(locale="es-US")
    marisol.be("Marisol")
    marisol.page.get_by_role("link", name="Le espera una entrevista, si usted quiere").click()
    marisol.look()
    marisol.page.get_by_role("link", name="Recibir su pase").click()
    marisol.look()
    get_ticket(marisol.page, make="Hacer mi pase", stamp="Sellar mi pase", back="Regresar a las entrevistas")
    marisol.look("interview-ticket-es")
    assert "#" not in marisol.page.url
    marisol.page.get_by_role("link", name="Responder ahora").click()
    marisol.page.get_by_text("Su pase está puesto.").wait_for()
    assert "#" not in marisol.page.url
    assert not marisol.page.get_by_label("Su pase o código").is_visible()
    marisol.look()
    sizes = sizes_of(marisol.page)
    marisol.page.get_by_label("Un niño o una niña menor de 6 años").check()
    marisol.page.get_by_label("2 o 3 veces").check()
    text = marisol.page.get_by_label("Cuéntenos de un día en que falló el cuidado.")
    text.fill("Ese martes me quedé\ncon Lucía. Soy la única del turno: 317-555-0134.")
    assert marisol.page.get_by_text(re.compile("Esto puede decir quién es usted: Lucía, .*la única")).is_visible()
    marisol.page.get_by_role("button", name="Verlo una vez más").click()
    marisol.look("interview-check-es")
    assert "[número]" in marisol.page.get_by_label("Cuéntenos de un día en que falló el cuidado.").input_value()
    assert waiting(apart) == 0
    marisol.page.get_by_role("button", name="Guardar mis respuestas").click()
    marisol.look()
    assert marisol.page.get_by_role("heading", level=1).inner_text() == "Sus respuestas están guardadas"
    assert sizes == [PADDED, PADDED]
    assert waiting(apart) == 1
    assert Invited.objects.exclude(stamped_digest="").count() == 1


def test_a_warehouse_worker_who_leaves_answers_on_a_phone_of_her_own(
    phone: Callable, apart: Apart, tmp_path: Path
) -> None:
    wave = open_wave(
        employer_id=made_id("Lakeshore Logistics"),
        occasion=Occasion.EXIT,
        quarter="2026-Q1",
        closes_on=DAWN.date().replace(month=6),
        at=DAWN,
    )
    invite(wave=wave, person_id=made_id("marisol"), milestone=Milestone(Occasion.EXIT, MONDAY), at=DAWN)
    apart.accept(wave, tmp_path)
    at_work = phone(locale="en-US")
    at_work.be("Marisol")
    at_work.page.goto(f"{apart.address}/en/begin/{wave}")
    link = get_ticket(at_work.page, make="Make my ticket", stamp="Sellar mi pase", back="Regresar a las entrevistas")
    # Once more at the desk: one ticket for each person.
    again = at_work.page.context.new_page()
    again.goto(f"{apart.address}/en/begin/{wave}")
    again.get_by_role("button", name="Make my ticket").click()
    again.get_by_role("button", name="Sellar mi pase").click()
    again.get_by_text("Usted ya tomó su pase, y hay uno por persona.").wait_for()
    own = phone(locale="en-US", color_scheme="dark")
    own.page.goto(link)
    own.page.get_by_text("Your ticket is in place.").wait_for()
    assert own.page.context.cookies() == []
    own.look()
    sizes = sizes_of(own.page)
    own.page.get_by_role("group", name="Why are you leaving?").get_by_label("Hours that did not fit care").check()
    own.page.get_by_role("button", name="Look at it once more").click()
    own.page.get_by_role("button", name="Keep my answers").click()
    assert own.page.get_by_role("heading", level=1).inner_text() == "Your answers are kept"
    assert own.page.context.cookies() == []
    # The longest text and the shortest form have one size.
    own.page.goto("about:blank")
    own.page.goto(link)
    own.page.get_by_text("Your ticket is in place.").wait_for()
    own.page.get_by_label("What would have helped that day?").fill("a line\nand ñ " * 100)
    own.page.get_by_role("button", name="Look at it once more").click()
    own.page.get_by_role("button", name="Keep my answers").click()
    assert own.page.get_by_role("heading", level=1).inner_text() == "Your new answers took the place of the old ones"
    assert sizes == [PADDED] * 4
    assert waiting(apart) == 1
    own.page.get_by_role("button", name="Take them back").click()
    own.look()
    assert waiting(apart) == 0
    assert apart.said.read_text() == ""


def test_somebody_who_declined_an_offer_answers_with_a_code(phone: Callable, apart: Apart, tmp_path: Path) -> None:
    apart.command("codes", "--occasion", "declined", "--count", "20", "--to", str(tmp_path / "codes.txt"))
    code = (tmp_path / "codes.txt").read_text().split()[7]
    stranger = phone(locale="en-US")
    stranger.page.goto(f"{apart.address}/en/")
    stranger.look()
    stranger.page.get_by_role("link", name="The offer you declined").click()
    stranger.look()
    stranger.page.get_by_label("Your ticket or code").fill(code.lower())
    stranger.page.get_by_label("No help with care").check()
    stranger.page.get_by_role("button", name="Look at it once more").click()
    stranger.page.get_by_role("button", name="Keep my answers").click()
    assert stranger.page.get_by_role("heading", level=1).inner_text() == "Your answers are kept"
    assert waiting(apart) == 1


def test_the_promise_is_read_by_everybody(phone: Callable, apart: Apart) -> None:
    for language in ("en", "es"):
        reader = phone(locale=f"{language}-US", color_scheme="dark" if language == "es" else "light")
        reader.page.goto(f"{apart.address}/{language}/promise")
        reader.look()


def hr_of(employer: UUID, phone: Callable, address: str) -> Page:
    """A browser in which an HR reader of this employer is signed in."""
    client = visitor(newcomer(RoleKind.HR_READER, employer))
    reader = phone(locale="en-US")
    reader.page.context.add_cookies(
        [{"name": name, "value": cookie.value, "url": address} for name, cookie in client.cookies.items()]
    )
    return reader  # type: ignore[no-any-return]


def test_hr_sees_the_rate_and_nothing_else(phone: Callable, apart: Apart, stage: object) -> None:
    employer = made_id("Harbor Health")
    wave = open_wave(employer_id=employer, occasion=Occasion.PULSE, quarter="2025-Q4", closes_on=DAWN.date(), at=DAWN)
    row = Wave.objects.get(name=wave)
    Invited.objects.bulk_create(
        Invited(
            wave=row, person_id=newcomer(), opens_on=MONDAY, closes_on=MONDAY, stamped_digest="d" * 64 if n < 40 else ""
        )
        for n in range(50)
    )
    report_answers(wave=wave, answered=20, day=DAWN.date(), at=DAWN)
    hr = hr_of(employer, phone, stage.address)  # type: ignore[attr-defined]
    hr.go("/interviews/responses")
    hr.look()
    said = hr.page.locator("main").inner_text()
    assert re.findall(r"\d+", said) == ["2025", "4", "50", "40", "20", "50"]
    assert "50 percent of those who took a ticket answered." in said
    links = [link.get_attribute("href") for link in hr.page.locator("main a").all()]
    assert links == []


@pytest.mark.parametrize("name", ["RSABSSA-SHA384-PSS-Randomized"])
def test_the_browser_s_library_does_what_rfc_9474_says(phone: Callable, apart: Apart, name: str) -> None:
    page = phone(locale="en-US").page
    page.goto(f"{apart.address}/en/back")
    found = page.evaluate(
        """async (given) => {
          const {suite, spelled} = await import(given.script);
          const bytes = (hex) => Uint8Array.from(hex.match(/../g), (two) => parseInt(two, 16));
          const hex = (array) => Array.from(array, (one) => one.toString(16).padStart(2, "0")).join("");
          const n = BigInt("0x" + given.p) * BigInt("0x" + given.q);
          const modulus = bytes(n.toString(16));
          const jwk = {kty: "RSA", n: spelled(modulus), e: "AQAB", alg: "PS384", ext: true};
          const key = await crypto.subtle.importKey("jwk", jwk, {name: "RSA-PSS", hash: "SHA-384"}, true, ["verify"]);
          const drawn = [given.msg_prefix, given.salt, given.factor].map(bytes);
          crypto.getRandomValues = (array) => { array.set(drawn.shift()); return array; };
          const message = suite.prepare(bytes(given.msg));
          const {blindedMsg, inv} = await suite.blind(key, message);
          const signature = await suite.finalize(key, message, bytes(given.blind_sig), inv);
          return {suite: suite.toString(), blinded: hex(blindedMsg), inverse: hex(inv), signature: hex(signature)};
        }""",
        {**VECTOR, "factor": factor(), "script": "/static/web/interviews/ticket.js"},
    )
    assert found == {
        "suite": name,
        "blinded": VECTOR["blinded_msg"],
        "inverse": VECTOR["inv"],
        "signature": VECTOR["sig"],
    }


def factor() -> str:
    """The example's blinding factor; it gives the inverse."""
    modulus = int(VECTOR["p"], 16) * int(VECTOR["q"], 16)
    return f"{pow(int(VECTOR['inv'], 16), -1, modulus):0{len(VECTOR['inv'])}x}"
