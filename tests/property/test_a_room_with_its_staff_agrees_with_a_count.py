"""For random laws, rosters and children, the limits of a room say what counting every quarter of an hour says."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from counted_by_hand import may_be_together
from daybreak.placement.law import Band, Eased, Law, Mixed
from daybreak.placement.ratios import fits, room_left, too_many
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import OnDuty, Part, caps, limits_of, pieces, with_one_more

MARKS = [0, 6, 12, 18, 24, 36, 48, 60]
QUARTER = 15
ANY = 999


@st.composite
def bands(draw):
    ends = sorted(draw(st.sets(st.sampled_from(MARKS), min_size=2, max_size=5)))
    found = []
    for number, (since, until) in enumerate(pairwise(ends)):
        longer = draw(st.sampled_from([0, 0, 0, 3, 12]))
        found.append(
            Band(
                f"band {number}",
                since,
                until + longer,
                per_adult=draw(st.integers(1, 9)),
                group_most=draw(st.one_of(st.none(), st.integers(2, 20))),
                most_by_adults=tuple(sorted(draw(st.lists(st.integers(1, 14), max_size=2)))),
                most_with_aides=tuple(sorted(draw(st.sampled_from([[], [], [6], [8, 12]])))),
            )
        )
    return tuple(found)


LAWS = st.builds(
    Law,
    bands=bands(),
    mixed=st.sampled_from([Mixed.YOUNGEST, Mixed.PREDOMINANT]),
    second_adult_above=st.one_of(st.none(), st.integers(1, 8)),
    aides_count=st.booleans(),
    eased=st.one_of(
        st.none(),
        st.builds(
            Eased,
            opening_minutes=st.sampled_from([0, 45, 90]),
            closing_minutes=st.sampled_from([0, 45, 90]),
            from_months=st.sampled_from(MARKS),
            per_adult=st.integers(1, 16),
        ),
    ),
)
HOURS = st.integers(0, 96).map(lambda quarter: quarter * QUARTER)
DUTIES = st.builds(
    lambda room_id, part, starts, lasts: OnDuty(room_id, part, starts - 24 * 60, starts - 24 * 60 + lasts),
    room_id=st.sampled_from(["here", "here", "here", "there"]),
    part=st.sampled_from([Part.EDUCATOR, Part.EDUCATOR, Part.AIDE, Part.HELPER]),
    starts=st.integers(0, 200).map(lambda quarter: quarter * QUARTER),
    lasts=st.integers(1, 60).map(lambda quarter: quarter * QUARTER),
)
ALL_DAY = st.lists(
    st.builds(OnDuty, st.just("here"), st.just(Part.EDUCATOR), st.just(-1440), st.just(2880)), max_size=4
)


@st.composite
def cases(draw):
    law = draw(LAWS)
    since = draw(st.one_of(st.sampled_from(MARKS[:-1]), st.integers(0, 59)))
    room = since, since + draw(st.one_of(st.integers(1, 4), st.integers(1, 40)))
    session = draw(st.sampled_from(list(Session)))
    opens = draw(st.integers(16, 36)) * QUARTER
    if law.eased and law.eased.opening_minutes and draw(st.booleans()):
        # A site that opens so that the whole early session is eased: elsewhere the rest of the session decides.
        session, opens = Session.EARLY, 8 * 60 - law.eased.opening_minutes
    closes = draw(
        st.one_of(st.integers(50, 92).map(lambda quarter: quarter * QUARTER), st.just(opens), st.just(6 * 60))
    )
    staff = [*draw(ALL_DAY), *draw(st.lists(DUTIES, max_size=3))]
    ages = st.lists(st.integers(room[0], room[1] - 1), max_size=8)
    return law, room, session, opens, closes, staff, draw(ages), draw(ages)


def limits(law, room, session, opens, closes, staff):
    during = pieces(session, opens=opens, closes=closes, room_id="here", staff=staff, law=law)
    return limits_of(caps(law, *room, during), "the law")


@settings(max_examples=800)
@given(cases())
def test_the_limits_of_a_room_agree_with_counting_every_quarter_of_an_hour(case):
    law, room, session, opens, closes, staff, present, new = case
    held = limits(law, room, session, opens, closes, staff)
    by_hand = may_be_together(
        law, room, [*present, *new], session=session, opens=opens, closes=closes, room_id="here", staff=staff
    )
    assert bool(fits(ANY, held, present, new)) == by_hand


@settings(max_examples=200)
@given(cases())
def test_sending_the_last_ones_home_is_enough_and_one_fewer_is_not(case):
    law, room, session, opens, closes, staff, present, new = case
    held = limits(law, room, session, opens, closes, staff)
    together = [*present, *new]
    over = too_many(held, together)
    assert fits(ANY, held, together[: len(together) - over], ())
    if over:
        assert not fits(ANY, held, together[: len(together) - over + 1], ())


@settings(max_examples=200)
@given(cases(), st.integers(0, 59))
def test_an_infant_more_never_opens_a_spot_and_an_educator_more_never_closes_one(case, months):
    law, room, session, opens, closes, staff, present, _ = case
    held = limits(law, room, session, opens, closes, staff)
    if fits(ANY, held, present, ()):
        left = room_left(ANY, held, present, room[1] - 1)
        assert room_left(ANY, held, [*present, room[0]], room[1] - 1) <= max(0, left - 1)
    more = limits(law, room, session, opens, closes, with_one_more(staff, "here", -1440, 2880))
    without_lists = all(not band.most_by_adults and not band.most_with_aides for band in law.bands)
    if without_lists and fits(ANY, held, present, ()):
        assert fits(ANY, more, present, ())
        assert room_left(ANY, more, present, room[1] - 1) >= room_left(ANY, held, present, room[1] - 1)
