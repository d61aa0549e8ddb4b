"""How are uncertain figures drawn? As SVG: intervals, a strip of draws, a tornado; the same for page, file and paper.

Every picture is readable in gray and without color: what is below the line is hollow, what is above it solid; labels
are written where they belong and stand on lines of their own, so that they cannot run into each other.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from daybreak.business_case.briefing.terms import IntervalPicture, Picture, StripPicture, TornadoPicture

NARROW, WIDE = 340, 660
LETTER = 7.6
"""Pixels of an average letter at 14 pixels."""
SIDE = 10
LINE = 18

PAPER_STYLE = (
    "text{font-family:Figtree;font-size:14px;fill:#1c2733}.side{fill:#55636f;font-size:13px}"
    ".axis{stroke:#7b8894;stroke-width:1}.zero{stroke:#1c2733;stroke-width:1.5}"
    ".range{stroke:#8fa9bd;stroke-width:8;stroke-linecap:round}.main{stroke:#1f5f8b}"
    ".point{fill:#1c2733;stroke:#ffffff;stroke-width:2}"
    ".solid{fill:#1f5f8b}.hollow{fill:#ffffff;stroke:#1f5f8b;stroke-width:1}"
)
"""What paper needs in the picture itself; a page has its own style sheet."""


def svg(picture: Picture, *, width: int = WIDE, style: str = "", name: str = "chart") -> str:
    """Return the picture as one SVG element of this width; its height follows from what is in it."""
    parts = list(_body(picture, width))
    height = next(float(part[8:]) for part in parts if part.startswith("height: "))
    inside = "".join(part for part in parts if not part.startswith("height: "))
    label = escape(f"{picture.title} {picture.said}", quote=True)
    styled = f"<style>{style}</style>" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" viewBox="0 0 {width} {height:g}" role="img" '
        f'aria-label="{label}">{styled}{inside}</svg>'
    )


def _body(picture: Picture, width: int) -> Iterator[str]:
    if isinstance(picture, IntervalPicture):
        return _intervals(picture, width)
    if isinstance(picture, StripPicture):
        return _strip(picture, width)
    return _tornado(picture, width)


class _Scale:
    """From a figure to a place between the two sides of a picture."""

    def __init__(self, values: Sequence[float], width: int) -> None:
        low, high = min(values), max(values)
        self.low, self.high = (low, high) if high > low else (low - 1, high + 1)
        self.width = width

    def __call__(self, value: float) -> float:
        inside = min(max(value, self.low), self.high)
        return SIDE + (self.width - 2 * SIDE) * (inside - self.low) / (self.high - self.low)


def _intervals(picture: IntervalPicture, width: int) -> Iterator[str]:
    ends = [end for mark in picture.marks for end in (mark.low, mark.high)]
    at = _Scale([*ends, picture.line, *(tick for tick, _ in picture.ticks)], width)
    y = 0.0
    rows: list[str] = []
    for mark in picture.marks:
        for text, anchor, name in _label_lines(mark.label, mark.shown, width):
            y += LINE if anchor == "start" else 0
            rows.append(_text(SIDE if anchor == "start" else width - SIDE, y, text, anchor=anchor, name=name))
        y += 14
        named = "range main" if mark.is_main else "range"
        rows.append(_rule_down(at(picture.line), y - 9, y + 9))
        rows.append(_rule(at(mark.low), at(mark.high), y, named))
        rows.append(f'<circle class="point" cx="{at(mark.middle):.1f}" cy="{y:.1f}" r="6"/>')
        y += 18
    yield from rows
    yield from _axis(at, picture.ticks, y, width)
    yield f"height: {y + 2 * LINE + 4}"


def _label_lines(label: str, shown: str, width: int) -> Iterator[tuple[str, str, str]]:
    """The label and its figures on one line when both fit, else one below the other."""
    room = int((width - 2 * SIDE) / LETTER)
    if len(label) + len(shown) + 2 <= room:
        yield label, "start", ""
        yield shown, "end", "side"
    else:
        yield from ((line, "start", "") for line in _wrapped(label, room))
        yield shown, "start", "side"


def _wrapped(text: str, room: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def _strip(picture: StripPicture, width: int) -> Iterator[str]:
    at = _Scale([picture.edges[0], picture.edges[-1], picture.line], width)
    most = max(picture.counts) or 1
    top, tall = 30.0, 120.0
    yield from _strip_labels(picture, width)
    for low, high, count in zip(picture.edges, picture.edges[1:], picture.counts, strict=False):
        size = tall * count / most
        name = "hollow" if (low + high) / 2 < picture.line else "solid"
        yield (
            f'<rect class="{name}" x="{at(low) + 0.6:.1f}" y="{top + tall - size:.1f}" '
            f'width="{max(at(high) - at(low) - 1.2, 0.6):.1f}" height="{size:.1f}"/>'
        )
    if picture.edges[0] <= picture.line <= picture.edges[-1]:
        yield _rule_down(at(picture.line), top - 6, top + tall)
    yield from _axis(at, picture.ticks, top + tall, width)
    yield f"height: {top + tall + 2 * LINE + 4}"


def _strip_labels(picture: StripPicture, width: int) -> Iterator[str]:
    """What lies on each side of the line, at the two sides of the picture."""
    if picture.below_label:
        yield _text(SIDE, LINE, picture.below_label)
    if picture.above_label:
        yield _text(width - SIDE, LINE, picture.above_label, anchor="end")


def _tornado(picture: TornadoPicture, width: int) -> Iterator[str]:
    ends = [end for swing in picture.swings for end in (swing.at_low, swing.at_high)]
    at = _Scale([*ends, picture.middle, *(tick for tick, _ in picture.ticks)], width)
    middle = at(picture.middle)
    y = 0.0
    rows: list[str] = []
    for swing in picture.swings:
        shown = f"{swing.low_text} – {swing.high_text}"
        for text, anchor, name in _label_lines(swing.label, shown, width):
            y += LINE if anchor == "start" else 0
            rows.append(_text(SIDE if anchor == "start" else width - SIDE, y, text, anchor=anchor, name=name))
        y += 6
        for value, name in ((swing.at_low, "hollow"), (swing.at_high, "solid")):
            left, right = sorted((middle, at(value)))
            rows.append(f'<rect class="{name}" x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="12"/>')
        rows.append(_rule_down(middle, y - 3, y + 15))
        y += 22
    yield from rows
    yield from _axis(at, picture.ticks, y, width)
    yield f"height: {y + 2 * LINE + 4}"


def _axis(at: _Scale, ticks: Sequence[tuple[float, str]], y: float, width: int) -> Iterator[str]:
    yield f'<line class="axis" x1="{SIDE}" x2="{width - SIDE}" y1="{y:.1f}" y2="{y:.1f}"/>'
    taken = -1.0
    for value, text in ticks:
        x, half = at(value), len(text) * LETTER / 2
        anchor, left = "middle", x - half
        if left < 0:
            anchor, left = "start", x
        elif x + half > width:
            anchor, left = "end", x - 2 * half
        if left < taken:
            continue
        taken = left + 2 * half + LETTER
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y + 5:.1f}"/>'
        yield _text(x, y + 5 + LINE, text, anchor=anchor, name="side")


def _text(x: float, y: float, text: str, *, anchor: str = "start", name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    anchored = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}"{anchored}>{escape(text)}</text>'


def _rule(x1: float, x2: float, y: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _rule_down(x: float, y1: float, y2: float) -> str:
    """The line that matters, drawn only beside the bars so that it crosses no label."""
    return f'<line class="zero" x1="{x:.1f}" x2="{x:.1f}" y1="{y1:.1f}" y2="{y2:.1f}"/>'


def even_ticks(low: float, high: float, *, most: int = 6) -> list[float]:
    """Round places between two ends, 0 among them when it lies between.

    >>> even_ticks(-3.7, 5.8)
    [-2.0, 0.0, 2.0, 4.0]
    """
    if not low < high:
        return [low]
    power = 10.0 ** floor(log10((high - low) / most))
    step = next(power * part for part in (1, 2, 5, 10, 20) if (high - low) / (power * part) <= most)
    return [round(step * at, 10) + 0.0 for at in range(ceil(low / step), floor(high / step) + 1)]
