"""What take_spots, release_spots and offer_spots promise, on whichever database the tests run."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from daybreak.audit.queries import events_of
from daybreak.kernel.decisions import No, Reason, Yes
from daybreak.network.actions import release_spots, set_hours, take_spots
from daybreak.network.models import License, RoomSession, SiteSession, TakenSpot
from daybreak.network.queries import drift, rooms_on, taken_on
from daybreak.network.terms import SpotCount, SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")

BOTH = (Session.EARLY, Session.MORNING)


def codes(decision):
    return [reason.code for reason in decision.reasons] if isinstance(decision, No) else []


def nothing_taken():
    counters = [
        *RoomSession.objects.values_list("taken", flat=True),
        *SiteSession.objects.values_list("taken", flat=True),
    ]
    return not TakenSpot.objects.exists() and not any(counters)


def test_siblings_take_one_spot_each_in_every_session_their_care_touches(town, little_oaks):
    booking, ada, ben = uuid4(), uuid4(), uuid4()
    wanted = [
        town.want(little_oaks["toddlers"], 20, child_id=ada),
        town.want(little_oaks["preschoolers"], 48, child_id=ben, sessions=[Session.MORNING]),
    ]
    assert town.take(little_oaks, *wanted, booking_id=booking) == Yes()
    taken = {(spot.child_id, spot.session, spot.booking_id) for spot in taken_on(little_oaks.site_id, town.today)}
    assert taken == {(ada, Session.EARLY, booking), (ada, Session.MORNING, booking), (ben, Session.MORNING, booking)}
    assert [dict(room.sessions) for room in rooms_on(little_oaks.site_id, town.today)] == [
        {Session.EARLY: SpotCount(3, 1, False), Session.MORNING: SpotCount(3, 1, False)},
        {Session.EARLY: SpotCount(10, 0, False), Session.MORNING: SpotCount(10, 1, False)},
    ]
    assert drift() == []


def test_one_short_session_takes_nothing_at_all(town, little_oaks):
    town.offer(little_oaks, {"toddlers": 1}, sessions=[Session.MORNING])
    mornings = [town.want(little_oaks["toddlers"], 20) for _ in range(2)]
    assert town.take(little_oaks, *mornings) == No(
        (
            Reason(
                "spots-gone",
                {
                    "room_id": str(little_oaks["toddlers"]),
                    "day": town.today.isoformat(),
                    "session": "morning",
                    "left": 1,
                    "wanted": 2,
                },
            ),
        )
    )
    assert nothing_taken()


def test_a_session_nobody_offered_has_no_spots(town, little_oaks):
    decision = town.take(little_oaks, town.want(little_oaks["toddlers"], 20, sessions=[Session.EVENING]))
    assert codes(decision) == ["spots-gone", "spots-gone"]
    assert {reason.facts["room_id"] for reason in decision.reasons} == {None, str(little_oaks["toddlers"])}
    assert nothing_taken()


def test_the_license_of_the_whole_site_counts_too(town, little_oaks):
    assert town.take(little_oaks, *(town.want(little_oaks["preschoolers"], 40) for _ in range(10)))
    assert town.take(little_oaks, *(town.want(little_oaks["toddlers"], 20) for _ in range(2)))
    decision = town.take(little_oaks, town.want(little_oaks["toddlers"], 20, sessions=[Session.MORNING]))
    facts = {"day": town.today.isoformat(), "session": "morning", "left": 0, "wanted": 1}
    assert decision == No((Reason("spots-gone", {"room_id": None, **facts}),))
    assert drift() == []


def test_a_room_takes_only_its_ages(town, little_oaks):
    decision = town.take(little_oaks, town.want(little_oaks["toddlers"], 14), town.want(little_oaks["toddlers"], 36))
    bands = [reason.facts for reason in decision.reasons if reason.code == "age"]
    assert bands == [
        {"months": 14, "from_months": 18, "until_months": 36},
        {"months": 36, "from_months": 18, "until_months": 36},
    ]
    assert nothing_taken()


def test_the_youngest_children_decide_how_many_a_mixed_room_holds(town, ms_okafor):
    assert town.take(ms_okafor, town.want(ms_okafor["mixed"], 14), town.want(ms_okafor["mixed"], 48))
    assert town.take(ms_okafor, town.want(ms_okafor["mixed"], 23))
    decision = town.take(ms_okafor, town.want(ms_okafor["mixed"], 10))
    facts = {"under_months": 24, "young": 3, "children": 4, "most": 2}
    assert decision == No((Reason("too-many-young-children", facts),))
    assert town.take(ms_okafor, town.want(ms_okafor["mixed"], 24))
    assert drift() == []


def test_an_infant_lowers_what_the_whole_room_holds(town):
    four_with_an_infant = AgeLimit(under_months=18, room_most=4)
    home = town.place(Kind.FAMILY_HOME, [("mixed", 1, 156, 6, (four_with_an_infant,))], capacity=6)
    town.offer(home, {"mixed": 6})
    assert town.take(home, *(town.want(home["mixed"], months) for months in (40, 50, 60, 70)))
    decision = town.take(home, town.want(home["mixed"], 12))
    facts = {"under_months": 18, "young": 1, "children": 5, "most": 4}
    assert decision == No((Reason("fewer-spots-with-a-young-child", facts),))
    assert town.take(home, town.want(home["mixed"], 18), town.want(home["mixed"], 100))


def test_a_limit_is_felt_by_an_older_child_too(town):
    home = town.place(Kind.FAMILY_HOME, [("mixed", 1, 156, 6, (AgeLimit(18, None, 2),))], capacity=6)
    town.offer(home, {"mixed": 6})
    assert town.take(home, town.want(home["mixed"], 12), town.want(home["mixed"], 30))
    assert codes(town.take(home, town.want(home["mixed"], 100))) == ["fewer-spots-with-a-young-child"]


def test_a_child_is_in_one_place_at_a_time(town, little_oaks, ms_okafor):
    ada = uuid4()
    assert town.take(little_oaks, town.want(little_oaks["toddlers"], 20, child_id=ada, sessions=[Session.MORNING]))
    decision = town.take(ms_okafor, town.want(ms_okafor["mixed"], 20, child_id=ada))
    facts = {"child_id": str(ada), "day": town.today.isoformat(), "session": "morning"}
    assert decision == No((Reason("child-already-placed", facts),))
    assert town.take(ms_okafor, town.want(ms_okafor["mixed"], 20, child_id=ada, sessions=[Session.EARLY]))
    assert drift() == []


def test_a_caregiver_serves_one_household_at_a_time(town, caregiver):
    rosa, booking = uuid4(), uuid4()
    home = caregiver["the family's home"]
    assert town.take(caregiver, town.want(home, 14), booking_id=booking, household_id=rosa)
    other = town.take(caregiver, town.want(home, 50))
    day = town.today.isoformat()
    assert other == No(
        tuple(Reason("serves-another-household", {"day": day, "session": session}) for session in ("early", "morning"))
    )
    assert town.take(caregiver, town.want(home, 48), household_id=rosa)
    assert town.release(booking) == 2
    assert codes(town.take(caregiver, town.want(home, 50))) == ["serves-another-household"] * 2


def test_a_caregiver_whom_everybody_gave_back_is_free_for_the_next_household(town, caregiver):
    booking = uuid4()
    assert town.take(caregiver, town.want(caregiver["the family's home"], 14), booking_id=booking)
    town.release(booking)
    assert town.take(caregiver, town.want(caregiver["the family's home"], 14))
    assert drift() == []


def test_a_caregiver_has_at_most_two_children_under_eighteen_months(town, caregiver):
    decision = town.take(caregiver, *(town.want(caregiver["the family's home"], 10) for _ in range(3)))
    facts = {"under_months": 18, "young": 3, "children": 3, "most": 2}
    assert decision == No((Reason("too-many-young-children", facts),))
    assert nothing_taken()


@pytest.mark.parametrize(
    "change",
    [{"status": "Suspended"}, {"until_day": 0}, {"from_day": 1}],
    ids=["suspended", "ended today", "begins tomorrow"],
)
def test_a_license_must_be_in_force_on_the_day(town, little_oaks, change):
    days = {name: town.today + timedelta(days=value) for name, value in change.items() if name != "status"}
    License.objects.update(**{**change, **days})
    decision = town.take(little_oaks, town.want(little_oaks["toddlers"], 20))
    assert decision == No((Reason("license-not-in-force", {"day": town.today.isoformat()}),))
    assert nothing_taken()


def test_a_room_of_another_site_is_refused(town, little_oaks, ms_okafor):
    decision = town.take(little_oaks, town.want(ms_okafor["mixed"], 20))
    assert codes(decision)[0] == "unknown-room"
    assert nothing_taken()


def test_a_room_and_site_that_do_not_exist_are_refused(town, little_oaks):
    nowhere = type(little_oaks)(uuid4(), {})
    decision = town.take(nowhere, town.want(uuid4(), 20))
    assert codes(decision) == ["license-not-in-force", "unknown-room", *["spots-gone"] * 4]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ([], "nothing-wanted"),
        ([SpotWanted(uuid4(), 20, uuid4(), ())], "nothing-wanted"),
        ([SpotWanted(uuid4(), -1, uuid4(), ())], "age"),
        ([SpotWanted(uuid4(), 10**20, uuid4(), ())], "age"),
    ],
    ids=["no child", "no session", "unborn", "older than the universe"],
)
def test_a_wish_that_cannot_be_counted_is_refused(town, little_oaks, wanted, code):
    assert code in codes(town.take(little_oaks, *wanted))
    assert nothing_taken()


def test_the_same_child_twice_in_one_wish_is_refused(town, little_oaks):
    ada = uuid4()
    twice = [
        town.want(little_oaks["toddlers"], 20, child_id=ada),
        town.want(little_oaks["preschoolers"], 40, child_id=ada),
    ]
    assert town.take(little_oaks, *twice) == No((Reason("child-wanted-twice", {"child_id": str(ada)}),))
    assert nothing_taken()


def test_spots_are_taken_and_given_back_only_in_a_transaction(town, little_oaks):
    wanted = [town.want(little_oaks["toddlers"], 20)]
    with pytest.raises(RuntimeError, match="in the transaction of the booking"):
        take_spots(booking_id=uuid4(), household_id=uuid4(), site_id=little_oaks.site_id, wanted=wanted, at=town.at)
    with pytest.raises(RuntimeError, match="in the transaction that ends"):
        release_spots(booking_id=uuid4(), at=town.at)
    assert nothing_taken()


def test_a_caller_that_rolls_back_has_taken_nothing(town, little_oaks):
    def take_and_fail():
        with transaction.atomic():
            assert town.take(little_oaks, town.want(little_oaks["toddlers"], 20))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    assert nothing_taken()


def test_after_a_refusal_the_caller_may_try_the_next_site_in_the_same_transaction(town, little_oaks, ms_okafor):
    with transaction.atomic():
        assert not town.take(little_oaks, town.want(little_oaks["toddlers"], 14))
        assert town.take(ms_okafor, town.want(ms_okafor["mixed"], 14))
    assert [spot.months for spot in taken_on(ms_okafor.site_id, town.today)] == [14, 14]
    assert taken_on(little_oaks.site_id, town.today) == ()
    assert drift() == []


def test_giving_back_twice_gives_back_once(town, little_oaks):
    booking = uuid4()
    town.take(little_oaks, *(town.want(little_oaks["toddlers"], 20) for _ in range(2)), booking_id=booking)
    assert [town.release(booking), town.release(booking), town.release(uuid4())] == [4, 0, 0]
    assert nothing_taken()


def test_the_database_itself_refuses_one_child_too_many(town, little_oaks):
    with pytest.raises(DatabaseError, match="never_more_children_than_spots"):
        RoomSession.objects.filter(room=little_oaks["toddlers"]).update(taken=4)
    with pytest.raises(DatabaseError, match="never_more_children_than_the_license"):
        SiteSession.objects.update(taken=13)


def test_an_offer_can_be_raised_and_taken_back(town, little_oaks):
    assert town.offer(little_oaks, {"toddlers": 8})
    assert town.offer(little_oaks, {"toddlers": 0}, sessions=[Session.EARLY])
    toddlers, _ = rooms_on(little_oaks.site_id, town.today)
    assert dict(toddlers.sessions) == {Session.EARLY: SpotCount(0, 0, False), Session.MORNING: SpotCount(8, 0, False)}
    verbs = sorted(event.verb for event in events_of("site", little_oaks.site_id))
    assert verbs == ["add", "offer", "offer", "offer"]


def test_no_offer_takes_a_spot_from_a_child_who_has_one(town, little_oaks):
    town.take(little_oaks, *(town.want(little_oaks["toddlers"], 20) for _ in range(2)))
    decision = town.offer(little_oaks, {"toddlers": 1, "preschoolers": 2}, sessions=[Session.MORNING])
    facts = {"day": town.today.isoformat(), "session": "morning", "offered": 1, "taken": 2}
    assert decision == No((Reason("fewer-than-taken", {"room_id": str(little_oaks["toddlers"]), **facts}),))
    assert RoomSession.objects.get(room=little_oaks["preschoolers"], session="morning").spots == 10
    assert len(events_of("site", little_oaks.site_id)) == 2


def test_an_offer_stays_within_the_license_of_the_room(town, little_oaks):
    decision = town.offer(little_oaks, {"toddlers": 9}, day=town.tomorrow, sessions=[Session.MORNING])
    facts = {"session": "morning", "offered": 9, "licensed": 8}
    assert decision == No((Reason("more-than-licensed", {"room_id": str(little_oaks["toddlers"]), **facts}),))
    assert not RoomSession.objects.filter(day=town.tomorrow).exists()
    assert not SiteSession.objects.filter(day=town.tomorrow).exists()


def test_a_site_whose_hours_nobody_has_said_cannot_offer(town):
    place = town.place(rooms=[("toddlers", 18, 36, 8, ())], capacity=8, hours=None)
    assert town.offer(place, {"toddlers": 1}) == No((Reason("unknown-hours"),))
    assert not RoomSession.objects.exists()
    assert set_hours(site_id=place.site_id, opens=town.at.time(), closes=town.at.time(), at=town.at, actor=None)
    assert town.offer(place, {"toddlers": 1})


def test_a_site_without_a_license_in_force_cannot_offer(town):
    place = town.place(rooms=[("toddlers", 18, 36, 8, ())], capacity=8, status="Pending Revocation")
    assert town.offer(place, {"toddlers": 1}) == No((Reason("license-not-in-force", {"day": town.today.isoformat()}),))
    assert not RoomSession.objects.exists()


def test_yesterday_cannot_be_offered_but_the_night_that_began_then_can(town, little_oaks):
    yesterday = town.today - timedelta(days=1)
    decision = town.offer(little_oaks, {"toddlers": 1}, day=yesterday)
    assert decision == No((Reason("day-in-the-past", {"day": yesterday.isoformat()}),))
    assert town.offer(little_oaks, {"toddlers": 1}, day=yesterday, sessions=[Session.NIGHT])


def test_a_simulated_offer_never_replaces_the_providers_own(town, little_oaks):
    decision = town.offer(little_oaks, {"toddlers": 8}, simulated=True)
    assert codes(decision) == ["offered-by-the-provider", "offered-by-the-provider"]
    assert town.offer(little_oaks, {"toddlers": 8}, day=town.tomorrow, simulated=True)
    assert town.offer(little_oaks, {"toddlers": 2}, day=town.tomorrow)
    toddlers, _ = rooms_on(little_oaks.site_id, town.tomorrow)
    assert set(toddlers.sessions.values()) == {SpotCount(2, 0, False)}


def test_an_offer_of_nothing_or_of_an_unknown_room_or_site_is_refused(town, little_oaks, ms_okafor):
    assert codes(town.offer(little_oaks, {})) == ["no-offer"]
    stranger = type(little_oaks)(little_oaks.site_id, ms_okafor.rooms)
    assert codes(town.offer(stranger, {"mixed": 1}, sessions=[Session.EARLY])) == ["unknown-room"]
    assert codes(town.offer(type(little_oaks)(uuid4(), ms_okafor.rooms), {"mixed": 1})) == ["unknown-site"]


@pytest.mark.postgres
def test_a_refusal_on_postgresql_leaves_nothing_locked(town, little_oaks):
    with transaction.atomic():
        assert not town.take(little_oaks, town.want(little_oaks["toddlers"], 14))
        with connection.copy().cursor() as other:
            other.execute("SELECT count(*) FROM (SELECT 1 FROM network_sitesession FOR UPDATE NOWAIT) locked")
            assert other.fetchone() == (2,)
            other.connection.close()
