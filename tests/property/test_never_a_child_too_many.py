"""Children come and go, educators fall ill and come back, the provider changes its word: never a child too many.

Little Oaks is a center in Ohio, by the rules that come with the product. What the database says is held to a list of
children and a list of duties, counted every quarter of an hour by hand, on whichever database the tests run.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counted_by_hand import may_be_together
from daybreak.network.actions import add_provider, add_site, offer_spots, release_spots, take_spots
from daybreak.network.queries import drift, taken_on
from daybreak.network.staff.actions import add_staff, say_back, say_gone, say_staff
from daybreak.network.staff.queries import law_on
from daybreak.network.staff.terms import Hours, RoomStaff
from daybreak.network.terms import NewLicense, NewRoom, NewSite, SpotWanted
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import OnDuty, Part
from daybreak.placement.terms import Kind, Point

AT = datetime.now(UTC)
TODAY = AT.astimezone(ZoneInfo("America/New_York")).date()
NAMES = UUID("0b0c1f7e-3b0e-4c1c-9d7a-0f3c7a1b2c3d")
SESSIONS = (Session.EARLY, Session.MORNING)
OPENS, CLOSES = 7 * 60, 18 * 60
CAPACITY = 12
ROOMS = {"small ones": (0, 36, 8), "bigger ones": (36, 72, 10)}
STAFF = ("Ana", "Bea", "Cem", "Dov")
LAW = law_on(TODAY, kind=Kind.CENTER, zip_code="45202", program="")


def made(name: str) -> UUID:
    return uuid5(NAMES, name)


@dataclass(frozen=True)
class Child:
    name: str
    months: int
    sessions: tuple[Session, ...]

    @property
    def room(self) -> str:
        return "small ones" if self.months < 36 else "bigger ones"


@dataclass(frozen=True)
class Take:
    booking: str
    children: tuple[Child, ...]


@dataclass(frozen=True)
class GiveBack:
    booking: str


@dataclass(frozen=True)
class SayStaff:
    room: str
    hours: tuple[tuple[str, int, int], ...]
    own: tuple[int, ...]


@dataclass(frozen=True)
class Gone:
    name: str
    since: int | None


@dataclass(frozen=True)
class Back:
    name: str


@dataclass(frozen=True)
class Offers:
    room: str
    spots: int


@dataclass
class ByHand:
    """What a careful director would have on a sheet of paper."""

    children: list[tuple[str, Child, Session]] = field(default_factory=list)
    hours: dict[str, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    own: dict[str, tuple[int, ...]] = field(default_factory=dict)
    gone: dict[tuple[str, str], int] = field(default_factory=dict)
    offered: dict[str, int] = field(default_factory=lambda: {room: spots for room, (_, _, spots) in ROOMS.items()})

    def staff(self) -> list[OnDuty]:
        """Who is really there: nobody from the minute they are gone."""
        found = []
        for room, said in self.hours.items():
            for name, starts, ends in said:
                until = min(ends, max(starts, self.gone.get((room, name), ends)))
                if until > starts:
                    found.append(OnDuty(room, Part.EDUCATOR, starts, until))
        return found

    def months(self, room: str, session: Session) -> list[int]:
        return [child.months for _, child, at in self.children if child.room == room and at is session]

    def keeps_the_law(self, room: str, session: Session, more: list[int]) -> bool:
        if room not in self.hours:
            return True
        assert LAW is not None
        together = [*self.own[room], *self.months(room, session), *more]
        return may_be_together(
            LAW,
            ROOMS[room][:2],
            together,
            session=session,
            opens=OPENS,
            closes=CLOSES,
            room_id=room,
            staff=self.staff(),
        )

    def may_come(self, children: tuple[Child, ...]) -> bool:
        for session in SESSIONS:
            coming = [child for child in children if session in child.sessions]
            inside = [child for _, child, at in self.children if at is session]
            if {child.name for child in coming} & {child.name for child in inside}:
                return False
            own = sum(len(ages) for ages in self.own.values())
            if coming and len(inside) + len(coming) + own > CAPACITY:
                return False
            for room in {child.room for child in coming}:
                more = [child.months for child in coming if child.room == room]
                there = len(self.months(room, session))
                if there + len(more) > self.offered[room] or not self.keeps_the_law(room, session, more):
                    return False
                if self.own.get(room) and there + len(more) + len(self.own[room]) > ROOMS[room][2]:
                    return False
        return True

    def overfull(self) -> set[tuple[str, Session]]:
        """Rooms with somebody's child in them that hold more than the law or the license lets them."""
        found = set()
        for room in self.hours:
            for session in SESSIONS:
                there = self.months(room, session)
                in_all = len(there) + len(self.own[room])
                too_many = (self.own[room] and in_all > ROOMS[room][2]) or not self.keeps_the_law(room, session, [])
                if there and too_many:
                    found.add((room, session))
        return found


CHILDREN = st.builds(
    Child,
    name=st.sampled_from([f"child {number}" for number in range(14)]),
    months=st.sampled_from([2, 11, 12, 17, 20, 31, 40, 50, 65]),
    sessions=st.sampled_from([SESSIONS, SESSIONS, SESSIONS[1:]]),
)
BOOKINGS = st.sampled_from([f"booking {number}" for number in range(6)])
QUARTERS = st.integers(24, 76).map(lambda quarter: quarter * 15)
SHIFTS = st.one_of(*[st.just((6 * 60, 18 * 60))] * 3, st.tuples(QUARTERS, QUARTERS).filter(lambda one: one[0] < one[1]))


@st.composite
def rosters(draw):
    room = draw(st.sampled_from(sorted(ROOMS)))
    # Two of the four work in each room, so that nobody is in two rooms at once.
    names = STAFF[:2] if room == "small ones" else STAFF[2:]
    hours = tuple((name, *draw(SHIFTS)) for name in names if draw(st.integers(0, 3)))
    ages = st.sampled_from([2, 13, 20, 33] if room == "small ones" else [40, 50])
    return SayStaff(room, hours, tuple(draw(st.lists(ages, max_size=7))))


MOVES = st.one_of(
    st.builds(Take, BOOKINGS, st.lists(CHILDREN, min_size=1, max_size=4, unique_by=lambda one: one.name).map(tuple)),
    st.builds(Take, BOOKINGS, st.lists(CHILDREN, min_size=1, max_size=4, unique_by=lambda one: one.name).map(tuple)),
    rosters(),
    st.builds(Gone, st.sampled_from(STAFF), st.one_of(st.none(), QUARTERS)),
    st.builds(Back, st.sampled_from(STAFF)),
    st.builds(GiveBack, BOOKINGS),
    st.builds(Offers, st.sampled_from(sorted(ROOMS)), st.integers(0, 8)),
)


def clock(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def build_little_oaks() -> dict[str, UUID]:
    add_provider(provider_id=made("provider"), name="Little Oaks", at=AT)
    add_site(
        NewSite(
            site_id=made("oaks"),
            provider_id=made("provider"),
            external_ref="test:oaks",
            name="Little Oaks",
            kind=Kind.CENTER,
            point=Point(39.1, -84.5),
            zone="America/New_York",
            zip_code="45202",
            rooms=tuple(NewRoom(made(name), name, *about) for name, about in ROOMS.items()),
            license=NewLicense("1", "Child Care Center", "License", CAPACITY, "test"),
            opens=clock(OPENS),
            closes=clock(CLOSES),
        ),
        at=AT,
    )
    for name, (_, _, spots) in ROOMS.items():
        assert offer(name, spots)
    return {name: add_staff(site_id=made("oaks"), name=name, part=Part.EDUCATOR, at=AT, actor=None) for name in STAFF}


def offer(room: str, spots: int) -> bool:
    offers = {(made(room), session): spots for session in SESSIONS}
    return bool(offer_spots(site_id=made("oaks"), day=TODAY, offers=offers, at=AT, actor=None))


def take(move: Take) -> bool:
    wanted = [
        SpotWanted(made(child.name), child.months, made(child.room), tuple((TODAY, one) for one in child.sessions))
        for child in move.children
    ]
    household = made(f"family of {move.booking}")
    return bool(
        take_spots(booking_id=made(move.booking), household_id=household, site_id=made("oaks"), wanted=wanted, at=AT)
    )


def overfull(answer) -> set[tuple[str, Session]]:
    rooms = {made(name): name for name in ROOMS}
    return {(rooms[one.room_id], one.session) for one in answer.too_many if one.room_id is not None}


def play(move: object, paper: ByHand, staff: dict[str, UUID]) -> None:
    """Do one thing in the database and on paper, and hold the one to the other."""
    about = {"site_id": made("oaks"), "day": TODAY, "at": AT, "actor": None}
    if isinstance(move, Take):
        assert take(move) == paper.may_come(move.children)
        if paper.may_come(move.children):
            paper.children += [(move.booking, child, at) for child in move.children for at in child.sessions]
    elif isinstance(move, GiveBack):
        release_spots(booking_id=made(move.booking), at=AT)
        paper.children = [row for row in paper.children if row[0] != move.booking]
    elif isinstance(move, SayStaff):
        hours = tuple(Hours(staff[name], clock(starts), clock(ends)) for name, starts, ends in move.hours)
        own = dict.fromkeys(SESSIONS, move.own)
        answer = say_staff(rooms=[RoomStaff(made(move.room), hours, own)], **about)
        paper.hours[move.room], paper.own[move.room] = move.hours, move.own
        paper.gone = {key: since for key, since in paper.gone.items() if key[0] != move.room}
        assert overfull(answer) == paper.overfull()
    elif isinstance(move, Offers):
        least = max(len(paper.months(move.room, session)) for session in SESSIONS)
        if offer(move.room, move.spots):
            assert move.spots >= least
            paper.offered[move.room] = move.spots
        else:
            assert move.spots < least
    elif isinstance(move, Gone | Back):
        on = [(room, name) for room, said in paper.hours.items() for name, *_ in said if name == move.name]
        if isinstance(move, Gone):
            since = clock(move.since) if move.since is not None else None
            answer = say_gone(staffer_id=staff[move.name], gone_from=since, **about)
            paper.gone |= dict.fromkeys(on, move.since or 0)
        else:
            answer = say_back(staffer_id=staff[move.name], **about)
            paper.gone = {key: since for key, since in paper.gone.items() if key not in on}
        assert bool(answer) == bool(on)
        assert overfull(answer) == (paper.overfull() if on else set())


@pytest.mark.django_db
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(MOVES, min_size=4, max_size=16))
def test_never_a_child_too_many_whoever_comes_and_whoever_falls_ill(db, moves):
    with transaction.atomic():
        staff = build_little_oaks()
        paper = ByHand()
        for move in moves:
            before = len(paper.children)
            play(move, paper, staff)
            if len(paper.children) > before:
                # Nothing that was just granted leaves a room with a child too many.
                granted = {(child.room, at) for booking, child, at in paper.children[before:]}
                assert granted & paper.overfull() == set()
        stored = {(spot.booking_id, spot.child_id, spot.months, spot.session) for spot in taken_on(made("oaks"), TODAY)}
        assert stored == {(made(booking), made(child.name), child.months, at) for booking, child, at in paper.children}
        assert drift() == []
        transaction.set_rollback(True)


def test_the_law_the_paper_is_held_to_is_ohios() -> None:
    assert LAW is not None
    assert (LAW.cite, LAW.second_adult_above) == ("Ohio Revised Code 5104.033; Ohio Adm. Code 5180:2-12-18", 6)
