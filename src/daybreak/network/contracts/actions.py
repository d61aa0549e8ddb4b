"""Add a contract about spots, or end one; rooms that already offer keep what it says from that moment on."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from daybreak.audit.actions import record
from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.network.contracts import agreeing
from daybreak.network.contracts.queries import stored_on
from daybreak.network.contracts.terms import Loaded, Misfit, NewContract, SaidContract, SaidContracts
from daybreak.network.models import Contract, ContractRoom, License, Room, RoomSession, Site, SiteSession
from daybreak.people.queries import employer_called


@transaction.atomic
def add_contract(new: NewContract, *, at: datetime, actor: UUID | None = None) -> Decision:
    """Write what a site and an employer agreed. Refuses a guarantee that the license could not keep."""
    site = Site.objects.select_for_update(no_key=True).filter(pk=new.site_id).first()
    if site is None:
        return No((Reason("unknown-site", {"site_id": str(new.site_id)}),))
    beside = _beside(new)
    guaranteed: Counter[UUID] = Counter()
    lines = ContractRoom.objects.filter(contract__in=beside).values_list("room_id", "spots")
    for room_id, spots in lines:
        guaranteed[room_id] += spots
    license_now = License.objects.filter(site=site, until_day=None).first()
    decision = agreeing.decide(
        new,
        licensed=dict(Room.objects.filter(site=site).values_list("pk", "licensed_spots")),
        capacity=license_now.capacity if license_now else 0,
        guaranteed=guaranteed,
        employer_has_one=any(contract.employer_id == new.employer_id for contract in beside),
    )
    if isinstance(decision, No):
        return decision
    contract = Contract.objects.create(
        id=new.contract_id,
        site=site,
        employer_id=new.employer_id,
        number=new.number,
        from_day=new.from_day,
        until_day=new.until_day,
        share=new.share,
        released_days_before=new.released_days_before,
        released_clock=new.released_clock,
        rate_cents=new.rate_cents,
        pays_within_days=new.pays_within_days,
        added_at=at,
    )
    ContractRoom.objects.bulk_create(
        ContractRoom(contract=contract, room_id=room_id, spots=spots)
        for room_id, spots in sorted(new.spots.items())
        if spots
    )
    _keep_again(site, new.from_day)
    facts: dict[str, Fact] = {"site": str(site.pk), "spots": sum(new.spots.values()), "share": new.share}
    record(actor=actor, verb="add", thing="contract", thing_id=contract.pk, because="agreed", at=at, facts=facts)
    return Yes()


@transaction.atomic
def end_contract(*, contract_id: UUID, until_day: date, at: datetime, actor: UUID | None = None) -> Decision:
    """Say on which day a contract no longer holds; what it kept from that day on is anybody's.

    Never a day that has passed: what was earned until today was earned under it.
    """
    contract = Contract.objects.select_related("site").filter(pk=contract_id).first()
    if contract is None:
        return No((Reason("not-allowed"),))
    if until_day < (today := at.astimezone(ZoneInfo(contract.site.zone)).date()):
        return No((Reason("contract-ends-in-the-past", {"day": today.isoformat()}),))
    if until_day <= contract.from_day:
        return No((Reason("contract-ends-before-it-begins", {"day": contract.from_day.isoformat()}),))
    Site.objects.select_for_update(no_key=True).get(pk=contract.site_id)
    Contract.objects.filter(pk=contract_id).update(until_day=until_day)
    _keep_again(contract.site, until_day)
    facts: dict[str, Fact] = {"until": until_day.isoformat()}
    record(actor=actor, verb="end", thing="contract", thing_id=contract_id, because="agreed", at=at, facts=facts)
    return Yes()


def _beside(new: NewContract) -> list[Contract]:
    """The site's contracts that hold at any time at which the new one would."""
    still = Q(until_day=None) | Q(until_day__gt=new.from_day)
    begun = Q(from_day__lt=new.until_day) if new.until_day else Q()
    return list(Contract.objects.filter(still & begun, site=new.site_id))


def _keep_again(site: Site, from_day: date) -> None:
    """Write anew what contracts keep in every room that offers spots from a day on, under the lock of its counters."""
    sessions = SiteSession.objects.select_for_update().filter(site=site, day__gte=from_day).order_by("pk")
    for day in sorted({row.day for row in sessions}):
        stored = stored_on(site.pk, day, site.zone)
        for row in RoomSession.objects.filter(site_session__site=site, day=day).order_by("pk"):
            RoomSession.objects.filter(pk=row.pk).update(kept=stored.get(row.room_id, stored[None]))


def load_contracts(said: SaidContracts, *, at: datetime, dry_run: bool = False, actor: UUID | None = None) -> Loaded:
    """Write what a file of contracts says, all of it or nothing: new ones are added, and those that now end, end.

    A contract that is known under its number is never rewritten: one that reads otherwise is a misfit. A dry run finds
    the same and writes nothing.
    """
    employer_id = employer_called(said.employer)
    if employer_id is None:
        return Loaded(misfits=(Misfit(1, None, f"there is no employer called {said.employer!r}."),))
    with transaction.atomic():
        done = [(one, _load(one, employer_id, at, actor)) for one in said.contracts]
        misfits = tuple(found for _, found in done if isinstance(found, Misfit))
        if misfits or dry_run:
            transaction.set_rollback(True)
    if misfits:
        return Loaded(misfits=misfits)
    return Loaded(
        added=tuple(one.number for one, found in done if found == "added"),
        ended=tuple(one.number for one, found in done if found == "ended"),
        unchanged=sum(found == "unchanged" for _, found in done),
    )


def _load(one: SaidContract, employer_id: UUID, at: datetime, actor: UUID | None) -> str | Misfit:
    """What becomes of one contract of a file."""
    site_id = Site.objects.filter(external_ref=one.site_ref).values_list("pk", flat=True).first()
    if site_id is None:
        return Misfit(one.line, None, f"there is no place with the ref {one.site_ref!r}.")
    rooms = dict(Room.objects.filter(site=site_id).values_list("name", "pk"))
    if missing := sorted(set(one.spots) - set(rooms)):
        known = ", ".join(sorted(rooms)) or "none"
        return Misfit(one.line, None, f"{one.site_ref} has no room {missing[0]!r}; its rooms: {known}.")
    new = _new(one, site_id, employer_id, {rooms[name]: spots for name, spots in one.spots.items() if spots})
    row = Contract.objects.filter(site=site_id, number=one.number).first()
    if row is None:
        decision, done = add_contract(new, at=at, actor=actor), "added"
    elif not _reads_alike(row, new):
        return Misfit(one.line, Reason("contract-is-never-rewritten", {}, one.number))
    elif row.until_day == new.until_day:
        return "unchanged"
    elif new.until_day is None:
        return Misfit(one.line, Reason("contract-is-never-rewritten", {}, one.number))
    else:
        decision, done = end_contract(contract_id=row.pk, until_day=new.until_day, at=at, actor=actor), "ended"
    return Misfit(one.line, decision.reasons[0]) if isinstance(decision, No) else done


def _new(one: SaidContract, site_id: UUID, employer_id: UUID, spots: dict[UUID, int]) -> NewContract:
    return NewContract(
        contract_id=uuid4(),
        site_id=site_id,
        employer_id=employer_id,
        number=one.number,
        from_day=one.from_day,
        until_day=one.until_day,
        spots=spots,
        share=one.share,
        released_clock=one.released_clock,
        released_days_before=one.released_days_before,
        rate_cents=one.rate_cents,
        pays_within_days=one.pays_within_days,
    )


def _reads_alike(row: Contract, new: NewContract) -> bool:
    """Whether a contract known under a number says what the file says, its end apart."""
    columns = ("employer_id", "from_day", "share", "released_clock", "released_days_before", "rate_cents")
    same = all(getattr(row, name) == getattr(new, name) for name in (*columns, "pays_within_days"))
    return same and dict(row.rooms.values_list("room_id", "spots")) == new.spots
