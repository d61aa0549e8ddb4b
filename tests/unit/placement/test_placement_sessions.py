"""Which sessions does care touch?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybreak.placement.sessions import Session, touched, touched_by_name

E, M, A, V, N = Session.EARLY, Session.MORNING, Session.AFTERNOON, Session.EVENING, Session.NIGHT


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (7 * 60, 15 * 60, [(0, E), (0, M), (0, A)]),
        (8 * 60, 12 * 60, [(0, M)]),
        (8 * 60 - 1, 12 * 60 + 1, [(0, E), (0, M), (0, A)]),
        (22 * 60, 30 * 60, [(0, V), (0, N), (1, E)]),
        (-20, 4 * 60, [(-1, N)]),
        (0, 24 * 60, [(-1, N), (0, E), (0, M), (0, A), (0, V), (0, N)]),
        (-3 * 60, -2 * 60, [(-1, V)]),
        (8 * 60, 12 * 60 + 0.0000001, [(0, M)]),
    ],
)
def test_a_span_touches_the_sessions_it_shares_time_with(
    starts: float, ends: float, expected: list[tuple[int, Session]]
) -> None:
    assert list(touched(starts, ends)) == expected


@given(st.floats(-1440, 1440), st.floats(1, 2 * 1440))
def test_many_spans_at_once_touch_what_each_touches_alone(starts: float, length: float) -> None:
    at_once = touched_by_name(np.array([starts]), np.array([starts + length]))[0]
    names = {session for _, session in touched(starts, starts + length)}
    assert [bool(one) for one in at_once] == [session in names for session in Session]
