"""The verifier accepts exactly the plans that a second reading of the page calls valid."""

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.outcome import minutes_at, plan_of
from daybreak.placement.terms import Kind, Morning, Placement, Plan, Room, Site, Unplaced
from daybreak.placement.verify import broken_rules
from fits_again import is_valid
from mornings import mornings


@st.composite
def changed_plans(draw: st.DrawFn, morning: Morning) -> dict[str, tuple[Site, Room | None] | str]:
    """The plan of first come, first served with up to three children sent or told something else."""
    sites = {site.site_id: site for site in morning.sites}
    rooms = {room.room_id: room for site in morning.sites for room in site.rooms}
    market = compile_market(morning)
    lines: dict[str, tuple[Site, Room | None] | str] = {
        line.child_id: (sites[line.site_id], rooms.get(line.room_id)) if line.site_id else line.reason
        for line in plan_of(market, first_come(market)).placements
    }
    places: list[tuple[Site, Room | None]] = [(site, room) for site in morning.sites for room in site.rooms]
    places += [(site, None) for site in morning.sites if site.kind is Kind.IN_HOME]
    others: list[tuple[Site, Room | None] | str] = [*places, *(reason.value for reason in Unplaced)]
    for child_id in draw(st.lists(st.sampled_from(morning.child_ids), max_size=3)):
        lines[child_id] = draw(st.sampled_from(others))
    return lines


def written_down(morning: Morning, lines: dict[str, tuple[Site, Room | None] | str]) -> Plan:
    """The plan as a file would have it, with true minutes."""
    placements = {}
    for household in morning.households:
        driven = set()
        for child in household.children:
            line = lines[child.child_id]
            if isinstance(line, str):
                placements[child.child_id] = Placement(child.child_id, reason=line)
                continue
            site, room = line
            once = site.kind is Kind.IN_HOME and site.site_id in driven
            driven.add(site.site_id)
            minutes = 0.0 if once else minutes_at(household, site)
            placements[child.child_id] = Placement(child.child_id, site.site_id, room.room_id if room else "", minutes)
    return Plan(tuple(placements[child_id] for child_id in morning.child_ids))


@given(mornings(), st.data())
def test_the_verifier_and_a_second_reading_agree_on_every_plan(morning: Morning, data: st.DataObject) -> None:
    lines = data.draw(changed_plans(morning))
    where = {child_id: line for child_id, line in lines.items() if not isinstance(line, str)}
    told = {child_id: line for child_id, line in lines.items() if isinstance(line, str)}
    valid = is_valid(morning, where, told)
    event(f"valid: {valid}")
    assert (broken_rules(morning, written_down(morning, lines)) == ()) is valid


@given(mornings(), st.data())
def test_a_plan_with_a_line_lost_doubled_or_misstated_is_never_accepted(morning: Morning, data: st.DataObject) -> None:
    market = compile_market(morning)
    placements = list(plan_of(market, first_come(market)).placements)
    at = data.draw(st.integers(0, len(placements) - 1))
    line = placements[at]
    wrong = {
        "child-missing": [],
        "child-twice": [line, line],
        "unknown-child": [line, replace(line, child_id="nobody")],
    }
    if line.site_id:
        wrong["wrong-minutes"] = [replace(line, minutes=(line.minutes or 0.0) + 0.2)]
        wrong["site-and-reason"] = [replace(line, reason="full")]
        wrong["unknown-site"] = [replace(line, site_id="nowhere")]
    else:
        wrong["unknown-reason"] = [replace(line, reason="because")]
        wrong["room-without-a-site"] = [replace(line, room_id="r")]
    rule = data.draw(st.sampled_from(sorted(wrong)))
    broken = broken_rules(morning, Plan((*placements[:at], *wrong[rule], *placements[at + 1 :])))
    assert rule in {one.rule for one in broken}
