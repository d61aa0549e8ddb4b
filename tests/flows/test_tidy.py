"""What has served its time is forgotten by the worker, and nothing else."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from cast import DAWN
from daybreak.accounts.actions import may_knock
from daybreak.accounts.models import Pace
from daybreak.accounts.pace import Limit
from daybreak.cli.worker import tidy
from daybreak.demo.cast import made_id
from daybreak.due.models import IdempotencyKey
from daybreak.web import pacing

pytestmark = pytest.mark.django_db

LIMIT = Limit(burst=2, per_hour=60)


def test_ended_sessions_full_buckets_and_old_keys_are_forgotten() -> None:
    for name, age in (("old", timedelta(days=100)), ("fresh", timedelta(hours=1))):
        Session.objects.create(session_key=name, session_data="", expire_date=DAWN + timedelta(days=14) - age)
        may_knock(f"sign-in by {name}", LIMIT, at=DAWN - age)
        IdempotencyKey.objects.create(scope=made_id("rosa"), key=name, body="", at=DAWN - age)

    assert tidy(DAWN) == 3

    assert [row.session_key for row in Session.objects.all()] == ["fresh"]
    assert [row.bucket for row in Pace.objects.all()] == ["sign-in by fresh"]
    assert [row.key for row in IdempotencyKey.objects.all()] == ["fresh"]
    assert tidy(DAWN) == 0


def test_a_bucket_that_is_forgotten_would_have_been_full_by_then() -> None:
    """Otherwise forgetting would give somebody extra tries."""
    for limit in slowest_limits():
        assert limit.burst / limit.per_hour * 3600 <= timedelta(days=2).total_seconds()


def slowest_limits() -> list[Limit]:
    from_pages = [value for value in vars(pacing).values() if isinstance(value, Limit)]
    assert from_pages
    return from_pages
