"""What time is it for commands? The demo's morning may be ahead of the real one."""

from datetime import UTC, datetime, timedelta

from django.conf import settings


def now() -> datetime:
    """A command's reading of the clock: a worker's once per round."""
    return datetime.now(UTC) + timedelta(seconds=settings.CLOCK_AHEAD)
