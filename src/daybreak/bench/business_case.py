"""How long does a whole case take, with all its sensitivities, beside plain NumPy making the same draws of one year?

The baseline is what anybody would write in an afternoon for one question: draw the inputs with NumPy's own samplers,
work out the year, take three percentiles of seven figures. It has no job families beyond a loop, no ledgers, no swings,
break-even values, variance shares, value of information, pilot, comparators or claims, all of which are in ours. Both
run on the packaged skeptic's case, interleaved, and their returns must agree within the noise of the draws.
"""

from statistics import median
from time import perf_counter

import numpy as np

from daybreak.bench.machine import machine
from daybreak.business_case.case import Case
from daybreak.business_case.queries import case_of, start
from daybreak.business_case.terms import Numbers

CASE = "a-skeptics-case"
SPREAD = 3.29
"""Standard deviations in a 90 percent interval, as one writes it down."""


def run(*, draws: int, seed: int, rounds: int = 5) -> dict[str, object]:
    """Measure both arms and report as formats.md says."""
    inputs = start(CASE)
    case_of(inputs, np.random.default_rng(seed), draws=1000)  # tables are built once per process
    ours: list[float] = []
    theirs: list[float] = []
    case, plain = None, {}
    for number in range(rounds):
        since = perf_counter()
        case = case_of(inputs, np.random.default_rng(seed + number), draws=draws)
        middle = perf_counter()
        plain = plain_numpy(np.random.default_rng(seed + number), draws)
        ours.append(middle - since)
        theirs.append(perf_counter() - middle)
    assert case is not None
    return {
        "what": "one business case with sensitivities, the packaged skeptic's case",
        "n": draws,
        "seed": seed,
        "rounds": rounds,
        "ours": {"seconds": round(median(ours), 3), **_figures(case)},
        "baseline": {
            "name": "plain NumPy: the same draws of the same year, percentiles only",
            "seconds": round(median(theirs), 3),
            **plain,
        },
        "ratio": {"seconds": round(median(ours) / median(theirs), 2)},
        "machine": machine(),
    }


def _figures(case: Case) -> dict[str, float]:
    roi = case.answer.roi
    return {"roi_p05": roi.p05, "roi_p50": roi.p50, "roi_p95": roi.p95, "chance_of_paying": case.answer.chance}


def plain_numpy(rng: np.random.Generator, n: int) -> dict[str, float]:
    """The skeptic's case written straight down; its figures are those of starts/a-skeptics-case.toml."""

    def beta(mean: float, low: float, high: float) -> Numbers:
        k = mean * (1 - mean) / ((high - low) / SPREAD) ** 2 - 1
        return rng.beta(mean * k, (1 - mean) * k, n)

    def multiple(middle: float, low: float, high: float) -> Numbers:
        return np.asarray(middle * np.exp(np.log(high / low) / SPREAD * rng.standard_normal(n)))

    parents, reach, additionality = beta(0.22, 0.16, 0.28), beta(0.12, 0.05, 0.22), beta(0.50, 0.25, 0.75)
    lost, used = multiple(3.6, 2.2, 6.0), multiple(4.5, 2.5, 8.0)
    worth, scale = multiple(1.0, 0.6, 1.6), multiple(1.0, 0.5, 2.0)
    cut, from_home = beta(0.06, 0.005, 0.16), beta(0.25, 0.10, 0.45)
    fee, price, admin = multiple(12, 6, 24), multiple(125, 90, 180), multiple(2, 1, 4)
    copay = rng.triangular(10, 20, 30, n)
    work = leavers = days = np.zeros(n)
    for share, pay, quits, turnover, at_home in (
        (0.75, 38_000, 0.60, 0.16, 0.0),
        (0.20, 130_000, 0.13, 0.35, 1.0),
        (0.05, 170_000, 0.10, 0.60, 1.0),
    ):
        users = 250_000 * share * parents * reach
        used_here = users * np.minimum(used, 15)
        saved = np.minimum(used_here * additionality, users * lost * 1.8)
        work = work + saved * (1 - at_home * from_home) * pay * 1.30 / 230 * worth
        leavers = leavers + users * quits * cut * turnover * scale * pay
        days = days + used_here
    care = days * (price - copay)
    cost = care + 250_000 * (fee + admin)
    credit = np.minimum(0.40 * 0.6 * care, 500_000)
    net = (work + leavers - cost + credit) * 0.75
    roi = (work + leavers + credit - cost) / cost
    alone = (work + credit - cost) / cost
    spreads = [np.percentile(part, (5, 50, 95)) for part in (days, cost, work, leavers, credit, net, roi, alone)]
    low, middle, high = (float(end) for end in spreads[6])
    return {"roi_p05": low, "roi_p50": middle, "roi_p95": high, "chance_of_paying": float((net > 0).mean())}
