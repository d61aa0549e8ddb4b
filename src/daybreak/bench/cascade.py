"""A week of requests through the cascade, beside the same week where a family asks the nearest center and gives up.

Every figure is counted from a log by `care.week.report`, as `daybreak replay` counts it, so that anybody can count it
again. The week is drawn from a seed or read from files.
"""

from dataclasses import dataclass

from daybreak.bench.machine import machine
from daybreak.care.week.baseline import NAME, play_nearest
from daybreak.care.week.best import best_possible
from daybreak.care.week.play import play
from daybreak.care.week.report import beside_best, report, served_in
from daybreak.care.week.terms import Line, Week


@dataclass(frozen=True)
class Run:
    """What a benchmark found, and the logs it was counted from."""

    found: dict[str, object]
    ours: list[Line]
    baseline: list[Line]


def run(week: Week, *, seed: int | None) -> Run:
    """Play a week both ways and count."""
    known = {request.request_id: request for request in week.requests}
    logs = play(week), play_nearest(week)
    ours, baseline = (report(served_in(log, known), known) for log in logs)
    best = best_possible(week)
    found: dict[str, object] = {
        "what": "a week of care requests, from asking to an answer",
        "n": len(week.requests),
        "seed": seed,
        "ours": {**ours, "best": beside_best(ours, best)},
        "baseline": {"name": NAME, **baseline, "best": beside_best(baseline, best)},
        "ratio": {"filled": _ratio(ours["filled"], baseline["filled"])},
        "machine": machine(),
    }
    return Run(found, *logs)


def _ratio(ours: object, other: object) -> float | None:
    assert isinstance(ours, float | None)
    assert isinstance(other, float | None)
    return round(ours / other, 4) if ours is not None and other else None
