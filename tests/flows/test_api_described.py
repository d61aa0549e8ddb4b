"""The API keeps to its own description: no 500, no answer it does not describe, whatever a program sends.

schemathesis makes the calls from the description: those that keep to it, and those that break it.
"""

from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api_calls import program
from cast import MS_OKAFOR, ROSA, Opened
from daybreak.accounts.models import Pace
from daybreak.accounts.terms import RoleKind
from daybreak.api import surface
from daybreak.demo.cast import made_id
from web_visits import at_dawn, newcomer

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
DESCRIPTION: dict[str, Any] = dict(surface.api.get_openapi_schema())
EXAMPLES = 6
"""For each operation, caller and kind of call: a bound, so that the suite stays short."""
schema = schemathesis.openapi.from_dict(DESCRIPTION)
schema.config.update(base_url="http://testserver")


def known(opened: Opened) -> dict[str, object]:
    """Ids that exist, so that calls get past the door."""
    view = opened.asked()
    assert view.booking is not None
    return {
        "request_id": str(view.request_id),
        "booking_id": str(view.booking.booking_id),
        "site_id": str(view.booking.site_id),
        "staffer_id": str(made_id("okafor")),
    }


def test_the_description_is_openapi_3_1_and_says_what_every_refusal_is() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    for path, methods in DESCRIPTION["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            for status, response in operation["responses"].items():
                kind = "application/problem+json" if int(status) >= 400 else "application/json"
                assert list(response["content"]) == [kind], (method, path, status)
            if method != "get":
                (key,) = [one for one in operation["parameters"] if one["name"] == "Idempotency-Key"]
                assert key["required"], path


def test_the_description_is_open_to_programs_and_loads_nothing_from_elsewhere(opened: Opened) -> None:
    answer = program(None).call("GET", "/openapi.json")
    assert answer.status_code == 200
    assert program(None).call("GET", "/docs").status_code == 404


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_call_is_answered_as_described(case: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)
    things = THINGS.get("now") or {}
    for name in case.path_parameters or {}:
        case.path_parameters[name] = things.get(name, case.path_parameters[name])
    Pace.objects.all().delete()
    for token in THINGS["tokens"]:
        case.validate_response(sent(case, token), checks=CHECKS)


def sent(case: Any, token: str) -> Response:
    """Let Django's own test client make the call, so that the test's transaction sees it."""
    made = requests.Request(**case.as_transport_kwargs(base_url="http://testserver")).prepare()
    headers = {**made.headers, "Authorization": f"Bearer {token}"}
    kind = headers.pop("Content-Type", "")
    path = str(made.url).removeprefix("http://testserver")
    browser = Client(raise_request_exception=False)
    answer = browser.generic(str(made.method), path, made.body or b"", content_type=kind, headers=headers)
    told = {name.lower(): [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, told, answer.content, made, elapsed=0.0, verify=False)


THINGS: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def callers(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three programs and the things they may see."""
    at_dawn(monkeypatch)
    clerk = newcomer(RoleKind.CLERK, made_id("Harbor Health"))
    THINGS.update(now=known(opened), tokens=[program(one).token for one in (ROSA, MS_OKAFOR, clerk)])
