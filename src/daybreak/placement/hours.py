"""Is a site open for all of it? Hours repeat daily, may cross midnight, and equal hours mean always open.

A site may stay closed on some days around the day of care. An opening belongs to the day it starts on, whatever day it
ends on.
"""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from daybreak.kernel.spans import DAY
from daybreak.placement.sessions import TOLERANCE

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def span_of(starts: int, ends: int) -> tuple[int, int]:
    """Return clock minutes as a span; an end at or before the start is on the next day.

    >>> span_of(22 * 60, 6 * 60)
    (1320, 1800)
    """
    return starts, ends if ends > starts else ends + DAY


def cover(opens: Ints, closes: Ints, since: Floats, until: Floats) -> Bools:
    """Say for each site whether one opening holds the span, moved by no day or by one day forward or back.

    `opens` and `closes` are clock minutes per site, `since` and `until` the minutes to cover there; a span may start
    before midnight (negative) or end after the next.
    """
    last = np.where(closes > opens, closes, closes + DAY) + TOLERANCE
    first = opens - TOLERANCE
    inside: Bools = (opens == closes) & np.isfinite(since)
    for moved in (-DAY, 0, DAY):
        inside |= (since + moved >= first) & (until + moved <= last)
    return inside


def covers(opens: int, closes: int, since: float, until: float) -> bool:
    """Say whether one site's opening holds the span, by the same rule.

    >>> covers(18 * 60, 8 * 60, -15, 7 * 60)
    True
    >>> covers(6 * 60, 18 * 60, 5 * 60 + 59, 17 * 60)
    False
    """
    return bool(cover(np.array([opens]), np.array([closes]), np.array([float(since)]), np.array([float(until)]))[0])


def open_through(opens: int, closes: int, closed: Collection[int], since: float, until: float) -> bool:
    """Say whether one site's openings hold the span, none of them on a day it stays closed.

    `closed` holds days around the day of care, which is 0. A site that never closes covers a span by several openings,
    one after the other.

    >>> friday_night = (22 * 60.0, 30 * 60.0)
    >>> open_through(18 * 60, 8 * 60, {1, 2}, *friday_night), open_through(0, 0, {1, 2}, *friday_night)
    (True, False)
    """
    if opens != closes:
        last = closes if closes > opens else closes + DAY
        return any(
            day not in closed and since >= opens + day * DAY - TOLERANCE and until <= last + day * DAY + TOLERANCE
            for day in (-1, 0, 1)
        )
    first = int((since - opens + TOLERANCE) // DAY)
    final = int(-((opens + TOLERANCE - until) // DAY))
    return not any(day in closed for day in range(first, max(final, first + 1)))
