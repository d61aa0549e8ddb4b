"""`daybreak check`: does a plan keep the rules of its morning, whoever made it, and how good could any plan be?"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

from daybreak.cli.mornings import JSON, VALUE, morning_at, text_of
from daybreak.kernel.errors import BadInput
from daybreak.placement.morning.solve import bound_of
from daybreak.placement.morning.unplaced import reasons
from daybreak.placement.morning_files import read_plan
from daybreak.placement.outcome import figures_of
from daybreak.placement.summary import reached
from daybreak.placement.terms import Broken
from daybreak.placement.verify import broken_lines, columns_of

SHOWN = 20

WORDS = {
    "unknown-child": "Child {child} has a line in the plan but is not in children.csv.",
    "child-twice": "Child {child} has more than one line in the plan.",
    "child-missing": "Child {child} has no line in the plan.",
    "unknown-reason": "Child {child} has no site, and {reason!r} is no reason that a plan may give.",
    "room-without-a-site": "Child {child} has a room but no site.",
    "site-and-reason": "Child {child} is at {site} and is also told {reason!r}.",
    "unknown-site": "Child {child} is at {site}, which is not in sites.csv.",
    "unknown-room": "Child {child} is at {site} in room {room!r}, which that site does not have.",
    "room-at-a-caregiver": "Child {child} has a room at {site}, an in-home caregiver without rooms.",
    "too-far": "Child {child} is at {site}, which is {distance:g} {unit} away where {most:g} are allowed.",
    "hours": "Child {child} is at {site}, which is not open for all of the care and the way.",
    "age": "Child {child} of {months} months is in room {room} of {site}, which is for other ages.",
    "needs": "Child {child} is at {site}, which does not take a child with this need: {needs}.",
    "site-over-spots": "Site {site} has {children} children and spots for {spots}{when}.",
    "room-over-spots": "Room {room} of {site} has {children} children and spots for {spots}{when}.",
    "caregiver-serves-two-households": "Caregiver {site} serves {households} households; one is allowed.",
    "caregiver-takes-all-or-one": "Caregiver {site} has {children} of the {household} children of {child}'s household; "
    "all or exactly one is allowed.",
    "caregiver-over-two-infants": "Caregiver {site} has {infants} children under 18 months; two are allowed.",
    "siblings-apart": "The household of {child} stays together, but {placed} of its {household} children are placed "
    "or not all at {site}.",
    "wrong-minutes": "The plan states {stated} minutes for child {child} at {site}; {true} is true.",
    "wrong-reason": "Child {child} is told {stated!r}; {true!r} is true.",
    "not-full": "Child {child} is told 'full', but {site} would take it or its household as things stand.",
}


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", metavar="OUT", type=click.Path(exists=True, file_okay=False, path_type=Path))
@JSON
@VALUE
def check(folder: Path, out: Path, as_json: bool, worth: tuple[float, float, float]) -> None:
    """Check the plan in OUT (placements.csv) for the morning in DIR, whoever made it.

    Names every rule the plan breaks and prints a proven bound: no plan for this morning is worth more.

    Exit 0: the plan keeps every rule. 10: it breaks one, or a file cannot be read.
    """
    morning = morning_at(folder)
    if not (out / "placements.csv").exists():
        problem = "the file is missing. Nothing was checked."
        raise BadInput(problem, source="placements.csv", do="Name the folder that daybreak place wrote.")
    plan = read_plan(text_of(out / "placements.csv"))
    columns, threads = columns_of(morning, worth), os.cpu_count() or 1
    broken = broken_lines(columns, plan, threads=threads)
    bound = bound_of(columns.sites, columns.households, threads=threads)
    nowhere = np.full(len(columns.child_ids), -1, dtype=np.int64)
    coverable = reasons(columns.sites, columns.households, nowhere, threads=threads).coverable.tolist()
    figures = reached(morning, figures_of(morning, plan, worth), coverable=coverable, value_bound=bound)
    if as_json:
        findings = [
            {
                "rule": one.rule,
                "child_id": one.child_id,
                "site_id": one.site_id,
                "facts": dict(one.facts),
                "message": sentence(one),
            }
            for one in broken
        ]
        click.echo(json.dumps({"valid": not broken, "broken": findings, **figures}))
    else:
        _say(broken, figures)
    if broken:
        click.get_current_context().exit(BadInput.exit_code)


def sentence(broken: Broken) -> str:
    """Say in one sentence which rule is broken, for whom and where."""
    session = broken.facts.get("session")
    when = f" in the {session} session" if session else ""
    facts = {name: "no" if fact is None else fact for name, fact in broken.facts.items()}
    return WORDS[broken.rule].format(**{"child": broken.child_id, "site": broken.site_id, "when": when, **facts})


def _say(broken: Sequence[Broken], figures: dict[str, object]) -> None:
    for one in broken[:SHOWN]:
        click.echo(sentence(one))
    if len(broken) > SHOWN:
        click.echo(f"and {len(broken) - SHOWN:,} more")
    verdict = f"The plan breaks {len(broken):,} rules." if broken else "The plan keeps every rule."
    click.echo(f"{verdict} {figures['placed']:,} of {figures['coverable']:,} coverable children have a place.")
    click.echo(
        f"Value {figures['value']:,.1f}; no plan is worth more than {figures['value_bound']:,.1f} "
        f"(gap {figures['gap']:.2%})."
    )
