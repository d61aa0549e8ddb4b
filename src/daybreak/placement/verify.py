"""Does this plan keep every rule of the morning, whoever made it?

Reads the lines of a plan against the names of its morning, asks morning/verify.py about the columns they make, and
gives each fault the names and words that stand in the files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from daybreak.kernel.decisions import Fact
from daybreak.placement.morning import verify
from daybreak.placement.morning.arrays import Floats, Households, Sites, households_of, narrowest_first, sites_of
from daybreak.placement.morning.balls import Numbers
from daybreak.placement.morning.unplaced import NO_REASON, REASONS, Codes
from daybreak.placement.morning.verify import NOT_SAID, NOWHERE, Fault
from daybreak.placement.ranking import WORTH
from daybreak.placement.terms import Broken, Morning, Placement, Plan

Lines = Mapping[str, Placement]


@dataclass(frozen=True)
class Columns:
    """A morning as columns, and the names of their rows: a room's is that of its site and its own."""

    sites: Sites
    households: Households
    site_ids: tuple[str, ...]
    rooms: tuple[tuple[str, str], ...]
    child_ids: tuple[str, ...]


class Said(NamedTuple):
    """What a plan says of each child (C), as columns for morning/verify.py."""

    site: Numbers
    room: Numbers
    minutes: Floats
    reasons: Codes


def columns_of(morning: Morning, worth: Sequence[float] = WORTH) -> Columns:
    """Turn a morning into columns that keep their names; `worth` is minutes by priority."""
    sites, ordered = sites_of(morning)
    return Columns(
        sites=sites,
        households=households_of(morning.households, worth),
        site_ids=tuple(site.site_id for site in ordered),
        rooms=tuple((site.site_id, room.room_id) for site in ordered for room in narrowest_first(site)),
        child_ids=tuple(child.child_id for household in morning.households for child in household.children),
    )


def broken_rules(morning: Morning, plan: Plan) -> tuple[Broken, ...]:
    """Return every rule of the morning that the plan breaks; none means that the plan is valid."""
    return broken_lines(columns_of(morning), plan)


def broken_lines(columns: Columns, plan: Plan, *, threads: int = 1) -> tuple[Broken, ...]:
    """Return every rule that a plan breaks, of a morning that is in columns already."""
    lines, found = _one_line_each(columns.child_ids, plan)
    said = said_by(columns, lines)
    faults = verify.broken_rules(
        columns.sites,
        columns.households,
        said.site,
        said.room,
        minutes=said.minutes,
        reasons=said.reasons,
        threads=threads,
    )
    return (*found, *(_named(fault, columns, lines) for fault in faults))


def said_by(columns: Columns, lines: Lines) -> Said:
    """Return what the lines say as columns: a name that the morning does not have becomes a number out of range."""
    count = len(columns.child_ids)
    said = Said(
        np.full(count, NOT_SAID, dtype=np.int64),
        np.full(count, -1, dtype=np.int64),
        np.full(count, np.nan),
        np.full(count, NO_REASON),
    )
    site_at = {site_id: at for at, site_id in enumerate(columns.site_ids)} | {"": NOWHERE}
    room_at = {names: at for at, names in enumerate(columns.rooms)}
    codes = {reason.value: code for code, reason in enumerate(REASONS)} | {"": int(NO_REASON)}
    for child, child_id in enumerate(columns.child_ids):
        line = lines.get(child_id)
        if line is None:
            continue
        said.site[child] = site_at.get(line.site_id, len(columns.site_ids))
        if line.room_id:
            said.room[child] = room_at.get((line.site_id, line.room_id), len(columns.rooms))
        if line.minutes is not None:
            said.minutes[child] = line.minutes
        said.reasons[child] = codes.get(line.reason, len(REASONS))
    return said


def _one_line_each(child_ids: Sequence[str], plan: Plan) -> tuple[dict[str, Placement], list[Broken]]:
    lines: dict[str, Placement] = {}
    found = []
    known = set(child_ids)
    for line in plan.placements:
        if line.child_id not in known:
            found.append(Broken("unknown-child", line.child_id, line.site_id))
        elif line.child_id in lines:
            found.append(Broken("child-twice", line.child_id, line.site_id))
        else:
            lines[line.child_id] = line
    found.extend(Broken("child-missing", child_id) for child_id in child_ids if child_id not in lines)
    return lines, found


def _named(fault: Fault, columns: Columns, lines: Lines) -> Broken:
    """Give a fault its names: those of the morning, and where the morning has none, the words of the line."""
    child_id = columns.child_ids[fault.child] if fault.child >= 0 else ""
    facts: dict[str, Fact] = dict(fault.facts)
    if fault.room >= 0:
        facts["room"] = columns.rooms[fault.room][1]
    if fault.rule in ("unknown-reason", "site-and-reason"):
        facts["reason"] = lines[child_id].reason
    elif fault.rule == "unknown-room":
        facts["room"] = lines[child_id].room_id
    elif fault.rule == "wrong-reason":
        facts["stated"] = lines[child_id].reason
    known = 0 <= fault.site < len(columns.site_ids)
    site_id = columns.site_ids[fault.site] if known else lines[child_id].site_id if fault.site >= 0 else ""
    return Broken(fault.rule, child_id, site_id, facts)
