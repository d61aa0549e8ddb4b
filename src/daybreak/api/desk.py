"""A benefits clerk's program keeps the employer's contracts about spots. It reads no family, not even one in counts."""

from datetime import date
from uuid import UUID, uuid4

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from daybreak.accounts.terms import RoleKind, Scope
from daybreak.api.callers import Caller, caller_of, operation
from daybreak.api.homes import day_near
from daybreak.api.pages import CURSOR, LIMIT, paged
from daybreak.api.problems import NOT_FOUND, Problem
from daybreak.api.shapes import Clock, clock
from daybreak.api.writes import KEY, once
from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import parse_clock
from daybreak.network.contracts.actions import add_contract, end_contract
from daybreak.network.contracts.queries import contract_card, contracts_with
from daybreak.network.contracts.terms import ContractCard, NewContract
from daybreak.network.queries import site_card
from daybreak.people.queries import employer_name
from daybreak.placement.terms import Kind
from daybreak.web.access import Thing

router = Router(tags=["desk"])


class EmployerShape(Schema):
    """The employer whose desk it is."""

    employer_id: UUID
    name: str


class KeptSpotsShape(Schema):
    """Spots guaranteed in a room."""

    room: str
    spots: int


class ContractShape(Schema):
    """What a place and the employer agreed about spots."""

    contract_id: UUID
    number: str
    from_day: date
    until_day: date | None
    share: int
    released_clock: Clock
    released_days_before: int
    rate_cents: int | None
    pays_within_days: int | None
    spots: list[KeptSpotsShape]


class ContractsShape(Schema):
    """A page of contracts."""

    items: list[ContractShape]
    next: str | None


class WantedSpotsShape(Schema):
    """Spots to be guaranteed in a room."""

    room_id: UUID
    spots: int = Field(ge=0, le=500)


class NewContractShape(Schema):
    """A contract to be written down; `until_day` is the first day it no longer holds."""

    site_id: UUID
    number: str = Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*[^\x00-\x20][^\x00-\x1f]*$")
    from_day: date
    until_day: date | None = None
    spots: list[WantedSpotsShape] = Field(default=[], max_length=50)
    share: int = Field(default=0, ge=0, le=1000)
    released_clock: Clock
    released_days_before: int = Field(default=0, ge=0, le=60)
    rate_cents: int | None = Field(default=None, ge=0, le=100_000)
    pays_within_days: int | None = Field(default=None, ge=0, le=365)


class EndShape(Schema):
    """The first day on which a contract no longer holds."""

    until_day: date


@operation(router, "GET", "/employer", "read-employer", Scope.DESK_READ, EmployerShape)
def read_employer(request: HttpRequest) -> EmployerShape:
    """The employer whose desk this token acts for"""
    employer_id = _employer(caller_of(request))
    return EmployerShape(employer_id=employer_id, name=employer_name(employer_id))


@operation(router, "GET", "/contracts", "list-contracts", Scope.DESK_READ, ContractsShape)
def list_contracts(request: HttpRequest, cursor: str = CURSOR, limit: int = LIMIT) -> ContractsShape:
    """The contracts that hold or are still to come, the one that began first first"""
    caller = caller_of(request)
    cards = contracts_with(_employer(caller), since=caller.at.date())
    page, then = paged(
        cards, lambda card: (card.from_day.isoformat(), card.number, str(card.contract_id)), cursor=cursor, limit=limit
    )
    return ContractsShape(items=[_shape(card) for card in page], next=then)


@operation(router, "POST", "/contracts", "add-contract", Scope.DESK_WRITE, ContractShape, status=201)
def add(request: HttpRequest, said: NewContractShape, key: str = KEY) -> Status[ContractShape]:
    """Write down what a place agreed; what it guarantees is kept from now on"""
    caller = caller_of(request)
    card = site_card(said.site_id)
    if card is None or card.kind is Kind.IN_HOME:
        raise Problem(409, Reason("place-not-here"))
    for day in (said.from_day, said.until_day):
        day_near(caller, card, day, years=10)
    if {one.room_id for one in said.spots} - {room.room_id for room in card.rooms}:
        raise Problem(409, Reason("room-not-here"))
    contract_id = uuid4()
    new = NewContract(
        contract_id=contract_id,
        site_id=said.site_id,
        employer_id=_employer(caller),
        number=said.number.strip(),
        from_day=said.from_day,
        until_day=said.until_day,
        spots={one.room_id: one.spots for one in said.spots},
        share=said.share,
        released_clock=parse_clock(said.released_clock),
        released_days_before=said.released_days_before,
        rate_cents=said.rate_cents,
        pays_within_days=said.pays_within_days,
    )
    made = once(
        caller,
        key,
        contract_id,
        said.dict(),
        do=lambda: add_contract(new, at=caller.at, actor=caller.person_id),
        show=lambda shown: _shape(_own(caller, shown)),
    )
    return Status(201, made)


@operation(router, "POST", "/contracts/{contract_id}/end", "end-contract", Scope.DESK_WRITE, ContractShape)
def end(request: HttpRequest, contract_id: UUID, said: EndShape, key: str = KEY) -> ContractShape:
    """Say on which day a contract no longer holds"""
    caller = caller_of(request)
    _own(caller, contract_id)
    return once(
        caller,
        key,
        contract_id,
        {**said.dict(), "thing": str(contract_id)},
        do=lambda: end_contract(
            contract_id=contract_id, until_day=said.until_day, at=caller.at, actor=caller.person_id
        ),
        show=lambda shown: _shape(_own(caller, shown)),
    )


def _employer(caller: Caller) -> UUID:
    return caller.account.scopes(RoleKind.CLERK)[0]


def _own(caller: Caller, contract_id: UUID) -> ContractCard:
    card = contract_card(contract_id)
    # Written by this clerk's own employer or, for the table, not there at all.
    caller.require(Thing(employer_id=card.employer_id if card else None))
    if card is None:
        raise Problem(404, NOT_FOUND)
    return card


def _shape(card: ContractCard) -> ContractShape:
    return ContractShape(
        contract_id=card.contract_id,
        number=card.number,
        from_day=card.from_day,
        until_day=card.until_day,
        share=card.share,
        released_clock=clock(card.released_clock),
        released_days_before=card.released_days_before,
        rate_cents=card.rate_cents,
        pays_within_days=card.pays_within_days,
        spots=[KeptSpotsShape(room=room, spots=spots) for room, spots in card.spots],
    )
