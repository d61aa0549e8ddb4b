"""The page of the cascade benchmark: a week served both ways, with its figures and a picture."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from daybreak.bench.cascade import Run

Figures = Mapping[str, Any]

ROWS = (
    ("filled", "place or caregiver", "#23704d"),
    ("promised", "money promised", "#1f5f8b"),
)
SHOWN = (
    ("filled", "filled"),
    ("promised", "money promised"),
    ("told_late", "told after decide-by"),
    ("median_minutes", "minutes to the answer, median"),
    ("p95_minutes", "minutes to the answer, 95 of 100"),
    ("recovered", "found again after a cancellation"),
)
ABOUT = """\
The week is made up: families who ask in the evening or at dawn; homes that confirm at once (about half), must be asked,
say no or say nothing; and one site in sixteen that takes back a day. Both ways are played on the same week and counted
from their logs as `daybreak replay` counts. *Filled* is a place or caregiver that nobody took back. The bound is by the
placement engine: children that a plan could place that knew the whole day, who would say yes and who would cancel.

What a made-up week cannot say is how homes really answer. The figures compare two ways of serving the same week. Three
homes are asked at a time here and money is promised; the live product asks one at a time and promises none yet."""


def figures_in_words(found: Figures) -> str:
    """The figures in two lines, one for each way."""
    ours, baseline = _part(found, "ours"), _part(found, "baseline")
    at_most = _part(ours, "best")["children_at_most"]
    return (
        f"{found['n']:,} requests. {_sentence(ours)}\n"
        f"{baseline['name']}: {_sentence(baseline)}\n"
        f"{ours['children']:,} children have a place; no service could have filled more than {at_most:,}."
    )


def write_week_page(folder: Path, played: Run, *, day: date, commit: str) -> Path:
    """Write cascade-DAY.json, .svg and .md; returns the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    name, found = f"cascade-{day.isoformat()}", {"date": day.isoformat(), "commit": commit, **played.found}
    found.pop("log", None)
    (folder / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    (folder / f"{name}.svg").write_text(picture(found), encoding="utf-8")
    page = folder / f"{name}.md"
    page.write_text(page_of(name, found), encoding="utf-8")
    return page


def page_of(name: str, found: Figures) -> str:
    """The text of the page."""
    machine, ours, baseline = (_part(found, part) for part in ("machine", "ours", "baseline"))
    lines = [
        f"# A week of flu, asked once and tried on every route, {found['date']}",
        "",
        f"`daybreak bench cascade --households {found['n']} --seed {found['seed']} --page benchmarks`, commit "
        f"{found['commit']}; {machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}.",
        "",
        ABOUT,
        "",
        f"![Of a hundred requests, so many have care, both ways]({name}.svg)",
        "",
        f"| | ours | {baseline['name']} |",
        "|---|---|---|",
        *(f"| {words} | {_shown(ours, figure)} | {_shown(baseline, figure)} |" for figure, words in SHOWN),
        f"| children placed, of the bound | {_shown(_part(ours, 'best'), 'reached')} "
        f"| {_shown(_part(baseline, 'best'), 'reached')} |",
        *(_by_pay_class(ours, baseline)),
        "",
    ]
    return "\n".join(lines)


def picture(found: Figures) -> str:
    """Of a hundred requests, how many have care, both ways and by pay class, as an SVG that needs nothing else."""
    ours, baseline = _part(found, "ours"), _part(found, "baseline")
    arms = [("ours", ours), (str(baseline["name"]), baseline)]
    for name, figures in _part(ours, "by_pay_class").items():
        arms.append((f"ours, {name}", figures))
    parts, left, scale = list[str](), 260, 3.8
    for at, (label, figures) in enumerate(arms):
        top, x = 46 + at * 40, float(left)
        parts.append(f'<text x="{left - 12}" y="{top + 17}" text-anchor="end">{label}</text>')
        for figure, words, fill in ROWS:
            share = 100 * float(figures[figure] or 0)
            if share >= 0.5:
                parts.append(f'<rect x="{x:.1f}" y="{top}" width="{share * scale:.1f}" height="24" fill="{fill}"/>')
                parts.append(_label(x, top, share * scale, f"{share:.0f} {words}", fill))
            x += share * scale
    height = 60 + len(arms) * 40
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {height}" role="img" '
        'font-family="system-ui, sans-serif" font-size="13" fill="#1c2733">'
        "<title>Of a hundred requests of a made-up week of flu, so many have care</title>"
        f'<rect width="760" height="{height}" fill="#fffcf6"/>'
        '<text x="20" y="26" font-size="15" font-weight="600">Of a hundred requests, so many have care</text>'
        f"{''.join(parts)}</svg>\n"
    )


def _label(x: float, top: int, width: float, words: str, fill: str) -> str:
    """In a wide bar, or beside a narrow one, which is the last of its row."""
    place = f'x="{x + 8:.1f}" fill="#fffcf6"' if width > 150 else f'x="{x + width + 8:.1f}" fill="{fill}"'
    return f'<text {place} y="{top + 17}">{words}</text>'


def _by_pay_class(ours: Figures, baseline: Figures) -> Sequence[str]:
    theirs = _part(baseline, "by_pay_class")
    return [
        f"| filled, {name} | {_shown(figures, 'filled')} | {_shown(_part(theirs, name), 'filled')} |"
        for name, figures in _part(ours, "by_pay_class").items()
    ]


def _sentence(figures: Figures) -> str:
    return (
        f"filled {_shown(figures, 'filled')}, money promised {_shown(figures, 'promised')}, told late "
        f"{_shown(figures, 'told_late')}, minutes to the answer {_shown(figures, 'median_minutes')} (95 of 100 within "
        f"{_shown(figures, 'p95_minutes')}), found again after a cancellation {_shown(figures, 'recovered')}."
    )


def _shown(figures: Figures, figure: str) -> str:
    value = figures[figure]
    if value is None:
        return "–"
    return f"{value:,.1f}" if figure.endswith("minutes") else f"{float(value):.1%}"


def _part(found: Figures, name: str) -> Figures:
    part: Figures = found[name]
    return part
