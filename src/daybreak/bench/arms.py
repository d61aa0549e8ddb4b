"""One arm of the placement benchmark, in a process of its own, so that its peak memory is its own.

OR-Tools and HiGHS cannot be loaded together either, so an arm is imported when it is called. The process compiles
everything on a small town, draws its own, says that it is ready, and then answers each line it reads with a round, as a
line of JSON. Times are from arrays in memory.
"""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter

from daybreak.bench.machine import peak_mb
from daybreak.bench.town import Town, draw_town

ARMS = {
    "ours": "daybreak.bench.arm_ours:ours",
    "mended": "daybreak.bench.arm_ours:mended",
    "fair": "daybreak.bench.arm_ours:fair",
    "best_known": "daybreak.bench.best_known:best_known",
    "baseline": "daybreak.bench.arm_plain:baseline",
    "first_come": "daybreak.bench.arm_plain:line",
}
SMALL = 400
"""Children of the town on which everything is compiled."""

Round = dict[str, object]


@dataclass(frozen=True)
class Means:
    """What an arm may use: threads, and seconds where it would go on as long as it is let."""

    threads: int
    seconds: float


class Watch:
    """Seconds per step, one after the other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = perf_counter()

    def done(self, step: str) -> None:
        """End a step."""
        now = perf_counter()
        self.seconds[step], self._since = now - self._since, now


Arm = Callable[[Town, Town, Means], Iterator[Round]]
"""An arm does one round after the other on a town; the second town is another day's, on the same sites."""


def main(name: str, children: int, tightness: float, seed: int, metros: int, means: Means) -> None:
    """Answer each line on standard input with a round and the most memory taken so far."""
    module, _, function = ARMS[name].partition(":")
    arm: Arm = getattr(import_module(module), function)
    next(arm(draw_town(SMALL, 1.0, 1), draw_town(SMALL, 1.0, 1, day=1), means))
    today, other_day = (draw_town(children, tightness, seed, metros=metros, day=day) for day in (0, 1))
    rounds = arm(today, other_day, means)
    _say({"ready": name})
    for _ in sys.stdin:
        _say(next(rounds) | {"peak_mb": round(peak_mb(), 1)})


def _say(words: Round) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    what, many, tight, die, towns, cores, most = sys.argv[1:]
    main(what, int(many), float(tight), int(die), int(towns), Means(int(cores), float(most)))
