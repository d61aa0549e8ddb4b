from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from pytest_django import Settings

from cast import DAWN
from daybreak.accounts.terms import Account, Role, RoleKind
from daybreak.care.states import BookingState
from daybreak.care.terms import BookingView
from daybreak.web import access
from daybreak.web.access import (
    NOTHING,
    PAGES,
    ROUTES,
    TABLE,
    Purpose,
    Thing,
    Who,
    may,
    names_a_person,
    require,
    shows_names,
    shows_notes,
)

HOUSEHOLD, PROVIDER, EMPLOYER = uuid4(), uuid4(), uuid4()
RATHER_THEIRS = Thing(household_id=HOUSEHOLD, provider_id=PROVIDER, employer_id=EMPLOYER)


def somebody(*roles: Role) -> Account:
    return Account(uuid4(), "Somebody", "", "", "en", roles)


ROSA = somebody(Role(RoleKind.PARENT, HOUSEHOLD))
OKAFOR = somebody(Role(RoleKind.PROVIDER, PROVIDER))
OTHER_PARENT = somebody(Role(RoleKind.PARENT, uuid4()))
OTHER_PROVIDER = somebody(Role(RoleKind.PROVIDER, uuid4()))
DANA = somebody(Role(RoleKind.CLERK, EMPLOYER))
OPERATOR = somebody(Role(RoleKind.OPERATOR, uuid4()))
EVERYBODY = {
    "nobody": None,
    "rosa": ROSA,
    "okafor": OKAFOR,
    "other parent": OTHER_PARENT,
    "other provider": OTHER_PROVIDER,
    "dana": DANA,
    "operator": OPERATOR,
    "co-parent": somebody(Role(RoleKind.CO_PARENT, HOUSEHOLD)),
    "guardian": somebody(Role(RoleKind.GUARDIAN, HOUSEHOLD)),
    "caregiver": somebody(Role(RoleKind.CAREGIVER, PROVIDER)),
    "other clerk": somebody(Role(RoleKind.CLERK, uuid4())),
    "hr": somebody(Role(RoleKind.HR_READER, EMPLOYER)),
    "trustee": somebody(Role(RoleKind.TRUSTEE, EMPLOYER)),
    # The id of one thing held as a role of another opens nothing.
    "mixed up": somebody(Role(RoleKind.PARENT, PROVIDER), Role(RoleKind.CLERK, HOUSEHOLD)),
}
MAY_ON_THEIRS = {
    Who.ANYBODY: set(EVERYBODY),
    Who.TESTER: set(EVERYBODY),
    Who.SIGNED_IN: set(EVERYBODY) - {"nobody"},
    Who.ANY_PARENT: {"rosa", "co-parent", "guardian", "other parent", "mixed up"},
    Who.FAMILY: {"rosa", "co-parent", "guardian"},
    Who.HOST: {"rosa", "other parent", "mixed up"},
    Who.ANY_PROVIDER: {"okafor", "caregiver", "other provider"},
    Who.PROVIDER: {"okafor", "caregiver"},
    Who.DIRECTOR: {"okafor"},
    Who.ANY_CLERK: {"dana", "other clerk", "mixed up"},
    Who.CLERK: {"dana"},
    Who.CLERK_FOR_ONE: {"dana"},
    Who.HR_READER: {"hr"},
    Who.TRUSTEE: {"trustee"},
    Who.OPERATOR: {"operator"},
}


def let_in(purpose: Purpose) -> set[str]:
    return {name for name, account in EVERYBODY.items() if may(account, purpose, RATHER_THEIRS)}


@pytest.mark.parametrize("purpose", Purpose)
def test_the_table_opens_a_purpose_to_whom_it_names_and_to_nobody_else(purpose: Purpose) -> None:
    assert let_in(purpose) == MAY_ON_THEIRS[TABLE[purpose]]


@pytest.mark.parametrize("who", Who)
def test_each_whom_lets_in_exactly_those_it_names(who: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(access.TABLE, Purpose.SEE_REQUEST, who)
    assert let_in(Purpose.SEE_REQUEST) == MAY_ON_THEIRS[who]


def test_only_a_clerk_ever_sees_a_named_person_who_is_not_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for who in Who:
        monkeypatch.setitem(access.TABLE, Purpose.SEE_REQUEST, who)
        assert names_a_person(Purpose.SEE_REQUEST) is (who is Who.CLERK_FOR_ONE)


def test_a_thing_of_nobody_is_not_everybodys() -> None:
    assert not may(ROSA, Purpose.SEE_REQUEST, NOTHING)
    assert not may(OKAFOR, Purpose.SEE_SITE_DAY, NOTHING)


def test_a_parent_and_a_provider_in_one_person_keep_both_doors() -> None:
    both = somebody(*ROSA.roles, *OKAFOR.roles)
    assert may(both, Purpose.SEE_REQUEST, RATHER_THEIRS)
    assert may(both, Purpose.OFFER_SPOTS, RATHER_THEIRS)


def test_forbidden_is_not_found() -> None:
    with pytest.raises(Http404):
        require(OTHER_PARENT, Purpose.SEE_REQUEST, RATHER_THEIRS)


def test_the_design_page_is_shut_in_production(settings: Settings) -> None:
    settings.MODE, settings.DEMO = "production", False
    assert not may(None, Purpose.SEE_DESIGN)


def test_every_purpose_is_in_the_table_and_has_a_page_or_an_operation() -> None:
    assert set(TABLE) == set(Purpose)
    assert set(PAGES.values()) | set(ROUTES.values()) == set(Purpose)


def booked(state: BookingState) -> BookingView:
    none = UUID(int=0)
    arrives = DAWN + timedelta(hours=3)
    return BookingView(none, none, none, none, state, DAWN.date(), arrives, arrives + timedelta(hours=8), 3.0, None, ())


@pytest.mark.parametrize("state", BookingState)
def test_a_home_learns_names_only_of_children_who_come(state: BookingState) -> None:
    named = (BookingState.CONFIRMED, BookingState.MISSED, BookingState.ATTENDED, BookingState.FETCHED)
    assert shows_names(booked(state)) is (state in named)


def test_care_notes_are_open_from_two_hours_before_arrival_until_the_child_leaves() -> None:
    booking = booked(BookingState.CONFIRMED)
    opens_at = booking.arrives_at - timedelta(hours=2)
    assert not shows_notes(booking, at=opens_at - timedelta(seconds=1))
    assert shows_notes(booking, at=opens_at)
    assert shows_notes(booking, at=booking.leaves_at - timedelta(seconds=1))
    assert not shows_notes(booking, at=booking.leaves_at)


def test_care_notes_of_a_canceled_booking_are_shut() -> None:
    booking = replace(booked(BookingState.CANCELED))
    assert not shows_notes(booking, at=booking.arrives_at)
