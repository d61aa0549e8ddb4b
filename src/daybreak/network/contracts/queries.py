"""Which contracts does a site have, and what do they keep in its rooms?"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from daybreak.kernel.decisions import Reason
from daybreak.kernel.spans import moment
from daybreak.network.contracts.sharing import Keeping, free_for, short_of_a_room
from daybreak.network.contracts.terms import ContractCard, Kept
from daybreak.network.models import Contract, RoomSession, TakenSpot
from daybreak.placement.sessions import Session, SessionKey


def keeping_at(site_ids: Collection[UUID], days: Collection[date]) -> dict[tuple[UUID, tuple[date, Session]], Keeping]:
    """Every room in which contracts keep spots on these days, by room, day and session.

    To decide by it, the caller holds whatever lock makes it stay true.
    """
    rows = RoomSession.objects.filter(site_session__site__in=site_ids, day__in=days).exclude(kept=[])
    found = {row.pk: row for row in rows.order_by("day", "session", "room_id")}
    if not found:
        return {}
    taken: dict[UUID, Counter[UUID]] = {}
    spots = TakenSpot.objects.filter(room_session__in=found)
    for pk, employer_id in spots.values_list("room_session_id", "employer_id"):
        if employer_id is not None:
            taken.setdefault(pk, Counter())[employer_id] += 1
    return {
        (row.room_id, (row.day, Session(row.session))): Keeping(
            row.spots, row.taken, kept_of(row.kept), taken.get(row.pk, Counter())
        )
        for row in found.values()
    }


def withhold(
    left: Mapping[UUID, dict[SessionKey, int]],
    sites: Mapping[UUID, UUID],
    day: date,
    employer_ids: Collection[UUID | None],
    at: datetime,
) -> dict[UUID, Reason]:
    """Take what contracts keep from a family of any of these employers out of what rooms have left; why, by site.

    `left` is by room, under days after the day and session, and is changed; `sites` holds the site of each room. The
    license of a whole site is not looked at: `take_spots` has the last word.
    """
    around = {day + timedelta(days=offset): offset for offset in (-1, 0, 1)}
    reasons: dict[UUID, Reason] = {}
    for (room_id, (on, session)), room in keeping_at(set(sites.values()), list(around)).items():
        free, employer_id = min(((free_for(room, one, at), one) for one in employer_ids), key=lambda pair: pair[0])
        reason = short_of_a_room(room, employer_id, wanted=free + 1, at=at, facts={"day": on.isoformat()})
        if reason and (around[on], session) in left.get(room_id, {}):
            left[room_id][around[on], session] = free
            # Of several rooms, a guarantee says more than a share.
            if sites[room_id] not in reasons or reason.code == "kept-by-contract":
                reasons[sites[room_id]] = reason
    return reasons


def kept_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Kept, ...]:
    """What contracts keep, as its column holds it."""
    return tuple(
        Kept(
            employer_id=UUID(one["employer"]),
            spots=one["spots"],
            share=one["share"],
            until_at=datetime.fromisoformat(one["until_at"]),
            until=one["until"],
            cite=one["cite"],
        )
        for one in stored
    )


def stored_on(site_id: UUID, day: date, zone: str) -> dict[UUID | None, list[dict[str, Any]]]:
    """What contracts keep on a day as the column of a room holds it; under None, for a room that none of them names."""
    contracts = list(in_force(site_id, day))
    room_ids = {line.room_id for contract in contracts for line in contract.rooms.all()}
    return {room_id: _stored(contracts, room_id, day, zone) for room_id in (None, *room_ids)}


def in_force(site_id: UUID, day: date) -> Iterable[Contract]:
    """The contracts of a site on a day, in a fixed order."""
    holding = Q(from_day__lte=day) & (Q(until_day=None) | Q(until_day__gt=day))
    return _whole(Contract.objects.filter(holding, site=site_id)).order_by("number", "pk")


def _stored(contracts: Iterable[Contract], room_id: UUID | None, day: date, zone: str) -> list[dict[str, Any]]:
    kept = []
    for contract in contracts:
        spots = next((line.spots for line in contract.rooms.all() if line.room_id == room_id), 0)
        if not spots and not contract.share:
            continue
        last_day = date.fromordinal(day.toordinal() - contract.released_days_before)
        until_at = moment(last_day, contract.released_clock, ZoneInfo(zone))
        kept.append(
            {
                "employer": str(contract.employer_id),
                "spots": spots,
                "share": contract.share,
                "until_at": until_at.isoformat(),
                "until": until_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="minutes"),
                "cite": contract.number,
            }
        )
    return kept


def contracts_of(site_id: UUID, *, since: date) -> list[ContractCard]:
    """The contracts of a site that hold on a day or later, the one that began first first."""
    rows = Contract.objects.filter(Q(until_day=None) | Q(until_day__gt=since), site=site_id)
    return [_card(row) for row in _whole(rows).order_by("from_day", "number")]


def contracts_with(employer_id: UUID, *, since: date) -> list[ContractCard]:
    """The contracts of an employer that hold on a day or later, by place."""
    rows = Contract.objects.filter(Q(until_day=None) | Q(until_day__gt=since), employer=employer_id)
    return [_card(row) for row in _whole(rows).order_by("site__name", "from_day", "number")]


def contract_card(contract_id: UUID) -> ContractCard | None:
    """One contract, or None."""
    row = _whole(Contract.objects.filter(pk=contract_id)).first()
    return _card(row) if row else None


def _whole(rows: QuerySet[Contract]) -> QuerySet[Contract]:
    return rows.select_related("site").prefetch_related("rooms__room")


def contracts_on(site_id: UUID, day: date) -> list[ContractCard]:
    """The contracts of a site that hold on a day."""
    return [_card(row) for row in in_force(site_id, day)]


def _card(row: Contract) -> ContractCard:
    return ContractCard(
        contract_id=row.pk,
        employer_id=row.employer_id,
        site_id=row.site_id,
        site_name=row.site.name,
        number=row.number,
        from_day=row.from_day,
        until_day=row.until_day,
        spots=tuple(sorted((line.room.name, line.spots) for line in row.rooms.all())),
        share=row.share,
        released_clock=row.released_clock,
        released_days_before=row.released_days_before,
        rate_cents=row.rate_cents,
        pays_within_days=row.pays_within_days,
    )
