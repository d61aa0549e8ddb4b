"""Where somebody is signed in, how that ends, which hat they wear, and the second step of whoever has a post."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pyotp
import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from cast import DAWN, OKAFOR, ROSA, Opened, household_of
from daybreak.accounts.actions import give_role, person_of_token, sign_in_token
from daybreak.accounts.devices.actions import forget_devices
from daybreak.accounts.models import Authenticator, Device, SpareCode
from daybreak.accounts.second_step.actions import begin_app, forget_app
from daybreak.accounts.second_step.queries import secret_of
from daybreak.accounts.terms import RoleKind
from daybreak.audit.actions import record
from daybreak.audit.queries import events_of
from daybreak.demo.cast import made_id
from daybreak.notices.models import Notice
from daybreak.web import clock
from web_visits import at_dawn, newcomer, seen, visitor

HARBOR = made_id("Harbor Health")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    at_dawn(monkeypatch)


def signed_in(person_id: UUID, agent: str = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0") -> Client:
    """A browser that really came in, by a link."""
    browser = Client(HTTP_USER_AGENT=agent)
    assert browser.post(f"/sign-in/{sign_in_token(person_id)}").status_code == 302
    return browser


def where(response: HttpResponse) -> str:
    return response["Location"]


def test_the_account_lists_every_device_and_ends_one_of_them() -> None:
    phone, desk = signed_in(ROSA), signed_in(ROSA, "Mozilla/5.0 (Windows NT 10.0) Firefox/132.0")
    page = seen(phone.get("/account")).said
    assert "Chrome, Android this device" in page
    assert "Firefox, Windows last seen March 2, 2026" in page
    other = Device.objects.exclude(session_key=phone.session.session_key).get()
    phone.post("/account/devices", {"end": str(other.pk)})
    assert desk.get("/ask").status_code == 302
    assert phone.get("/ask").status_code == 200
    assert [event.verb for event in events_of("person", ROSA)].count("end-device") == 1


def test_nobody_ends_somebody_elses_device() -> None:
    rosa, okafor = signed_in(ROSA), signed_in(made_id("provider person okafor"))
    okafor.post("/account/devices", {"end": str(Device.objects.get(person=ROSA).pk)})
    assert rosa.get("/ask").status_code == 200


def test_signing_out_everywhere_ends_every_session_and_every_link_that_is_on_its_way() -> None:
    phone, desk, unlisted, link = signed_in(ROSA), signed_in(ROSA), visitor(ROSA), sign_in_token(ROSA)
    assert person_of_token(link) is not None
    assert where(phone.post("/account/devices", {"everywhere": "1"})) == "/sign-in"
    for browser in (phone, desk, unlisted):
        assert browser.get("/ask").status_code == 302
    assert person_of_token(link) is None
    assert Device.objects.count() == 0
    assert signed_in(ROSA).get("/ask").status_code == 200


def test_a_device_is_seen_again_at_most_once_an_hour_and_forgotten_with_its_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone = signed_in(ROSA)

    def seen_at(at: datetime) -> datetime:
        monkeypatch.setattr(clock, "now", lambda: at)
        phone.get("/ask")
        return Device.objects.get().seen_at

    assert seen_at(DAWN + timedelta(minutes=59)) == DAWN
    assert seen_at(DAWN + timedelta(minutes=61)) == DAWN + timedelta(minutes=61)
    assert forget_devices() == 0
    Session.objects.all().delete()
    assert forget_devices() == 1


def test_signing_out_takes_the_device_off_the_list() -> None:
    phone = signed_in(ROSA)
    phone.post("/sign-out")
    assert Device.objects.count() == 0


def test_a_parent_reads_who_at_the_desk_looked_at_their_name() -> None:
    assert "Nobody. A clerk sees a name only to settle one thing" in seen(visitor(ROSA).get("/account")).said
    with transaction.atomic():
        record(actor=made_id("dana"), verb="look-at", thing="person", thing_id=ROSA, because="settle", at=DAWN)
    page = seen(visitor(ROSA).get("/account")).said
    assert "March 2, 2026, to settle one thing" in page
    assert "Nobody. A clerk" not in page


# Hats


def theo() -> UUID:
    """A parent of Rosa's household who works at the benefits desk of Harbor Health and speaks for no home."""
    person_id = newcomer(RoleKind.PARENT, household_of("rosa"))
    give_role(person_id=person_id, kind=RoleKind.CLERK, scope=HARBOR, at=DAWN)
    return person_id


def test_whoever_has_a_family_and_a_post_begins_at_home_and_opens_the_desk_by_choice(opened: Opened) -> None:
    browser = visitor(theo())
    assert browser.get("/ask").status_code == 200
    page = seen(browser.get("/hats")).said
    assert "Your family" in page
    assert "The benefits desk Harbor Health" in page
    browser.post("/hats", {"hat": f"clerk-{HARBOR}"})
    # At the desk there is no family, not even one's own; the way back is one tap.
    assert where(browser.get("/ask")) == "/hats?next=%2Fask"
    assert browser.post("/ask/check").status_code == 404
    request = opened.asked()
    assert browser.get(f"/requests/{request.request_id}").status_code == 302
    assert where(browser.post("/hats", {"hat": "everyday", "next": "/ask"})) == "/ask"
    assert browser.get("/ask").status_code == 200


def test_a_hat_of_somebody_else_cannot_be_put_on() -> None:
    browser = visitor(ROSA)
    browser.post("/hats", {"hat": f"clerk-{HARBOR}"})
    assert browser.get("/ask").status_code == 200
    assert "The benefits desk" not in seen(browser.get("/hats")).said


def test_a_page_of_another_family_is_no_hat_of_mine(opened: Opened) -> None:
    request = opened.asked()
    assert visitor(made_id("marisol")).get(f"/requests/{request.request_id}").status_code == 404


def test_a_parent_of_two_families_chooses_between_them() -> None:
    give_role(person_id=ROSA, kind=RoleKind.GUARDIAN, scope=household_of("marisol"), at=DAWN)
    browser = visitor(ROSA)
    assert "Ada" in seen(browser.get("/ask")).said
    page = seen(browser.get("/hats"))
    assert [button["value"] for button in page.every("button") if button.get("name") == "hat"] == [
        "everyday",
        f"family-{household_of('marisol')}",
    ]
    browser.post("/hats", {"hat": f"family-{household_of('marisol')}"})
    assert "Ada" not in seen(browser.get("/ask")).said


# The second step


def code_now(person_id: UUID, at: datetime = DAWN) -> str:
    return pyotp.TOTP(secret_of(Authenticator.objects.get(person=person_id))).at(at)


def clerk_with_app() -> tuple[UUID, Client, list[str]]:
    """A clerk who has just set up an app, the browser it was set up in, and the spare codes."""
    dana = newcomer(RoleKind.CLERK, HARBOR)
    browser = signed_in(dana)
    assert where(browser.get("/")) == "/second-step"
    assert where(browser.get("/second-step")) == "/second-step/app"
    page = browser.get("/second-step/app")
    assert "data:image/svg" in page.content.decode()
    answer = browser.post("/second-step/app", {"code": code_now(dana)})
    spares = re.findall(r"<code>(.*?)</code>", answer.content.decode())
    return dana, browser, spares


def test_a_post_is_shut_until_the_second_step_and_setting_it_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    dana, browser, spares = clerk_with_app()
    assert len(set(spares)) == 8
    assert browser.get("/contracts").status_code == 200
    assert Notice.objects.filter(person=dana, code="way-in-added").exists()

    # The next sign-in asks for a code; the one that was used is worth nothing.
    later = DAWN + timedelta(minutes=2)
    used = code_now(dana)
    monkeypatch.setattr(clock, "now", lambda: later)
    again = signed_in(dana)
    assert where(again.get("/contracts")) == "/second-step?next=%2Fcontracts"
    assert where(again.get("/")) == "/second-step"
    assert again.post("/second-step", {"code": used}).status_code == 400
    before = again.session.session_key
    assert where(again.post("/second-step", {"code": code_now(dana, later), "next": "/account"})) == "/account"
    assert again.session.session_key != before
    assert again.get("/contracts").status_code == 200


def test_a_code_of_the_app_works_once_even_within_its_half_minute() -> None:
    dana, _, _ = clerk_with_app()
    second = signed_in(dana)
    assert second.post("/second-step", {"code": code_now(dana)}).status_code == 400


def test_a_spare_code_works_once_however_it_is_typed() -> None:
    dana, _, spares = clerk_with_app()
    assert spares[0] not in str(SpareCode.objects.values())
    typed = spares[0].lower().replace("-", " ")
    assert signed_in(dana).post("/second-step", {"code": typed}).status_code == 302
    assert signed_in(dana).post("/second-step", {"code": typed}).status_code == 400


def test_codes_cannot_be_tried_for_ever() -> None:
    dana, _, _ = clerk_with_app()
    browser = signed_in(dana)
    answers = [browser.post("/second-step", {"code": "000000"}).status_code for _ in range(8)]
    assert answers[-1] == 429


def test_the_secret_of_an_app_that_works_is_never_shown_again() -> None:
    dana, browser, _ = clerk_with_app()
    assert where(browser.get("/second-step/app")) == "/second-step"
    with pytest.raises(LookupError):
        begin_app(person_id=dana, at=DAWN)


def test_an_operator_lets_a_lost_app_go_and_the_next_sign_in_sets_up_a_new_one() -> None:
    dana, _, _ = clerk_with_app()
    assert forget_app(person_id=dana, at=DAWN, actor=None) is True
    assert forget_app(person_id=dana, at=DAWN, actor=None) is False
    assert where(signed_in(dana).get("/second-step")) == "/second-step/app"


def test_a_parent_needs_no_second_step() -> None:
    assert signed_in(ROSA).get("/ask").status_code == 200


def test_a_passkey_answer_that_is_none_adds_nothing_and_lets_nobody_in() -> None:
    browser = signed_in(ROSA)
    browser.get("/account")
    for answer in (
        "",
        "{}",
        "[]",
        '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}',
        "\x00",
        str(uuid4()),
    ):
        assert (
            "No passkey was added." in seen(browser.post("/account/passkey", {"credential": answer}, follow=True)).said
        )
        stranger = visitor()
        stranger.get("/sign-in")
        assert stranger.post("/sign-in/passkey", {"credential": answer}).status_code == 400
        assert "_auth_user_id" not in stranger.session


def test_a_caregiver_and_a_home_are_named_among_the_hats() -> None:
    okafor = made_id("provider person okafor")
    give_role(person_id=okafor, kind=RoleKind.OPERATOR, scope=uuid4(), at=DAWN)
    page = seen(visitor(okafor).get("/hats")).said
    assert "Your sites" in page
    assert "Running this Daybreak" in page
    assert visitor(okafor).get(f"/sites/{OKAFOR}/today").status_code == 200
