"""The rest of today by single taps: spots, staff that is ill, a family that cannot be taken, who came and went."""

from datetime import time
from decimal import Decimal

import pytest
from django.test import Client

from cast import DEE, LITTLE_OAKS, LUCIA, MARISOL, MONDAY, MS_OKAFOR, OKAFOR, ROSA, Opened, clock, close_all_but
from daybreak.care.models import Booking
from daybreak.care.queries import earned_between
from daybreak.care.states import BookingState
from daybreak.demo.cast import made_id
from daybreak.network.caregivers.queries import checks_of, rate_on, week_of
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.terms import NewContract
from daybreak.network.queries import drift, rooms_on, site_card
from daybreak.network.staff.queries import staff_of
from daybreak.people.models import HouseholdAnswer
from daybreak.placement.sessions import Session
from web_visits import at_dawn, seen, visitor

TODDLERS = made_id("room Toddlers of little-oaks")
MIXED = made_id("room Mixed ages of okafor")
INES = made_id("ines")


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


def offered(site: object, room: object) -> set[tuple[int, int]]:
    rooms = {one.room.room_id: one.sessions for one in rooms_on(site, MONDAY)}
    return {(count.spots, count.taken) for count in rooms[room].values()}


def test_one_tap_says_how_many_more_can_come_and_the_same_tap_twice_is_one(opened: Opened) -> None:
    okafor = visitor(MS_OKAFOR)
    assert "Mixed ages" in seen(okafor.get(f"/sites/{OKAFOR}/now")).said
    for _ in range(2):
        okafor.post(f"/sites/{OKAFOR}/now/spots", {"room": str(MIXED), "open": "2"})
        assert offered(OKAFOR, MIXED) == {(2, 0)}
    opened.asked()
    okafor.post(f"/sites/{OKAFOR}/now/spots", {"room": str(MIXED), "open": "2"})
    assert (4, 2) in offered(OKAFOR, MIXED)
    assert drift() == []


@pytest.mark.parametrize(
    "said", [{}, {"room": "x", "open": "1"}, {"room": str(MIXED), "open": "-1"}, {"room": str(MIXED), "open": "many"}]
)
def test_a_tap_that_says_nothing_changes_nothing(opened: Opened, said: dict[str, str]) -> None:
    before = offered(OKAFOR, MIXED)
    assert visitor(MS_OKAFOR).post(f"/sites/{OKAFOR}/now/spots", said).status_code == 302
    assert offered(OKAFOR, MIXED) == before


def test_more_than_the_license_allows_is_said_and_not_saved(opened: Opened) -> None:
    okafor = visitor(MS_OKAFOR)
    answer = okafor.post(f"/sites/{OKAFOR}/now/spots", {"room": str(MIXED), "open": "7"}, follow=True)
    assert "The license allows 6 spots, so 7 spots is too many." in seen(answer).said
    assert offered(OKAFOR, MIXED) == {(3, 0)}


def lucia_at_little_oaks(opened: Opened) -> Booking:
    close_all_but("little-oaks")
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA], starts=time(7, 30))
    assert view.booking is not None
    assert view.booking.site_id == LITTLE_OAKS
    return Booking.objects.get(pk=view.booking.booking_id)


def test_an_educator_is_ill_and_one_family_cannot_be_taken_and_reads_the_rule(opened: Opened) -> None:
    booking = lucia_at_little_oaks(opened)
    dee = visitor(DEE)
    lena = next(one.staffer_id for one in staff_of(LITTLE_OAKS) if one.name == "Lena Kowalski")

    page = seen(dee.get(f"/sites/{LITTLE_OAKS}/now"))
    assert "Lena Kowalski is ill" in page.said
    assert "too many" not in page.said
    answer = dee.post(f"/sites/{LITTLE_OAKS}/now/staff", {"staffer": str(lena), "is": "gone"}, follow=True)
    page = seen(answer)
    assert "Toddlers: 1 child too many" in page.said
    assert "This room may now have 5 at once" in page.said
    assert "0 of them can come just now. With 1 on duty, this room may have 5 at once" in page.said
    assert "418-1" in page.said

    for _ in range(2):
        answer = dee.post(f"/bookings/{booking.pk}/cannot-take", follow=True)
        assert "Canceled. The family has been told why" in seen(answer).said
    booking.refresh_from_db()
    assert booking.state == BookingState.WITHDRAWN
    assert "too many" not in seen(answer).said

    theirs = seen(visitor(MARISOL).get(f"/requests/{booking.request_id}"))
    assert "418-1" in theirs.said
    assert drift() == []

    dee.post(f"/sites/{LITTLE_OAKS}/now/staff", {"staffer": str(lena), "is": "back"})
    assert "Lena Kowalski is ill" in seen(dee.get(f"/sites/{LITTLE_OAKS}/now")).said


def test_staff_that_is_nobodys_is_refused_in_words(opened: Opened) -> None:
    answer = visitor(DEE).post(
        f"/sites/{LITTLE_OAKS}/now/staff", {"staffer": str(made_id("okafor")), "is": "gone"}, follow=True
    )
    assert "They were not on duty" in seen(answer).said
    assert visitor(DEE).post(f"/sites/{LITTLE_OAKS}/now/staff", {"staffer": "x", "is": "gone"}).status_code == 302


def day_page(client: Client, site: object) -> str:
    return seen(client.get(f"/sites/{site}/today")).said


def test_children_come_and_are_fetched_and_the_notes_shut(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.asked()
    booking = Booking.objects.get()
    okafor = visitor(MS_OKAFOR)
    at_dawn(monkeypatch, clock(6, 50))
    okafor.post(f"/bookings/{booking.pk}/attendance", {"came": "yes"})
    assert "Came 6:50 a.m." in day_page(okafor, OKAFOR)
    assert "Peanut" in day_page(okafor, OKAFOR)
    at_dawn(monkeypatch, clock(15, 20))
    okafor.post(f"/bookings/{booking.pk}/attendance", {"came": "fetched"})
    said = day_page(okafor, OKAFOR)
    assert "Came 6:50 a.m., fetched 3:20 p.m." in said
    assert "Peanut" not in said
    assert "Ada and Ben were at" in seen(visitor(ROSA).get(f"/requests/{booking.request_id}")).said


def test_what_was_earned_is_counted_at_the_rate_that_is_stated_and_nothing_is_made_up(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.asked()
    okafor = visitor(MS_OKAFOR)
    at_dawn(monkeypatch, clock(6, 50))
    okafor.post(f"/bookings/{Booking.objects.get().pk}/attendance", {"came": "yes"})
    assert "No rate is stated for it." in seen(okafor.get(f"/sites/{OKAFOR}/earned")).said
    answer = okafor.post(f"/sites/{OKAFOR}/about", {"part": "rate", "rate": "87.50"}, follow=True)
    assert "Saved." in seen(answer).said
    assert rate_on(OKAFOR, MONDAY) == 87_50
    said = seen(okafor.get(f"/sites/{OKAFOR}/earned")).said
    assert "$175.00" in said
    assert "by your own rate. No contract says when it is due." in said
    contract = NewContract(
        contract_id=made_id("contract"),
        site_id=OKAFOR,
        employer_id=made_id("Harbor Health"),
        number="Okafor and Harbor Health 2026, 3",
        from_day=MONDAY,
        until_day=None,
        spots={MIXED: 1},
        share=0,
        released_clock=time(6, 30),
        rate_cents=100_00,
        pays_within_days=14,
    )
    assert add_contract(contract, at=opened.at)
    said = seen(okafor.get(f"/sites/{OKAFOR}/earned")).said
    assert "by contract: Okafor and Harbor Health 2026, 3. Due by Monday, March 16." in said
    assert "1 spot guaranteed in Mixed ages" in said
    (line,) = earned_between(OKAFOR, MONDAY, MONDAY.replace(day=3))
    assert Decimal(line.cents or 0) / 100 == 200


def test_a_caregiver_says_her_week_and_who_she_is(opened: Opened) -> None:
    ines = visitor(made_id("provider person ines"))
    week = {f"{part}-{day}": "" for day in range(7) for part in ("starts", "ends")}
    wrong = ines.post(f"/sites/{INES}/week", {**week, "starts-0": "07:00"})
    assert wrong.status_code == 400
    assert "Escriba las dos horas" in seen(wrong).said
    assert len(week_of(INES)) == 5
    ines.post(f"/sites/{INES}/week", {**week, "starts-5": "22:00", "ends-5": "06:00"})
    assert week_of(INES) == {5: (time(22), time(6))}

    about = f"/sites/{INES}/about"
    ines.post(about, {"part": "languages", "language": ["es", "pl", "xx"]})
    ines.post(about, {"part": "reach", "from": "12", "until": "10", "radius": "7,5"})
    card = site_card(INES)
    assert card is not None
    assert (card.languages, card.travel_radius_km) == (("es", "pl"), 7.5)
    assert (card.rooms[0].from_months, card.rooms[0].until_months) == (12, 120)
    ines.post(about, {"part": "check", "kind": "references", "done_on": "2026-03-01"})
    said = seen(ines.get(about)).said
    assert "Hecha el 1 de marzo de 2026. Según su propia palabra." in said
    for bad in (
        {"part": "reach", "from": "x", "until": "1", "radius": "1"},
        {"part": "rate", "rate": "much"},
        {"part": "check", "kind": "verdict", "done_on": "2026-03-01"},
        {"part": "check", "kind": "references", "done_on": "tomorrow"},
        {"part": "nothing"},
    ):
        assert ines.post(about, bad).status_code == 302
    assert len(checks_of(INES)) == 4


def test_a_family_reads_what_was_looked_into_and_the_caregiver_where_to_go_only_near_the_time(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    close_all_but("ines")
    view = opened.asked(who=MARISOL, household="marisol", children=[LUCIA])
    assert view.booking is not None
    ines = visitor(made_id("provider person ines"))
    assert "geo:" not in ines.get(f"/sites/{INES}/today").content.decode()
    ines.post(f"/bookings/{view.booking.booking_id}/answer", {"answer": "accept"})
    said = seen(visitor(MARISOL).get(f"/requests/{view.request_id}")).said
    assert "Lo dice una agencia: Lakeside Family Services" in said
    assert "Habla Inglés, Español" in said
    assert "geo:42.906,-78.885" in ines.get(f"/sites/{INES}/today").content.decode()
    assert "La familia no ha escrito aquí su calle" in seen(ines.get(f"/sites/{INES}/today")).said
    visitor(MARISOL).post("/family/address", {"address": "17 Elmwood Avenue, 2B"})
    assert "17 Elmwood Avenue, 2B" in seen(ines.get(f"/sites/{INES}/today")).said
    assert all("17 Elmwood" not in row for row in HouseholdAnswer.objects.values_list("answer_sealed", flat=True))
    at_dawn(monkeypatch, clock(20))
    later = ines.get(f"/sites/{INES}/today").content.decode()
    assert "geo:" not in later
    assert "17 Elmwood" not in later


def test_a_home_never_reads_a_familys_street(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch, clock(6, 30))
    visitor(ROSA).post("/family/address", {"address": "17 Elmwood Avenue, 2B"})
    assert opened.asked(at=clock(5, 40)).booking is not None
    shown = seen(visitor(MS_OKAFOR).get(f"/sites/{OKAFOR}/today")).said
    assert "llerg" in shown, "what it must know is there"
    assert "17 Elmwood" not in shown


def test_a_center_has_hours_and_no_week(opened: Opened) -> None:
    answer = visitor(MS_OKAFOR).get(f"/sites/{OKAFOR}/week")
    assert answer["Location"] == f"/sites/{OKAFOR}/hours"
    assert Session.EARLY in rooms_on(OKAFOR, MONDAY)[0].sessions
