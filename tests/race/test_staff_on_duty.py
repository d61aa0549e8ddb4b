"""A center's spots are the least of the license, the ratio with the staff on duty, and the provider's word.

Little Oaks is in Ohio here: one adult for seven toddlers of 18 to 29 months, fourteen in a group, two adults on the
site from the seventh child on. On whichever database the tests run.
"""

from dataclasses import replace
from datetime import time, timedelta
from uuid import uuid4

import pytest

from daybreak.audit.queries import events_of
from daybreak.kernel.decisions import No, Reason
from daybreak.network.models import Duty, RoomSession, SiteSession, StaffedRoom, Staffer
from daybreak.network.nearby.queries import open_near
from daybreak.network.queries import drift
from daybreak.network.staff import queries
from daybreak.network.staff.actions import add_staff, end_staff, restaff_from, say_back, say_gone, say_staff
from daybreak.network.staff.queries import law_on, one_more_educator, rooms_now, staff_of, staff_on, usual_staff
from daybreak.network.staff.terms import Basis, Hours, Restaffed, RoomStaff, StillOpen
from daybreak.placement.rooms import Asked, rooms_taken
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Part
from daybreak.placement.terms import AgeLimit, Child, Kind, Point

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")

OHIO = "Ohio Revised Code 5104.033; Ohio Adm. Code 5180:2-12-18"
DAY = (time(5), time(23))
BROOKLYN = Point(40.70, -73.95)


@pytest.fixture
def oaks(town):
    place = town.place(
        rooms=[("toddlers", 18, 30, 14, ()), ("preschoolers", 36, 60, 24, ())], capacity=30, zip_code="45202"
    )
    assert town.offer(place, {"toddlers": 12, "preschoolers": 12})
    return place


def hired(town, place, *names, part=Part.EDUCATOR, checked_on=None):
    return [
        add_staff(site_id=place.site_id, name=name, part=part, checked_on=checked_on, at=town.at, actor=None)
        for name in names
    ]


def said(town, place, room, staffers, *, own=(), hours=DAY, day=None):
    own_months = {session: tuple(own) for session in (Session.EARLY, Session.MORNING)}
    staff = RoomStaff(place[room], tuple(Hours(staffer, *hours) for staffer in staffers), own_months)
    return say_staff(site_id=place.site_id, day=day or town.today, rooms=[staff], at=town.at, actor=None)


def codes(decision):
    return [reason.code for reason in decision.reasons] if isinstance(decision, No) else []


def toddlers(town, place, count, **about):
    return [town.want(place["toddlers"], 20, **about) for _ in range(count)]


def test_a_room_whose_staff_nobody_said_keeps_its_providers_word(town, oaks):
    assert town.take(oaks, *toddlers(town, oaks, 12))
    assert codes(town.take(oaks, *toddlers(town, oaks, 1))) == ["spots-gone", "spots-gone"]


def test_two_educators_may_have_fourteen_toddlers_the_rooms_own_included(town, oaks):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana", "Bea"), own=[20] * 9)
    assert town.take(oaks, *toddlers(town, oaks, 5))
    decision = town.take(oaks, *toddlers(town, oaks, 1))
    facts = {"under_months": 216, "young": 15, "children": 15, "most": 14}
    assert decision == No((Reason("more-than-the-room-may-have", facts, OHIO),))
    assert drift() == []


def test_one_educator_alone_on_the_site_may_have_six(town, oaks):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana"))
    assert town.take(oaks, *toddlers(town, oaks, 6))
    decision = town.take(oaks, *toddlers(town, oaks, 1, sessions=[Session.MORNING]))
    assert decision == No(
        (Reason("more-than-the-room-may-have", {"under_months": 216, "young": 7, "children": 7, "most": 6}, OHIO),)
    )


def test_an_educator_who_leaves_at_ten_counts_for_no_whole_morning(town, oaks):
    ana, bea = hired(town, oaks, "Ana", "Bea")
    rooms = [RoomStaff(oaks["toddlers"], (Hours(ana, *DAY), Hours(bea, time(5), time(10))))]
    assert say_staff(site_id=oaks.site_id, day=town.today, rooms=rooms, at=town.at, actor=None)
    assert town.take(oaks, *toddlers(town, oaks, 12, sessions=[Session.EARLY]))
    assert codes(town.take(oaks, *toddlers(town, oaks, 7, sessions=[Session.MORNING]))) == [
        "more-than-the-room-may-have"
    ]


def test_an_educator_who_is_ill_lowers_the_room_and_the_bookings_it_touches_are_named(town, oaks):
    ana, bea = hired(town, oaks, "Ana", "Bea")
    assert not said(town, oaks, "toddlers", [ana, bea], own=[20] * 4).too_many
    first, second, third = uuid4(), uuid4(), uuid4()
    for minute, booking in enumerate((first, second, third)):
        later = replace(town, at=town.at + timedelta(minutes=minute))
        assert later.take(oaks, *toddlers(town, oaks, 1), booking_id=booking)
    answer = say_gone(site_id=oaks.site_id, day=town.today, staffer_id=bea, at=town.at, actor=None)
    found = {one.session: one for one in answer.too_many}
    assert set(found) == {Session.EARLY, Session.MORNING}
    morning = found[Session.MORNING]
    assert (morning.children, morning.most, morning.over, morning.cite) == (7, 6, 1, OHIO)
    assert morning.booking_ids == (third, second, first)
    assert answer.booking_ids == (third, second, first)
    assert codes(town.take(oaks, *toddlers(town, oaks, 1))) == ["more-than-the-room-may-have"]
    # The spot that comes back is not given again: one adult alone may have the six who are left, and no seventh.
    town.release(third)
    assert codes(town.take(oaks, *toddlers(town, oaks, 1))) == ["more-than-the-room-may-have"]
    assert not say_back(site_id=oaks.site_id, day=town.today, staffer_id=bea, at=town.at, actor=None).too_many
    assert town.take(oaks, *toddlers(town, oaks, 1))
    assert sorted(event.verb for event in events_of("staff", bea)) == ["add", "say-back", "say-gone"]


def test_gone_from_ten_on_leaves_the_early_hours_as_they_were(town, oaks):
    ana, bea = hired(town, oaks, "Ana", "Bea")
    assert said(town, oaks, "toddlers", [ana, bea])
    assert town.take(oaks, *toddlers(town, oaks, 8))
    answer = say_gone(site_id=oaks.site_id, day=town.today, staffer_id=bea, at=town.at, actor=None, gone_from=time(10))
    assert [(one.session, one.over) for one in answer.too_many] == [(Session.MORNING, 2)]


def test_the_license_of_the_site_counts_its_own_children(town, oaks):
    ana, bea, cem, dov = hired(town, oaks, "Ana", "Bea", "Cem", "Dov")
    assert said(town, oaks, "preschoolers", [ana, bea], own=[40] * 20)
    assert said(town, oaks, "toddlers", [cem, dov], own=[20] * 6)
    assert town.take(oaks, *toddlers(town, oaks, 4))
    decision = town.take(oaks, *toddlers(town, oaks, 1, sessions=[Session.MORNING]))
    day = town.today.isoformat()
    assert decision == No(
        (Reason("spots-gone", {"room_id": None, "day": day, "session": "morning", "left": 0, "wanted": 1}),)
    )
    answer = said(town, oaks, "preschoolers", [ana, bea], own=[40] * 22)
    assert [(one.room_id, one.children, one.most, one.over) for one in answer.too_many] == [(None, 32, 30, 2)] * 2


def test_the_license_of_a_room_counts_its_own_children(town, oaks):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana", "Bea", "Cem"), own=[20] * 12)
    assert town.take(oaks, *toddlers(town, oaks, 2))
    assert codes(town.take(oaks, *toddlers(town, oaks, 1))) == ["more-than-the-room-may-have"]


def test_offering_again_keeps_what_the_staff_allows(town, oaks):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana"), day=town.tomorrow)
    assert town.offer(oaks, {"toddlers": 14}, day=town.tomorrow)
    assert codes(town.take(oaks, *toddlers(town, oaks, 7, day=town.tomorrow))) == ["more-than-the-room-may-have"]
    assert town.offer(oaks, {"toddlers": 10}, day=town.tomorrow)
    assert town.take(oaks, *toddlers(town, oaks, 6, day=town.tomorrow))


def test_somebody_whose_check_is_too_old_does_not_count(town, oaks):
    old = town.today.replace(year=town.today.year - 6)
    ana, bea = *hired(town, oaks, "Ana"), *hired(town, oaks, "Bea", checked_on=old)
    assert said(town, oaks, "toddlers", [ana, bea])
    assert codes(town.take(oaks, *toddlers(town, oaks, 7))) == ["more-than-the-room-may-have"]


def test_who_has_left_counts_no_more(town, oaks):
    ana, bea = hired(town, oaks, "Ana", "Bea")
    assert said(town, oaks, "toddlers", [ana, bea])
    assert town.take(oaks, *toddlers(town, oaks, 8))
    answer = end_staff(staffer_id=bea, left_on=town.today, at=town.at, actor=None)
    assert {one.over for one in answer.too_many} == {2}
    again = said(town, oaks, "toddlers", [ana, bea])
    assert [reason.code for reason in again.reasons] == ["unknown-staff"]


def test_a_refusal_writes_nothing(town, oaks, ms_okafor):
    (ana,) = hired(town, oaks, "Ana")
    (stranger,) = hired(town, ms_okafor, "Mo")
    refused = [
        (said(town, oaks, "toddlers", [stranger]), ["unknown-staff"]),
        (say_staff(site_id=oaks.site_id, day=town.today, rooms=[], at=town.at, actor=None), ["no-room-said"]),
        (said(town, oaks, "toddlers", [ana], own=[300]), ["own-children-not-plausible"] * 2),
        (say_staff(site_id=uuid4(), day=town.today, rooms=[], at=town.at, actor=None), ["unknown-site"]),
        (say_gone(site_id=oaks.site_id, day=town.today, staffer_id=ana, at=town.at, actor=None), ["not-on-duty"]),
        (end_staff(staffer_id=uuid4(), left_on=town.today, at=town.at, actor=None), ["unknown-staff"]),
    ]
    assert [[reason.code for reason in answer.reasons] for answer, _ in refused] == [due for _, due in refused]
    assert not StaffedRoom.objects.exists()
    assert not Duty.objects.exists()


def test_nobody_is_in_two_rooms_at_once_not_even_overnight(town, oaks):
    (ana,) = hired(town, oaks, "Ana")
    assert said(town, oaks, "toddlers", [ana], hours=(time(22), time(7)))
    twice = said(town, oaks, "preschoolers", [ana], hours=(time(22, 30), time(23)))
    assert [reason.code for reason in twice.reasons] == ["staff-twice-at-once"]
    next_morning = said(town, oaks, "preschoolers", [ana], hours=(time(6), time(12)), day=town.tomorrow)
    assert [reason.code for reason in next_morning.reasons] == ["staff-twice-at-once"]
    assert said(town, oaks, "preschoolers", [ana], hours=(time(7), time(12)), day=town.tomorrow)


def test_a_night_shift_watches_the_next_early_morning(town, oaks):
    (ana,) = hired(town, oaks, "Ana")
    assert town.offer(oaks, {"toddlers": 6}, day=town.tomorrow, sessions=[Session.EARLY])
    assert said(town, oaks, "toddlers", [], day=town.tomorrow)
    early = {"day": town.tomorrow, "sessions": [Session.EARLY]}
    assert codes(town.take(oaks, *toddlers(town, oaks, 1, **early))) == ["more-than-the-room-may-have"]
    assert said(town, oaks, "toddlers", [ana], hours=(time(22), time(8)))
    assert town.take(oaks, *toddlers(town, oaks, 1, **early))


def test_what_a_license_says_of_ages_counts_the_rooms_own_infants(town):
    two_under_two = AgeLimit(under_months=24, most_of_them=2)
    home = town.place(rooms=[("mixed", 1, 156, 6, (two_under_two,))], capacity=6, zip_code="")
    assert town.offer(home, {"mixed": 4})
    assert said(town, home, "mixed", [], own=[10, 50])
    assert town.take(home, town.want(home["mixed"], 14))
    assert codes(town.take(home, town.want(home["mixed"], 14))) == ["too-many-young-children"]


def test_names_are_sealed_and_read_back_in_order(town, oaks):
    hired(town, oaks, "Zoe", "Ana")
    assert [staffer.name for staffer in staff_of(oaks.site_id)] == ["Ana", "Zoe"]
    assert not [row for row in Staffer.objects.values_list("name_sealed", flat=True) if "Ana" in row or "Zoe" in row]


def test_the_same_weekday_is_a_start_for_the_next(town, oaks):
    (ana,) = hired(town, oaks, "Ana")
    assert said(town, oaks, "toddlers", [ana])
    next_week = town.today.fromordinal(town.today.toordinal() + 7)
    assert usual_staff(oaks.site_id, next_week) == staff_on(oaks.site_id, town.today) != ()
    assert usual_staff(oaks.site_id, town.tomorrow) == ()


def test_a_site_without_a_word_about_staff_is_left_as_it_is(town, oaks):
    assert all(row.limits == [] and row.own_months == [] for row in RoomSession.objects.all())
    assert set(SiteSession.objects.values_list("own_children", flat=True)) == {0}


def now_in(place, room, session, day):
    return next(now for now in rooms_now(place.site_id, day) if (now.room_id, now.session) == (place[room], session))


def test_the_director_reads_what_each_room_may_still_take_and_why_not_more(town, oaks):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana", "Bea"), own=[20] * 9)
    assert town.take(oaks, *toddlers(town, oaks, 1))
    now = now_in(oaks, "toddlers", Session.MORNING, town.today)
    assert (now.basis, now.offered, now.taken, now.own) == (Basis.STAFF, 12, 1, 9)
    assert now.law is not None
    assert (now.law.cite, now.law.confidence) == (OHIO, "high")
    # Two educators for 14 and a license of 14 for the room stand in the way alike; the offer of 12 and the site do not.
    ratio = Reason("staff-on-duty-may-have", {"most": 14, "adults": 2, "per_adult": 7}, OHIO)
    license_ = Reason("room-is-licensed-for", {"licensed": 14})
    assert now.open == (StillOpen(18, 30, 4, (ratio, license_)),)
    words = now_in(oaks, "preschoolers", Session.MORNING, town.today)
    assert (words.basis, words.law, words.open[0].spots) == (Basis.NO_STAFF_SAID, None, 12)
    assert words.open[0].because == (Reason("provider-offers", {"offered": 12, "taken": 0}),)


def test_a_room_that_no_law_is_known_for_claims_nothing(town):
    place = town.place(rooms=[("toddlers", 18, 30, 8, ())], capacity=8, zip_code="99950")
    assert town.offer(place, {"toddlers": 5})
    assert said(town, place, "toddlers", hired(town, place, "Ana"))
    now = now_in(place, "toddlers", Session.MORNING, town.today)
    assert (now.basis, now.law, now.open[0].spots) == (Basis.NO_LAW_KNOWN, None, 5)
    assert town.take(place, *toddlers(town, place, 5))


def test_one_more_educator_from_eight_to_noon_would_open_eight_toddler_spots(town, oaks):
    ana, bea = hired(town, oaks, "Ana", "Bea")
    hours = (Hours(ana, time(5), time(23)), Hours(bea, time(5), time(8)))
    rooms = [RoomStaff(oaks["toddlers"], hours, {Session.MORNING: (20,) * 3})]
    assert say_staff(site_id=oaks.site_id, day=town.today, rooms=rooms, at=town.at, actor=None)
    found = [one for one in one_more_educator(oaks.site_id, town.today) if one.session is Session.MORNING]
    # Alone she may have six: three of the room's own and three more. With another, fourteen less the three: eleven.
    assert [(one.room_id, one.starts, one.ends, one.more) for one in found] == [(oaks["toddlers"], 480, 720, 8)]


def test_a_family_is_not_sent_where_the_staff_on_duty_may_not_take_it(town, oaks):
    def room_of(*months):
        nearby = open_near(home=BROOKLYN, work=BROOKLYN, max_detour_minutes=30, day=town.today)
        site = next(site for site in nearby.sites if site.site_id == str(oaks.site_id))
        asked = [Asked(Child(str(number), age), ((0, Session.MORNING),)) for number, age in enumerate(months)]
        return rooms_taken(asked, site, family=len(asked))

    assert room_of(20, 20) == (str(oaks["toddlers"]),) * 2
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana"), own=[20] * 5)
    assert room_of(20) == (str(oaks["toddlers"]),)
    assert room_of(20, 20) is None
    assert said(town, oaks, "toddlers", [])
    assert room_of(20) is None


def test_a_new_version_writes_what_staffed_rooms_may_hold_by_its_own_rules(town, oaks, monkeypatch):
    assert said(town, oaks, "toddlers", hired(town, oaks, "Ana", "Bea"))
    assert town.take(oaks, *toddlers(town, oaks, 9))
    assert restaff_from(day=town.today, at=town.at) == Restaffed(0, 0, 0)
    law = law_on(town.today, kind=Kind.CENTER, zip_code="45202", program="")
    stricter = replace(law, bands=tuple(replace(band, per_adult=4) for band in law.bands), cite="a stricter law")
    monkeypatch.setattr(queries, "law_on", lambda day, **about: stricter)
    assert restaff_from(day=town.today, at=town.at) == Restaffed(1, 2, 2)
    decision = town.take(oaks, *toddlers(town, oaks, 1, sessions=[Session.MORNING]))
    facts = {"under_months": 216, "young": 10, "children": 10, "most": 8}
    assert decision == No((Reason("more-than-the-room-may-have", facts, "a stricter law"),))
    assert [event.verb for event in events_of("site", oaks.site_id)].count("restaff") == 1
