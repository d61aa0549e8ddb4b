"""Whatever families take and give back: what a contract keeps is there for its employer until it lets go.

The count below is written from the words of the contract alone. It keeps the list of children by employer and asks of
each wish whether, with it granted, everything still kept for others could be taken too. It runs on whichever database
the tests run, so both bodies of take_spots are held to it.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import floor
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daybreak.kernel.decisions import No, Yes
from daybreak.network.actions import add_provider, add_site, offer_spots, release_spots, take_spots
from daybreak.network.contracts.actions import add_contract
from daybreak.network.contracts.sharing import Keeping, free_for, short_of_a_room, unmet
from daybreak.network.contracts.terms import Kept, NewContract
from daybreak.network.queries import drift
from daybreak.network.terms import NewLicense, NewRoom, NewSite, SpotWanted
from daybreak.people.actions import add_employer
from daybreak.placement.sessions import Session
from daybreak.placement.terms import Kind, Point

AT = datetime(2026, 3, 2, 10, 40, tzinfo=UTC)
DAY = date(2026, 3, 2)
NAMES = UUID("6f5c1f7e-3b0e-4c1c-9d7a-0f3c7a1b2c3e")
EMPLOYERS = ("Harbor Health", "Lakeshore Logistics", "neither")
ROOMS = {"toddlers": 6, "preschool": 5}


def made(name: str) -> UUID:
    return uuid5(NAMES, name)


@dataclass(frozen=True)
class Agreed:
    employer: str
    spots: dict[str, int]
    share: int
    is_released: bool


@dataclass(frozen=True)
class Wish:
    number: int
    employer: str
    children: tuple[str, ...]
    """The room of each."""


def agreements() -> st.SearchStrategy[list[Agreed]]:
    def agreed(employer: str) -> st.SearchStrategy[Agreed]:
        spots = st.fixed_dictionaries({room: st.integers(0, 2) for room in ROOMS})
        return st.builds(Agreed, st.just(employer), spots, st.integers(0, 3), st.booleans())

    both = st.tuples(agreed("Harbor Health"), agreed("Lakeshore Logistics"))
    return both.map(lambda pair: [one for one in pair if one.share or any(one.spots.values())])


WISHES = st.builds(
    Wish,
    st.integers(0, 7),
    st.sampled_from(EMPLOYERS),
    st.lists(st.sampled_from(sorted(ROOMS)), min_size=1, max_size=3).map(tuple),
)
GIVE_BACK = st.integers(0, 7)


def entitled(room: str, offered: int, agreed: list[Agreed]) -> dict[str, tuple[int, int]]:
    """What each employer is kept in a room: guaranteed, and guaranteed and shared together."""
    live = [one for one in agreed if not one.is_released]
    promised = sum(one.spots[room] for one in live)
    shrunk = min(Fraction(1), Fraction(offered, promised)) if promised else Fraction(1)
    shares = sum(one.share for one in agreed)
    rest = max(offered - promised, 0)
    return {
        one.employer: (
            mine := floor(one.spots[room] * shrunk),
            mine + (floor(Fraction(rest * one.share, shares)) if shares else 0),
        )
        for one in live
    }


def still_kept(room: str, offered: int, agreed: list[Agreed], has: Counter[str], part: int) -> dict[str, int]:
    kept = entitled(room, offered, agreed)
    return {employer: max(amounts[part] - has[employer], 0) for employer, amounts in kept.items()}


def may(
    wish: Wish, offered: dict[str, int], capacity: int, agreed: list[Agreed], has: dict[str, Counter[str]]
) -> set[str]:
    """The codes of the refusal, by counting; empty when the wish may be granted."""
    refused = set()
    wanted = Counter(wish.children)
    for room, count in wanted.items():
        left = offered[room] - has[room].total()
        if count > left:
            refused.add("spots-gone")
            continue
        kept = still_kept(room, offered[room], agreed, has[room], 1)
        others = sum(spots for employer, spots in kept.items() if employer != wish.employer)
        promised = still_kept(room, offered[room], agreed, has[room], 0)
        if count > kept.get(wish.employer, 0) and left - count < others:
            of_others = sum(spots for employer, spots in promised.items() if employer != wish.employer)
            refused.add("kept-by-contract" if left - count < of_others else "shared-by-contract")
    left = capacity - sum(counter.total() for counter in has.values())
    if wanted.total() > left:
        refused.add("spots-gone")
    elif takes_more_than_its_own(wish, offered, agreed, has):
        after = {room: has[room] + Counter({wish.employer: wanted[room]}) for room in ROOMS}
        kept_after = sum(sum(still_kept(room, offered[room], agreed, after[room], 0).values()) for room in ROOMS)
        if left - wanted.total() < kept_after:
            refused.add("kept-by-contract")
    return refused


def takes_more_than_its_own(
    wish: Wish, offered: dict[str, int], agreed: list[Agreed], has: dict[str, Counter[str]]
) -> bool:
    own = {room: still_kept(room, offered[room], agreed, has[room], 0).get(wish.employer, 0) for room in ROOMS}
    return any(count > own[room] for room, count in Counter(wish.children).items())


def build(offered: dict[str, int], capacity: int, agreed: list[Agreed]) -> None:
    add_provider(provider_id=made("provider"), name="Little Oaks", at=AT)
    rooms = tuple(NewRoom(made(name), name, 0, 60, spots) for name, spots in ROOMS.items())
    license_ = NewLicense("1", "test", "License", capacity, "test")
    site = NewSite(
        site_id=made("site"),
        provider_id=made("provider"),
        external_ref="test:site",
        name="Little Oaks",
        kind=Kind.CENTER,
        point=Point(40.7, -73.95),
        zone="America/New_York",
        rooms=rooms,
        license=license_,
        opens=time(5),
        closes=time(23),
    )
    add_site(site, at=AT)
    for name in EMPLOYERS[:2]:
        add_employer(employer_id=made(name), name=name, at=AT)
    # Half of what is kept is agreed before the room offers, and half after.
    for number, one in enumerate(agreed):
        if number == 1:
            offer(offered)
        assert add_contract(new_contract(one), at=AT) == Yes()
    offer(offered)


def new_contract(one: Agreed) -> NewContract:
    return NewContract(
        contract_id=made(f"contract of {one.employer}"),
        site_id=made("site"),
        employer_id=made(one.employer),
        number=f"{one.employer} 2026, 2.1",
        from_day=DAY - timedelta(days=60),
        until_day=None,
        spots={made(room): spots for room, spots in one.spots.items()},
        share=one.share,
        # 5:30 and 6:30 on the site's clock; families ask at 5:40.
        released_clock=time(5, 30) if one.is_released else time(6, 30),
    )


def offer(offered: dict[str, int]) -> None:
    offers = {(made(room), Session.MORNING): spots for room, spots in offered.items()}
    assert offer_spots(site_id=made("site"), day=DAY, offers=offers, at=AT, actor=None) == Yes()


def take(wish: Wish, turn: int) -> set[str]:
    wanted = [
        SpotWanted(made(f"child {turn} {number}"), 30, made(room), ((DAY, Session.MORNING),))
        for number, room in enumerate(wish.children)
    ]
    decision = take_spots(
        booking_id=made(f"booking {wish.number}"),
        household_id=made(f"household {turn}"),
        site_id=made("site"),
        wanted=wanted,
        at=AT,
        employer_id=None if wish.employer == "neither" else made(wish.employer),
    )
    if not isinstance(decision, No):
        return set()
    for reason in decision.reasons:
        if reason.code.endswith("by-contract"):
            assert reason.facts["until"] == "2026-03-02T06:30"
            assert reason.cite.endswith("2026, 2.1")
    return {reason.code for reason in decision.reasons}


OFFERED = st.fixed_dictionaries({room: st.integers(0, spots) for room, spots in ROOMS.items()})


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(OFFERED, st.integers(8, 11), agreements(), st.lists(st.one_of(WISHES, WISHES, WISHES, GIVE_BACK), max_size=16))
def test_the_database_keeps_what_a_count_by_hand_keeps(db, offered, capacity, agreed, moves):
    with transaction.atomic():
        build(offered, capacity, agreed)
        has: dict[str, Counter[str]] = {room: Counter() for room in ROOMS}
        held: list[Wish] = []
        for turn, move in enumerate(moves):
            if isinstance(move, int):
                gone = [wish for wish in held if wish.number == move]
                held = [wish for wish in held if wish.number != move]
                release_spots(booking_id=made(f"booking {move}"), at=AT)
                for wish in gone:
                    for room in wish.children:
                        has[room][wish.employer] -= 1
                continue
            refused = take(move, turn)
            assert refused == may(move, offered, capacity, agreed, has)
            if not refused:
                held.append(move)
                for room in move.children:
                    has[room][move.employer] += 1
        assert all(has[room].total() <= offered[room] for room in ROOMS)
        assert drift() == []
        transaction.set_rollback(True)


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO = [made(name) for name in EMPLOYERS]


@st.composite
def rooms(draw: st.DrawFn) -> Keeping:
    kept = tuple(
        Kept(employer, draw(st.integers(0, 4)), draw(st.integers(0, 3)), NOON, "12:00", "2.1") for employer in WHO[:2]
    )
    return Keeping(draw(st.integers(0, 12)), 0, kept, {})


@given(rooms(), st.lists(st.tuples(st.sampled_from(WHO), st.integers(1, 3)), max_size=20), st.sampled_from(WHO))
def test_until_release_an_employer_may_always_take_what_is_kept_for_it(room, asked, late):
    at = NOON - timedelta(minutes=1)
    kept_at_first = {one.kept.employer_id: one.in_all for one in unmet(room, at)}
    for employer, wanted in asked:
        if short_of_a_room(room, employer, wanted=wanted, at=at, facts={}) is None:
            left = room.spots - room.taken
            if wanted <= left:
                taken_by = dict(Counter(room.taken_by) + Counter({employer: wanted}))
                room = Keeping(room.spots, room.taken + wanted, room.kept, taken_by)
    assert room.taken <= room.spots
    not_used = max(kept_at_first.get(late, 0) - room.taken_by.get(late, 0), 0)
    assert not_used <= room.spots - room.taken
    assert free_for(room, late, at) >= not_used
    assert short_of_a_room(room, late, wanted=not_used, at=at, facts={}) is None


@given(rooms(), st.sampled_from(WHO))
def test_after_release_every_spot_left_is_anybodys(room, who):
    assert free_for(room, who, NOON) == room.spots
    assert short_of_a_room(room, who, wanted=room.spots, at=NOON, facts={}) is None


@given(rooms(), st.sampled_from(WHO), st.integers(1, 6))
def test_what_is_free_is_exactly_what_is_not_refused(room, who, wanted):
    at = NOON - timedelta(hours=3)
    is_refused = wanted > room.spots or short_of_a_room(room, who, wanted=wanted, at=at, facts={}) is not None
    assert is_refused == (wanted > free_for(room, who, at))
