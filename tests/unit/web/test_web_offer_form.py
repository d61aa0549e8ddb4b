from datetime import time
from uuid import uuid4

from django.http import QueryDict

from cast import MONDAY
from daybreak.kernel.decisions import Reason
from daybreak.network.terms import Located, RoomCard, RoomDay, SiteCard, SpotCount
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind, Point
from daybreak.web.offer_form import as_it_stands, as_said, offers_of, sessions_open, with_reasons

ACORNS = RoomCard(uuid4(), "Acorns", 1, 18, 8)


def card(opens: time | None = time(6), closes: time | None = time(12)) -> SiteCard:
    return SiteCard(
        site_id=uuid4(),
        provider_id=uuid4(),
        name="Little Oaks",
        kind=Kind.CENTER,
        point=Point(42.8, -78.8),
        located=Located.GIVEN,
        zone="America/New_York",
        city="Buffalo",
        zip_code="",
        opens=opens,
        closes=closes,
        instant=True,
        license_number="1",
        license_status="License",
        capacity=8,
        rooms=(ACORNS,),
    )


ROOMS = (RoomDay(ACORNS, MONDAY, {Session.MORNING: SpotCount(3, 2, simulated=False)}),)


def typed(**changes: str) -> QueryDict:
    query = QueryDict(mutable=True)
    for room in as_it_stands(card(), ROOMS):
        for number in room.numbers:
            query[number.name] = changes.get(str(number.session), number.value)
    return query


def test_a_home_is_asked_only_about_the_sessions_it_is_open() -> None:
    assert sessions_open(card()) == (Session.EARLY, Session.MORNING)
    assert sessions_open(card(time(18), time(8))) == (Session.EARLY, Session.EVENING, Session.NIGHT)
    assert sessions_open(card(time(7), time(7))) == tuple(Session)
    assert sessions_open(card(None, None)) == ()


def test_the_form_stands_as_spots_are_offered_now() -> None:
    (room,) = as_it_stands(card(), ROOMS)
    assert [(number.session, number.value, number.taken, number.most) for number in room.numbers] == [
        (Session.EARLY, "0", 0, 8),
        (Session.MORNING, "3", 2, 8),
    ]


def test_a_button_changes_its_number_by_one_and_never_below_zero() -> None:
    forms = as_it_stands(card(), ROOMS)
    query = typed()
    early, morning = forms[0].numbers
    query["more"] = morning.name
    assert [number.value for number in as_said(forms, query)[0].numbers] == ["0", "4"]
    del query["more"]
    query["less"] = early.name
    assert [number.value for number in as_said(forms, query)[0].numbers] == ["0", "3"]


def test_what_is_no_number_is_said_at_its_field_and_nothing_is_offered() -> None:
    forms = as_said(as_it_stands(card(), ROOMS), typed(morning="three"))
    assert [number.wrong for number in forms[0].numbers] == ["", "Write a whole number, 0 or more."]
    assert forms[0].numbers[1].value == "three"
    assert offers_of(forms) is None


def test_whole_numbers_are_an_offer_for_each_session() -> None:
    forms = as_said(as_it_stands(card(), ROOMS), typed(morning="5"))
    assert offers_of(forms) == {(ACORNS.room_id, Session.EARLY): 0, (ACORNS.room_id, Session.MORNING): 5}


def test_a_refusal_stands_at_the_number_it_is_about() -> None:
    forms = as_it_stands(card(), ROOMS)
    about = Reason("more-than-licensed", {"room_id": str(ACORNS.room_id), "session": "morning"})
    marked, apart = with_reasons(forms, (about, Reason("unknown-hours")), ("Too many.", "Say your hours first."))
    assert [number.wrong for number in marked[0].numbers] == ["", "Too many."]
    assert apart == ["Say your hours first."]
