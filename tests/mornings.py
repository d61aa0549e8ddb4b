"""Small random mornings for laws about placement: few sites, few households, a coarse grid so that ties happen."""

from random import Random

from hypothesis import strategies as st

from daybreak.placement.sessions import Session
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site

CLOCKS = (0, 5 * 60, 6 * 60 + 30, 8 * 60, 12 * 60, 18 * 60, 19 * 60 + 15, 22 * 60, 23 * 60 + 50)
AGES = (0, 10, 17, 18, 30, 48, 70)
BANDS = ((0, 18), (0, 60), (10, 31), (18, 36), (0, 156), (30, 72))


def points() -> st.SearchStrategy[Point]:
    """Corners of a grid of about a kilometer."""
    return st.builds(
        lambda north, east: Point(42.30 + north * 0.01, -71.10 + east * 0.01), st.integers(0, 4), st.integers(0, 4)
    )


@st.composite
def sites(draw: st.DrawFn, site_id: str, by_session: bool) -> Site:
    """One site of any kind, with up to three rooms."""
    kind = draw(st.sampled_from(Kind))
    spots = draw(st.integers(0, 4))
    rooms = []
    for number in range(0 if kind is Kind.IN_HOME else draw(st.integers(0, 3))):
        since, until = draw(st.sampled_from(BANDS))
        room_spots = draw(st.integers(0, 3))
        limited = {(0, session): draw(st.integers(0, room_spots)) for session in Session} if by_session else None
        rooms.append(Room(f"{site_id}r{number}", site_id, since, until, room_spots, session_spots=limited))
    opens = draw(st.sampled_from(CLOCKS))
    return Site(
        site_id=site_id,
        kind=kind,
        place=draw(points()),
        opens=opens,
        closes=draw(st.one_of(st.just(opens), st.sampled_from(CLOCKS))),
        spots=spots,
        rooms=tuple(rooms),
        takes_mildly_ill=draw(st.booleans()),
        takes_special_needs=draw(st.booleans()),
        travel_radius_km=draw(st.sampled_from((0.0, 1.5, 5.0))) if kind is Kind.IN_HOME else 0.0,
        session_spots={(0, session): spots for session in Session} if by_session else None,
    )


@st.composite
def households(draw: st.DrawFn, number: int, most_children: int) -> Household:
    """One household; now and then a child has hours of its own."""
    children = []
    for at in range(draw(st.integers(1, most_children))):
        own = draw(st.booleans()) and draw(st.booleans())
        children.append(
            Child(
                child_id=f"c{number}{at}",
                months=draw(st.sampled_from(AGES)),
                mildly_ill=draw(st.integers(0, 4)) == 0,
                special_needs=draw(st.integers(0, 4)) == 0,
                starts=draw(st.sampled_from(CLOCKS)) if own else None,
                ends=draw(st.sampled_from(CLOCKS)) if own else None,
            )
        )
    return Household(
        household_id=f"h{number}",
        home=draw(points()),
        work=draw(points()),
        starts=draw(st.sampled_from(CLOCKS)),
        ends=draw(st.sampled_from(CLOCKS)),
        max_detour_minutes=draw(st.sampled_from((0.0, 5.0, 20.0, 60.0))),
        children=tuple(children),
        keep_together=draw(st.booleans()),
        priority=draw(st.integers(0, 2)),
        pay_class=draw(st.sampled_from(("hourly", "salaried"))),
        asked_at=draw(st.sampled_from(("05:10", "05:20", "05:30"))),
    )


@st.composite
def mornings(
    draw: st.DrawFn, most_sites: int = 4, most_households: int = 5, most_children: int = 3, sessions: bool = True
) -> Morning:
    """One morning, in half of the cases with sessions counted apart."""
    by_session = sessions and draw(st.booleans())
    numbers = range(draw(st.integers(0, most_sites)))
    some_sites = tuple(draw(sites(f"s{number}", by_session)) for number in numbers)
    some_households = tuple(
        draw(households(number, most_children)) for number in range(draw(st.integers(1, most_households)))
    )
    child_ids = tuple(child.child_id for household in some_households for child in household.children)
    return Morning(some_sites, some_households, child_ids, by_session)


def town(children: int, seed: int) -> Morning:
    """A larger morning, always the same for a seed, with fewer spots than children so that many come too late."""
    dice = Random(seed)
    some_sites = []
    for number in range(children // 10):
        name, kind = f"s{number:04d}", dice.choice(list(Kind))
        bands = () if kind is Kind.IN_HOME else dice.sample(BANDS, 3)
        rooms = tuple(Room(f"{name}r{at}", name, *band, dice.randint(1, 5)) for at, band in enumerate(bands))
        opens, closes = dice.choice(((360, 1080), (420, 1140), (0, 0), (1080, 480)))
        spots = dice.randint(1, 4) if kind is Kind.IN_HOME else dice.randint(3, 12)
        some_sites.append(
            Site(
                name,
                kind,
                _somewhere(dice),
                opens,
                closes,
                spots,
                rooms,
                dice.random() < 0.4,
                dice.random() < 0.4,
                dice.choice((3.0, 8.0)) if kind is Kind.IN_HOME else 0.0,
            )
        )
    some_households: list[Household] = []
    while (so_far := sum(len(one.children) for one in some_households)) < children:
        size = min(children - so_far, dice.choice((1, 1, 1, 2, 2, 3, 4)))
        name = f"h{len(some_households):04d}"
        own = tuple(
            Child(f"{name}c{at}", dice.choice(AGES), dice.random() < 0.05, dice.random() < 0.05) for at in range(size)
        )
        starts, ends = dice.choice(((420, 900), (480, 1020), (540, 1080), (1140, 420)))
        some_households.append(
            Household(
                name,
                _somewhere(dice),
                _somewhere(dice),
                starts,
                ends,
                dice.choice((10.0, 20.0, 30.0)),
                own,
                dice.random() < 0.6,
                dice.randrange(3),
                dice.choice(("hourly", "salaried")),
                f"05:{dice.randrange(60):02d}",
            )
        )
    child_ids = tuple(child.child_id for household in some_households for child in household.children)
    return Morning(tuple(some_sites), tuple(some_households), child_ids)


def _somewhere(dice: Random) -> Point:
    return Point(42.30 + dice.uniform(-0.06, 0.06), -71.10 + dice.uniform(-0.08, 0.08))
