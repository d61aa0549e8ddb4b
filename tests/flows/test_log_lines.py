"""The log says which page failed, with refs, and never what would let a reader in."""

import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from cast import ROSA, Opened
from daybreak.accounts.actions import sign_in_token
from daybreak.config.lines import RefsOnly
from daybreak.web import doors
from web_visits import visitor


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """The log as the settings' one handler writes it."""
    refs_only = RefsOnly()
    caplog.handler.addFilter(refs_only)
    yield caplog
    caplog.handler.removeFilter(refs_only)


def test_the_one_handler_of_the_settings_writes_refs_only() -> None:
    kinds = [{type(one) for one in handler.filters} for handler in logging.getLogger().handlers]
    assert {RefsOnly} in kinds


def test_a_sign_in_link_that_was_refused_is_not_in_the_log(opened: Opened, lines: pytest.LogCaptureFixture) -> None:
    token = sign_in_token(ROSA)
    assert Client(enforce_csrf_checks=True).post(f"/sign-in/{token}").status_code == 403
    assert "Forbidden (CSRF cookie not set.): /sign-in/<str:token>" in lines.text
    assert token not in lines.text


def test_a_page_that_breaks_is_logged_with_its_ref_and_without_its_query(
    opened: Opened, lines: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = uuid4()
    monkeypatch.setattr(doors, "account_of", lambda _: 1 / 0)
    browser = visitor(ROSA)
    browser.raise_request_exception = False
    answer = browser.get(f"/requests/{request_id}?who=Ada")
    assert answer.status_code == 500
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert f"Internal Server Error: /requests/{request_id}" in lines.text
    assert "Ada" not in lines.text
