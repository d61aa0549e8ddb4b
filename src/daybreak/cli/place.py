"""`daybreak place`: one morning from files, placed, verified by the same rules anybody can check, and bounded."""

import json
import os
import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
from tqdm import tqdm

from daybreak.cli.cluster import markets_at_once
from daybreak.cli.mornings import JSON, VALUE, morning_at, write_whole
from daybreak.placement.explain import children_by_reason
from daybreak.placement.morning import solve
from daybreak.placement.morning.fairness import place_fairly
from daybreak.placement.morning.rounds import FOR_AN_EDUCATOR, most_wanted, plan_from, warm_up
from daybreak.placement.morning.solve import Effort, Solved, bound_of, place_first_come
from daybreak.placement.morning.unplaced import reasons
from daybreak.placement.morning_files import write_plan
from daybreak.placement.summary import summary_of
from daybreak.placement.terms import Morning, Plan
from daybreak.placement.verify import Columns, columns_of

PHASES = ("read", "compile", "solve", "verify", "write")
WANTED = 3
"""How many of the most wanted rooms a summary names."""


class _Watch:
    """Seconds per phase, and a bar on standard error when somebody is looking."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._bar = tqdm(total=len(PHASES), disable=None, file=sys.stderr, bar_format="{desc} {bar} {n}/{total}")
        self._since = time.perf_counter()
        self._bar.set_description(PHASES[0])

    def done(self, phase: str) -> None:
        now = time.perf_counter()
        self.seconds[phase], self._since = now - self._since, now
        self._bar.update()
        self._bar.set_description(next((name for name in PHASES if name not in self.seconds), "done"))

    def close(self) -> None:
        self._bar.close()


@dataclass(frozen=True)
class _Wish:
    """What the command line asks for; `fair` is the distance between the rates of pay classes, in points, or None."""

    seed: int
    worth: tuple[float, float, float]
    fair: float | None
    exact: bool


def _fair(_ctx: click.Context, _param: click.Parameter, text: str | None) -> float | None:
    if text is None:
        return None
    field, _, points = text.partition("=")
    try:
        most = float(points)
    except ValueError:
        most = -1.0
    if field != "pay_class" or not 0 <= most <= 100:
        raise click.BadParameter(f"{text!r} is not like pay_class=2: the rates of pay classes, at most 2 points apart.")
    return most


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the plan.")
@JSON
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Kept in summary.json.")
@VALUE
@click.option(
    "--fair",
    metavar="pay_class=POINTS",
    callback=_fair,
    help="Place hourly and salaried families at rates at most so many points apart, at the least cost.",
)
@click.option("--exact", is_flag=True, help="Look for the proven optimum, for up to ten minutes a market.")
def place(
    folder: Path,
    out: Path,
    as_json: bool,
    seed: int,
    worth: tuple[float, float, float],
    fair: float | None,
    exact: bool,
) -> None:
    """Place the children of one morning, from the files in DIR.

    DIR holds sites.csv, rooms.csv, households.csv and children.csv, and perhaps rooms_sessions.csv. The plan is written
    to --out as placements.csv and summary.json, both or neither. All households are placed at once, by prices; the
    summary says how much better any plan could be at most, and what first come, first served would have reached.

    Nothing is drawn at random: the seed is only kept. Exit 10: a file cannot be read; every problem is named and
    nothing is written.
    """
    watch = _Watch()
    try:
        summary, plan = _place(folder, out, _Wish(seed, worth, fair, exact), watch)
    finally:
        watch.close()
    if as_json:
        click.echo(json.dumps(summary))
    else:
        _say(summary, plan, out)


def _place(folder: Path, out: Path, wish: _Wish, watch: _Watch) -> tuple[dict[str, object], Plan]:
    threads = os.cpu_count() or 1
    morning = morning_at(folder)
    columns = columns_of(morning, wish.worth)
    watch.done("read")
    warm_up()
    watch.done("compile")
    solved, fairness = _solve(morning, columns, wish, threads)
    watch.done("solve")
    plan, coverable = plan_from(columns, morning, solved.site, solved.room, threads=threads)
    served = place_first_come(columns.sites, columns.households, threads=threads)
    baseline, _ = plan_from(columns, morning, served.site, served.room, threads=threads)
    summary = summary_of(
        morning,
        plan,
        coverable=coverable.tolist(),
        first_come=baseline,
        value_bound=solved.bound,
        worth=wish.worth,
    )
    summary["most_wanted"] = most_wanted(columns, solved, count=WANTED)
    if fairness is not None:
        summary["fair"] = fairness
    watch.done("verify")

    def finished() -> str:
        # Made when the plan itself is on disk, so that the seconds of writing are those of writing.
        watch.done("write")
        summary.update(seconds=watch.seconds, peak_mb=_peak_mb(), seed=wish.seed)
        return json.dumps(summary, indent=2) + "\n"

    write_whole(out, {"placements.csv": lambda: write_plan(plan), "summary.json": finished})
    return summary, plan


def _solve(morning: Morning, columns: Columns, wish: _Wish, threads: int) -> tuple[Solved, dict[str, object] | None]:
    if wish.fair is None:
        effort = Effort.EXACT if wish.exact else Effort.USUAL
        with markets_at_once() as at_once:
            where = (columns.sites, columns.households)
            return solve.place(*where, effort=effort, threads=threads, at_once=at_once), None
    names = sorted({household.pay_class for household in morning.households})
    group = np.array([names.index(household.pay_class) for household in morning.households], dtype=np.int64)
    nowhere = np.full(columns.households.children, -1, dtype=np.int64)
    told = reasons(columns.sites, columns.households, nowhere, threads=threads)
    found = place_fairly(columns.sites, columns.households, group, told.coverable, points=wish.fair, threads=threads)
    # The advantage of the favored is no part of what the plan is worth; the bound of the plain morning stands.
    plain = bound_of(columns.sites, columns.households, threads=threads)
    said: dict[str, object] = {
        "points": wish.fair,
        "spread": found.spread,
        "within": found.within,
        "children_fewer": found.cost,
        "rates_without": dict(zip(names, found.plain_rates, strict=True)),
    }
    return replace(found.solved, bound=plain), said


def _peak_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (2**20 if sys.platform == "darwin" else 2**10)


def _say(summary: dict[str, object], plan: Plan, out: Path) -> None:
    click.echo(
        f"{summary['placed']:,} of {summary['children']:,} children have a place; "
        f"{summary['coverable']:,} could have one if nobody else had asked."
    )
    for reason, count in children_by_reason(plan).items():
        click.echo(f"  {count:,} {reason}")
    click.echo(
        f"Value {summary['value']:,.1f}; no plan is worth more than {summary['value_bound']:,.1f} "
        f"(gap {summary['gap']:.2%}). {summary['minutes_mean']:.1f} minutes per placed child."
    )
    first_come = summary["first_come"]
    assert isinstance(first_come, dict)
    click.echo(f"First come, first served would have placed {first_come['placed']:,}.")
    wanted = summary["most_wanted"]
    assert isinstance(wanted, list)
    for one in wanted:
        if not one["room_id"]:
            click.echo(f"  Another caregiver like {one['site_id']} would be worth {one['minutes']:,.0f} minutes.")
            continue
        more = f"; {FOR_AN_EDUCATOR} would place {one['children']} children more" if "children" in one else ""
        where = f"room {one['room_id']} of {one['site_id']}"
        click.echo(f"  One more spot in {where} would be worth {one['minutes']:,.0f} minutes{more}.")
    fair = summary.get("fair")
    if isinstance(fair, dict):
        reached = "reached" if fair["within"] else "not reached; what is missing are places, not turns"
        click.echo(
            f"Pay classes {fair['spread']:.1f} points apart ({fair['points']:g} asked for: {reached}), "
            f"for {fair['children_fewer']:,} children fewer."
        )
    click.echo(f"Written: {out / 'placements.csv'} and {out / 'summary.json'}.")
