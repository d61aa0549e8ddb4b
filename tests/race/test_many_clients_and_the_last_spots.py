"""Sixty-four families want the last spots of five sites at one moment, siblings and mixed rooms included."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from threading import Barrier
from time import sleep
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction

from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import release_spots, take_spots
from daybreak.network.models import RoomSession, SiteSession, TakenSpot
from daybreak.network.queries import drift, limits_of
from daybreak.network.terms import SpotWanted
from daybreak.placement.ratios import fits
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind

# One at a time: each of these opens as many connections as a server gives.
pytestmark = pytest.mark.xdist_group("race")

CLIENTS = 64
BEFORE_WORK = (Session.EARLY, Session.MORNING)
TWO_UNDER_TWO = (AgeLimit(under_months=24, most_of_them=2),)
FOUR_WITH_AN_INFANT = (AgeLimit(under_months=18, most_of_them=1, room_most=4),)


@dataclass(frozen=True)
class Family:
    """One client: a household with the ages of its children, and a taste in sites."""

    booking_id: UUID
    household_id: UUID
    children: tuple[tuple[UUID, int], ...]
    seed: int


@pytest.fixture
def families():
    """Every second family brings siblings, one of them an infant."""
    ages = [(14, 48), (30,), (8, 40, 70), (50,)]
    return [
        Family(uuid4(), uuid4(), tuple((uuid4(), months) for months in ages[number % len(ages)]), number)
        for number in range(CLIENTS)
    ]


@pytest.fixture
def sites(town):
    """Two centers, two homes with a mixed room and a caregiver: far fewer spots than children."""
    rooms = [("infants", 1, 18, 4, ()), ("older", 18, 156, 8, ())]
    offered = [
        (town.place(rooms=rooms, capacity=12), {"infants": 2, "older": 6}),
        (town.place(rooms=rooms, capacity=7), {"infants": 2, "older": 6}),
        (town.place(Kind.FAMILY_HOME, [("mixed", 1, 156, 6, TWO_UNDER_TWO)], capacity=6), {"mixed": 4}),
        (town.place(Kind.FAMILY_HOME, [("mixed", 1, 156, 6, FOUR_WITH_AN_INFANT)], capacity=6), {"mixed": 6}),
        (town.place(Kind.IN_HOME, capacity=3), {"the family's home": 3}),
    ]
    for place, spots in offered:
        assert town.offer(place, spots)
    return [place for place, _ in offered]


def connect() -> None:
    """Connect, with patience: a busy server may still be closing the connections of the test before."""
    for _ in range(100):
        try:
            return connection.ensure_connection()
        except OperationalError:
            sleep(0.1)
    return connection.ensure_connection()


def at_once(clients: Sequence[Callable[[], object]]) -> list[object]:
    """Run every client in a thread of its own, all starting at the same moment."""
    # Connections of threads that ended in earlier tests are closed when collected, and a server has only so many.
    gc.collect()
    start = Barrier(len(clients))

    def run(client: Callable[[], object]) -> object:
        try:
            connect()
            start.wait(timeout=60)
            return client()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(run, clients))


def wish(town, place, family) -> list[SpotWanted]:
    """Each child wants the first room of the site that could hold its age."""
    when = tuple((town.today, session) for session in BEFORE_WORK)
    rooms = place.rooms
    return [
        SpotWanted(child_id, months, rooms.get("infants" if months < 18 else "older", next(iter(rooms.values()))), when)
        for child_id, months in family.children
    ]


def try_each_site(town, sites, family):
    """As a care request does: one transaction, site after site until one takes all the children."""
    order = Random(family.seed).sample(sites, len(sites))
    with transaction.atomic():
        for place in order:
            taken = take_spots(
                booking_id=family.booking_id,
                household_id=family.household_id,
                site_id=place.site_id,
                wanted=wish(town, place, family),
                at=town.at,
            )
            if taken:
                return place.site_id
    return None


def oversold() -> list[object]:
    """Rooms, sites and age limits that hold more children than they may, counted from the children's own rows."""
    rooms = {row.pk: row for row in RoomSession.objects.select_related("site_session__site")}
    months, per_site, households = defaultdict(list), Counter(), defaultdict(set)
    for spot in TakenSpot.objects.all():
        room = rooms[spot.room_session_id]
        months[room.pk].append(spot.months)
        per_site[room.site_session_id] += 1
        households[room.site_session_id].add(spot.household_id)
    found = [
        (pk, decision)
        for pk, ages in months.items()
        if not (decision := fits(rooms[pk].spots, limits_of(rooms[pk].limits), ages, []))
    ]
    for row in SiteSession.objects.select_related("site"):
        if per_site[row.pk] > row.spots:
            found.append((row.pk, per_site[row.pk]))
        if row.site.kind == Kind.IN_HOME and len(households[row.pk]) > 1:
            found.append((row.pk, "two households"))
    return found


def test_no_room_site_or_age_limit_is_ever_exceeded_and_no_booking_is_half_made(town, sites, families):
    answers = at_once([lambda family=family: try_each_site(town, sites, family) for family in families])

    assert oversold() == []
    assert drift() == []
    rows = Counter(TakenSpot.objects.values_list("booking_id", flat=True))
    expected = {
        family.booking_id: len(family.children) * len(BEFORE_WORK)
        for family, site_id in zip(families, answers, strict=True)
        if site_id is not None
    }
    assert rows == expected
    assert 5 <= len(expected) < CLIENTS


def test_nobody_is_sent_away_while_a_spot_is_free(town, sites, families):
    at_once([lambda family=family: try_each_site(town, sites, family) for family in families])

    for family in families:
        if not TakenSpot.objects.filter(booking_id=family.booking_id).exists():
            assert try_each_site(town, sites, family) is None


def test_spots_given_back_and_offers_changed_in_the_middle_keep_every_count_right(town, sites, families):
    def restless(family):
        for _ in range(3):
            if try_each_site(town, sites, family) is not None and family.seed % 3:
                with transaction.atomic():
                    release_spots(booking_id=family.booking_id, at=town.at)

    def undecided(place):
        for count in (0, 3, 1, 4):
            town.offer(place, dict.fromkeys(place.rooms, min(count, 3)))

    clients = [lambda family=family: restless(family) for family in families[:40]]
    at_once([*clients, *(lambda place=place: undecided(place) for place in sites)])

    assert oversold() == []
    assert drift() == []
    kept = Counter(TakenSpot.objects.values_list("booking_id", flat=True))
    sizes = {family.booking_id: len(family.children) * len(BEFORE_WORK) for family in families}
    assert {booking: sizes[booking] for booking in kept} == kept


def test_two_phones_that_want_one_child_at_two_sites_get_one_place(town):
    places = [town.place(rooms=[("toddlers", 18, 36, 64, ())], capacity=64) for _ in range(8)]
    for place in places:
        assert town.offer(place, {"toddlers": 64})
    ada = uuid4()

    def phone(place):
        return town.take(place, town.want(place["toddlers"], 20, child_id=ada))

    answers = at_once([lambda place=place: phone(place) for place in places])

    assert [answer for answer in answers if answer == Yes()] == [Yes()]
    refusals = [answer for answer in answers if isinstance(answer, No)]
    assert {reason.code for no in refusals for reason in no.reasons} == {"child-already-placed"}
    assert TakenSpot.objects.count() == 2
    assert drift() == []


def test_giving_back_at_the_same_moment_gives_back_once(town, little_oaks):
    booking = uuid4()
    town.take(little_oaks, *(town.want(little_oaks["toddlers"], 20) for _ in range(3)), booking_id=booking)

    returned = at_once([lambda: town.release(booking)] * 8)

    assert sorted(returned) == [0] * 7 + [6]
    assert drift() == []


def test_a_naive_claim_does_oversell_so_the_tests_above_can_fail(town, sites, families):
    """Read, check, write: what take_spots would be without its lock and its condition."""
    home = sites[2]
    has_read = Barrier(16)

    def naive(family):
        room = RoomSession.objects.get(room=home["mixed"], session=Session.MORNING)
        free = room.spots - room.taken
        has_read.wait(timeout=60)
        if free < 1:
            return
        child_id, months = family.children[0]
        TakenSpot.objects.create(
            id=uuid4(),
            booking_id=family.booking_id,
            household_id=family.household_id,
            child_id=child_id,
            months=months,
            room_session=room,
            day=room.day,
            session=room.session,
            at=town.at,
        )
        RoomSession.objects.filter(pk=room.pk).update(taken=room.taken + 1)

    at_once([lambda family=family: naive(family) for family in families[:16]])

    assert oversold() != []
    assert [line.counter for line in drift()] == ["room", "site"]
