"""`daybreak place`: one morning from files, placed, verified by the same rules anybody can check, and bounded."""

import json
import resource
import sys
import time
from pathlib import Path

import click
from tqdm import tqdm

from daybreak.cli.mornings import JSON, VALUE, morning_at, write_whole
from daybreak.placement.bound import value_bound
from daybreak.placement.explain import children_by_reason
from daybreak.placement.first_come import first_come
from daybreak.placement.market import compile_market
from daybreak.placement.morning_files import write_plan
from daybreak.placement.outcome import plan_of
from daybreak.placement.summary import summary_of
from daybreak.placement.terms import Plan
from daybreak.placement.verify import broken_rules

PHASES = ("read", "compile", "solve", "verify", "write")


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


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the plan.")
@JSON
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Kept in summary.json.")
@VALUE
@click.option("--fair", metavar="FIELD=POINTS", help="Not in this version.")
@click.option("--exact", is_flag=True, help="Not in this version.")
def place(
    folder: Path,
    out: Path,
    as_json: bool,
    seed: int,
    worth: tuple[float, float, float],
    fair: str | None,
    exact: bool,
) -> None:
    """Place the children of one morning, from the files in DIR.

    DIR holds sites.csv, rooms.csv, households.csv and children.csv, and perhaps rooms_sessions.csv. The plan is written
    to --out as placements.csv and summary.json, both or neither. Households are served first come, first served, and
    the summary says how much better any plan could be at most.

    Exit 10: a file cannot be read; every problem is named and nothing is written.
    """
    _refuse_what_is_not_there_yet(fair, exact)
    watch = _Watch()
    try:
        summary, plan = _place(folder, out, seed, worth, watch)
    finally:
        watch.close()
    if as_json:
        click.echo(json.dumps(summary))
    else:
        _say(summary, plan, out)


def _refuse_what_is_not_there_yet(fair: str | None, exact: bool) -> None:
    for option, given in (("--fair", fair is not None), ("--exact", exact)):
        if given:
            raise click.UsageError(
                f"{option} is not in this version, which places first come, first served. Nothing was placed. "
                "Run the command without it."
            )


def _place(
    folder: Path, out: Path, seed: int, worth: tuple[float, float, float], watch: _Watch
) -> tuple[dict[str, object], Plan]:
    morning = morning_at(folder)
    watch.done("read")
    market = compile_market(morning)
    watch.done("compile")
    plan = plan_of(market, first_come(market))
    watch.done("solve")
    broken = broken_rules(morning, plan)
    if broken:
        raise RuntimeError(f"The plan breaks {len(broken)} rules, first {broken[0]}; nothing was written.")
    bound = value_bound(market, worth)
    summary = summary_of(market, plan, first_come=plan, value_bound=bound.value, worth=worth)
    watch.done("verify")

    def finished() -> str:
        # Made when the plan itself is on disk, so that the seconds of writing are those of writing.
        watch.done("write")
        summary.update(seconds=watch.seconds, peak_mb=_peak_mb(), seed=seed)
        return json.dumps(summary, indent=2) + "\n"

    write_whole(out, {"placements.csv": lambda: write_plan(plan), "summary.json": finished})
    return summary, plan


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
    click.echo(f"Written: {out / 'placements.csv'} and {out / 'summary.json'}.")
