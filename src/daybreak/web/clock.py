"""What time is it? The one place where a web request reads the clock, once.

The demo runs a few hours ahead so that its day opens before a shift; see CLOCK_AHEAD in the settings.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest


def now() -> datetime:
    """The machine's moment in UTC, moved by CLOCK_AHEAD."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_AHEAD)


def at_of(request: HttpRequest) -> datetime:
    """The moment this request came in: the same one however often it is asked for."""
    at = getattr(request, "came_in_at", None)
    if not isinstance(at, datetime):
        at = now()
        request.came_in_at = at  # type: ignore[attr-defined]
    return at
