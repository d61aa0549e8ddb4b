"""Whoever forgets to choose gets the strict settings."""

import json
import os
import subprocess
import sys

import pytest

NAMES = (
    "MODE DEMO DEBUG SECRET_KEY VAULT_KEYS VAULT_INDEX_KEY ADDRESS CLOCK_AHEAD SESSION_COOKIE_SECURE "
    "CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_HTTPONLY X_FRAME_OPTIONS EMAIL_BACKEND "
    "ALLOWED_HOSTS SESAME_MAX_AGE SESAME_ONE_TIME CONTENT_SECURITY_POLICY"
)
PROGRAM = f"""
import json
from daybreak.config import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {NAMES.split()!r}}}, default=str))
"""


def python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "DAYBREAK_DATA")}
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=kept | environment
    )


def settings_with(**environment: str) -> dict[str, object]:
    answer = python(PROGRAM, **environment)
    assert answer.returncode == 0, answer.stderr
    return dict(json.loads(answer.stdout))


def test_without_a_mode_it_is_production_with_nothing_of_the_demo() -> None:
    found = settings_with()
    assert (found["MODE"], found["DEMO"], found["DEBUG"]) == ("production", False, False)
    assert (found["SECRET_KEY"], found["VAULT_KEYS"], found["VAULT_INDEX_KEY"]) == ("not-set", "", "")
    assert (found["ADDRESS"], found["CLOCK_AHEAD"]) == ("", 0.0)
    assert "demo" not in str(found["EMAIL_BACKEND"])


def test_production_sends_cookies_over_https_only() -> None:
    found = settings_with(DAYBREAK_ADDRESS="https://care.example.org")
    strict = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY")
    assert [found[name] for name in strict] == [True] * 4
    assert found["SECURE_HSTS_SECONDS"] == 31536000
    assert found["ALLOWED_HOSTS"] == ["care.example.org"]


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
def test_no_mode_debugs_frames_or_runs_scripts_from_elsewhere(mode: str) -> None:
    found = settings_with(DAYBREAK_MODE=mode)
    assert (found["DEBUG"], found["X_FRAME_OPTIONS"]) == (False, "DENY")
    assert (found["SESAME_MAX_AGE"], found["SESAME_ONE_TIME"]) == (900, True)
    policy = dict(found["CONTENT_SECURITY_POLICY"])["DIRECTIVES"]  # type: ignore[call-overload]
    assert policy["default-src"] == ["'self'"]
    assert not any("unsafe" in source or "http" in source for sources in policy.values() for source in sources)


def test_a_mode_that_does_not_exist_is_refused() -> None:
    answer = python(PROGRAM, DAYBREAK_MODE="prod")
    assert answer.returncode == 1
    assert "DAYBREAK_MODE is 'prod', which is no mode. Set it to production, demo or test." in answer.stderr


def test_the_web_process_does_not_start_in_production_without_keys_and_says_everything_at_once() -> None:
    answer = python("import daybreak.config.wsgi")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].endswith(
        "Daybreak does not start like this. "
        "DAYBREAK_SECRET_KEY is not set. Make one as docs/howto/run-in-production.md says. "
        "DAYBREAK_VAULT_KEYS is not set. Make one as docs/howto/run-in-production.md says. "
        "DAYBREAK_VAULT_INDEX_KEY is not set. Make one as docs/howto/run-in-production.md says. "
        "DAYBREAK_ADDRESS is not an https:// address. Set it to the one people use; links in messages need it."
    )


def test_the_web_process_starts_with_keys_of_its_own() -> None:
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    answer = python(
        "import daybreak.config.wsgi",
        DAYBREAK_SECRET_KEY="s" * 60,
        DAYBREAK_VAULT_KEYS=f"a:{key}",
        DAYBREAK_VAULT_INDEX_KEY=key,
        DAYBREAK_ADDRESS="https://care.example.org",
    )
    assert (answer.returncode, answer.stderr) == (0, "")
