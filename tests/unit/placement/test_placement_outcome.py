"""What came of a morning, in figures?"""

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market, coverable
from daybreak.placement.outcome import figures_of, plan_of
from daybreak.placement.summary import coverable_by_pay_class, summary_of
from daybreak.placement.terms import Child, Household, Kind, Morning, Placement, Plan, Point, Room, Site

HOME, WORK = Point(42.30, -71.10), Point(42.32, -71.10)
# A hundredth of a degree beyond work: 2 x 3.216715 minutes of detour.
BEYOND = Site("beyond", Kind.CENTER, Point(42.33, -71.10), 0, 0, 2, (Room("b", "beyond", 0, 60, 2),))
NADIA = Site("nadia", Kind.IN_HOME, Point(42.31, -71.10), 0, 0, 2, travel_radius_km=3.0)


def household(name: str, children: int, *, together: bool, priority: int = 0, pay_class: str = "hourly") -> Household:
    own = tuple(Child(f"{name}{at}", 30) for at in range(children))
    return Household(name, HOME, WORK, 420, 900, 30.0, own, together, priority, pay_class, "05:40")


def morning_of(*households: Household, sites: tuple[Site, ...] = (BEYOND, NADIA)) -> Morning:
    return Morning(sites, households, tuple(child.child_id for one in households for child in one.children))


def placed(*where: tuple[str, str]) -> Plan:
    return Plan(tuple(Placement(child_id, site_id) for child_id, site_id in where))


def test_a_center_takes_the_detour_from_the_value_once_per_child() -> None:
    figures = figures_of(morning_of(household("a", 2, together=True)), placed(("a0", "beyond"), ("a1", "beyond")))
    assert (figures.placed, round(figures.value, 3), round(figures.taken, 3)) == (2, 2787.133, 12.867)
    assert round(figures.minutes_mean, 4) == 6.4334


def test_a_caregiver_takes_her_way_once_for_the_household() -> None:
    figures = figures_of(morning_of(household("a", 2, together=True)), placed(("a0", "nadia"), ("a1", "nadia")))
    assert (figures.placed, round(figures.taken, 3)) == (2, 3.217)


def test_going_apart_takes_ten_minutes_for_each_placed_child() -> None:
    figures = figures_of(morning_of(household("a", 2, together=False)), placed(("a0", "nadia"), ("a1", "beyond")))
    assert round(figures.taken, 3) == round(3.217 + 6.433 + 20, 3)


def test_one_of_two_placed_is_apart_too_and_an_only_child_never() -> None:
    two = figures_of(morning_of(household("a", 2, together=False)), placed(("a0", "nadia")))
    one = figures_of(morning_of(household("a", 1, together=False)), placed(("a0", "nadia")))
    assert (round(two.taken, 3), round(one.taken, 3)) == (13.217, 3.217)


def test_all_children_at_one_site_are_whole_however_they_got_there() -> None:
    figures = figures_of(morning_of(household("a", 2, together=False)), placed(("a0", "beyond"), ("a1", "beyond")))
    assert round(figures.taken, 3) == 12.867


def test_two_of_three_at_one_site_by_chance_still_count_as_apart() -> None:
    figures = figures_of(morning_of(household("a", 3, together=False)), placed(("a0", "beyond"), ("a1", "beyond")))
    assert round(figures.taken, 3) == 32.867


def test_a_morning_where_nobody_is_placed_has_a_mean_of_nothing() -> None:
    assert figures_of(morning_of(household("a", 1, together=True)), Plan(())).minutes_mean == 0.0


def test_the_worth_of_a_child_depends_on_its_priority() -> None:
    morning = morning_of(household("a", 1, together=True, priority=2), sites=(NADIA,))
    assert round(figures_of(morning, placed(("a0", "nadia"))).value, 3) == 996.783
    assert round(figures_of(morning, placed(("a0", "nadia")), (3.0, 2.0, 1.0)).value, 3) == -2.217


def test_the_summary_has_every_figure_that_outsiders_rely_on() -> None:
    morning = morning_of(
        household("a", 1, together=True),
        household("b", 2, together=False, priority=1, pay_class="salaried"),
        household("c", 1, together=True, priority=2),
        sites=(BEYOND,),
    )
    market = compile_market(morning)
    plan = plan_of(market, first_come(market))
    could = [child for family in coverable(market) for child in family]
    worth = (1400.0, 1200.0, 1000.0)
    summary = summary_of(morning, plan, coverable=could, first_come=plan, value_bound=3000.0, worth=worth)
    assert {
        key: value for key, value in summary.items() if key not in ("value", "gap", "minutes_mean", "first_come")
    } == {
        "children": 4,
        "coverable": 4,
        "placed": 2,
        "placed_by_priority": {"0": 1, "1": 1, "2": 0},
        "value_bound": 3000.0,
        "rate_by_pay_class": {"hourly": 0.5, "salaried": 0.5},
    }
    assert round(figures_of(morning, plan).value, 3) == round(2600 - 2 * 6.43343 - 10, 3)
    assert summary["first_come"] == {key: summary[key] for key in ("placed", "value", "minutes_mean")}


def test_a_pay_class_without_a_coverable_child_has_no_rate() -> None:
    morning = morning_of(household("a", 1, together=True), sites=(NADIA,))
    assert coverable_by_pay_class(morning, [True]) == {"hourly": 1, "salaried": 0}
    market = compile_market(morning)
    plan, worth = plan_of(market, first_come(market)), (1400.0, 1200.0, 1000.0)
    summary = summary_of(morning, plan, coverable=[True], first_come=plan, value_bound=1400.0, worth=worth)
    assert summary["rate_by_pay_class"] == {"hourly": 1.0, "salaried": None}
