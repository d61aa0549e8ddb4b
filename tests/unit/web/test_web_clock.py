from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from daybreak.web import clock


def test_the_demos_clock_runs_ahead(settings: Settings) -> None:
    settings.CLOCK_AHEAD = 3600.0
    ahead = clock.now() - datetime.now(UTC)
    assert timedelta(minutes=59) < ahead < timedelta(minutes=61)


def test_a_request_has_one_moment_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter(datetime(2026, 3, 2, hour, tzinfo=UTC) for hour in (5, 6))
    monkeypatch.setattr(clock, "now", lambda: next(moments))
    request = RequestFactory().get("/")
    assert clock.at_of(request) == clock.at_of(request) == datetime(2026, 3, 2, 5, tzinfo=UTC)
