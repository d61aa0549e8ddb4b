"""A spot that a contract guarantees waits for its employer's families until it is released; then it is anybody's."""

from dataclasses import replace
from datetime import date, time
from uuid import uuid4

import pytest

from cast import ADA, LUCIA, MARISOL, MONDAY, Opened, clock, close_all_but, set_offer
from daybreak.audit.queries import events_of
from daybreak.care.actions.clock import work_due
from daybreak.care.states import RequestState
from daybreak.demo.cast import made_id
from daybreak.kernel.decisions import No, Yes
from daybreak.network.contracts.actions import add_contract, end_contract
from daybreak.network.contracts.queries import contracts_of
from daybreak.network.contracts.terms import NewContract
from daybreak.network.models import Contract, RoomSession
from daybreak.network.queries import drift
from daybreak.notices.queries import sentence

pytestmark = pytest.mark.django_db

SOUTH_PARK = made_id("south-park")
TODDLERS, PRESCHOOL = (made_id(f"room {name} of south-park") for name in ("Toddlers", "Preschool"))
HARBOR, LAKESHORE = made_id("Harbor Health"), made_id("Lakeshore Logistics")
NEW = NewContract(
    contract_id=made_id("contract"),
    site_id=SOUTH_PARK,
    employer_id=HARBOR,
    number="South Park and Harbor Health, 2026, part 2",
    from_day=date(2026, 1, 1),
    until_day=None,
    spots={TODDLERS: 2},
    share=1,
    released_clock=time(6, 30),
)


def lucia_asks(opened: Opened, **how: object) -> object:
    return opened.asked(who=MARISOL, household="marisol", children=[LUCIA], **how)


def test_another_employers_family_waits_reads_why_and_has_the_spot_when_it_is_released(opened: Opened) -> None:
    close_all_but("south-park")
    assert add_contract(NEW, at=opened.at) == Yes()

    view = opened.view(lucia_asks(opened, decide_by=clock(7)).request_id)
    assert view.state is RequestState.ASKED
    (why,) = (line for line in view.why_not if line.reason.code == "kept-by-contract")
    assert sentence(why.reason, "en") == (
        "The spots left here are promised to the families of an employer until 6:30 a.m. "
        "The rule: South Park and Harbor Health, 2026, part 2."
    )
    assert "hasta las 6:30." in sentence(why.reason, "es")

    work_due(at=clock(6, 29), holder="worker")
    assert opened.view(view.request_id).state is RequestState.ASKED
    work_due(at=clock(6, 30), holder="worker")
    booking = opened.view(view.request_id).booking
    assert booking is not None
    assert booking.site_id == SOUTH_PARK
    assert drift() == []


def test_the_employers_own_family_has_it_at_once(opened: Opened) -> None:
    close_all_but("south-park")
    add_contract(replace(NEW, employer_id=LAKESHORE, number="Lakeshore 2026"), at=opened.at)
    booking = lucia_asks(opened).booking
    assert booking is not None
    assert booking.site_id == SOUTH_PARK


def test_what_nobody_is_guaranteed_is_shared_while_it_is_scarce(opened: Opened) -> None:
    set_offer("south-park", 2)
    for employer, number in ((HARBOR, "Harbor 2026"), (LAKESHORE, "Lakeshore 2026")):
        shared = replace(NEW, contract_id=uuid4(), employer_id=employer, number=number, spots={})
        assert add_contract(shared, at=opened.at) == Yes()
    close_all_but("south-park")
    first = lucia_asks(opened)
    assert first.booking is not None
    assert {line.reason.code for line in lucia_asks(opened, day=date(2026, 3, 3)).why_not} == set()
    kept = RoomSession.objects.filter(room=TODDLERS, day=MONDAY).values_list("kept", flat=True)
    assert {tuple((one["employer"], one["share"]) for one in row) for row in kept} == {
        ((str(HARBOR), 1), (str(LAKESHORE), 1))
    }


def test_a_contract_that_ends_lets_go_of_what_it_kept(opened: Opened) -> None:
    add_contract(NEW, at=opened.at)
    assert RoomSession.objects.filter(room=TODDLERS).exclude(kept=[]).exists()
    assert end_contract(contract_id=NEW.contract_id, until_day=MONDAY, at=opened.at) == Yes()
    assert not RoomSession.objects.filter(room=TODDLERS).exclude(kept=[]).exists()
    assert {event.verb for event in events_of("contract", NEW.contract_id)} == {"add", "end"}
    (card,) = contracts_of(SOUTH_PARK, since=date(2026, 2, 1))
    assert (card.until_day, card.spots) == (MONDAY, (("Toddlers", 2),))
    assert contracts_of(SOUTH_PARK, since=MONDAY) == []


REFUSED = {
    "more than the room may hold": ({"spots": {TODDLERS: 11}}, "guarantees-exceed-the-license"),
    "a room of another place": ({"spots": {ADA: 1}}, "unknown-room"),
    "fewer than none": ({"spots": {TODDLERS: -1}}, "fewer-than-none"),
    "nothing at all": ({"spots": {}, "share": 0}, "contract-keeps-nothing"),
    "an end before the beginning": ({"until_day": date(2026, 1, 1)}, "contract-ends-before-it-begins"),
    "a site that is not there": ({"site_id": ADA}, "unknown-site"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED.values(), ids=REFUSED)
def test_a_contract_that_cannot_be_kept_is_not_written(opened: Opened, change: dict[str, object], code: str) -> None:
    refused = add_contract(replace(NEW, **change), at=opened.at)
    assert isinstance(refused, No)
    assert code in [reason.code for reason in refused.reasons]
    assert all(sentence(reason, language) for reason in refused.reasons for language in ("en", "es"))
    assert not Contract.objects.filter(pk=NEW.contract_id).exists()


def test_an_employer_has_one_contract_with_a_site_at_a_time(opened: Opened) -> None:
    assert add_contract(replace(NEW, until_day=date(2026, 3, 3)), at=opened.at) == Yes()
    second = replace(NEW, contract_id=uuid4(), number="South Park and Harbor Health, 2026, part 3")
    refused = add_contract(second, at=opened.at)
    assert isinstance(refused, No)
    assert [reason.code for reason in refused.reasons] == ["employer-has-a-contract-here"]
    assert add_contract(replace(second, from_day=date(2026, 3, 3)), at=opened.at) == Yes()
