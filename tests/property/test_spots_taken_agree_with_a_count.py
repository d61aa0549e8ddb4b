"""Whatever is taken and given back, in whatever order, the database agrees with counting children by hand.

The count below knows nothing of counters, locks or SQL: it keeps the list of children and asks of each wish whether
the list with it added would still keep every rule. It runs on whichever database the tests run, so both bodies of
take_spots are held to it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybreak.kernel.decisions import No
from daybreak.network.actions import add_provider, add_site, offer_spots, release_spots, take_spots
from daybreak.network.queries import drift, taken_on
from daybreak.network.terms import NewLicense, NewRoom, NewSite, SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.terms import AgeLimit, Kind, Point

AT = datetime.now(UTC)
TODAY = AT.astimezone(ZoneInfo("America/New_York")).date()
NAMES = UUID("6f5c1f7e-3b0e-4c1c-9d7a-0f3c7a1b2c3d")
SESSIONS = (Session.EARLY, Session.MORNING)


def made(name: str) -> UUID:
    return uuid5(NAMES, name)


@dataclass(frozen=True)
class Room:
    site: str
    name: str
    since: int
    until: int
    spots: int
    limits: tuple[AgeLimit, ...] = ()


ROOMS = (
    Room("center", "infants", 0, 18, 2),
    Room("center", "older", 18, 156, 4),
    Room("home", "mixed", 0, 156, 5, (AgeLimit(24, most_of_them=2), AgeLimit(12, room_most=3))),
    Room("caregiver", "at home", 0, 216, 3, (AgeLimit(18, most_of_them=2),)),
)
CAPACITY = {"center": 5, "home": 5, "caregiver": 3}
KINDS = {"center": Kind.CENTER, "home": Kind.FAMILY_HOME, "caregiver": Kind.IN_HOME}


@dataclass(frozen=True)
class Child:
    name: str
    months: int
    room: Room
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Wish:
    booking: str
    household: str
    site: str
    children: tuple[Child, ...]


@st.composite
def wishes(draw):
    site = draw(st.sampled_from(sorted(CAPACITY)))
    # A quarter of the wishes name a room of any site.
    rooms = [room for room in ROOMS if room.site == site or draw(st.integers(0, 3)) == 0]
    children = draw(
        st.lists(
            st.builds(
                Child,
                name=st.sampled_from([f"child {number}" for number in range(12)]),
                months=st.sampled_from([0, 8, 11, 12, 14, 17, 18, 23, 24, 30, 48, 100]),
                room=st.sampled_from(rooms),
                sessions=st.sampled_from([SESSIONS, SESSIONS[:1], SESSIONS[1:], ()]),
            ),
            max_size=3,
        )
    )
    booking = draw(st.sampled_from([f"booking {number}" for number in range(6)]))
    return Wish(booking, draw(st.sampled_from(["Rosa", "Mei", "Theo"])), site, tuple(children))


GIVE_BACK = st.builds(lambda number: f"booking {number}", st.integers(0, 5))

Row = tuple[str, str, Child, Session]


def broken_rules(rows: list[Row], wish: Wish) -> set[str]:
    """The codes of every rule that would be broken if the wish were granted, by counting."""
    broken = set()
    for child in wish.children:
        if child.room.site != wish.site:
            broken.add("unknown-room")
        elif not child.room.since <= child.months < child.room.until:
            broken.add("age")
    for session in SESSIONS:
        inside = [(household, child) for _, household, child, at in rows if at is session]
        wanted = [child for child in wish.children if session in child.sessions]
        broken |= broken_in(inside, wanted, wish) if wanted else set()
    return broken


def broken_in(inside: list[tuple[str, Child]], wanted: list[Child], wish: Wish) -> set[str]:
    broken = set()
    if {child.name for child in wanted} & {child.name for _, child in inside}:
        broken.add("child-already-placed")
    if len([child for _, child in inside if child.room.site == wish.site]) + len(wanted) > CAPACITY[wish.site]:
        broken.add("spots-gone")
    served = {household for household, child in inside if child.room.site == "caregiver"}
    if wish.site == "caregiver" and served - {wish.household}:
        broken.add("serves-another-household")
    for room in {child.room for child in wanted}:
        ages = [child.months for child in (*(child for _, child in inside), *wanted) if child.room == room]
        broken |= broken_room(room, ages)
    return broken


def broken_room(room: Room, ages: list[int]) -> set[str]:
    broken = {"spots-gone"} if len(ages) > room.spots else set()
    for limit in room.limits:
        young = [months for months in ages if months < limit.under_months]
        if limit.most_of_them is not None and len(young) > limit.most_of_them:
            broken.add("too-many-young-children")
        if young and limit.room_most is not None and len(ages) > limit.room_most:
            broken.add("fewer-spots-with-a-young-child")
    return broken


def unreadable(wish: Wish) -> bool:
    pairs = [(child.name, session) for child in wish.children for session in child.sessions]
    return not wish.children or not all(child.sessions for child in wish.children) or len(set(pairs)) < len(pairs)


def build_town() -> None:
    for site, capacity in CAPACITY.items():
        add_provider(provider_id=made(f"provider of {site}"), name=site, at=AT)
        rooms = tuple(
            NewRoom(made(room.name), room.name, room.since, room.until, room.spots, room.limits)
            for room in ROOMS
            if room.site == site
        )
        add_site(
            NewSite(
                site_id=made(site),
                provider_id=made(f"provider of {site}"),
                external_ref=f"test:{site}",
                name=site,
                kind=KINDS[site],
                point=Point(40.7, -73.95),
                zone="America/New_York",
                rooms=rooms,
                license=NewLicense("1", "test", "License", capacity, "test"),
                opens=time(5),
                closes=time(23),
            ),
            at=AT,
        )
        offers = {(room.room_id, session): room.licensed_spots for room in rooms for session in SESSIONS}
        assert offer_spots(site_id=made(site), day=TODAY, offers=offers, at=AT, actor=None)


def ask(wish: Wish) -> set[str]:
    wanted = [
        SpotWanted(made(child.name), child.months, made(child.room.name), tuple((TODAY, one) for one in child.sessions))
        for child in wish.children
    ]
    decision = take_spots(
        booking_id=made(wish.booking), household_id=made(wish.household), site_id=made(wish.site), wanted=wanted, at=AT
    )
    return {reason.code for reason in decision.reasons} if isinstance(decision, No) else set()


def stored() -> set[tuple[UUID, UUID, int, UUID, Session]]:
    return {
        (spot.booking_id, spot.child_id, spot.months, spot.room_id, spot.session)
        for site in CAPACITY
        for spot in taken_on(made(site), TODAY)
    }


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.one_of(wishes(), wishes(), wishes(), GIVE_BACK), max_size=14))
def test_taking_and_giving_back_agree_with_counting_children(db, moves):
    with transaction.atomic():
        build_town()
        rows: list[Row] = []
        for move in moves:
            if isinstance(move, str):
                kept = [row for row in rows if row[0] != move]
                assert release_spots(booking_id=made(move), at=AT) == len(rows) - len(kept)
                rows = kept
                continue
            refused = ask(move)
            if unreadable(move):
                assert refused & {"nothing-wanted", "child-wanted-twice"}
                continue
            assert refused == broken_rules(rows, move)
            if not refused:
                rows += [(move.booking, move.household, child, at) for child in move.children for at in child.sessions]
        assert stored() == {
            (made(booking), made(child.name), child.months, made(child.room.name), session)
            for booking, _, child, session in rows
        }
        assert drift() == []
        transaction.set_rollback(True)
