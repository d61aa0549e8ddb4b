"""How good is a whole morning's plan, and how soon is it there, beside a plain solver and first come, first served?

Three arms on the same town, each in a process of its own that stays and does a round when asked, one arm after the
other, so that a busy moment of the machine hits all of them alike. Medians of the rounds; ratios are those of medians.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from daybreak.bench import flow
from daybreak.bench.machine import machine

ARMS = ("ours", "baseline", "first_come")
ROUNDS = 3

Figures = dict[str, object]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """A town to measure on: `tightness` is children per spot."""

    children: int
    tightness: float = 1.0
    seed: int = 1
    metros: int = 1

    def __str__(self) -> str:
        apart = f" in {self.metros} metros" if self.metros > 1 else ""
        return f"{self.children:,} children{apart}, tightness {self.tightness:g}, seed {self.seed}"


def run(size: Size, *, say: Say, rounds: int = ROUNDS, arms: Sequence[str] = ARMS) -> dict[str, object]:
    """Measure one town and report as formats.md says; raises BadInput when OR-Tools is not there."""
    if "baseline" in arms:
        flow.require_ortools()
    found: dict[str, list[Figures]] = {name: [] for name in arms}
    with ExitStack() as stack:
        ask = {}
        for name in arms:
            say(f"{size}: {name} compiles and draws the town ...")
            ask[name] = stack.enter_context(_arm(name, size))
        for number in range(rounds):
            for name in arms:
                found[name].append(ask[name]())
                say(f"{size}: {name}, round {number + 1} of {rounds}, {_total(found[name][-1]):.2f} s")
    medians = {name: _median(results) for name, results in found.items()}
    if size.metros == 1:
        medians["ours"] |= _mended(size, say=say, rounds=rounds)
    return {
        "what": "a made-up morning placed at once",
        "n": size.children,
        "tightness": size.tightness,
        "metros": size.metros,
        "seed": size.seed,
        "rounds": rounds,
        **medians,
        "baseline": {"name": flow.NAME, **medians.get("baseline", {})},
        "ratio": ratios(medians),
        "machine": machine(),
    }


@contextmanager
def _arm(name: str, size: Size, seconds: float = 0.0) -> Iterator[Callable[[], Figures]]:
    """Start an arm; what is given back asks it for one round."""
    numbers = (size.children, size.tightness, size.seed, size.metros, os.cpu_count() or 1, seconds)
    command = [sys.executable, "-m", "daybreak.bench.arms", name, *map(str, numbers)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        out, into = process.stdout, process.stdin

        def answer() -> Figures:
            line = out.readline()
            if not line:
                raise RuntimeError(f"The arm {name} ended early; what it said stands above.")
            said: Figures = json.loads(line)
            return said

        def ask() -> Figures:
            into.write("round\n")
            into.flush()
            return answer()

        answer()
        try:
            yield ask
        finally:
            into.close()


def _mended(size: Size, *, say: Say, rounds: int) -> Figures:
    """What it takes to mend a kept plan when one household in a hundred is another; in a process that holds both."""
    say(f"{size}: one household in a hundred is another ...")
    with _arm("mended", size) as ask:
        figures = _median([ask() for _ in range(rounds)])
    return {
        "one_percent_seconds": _of(figures, "seconds")["total"],
        "one_percent_gap": figures["gap"],
        "one_percent_gap_before": figures["gap_before"],
    }


def run_best_known(size: Size, *, minutes: float, say: Say) -> Figures:
    """Let the best known method work for some minutes a way."""
    say(f"{size}: the best known method, {minutes:g} minutes a way ...")
    with _arm("best_known", size, minutes * 60) as ask:
        return ask()


def run_fair(size: Size, *, say: Say, rounds: int = ROUNDS) -> Figures:
    """Measure what it costs to place hourly and salaried families at nearly the same rate."""
    say(f"{size}: fair between pay classes ...")
    with _arm("fair", size) as ask:
        return _median([ask() for _ in range(rounds)])


def _total(figures: Figures) -> float:
    seconds = figures["seconds"]
    assert isinstance(seconds, dict)
    return float(sum(seconds.values()))


def _median(results: Sequence[Figures]) -> Figures:
    """The median of every figure, seconds with their total; memory is the most there was."""
    first = results[0]
    figures: Figures = {}
    for key, value in first.items():
        if isinstance(value, dict):
            steps = {step: median([float(_of(one, key)[step]) for one in results]) for step in value}
            total = median([sum(_of(one, key).values()) for one in results])
            figures[key] = {step: round(seconds, 4) for step, seconds in {**steps, "total": total}.items()}
        elif key == "peak_mb":
            figures[key] = max(float(str(one[key])) for one in results)
        else:
            figures[key] = median([_number(one[key]) for one in results])
    return figures


def _of(figures: Figures, key: str) -> Mapping[str, float]:
    value = figures[key]
    assert isinstance(value, dict)
    return value


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def ratios(arms: Mapping[str, Figures]) -> dict[str, float]:
    """Ours against the others: what we take and reach, over what they do.

    `seconds_cold` and `seconds_warm` count against us all from arrays in memory to a verified plan, and for the flow
    only its arcs built and solved; `seconds_cold_from_arrays` lets it, too, find out first what fits. Warm is the same
    town with one household in a hundred changed, placed anew from the prices of the first plan.
    """
    ours, found = arms["ours"], {}
    cold, warm = _of(ours, "seconds")["total"], _number(ours["warm_seconds"])
    if "baseline" in arms:
        theirs = _of(arms["baseline"], "seconds")
        plain = theirs["arcs"] + theirs["solve"]
        found["seconds_cold"] = round(cold / plain, 3)
        found["seconds_cold_from_arrays"] = round(cold / theirs["total"], 3)
        found["seconds_warm"] = round(warm / plain, 3)
        found["children_to_baseline"] = round(_number(ours["placed"]) / _number(arms["baseline"]["placed"]), 4)
    if "first_come" in arms:
        line = arms["first_come"]
        found["children_to_first_come"] = round(_number(ours["placed"]) / _number(line["placed"]), 4)
        found["value_to_first_come"] = round(_number(ours["value"]) / _number(line["value"]), 4)
    if "one_percent_seconds" in ours:
        found["one_percent_to_cold"] = round(_number(ours["one_percent_seconds"]) / cold, 5)
    found["placed_to_coverable"] = round(_number(ours["placed"]) / _number(ours["coverable"]), 5)
    return found
