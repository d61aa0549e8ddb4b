"""A clerk finds a place, writes down what was agreed with it and lets it end; another employer's clerk sees nothing."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from cast import LARKIN, MONDAY, MS_OKAFOR, ROSA, Opened
from daybreak.accounts.terms import RoleKind
from daybreak.audit.queries import events_of
from daybreak.demo.cast import made_id
from daybreak.network.contracts.queries import contracts_of, contracts_with
from daybreak.network.contracts.terms import ContractCard
from daybreak.network.models import Contract, RoomSession
from web_visits import at_dawn, newcomer, seen, visitor

pytestmark = pytest.mark.django_db

SOUTH_PARK, INES = made_id("south-park"), made_id("ines")
TODDLERS = made_id("room Toddlers of south-park")
HARBOR, LAKESHORE = made_id("Harbor Health"), made_id("Lakeshore Logistics")
NEW = f"/contracts/new?site={SOUTH_PARK}"
AGREED = {
    **{"employer": str(HARBOR), "number": "South Park and Harbor Health, part 2", "from": "2026-03-02", "until": ""},
    **{"share": "1", "released": "06:30", "days_before": "0", "rate": "95.50", "pays_within": "14"},
    f"spots-{TODDLERS}": "2",
}


@pytest.fixture(autouse=True)
def dawn(monkeypatch: pytest.MonkeyPatch) -> None:
    at_dawn(monkeypatch)


@pytest.fixture
def clerk(opened: Opened) -> Client:
    return visitor(newcomer(RoleKind.CLERK, HARBOR))


def written() -> ContractCard:
    (card,) = [one for one in contracts_with(HARBOR, since=MONDAY) if one.number == AGREED["number"]]
    return card


def test_a_clerk_finds_a_place_and_writes_down_what_was_agreed(clerk: Client) -> None:
    found = seen(clerk.get("/contracts/new?q=south"))
    assert NEW in [link.get("href") for link in found.every("a")]
    page = seen(clerk.get(NEW))
    assert "What was agreed?" in page.said
    assert "Toddlers" in page.said
    answer = clerk.post(NEW, AGREED, follow=True)
    assert "Written: the contract with" in seen(answer).said
    card = written()
    assert (card.spots, card.share, card.rate_cents, card.pays_within_days) == ((("Toddlers", 2),), 1, 9_550, 14)
    assert RoomSession.objects.filter(room=TODDLERS).exclude(kept=[]).exists(), "kept from now on"
    assert card in contracts_of(SOUTH_PARK, since=MONDAY), "the place sees the same"
    (event,) = events_of("contract", card.contract_id)
    assert (event.verb, event.actor) == ("add", UUID(clerk.session["_auth_user_id"]))


def test_a_clerk_lets_it_end_and_never_in_the_past(clerk: Client) -> None:
    clerk.post(NEW, AGREED)
    end = f"/contracts/{written().contract_id}/end"
    for until in ("2026-03-01", "tomorrow", ""):
        answer = clerk.post(end, {"until": until})
        assert answer.status_code == 400, until
        assert seen(answer).every("input")
    assert written().until_day is None
    last = MONDAY + timedelta(days=30)
    assert "Written: the day on which it ends." in seen(clerk.post(end, {"until": last.isoformat()}, follow=True)).said
    assert written().until_day == last


WRONG = {
    "number": ("", "Give it a name"),
    "from": ("02/30/2026", "That is not a day."),
    "until": ("never", "That is not a day."),
    "share": ("-1", "Write a whole number"),
    "released": ("25:00", "That is not a time."),
    "days_before": ("x", "Write a whole number"),
    "rate": ("1e9", "Write dollars"),
    "pays_within": ("400", "Write a whole number"),
    f"spots-{TODDLERS}": ("two", "Write a whole number"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_slip_is_told_at_its_field_and_nothing_is_written(clerk: Client, name: str) -> None:
    before = Contract.objects.count()
    text, words = WRONG[name]
    answer = clerk.post(NEW, {**AGREED, name: text})
    page = seen(answer)
    assert answer.status_code == 400
    assert words in page.said
    (field,) = [one for one in page.every("input") if one.get("name") == name]
    assert (field.get("aria-invalid"), field.get("value")) == ("true", text)
    assert Contract.objects.count() == before


def test_what_the_license_cannot_keep_is_refused_with_the_reason(clerk: Client) -> None:
    before = Contract.objects.count()
    answer = clerk.post(NEW, {**AGREED, f"spots-{TODDLERS}": "400"})
    assert answer.status_code == 400
    assert "This contract cannot be kept." in seen(answer).said
    assert "Guarantee fewer." in seen(answer).said
    assert Contract.objects.count() == before


def test_nobody_but_the_employers_own_clerk_may(clerk: Client) -> None:
    clerk.post(NEW, AGREED)
    end = f"/contracts/{written().contract_id}/end"
    outsider = visitor(newcomer(RoleKind.CLERK, LAKESHORE))
    assert AGREED["number"] not in seen(outsider.get("/contracts")).said
    assert outsider.post(NEW, {**AGREED, "number": "Ours"}).status_code == 404, "not for another employer"
    for who in (ROSA, MS_OKAFOR, newcomer(RoleKind.OPERATOR), newcomer(RoleKind.HR_READER, HARBOR)):
        for path in ("/contracts", NEW, "/contracts/new", end):
            assert visitor(who).get(path).status_code == 404, (who, path)
    assert outsider.get(end).status_code == outsider.post(end, {"until": "2027-01-01"}).status_code == 404
    assert written().until_day is None
    assert not Contract.objects.filter(number="Ours").exists()


@pytest.mark.parametrize("site", ["x", str(INES), str(ROSA)])
def test_a_place_that_cannot_have_one_is_not_found(clerk: Client, site: str) -> None:
    assert clerk.get(f"/contracts/new?site={site}").status_code == 404


def test_a_caregivers_name_is_not_looked_up(clerk: Client) -> None:
    assert "No place is called so." in seen(clerk.get("/contracts/new?q=Quiroga")).said
    assert str(LARKIN) in clerk.get("/contracts/new?q=larkin").content.decode()


def test_the_first_page_of_a_clerk_leads_there(clerk: Client) -> None:
    assert ("a", "/contracts") in {(tag, facts.get("href")) for tag, facts in seen(clerk.get("/")).tags}
