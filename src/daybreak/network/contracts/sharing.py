"""How many of a room's spots may a family of this employer take now, when contracts keep some for others?

A contract keeps a number of spots in a room (the guarantee) and a share of those that nobody is guaranteed. Until it
lets go, a family of another employer takes a spot only while all that contracts keep, and that is not yet used, is
still there afterwards. Whoever takes no more than its own employer is kept always may. When a room offers fewer spots
than it guarantees, each guarantee shrinks in the same proportion. Parts of a spot are nobody's: first come, first
served, as after the release.

The license of the whole site is kept free for guarantees, not for shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from daybreak.kernel.decisions import Fact, Reason
from daybreak.network.contracts.terms import Kept


@dataclass(frozen=True)
class Keeping:
    """One room in one session where contracts keep spots: what it offers, what is taken and by whose families."""

    spots: int
    taken: int
    kept: tuple[Kept, ...]
    taken_by: Mapping[UUID, int]
    """By employer."""


@dataclass(frozen=True)
class Unmet:
    """What one contract still keeps free: its guarantee, and the guarantee and share together."""

    kept: Kept
    guaranteed: int
    in_all: int


def unmet(room: Keeping, at: datetime) -> tuple[Unmet, ...]:
    """Say what each contract still keeps free in a room, as things stand at a moment.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> harbor, lakeshore = UUID(int=1), UUID(int=2)
    >>> kept = (Kept(harbor, 2, 1, noon, "", ""), Kept(lakeshore, 0, 1, noon, "", ""))
    >>> before = datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> [(one.guaranteed, one.in_all) for one in unmet(Keeping(6, 1, kept, {harbor: 1}), before)]
    [(1, 3), (0, 2)]
    >>> [(one.guaranteed, one.in_all) for one in unmet(Keeping(6, 1, kept, {harbor: 1}), noon)]
    [(0, 0), (0, 0)]
    """
    guaranteed = sum(one.spots for one in room.kept if at < one.until_at)
    rest, shares = max(room.spots - guaranteed, 0), sum(one.share for one in room.kept)
    found = []
    for one in room.kept:
        if at >= one.until_at:
            found.append(Unmet(one, 0, 0))
            continue
        mine = one.spots if guaranteed <= room.spots else room.spots * one.spots // guaranteed
        shared = rest * one.share // shares if shares else 0
        used = room.taken_by.get(one.employer_id, 0)
        found.append(Unmet(one, max(mine - used, 0), max(mine + shared - used, 0)))
    return tuple(found)


def free_for(room: Keeping, employer_id: UUID | None, at: datetime) -> int:
    """How many spots of a room a family of this employer may take at once; never more than are left.

    >>> from datetime import UTC
    >>> noon, nine = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)
    >>> room = Keeping(3, 0, (Kept(UUID(int=1), 2, 0, noon, "", ""),), {})
    >>> free_for(room, UUID(int=1), nine), free_for(room, UUID(int=2), nine), free_for(room, UUID(int=2), noon)
    (3, 1, 3)
    """
    left = room.spots - room.taken
    mine, others = _sides(unmet(room, at), employer_id)
    return max(min(mine, left), left - sum(one.in_all for one in others), 0)


def short_of_a_room(
    room: Keeping, employer_id: UUID | None, *, wanted: int, at: datetime, facts: Mapping[str, Fact]
) -> Reason | None:
    """Why these spots of a room are kept for others, or None. Whether there are so many at all is asked elsewhere."""
    left = room.spots - room.taken
    mine, others = _sides(unmet(room, at), employer_id)
    if left < wanted or wanted <= mine or left - wanted >= sum(one.in_all for one in others):
        return None
    free = {**facts, "left": free_for(room, employer_id, at), "wanted": wanted}
    if left - wanted < sum(one.guaranteed for one in others):
        return _because("kept-by-contract", (one.kept for one in others if one.guaranteed), free)
    return _because("shared-by-contract", (one.kept for one in others if one.in_all), free)


def short_of_the_license(
    rooms: Mapping[UUID, Keeping],
    employer_id: UUID | None,
    *,
    left: int,
    wanted: Mapping[UUID, int],
    at: datetime,
    facts: Mapping[str, Fact],
) -> Reason | None:
    """Why the rest of a site's license is kept for guarantees in its rooms, or None. `wanted` is by room, all of it."""
    every = [(room_id, one) for room_id, room in rooms.items() for one in unmet(room, at)]
    own = {room_id: one.guaranteed for room_id, one in every if one.kept.employer_id == employer_id}
    total, used = sum(wanted.values()), sum(min(count, own.get(room_id, 0)) for room_id, count in wanted.items())
    still_kept = sum(one.guaranteed for _, one in every) - used
    if left < total or total == used or left - total >= still_kept:
        return None
    free = {**facts, "left": max(left - still_kept, 0), "wanted": total}
    return _because("kept-by-contract", (one.kept for _, one in every if one.guaranteed), free)


def _sides(every: Sequence[Unmet], employer_id: UUID | None) -> tuple[int, list[Unmet]]:
    """What this employer is still kept, and what every other one is."""
    mine = sum(one.in_all for one in every if one.kept.employer_id == employer_id)
    return mine, [one for one in every if one.kept.employer_id != employer_id]


def _because(code: str, contracts: Iterable[Kept], facts: Mapping[str, Fact]) -> Reason:
    holding = list(contracts)
    last = max(holding, key=lambda one: (one.until_at, one.until))
    cite = "; ".join(sorted({one.cite for one in holding}))
    return Reason(code, {**facts, "until": last.until}, cite)
