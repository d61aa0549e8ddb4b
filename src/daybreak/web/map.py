"""Where are home, the place of care and work, and how many minutes lie between them?

A drawing from coordinates only: nothing is asked of a map service, so nobody learns where a family lives. Ways are
drawn as gentle curves because the roads are not known; a label keeps off lines and stays nearest its own pin.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from daybreak.placement.terms import Point

WIDTH = 360
LOWEST, HIGHEST = 220, 340
"""Pixels: a map is never flatter or taller than that, whatever the way."""
EDGE_X, EDGE_Y = 46, 62
"""Room for labels between the outermost pin and the frame."""
APART = 52.0
"""Pins nearer than this would cover each other; they are moved apart and the minutes say what is true."""
SMALL_LETTER, CAPITAL = 8.0, 10.8
"""Pixels of a letter at the label's size, a little more than measured; license lists write whole names in capitals."""
LINE = 19.0
ON_LINE, ASTRAY, AT_OTHERS = 70.0, 12.0, 900.0
"""What a label pays for each point of a line it covers, each pixel away from its pin, and standing nearer another pin;
each pixel on something else or outside the frame costs 20."""
ROUNDS = 3
"""How often each label may choose anew once the others stand."""
AROUND = ((0, 0), (0, -22), (0, 22), (-30, 0), (30, 0), (0, -40), (0, 40), (-52, 0), (52, 0), (-52, -30), (52, 30))
"""How far from the middle of a leg its minutes may stand, nearest first."""


@dataclass(frozen=True)
class Stop:
    """A pin: its kind (home, site or work), where it is, and the words beside it."""

    kind: str
    point: Point
    name: str


@dataclass(frozen=True)
class Pin:
    kind: str
    x: str
    y: str


@dataclass(frozen=True)
class Label:
    text: str
    x: str
    y: str


@dataclass(frozen=True)
class Pill:
    text: str
    x: str
    y: str
    width: str
    text_x: str
    text_y: str


@dataclass(frozen=True)
class GridLine:
    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Map:
    """A drawing ready to be written as SVG: every number is already text, the same in every language."""

    width: int
    height: int
    title: str
    said: str
    pins: tuple[Pin, ...]
    ways: tuple[str, ...]
    straight: tuple[str, ...]
    labels: tuple[Label, ...]
    pills: tuple[Pill, ...]
    grid: tuple[GridLine, ...]


@dataclass(frozen=True)
class Box:
    """A rectangle on the drawing, by its corners."""

    left: float
    top: float
    right: float
    bottom: float

    def shares(self, other: "Box") -> float:
        """The area both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0.0) * max(tall, 0.0)

    def sticks_out(self, width: float, height: float) -> float:
        """The area that lies outside the frame."""
        whole = (self.right - self.left) * (self.bottom - self.top)
        return whole - self.shares(Box(4, 4, width - 4, height - 4))

    def away_from(self, spot: "XY") -> float:
        """How far a point lies from its nearest edge; 0 inside."""
        return hypot(
            max(self.left - spot[0], 0.0, spot[0] - self.right), max(self.top - spot[1], 0.0, spot[1] - self.bottom)
        )


XY = tuple[float, float]


def draw(stops: Sequence[Stop], legs: Sequence[str], *, title: str, said: str, direct: bool = True) -> Map:
    """Draw the stops in the order they are reached, with the words of each leg between them.

    With `direct`, the way without the middle stop is dotted. Raises ValueError unless there are at least two stops and
    one leg fewer than stops.
    """
    if len(stops) < 2 or len(legs) != len(stops) - 1:
        raise ValueError("A map needs two stops or more, and the words of each leg between them.")
    spots, height = _projected([stop.point for stop in stops])
    bends = [_bend(start, end) for start, end in pairwise(spots)]
    taken = [Box(x - 17, y - 17, x + 17, y + 17) for x, y in spots]
    pills = _pills(legs, spots, bends, taken, height)
    labels = _labels(stops, spots, bends, taken, height)
    return Map(
        width=WIDTH,
        height=height,
        title=title,
        said=said,
        pins=tuple(Pin(stop.kind, _n(x), _n(y)) for stop, (x, y) in zip(stops, spots, strict=True)),
        ways=tuple(_curve(spots[i], bend, spots[i + 1]) for i, bend in enumerate(bends)),
        straight=(_curve(spots[0], _bend(spots[0], spots[-1], 0), spots[-1]),) if direct and len(stops) > 2 else (),
        labels=labels,
        pills=pills,
        grid=_grid(height),
    )


def _n(value: float) -> str:
    return f"{value:.1f}"


def _projected(points: Sequence[Point]) -> tuple[list[XY], int]:
    """Pixels for degrees: equal scale on both axes, centered, with pins moved apart where they would touch."""
    middle = sum(point.latitude for point in points) / len(points)
    xs = [point.longitude * cos(radians(middle)) for point in points]
    ys = [-point.latitude for point in points]
    wide, tall = max(xs) - min(xs), max(ys) - min(ys)
    inner = WIDTH - 2 * EDGE_X
    height = round(min(max(LOWEST, inner * tall / wide + 2 * EDGE_Y if wide else HIGHEST), HIGHEST))
    scale = min(inner / wide if wide else 1e9, (height - 2 * EDGE_Y) / tall if tall else 1e9)
    scale = 0.0 if scale == 1e9 else scale
    at_x, at_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    spots = [(WIDTH / 2 + (x - at_x) * scale, height / 2 + (y - at_y) * scale) for x, y in zip(xs, ys, strict=True)]
    return _moved_apart(spots, height), height


def _moved_apart(spots: list[XY], height: int) -> list[XY]:
    for _ in range(24):
        for i in range(len(spots)):
            for j in range(i + 1, len(spots)):
                spots[i], spots[j] = _pushed(spots[i], spots[j], sideways=j - i == 2)
        spots = [
            (min(max(x, EDGE_X), WIDTH - EDGE_X), min(max(y, EDGE_Y - 2.0), height - EDGE_Y + 2.0)) for x, y in spots
        ]
    return spots


def _pushed(a: XY, b: XY, *, sideways: bool) -> tuple[XY, XY]:
    away_x, away_y = b[0] - a[0], b[1] - a[1]
    distance = hypot(away_x, away_y)
    if distance >= APART:
        return a, b
    if distance < 1e-6:
        away_x, away_y, distance = (0.3, 1.0, hypot(0.3, 1.0)) if sideways else (1.0, -0.4, hypot(1.0, 0.4))
        share = APART / 2 / distance
    else:
        share = (APART - distance) / 2 / distance
    return (a[0] - away_x * share, a[1] - away_y * share), (b[0] + away_x * share, b[1] + away_y * share)


def _bend(start: XY, end: XY, by: float = 0.13) -> XY:
    """The control point of a curve that leans to one side by a share of its length."""
    return (
        (start[0] + end[0]) / 2 + (end[1] - start[1]) * by,
        (start[1] + end[1]) / 2 - (end[0] - start[0]) * by,
    )


def _curve(start: XY, bend: XY, end: XY) -> str:
    return f"M{_n(start[0])} {_n(start[1])}Q{_n(bend[0])} {_n(bend[1])} {_n(end[0])} {_n(end[1])}"


def _on_curve(start: XY, bend: XY, end: XY, part: float) -> XY:
    rest = 1 - part
    weights = (rest * rest, 2 * rest * part, part * part)
    return (
        sum(w * p[0] for w, p in zip(weights, (start, bend, end), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (start, bend, end), strict=True)),
    )


def _pills(
    legs: Sequence[str], spots: Sequence[XY], bends: Sequence[XY], taken: list[Box], height: int
) -> tuple[Pill, ...]:
    pills = []
    for i, text in enumerate(legs):
        wide = len(text) * 7.2 + 20
        middles = [_on_curve(spots[i], bends[i], spots[i + 1], part) for part in (0.5, 0.42, 0.58, 0.34, 0.66)]
        around = [(x + dx, y + dy) for dx, dy in AROUND for x, y in middles]
        boxes = [Box(x - wide / 2, y - 12, x + wide / 2, y + 12) for x, y in around]
        box = _freest(boxes, taken, height)
        taken.append(box)
        center = (box.left + box.right) / 2
        pills.append(Pill(text, _n(box.left), _n(box.top), _n(wide), _n(center), _n(box.top + 16.5)))
    return tuple(pills)


def _labels(
    stops: Sequence[Stop], spots: Sequence[XY], bends: Sequence[XY], taken: list[Box], height: int
) -> tuple[Label, ...]:
    # Points along each curve stand for it, and for the dotted straight way.
    curves = [*((spots[i], bend, spots[i + 1]) for i, bend in enumerate(bends))]
    curves.append((spots[0], _bend(spots[0], spots[-1], 0), spots[-1]))
    on_lines = [_on_curve(*curve, at / 24) for curve in curves for at in range(25)]
    words = [in_two(stop.name) for stop in stops]
    ways = [
        _around(*spot, max(map(width_of, lines)), LINE * len(lines)) for spot, lines in zip(spots, words, strict=True)
    ]
    fixed = [_costs(boxes, spot, spots, taken, on_lines, height) for boxes, spot in zip(ways, spots, strict=True)]
    chosen = [min(boxes, key=costs.__getitem__) for boxes, costs in zip(ways, fixed, strict=True)]
    for i in [*range(len(stops))] * ROUNDS:
        others = chosen[:i] + chosen[i + 1 :]
        chosen[i] = min(ways[i], key=lambda box: fixed[i][box] + 20 * sum(box.shares(one) for one in others))
    return tuple(
        Label(line, _n((box.left + box.right) / 2), _n(box.top + LINE * row + 14.5))
        for box, lines in zip(chosen, words, strict=True)
        for row, line in enumerate(lines)
    )


def _costs(
    boxes: Iterable[Box], own: XY, spots: Sequence[XY], taken: Sequence[Box], lines: Sequence[XY], height: int
) -> dict[Box, float]:
    """What each place of a label costs whatever the other labels do."""
    costs = {}
    for box in boxes:
        hard = sum(box.shares(other) for other in taken) + box.sticks_out(WIDTH, height)
        away = box.away_from(own)
        nearer = any(box.away_from(spot) < away for spot in spots if spot != own)
        crossed = sum(box.away_from(point) < 4 for point in lines)
        costs[box] = 20 * hard + ON_LINE * crossed + ASTRAY * max(away - 22, 0) + AT_OTHERS * nearer
    return costs


def width_of(text: str) -> float:
    """About how many pixels a label's line takes."""
    return sum(CAPITAL if letter.isupper() else SMALL_LETTER for letter in text)


def in_two(name: str) -> tuple[str, ...]:
    """A long name in two lines, broken at the space nearest its middle.

    >>> in_two("Little Oaks"), in_two("Ms. Okafor's family child care home")
    (('Little Oaks',), ("Ms. Okafor's family", 'child care home'))
    """
    spaces = [at for at, letter in enumerate(name) if letter == " "]
    if len(name) <= 20 or not spaces:
        return (name,)
    at = min(spaces, key=lambda space: abs(space - len(name) / 2))
    return name[:at], name[at + 1 :]


def _around(x: float, y: float, wide: float, tall: float) -> tuple[Box, ...]:
    """Where a label may stand, the place it likes best first: below, above, beside, then farther off."""
    below, above, aside = y + 19, y - 20 - tall, wide / 2 - 8

    def box(top: float, shift: float) -> Box:
        return Box(x + shift - wide / 2, top, x + shift + wide / 2, top + tall)

    shifts = (0.0, aside, -aside, aside / 2, -aside / 2)
    near = [_inside(box(top, shift)) for shift in shifts for top in (below, above)]
    beside = [
        box(y - tall / 2 + by, shift)
        for by in (0.0, -12.0, 12.0, -24.0, 24.0, -36.0, 36.0)
        for shift in (22 + wide / 2, -22 - wide / 2)
    ]
    far = [_inside(box(top, shift)) for by in (17, 34, 52) for shift in shifts for top in (below + by, above - by)]
    return (*near, *beside, *far)


def _inside(box: Box) -> Box:
    """The same box, moved sideways into the frame."""
    by = max(6 - box.left, 0) + min(WIDTH - 6 - box.right, 0)
    return Box(box.left + by, box.top, box.right + by, box.bottom)


def _freest(boxes: Iterable[Box], taken: Sequence[Box], height: int) -> Box:
    """The first box that covers nothing, else the one that covers least."""
    return min(boxes, key=lambda box: sum(box.shares(other) for other in taken) + box.sticks_out(WIDTH, height))


def _grid(height: int) -> tuple[GridLine, ...]:
    across = [GridLine("0", _n(y), _n(WIDTH), _n(y)) for y in range(45, height, 45)]
    down = [GridLine(_n(x), "0", _n(x), _n(height)) for x in range(45, WIDTH, 45)]
    return (*across, *down)
