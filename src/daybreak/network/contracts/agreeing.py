"""May a site and an employer agree on this? A guarantee that the license cannot keep is worth nothing to a family."""

from collections.abc import Mapping
from uuid import UUID

from daybreak.kernel.decisions import Decision, Fact, No, Reason, Yes
from daybreak.network.contracts.terms import NewContract


def decide(
    new: NewContract,
    *,
    licensed: Mapping[UUID, int],
    capacity: int,
    guaranteed: Mapping[UUID, int],
    employer_has_one: bool,
) -> Decision:
    """Say whether a contract may be added beside those that hold in the same time.

    `licensed` is what each room of the site may hold, `capacity` the whole site; `guaranteed` what other contracts
    already guarantee by room.

    >>> from datetime import date, time
    >>> oaks, toddlers = UUID(int=1), UUID(int=2)
    >>> new = NewContract(UUID(int=3), oaks, UUID(int=4), "2026-1", date(2026, 1, 1), None, {toddlers: 3}, 0, time(6))
    >>> no = decide(new, licensed={toddlers: 8}, capacity=20, guaranteed={toddlers: 6}, employer_has_one=False)
    >>> no.reasons[0].code
    'guarantees-exceed-the-license'
    """
    reasons = []
    if new.until_day is not None and new.until_day <= new.from_day:
        reasons.append(Reason("contract-ends-before-it-begins", {"day": new.from_day.isoformat()}))
    if employer_has_one:
        reasons.append(Reason("employer-has-a-contract-here"))
    if not new.share and not any(new.spots.values()):
        reasons.append(Reason("contract-keeps-nothing"))
    for room_id, spots in sorted(new.spots.items()):
        if room_id not in licensed:
            reasons.append(Reason("unknown-room", {"room_id": str(room_id)}))
        elif spots < 0:
            reasons.append(Reason("fewer-than-none", {"room_id": str(room_id)}))
        else:
            reasons.extend(_over(licensed[room_id], guaranteed.get(room_id, 0) + spots, room_id))
    reasons.extend(_over(capacity, sum(guaranteed.values()) + sum(new.spots.values()), None))
    return No(tuple(reasons)) if reasons else Yes()


def _over(licensed: int, offered: int, room_id: UUID | None) -> list[Reason]:
    facts: dict[str, Fact] = {"room_id": str(room_id) if room_id else None, "licensed": licensed, "offered": offered}
    return [Reason("guarantees-exceed-the-license", facts)] if offered > licensed else []
