"""Which parts of the day does care touch?

Five sessions cover the clock, and a child takes a spot in each that its care touches.
"""

from enum import StrEnum

import numpy as np
import numpy.typing as npt

from daybreak.kernel.spans import DAY

TOLERANCE = 0.000001
"""Minutes or kilometers by which any comparison may be off and still hold."""


class Session(StrEnum):
    """A part of the local day. Night runs past midnight and belongs to the day it starts on."""

    EARLY = "early"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


SessionKey = tuple[int, Session]
"""Days after the day of care (minus one is the day before), and the session of that day."""

CLOCK: dict[Session, tuple[int, int]] = {
    Session.EARLY: (5 * 60, 8 * 60),
    Session.MORNING: (8 * 60, 12 * 60),
    Session.AFTERNOON: (12 * 60, 18 * 60),
    Session.EVENING: (18 * 60, 23 * 60),
    Session.NIGHT: (23 * 60, 29 * 60),
}
"""Minutes after midnight of the day a session belongs to, half-open."""


def touched(starts: float, ends: float) -> tuple[SessionKey, ...]:
    """Return the sessions that a span of minutes shares time with, in order of time.

    Both are minutes after midnight of the day of care; the span may start before that midnight (negative) or end after
    the next. Touching ends share no time.

    >>> [(day, str(session)) for day, session in touched(6 * 60 + 40, 12 * 60)]
    [(0, 'early'), (0, 'morning')]
    >>> [(day, str(session)) for day, session in touched(-30, 5 * 60 + 30)]
    [(-1, 'night'), (0, 'early')]
    """
    days = range(int(starts // DAY) - 1, int(ends // DAY) + 1)
    return tuple(
        (day, session)
        for day in days
        for session, (opens, closes) in CLOCK.items()
        if min(ends, closes + day * DAY) - max(starts, opens + day * DAY) > TOLERANCE
    )


def touched_by_name(starts: npt.NDArray[np.float64], ends: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Say for many spans at once which sessions they touch, whichever day it is; shape (spans, sessions in order).

    A span lies between the day before and two days after the day of care.

    >>> touched_by_name(np.array([-30.0]), np.array([5 * 60 + 30.0])).tolist()
    [[True, False, False, False, True]]
    """
    touches = np.zeros((len(starts), len(CLOCK)), dtype=np.bool_)
    for column, (opens, closes) in enumerate(CLOCK.values()):
        for day in range(-2, 4):
            shared = np.minimum(ends, closes + day * DAY) - np.maximum(starts, opens + day * DAY)
            touches[:, column] |= shared > TOLERANCE
    return touches
