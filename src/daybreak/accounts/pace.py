"""May somebody knock again already? A bucket fills with time and empties with each knock.

Method: token bucket. It forgives a short burst, such as two impatient taps, and stops a flood.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """At most `burst` at once and `per_hour` in the long run."""

    burst: int
    per_hour: int


def spend(limit: Limit, tokens: float, seconds: float) -> tuple[bool, float]:
    """Say whether one more knock is allowed, and how many tokens are left after it.

    `tokens` were left `seconds` ago. A refused knock costs nothing, so waiting always helps.

    >>> spend(Limit(burst=2, per_hour=60), tokens=0.0, seconds=60.0)
    (True, 0.0)
    >>> spend(Limit(burst=2, per_hour=60), tokens=0.0, seconds=30.0)
    (False, 0.5)
    """
    filled = min(float(limit.burst), tokens + max(seconds, 0.0) * limit.per_hour / 3600)
    return (True, filled - 1) if filled >= 1 else (False, filled)
