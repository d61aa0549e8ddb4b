"""Laws of the bucket: a burst passes at once, the rate holds in the long run, and waiting always helps."""

from hypothesis import given
from hypothesis import strategies as st

from daybreak.accounts.pace import Limit, spend

LIMITS = st.builds(Limit, burst=st.integers(1, 30), per_hour=st.integers(1, 600))
GAPS = st.lists(st.floats(0, 7200, allow_nan=False), max_size=80)


def knock(limit: Limit, gaps: list[float]) -> list[bool]:
    tokens, answers = float(limit.burst), []
    for gap in gaps:
        allowed, tokens = spend(limit, tokens, gap)
        answers.append(allowed)
    return answers


@given(limit=LIMITS, gaps=GAPS)
def test_no_more_pass_than_the_burst_and_what_time_has_filled(limit: Limit, gaps: list[float]) -> None:
    passed = sum(knock(limit, gaps))
    assert passed <= limit.burst + sum(gaps) * limit.per_hour / 3600 + 1e-6


@given(limit=LIMITS)
def test_a_burst_passes_and_the_next_one_does_not(limit: Limit) -> None:
    assert knock(limit, [0.0] * (limit.burst + 1)) == [True] * limit.burst + [False]


@given(limit=LIMITS, tokens=st.floats(0, 30), seconds=st.floats(-100, 100_000))
def test_the_bucket_is_never_below_nothing_nor_above_its_burst(limit: Limit, tokens: float, seconds: float) -> None:
    _, left = spend(limit, min(tokens, limit.burst), seconds)
    assert 0 <= left <= limit.burst


@given(limit=LIMITS, tokens=st.floats(0, 1, exclude_max=True))
def test_whoever_waits_for_one_token_is_let_in(limit: Limit, tokens: float) -> None:
    needed = (1 - tokens) * 3600 / limit.per_hour
    assert spend(limit, tokens, needed + 0.01)[0] is True


@given(limit=LIMITS, tokens=st.floats(0, 30), seconds=st.floats(0, 10_000), more=st.floats(0, 10_000))
def test_waiting_longer_never_turns_a_yes_into_a_no(limit: Limit, tokens: float, seconds: float, more: float) -> None:
    if spend(limit, tokens, seconds)[0]:
        assert spend(limit, tokens, seconds + more)[0]


@given(limit=LIMITS, tokens=st.floats(0, 0.99))
def test_a_clock_set_back_fills_nothing(limit: Limit, tokens: float) -> None:
    assert spend(limit, tokens, -3600.0) == (False, tokens)
