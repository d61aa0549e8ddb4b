"""Whoever runs this Daybreak gives a clerk a post and helps one who lost a phone, and sees no name by it."""

import json

import pyotp
import pytest
from click.testing import CliRunner, Result

from cast import DAWN, ROSA, Opened
from daybreak.accounts.models import Authenticator
from daybreak.accounts.queries import account_of, person_at
from daybreak.accounts.second_step.actions import begin_app, confirm_app
from daybreak.accounts.second_step.queries import secret_of
from daybreak.accounts.terms import Role, RoleKind
from daybreak.cli import account as account_command
from daybreak.cli.account import HERE, account
from daybreak.demo.cast import made_id
from daybreak.kernel.errors import BadInput

DANA = "dana@harborhealth.example"
HARBOR = ("--employer", "Harbor Health")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch, opened: Opened) -> None:
    monkeypatch.setattr(account_command, "now", lambda: DAWN)


def run(*words: str) -> Result:
    return CliRunner().invoke(account, words)


def test_a_clerk_is_added_with_a_post_and_the_answer_holds_no_name() -> None:
    answer = run(DANA, "--give", "clerk", *HARBOR, "--name", "Dana Whitfield")
    assert answer.exit_code == 0, answer.output
    assert answer.output.endswith(": clerk; 0 passkeys, no app for codes; signed in on 0 devices.\n")
    assert "Dana" not in answer.output
    person_id = person_at(email=DANA)
    assert person_id is not None
    dana = account_of(person_id)
    assert dana is not None
    assert dana.roles == (Role(RoleKind.CLERK, made_id("Harbor Health")),)


def test_a_parent_may_have_a_post_beside_the_family_and_lose_it_again() -> None:
    rosa = account_of(ROSA)
    assert rosa is not None
    told = json.loads(run(rosa.email, "--give", "operator", "--json").output)
    assert told["roles"] == ["operator", "parent"]
    after = account_of(ROSA)
    assert after is not None
    assert Role(RoleKind.OPERATOR, HERE) in after.roles
    assert json.loads(run(rosa.phone, "--end", "operator", "--json").output)["roles"] == ["parent"]
    again = run(rosa.phone, "--end", "operator")
    assert isinstance(again.exception, BadInput)


def test_a_lost_app_is_let_go_and_every_session_with_it() -> None:
    run(DANA, "--give", "clerk", *HARBOR, "--name", "Dana Whitfield")
    dana = person_at(email=DANA)
    assert dana is not None
    begin_app(person_id=dana, at=DAWN)
    code = pyotp.TOTP(secret_of(Authenticator.objects.get())).at(DAWN)
    assert confirm_app(person_id=dana, code=code, at=DAWN)
    assert json.loads(run(DANA, "--json").output)["app"] is True
    assert json.loads(run(DANA, "--forget-app", "--json").output)["app"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("nobody@example.org",),
        ("nobody@example.org", "--give", "operator"),
        (DANA, "--give", "clerk", "--name", "Dana", "--employer", "Nowhere Inc"),
        (DANA, "--give", "clerk", "--name", "Dana"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(words: tuple[str, ...]) -> None:
    answer = run(*words)
    assert isinstance(answer.exception, BadInput)
    assert person_at(email=DANA) is person_at(email="nobody@example.org") is None
