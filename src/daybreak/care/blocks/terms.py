"""The words of what stands in a calendar for a care request."""

from dataclasses import dataclass
from datetime import datetime

from daybreak.care.terms import BookingView, RequestView
from daybreak.kernel.spans import Span


@dataclass(frozen=True)
class Planned:
    """A request with the span of its shift, and how often and when it last changed."""

    view: RequestView
    shift: Span
    changed_at: datetime
    changes: int


@dataclass(frozen=True)
class Arrival:
    """A booking as its site's calendar shows it."""

    booking: BookingView
    changed_at: datetime
    changes: int
