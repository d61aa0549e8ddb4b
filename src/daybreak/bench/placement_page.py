"""The page of the placement benchmark: every row of what it must show, with its bar, what came out, and a picture.

Rows are measured one after the other and the page is written anew after each, so that a run that is stopped keeps
what it has.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from daybreak.bench import placement
from daybreak.bench.placement import Figures, Say, Size


@dataclass(frozen=True)
class Row:
    """One town to measure, and the bars: most gap in percent, least of the others, most times the flow's seconds.

    `mended` is the most percent of the cold time that mending may take when one household in a hundred is another.
    """

    size: Size
    gap: float
    to_first_come: float | None = None
    to_coverable: float | None = None
    cold: float | None = None
    warm: float | None = None
    peak_mb: float | None = None
    mended: float | None = None
    rounds: int = 3


ROWS = (
    Row(Size(1_000), gap=0.0),
    Row(Size(10_000), gap=0.12, to_first_come=1.24, cold=1.5, mended=1.0),
    Row(Size(10_000, 1.2), gap=0.35),
    Row(Size(10_000, 1.5), gap=0.20),
    Row(Size(50_000), gap=0.18, to_coverable=0.999, cold=3.0, warm=1.2, mended=1.0),
    Row(Size(100_000), gap=0.12, to_coverable=0.999, cold=3.0, warm=1.2, mended=1.0),
    Row(Size(250_000, metros=10), gap=0.25, peak_mb=1638.4, rounds=1),
)
FAIR = Size(10_000, 1.4)
FAIR_POINTS, FAIR_COST, MENDED_WORSE = 1.0, 0.1, 0.02
COLUMNS = (
    *("children, tightness", "placed", "of coverable", "first come", "times first come", "gap", "seconds", "flow"),
    *("times flow", "warm, times flow", "peak MB"),
)
ABOUT = """\
Medians of three rounds (one for the last town), the arms in turn, each in a process of its own. Machines differ and so
do their moments: the ratios are what to look at. Every figure is in `{name}.json`.

*Seconds* is all from arrays in memory to a verified plan. *Flow* is plain OR-Tools min-cost flow, arcs built and
solved, siblings ignored: on all arcs up to 10,000 children, on 64 a household (the 16 cheapest, 48 at random) above.
The gap is of value, to a bound over every place that fits. *Warm* starts from the prices of a morning in which one
household in a hundred was another."""


def write_page(
    folder: Path, *, day: date, commit: str, say: Say, rows: Sequence[Row] = ROWS, fair: Size = FAIR
) -> Path:
    """Measure all rows and write placement-DAY.json, .svg and .md; returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"placement-{day.isoformat()}"
    found: dict[str, object] = {"date": day.isoformat(), "commit": commit, "runs": [], "fair": None}
    runs: list[dict[str, object]] = []
    for row in rows:
        runs.append(placement.run(row.size, say=say, rounds=row.rounds))
        _write(folder, name, found | {"runs": runs}, rows)
    found |= {"runs": runs, "fair": placement.run_fair(fair, say=say, rounds=1)}
    return _write(folder, name, found, rows)


def _write(folder: Path, name: str, found: Mapping[str, object], rows: Sequence[Row]) -> Path:
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (folder / f"{name}.svg").write_text(picture(_runs(found)), encoding="utf-8")
    page = folder / f"{name}.md"
    page.write_text(page_of(name, found, rows), encoding="utf-8")
    return page


def _runs(found: Mapping[str, object]) -> list[Figures]:
    runs = found["runs"]
    assert isinstance(runs, list)
    return runs


def page_of(name: str, found: Mapping[str, object], rows: Sequence[Row]) -> str:
    """The text of the page."""
    runs = _runs(found)
    machine = _part(runs[0], "machine")
    lines = [
        f"# A whole morning placed at once, {found['date']}",
        "",
        f"`daybreak bench placement --page benchmarks`, commit {found['commit']}; {machine['cores']} cores, "
        f"{machine['memory_gb']} GB, Python {machine['python']}.",
        *ABOUT.format(name=name).splitlines(),
        "",
        f"![Children placed of a hundred, first come and ours]({name}.svg)",
        "",
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
        *(_line(run) for run in runs),
        "",
        "## Against the bars",
        "",
        "| children, tightness | bar | reached | |",
        "|---|---|---|---|",
        *(line for row, run in zip(rows, runs, strict=False) for line in _bars(row, run)),
        *_fair_bar(found["fair"]),
        "",
    ]
    return "\n".join(lines)


def _part(figures: Mapping[str, object], name: str) -> Mapping[str, float]:
    part = figures[name]
    assert isinstance(part, dict)
    return part


def _town(run: Mapping[str, object]) -> str:
    metros = f" in {run['metros']} metros" if run["metros"] != 1 else ""
    return f"{run['n']:,}{metros}, {run['tightness']:g}"


def _seconds(run: Mapping[str, object], arm: str) -> Mapping[str, float]:
    return _part(_part(run, arm), "seconds")


def _line(run: Mapping[str, object]) -> str:
    ours, line, ratio = _part(run, "ours"), _part(run, "first_come"), _part(run, "ratio")
    flow = _seconds(run, "baseline")
    return (
        f"| {_town(run)} | {ours['placed']:,.0f} | {ratio['placed_to_coverable']:.2%} | {line['placed']:,.0f} "
        f"| {ratio['children_to_first_come']:.3f} | {ours['gap']:.3%} | {_seconds(run, 'ours')['total']:.2f} "
        f"| {flow['arcs'] + flow['solve']:.2f} | {ratio['seconds_cold']:.2f} | {ratio['seconds_warm']:.2f} "
        f"| {ours['peak_mb']:,.0f} |"
    )


def _bars(row: Row, run: Mapping[str, object]) -> list[str]:
    ours, ratio = _part(run, "ours"), _part(run, "ratio")
    most = [
        ("gap, percent", row.gap, 100 * ours["gap"]),
        ("cold, times the flow", row.cold, ratio["seconds_cold"]),
        ("warm, times the flow", row.warm, ratio["seconds_warm"]),
        ("peak, MB", row.peak_mb, ours["peak_mb"]),
    ]
    if row.mended is not None:
        worse = 100 * (ours["one_percent_gap"] - ours["one_percent_gap_before"])
        most.append(("one percent changed, percent of the cold time", row.mended, 100 * ratio["one_percent_to_cold"]))
        most.append(("one percent changed, points of gap worse", MENDED_WORSE, worse))
    least = [
        ("children, times first come", row.to_first_come, ratio["children_to_first_come"]),
        ("of coverable", row.to_coverable, ratio["placed_to_coverable"]),
    ]
    # The optimum is reached when nothing is left of the gap but rounding.
    kept = [(f"{what} at most {bar:g}", got, got <= bar + 5e-4) for what, bar, got in most if bar is not None]
    kept += [(f"{what} at least {bar:g}", got, got >= bar) for what, bar, got in least if bar is not None]
    return [f"| {_town(run)} | {what} | {got:,.4g} | {'met' if met else 'not met'} |" for what, got, met in kept]


def _fair_bar(fair: object) -> list[str]:
    if not isinstance(fair, dict):
        return []
    met = fair["points_apart"] <= FAIR_POINTS and 100 * fair["share_fewer"] <= FAIR_COST
    return [
        f"| {FAIR.children:,}, {FAIR.tightness:g} | pay classes within {FAIR_POINTS:g} point for at most {FAIR_COST:g} "
        f"percent of placements | {fair['points_apart']:.2f} points ({fair['points_apart_without']:.1f} without) for "
        f"{100 * fair['share_fewer']:.3f} percent | {'met' if met else 'not met'} |"
    ]


def picture(runs: Sequence[Mapping[str, object]]) -> str:
    """Children placed of a hundred in each town, first come and ours beside it, as an SVG that needs nothing else."""
    height, left, scale = 44, 210, 4.2
    parts = []
    for at, run in enumerate(runs):
        top = 44 + at * height
        parts.append(f'<text x="{left - 12}" y="{top + 21}" text-anchor="end">{_town(run)}</text>')
        for offset, (arm, fill, label) in enumerate(
            (("first_come", "#a9b6c3", "first come"), ("ours", "#1f5f8b", "ours"))
        ):
            share = 100 * _part(run, arm)["placed"] / int(str(run["n"]))
            y = top + offset * 16
            parts.append(f'<rect x="{left}" y="{y}" width="{share * scale:.1f}" height="14" rx="2" fill="{fill}"/>')
            parts.append(f'<text x="{left + share * scale + 8:.1f}" y="{y + 12}">{share:.1f} {label}</text>')
    total = 60 + len(runs) * height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {total}" role="img" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#1c2733">'
        "<title>Children placed of a hundred, first come, first served and ours</title>"
        f'<rect width="760" height="{total}" fill="#fffcf6"/>'
        '<text x="20" y="26" font-size="15" font-weight="600">Of a hundred children, so many have a place</text>'
        f"{''.join(parts)}</svg>\n"
    )
