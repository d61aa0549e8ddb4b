"""What may a room still take in a session, why not more, and what would one more educator open?

A room's spots are the least of three: the license, the ratio with the staff on duty, and the provider's word. Whatever
stands in the way is told with its citation; where no law is known or no staff was said, no compliance is claimed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from daybreak.kernel.decisions import Reason
from daybreak.network.staff.on_duty import RoomFacts
from daybreak.network.staff.terms import Opening, RoomNow, StillOpen
from daybreak.placement.ratios import room_left
from daybreak.placement.sessions import Session
from daybreak.placement.staffing import Cap, limits_of
from daybreak.placement.terms import AgeLimit

WORD = ("provider-offers", "nothing-offered")
"""The reasons that are the provider's own word and no rule."""

MOST = 999
"""More than any room holds: a ceiling where only one of several limits is looked at."""


@dataclass(frozen=True)
class Counts:
    """A room and session as counted: `offered` is None where its provider said nothing, ages are in months."""

    room: RoomFacts
    session: Session
    offered: int | None
    taken_months: tuple[int, ...]
    own_months: tuple[int, ...] = ()
    site_left: int = 0
    site_licensed: int = 0
    caps: tuple[Cap, ...] = field(default=())
    cite: str = ""


def room_now(counts: Counts) -> RoomNow:
    """Say for each age the room takes how many more such children it may have, and every reason why not more.

    `caps` is empty where nothing is claimed about staff.
    """
    return RoomNow(
        room_id=counts.room.room_id,
        name=counts.room.name,
        session=counts.session,
        offered=counts.offered,
        taken=len(counts.taken_months),
        own=len(counts.own_months),
        licensed=counts.room.licensed_spots,
        open=tuple(_still_open(counts, since, until) for since, until in _ages(counts)),
    )


def _ages(counts: Counts) -> list[tuple[int, int]]:
    """The ages that may be answered differently: wherever a band or an age limit of the license ends."""
    room = counts.room
    ends = {cap.until_months for cap in counts.caps} | {limit.under_months for limit in room.limits}
    marks = sorted(
        {room.from_months, room.until_months, *(m for m in ends if room.from_months < m < room.until_months)}
    )
    return list(pairwise(marks))


def _still_open(counts: Counts, since: int, until: int) -> StillOpen:
    reasons = _ceilings(counts, since)
    least = max(0, min(left for left, _ in reasons))
    return StillOpen(since, until, least, tuple(reason for left, reason in reasons if left <= least))


def _ceilings(counts: Counts, months: int) -> list[tuple[int, Reason]]:
    """How many more children of one age each rule by itself would let in, the law's rules first."""
    room, present = counts.room, [*counts.own_months, *counts.taken_months]
    found = []
    if counts.caps:
        left = room_left(MOST, limits_of(counts.caps, counts.cite), present, months)
        found.append((left, _why(_deciding(counts.caps, [*present, months]), counts.cite)))
    found += [(room_left(MOST, [limit], present, months), _young(limit)) for limit in room.limits]
    licensed = room.licensed_spots - len(present)
    found.append((licensed, Reason("room-is-licensed-for", {"licensed": room.licensed_spots})))
    found.append((counts.site_left, Reason("site-is-licensed-for", {"licensed": counts.site_licensed})))
    if counts.offered is None:
        return [*found, (0, Reason("nothing-offered"))]
    word = Reason("provider-offers", {"offered": counts.offered, "taken": len(counts.taken_months)})
    return [*found, (counts.offered - len(counts.taken_months), word)]


def _by_rule(counts: Counts, months: int) -> int:
    """What the law and the license would let in, whatever the provider offers."""
    return min(left for left, reason in _ceilings(counts, months) if reason.code not in WORD)


def _deciding(caps: Sequence[Cap], months: Iterable[int]) -> Cap:
    youngest = min(months)
    return next((cap for cap in caps if youngest < cap.until_months), caps[-1])


def _why(cap: Cap, cite: str) -> Reason:
    if cap.by == "group":
        return Reason("group-is-full-at", {"most": cap.most}, cite)
    if cap.by == "second-adult":
        return Reason("a-second-adult-is-needed", {"most": cap.most}, cite)
    if not cap.adults:
        return Reason("nobody-on-duty", {}, cite)
    return Reason("staff-on-duty-may-have", {"most": cap.most, "adults": cap.adults, "per_adult": cap.per_adult}, cite)


def _young(limit: AgeLimit) -> Reason:
    if limit.most_of_them is None:
        facts = {"under_months": limit.under_months, "most": limit.room_most}
        return Reason("room-with-a-young-child", facts, limit.cite)
    return Reason(
        "young-children-at-most", {"under_months": limit.under_months, "most": limit.most_of_them}, limit.cite
    )


def would_open(now: Counts, with_one_more: Sequence[Cap], *, starts: int, ends: int) -> tuple[Opening, ...]:
    """Say for each age how many more children one more educator from `starts` to `ends` would let in.

    The license still counts and the provider's word does not: whoever finds another educator may offer more.
    """
    found = []
    for since, until in _ages(now):
        before, after = (_by_rule(counts, since) for counts in (now, replace(now, caps=tuple(with_one_more))))
        more = max(0, after) - max(0, before)
        if more > 0:
            found.append(Opening(now.room.room_id, now.room.name, now.session, since, until, starts, ends, more))
    return tuple(found)
