"""A passkey is added and used in a real Chromium with its virtual key chip; a code signs in by keyboard alone."""

from collections.abc import Callable

import pytest

from cast import ROSA
from daybreak.accounts.actions import sign_in_token
from daybreak.accounts.codes.actions import code_of
from daybreak.accounts.models import Passkey, SignInAsk
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.terms import RoleKind
from daybreak.demo.cast import made_id
from web_visits import newcomer

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(180)]


def with_authenticator(phone: Phone) -> None:
    """Give this phone a key chip that knows its owner's finger."""
    chip = phone.page.context.new_cdp_session(phone.page)
    chip.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    chip.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def heading(phone: Phone) -> str:
    return phone.page.get_by_role("heading", level=1).inner_text()


def test_a_passkey_is_added_then_signs_in_without_an_address(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas = phone()
    with_authenticator(rosas)
    rosas.go(f"/sign-in/{sign_in_token(ROSA)}")
    rosas.page.get_by_role("button", name="Sign in").click()
    rosas.go("/account")
    rosas.look("account")
    rosas.page.get_by_role("button", name="Add a passkey").click()
    rosas.page.get_by_text("Added. Next time, sign in with your passkey").wait_for()
    rosas.look()
    assert Passkey.objects.get().person_id == ROSA

    rosas.go("/account")
    rosas.page.get_by_role("button", name="Sign out here").click()
    rosas.go("/sign-in")
    rosas.look("sign-in")
    rosas.page.get_by_role("button", name="Sign in with a passkey").click()
    rosas.page.get_by_role("heading", name="Hello, Rosa.").wait_for()

    # Taken away, it signs in no more.
    rosas.go("/account")
    rosas.page.get_by_role("button", name="Remove the passkey").click()
    rosas.page.get_by_text("Removed.").wait_for()
    rosas.go("/account")
    rosas.page.get_by_role("button", name="Sign out here").click()
    rosas.go("/sign-in")
    rosas.page.get_by_role("button", name="Sign in with a passkey").click()
    rosas.page.get_by_text("This passkey did not sign you in.").wait_for()


def test_an_answer_that_was_overheard_is_worth_nothing_a_second_time(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas = phone()
    with_authenticator(rosas)
    rosas.go(f"/sign-in/{sign_in_token(ROSA)}")
    rosas.page.get_by_role("button", name="Sign in").click()
    rosas.go("/account")
    rosas.page.get_by_role("button", name="Add a passkey").click()
    rosas.page.get_by_text("Added.").wait_for()
    rosas.go("/account")
    rosas.page.get_by_role("button", name="Sign out here").click()

    sent: list[str] = []
    rosas.go("/sign-in")
    rosas.page.on("request", lambda one: sent.append(one.post_data or "") if "passkey" in one.url else None)
    cookies = rosas.page.context.cookies()
    rosas.page.get_by_role("button", name="Sign in with a passkey").click()
    rosas.page.get_by_role("heading", name="Hello, Rosa.").wait_for()
    (body,) = [one for one in sent if "credential=" in one]

    thief = phone()
    thief.page.context.add_cookies(cookies)
    answer = thief.page.request.post(
        f"{stage.address}/sign-in/passkey",
        data=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status == 400


def test_a_clerks_passkey_is_both_steps(phone: Callable[..., Phone], stage: Stage) -> None:
    dana = newcomer(RoleKind.CLERK, made_id("Harbor Health"))
    desk = phone()
    with_authenticator(desk)
    desk.go(f"/sign-in/{sign_in_token(dana)}")
    desk.page.get_by_role("button", name="Sign in").click()
    assert heading(desk) == "Set up an app for codes"
    desk.look("second-step-app")
    desk.page.get_by_role("link", name="add one on your account's page").click()
    desk.page.get_by_role("button", name="Add a passkey").click()
    desk.page.get_by_text("Added.").wait_for()
    desk.go("/second-step")
    desk.look()
    desk.page.get_by_role("button", name="Use your passkey").click()
    desk.page.wait_for_url(f"{stage.address}/")
    desk.go("/account")
    desk.page.get_by_role("button", name="Sign out here").click()
    desk.go("/sign-in")
    desk.page.get_by_role("button", name="Sign in with a passkey").click()
    desk.page.wait_for_url(f"{stage.address}/")
    assert heading(desk) != "One more step for this desk"


@pytest.mark.parametrize("how", [{"color_scheme": "light"}, {"color_scheme": "dark", "locale": "es-US"}])
def test_a_code_signs_in_by_keyboard_alone(phone: Callable[..., Phone], stage: Stage, how: dict[str, str]) -> None:
    rosas = phone(**how)
    account = account_of(ROSA)
    assert account is not None
    rosas.go("/sign-in")
    rosas.look()
    keys = rosas.page.keyboard
    tab_to(rosas, "address")
    keys.type(account.phone)
    keys.press("Enter")
    rosas.page.wait_for_url(f"{stage.address}/sign-in/sent")
    rosas.look("sign-in-code")
    stage.work()
    tab_to(rosas, "code")
    keys.type("000000" if code_of(SignInAsk.objects.get().pk) != "000000" else "111111")
    keys.press("Enter")
    rosas.page.locator("#code-error").wait_for()
    rosas.look()
    tab_to(rosas, "code")
    keys.type(code_of(SignInAsk.objects.get().pk))
    keys.press("Enter")
    rosas.page.wait_for_url(f"{stage.address}/")
    assert "Rosa" in heading(rosas)


def tab_to(phone: Phone, element_id: str) -> None:
    """Reach a field as somebody without a pointer does."""
    for _ in range(20):
        if phone.page.evaluate("document.activeElement.id") == element_id:
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"{element_id} is not reached by the tab key")


def test_a_family_is_shared_by_two_phones(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas, theos = phone(), phone(color_scheme="dark")
    rosas.be("Rosa Delgado")
    rosas.go("/family/people")
    rosas.look("family-people")
    rosas.page.get_by_label("Their name").fill("Andrés Vega")
    rosas.page.get_by_label("Their e-mail or phone number").fill("andres@example.org")
    rosas.page.get_by_role("button", name="Invite").click()
    rosas.page.get_by_text("invited, has not answered yet").wait_for()
    rosas.look()
    theo = person_at(email="andres@example.org")
    assert theo is not None
    theos.go(f"/sign-in/{sign_in_token(theo)}")
    theos.page.get_by_role("button", name="Sign in").click()
    assert heading(theos) == "Invitations"
    theos.look()
    theos.page.get_by_role("button", name="Accept").click()
    theos.page.get_by_text("You share this family's care now").wait_for()
    theos.go("/hats")
    theos.look()
