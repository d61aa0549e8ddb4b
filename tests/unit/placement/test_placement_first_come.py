"""Who comes first, and which of two equally good sites is taken?"""

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.terms import Child, Household, Kind, Morning, Point, Room, Site
from daybreak.placement.travel import minutes

HOME, WORK = Point(42.30, -71.10), Point(42.32, -71.10)


def household(name: str, asked_at: str, *, home: Point = HOME, max_detour: float = 30.0) -> Household:
    return Household(name, home, WORK, 480, 960, max_detour, (Child(f"child of {name}", 30),), asked_at=asked_at)


def site(name: str, place: Point, spots: int = 1) -> Site:
    return Site(name, Kind.CENTER, place, 0, 0, spots, (Room(f"{name}-all", name, 0, 60, spots),))


def where(morning: Morning) -> dict[str, str]:
    return {child_id: site_id for child_id, (site_id, _) in first_come(compile_market(morning)).items()}


def morning_of(sites: list[Site], households: list[Household]) -> Morning:
    return Morning(tuple(sites), tuple(households), tuple(one.children[0].child_id for one in households))


def test_the_earlier_request_is_served_first_whatever_the_order_of_the_file() -> None:
    late, early = household("a", "2026-03-02T05:41"), household("b", "2026-03-02T05:40")
    assert where(morning_of([site("oaks", WORK)], [late, early])) == {"child of b": "oaks"}


def test_requests_of_one_minute_fall_to_the_smaller_household_id_as_text() -> None:
    ten, nine = household("h10", "05:40"), household("h9", "05:40")
    assert where(morning_of([site("oaks", WORK)], [nine, ten])) == {"child of h10": "oaks"}


def test_asked_at_is_compared_as_text_so_a_bare_clock_comes_before_a_date() -> None:
    dated, bare = household("a", "2026-03-02T05:40"), household("b", "05:50")
    assert where(morning_of([site("oaks", WORK)], [dated, bare])) == {"child of b": "oaks"}


def test_sites_that_differ_by_less_than_a_millionth_of_a_minute_cost_the_same() -> None:
    """A ten-billionth of a degree beyond work is a detour of some 0.00000006 minutes, no reason to pass over `a`."""
    a, b = site("a", Point(42.3200000001, -71.10)), site("b", WORK)
    assert 0 < minutes(WORK, a.place) < 0.0000005
    assert where(morning_of([b, a], [household("h", "05:40")])) == {"child of h": "a"}


def test_sites_that_differ_by_more_do_not() -> None:
    a, b = site("a", Point(42.320001, -71.10)), site("b", WORK)
    assert where(morning_of([a, b], [household("h", "05:40")])) == {"child of h": "b"}


def test_the_next_best_site_is_taken_when_the_best_is_full() -> None:
    sites = [site("near", WORK), site("far", Point(42.33, -71.10))]
    assert where(morning_of(sites, [household("a", "05:40"), household("b", "05:41")])) == {
        "child of a": "near",
        "child of b": "far",
    }


def test_nothing_is_taken_when_nothing_fits() -> None:
    assert where(morning_of([site("far", Point(42.33, -71.10))], [household("a", "05:40", max_detour=5.0)])) == {}
    assert where(morning_of([], [household("a", "05:40")])) == {}
