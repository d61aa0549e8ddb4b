"""Minutes by road from a real server on this machine; the formula where it does not answer, and the page says which."""

import logging
from collections.abc import Iterator
from datetime import time, timedelta

import httpx
import pytest

from cast import ADA, DAWN, OKAFOR, ROSA, Opened, clock, close_all_but, household_of, set_offer
from daybreak.care.actions.look import look_on
from daybreak.care.states import RequestState
from daybreak.demo.cast import made_id
from daybreak.kernel.errors import BadInput
from daybreak.network.models import MeasuredWay, Site
from daybreak.network.transports import MOST_POINTS, NoAnswer, Osrm, Valhalla, travel_times
from daybreak.network.ways import actions
from daybreak.network.ways.actions import LEFT_ALONE, forget_ways
from daybreak.network.ways.queries import KEPT, legs_by_way_of
from daybreak.people.queries import household_of as profile_of
from daybreak.people.terms import HouseholdProfile
from daybreak.placement.terms import Point
from daybreak.placement.travel import detour, minutes
from roads import Roads, roads_open
from web_visits import at_dawn, seen, visitor

HERE, THERE, BEYOND = Point(42.9, -78.9), Point(42.95, -78.85), Point(43.0, -78.8)


@pytest.fixture
def roads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Roads]:
    monkeypatch.setattr(actions, "_quiet_until", {})
    with roads_open() as opened:
        yield opened


@pytest.fixture(params=["osrm", "valhalla"])
def service(request: pytest.FixtureRequest, roads: Roads, settings: object) -> str:
    kind: str = request.param
    settings.TRAVEL = f"{kind}:http://127.0.0.1:{roads.port}"  # type: ignore[attr-defined]
    return kind


def rosas_home() -> HouseholdProfile:
    profile = profile_of(household_of("rosa"), person_id=ROSA)
    assert profile is not None
    return profile


def test_a_matrix_is_read_in_minutes_and_a_way_that_is_none_is_none(roads: Roads, service: str) -> None:
    roads.factor = 2.0
    roads.closed = {BEYOND}
    with travel_times() as asked:
        (row,) = asked.minutes([HERE], [THERE, BEYOND])
        column = asked.minutes([THERE, BEYOND], [HERE])
    assert row == [pytest.approx(2 * minutes(HERE, THERE), abs=0.01), None]
    assert column == [[pytest.approx(2 * minutes(THERE, HERE), abs=0.01)], [None]]
    assert roads.asked == [(service, 1, 2), (service, 2, 1)]


def test_many_points_are_asked_in_parts_the_server_takes(roads: Roads, service: str) -> None:
    many = [Point(42.9 + at / 10_000, -78.9) for at in range(250)]
    with travel_times() as asked:
        (row,) = asked.minutes([HERE], many)
        column = asked.minutes(many, [HERE])
    assert [round(cell or 0, 1) for cell in row] == [round(minutes(HERE, point), 1) for point in many]
    assert [round(cell or 0, 1) for (cell,) in column] == [round(minutes(point, HERE), 1) for point in many]
    assert max(sources + targets for _, sources, targets in roads.asked) == MOST_POINTS
    assert len(roads.asked) == 6


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b"{}"),
        (400, b'{"code": "InvalidQuery"}'),
        (200, b"<html>Welcome</html>"),
        (200, b'{"code": "NoTable"}'),
        (200, b'{"code": "Ok", "durations": [[1, 2, 3]], "sources_to_targets": [[]]}'),
        (200, b'{"code": "Ok", "durations": [["soon"]], "sources_to_targets": [[{"time": "soon"}]]}'),
        (200, b'{"code": "Ok", "durations": [[-1]], "sources_to_targets": [[{"time": NaN}]]}'),
        (200, b"[]"),
        (200, b"null"),
    ],
)
def test_anything_but_a_matrix_of_times_is_no_answer(roads: Roads, service: str, status: int, answer: bytes) -> None:
    roads.status, roads.answer = status, answer
    with travel_times() as asked, pytest.raises(NoAnswer):
        asked.minutes([HERE], [THERE])


@pytest.mark.parametrize("kind", [Osrm, Valhalla])
def test_a_server_that_is_not_there_is_no_answer(kind: type[Osrm] | type[Valhalla]) -> None:
    with httpx.Client(base_url="http://127.0.0.1:9", timeout=0.5) as client, pytest.raises(NoAnswer):
        kind(client).minutes([HERE], [THERE])


@pytest.mark.parametrize("value", ["google:https://maps.example.org", "osrm", "osrm:localhost:5000", ":"])
def test_a_setting_that_names_no_service_is_a_sentence(settings: object, value: str) -> None:
    settings.TRAVEL = value  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="DAYBREAK_TRAVEL names no service"), travel_times():
        pass


def test_a_booking_and_its_page_use_what_was_measured(
    opened: Opened, roads: Roads, service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roads.factor = 2.0
    close_all_but("okafor")
    home = rosas_home()
    site = Site.objects.get(pk=OKAFOR)
    place = Point(site.latitude, site.longitude)
    view = opened.asked()
    assert view.booking is not None
    assert view.booking.site_id == OKAFOR
    assert view.booking.minutes == pytest.approx(2 * detour(home.home, place, home.work), abs=0.05)
    way = 2 * minutes(place, home.work)
    before = (clock(7) - view.booking.arrives_at) / timedelta(minutes=1)
    assert before == pytest.approx(way, abs=1)

    legs = legs_by_way_of(place, home=home.home, work=home.work, at=opened.at)
    assert (legs.by, legs.to_site) == (service, pytest.approx(2 * minutes(home.home, place), abs=0.01))
    at_dawn(monkeypatch)
    said = seen(visitor(ROSA).get(f"/requests/{view.request_id}")).said
    name = {"osrm": "OSRM", "valhalla": "Valhalla"}[service]
    assert f"These are driving times by road, measured by {name}, without traffic." in said
    assert "estimates from the distance" not in said


def test_a_way_is_measured_once_and_nobody_can_read_whose_it_is(opened: Opened, roads: Roads, service: str) -> None:
    opened.asked()
    asked = len(roads.asked)
    assert asked > 0
    opened.asked(children=[ADA], starts=time(19), ends=time(22))
    assert len(roads.asked) == asked
    home = rosas_home().home
    for way in MeasuredWay.objects.values_list("way", flat=True):
        assert len(way) == 64
        assert str(home.latitude)[:5] not in way
    kept = MeasuredWay.objects.count()
    assert forget_ways(at=opened.at + KEPT - timedelta(seconds=1)) == 0
    assert forget_ways(at=opened.at + KEPT) == kept
    assert MeasuredWay.objects.count() == 0


def test_a_road_that_is_quicker_than_the_formula_brings_a_site_within_reach(
    opened: Opened, roads: Roads, service: str
) -> None:
    close_all_but("okafor")
    home = rosas_home()
    # As far off the way as the formula allows and half as much again.
    site = Site.objects.get(pk=OKAFOR)
    while detour(home.home, Point(site.latitude, site.longitude), home.work) < home.max_detour_minutes * 1.5:
        site.latitude += 0.005
    site.save(update_fields=["latitude"])
    roads.factor = 0.5
    view = opened.asked()
    assert view.booking is not None
    assert view.booking.site_id == OKAFOR
    assert view.booking.minutes < home.max_detour_minutes


def test_a_road_that_is_slower_takes_a_site_out_of_reach(opened: Opened, roads: Roads, service: str) -> None:
    close_all_but("okafor")
    roads.factor = 40.0
    view = opened.asked()
    assert view.state is RequestState.ASKED
    assert view.booking is None


def test_a_service_that_does_not_answer_leaves_the_formula_and_is_left_alone_for_a_while(
    opened: Opened, roads: Roads, service: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    roads.status = 503
    close_all_but("okafor")
    home, site = rosas_home(), Site.objects.get(pk=OKAFOR)
    with caplog.at_level(logging.WARNING, "daybreak.network.ways.actions"):
        view = opened.asked()
    assert view.booking is not None
    assert view.booking.minutes == pytest.approx(detour(home.home, Point(site.latitude, site.longitude), home.work))
    assert [record.getMessage() for record in caplog.records] == [
        f"travel times: {service} does not answer (HTTPStatusError); the formula stands in"
    ]
    asked = len(roads.asked)
    opened.asked(who=made_id("marisol"), household="marisol", children=[made_id("child Lucía")])
    assert len(roads.asked) == asked
    assert MeasuredWay.objects.count() == 0
    at_dawn(monkeypatch)
    said = seen(visitor(ROSA).get(f"/requests/{view.request_id}")).said
    assert "These are estimates from the distance, without traffic." in said


def test_a_request_that_waits_is_measured_when_it_looks_again(opened: Opened, roads: Roads, service: str) -> None:
    close_all_but()
    roads.status = 503
    view = opened.asked()
    assert view.state is RequestState.ASKED
    roads.status, roads.factor = 200, 2.0
    set_offer("okafor", 2)
    # Left alone for a minute, then asked again.
    look_on(view.request_id, at=DAWN + LEFT_ALONE)
    now = opened.view(view.request_id)
    assert now.booking is not None
    home, site = rosas_home(), Site.objects.get(pk=OKAFOR)
    added = detour(home.home, Point(site.latitude, site.longitude), home.work)
    assert now.booking.minutes == pytest.approx(2 * added, abs=0.05)


def test_a_service_that_is_none_leaves_the_formula(opened: Opened, roads: Roads, settings: object) -> None:
    settings.TRAVEL = "google:https://maps.example.org"  # type: ignore[attr-defined]
    assert opened.asked().booking is not None
    assert MeasuredWay.objects.count() == 0


def test_without_a_service_nothing_is_asked_and_nothing_kept(opened: Opened, roads: Roads) -> None:
    assert opened.asked().booking is not None
    assert (roads.asked, MeasuredWay.objects.count()) == ([], 0)
