"""The link of a message signs somebody in, in a real browser: its rules about where a form came from are stricter."""

from collections.abc import Callable

import pytest

from cast import ROSA
from daybreak.accounts.actions import sign_in_token

from .conftest import Phone, Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(120)]


def test_the_button_behind_a_sign_in_link_signs_in(phone: Callable[..., Phone], stage: Stage) -> None:
    rosas = phone()
    asked_for: list[str] = []
    rosas.page.on("request", lambda one: asked_for.append(one.headers.get("referer", "")))
    token = sign_in_token(ROSA)
    rosas.go(f"/sign-in/{token}")
    rosas.look()
    rosas.page.get_by_role("button", name="Sign in").click()
    assert rosas.page.get_by_role("heading", level=1).inner_text() == "Hello, Rosa."
    assert token not in "".join(asked_for)
