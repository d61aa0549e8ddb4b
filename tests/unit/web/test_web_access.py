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
from daybreak.web.access import NOTHING, PAGES, TABLE, Purpose, Thing, Who, may, require, shows_names, shows_notes

HOUSEHOLD, PROVIDER = uuid4(), uuid4()
RATHER_THEIRS = Thing(household_id=HOUSEHOLD, provider_id=PROVIDER)


def somebody(*roles: Role) -> Account:
    return Account(uuid4(), "Somebody", "", "", "en", roles)


ROSA = somebody(Role(RoleKind.PARENT, HOUSEHOLD))
OKAFOR = somebody(Role(RoleKind.PROVIDER, PROVIDER))
OTHER_PARENT = somebody(Role(RoleKind.PARENT, uuid4()))
OTHER_PROVIDER = somebody(Role(RoleKind.PROVIDER, uuid4()))
DANA = somebody(Role(RoleKind.CLERK, uuid4()))
OPERATOR = somebody(Role(RoleKind.OPERATOR, uuid4()))
EVERYBODY = {
    "nobody": None,
    "rosa": ROSA,
    "okafor": OKAFOR,
    "other parent": OTHER_PARENT,
    "other provider": OTHER_PROVIDER,
    "dana": DANA,
    "operator": OPERATOR,
}
MAY_ON_THEIRS = {
    Who.ANYBODY: set(EVERYBODY),
    Who.TESTER: set(EVERYBODY),
    Who.ANY_PARENT: {"rosa", "other parent"},
    Who.FAMILY: {"rosa"},
    Who.ANY_PROVIDER: {"okafor", "other provider"},
    Who.PROVIDER: {"okafor"},
}


@pytest.mark.parametrize("purpose", Purpose)
def test_the_table_opens_a_purpose_to_whom_it_names_and_to_nobody_else(purpose: Purpose) -> None:
    let_in = {name for name, account in EVERYBODY.items() if may(account, purpose, RATHER_THEIRS)}
    assert let_in == MAY_ON_THEIRS[TABLE[purpose]]


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


def test_every_purpose_is_in_the_table_and_has_a_page() -> None:
    assert set(TABLE) == set(Purpose)
    assert set(PAGES.values()) == set(Purpose)


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
