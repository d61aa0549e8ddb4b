"""Whether a site is open through a span, on the days it opens: the rule agrees with a count of every minute."""

from hypothesis import given
from hypothesis import strategies as st

from daybreak.kernel.spans import DAY
from daybreak.placement.hours import covers, open_through

clocks = st.integers(0, DAY - 1)
days = st.frozensets(st.integers(-2, 2))


def holding(opens: int, closes: int, day: int) -> range:
    """The minutes of the opening that begins on a day."""
    last = closes if closes > opens else closes + DAY
    return range(opens + day * DAY, last + day * DAY)


@given(clocks, clocks, days, st.integers(-120, DAY - 1), st.integers(1, 17 * 60))
def test_a_span_fits_exactly_when_every_minute_of_it_does(
    opens: int, closes: int, closed: frozenset[int], since: int, lasts: int
) -> None:
    span = set(range(since, since + lasts))
    openings = [set(holding(opens, closes, day)) for day in range(-2, 3) if day not in closed]
    if opens == closes:
        expected = span <= set().union(*openings)
    else:
        # A site that closes for the night does not keep children from one opening to the next.
        expected = any(
            span <= opening
            for day, opening in zip(sorted({-2, -1, 0, 1, 2} - closed), openings, strict=True)
            if abs(day) < 2
        )
    assert open_through(opens, closes, closed, float(since), float(since + lasts)) == expected


@given(clocks, clocks, st.integers(-120, DAY - 1), st.integers(1, 17 * 60))
def test_a_site_that_opens_every_day_is_open_as_hours_alone_say(
    opens: int, closes: int, since: int, lasts: int
) -> None:
    assert open_through(opens, closes, (), since, since + lasts) == covers(opens, closes, since, since + lasts)


@given(clocks, clocks, days, days, st.integers(-120, DAY - 1), st.integers(1, 17 * 60))
def test_one_more_closed_day_never_opens_anything(
    opens: int, closes: int, closed: frozenset[int], more: frozenset[int], since: int, lasts: int
) -> None:
    if open_through(opens, closes, closed | more, since, since + lasts):
        assert open_through(opens, closes, closed, since, since + lasts)
